"""A register of dues that goes over the turn of a year, or tells of a month that has not come."""

from __future__ import annotations

import pytest

from app.dues.payments import Payment
from app.exchange.mending import Mending
from tests.app.exchange.bringing import Office

MONTHS = ["姓名", "11月", "12月", "1月", "2月"]
PAID = ["甲一", 20, 21, 22, 23]
TWO_YEARS = {"甲一 2025-11": 2000, "甲一 2025-12": 2100, "甲一 2026-01": 2200, "甲一 2026-02": 2300}


@pytest.fixture
def office(office: Office) -> Office:
    """A branch of one."""
    return office.has("甲一")


@pytest.mark.parametrize(
    "rows",
    [
        [["2025年11月—2026年2月党费收缴表"], MONTHS, PAID],
        [["姓名", "2025年11月", "2025年12月", "2026年1月", "2026年2月"], PAID],
        [["姓名", "2025年11月", "12月", "2026年1月", "2月"], PAID],
        [["姓名", "2025年", "", "2026年", ""], ["", *MONTHS[1:]], PAID],
        {"2025-2026年": [MONTHS, PAID]},
    ],
    ids=["title", "headings", "some headings", "over the headings", "sheet"],
)
def test_months_over_the_turn_of_a_year_are_of_their_own_year(office: Office, rows) -> None:
    office.takes("dues", rows)
    assert office.paid == TWO_YEARS and office.outcome.added == 1


@pytest.mark.parametrize("title", ["党费收缴表", "2025年度党费收缴表"])
def test_where_the_second_year_is_not_told_it_is_asked(office: Office, title: str) -> None:
    rows = [[title], MONTHS, PAID]
    office.takes("dues", rows)
    assert office.paid == {} and office.asked == [(3, "year", "2025-2026")]
    office.takes("dues", rows, mending=Mending(edits={(3, "year"): "2025-2026"}))
    assert office.paid == TWO_YEARS


def test_the_base_of_a_row_over_two_years_is_recorded_once(office: Office) -> None:
    rows = [["姓名", "党费基数", *MONTHS[1:]], ["甲一", 3000, "√", "√", "√", ""]]
    office.takes("dues", rows, "2025-2026年党费.xlsx")
    assert office.base("甲一").base_fen == 300_000 and str(office.base("甲一").since) == "2025-01"
    assert office.paid == {"甲一 2025-11": 1500, "甲一 2025-12": 1500, "甲一 2026-01": 1500}


def test_months_that_run_backwards_are_of_one_year(office: Office) -> None:
    office.takes("dues", [["姓名", "3月", "2月", "1月"], ["甲一", 22, 21, 20]], "2026年党费.xlsx")
    assert office.paid == {"甲一 2026-01": 2000, "甲一 2026-02": 2100, "甲一 2026-03": 2200}


def test_a_month_that_has_not_come_is_told_and_a_year_is_asked(office: Office) -> None:
    office.takes("dues", [["姓名", "11月", "12月"], ["甲一", 20, 20]], "2026年党费.xlsx")
    assert [fault.field for fault in office.outcome.notices] == ["m12"] and len(office.paid) == 2
    office.takes("dues", [["姓名", "1月", "2月"], ["甲一", 20, 20]], "2027年党费.xlsx")
    assert office.asked == [(2, "year", "2027")] and len(office.paid) == 2


def test_a_day_without_month_beside_a_month_is_of_that_month(office: Office) -> None:
    office.takes("dues", [["姓名", "月份", "金额", "日期"], ["甲一", "3月", 20, "5日"]], "2026年党费.xlsx")
    assert [str(payment.paid_on) for payment in office.ledger[Payment].all()] == ["2026-03-05"]


def test_lines_that_tell_a_year_or_a_month_are_of_the_rows_below_them(office: Office) -> None:
    office.takes("dues", [["姓名", "1月"], ["2024年"], ["甲一", 20], ["2025年"], ["甲一", 21]])
    assert office.paid == {"甲一 2024-01": 2000, "甲一 2025-01": 2100}


def test_a_line_of_a_month_goes_before_the_year_of_the_title(office: Office) -> None:
    office.takes("dues", [["2026年党费"], ["姓名", "实交"], ["2025年12月"], ["甲一", 20], ["一月份"], ["甲一", 21]])
    assert office.paid == {"甲一 2025-12": 2000, "甲一 2026-01": 2100}


def test_a_heading_and_a_title_of_two_years_are_asked(office: Office) -> None:
    office.has("甲一").takes("dues", [["2026年党费"], ["姓名", "2025年1月", "5月"], ["甲一", 25, 30]])
    assert office.paid == {} and office.asked == [(3, "year", "2026")]
