"""The cell of a month that says in words what was paid: a tick, way, day, amount; two numbers never run together."""

from __future__ import annotations

import pytest

from app.dues.payments import Payment
from tests.app.exchange.bringing import Office, dues

HEAD = ["姓名", "月应交", "1月", "3月"]


@pytest.fixture
def office(office: Office) -> Office:
    """A branch of one."""
    return office.has("甲一")


@pytest.mark.parametrize("said", ["已交20元", "√20", "20√", "已转账20", "已缴 20.00 元", "20、", "￥20.-"])
def test_an_amount_beside_a_word_for_paid_is_read(office: Office, said: str) -> None:
    dues(office, [HEAD, ["甲一", 25, 25, said]])
    assert office.paid == {"甲一 2026-01": 2500, "甲一 2026-03": 2000}


@pytest.mark.parametrize("said", ["微信20", "20/微信", "20元 支付宝", "现金：20"])
def test_the_way_beside_an_amount_is_told(office: Office, said: str) -> None:
    dues(office, [HEAD, ["甲一", 25, 25, said]])
    assert office.paid["甲一 2026-03"] == 2000 and office.says("没有记入")


@pytest.mark.parametrize("said", ["√（3.5）", "√3月5日", "已交（2026-3-5）", "已交 3月5日", "微信 √ 3月5日"])
def test_the_day_beside_a_tick_is_the_day_of_payment(office: Office, said: str) -> None:
    dues(office, [HEAD, ["甲一", 25, 25, said]])
    payment = office.ledger[Payment].all()[-1]
    assert (payment.amount_fen, str(payment.paid_on)) == (2500, "2026-03-05")
    assert office.says("按应交 25.00 元")


@pytest.mark.parametrize("said", ["微信", "现金", "工资代扣", "3月5日"])
def test_a_way_or_a_day_alone_is_asked(office: Office, said: str) -> None:
    dues(office, [HEAD, ["甲一", 25, 25, said]])
    assert office.paid == {} and office.asked == [(2, "m3", "25.00")]


@pytest.mark.parametrize("said", ["20 3.5", "20+20", "部分交10", "补交20", "欠20", "20.5.1"])
def test_two_numbers_are_never_one(office: Office, said: str) -> None:
    dues(office, [HEAD, ["甲一", 25, 25, said]])
    assert office.paid == {} and office.wrong == [(2, "m3")]


@pytest.mark.parametrize("said", [3.5, "3.5", "√ 3.5", "3.05"])
def test_what_may_be_a_day_of_the_month_is_asked_where_something_else_is_owed(office: Office, said: object) -> None:
    dues(office, [HEAD, ["甲一", 25, 25, said]])
    assert office.paid == {} and [place[:2] for place in office.asked] == [(2, "m3")]


@pytest.mark.parametrize("owed", [3.5, ""])
def test_the_amount_that_is_owed_is_no_day(office: Office, owed: object) -> None:
    dues(office, [HEAD, ["甲一", owed, 3.5, 3.5]])
    assert office.paid == {"甲一 2026-01": 350, "甲一 2026-03": 350} and office.outcome.faults == []


