"""Records: frozen dataclasses whose fields carry the Chinese label that form, table, spreadsheet and print share."""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

R = TypeVar("R")


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


def entry(label: str, *, default: Any = dataclasses.MISSING, required: bool = False) -> Any:
    """A field of a record with its Chinese label; without `default` it must be given when the record is made."""
    return dataclasses.field(default=default, metadata={"label": label, "required": required}, kw_only=True)


@typing.dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(entry,))
def stored(kind: type[R]) -> type[R]:
    """Make a class a kind of record or value: its fields are found here, the rest is said once in `Value`.

    To let `dataclass` write methods anew for each of the many kinds would cost every start.
    """
    return dataclass(init=False, eq=False, repr=False, kw_only=True)(kind)


@stored
class Value:
    """Something that does not change: made of fields given by name, equal to another of its kind with the same."""

    def __init__(self, **values: Any) -> None:
        """Raises TypeError for a field that the kind has not, or that is not given."""
        defaults = _defaults(type(self))
        if not values.keys() <= defaults.keys():
            raise TypeError(f"{type(self).__name__} has no {sorted(values.keys() - defaults.keys())}")
        values = defaults | values
        lacking = [name for name, value in values.items() if value is dataclasses.MISSING]
        if lacking:
            raise TypeError(f"{type(self).__name__} lacks {lacking}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *(value for value in vars(self).values() if isinstance(value, int | str))))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


@stored
class Record(Value):
    """One row of the ledger. `id` is 0 until it has been saved."""

    id: int = 0

    def __hash__(self) -> int:
        return hash((type(self), self.id))


@cache
def _defaults(kind: type[Value]) -> dict[str, Any]:
    return {field.name: field.default for field in dataclasses.fields(kind)}


@dataclass(frozen=True)
class Entry:
    """One field of a record: name, label, type without None, and whether it must or may be empty."""

    name: str
    label: str
    type: type
    required: bool
    optional: bool


@cache
def entries(kind: type[Record]) -> tuple[Entry, ...]:
    """The labelled fields of a kind of record, in order, without `id`."""
    return tuple(
        _entry_of(field.name, field.metadata, _meaning(str(field.type), kind.__module__))
        for field in dataclasses.fields(kind)
        if field.name != "id"
    )


@cache
def _meaning(annotation: str, module: str) -> Any:
    """The type that an annotation names in its module; most fields share a few, and each is worked out once."""
    return eval(annotation, vars(sys.modules[module]))


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
