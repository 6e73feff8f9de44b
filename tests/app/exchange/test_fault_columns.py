"""Columns of a roster that say one thing twice, what has changed, or a category of dues without a base."""

from __future__ import annotations

import pytest

from app.dues.bases import DuesBasis, DuesCategory
from app.exchange.mending import Mending
from app.people.members import MemberStatus, Sex
from tests.app.exchange.bringing import Office


def test_the_political_status_beside_the_category_leaves_it_to_that(office: Office) -> None:
    heads = ["姓名", "政治面貌", "人员类别", "入党时间"]
    told = ["中共党员", "预备党员", "2026.1.1"], ["中共党员", "正式党员", "2020.1.1"], ["中共预备党员", "", "2026.1.1"]
    office.takes("members", [heads, *[[name, *row] for name, row in zip(("甲一", "乙二", "丙三"), told, strict=True)]])
    held = {name: office.status(name) for name in office.names}
    assert held == {"甲一": MemberStatus.PROBATIONARY, "乙二": MemberStatus.FULL, "丙三": MemberStatus.PROBATIONARY}
    assert office.asked == [] and office.left == []
    office.takes("members", [["姓名", "人员类别", "政治面貌"], ["丁四", "预备党员", "群众"]])
    assert "丁四" not in office.names


def test_two_columns_of_the_status_that_contradict_each_other_are_asked(office: Office) -> None:
    rows = [["姓名", "人员类别", "是否预备党员", "入党时间"], ["甲一", "正式党员", "是", "2025.1.1"]]
    office.takes("members", rows)
    assert office.names == [] and office.asked == [(2, "status", "正式党员")]
    office.takes("members", rows, mending=Mending(edits={(2, "status"): "预备党员"}))
    assert office.status("甲一") is MemberStatus.PROBATIONARY


def test_of_two_days_the_exacter_is_taken_and_a_contradiction_asked(office: Office) -> None:
    heads = ["姓名", "出生年月", "出生日期", "入党时间", "入党日期", "转正时间"]
    rows = [heads, ["甲一", "1970.5", "1970-05-12", "2001.7", "2001-07-01", "2002.7.1"]]
    office.takes("members", [*rows, ["乙二", "1970.5", "1970-05-12", "2001.7", "2003-07-01", "2004.7.1"]])
    assert office.names == ["甲一"] and office.asked == [(3, "joined", "2001-07")]
    assert (str(office.members["甲一"].joined), str(office.members["甲一"].birth)) == ("2001-07-01", "1970-05-12")


@pytest.mark.parametrize(
    ("head", "said"), [("处分情况", "开除党籍"), ("去向", "2025年3月转出"), ("变动情况", "已去世")]
)
def test_a_column_of_changes_asks_who_has_left(office: Office, head: str, said: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间", head], ["甲一", "2001.7.1", "2002.7.1", said]])
    assert [(fault.field, fault.said) for fault in office.outcome.asked] == [("change", said)]


@pytest.mark.parametrize(("head", "said"), [("处分情况", "留党察看一年"), ("去向", "在岗"), ("处分", "2023年党内警告")])
def test_whatever_else_a_column_of_changes_says_is_told(office: Office, head: str, said: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间", head], ["甲一", "2001.7.1", "2002.7.1", said]])
    assert office.outcome.added == 1 and [fault.field for fault in office.outcome.notices] == ["change"]


# --- the category of dues --------------------------------------------------------------------------------


def test_a_category_without_a_base_is_kept(office: Office) -> None:
    heads = ["姓名", "入党时间", "转正时间", "党费类别"]
    days = ["2001.7.1", "2002.7.1"]
    office.takes("members", [heads, ["甲一", *days, "离退休"], ["乙二", *days, "编外"], ["丙三", *days, "在职"]])
    assert (office.base("甲一").category, office.base("甲一").base_fen) == (DuesCategory.RETIRED, None)
    assert office.outcome.added == 3 and len(office.ledger[DuesBasis].all()) == 1 and office.says("“编外”没有记入")


def test_another_category_is_a_difference_with_a_day(office: Office) -> None:
    heads = ["姓名", "入党时间", "转正时间", "党费类别", "党费基数"]
    office.takes("members", [heads, ["甲一", "2001.7.1", "2002.7.1", "在职", 5000]])
    newer = [heads, ["甲一", "2001.7.1", "2002.7.1", "退休", 5000]]
    office.takes("members", newer)
    assert [(item.field, item.was, item.new) for item in office.outcome.differences] == [
        ("dues_category", "在职", "离退休")
    ]
    taken = Mending(taken=frozenset({(2, "dues_category")}), since={(2, "dues_category"): "2026-06"})
    office.takes("members", newer, mending=taken)
    held = office.base("甲一")
    assert (held.category, held.base_fen, str(held.since)) == (DuesCategory.RETIRED, 500_000, "2026-06")


def test_a_sex_that_nobody_knows_is_none(office: Office) -> None:
    office.takes("members", [["姓名", "性别", "入党时间"], ["甲一", "不详", "2001.7.1"]])
    assert office.members["甲一"].sex is None and office.wrong == []


# --- rows and headings that say how to fill in a table ----------------------------------------------------


def test_headings_that_say_how_to_fill_them_in_are_headings(office: Office) -> None:
    heads = ["姓名*", "性别（男/女）", "入党时间（格式：2001-01-01）", "转正时间\n（年月日）"]
    office.takes("members", [heads, ["甲一", "男", "2001-07-01", "2002-07-01"]])
    assert office.names == ["甲一"] and str(office.members["甲一"].confirmed) == "2002-07-01"


@pytest.mark.parametrize("month", ["2026/1/1", "2026-01-01", "2026.01"])
def test_months_written_as_days_in_a_text_file_are_headings(office: Office, month: str) -> None:
    office.has("甲一")
    office.takes("dues", f"姓名,{month}\n甲一,20\n")
    assert office.paid == {"甲一 2026-01": 2000}


@pytest.mark.parametrize("said", ["（示例）张三", "例：张三", "填写示例：张三"])
def test_an_example_is_nobody_until_somebody_says_so(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "入党时间"], [said, "2001.7.1"]])
    assert office.names == [] and office.asked == [(2, "name", "张三")]


def test_a_row_that_says_how_to_fill_in_is_nobody(office: Office) -> None:
    office.takes("members", [["姓名", "民族"], ["必填", "选填"], ["甲一", "汉族"]])
    assert office.names == ["甲一"]


def test_who_stands_in_a_table_of_applications_is_asked_about(office: Office) -> None:
    rows = [["姓名", "性别", "申请入党时间", "列为积极分子时间"], ["甲一", "男", "2025.1.1", "2025.7.1"]]
    office.takes("members", rows)
    assert office.names == [] and office.asked == [(2, "name", "甲一")]
    office.takes("members", [["姓名", "申请入党时间", "入党时间"], ["乙二", "2018.1.1", "2020.1.1"]])
    assert office.names == ["乙二"] and office.asked == []


def test_a_code_for_the_sex_is_asked(office: Office) -> None:
    rows = [["姓名", "性别", "入党时间"], ["甲一", "1", "2001-07-01"], ["乙二", 2, "2001-07-01"]]
    office.takes("members", rows)
    assert office.names == [] and office.asked == [(2, "sex", "男"), (3, "sex", "女")]
    office.takes("members", rows, mending=Mending(accept_all=True))
    assert [office.members[name].sex for name in ("甲一", "乙二")] == [Sex.MALE, Sex.FEMALE]
