"""Registers of dues that went wrong in offices, with the right result, and their kind tried with others beside."""

from __future__ import annotations

from datetime import date

import pytest

from app.dues.bases import DuesBasis, DuesCategory
from app.exchange.mending import Mending
from app.people.members import MemberStatus
from tests.app.exchange.bringing import Office, dues, file

FULL, PROBATIONARY = MemberStatus.FULL, MemberStatus.PROBATIONARY


# --- 01 numbers -----------------------------------------------------------------------------------------


def test_01_a_computed_cell_is_what_the_sheet_shows(office: Office) -> None:
    file(office, "members", "01-名册.xlsx")
    file(office, "dues", "01-党费-二进制小数.xlsx", year="2026")
    assert (office.outcome.added, office.wrong) == (3, [])
    assert office.paid["甲二 2026-02"] == 5770
    assert office.base("甲一").base_fen == 633330


def test_01_a_register_without_a_year_asks_for_it(office: Office) -> None:
    file(office, "members", "01-名册.xlsx")
    file(office, "dues", "01-党费-二进制小数.xlsx")
    assert office.paid == {} and office.asked == [(2, "year", "2026")]
    file(office, "dues", "01-党费-二进制小数.xlsx", Mending(edits={(2, "year"): "2025"}))
    assert "甲一 2025-01" in office.paid


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("￥90", 9000),
        ("90元", 9000),
        ("９０．５", 9050),
        (36.205000000000005, 3621),
        ("1,090.00", 109000),
        (89.99999999999999, 9000),
        ("50(补)", 5000),
    ],
)
def test_01_amounts_in_every_writing(office: Office, cell: object, fen: int) -> None:
    office.has("甲一")
    dues(office, [["姓名", "1月"], ["甲一", cell]])
    assert office.paid == {"甲一 2026-01": fen}


@pytest.mark.parametrize("cell", ["36，21", "36,21", "1.234,50"])
def test_01_a_decimal_comma_is_refused_and_named(office: Office, cell: str) -> None:
    office.has("甲一")
    dues(office, [["姓名", "1月"], ["甲一", cell]])
    assert office.paid == {} and office.wrong == [(2, "m1")]


def test_01_a_base_with_three_decimals_is_rounded_and_told(office: Office) -> None:
    office.has("甲一")
    dues(office, [["姓名", "类别", "党费基数", "1月"], ["甲一", "在职", 2999.995, 15]])
    assert office.base("甲一").base_fen == 300000 and office.says("四舍五入")


@pytest.mark.parametrize("tick", ["√", "✓", "已交", "已缴", "是", "已收", "缴清"])
def test_a_tick_means_what_is_owed(office: Office, tick: str) -> None:
    office.has("甲一")
    dues(office, [["姓名", "党费基数", "1月", "2月", "3月"], ["甲一", 5000, tick, "未交", "×"]])
    assert office.paid == {"甲一 2026-01": 5000} and office.says("按应交 50.00 元")


def test_a_tick_without_a_known_amount_is_no_payment(office: Office) -> None:
    office.has("甲一")
    dues(office, [["姓名", "1月"], ["甲一", "√"]])
    assert office.paid == {} and office.wrong == [(2, "m1")]


def test_an_exemption_in_a_month_is_told_and_no_payment(office: Office) -> None:
    office.has("甲一")
    dues(office, [["姓名", "1月", "2月"], ["甲一", 50, "免交"]])
    assert office.paid == {"甲一 2026-01": 5000} and office.says("免交请在党费基数里登记")


# --- 09, 10 registers of dues ---------------------------------------------------------------------------


def test_09_what_was_owed_is_not_what_was_paid(office: Office) -> None:
    office.has("甲一", "甲二")
    file(office, "dues", "09-党费-应交实交.xlsx", year="2026")
    assert office.paid == {"甲一 2026-01": 5000, "甲二 2026-01": 6000, "甲二 2026-02": 9000}