@pytest.mark.parametrize("said", ["待交", "尚未交纳", "没交", "暂未缴", "免交（经批准）"])
def test_what_was_not_paid_is_no_amount_and_no_fault(office: Office, said: str) -> None:
    dues(office, [HEAD, ["甲一", 25, 25, said]])
    assert office.paid == {"甲一 2026-01": 2500}


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("1月党费", [1]),
        ("三月份党费", [3]),
        ("交4月份的党费", [4]),
        ("1-3月党费", [1, 2, 3]),
        ("缴纳第一季度党费", [1, 2, 3]),
        ("2026.1-2026.3", [1, 2, 3]),
        ("202601-202602", [1, 2]),
        ("2026年1月至2026年6月", [1, 2, 3, 4, 5, 6]),
        ("2026年全年党费", list(range(1, 13))),
        ("1月、3月", [1, 3]),
        ("2026年1月、2月和3月党费", [1, 2, 3]),
        ("2026年1月、2026年2月", [1, 2]),
        ("一月，二月", [1, 2]),
        ("一、二季度", [1, 2, 3, 4, 5, 6]),
        ("1季度及4月", [1, 2, 3, 4]),
        ("5、6月、下半年", [5, 6, 7, 8, 9, 10, 11, 12]),
        ("2026.01、2026.02", [1, 2]),
        ("1-3", [1, 2, 3]),
        ("1.2.3月", [1, 2, 3]),
        ("26年3月", [3]),
    ],
)
def test_the_months_stand_in_the_words_for_what_was_paid(office: Office, said: str, months: list[int]) -> None:
    dues(office, [["日期", "姓名", "摘要", "金额"], ["2026-07-05", "甲一", said, 120]])
    assert office.paid == {f"甲一 2026-{month:02}": 12000 // len(months) for month in months}


@pytest.mark.parametrize("said", ["退1月党费", "1月工会会费", "1月捐款", "欠1月党费"])
def test_words_for_something_else_than_paid_dues_are_asked(office: Office, said: str) -> None:
    dues(office, [["日期", "姓名", "摘要", "金额"], ["2026-07-05", "甲一", said, 120]])
    assert office.paid == {} and office.asked == [(2, "month", "1月")]


@pytest.mark.parametrize("said", ["2025.12-2026.2", "2025年12月、2026年1月", "2025年12月-2026年2月"])
def test_months_of_two_years_in_one_cell_are_refused(office: Office, said: str) -> None:
    dues(office, [["姓名", "缴费月份", "金额"], ["甲一", said, 30]])
    assert office.paid == {} and office.wrong == [(2, "month")]


@pytest.mark.parametrize("said", ["3月5日", "12月、1月"])
def test_a_day_and_months_that_go_back_are_asked(office: Office, said: str) -> None:
    dues(office, [["姓名", "缴费月份", "金额"], ["甲一", said, 30]])
    assert office.paid == {} and [name for _, name, _ in office.asked] == ["month"]


def test_months_that_a_heading_or_a_title_lists_were_paid_together(office: Office) -> None:
    dues(office, [["姓名", "月应交", "1月、2月", "二、三季度"], ["甲一", 10, 20, 60]])
    assert office.paid == {f"甲一 2026-{month:02}": 1000 for month in (1, 2, *range(4, 10))}


def test_all_quarters_of_a_title_are_meant(office: Office) -> None:
    dues(office, [["2026年一、二季度党费"], ["姓名", "月应交", "实交"], ["甲一", 10, 60]])
    assert office.paid == {f"甲一 2026-{month:02}": 1000 for month in range(1, 7)}


def test_year_and_month_stand_in_columns_of_their_own(office: Office) -> None:
    dues(office, [["付款人", "年", "月", "交易金额"], ["甲一", 2025, 12, 25], ["甲一", "2026年", "3月", 26]])
    assert office.paid == {"甲一 2025-12": 2500, "甲一 2026-03": 2600}


@pytest.mark.parametrize(
    "heading",
    [
        ["1月应交", "实交", "交纳日期", "2月应交", "实交", "交纳日期"],
        ["2026年1月", "实缴", "缴纳日期", "2026年2月", "实缴", "缴纳日期"],
        ["一月应缴", "实缴金额", "日期", "二月应缴", "实缴金额", "日期"],
    ],
)
def test_words_that_come_again_behind_each_month_are_of_it(office: Office, heading: list[str]) -> None:
    dues(office, [["姓名", *heading, "备注"], ["甲一", 25, 20, "2026.1.5", 25, 24, "2026.2.7", ""]])
    assert office.paid == {"甲一 2026-01": 2000, "甲一 2026-02": 2400}
    days = [str(item.paid_on) for item in office.ledger[Payment].all()]
    assert days == ["2026-01-05", "2026-02-07"]


def test_a_word_before_the_first_month_is_behind_none(office: Office) -> None:
    dues(office, [["姓名", "应交", "1月", "应交", "2月"], ["甲一", 25, "√", 25, ""]])
    assert office.paid == {"甲一 2026-01": 2500}
