"""How offices write days, times, amounts and months; every way says the same to a reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from hypothesis import strategies as st

Writing = Callable[[date], Any]
NUMERALS, WEEKDAYS = "〇一二三四五六七八九", "一二三四五六日"


def numeral(number: int) -> str:
    """31 → 三十一."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones]
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def year_in_numerals(year: int) -> str:
    """2026 → 二〇二六."""
    return "".join(NUMERALS[int(digit)] for digit in str(year))


def full_width(text: str) -> str:
    """As a Chinese keyboard writes digits."""
    return text.translate(str.maketrans("0123456789.-/", "０１２３４５６７８９．－／"))


DAYS: tuple[Writing, ...] = (
    lambda day: day,
    lambda day: day.isoformat(),
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: int(f"{day:%Y%m%d}"),
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    lambda day: f"{day.year}年{day.month}月{day.day}号",
    lambda day: f"{day.year}、{day.month}、{day.day}",
    lambda day: f"{year_in_numerals(day.year)}年{numeral(day.month)}月{numeral(day.day)}日",
    lambda day: full_width(day.isoformat()),
    lambda day: f"{day.isoformat()} 00:00:00",
    lambda day: f"{day.year}年{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）",
    lambda day: (day - date(1899, 12, 30)).days,
)
MONTHS: tuple[Writing, ...] = (
    lambda day: f"{day:%Y-%m}",
    lambda day: f"{day:%Y.%m}",
    lambda day: f"{day.year}年{day.month}月",
    lambda day: f"{day.year}年{day.month}月份",
    lambda day: f"{day:%Y%m}",
    lambda day: f"{year_in_numerals(day.year)}年{numeral(day.month)}月",
)
DAYS_OF_THE_YEAR: tuple[Writing, ...] = (
    lambda day: f"{day.month}月{day.day}日",
    lambda day: f"{day.month}月{day.day}号",
    lambda day: f"{day.month}.{day.day}",
    lambda day: f"{day.month}/{day.day}",
    lambda day: f"{day:%m-%d}",
    lambda day: f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）",
)
"""Days whose year stands above the table."""


def _half(at: time) -> str:
    return "上午" if at.hour < 12 else "中午" if at.hour == 12 else "下午"


def _twelve(at: time) -> int:
    return at.hour - 12 if at.hour > 12 else at.hour


CLOCKS: tuple[Callable[[time], str], ...] = (
    lambda at: f" {at:%H:%M}",
    lambda at: f" {at.hour}:{at.minute:02}",
    lambda at: f" {at.hour}：{at.minute:02}",
    lambda at: f"\n{at:%H:%M}",
    lambda at: f"（{at:%H:%M}）",
    lambda at: f" {at.hour}时{at.minute}分" if at.minute else f" {at.hour}时",
    lambda at: f"{_half(at)}{_twelve(at)}:{at.minute:02}",
    lambda at: f"{_half(at)}（{_twelve(at)}:{at.minute:02}）",
    lambda at: f"{_half(at)}{_twelve(at)}点{'半' if at.minute else ''}",
)
"""A time of day behind a day, on the hour or half past."""


def with_clock(day: Any, at: time | None, clock: Callable[[time], str]) -> Any:
    """A written day with a time behind it, where one can stand there."""
    if at is None or isinstance(day, int) or (isinstance(day, str) and (day.isdigit() or day.endswith("00:00"))):
        return day
    return datetime.combine(day, at) if isinstance(day, date) else f"{day}{clock(at)}"


AMOUNTS: tuple[Callable[[int], Any], ...] = (
    lambda fen: fen / 100,
    lambda fen: f"{fen / 100:.2f}",
    lambda fen: f"{fen / 100:,.2f}",
    lambda fen: f"￥{fen / 100:.2f}",
    lambda fen: f"{fen / 100:g}元",
    lambda fen: full_width(f"{fen / 100:.2f}"),
    lambda fen: f" {fen / 100:g} ",
)
MONTH_HEADINGS: tuple[Callable[[int, int], Any], ...] = (
    lambda _, month: f"{month}月",
    lambda _, month: f"{numeral(month)}月",
    lambda _, month: f"{month:02}月",
    lambda _, month: month,
    lambda _, month: f"{month}月实交",
    lambda _, month: f"{month}月（元）",
    lambda year, month: f"{year}年{month}月",
    lambda year, month: f"{year}.{month:02}",
    lambda year, month: f"{year}-{month:02}",
    lambda year, month: date(year, month, 1),
)
names = st.lists(st.text("赵钱孙李周吴郑王冯陈", min_size=2, max_size=3), min_size=2, max_size=6, unique=True).filter(
    lambda found: not any(one != other and one in other for one in found for other in found)
)
"""People of a branch, none of whose names is a part of another's."""
