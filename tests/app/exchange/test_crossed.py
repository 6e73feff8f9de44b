"""Sheets in which months cross types of meetings, or persons cross months: the rows that they mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.exchange.crossed import day_and_words, dues_of_persons, meetings_by_month
from app.exchange.dues_cards import cards_as_register
from app.exchange.raw import RawSheet, text_of
from app.exchange.roll_calls import with_persons_across, with_persons_down
from tests.app.exchange.bringing import Office, dues

KINDS = ["月份", "支委会", "党员大会", "党课"]


def held(office: Office) -> list[tuple[str, str, str]]:
    return [(str(item.meeting.held_on), item.types[0].value, item.meeting.subject) for item in office.meetings]


def test_a_day_where_a_month_meets_a_type_is_a_meeting(office: Office) -> None:
    rows = [
        ["2026年“三会一课”落实情况表"],
        KINDS,
        ["1月", "1月5日", "1月8日 总结上年工作", date(2026, 1, 9)],
        ["2月", "2月3日：研究计划\n2月24日：慰问", "/", ""],
    ]
    office.takes("meetings", rows)
    assert held(office) == [
        ("2026-01-05", "支委会", "支委会"),
        ("2026-01-08", "支部党员大会", "总结上年工作"),
        ("2026-01-09", "党课", "党课"),
        ("2026-02-03", "支委会", "研究计划"),
        ("2026-02-24", "支委会", "慰问"),
    ]
    assert any(text.startswith("2 次会议没有写主题") for text in office.outcome.told)


def test_a_tick_or_a_number_of_meetings_is_no_day_and_is_told(office: Office) -> None:
    rows = [["2026年"], KINDS, ["1月", "1月5日", "√", 1], ["2月", 2, "未召开", 0], ["3月", "3.4", "召开", ""]]
    office.takes("meetings", rows)
    assert held(office) == [("2026-01-05", "支委会", "支委会"), ("2026-03-04", "支委会", "支委会")]
    assert office.wrong.count((4, "held_on")) == 1
    assert len([row for row, field in office.wrong if field == "held_on"]) == 4


def test_a_table_that_only_counts_meetings_stays_no_ledger(office: Office) -> None:
    with pytest.raises(Refused, match="没有找到需要的列"):
        office.takes("meetings", [["2026年"], KINDS, ["1月", 1, 1, ""], ["2月", 1, "", 1]])


def test_months_may_stand_over_the_columns_and_types_before_the_rows(office: Office) -> None:
    rows = [["2026年三会一课台账"], ["类型", "1月", "2月"], ["支委会", "5日", "3日、24日"], ["党课", "", "9日"]]
    office.takes("meetings", rows)
    assert [day for day, _, _ in held(office)] == ["2026-01-05", "2026-02-03", "2026-02-09", "2026-02-24"]


def test_types_of_two_rows_of_a_heading_are_all_read(office: Office) -> None:
    rows = [
        ["2026年"],
        ["月份", "三会一课", "", "主题党日", "次数"],
        ["", "支委会", "党员大会", "", ""],
        ["1月", "1月5日", "1月8日", "1月9日", 3],
        ["2月", "2月5日", "", "2月9日", 2],
        ["合计", "2次", "1次", "2次", 5],
    ]
    office.takes("meetings", rows)
    assert [kind for _, kind, _ in held(office)] == ["支委会", "支部党员大会", "主题党日", "支委会", "主题党日"]
    assert any("表中其他内容" in text for text in office.left)


def test_numbers_of_meetings_beside_their_days_are_no_days(office: Office) -> None:
    rows = [
        ["2026年"],
        ["月份", "支委会", "", "党员大会", ""],
        ["", "次数", "日期", "次数", "日期"],
        ["1月", 1, "1月5日", 1, "1月8日"],
        ["2月", 1, "2月5日", 0, ""],
    ]
    office.takes("meetings", rows)
    assert [day for day, _, _ in held(office)] == ["2026-01-05", "2026-01-08", "2026-02-05"]


def test_a_day_of_another_month_than_its_row_is_asked(office: Office) -> None:
    office.takes("meetings", [["2026年"], KINDS, ["1月", "1月5日", "2月8日", ""], ["2月", "2月5日", "", ""]])
    assert len(held(office)) == 2
    assert [fault.proposed for fault in office.outcome.asked] == ["2026-02-08"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1月5日 学习", ("1月5日", "学习")),
        ("5日学习", ("5日", "学习")),
        ("2026.1.5：总结", ("2026.1.5", "总结")),
        ("1月5日15:00", ("1月5日15:00", "")),
        ("1月5日 9:00-10:30 学习", ("1月5日 9:00-10:30", "学习")),
        ("1月5日至6日", ("1月5日至6日", "")),
        ("3次", None),
        ("5", None),
        ("学习5日", None),
    ],
)
def test_a_text_that_begins_with_a_day_is_parted(text: str, parts: tuple[str, str] | None) -> None:
    assert day_and_words(text) == parts


def test_dues_with_a_person_over_each_column_are_paid_by_these(office: Office) -> None:
    office.has("甲一", "乙二")
    rows = [["2026年党费收缴表"], ["月份", "甲一", "乙二", "合计"], ["1月", 5, 10, 15], ["2月", 5, "", 5]]
    dues(office, [*rows, ["合计", 10, 10, 20]])
    assert office.paid == {"甲一 2026-01": 500, "甲一 2026-02": 500, "乙二 2026-01": 1000}


def test_what_is_owed_each_month_may_stand_before_the_months(office: Office) -> None:
    office.has("甲一", "乙二")
    dues(office, [["2026年党费"], ["项目", "甲一", "乙二"], ["月应交", 5, 10], ["1月", 5, 10], ["2月", "√", ""]])
    assert office.paid == {"甲一 2026-01": 500, "甲一 2026-02": 500, "乙二 2026-01": 1000}


def test_what_is_owed_below_a_person_is_not_paid(office: Office) -> None:
    office.has("甲一", "乙二")
    rows = [
        ["2026年"],
        ["月份", "甲一", "", "乙二", ""],
        ["", "应交", "实交", "应交", "实交"],
        ["1月", 5, 5, 10, ""],
        ["2月", 5, "", 10, 10],
    ]
    dues(office, rows)
    assert office.paid == {"甲一 2026-01": 500, "乙二 2026-02": 1000}


def test_the_same_month_twice_is_of_two_years_and_nothing_is_read(office: Office) -> None:
    office.has("甲一", "乙二")
    with pytest.raises(Refused):
        dues(office, [["月份", "甲一", "乙二"], ["1月", 5, 10], ["2月", 5, 10], ["1月", 6, 11], ["2月", 6, 11]])
    assert office.paid == {}


def test_sums_by_month_are_no_persons(office: Office) -> None:
    with pytest.raises(Refused, match="姓名"):
        dues(office, [["月份", "党员人数", "上缴金额", "留存金额"], ["1月", 12, 50, 10], ["2月", 12, 50, 10]])


def test_a_card_of_dues_belongs_to_the_person_over_it(office: Office) -> None:
    office.has("甲一", "乙二")
    rows = [
        ["2026年党费证"],
        ["姓名", "甲一", "性别", "男"],
        ["月份", "应交", "实交", "交纳日期", "月份", "应交", "实交", "交纳日期"],
        ["1月", 5, 5, "2026-01-08", "7月", 5, 5, "2026-07-08"],
        ["2月", 5, "", "", "8月", 5, 6, "2026-08-09"],
        ["合计", 10, 5, "", "", 10, 11, ""],
        ["姓名：乙二"],
        ["月份", "金额"],
        ["1-3月", 30],
    ]
    dues(office, rows)
    paid = {"甲一 2026-01": 500, "甲一 2026-07": 500, "甲一 2026-08": 600}
    assert office.paid == paid | {f"乙二 2026-0{month}": 1000 for month in (1, 2, 3)}


def test_each_card_has_its_own_year(office: Office) -> None:
    office.has("甲一", "乙二")
    rows = [
        ["姓名：甲一  2025年度"],
        ["月份", "金额"],
        ["12月", 5],
        ["姓名：乙二"],
        ["2026年"],
        ["月份", "金额"],
        ["1月", 6],
    ]
    dues(office, rows)
    assert office.paid == {"甲一 2025-12": 500, "乙二 2026-01": 600}


def test_a_card_without_a_name_is_nobodys(office: Office) -> None:
    office.has("甲一")
    with pytest.raises(Refused, match="姓名"):
        dues(office, [["2026年党费"], ["月份", "金额"], ["1月", 5], ["2月", 5]])


WORDS = [
    "姓名",
    "月份",
    "1月",
    "2月",
    "支委会",
    "党员大会",
    "时间",
    "甲一",
    "乙二",
    "5日",
    "1月6日 学习",
    "√",
    "病假",
    "5",
    "",
    "",
]
WORDS += ["应交", "实交", "合计", "备注", "2026-01-05", "金额", "序号"]
TURNS = (with_persons_down, with_persons_across, meetings_by_month, dues_of_persons, cards_as_register)
CHECKED = {"甲一", "乙二", "5日", "1月6日 学习", "病假", "2026-01-05"}


def heads_nothing(grid: list[list[str]], row: int, column: int) -> bool:
    """Whether nothing stands below a cell: the type of a meeting that was not held, somebody without a mark."""
    return not any(cells[column] for cells in grid[row + 1 :] if column < len(cells))


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=5), min_size=3, max_size=6))
def test_whatever_is_turned_round_nothing_that_is_said_is_lost(grid: list[list[str]]) -> None:
    sheet = RawSheet("表", "", tuple(map(tuple, grid)))
    places = [(row, column) for row, cells in enumerate(grid) for column in range(len(cells))]
    words = {grid[row][column] for row, column in places if not heads_nothing(grid, row, column)} & CHECKED
    for turn in TURNS:
        if made := turn(sheet):
            said = " ".join(text_of(cell) for cells in made.grid for cell in cells)
            assert all(part in said for text in words for part in text.split(" ")), (turn.__name__, words, made.grid)