@pytest.mark.parametrize(
    "heads",
    [
        ["2026年1月", "2026年2月"],
        ["2026.01", "2026.02"],
        ["1", "2"],
        [1, 2],
        ["一月", "二月"],
        ["01月", "02月"],
        ["1月实交", "2月实交"],
        ["1月份", "2月份"],
        [date(2026, 1, 1), date(2026, 2, 1)],
        ["202601", "202602"],
    ],
    ids=lambda heads: str(heads[0]),
)
def test_months_in_every_writing(office: Office, heads: list[object]) -> None:
    office.has("甲一")
    dues(office, [["姓名", *heads], ["甲一", 50, 60]])
    assert office.paid == {"甲一 2026-01": 5000, "甲一 2026-02": 6000}


def test_months_as_numbers_with_a_lost_zero(office: Office) -> None:
    office.has("甲一")
    heads = [2026.1, 2026.2, 2026.3, 2026.4, 2026.5, 2026.6, 2026.7, 2026.8, 2026.9, 2026.1, 2026.11]
    dues(office, [["姓名", *heads], ["甲一", *range(1, 12)]])
    assert office.paid["甲一 2026-01"] == 100 and office.paid["甲一 2026-10"] == 1000


def test_quarters_are_three_months_paid_together(office: Office) -> None:
    office.has("甲一")
    dues(office, [["姓名", "党费基数", "一季度", "第二季度"], ["甲一", 5000, 150, 150]])
    assert office.paid == {f"甲一 2026-0{month}": 5000 for month in range(1, 7)}
    dues(office, [["姓名", "三季度"], ["甲一", 100]])
    assert "甲一 2026-07" not in office.paid and office.asked == [(2, "q3", "100.00")]


def test_owed_paid_and_day_under_each_month(office: Office) -> None:
    from app.dues.payments import Payment

    office.has("甲一")
    rows = [
        ["2026年党费收缴登记表"],
        ["姓名", "1月", "", "", "2月", "", ""],
        ["", "应交", "实交", "交纳日期", "应交", "实交", "交纳日期"],
        ["甲一", 50, 50, "1月8日", 50, "√", "2026.2.9"],
    ]
    office.takes("dues", rows)
    assert [(item.amount_fen, str(item.paid_on)) for item in office.ledger[Payment].all()] == [
        (5000, "2026-01-08"),
        (5000, "2026-02-09"),
    ]


def test_a_month_in_a_column_and_a_sheet_for_each_month(office: Office) -> None:
    office.has("甲一")
    dues(office, [["姓名", "月份", "实交"], ["甲一", "3月", 50], ["甲一", "2026年4月", 60]])
    sheets = {"1月": [["姓名", "应交", "实交"], ["甲一", 50, 50]], "2月": [["姓名", "应交", "实交"], ["甲一", 50, 40]]}
    office.takes("dues", sheets, "2026年党费.xlsx")
    assert office.paid == {"甲一 2026-01": 5000, "甲一 2026-02": 4000, "甲一 2026-03": 5000, "甲一 2026-04": 6000}


def test_10_the_day_on_which_a_table_was_made_is_not_its_year(office: Office) -> None:
    office.has("甲一")
    file(office, "dues", "10-党费收缴表2025.xlsx")
    assert office.paid == {"甲一 2025-01": 5000, "甲一 2025-02": 5000}


def test_10_two_years_are_asked(office: Office) -> None:
    office.has("甲一")
    rows = [["2025年党费收缴登记表"], ["姓名", "1月"], ["甲一", 50]]
    office.takes("dues", rows, "2026年归档.xlsx")
    assert office.paid == {} and office.asked == [(3, "year", "2025")]
    office.takes("dues", rows, "2026年归档.xlsx", Mending(accepted=frozenset({(3, "year")})))
    assert office.paid == {"甲一 2025-01": 5000}


