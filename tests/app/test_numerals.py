from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.numerals import fen_of, month_span, times, yuan


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "一个月"), (2, "两个月"), (6, "六个月"), (12, "一年"), (18, "十八个月"), (24, "两年"), (60, "五年")],
)
def test_a_span_is_said_as_regulations_say_it(months: int, words: str) -> None:
    assert month_span(months) == words


@pytest.mark.parametrize(("number", "words"), [(1, "一次"), (2, "两次"), (12, "十二次")])
def test_how_often_is_said_as_regulations_say_it(number: int, words: str) -> None:
    assert times(number) == words


@given(st.integers(1, 10**12))
def test_an_amount_in_capital_numerals_reads_back_as_it_was_written(fen: int) -> None:
    assert fen_of(yuan(fen)) == fen


@pytest.mark.parametrize("text", ["", "元", "一百二元", "十二三元", "12元", "五十", "零元"])
def test_what_would_be_written_otherwise_is_no_amount(text: str) -> None:
    assert fen_of(text) is None
