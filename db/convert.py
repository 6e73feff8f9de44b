"""Values of records ⇄ values of columns."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Any

from app.dates import PartialDate


def to_column(value: Any) -> Any:
    """The stored form of a field's value: texts, integers, ISO dates; a lone surrogate is replaced."""
    if value is None or isinstance(value, bool | int):
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, PartialDate):
        return str(value)
    raise TypeError(f"no column form for {type(value).__name__}")


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
