from __future__ import annotations

import pytest

from app.numerals import month_span, times


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "一个月"), (2, "两个月"), (6, "六个月"), (12, "一年"), (18, "十八个月"), (24, "两年"), (60, "五年")],
)
def test_a_span_is_said_as_regulations_say_it(months: int, words: str) -> None:
    assert month_span(months) == words


@pytest.mark.parametrize(("number", "words"), [(1, "一次"), (2, "两次"), (12, "十二次")])
def test_how_often_is_said_as_regulations_say_it(number: int, words: str) -> None:
    assert times(number) == words
