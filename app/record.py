"""Records: frozen dataclasses whose fields carry the Chinese label that form, table, spreadsheet and print share."""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any


class Severity(StrEnum):
    """How much a problem weighs: an error keeps the record out, a warning takes a reason and lets it in."""

    ERROR = "错误"
    WARNING = "提示"


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field, in words for the person who typed it."""

    field: str
    text: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of the ledger. `id` is 0 until the record has been saved."""

    id: int = 0


@dataclass(frozen=True)
class Entry:
    """One field of a record: name, label, type without None, and whether it must or may be empty."""

    name: str
    label: str
    type: type
    required: bool
    optional: bool


def entry(label: str, *, default: Any = dataclasses.MISSING, required: bool = False) -> Any:
    """A field of a record with its Chinese label; without `default` it must be given when the record is made."""
    return dataclasses.field(default=default, metadata={"label": label, "required": required}, kw_only=True)


@cache
def entries(kind: type[Record]) -> tuple[Entry, ...]:
    """The labelled fields of a kind of record, in order, without `id`."""
    hints = typing.get_type_hints(kind)
    return tuple(
        _entry_of(field.name, field.metadata, hints[field.name])
        for field in dataclasses.fields(kind)
        if field.name != "id"
    )


def _entry_of(name: str, metadata: typing.Mapping[str, Any], hint: Any) -> Entry:
    optional = isinstance(hint, types.UnionType)
    plain: type = next(part for part in typing.get_args(hint) if part is not type(None)) if optional else hint
    return Entry(name, metadata["label"], plain, metadata["required"], optional)


def label(kind: type[Record], name: str) -> str:
    """The Chinese label of one field."""
    return next(entry.label for entry in entries(kind) if entry.name == name)


def missing_entries(record: Record) -> list[Problem]:
    """A problem for each required field that is empty."""
    return [
        Problem(entry.name, f"请填写{entry.label}")
        for entry in entries(type(record))
        if entry.required and _empty(getattr(record, entry.name))
    ]


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