def test_sums_are_no_members_and_are_counted(office: Office) -> None:
    office.has("甲一", "甲二")
    rows = [["姓名", "1月"], ["甲一", 50], ["小计", 50], ["甲二", 60], ["合 计", 110], ["收款人：甲一", ""]]
    dues(office, rows)
    assert office.paid == {"甲一 2026-01": 5000, "甲二 2026-01": 6000} and office.wrong == []
    assert office.left == ["第 3、5 行（共 2 行） 合计行", "第 6 行（共 1 行） 像是表尾的说明"]


# --- 32 categories of dues ------------------------------------------------------------------------------


def test_32_the_categories_of_a_register(office: Office) -> None:
    file(office, "members", "32-名册.xlsx")
    assert office.base("甲一").category is office.base("甲二").category is DuesCategory.RETIRED
    office.has("甲三", "甲四", "甲五", "甲六")
    file(office, "dues", "32-党费-退休.xlsx", year="2026")
    told = {name: (office.base(name).category, office.base(name).base_fen) for name in ("甲一", "甲三", "甲四", "甲五")}
    retired = DuesCategory.RETIRED
    assert told == {
        "甲一": (retired, 400000),
        "甲三": (retired, 560000),
        "甲四": (retired, 560000),
        "甲五": (DuesCategory.UNEMPLOYED, None),
    }
    assert office.paid["甲五 2026-01"] == 20
    assert office.asked == [(7, "category", "在职")]
    assert not [fault for fault in office.outcome.notices if fault.field == "owed"]


@pytest.mark.parametrize(("word", "asked"), [("个体户", True), ("内退", True), ("返聘", True), ("工勤人员", False)])
def test_32_a_word_that_is_not_known_is_asked(office: Office, word: str, asked: bool) -> None:
    office.has("甲一")
    dues(office, [["姓名", "类别", "党费基数", "1月"], ["甲一", word, 5000, 50]])
    assert bool(office.asked) is asked and bool(office.paid) is not asked
    assert bool(office.ledger[DuesBasis].all()) is not asked


def test_a_sheet_for_each_month_whose_title_begins_with_a_number(office: Office) -> None:
    """2026年1月 above 1月党费收缴表 is a year and a month, not the first of January."""
    office.has("甲一")
    head = ["序号", "姓名", "应交党费", "实交党费", "交费日期"]
    office.takes(
        "dues",
        {
            "2026年1月": [["1月党费收缴表"], head, [1, "甲一", 16, 16, "1.10"]],
            "2026年2月": [["2月党费收缴表"], head, [1, "甲一", 16, "16.0元", "2月10号"]],
        },
    )
    assert office.asked == [] and office.wrong == []
    assert office.paid == {"甲一 2026-01": 1600, "甲一 2026-02": 1600}


def test_one_cell_over_three_months_is_what_was_paid_for_all_of_them(office: Office) -> None:
    office.has("甲一", "甲二", "甲三")
    rows = [
        ["2026年党费收缴登记表"],
        ["姓名", "月交党费", "1月", "2月", "3月", "4月"],
        ["甲一", 16, 48, "", "", 16],
        ["甲二", 16, 45, "", "", 16],
        ["甲三", 16, 16, 16, 16, 16],
    ]

    office.takes(
        "dues", rows, tweak=lambda _, sheet: (sheet.merge_range(2, 2, 2, 4, 48), sheet.merge_range(3, 2, 3, 4, 45))
    )
    assert [office.paid[f"甲一 2026-0{month}"] for month in (1, 2, 3, 4)] == [1600] * 4
    assert [office.paid[f"甲二 2026-0{month}"] for month in (1, 2, 3)] == [1500] * 3
    assert sum(office.paid.values()) == (48 + 16 + 45 + 16 + 64) * 100, "nothing is counted twice"
    told = [fault.reason for fault in office.outcome.faults]
    assert any("3 个月一起交 45.00 元" in words for words in told)


