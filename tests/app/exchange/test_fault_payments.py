"""Amounts that were not paid, or are no dues: what a title or the state of a row says against them is asked about."""

from __future__ import annotations

import pytest

from app.exchange.mending import Mending
from tests.app.exchange.bringing import Office, dues


@pytest.fixture
def office(office: Office) -> Office:
    """A branch of two."""
    return office.has("甲一", "乙二")


@pytest.mark.parametrize(
    "title",
    [
        "2026年党费应交明细表",
        "2026年党费欠缴情况",
        "2026年未交党费人员名单",
        "2026年党费退还表",
        "2026年党费收入预算",
        "2026年工会会费收缴表",
        "2026年团费收缴登记",
        "2026年抗震救灾捐款",
    ],
)
def test_amounts_that_a_title_calls_something_else_than_paid_dues_are_asked_about(office: Office, title: str) -> None:
    rows = [[title], ["姓名", "1月", "2月"], ["甲一", "25", "25"]]
    office.takes("dues", rows)
    assert office.paid == {} and title in office.outcome.asked[0].reason
    office.takes("dues", rows, mending=Mending(accept_all=True))
    assert office.paid == {"甲一 2026-01": 2500, "甲一 2026-02": 2500}


@pytest.mark.parametrize(
    "title", ["2026年党费收缴登记表", "2026年党费应交实交明细", "2026年党费交纳、欠缴情况", "2026年党费"]
)
def test_a_title_of_payments_leaves_no_question(office: Office, title: str) -> None:
    office.takes("dues", [[title], ["姓名", "1月"], ["甲一", "25"]])
    assert office.paid == {"甲一 2026-01": 2500} and office.outcome.faults == []


def test_a_column_that_says_paid_is_stronger_than_the_title(office: Office) -> None:
    office.takes("dues", [["2026年1月党费欠缴情况"], ["姓名", "应交", "实交"], ["甲一", "25", "25"]])
    assert office.paid == {"甲一 2026-01": 2500}


def test_sheets_of_what_is_owed_are_asked_about_beside_those_of_what_was_paid(office: Office) -> None:
    table = [["姓名", "1月", "2月"], ["甲一", "25", "25"]]
    office.takes("dues", {"2026年应交": table, "2026年实交": [table[0], ["乙二", "25", "25"]]})
    assert office.paid == {"乙二 2026-01": 2500, "乙二 2026-02": 2500}


@pytest.mark.parametrize("state", ["否", "未交", "没交", "欠", "×"])
def test_an_amount_whose_state_is_not_paid_is_asked_about(office: Office, state: str) -> None:
    head = ["姓名", "应交", "实交", "是否交纳"]
    office.takes("dues", [["2026年1月党费"], head, ["甲一", "25", "25", state], ["乙二", "25", "25", "是"]])
    assert office.paid == {"乙二 2026-01": 2500}
    assert [fault.field for fault in office.outcome.asked] == ["settled"]


def test_a_state_without_an_amount_makes_none(office: Office) -> None:
    office.takes("dues", [["2026年1月党费"], ["姓名", "应交", "实交", "缴费状态"], ["甲一", "25", "", "已缴"]])
    assert office.paid == {} and office.says("“已缴”没有记入")


@pytest.mark.parametrize("cell", ["$20", "US$20", "€20"])
def test_money_of_another_country_is_no_amount_in_yuan(office: Office, cell: str) -> None:
    dues(office, [["姓名", "3月"], ["甲一", cell]])
    assert office.paid == {} and office.wrong == [(2, "m3")]


@pytest.mark.parametrize(
    "title", ["2026年党员积分表", "2026年学习学时统计", "2026年1月工资", "2026年会议签到表", "2026年参加组织生活次数"]
)
def test_a_table_of_other_numbers_by_month_is_asked(office: Office, title: str) -> None:
    office.takes("dues", [[title], ["姓名", "1月"], ["甲一", "20"]])
    assert office.paid == {} and title in office.outcome.asked[0].reason
    office.takes("dues", [[f"2026年党费（按{title}）"], ["姓名", "1月"], ["甲一", "20"]])
    assert office.paid == {"甲一 2026-01": 2000}


