"""The lines around a table change nothing in it: whose it is, who made it and when, sums, remarks, empty columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from app.people.members import Sex
from tests.app.exchange.bringing import Office
from tests.app.exchange.test_unseen import DUES, MEETINGS, ROSTER, facts

Rows = Sequence[Sequence[object]]
BEFORE: dict[str, Rows] = {
    "empty lines": [[], []],
    "whose it is": [["中共甲局机关支部委员会"], ["填报单位：甲局机关", "", "", "填报时间：2025年11月20日"]],
    "number of an annex": [["附件1"]],
    "unit": [["单位：元"]],
    "remark": [["（此表一式两份）"]],
    "month of making": [["甲局机关"], ["制表时间：2025年11月"]],
}
BEHIND: dict[str, Rows] = {
    "maker alone": [["制表：张三   2025年11月20日"]],
    "maker beside checker": [[], ["填表人：张三", "", "审核人：李四"]],
    "label beside name": [[], [], ["联系人：", "赵六", "电话", "13800000000"]],
    "a whole line": [["填表人：张三", "审核：李四", "日期：2025.11.20", "电话：123456", "盖章", "备注：无"]],
    "sum": [["合计", "", "", "", "", "", ""]],
    "remarks": [["注：1.本表由支部填写；2.一式两份。"], ["2.没有的不填。"]],
}
TICKED = [["姓名", "男", "女", "入党时间"], ["丙三", "√", "", "2001-07-01"], ["丁四", "", "√", "2002-07-01"]]
SIDEWAYS = [["姓名", "戊五", "己六"], ["性别", "男", "女"], ["出生日期", "1980-01-01", "1981-01-01"]]
SIDEWAYS += [["入党时间", "2001-07-01", "2002-07-01"]]
CARD = [
    ["姓名", "庚七", "性别", "男"],
    ["出生日期", "1980-01-01", "学历", "大学"],
    ["入党时间", "2001-07-01", "电话", ""],
]
IN_PAIRS = [["2026年党费"], ["姓名", "", "4月", "5月"], ["甲一", "应交", 25, 25], ["", "实交", 25, ""]]
IN_PAIRS += [["乙二", "应交", 30, 30], ["", "实交", "", ""], ["乙二", "补交", "", ""]]
TABLES: list[tuple[str, Rows]] = [("members", ROSTER), ("members", TICKED), ("members", SIDEWAYS), ("members", CARD)]
TABLES += [("dues", DUES), ("dues", IN_PAIRS), ("meetings", MEETINGS)]


def check(office: Office, other: Office, around: Callable[[Rows], Rows]) -> None:
    for kind, rows in TABLES:
        office.takes(kind, rows, f"2026年{kind}.xlsx")
        other.takes(kind, around(rows), f"2026年{kind}.xlsx")
        assert [fault.reason for fault in other.outcome.refused] == [], rows
    assert office.names == ["甲一", "乙二", "丙三", "丁四", "戊五", "己六", "庚七"]
    assert office.members["丁四"].sex is Sex.FEMALE
    assert facts(other) == facts(office) and other.paid == office.paid
    assert office.paid["甲一 2026-04"] == 2500 and len(office.paid) == 4


@pytest.mark.parametrize("lines", BEFORE.values(), ids=BEFORE)
def test_lines_above_a_table_change_nothing_in_it(office: Office, other: Office, lines: Rows) -> None:
    check(office, other, lambda rows: [*lines, *rows])


@pytest.mark.parametrize("lines", BEHIND.values(), ids=BEHIND)
def test_lines_below_a_table_change_nothing_in_it(office: Office, other: Office, lines: Rows) -> None:
    check(office, other, lambda rows: [*rows, *lines])


def test_empty_columns_beside_a_table_change_nothing_in_it(office: Office, other: Office) -> None:
    check(office, other, lambda rows: [["", *row, "", ""] for row in rows])


@pytest.mark.parametrize("name", ["新建 Microsoft Excel 工作表 (3)", "20261103导出", "工作簿12", "甲 11.25 改 2026"])
def test_the_name_of_a_file_changes_nothing_in_it(office: Office, other: Office, name: str) -> None:
    for kind, rows in TABLES:
        office.takes(kind, rows, f"2026年{kind}.xlsx")
        other.takes(kind, [["2026年"], *rows], f"{name}.xlsx")
    assert facts(other) == facts(office) and other.paid == office.paid
