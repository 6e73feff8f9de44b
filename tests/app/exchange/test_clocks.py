"""Times of day as offices write them: read, listed where the cell says less or more, refused where it says none."""

from __future__ import annotations

from datetime import time

import pytest

from app.exchange.clocks import read_times
from app.exchange.reading import Sure


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("下午3点", time(15), None),
        ("15：00", time(15), None),
        (0.625, time(15), None),
        ("0.604166667", time(14, 30), None),
        ("9时30分", time(9, 30), None),
        ("下午两点半", time(14, 30), None),
        ("十四点三十分", time(14, 30), None),
        ("午后三点至五点", time(15), time(17)),
        ("14时30分—16时", time(14, 30), time(16)),
    ],
)
def test_a_time_of_day_is_read(cell, start: time, end: time | None) -> None:
    told = read_times(cell)
    assert told is not None and told.value == (start, end) and told.sure is not Sure.PROPOSED


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("上午", None, None),
        ("全天", None, None),
        ("1430", time(14, 30), None),
        ("14.30", time(14, 30), None),
        ("8.30", time(8, 30), None),
        ("约19时许", time(19), None),
        ("14:30开始", time(14, 30), None),
        ("8:30-10:00、14:00-16:00", time(8, 30), time(16)),
        ("8:30、14:00", time(8, 30), None),
    ],
)
def test_a_time_of_day_that_says_less_or_more_is_listed(cell: str, start: time | None, end: time | None) -> None:
    told = read_times(cell)
    assert told is not None and told.value == (start, end) and told.sure is Sure.PROPOSED and told.why


@pytest.mark.parametrize("cell", ["", None, "/", "无"])
def test_no_time_is_no_time(cell) -> None:
    assert read_times(cell) is None


@pytest.mark.parametrize("cell", ["25:00", "8:60", "2960", "记不清", "14:30学习", "3.5.2"])
def test_what_is_no_time_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"时间|时刻"):
        read_times(cell)
