"""Values of records ⇄ values of columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any

from app.dates import PartialDate


def to_column(value: Any) -> Any:
    """The stored form of a value: texts, integers, ISO dates; a lone surrogate is replaced."""
    if value is None:
        return None
    kind: type = type(value)  # pyright: ignore[reportUnknownVariableType]
    write = writer(kind)
    return write(value) if write else value


@cache
def writer(kind: type) -> Callable[[Any], Any] | None:
    """The function that turns a value of this type into its stored form; None when it is stored as it is."""
    if kind is bool:
        return int
    if kind is int:
        return None
    if issubclass(kind, StrEnum):
        return _value
    if kind is str:
        return _text
    if kind is date:
        return date.isoformat
    if kind is time:
        return _clock
    if kind is PartialDate:
        return str
    raise TypeError(f"no column form for {kind.__name__}")


def _value(member: StrEnum) -> str:
    return member._value_


def _text(value: str) -> str:
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def _clock(value: time) -> str:
    return value.strftime("%H:%M")


def reader(kind: type) -> Any:
    """The function that turns a stored value into a value of this type; None when it is stored as it is."""
    if kind is bool:
        return bool
    if kind in (int, str):
        return None
    if issubclass(kind, StrEnum):
        # A look-up takes a tenth of the time of calling the class, and a year has thousands.
        return {member.value: member for member in kind}.__getitem__
    if kind is date:
        return date.fromisoformat
    if kind is time:
        return time.fromisoformat
    if kind is PartialDate:
        return PartialDate.parse
    raise TypeError(f"no record form for {kind.__name__}")
