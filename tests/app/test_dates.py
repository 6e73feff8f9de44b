from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate, add_months, read_day, read_partial, weekday

TODAY = date(2026, 7, 16)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20260701", "2026-07-01"),
        ("2026-7-1", "2026-07-01"),
        ("2026.7.1", "2026-07-01"),
        ("2026/7/1", "2026-07-01"),
        ("2026年7月1日", "2026-07-01"),
        ("２０２６年７月", "2026-07"),
        ("1980.10", "1980-10"),
        ("1980年10月", "1980-10"),
        ("198010", "1980-10"),
        ("1964", "1964"),
        ("1964年", "1964"),
        (" 2026-07-01 00:00:00 ", "2026-07-01"),
    ],
)
def test_dates_as_offices_write_them(text: str, expected: str) -> None:
    assert str(read_partial(text)) == expected


@pytest.mark.parametrize("text", ["2024-02-30", "20261301", "至今", "2026-7-", "13.45", "二月"])
def test_what_is_no_date_is_said_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match=r"不是存在的日期|看不出是哪一天"):
        read_partial(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.1", (2026, 7, 1)),
        ("7/1", (2026, 7, 1)),
        ("今天", (2026, 7, 16)),
        ("昨天", (2026, 7, 15)),
        ("+3", (2026, 7, 19)),
    ],
)
def test_short_ways_to_type_a_day(text: str, expected: tuple[int, int, int]) -> None:
    assert read_day(text, TODAY) == date(*expected)


def test_a_month_is_not_a_day() -> None:
    with pytest.raises(ValueError, match="缺少日"):
        read_day("2026-07", TODAY)


@given(DAYS)
def test_partial_dates_keep_their_precision(day: date) -> None:
    for value in (PartialDate.of(day), PartialDate(day.year, day.month), PartialDate(day.year)):
        assert PartialDate.parse(str(value)) == value
        assert value.first <= day <= value.last
        assert read_partial(value.chinese()) == value


@given(DAYS.filter(lambda d: d.year < 2190), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_month_end(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_weekdays_in_chinese() -> None:
    assert weekday(TODAY) == "周四"
