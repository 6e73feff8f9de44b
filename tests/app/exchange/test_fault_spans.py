"""Registers of dues whose columns and titles name several months, sums of them, categories and bases."""

from __future__ import annotations

import pytest

from app.dues.bases import DuesBasis
from tests.app.exchange.bringing import Office, dues


@pytest.mark.parametrize("heading", ["1-6月", "上半年", "1月至6月", "2026年1-6月", "一至六月"])
def test_what_was_paid_for_several_months_is_told_and_parted(office: Office, heading: str) -> None:
    dues(office.has("甲一"), [["姓名", heading], ["甲一", "150"]])
    assert office.paid == {f"甲一 2026-{month:02}": 2500 for month in range(1, 7)}
    assert office.says("6 个月一起交 150.00 元")


@pytest.mark.parametrize("title", ["2026年1-6月党费收缴表", "2026年上半年党费", "2026年1至6月党费"])
def test_a_title_of_several_months_is_none_of_the_last(office: Office, title: str) -> None:
    dues(office.has("甲一"), [[title], ["姓名", "实交"], ["甲一", "150"]])
    assert office.paid == {f"甲一 2026-{month:02}": 2500 for month in range(1, 7)}


@pytest.mark.parametrize("title", ["3月份党费收缴表（2026年）", "二〇二六年叁月党费收缴表", "二零二六年三月份党费"])
def test_the_month_of_a_title_below_the_name_of_a_sheet(office: Office, title: str) -> None:
    """Sheet1 above 3月份 is no 13月."""
    office.has("甲一").takes("dues", {"Sheet1": [[title], ["姓名", "实交"], ["甲一", "25"]]})
    assert office.paid == {"甲一 2026-03": 2500}


def test_as_much_as_two_of_three_months_is_asked(office: Office) -> None:
    office.has("甲一", "甲二")
    rows = [["姓名", "每月应交", "一季度", "二季度"], ["甲一", 12, 36, 24], ["甲二", 12, 48, 30]]
    dues(office, rows)
    assert office.paid == {}
    assert office.says("正好是 2 个月的") and office.says("正好是 4 个月的") and not office.says("正好是 3 个月的")


def test_a_column_that_adds_up_months_is_no_payment(office: Office) -> None:
    rows = [["姓名", "1月", "2月", "3月", "一季度", "上半年"], ["甲一", "25", "", "30", "55", "55"]]
    dues(office.has("甲一"), rows)
    assert office.paid == {"甲一 2026-01": 2500, "甲一 2026-03": 3000}
    assert office.says("“一季度”一列") and office.says("“上半年”一列")


def test_the_sum_behind_the_months_is_not_that_of_the_month_in_the_title(office: Office) -> None:
    rows = [["2026年6月党费"], ["姓名", "4月", "5月", "6月", "已交"], ["甲一", "25", "25", "25", "75"]]
    dues(office.has("甲一"), rows)
    assert office.paid == {f"甲一 2026-{month:02}": 2500 for month in (4, 5, 6)}
    assert office.says("“已交”一列")


@pytest.mark.parametrize(("said", "month"), [("202602", "2026-02"), ("2026年2月", "2026-02"), ("2026-12", "2026-12")])
def test_months_in_a_column_of_their_own(office: Office, said: str, month: str) -> None:
    office.has("甲一").takes("dues", [["姓名", "所属月份", "金额"], ["甲一", said, "25"]])
    assert office.paid == {f"甲一 {month}": 2500}


def test_a_month_that_may_have_lost_its_zero_is_asked(office: Office) -> None:
    office.has("甲一").takes("dues", [["姓名", "所属月份", "金额"], ["甲一", "2026.1", "25"]])
    assert office.paid == {} and office.asked == [(2, "month", "1月")]


# --- who pays, from what --------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["人员类型", "人员性质", "类型", "党员类型", "在职状态", "身份类别"])
def test_the_column_of_the_category_under_its_names(office: Office, heading: str) -> None:
    dues(office.has("甲一"), [["姓名", heading, "月基数", "1月"], ["甲一", "退休", "3000", "15"]])
    assert (office.base("甲一").category.value, office.base("甲一").base_fen) == ("离退休", 300000)


def test_a_category_that_only_the_rate_tells_is_told(office: Office) -> None:
    dues(office.has("甲一"), [["姓名", "缴费基数", "比例", "1月"], ["甲一", "5000", "0.5%", "25"]])
    assert office.base("甲一").category.value == "离退休" and office.says("按比例 0.5% 像是离退休")


@pytest.mark.parametrize(("note", "category"), [("退休", "离退休"), ("退休人员", "离退休")])
def test_a_remark_that_is_a_category_is_told(office: Office, note: str, category: str) -> None:
    dues(office.has("甲一"), [["姓名", "缴费基数", "1月", "备注"], ["甲一", "3000", "15", note]])
    assert office.base("甲一").category.value == category and office.says(f"党费按{category}")


def test_a_base_of_nothing_is_no_base(office: Office) -> None:
    dues(office.has("甲一"), [["姓名", "缴费基数", "1月"], ["甲一", "0", "5"]])
    assert office.ledger[DuesBasis].all() == [] and office.says("基数是 0")


@pytest.mark.parametrize(("said", "retired"), [("是", False), ("否", None)])
def test_who_is_not_at_work_is_asked_what_else(office: Office, said: str, retired: bool | None) -> None:
    dues(office.has("甲一"), [["姓名", "是否在职", "缴费基数", "1月"], ["甲一", said, "3000", "15"]])
    if retired is None:
        assert office.ledger[DuesBasis].all() == [] and office.asked == [(2, "category", "离退休")]
    else:
        assert office.base("甲一").category.value == "在职"


# --- what stands beside a month, a name, a table ---------------------------------------------------------


def test_an_amount_below_a_heading_of_more_than_its_month_is_asked(office: Office) -> None:
    dues(office.has("甲一"), [["姓名", "2月", "3月（含补缴）"], ["甲一", "25", "50"]])
    assert office.paid == {} and office.asked == [(2, "m3", "50.00")]


@pytest.mark.parametrize("name", ["甲一（代交乙二）", "甲一（含乙二）", "甲一(替乙二垫付)"])
def test_an_amount_for_somebody_else_too_is_asked(office: Office, name: str) -> None:
    dues(office.has("甲一", "乙二"), [["姓名", "1月"], [name, "50"]])
    assert office.paid == {} and office.asked == [(2, "name", "甲一")]


def test_a_column_of_years_tells_the_year(office: Office) -> None:
    office.has("甲一").takes("dues", [["姓名", "年度", "月份", "金额"], ["甲一", "2025", "3月", "25"]])
    assert office.paid == {"甲一 2025-03": 2500} and office.asked == []


def test_each_of_two_tables_below_one_another_has_its_own_title(office: Office) -> None:
    january = [["2026年1月党费"], ["姓名", "实交"], ["甲一", "25"]]
    rows = [*january, [], ["2026年2月党费"], ["姓名", "实交"], ["乙二", "26"]]
    office.has("甲一", "乙二").takes("dues", rows)
    assert office.paid == {"甲一 2026-01": 2500, "乙二 2026-02": 2600}
    assert office.wrong == []