@pytest.mark.parametrize(
    "rows",
    [
        [["2026年党费（单位：角）"], ["姓名", "1月"], ["甲一", "200"]],
        [["2026年党费", "单位：万元"], ["姓名", "1月"], ["甲一", "0.01"]],
        [["2026年党费"], ["姓名", "党费基数（千元）"], ["甲一", "3.5"]],
    ],
    ids=["title", "beside it", "heading"],
)
def test_amounts_in_another_unit_are_asked(office: Office, rows: list[list[str]]) -> None:
    office.takes("dues", rows)
    assert office.paid == {} and len(office.outcome.asked) == 1 and "单位" in office.outcome.asked[0].reason


def test_a_unit_of_yuan_is_what_is_meant_anyway(office: Office) -> None:
    office.takes("dues", [["2026年党费", "单位：元"], ["姓名", "1月（元）"], ["甲一", "20"]])
    assert office.paid == {"甲一 2026-01": 2000} and office.asked == []


def test_more_than_the_cap_of_a_month_goes_in_and_is_told(office: Office) -> None:
    office.takes("dues", [["2026年党费"], ["姓名", "1月"], ["甲一", "5200"], ["乙二", "1000"]])
    assert [(fault.number, fault.field) for fault in office.outcome.notices] == [(3, "m1")]
    assert office.paid == {"甲一 2026-01": 520_000, "乙二 2026-01": 100_000}


@pytest.mark.parametrize(
    ("heads", "cells", "asked"),
    [
        (["应交"], [240], True),
        (["应交金额"], [600], True),
        (["应交"], [20], False),
        (["月应交"], [240], False),
        (["党费基数", "应交"], [16000, 240], False),
        (["党费基数", "应交"], [4000, 480], True),
    ],
)
def test_what_is_owed_may_be_for_a_whole_year_and_is_asked_before_a_tick_means_it(
    office: Office, heads: list[str], cells: list[object], asked: bool
) -> None:
    dues(office, [["姓名", *heads, "1月"], ["甲一", *cells, "√"]])
    assert bool(office.asked) is asked and bool(office.paid) is not asked


@pytest.mark.parametrize("heading", ["项目", "", "类别", "收缴情况"])
def test_of_a_row_for_what_is_owed_and_one_for_what_was_paid_the_second_is_read(office: Office, heading: str) -> None:
    rows = [["2026年党费收缴表"], ["姓名", heading, "1月", "2月", "3月"]]
    rows += [["甲一", "应交", 50, 50, 50], ["甲一", "实交", 50, "", 50]]
    rows += [["乙二", "应交", 30, 30, 30], ["", "实交", "", "", ""]]
    office.takes("dues", rows)
    assert office.paid == {"甲一 2026-01": 5000, "甲一 2026-03": 5000}
    assert office.outcome.refused == [] and office.says("写的是应交，没有记作已交")


def test_of_two_rows_that_tell_of_one_month_neither_is_taken(office: Office) -> None:
    rows = [["姓名", "1月", "2月"], ["甲一", 50, 50], ["乙二", 30, 30], ["甲一", 60, ""]]
    office.takes("dues", rows, "2026年党费.xlsx")
    assert office.paid == {"乙二 2026-01": 3000, "乙二 2026-02": 3000} and office.wrong == [(2, "m1"), (4, "m1")]


def test_another_kind_of_payment_and_a_plan_are_asked(office: Office) -> None:
    rows = [["姓名", "项目", "1月"], ["甲一", "党费", 50], ["乙二", "特殊党费", 30]]
    office.takes("dues", rows, "2026年党费.xlsx")
    assert office.paid == {"甲一 2026-01": 5000} and office.asked == [(3, "role", "实交")]
    office.takes("dues", [["2026年党费收缴计划表"], ["姓名", "2月"], ["甲一", 50]])
    assert office.paid == {"甲一 2026-01": 5000} and [field for _, field, _ in office.asked] == ["m2"]
