"""Values as they are typed: the text of a field, read as the field says what it is, and written as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from typing import Any

from app.dates import PartialDate, read_day, read_partial
from app.durations import read_minutes
from app.money import read_fen, yuan
from app.record import Entry, Unit
from app.scores import points, read_points

MOST_DIGITS = 6


def read_typed(item: Entry, text: str, today: date) -> Any:
    """The value that a text means in a field; nothing typed is None, or what the field has for it.

    Raises ValueError in Chinese for what cannot be read. Whom a name means is not read here.
    """
    plain, kind = text.strip(), item.type
    if issubclass(kind, StrEnum):
        return _read_word(kind, plain) if plain else None
    if kind is bool:
        return plain == "是"
    if kind is str:
        return plain
    if not plain:
        if item.required:
            raise ValueError(f"请填写{item.label}")
        return 0 if kind is int and not item.optional else None
    if kind is PartialDate:
        return read_partial(plain)
    if kind is date:
        return read_day(plain, today)
    if kind is time:
        return read_time(plain)
    return READERS.get(item.unit, read_number)(plain)


def as_typed(item: Entry, value: Any) -> str:
    """A value as somebody would type it."""
    if value is None:
        return ""
    if item.unit is Unit.FEN:
        return yuan(value)
    if item.unit is Unit.SCORE:
        return points(value)
    if item.type is bool:
        return "是" if value else "否"
    return f"{value:%H:%M}" if item.type is time else str(value)


def read_number(text: str, digits: int = MOST_DIGITS) -> int:
    """A whole number of at most so many digits; raises ValueError in Chinese."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit()):
        raise ValueError(f"“{plain}”不是数字")
    if len(plain) > digits:
        raise ValueError(f"“{plain}”太大，最多 {digits} 位数字")
    return int(plain)


def read_time(text: str) -> time | None:
    """15:00, 1500, 15, 15：30 → a time; None when empty; raises ValueError in Chinese."""
    plain = text.strip().replace("：", ":").replace("点", ":").rstrip(":")
    if not plain:
        return None
    found = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?", plain)
    try:
        if found is None:
            raise ValueError
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise ValueError(f"“{text.strip()}”不是时间，请写成 15:00") from None


READERS: dict[Unit | None, Callable[[str], int]] = {
    Unit.SCORE: read_points,
    Unit.FEN: read_fen,
    Unit.MINUTES: read_minutes,
}
"""Whole numbers that are typed otherwise than with digits alone."""


def _read_word(kind: type[StrEnum], text: str) -> StrEnum:
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"“{text}”不在选项里，请填{'、'.join(kind)}") from None