def test_a_month_of_another_year_is_not_stored_in_the_year_of_the_register(office: Office) -> None:
    office.has("甲一")
    rows = [["2026年党费"], ["姓名", "月份", "实交"], ["甲一", "2025年12月", 50], ["甲一", "1月", 51]]
    office.takes("dues", rows)
    assert office.paid == {"甲一 2025-12": 5000, "甲一 2026-01": 5100}


def test_rows_that_tell_their_year_need_no_title(office: Office) -> None:
    office.has("甲一")
    office.takes("dues", [["姓名", "月份", "实交"], ["甲一", "2026/03", 50], ["甲一", "2026年4-5月", 100]])
    assert office.asked == []
    assert office.paid == {"甲一 2026-03": 5000, "甲一 2026-04": 5000, "甲一 2026-05": 5000}


def test_of_two_years_in_one_heading_where_one_month_tells_none_it_is_asked(office: Office) -> None:
    office.has("甲一")
    rows = [["姓名", "2026年1月", "2月", "2025年12月"], ["甲一", 50, 51, 49]]
    office.takes("dues", rows)
    assert office.paid == {} and office.asked == [(2, "year", "2026")]
    office.takes("dues", rows, mending=Mending(edits={(2, "year"): "2026"}))
    assert office.paid == {"甲一 2026-01": 5000, "甲一 2026-02": 5100} and office.says("这一列是 2025 年的")
    office.takes("dues", rows, mending=Mending(edits={(2, "year"): "2025"}))
    assert office.paid["甲一 2025-12"] == 4900


def test_what_is_owed_for_several_months_is_not_owed_for_each(office: Office) -> None:
    office.has("甲一")
    office.takes("dues", [["姓名", "月份", "应交", "实交"], ["甲一", "2026年2-3月", 100, "√"]])
    assert office.paid == {} and office.wrong == [(2, "paid")]


@pytest.mark.parametrize(
    "cell",
    ["50（含补交2025年12月50元）", "50(欠10)", "100（代甲二交50）", "300（全年）", "75（一季度）", "50（夫妻两人）"],
)
def test_an_amount_whose_bracket_speaks_of_another_is_asked(office: Office, cell: str) -> None:
    office.has("甲一")
    dues(office, [["姓名", "1月"], ["甲一", cell]])
    assert office.paid == {} and [asked[:2] for asked in office.asked] == [(2, "m1")]


@pytest.mark.parametrize(
    "remark",
    [
        "1-3月一次交",
        "1月交的是1-2月的",
        "含补交去年12月",
        "预交全年",
        "代交乙二",
        "3月合并交",
        "退回5元",
        "全年",
        "两个月的",
        "夫妻两人",
        "未交",
        "欠缴",
        "缓交",
    ],
)
def test_a_remark_that_speaks_of_the_amounts_is_asked_about(office: Office, remark: str) -> None:
    """75 for a quarter is not 75 for January."""
    office.has("甲一")
    rows = [["2026年党费"], ["姓名", "1月", "2月", "备注"], ["甲一", "75", "", remark]]
    office.takes("dues", rows)
    assert office.paid == {} and [fault.field for fault in office.outcome.asked] == ["note"]
    office.takes("dues", rows, mending=Mending(accept_all=True))
    assert office.paid == {"甲一 2026-01": 7500}


@pytest.mark.parametrize("cell", ["25（微信）", "25（已交）", "25（补）", "25（元）", "25（本月）", "25（微信支付）"])
def test_a_bracket_that_says_how_or_that_it_was_paid_is_told(office: Office, cell: str) -> None:
    office.has("甲一")
    dues(office, [["姓名", "1月"], ["甲一", cell]])
    assert office.paid == {"甲一 2026-01": 2500} and office.says("没有记入")


def test_a_remark_of_a_register_is_told(office: Office) -> None:
    office.has("甲一")
    dues(office, [["姓名", "1月", "备注"], ["甲一", 100, "现金"]])
    assert office.paid == {"甲一 2026-01": 10000} and office.says("备注“现金”没有记入")
