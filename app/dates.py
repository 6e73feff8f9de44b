"""Days, months and dates of which only the year or the month is known."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date that keeps the precision it was given in: year, year and month, or a full day (0 = not known)."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1800 <= self.year <= 2200:
            raise ValueError("year out of range")
        date(self.year, self.month or 1, self.day or 1)
        if self.day and not self.month:
            raise ValueError("a day needs its month")

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The full date of a day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    @lru_cache(maxsize=4096)  # a year of dues names the same twelve months over and over
    def parse(cls, text: str) -> PartialDate:
        """From the stored form 1980, 1980-10 or 1980-10-04; raises ValueError."""
        return cls(*(int(part) for part in text.split("-")))

    @property
    def first(self) -> date:
        """The first day it may mean, inclusive."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it may mean, inclusive."""
        month = self.month or 12
        return date(self.year, month, self.day) if self.day else month_end(self.year, month)

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.day > 0

    def __str__(self) -> str:
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        return "-".join(parts[: 3 if self.day else 2 if self.month else 1])

    def chinese(self) -> str:
        """For print: 1980年10月4日, no more than is known."""
        text = f"{self.year}年"
        text += f"{self.month}月" if self.month else ""
        return text + (f"{self.day}日" if self.day else "")


FEBRUARY = 2
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of the months of a common year."""


def add_months(day: date, months: int) -> date:
    """The same day `months` later; a day the month does not have becomes its last (computed in one step)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _days_of(year, month + 1)))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, _days_of(year, month))


def _days_of(year: int, month: int) -> int:
    # Asked thousands of times for a page: `calendar.monthrange` works out a weekday too.
    return LENGTHS[month - 1] + (month == FEBRUARY and calendar.isleap(year))


def chinese(day: date) -> str:
    """2026年7月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_minute(moment: datetime) -> str:
    """A moment to the minute: 2026年07月16日 09:05. Windows formats no Chinese where its code page is another."""
    return f"{moment.year}年{moment.month:02}月{moment.day:02}日 {moment:%H:%M}"


def weekday(day: date) -> str:
    """周三."""
    return "周" + WEEKDAYS[day.weekday()]


_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})月?|(\d{4})(\d{2})")
_YEAR = re.compile(r"(\d{4})年?")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})日?")
_SEPARATED = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})日?")
_WORDS = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2}


def read_partial(text: str) -> PartialDate:
    """Read 20260701, 2026-7-1, 2026.7, 2026年7月, 1964 … with full-width digits; raises ValueError in Chinese."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = plain.removesuffix(" 00:00:00")
    for pattern in (_COMPACT, _SEPARATED, _YEAR_MONTH, _YEAR):
        found = pattern.fullmatch(plain)
        if found:
            numbers = [int(part) for part in found.groups() if part]
            try:
                return PartialDate(*numbers)
            except ValueError:
                raise ValueError(f"“{text.strip()}”不是存在的日期") from None
    raise ValueError(f"“{text.strip()}”看不出是哪一天，请写成 2026-07-01 这样")


def read_day(text: str, today: date) -> date:
    """Read what a person types for a day: also 7.1, 7/1 (this year), 今天, 昨天, +3; raises ValueError in Chinese."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    if re.fullmatch(r"[+-]\d{1,3}", plain):
        return today + timedelta(days=int(plain))
    found = _MONTH_DAY.fullmatch(plain)
    if found:
        plain = f"{today.year}-{found[1]}-{found[2]}"
    value = read_partial(plain)
    if not value.exact:
        raise ValueError(f"“{text.strip()}”缺少日，请写成 2026-07-01 这样")
    return value.first
