"""Where a table of meetings has two columns that tell of time, or of what was held, each says its own."""

from __future__ import annotations

import pytest

from tests.app.exchange.bringing import Office


def clocks(office: Office) -> list[str]:
    told = [minutes.meeting for minutes in office.meetings]
    return [f"{one.held_on} {str(one.start or '')[:5]} {str(one.end or '')[:5]}".strip() for one in told]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["日期", "时间", "会议类型", "主题"], ["2026-03-05", "14:30-16:00", "支委会", "研究"]),
        (["会议时间", "日期", "会议类型", "主题"], ["14：30—16：00", "2026-03-05", "支委会", "研究"]),
        (["日期", "会议类型", "主题", "时间", "地点"], ["2026-03-05", "支委会", "研究", "下午2点半至4点", "会议室"]),
        (["日期", "会议名称", "时间", "主题"], ["2026-03-05", "支委会", "14:30-16:00", "研究"]),
        (["日期", "开始时间", "会议类型", "主题"], ["2026-03-05", "14:30-16:00", "支委会", "研究"]),
    ],
    ids=["beside", "before", "behind what is needed", "beside a name", "of the beginning"],
)
def test_the_time_of_day_is_read_from_its_own_column(office: Office, head: list[str], row: list[str]) -> None:
    office.has("甲一").takes("meetings", [head, row])
    assert clocks(office) == ["2026-03-05 14:30 16:00"] and office.meetings[0].meeting.subject == "研究"
    assert not any(word in text for text in office.left for word in ("时间", "地点"))


def test_what_is_no_time_in_that_column_is_said(office: Office) -> None:
    rows = [["日期", "时间", "会议类型", "主题"], ["2026-03-05", "记不清", "支委会", "研究"]]
    office.takes("meetings", rows)
    assert office.wrong == [(2, "clock")] and office.meetings == []


def test_the_same_heading_again_begins_a_table_beside_the_first(office: Office) -> None:
    office.takes("meetings", [["日期", "会议名称"] * 2, ["2026-03-05", "支委会", "2026-04-05", "党课"]])
    assert clocks(office) == ["2026-03-05", "2026-04-05"]


@pytest.mark.parametrize("head", [["时间", "会议名称", "会议主题"], ["时间", "会议主题", "会议名称"]])
def test_beside_a_theme_the_name_says_what_was_held_and_is_kept(office: Office, head: list[str]) -> None:
    told = {"时间": "2026-03-06", "会议名称": "第三次支委会", "会议主题": "学习党章"}
    office.takes("meetings", [head, [told[name] for name in head]])
    (minutes,) = office.meetings
    assert [kind.value for kind in minutes.types] == ["支委会"] and minutes.meeting.subject == "学习党章"
    assert "第三次支委会" in minutes.meeting.remark


@pytest.mark.parametrize(
    "rows",
    [
        [["月份", "日期", "类型", "主题"], ["3月", "5日", "党课", "作风"]],
        [["年", "月", "日", "类型", "主题"], ["2026", "3", "5", "党课", "作风"]],
        [["月份", "时间", "类型", "主题"], ["3月", "2026-03-05", "党课", "作风"]],
        [["时间", "类型", "主题"], ["三月份"], ["5日", "党课", "作风"]],
        [["时间", "类型", "主题"], ["2026年"], ["3月5日", "党课", "作风"]],
        [["时间", "类型", "主题"], ["2026年3月"], ["5", "党课", "作风"]],
        {"3月": [["时间", "类型", "主题"], ["5日", "党课", "作风"]]},
        {"2026年三月": [["时间", "类型", "主题"], [5, "党课", "作风"]]},
    ],
    ids=[
        "month",
        "three columns",
        "month beside a whole day",
        "line over",
        "year over",
        "year and month over",
        "month as the sheet",
        "year and month as the sheet",
    ],
)
def test_a_day_in_parts_is_put_together(office: Office, rows) -> None:
    office.takes("meetings", rows, "2026年会议.xlsx")
    assert clocks(office) == ["2026-03-05"] and office.asked == []


@pytest.mark.parametrize(
    "rows",
    [
        [["月份", "时间", "类型", "主题"], ["4月", "2026-03-05", "党课", "作风"]],
        [["时间", "类型", "主题"], ["四月份"], ["3月5日", "党课", "作风"]],
    ],
)
def test_a_day_beside_another_month_is_asked(office: Office, rows: list[list[str]]) -> None:
    office.takes("meetings", rows, "2026年会议.xlsx")
    assert [(field, day) for _, field, day in office.asked] == [("held_on", "2026-03-05")] and office.meetings == []


def test_a_day_without_its_month_stays_out(office: Office) -> None:
    rows = [["月份", "日期", "类型", "主题"], ["3月", "5日", "党课", "作风"], ["", "12日", "党课", "纪律"]]
    office.takes("meetings", rows, "2026年会议.xlsx")
    assert clocks(office) == ["2026-03-05"] and office.wrong == [(3, "held_on")]


def test_a_column_of_years_is_that_of_the_days_beside_it(office: Office) -> None:
    heads = ["年度", "日期", "类型", "主题"]
    office.takes("meetings", [heads, ["2026", "3.5", "党课", "作风"], ["2025年", "12月5日", "党课", "纪律"]])
    assert sorted(clocks(office)) == ["2025-12-05", "2026-03-05"] and office.asked == []


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("01-05 16:30", "2026-01-05 16:30"),  # and not 2001-05-16
        ("09-10 10时", "2026-09-10 10:00"),
        ("3月5日下午（5:30）", "2026-03-05 17:30"),
        ("2026/3/5 上午 (9:00)", "2026-03-05 09:00"),
    ],
)
def test_hours_behind_a_short_day_are_hours(office: Office, cell: str, told: str) -> None:
    office.takes("meetings", [["2026年会议台账"], ["时间", "类型", "主题"], [cell, "党课", "作风"]])
    assert clocks(office) == [told]
