"""The months and years that headings, titles and names of files tell."""

from __future__ import annotations

import pytest

from app.exchange.months import month_of, months_named, years_told


@pytest.mark.parametrize(
    ("word", "code", "year"),
    [
        ("1月", "m1", None),
        ("01月", "m1", None),
        ("一月", "m1", None),
        ("十二月份", "m12", None),
        ("1", "m1", None),
        ("12", "m12", None),
        ("2026年1月", "m1", 2026),
        ("2026.01", "m1", 2026),
        ("2026-01-01", "m1", 2026),
        ("202611", "m11", 2026),
        ("26年1月", "m1", 2026),
        ("实交1月", "m1", None),
        ("应缴党费2026年3月", "m3", 2026),
        ("1月、2月", "r1_2", None),
        ("一、二季度", "r1_6", None),
        ("1月、3月", None, None),
        ("一季度", "q1", None),
        ("第4季度", "q4", None),
        ("Q2", "q2", None),
        ("13", None, None),
        ("姓名", None, None),
    ],
)
def test_a_month_is_seen_in_every_writing(word: str, code: str | None, year: int | None) -> None:
    told = month_of(word)
    assert (told.code if told else None, told.year if told else None) == (code, year)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("2025 党费收缴登记表\n制表日期：2026年1月8日", [2025]),
        ("党费收缴表2025", [2025]),
        ("机关党支部2026年党费收缴登记表", [2026]),
        ("2025—2026年党费", [2025, 2026]),
        ("填报单位：甲　填报日期：2026.1.8", []),
        ("党费20260108", []),
        ("20261103导出 2025年党费", [2025]),
        ("党费导出2026年", [2026]),
        ("填报单位：甲\n填报时间：2026年1月20日\n2025年党费", [2025]),
        ("二〇二五年党费\n制表时间 2026年1月", [2025]),
        ("2025年度", [2025]),
    ],
)
def test_the_year_of_a_table_is_no_day_on_which_it_was_made(title: str, years: list[int]) -> None:
    assert years_told(title) == years


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("Sheet1\n3月份党费", [3]),
        ("贰零贰陆年叁月党费", [3]),
        ("2026年党费\n制表时间：2026年11月", []),
        ("截至2026年6月党费缴纳情况", []),
        ("2026年1-3月党费", [1, 2, 3]),
    ],
)
def test_the_month_of_a_table_is_not_that_in_which_it_was_made(title: str, months: list[int]) -> None:
    assert months_named(title) == months
