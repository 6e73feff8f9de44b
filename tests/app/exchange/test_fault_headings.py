"""Headings of two and three rows in files that merge nothing: what stands below a word says what its column is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.branch.groups import Group
from app.exchange.columns import COLUMNS
from app.exchange.laying import lay_out
from app.exchange.mending import Mending
from app.exchange.raw import RawSheet
from app.exchange.sheet import BLOCK as BLOCK_SIZE
from app.people.members import Employment, MemberStatus
from app.people.roster import load_roster
from app.rules.meeting_types import MeetingType
from tests.app.exchange.bringing import TODAY, Office, dues


@pytest.fixture
def office(office: Office) -> Office:
    """A branch of one."""
    return office.has("甲一")


@pytest.mark.parametrize(
    "below",
    [
        ["应", "实"],
        ["应收额", "实收额"],
        ["应缴数额", "实缴数额"],
        ["标准", "金额"],
        ["应交", "数额"],
        ["应收党费", "实收"],
    ],
)
def test_what_was_owed_is_never_what_was_paid(office: Office, below: list[str]) -> None:
    dues(office, [["姓名", "1月", "", "2月", ""], ["", *below, *below], ["甲一", 20, 20, 30, 0]])
    assert office.paid == {"甲一 2026-01": 2000}


def test_the_same_in_a_text_file(office: Office) -> None:
    office.takes("dues", "姓名,1月,,2月,\n,应,实,应,实\n甲一,20,20,30,0\n", "2026年党费.xlsx")
    assert office.paid == {"甲一 2026-01": 2000}


def test_a_day_below_a_month_is_no_amount(office: Office) -> None:
    dues(office, [["姓名", "1月", "", "2月", ""], ["", "日期", "数额", "日期", "数额"], ["甲一", "1.5", 20, "2.6", 20]])
    assert office.paid == {"甲一 2026-01": 2000, "甲一 2026-02": 2000}


def test_words_below_months_that_nobody_knows_bring_no_amount_in(office: Office) -> None:
    with pytest.raises(Exception, match="除“姓名”外没有认出别的列"):
        dues(office, [["姓名", "1月", "", "2月", ""], ["", "该出", "出了", "该出", "出了"], ["甲一", 20, 20, 20, 0]])
    assert office.paid == {}


def test_a_row_without_a_name_that_says_how_months_were_paid_is_no_heading(office: Office) -> None:
    dues(office, [["姓名", "1月", "2月"], ["", "已交", "未交"], ["甲一", 20, 20]])
    assert office.paid == {"甲一 2026-01": 2000, "甲一 2026-02": 2000} and office.wrong == [(2, "name")]


@pytest.mark.parametrize(
    "heads",
    [
        [["姓名", "一季度", "", ""], ["", "1月", "2月", "3月"]],
        [["姓名", "上半年", "", ""], ["", "1月", "2月", "3月"]],
        [["姓名", "2026年", "", ""], ["", "上半年", "", ""], ["", "1月", "2月", "3月"]],
    ],
)
def test_months_below_a_quarter_or_half_a_year_are_months(office: Office, heads: list[list[str]]) -> None:
    dues(office, [*heads, ["甲一", 20, 21, 22]])
    assert office.paid == {"甲一 2026-01": 2000, "甲一 2026-02": 2100, "甲一 2026-03": 2200}


def test_what_was_owed_for_all_months_may_stand_before_what_was_paid(office: Office) -> None:
    dues(office, [["姓名", "应交", "", "实交", ""], ["", "1月", "2月", "1月", "2月"], ["甲一", 20, 20, 20, 0]])
    assert office.paid == {"甲一 2026-01": 2000} and office.asked == []


ROW = ["丁四", "1992.7.1", "1993.7.1"]


def test_the_particulars_of_relatives_are_not_those_of_the_member(office: Office) -> None:
    heads = [["姓名", "入党时间", "转正时间", "家庭成员", "", ""], ["", "", "", "姓名", "出生年月", "联系电话"]]
    office.takes("members", [*heads, [*ROW, "乙二", "1970.5", "13900000001"]])
    assert office.members["丁四"].birth is None and office.members["丁四"].phone == ""
    assert any("出生年月" in told for told in office.left)


def test_a_word_stands_above_or_below_what_it_belongs_to(office: Office) -> None:
    office.takes(
        "members", [["姓名", "入党时间", "转正时间", "职务", ""], ["", "", "", "党内", "行政"], [*ROW, "书记", "处长"]]
    )
    (work,) = office.ledger[Employment].all(member=office.members["丁四"].id)
    assert office.posts("丁四") == ["书记"] and work.duty == "处长"


def test_names_below_those_who_talked_are_a_heading(office: Office) -> None:
    office.has("乙二")
    heads = [["谈话时间", "谈话人", "", "谈话对象", "", "内容"], ["", "姓名", "职务", "姓名", "职务", ""]]
    office.takes("talks", [*heads, ["2026.3.5", "甲一", "书记", "乙二", "党员", "思想"]])
    assert office.outcome.added == 1 and office.wrong == []


@pytest.mark.parametrize("merged", [True, False])
def test_year_month_and_day_below_one_word_are_a_day(office: Office, merged: bool) -> None:
    def merge(_, sheet) -> None:
        sheet.merge_range(0, 1, 0, 3, "入党时间")

    rows = [
        ["姓名", "入党时间", "", "", "转正时间", "", "备注"],
        ["", "年", "月", "日", "年", "月", ""],
        ["丁四", 1992, 7, 1, 1993, "7月", ""],
        ["戊五", "1992年", "", "", 1993, 7, ""],
        ["己六", 1992, "", 5, 1993, 7, ""],
    ]
    office.takes("members", rows, tweak=merge if merged else None)
    told = {name: (str(who.joined), str(who.confirmed)) for name, who in office.members.items() if name != "甲一"}
    assert told["丁四"] == ("1992-07-01", "1993-07") and told["戊五"] == ("1992", "1993-07")
    assert office.asked == [(5, "joined", "1992")] and "己六" not in told


# --- headings that come again -----------------------------------------------------------------------------


def test_a_line_over_a_heading_that_comes_again_is_of_the_rows_below_it(office: Office) -> None:
    heads = ["姓名", "性别", "入党时间"]
    rows = [["正式党员"], heads, ["丁四", "男", "2001.7.1"], ["预备党员"], heads, ["戊五", "女", "2026.5.1"]]
    office.takes("members", [*rows, ["发展对象"], ["姓名", "性别", "申请入党时间"], ["己六", "女", "2025.5.1"]])
    assert office.names == ["甲一", "丁四", "戊五"] and any("发展对象" in left for left in office.left)
    assert office.status("丁四") is MemberStatus.FULL and office.status("戊五") is MemberStatus.PROBATIONARY


def test_branches_over_headings_that_come_again_part_the_rows(office: Office) -> None:
    heads = ["姓名", "入党时间"]
    office.takes("members", [["甲支部"], heads, ["丁四", "2001.7.1"], ["乙支部"], heads, ["戊五", "2001.7.1"]])
    assert office.names == ["甲一", "丁四"] and any("乙支部" in left for left in office.left)


def test_kinds_of_meetings_and_months_over_headings_that_come_again(office: Office) -> None:
    heads = ["时间", "主题"]
    rows = [["党课"], heads, ["2026.1.5", "学习"], ["支委会"], heads, ["2026.1.6", "发展"]]
    office.takes("meetings", rows)
    assert [[kind.value for kind in held.types] for held in office.meetings] == [["党课"], ["支委会"]]
    heads = ["日期", "类型", "主题"]
    rows = [["三月"], heads, ["5日", "党课", "学习"], ["四月"], heads, ["6日", "支委会", "学习"]]
    office.takes("meetings", rows, "2026年会议.xlsx")
    assert [str(held.meeting.held_on) for held in office.meetings[2:]] == ["2026-03-05", "2026-04-06"]


def test_a_year_told_once_is_that_of_every_month_on_the_sheet(office: Office) -> None:
    heads = ["姓名", "实交"]
    office.takes("dues", [["2026年党费"], ["1月"], heads, ["甲一", 20], ["2月"], heads, ["甲一", 21]])
    assert office.paid == {"甲一 2026-01": 2000, "甲一 2026-02": 2100} and office.asked == []


def test_who_is_relieved_of_a_post_does_not_hold_it(office: Office) -> None:
    office.takes("members", [["姓名", "入党时间", "党内职务"], ["丁四", "2001.7.1", "宣传委员（2026.1免）"]])
    assert office.posts("丁四") == [] and office.says("没有记入")


HELD = st.tuples(
    st.sampled_from(["2026.3.5", "2026年3月5日", "3月5日", "5日", "2026-03-05", ""]),
    st.sampled_from([kind.value for kind in MeetingType]),
    st.sampled_from(["学习", "主题党日", "时间管理", "民主评议党员", "党课"]),
)
BLOCK = st.tuples(
    st.sampled_from(["", "党课", "三月", "第一党小组", "2026年度台账"]), st.lists(HELD, min_size=1, max_size=4)
)


@given(blocks=st.lists(BLOCK, min_size=1, max_size=4))
def test_no_row_below_a_heading_is_lost_wherever_headings_come_again(blocks) -> None:
    grid: list[tuple[str, ...]] = []
    rows: set[int] = set()
    for banner, held in blocks:
        grid += [(banner,)] if banner else []
        grid.append(("时间", "类型", "主题"))
        for row in held:
            grid.append(row)
            rows.add(len(grid))
    laid = lay_out([RawSheet("2026年", "", tuple(grid))], COLUMNS["meetings"], Mending())
    assert laid is not None
    known = {row.number for row in laid.rows} | {key % BLOCK_SIZE for left in laid.left_out for key in left.rows}
    assert rows <= known


def test_what_stands_below_each_kind_of_meeting_is_a_table_of_it(office: Office) -> None:
    rows = [
        ["2026年三会一课台账"],
        ["月份", "支部党员大会", "", "", "支委会", "", "", "党课", ""],
        ["", "日期", "议题", "地点", "日期", "议题", "地点", "日期", "题目"],
        ["1月", "5日", "学习", "会议室", "6日", "发展", "办公室", "1.7", "作风"],
        ["2月", "2.5", "讨论", "会议室", "", "", "", "", ""],
        ["3月", "", "", "", "", "", "", "", ""],
    ]
    office.takes("meetings", rows)
    told = [(str(one.meeting.held_on), one.types[0].value, one.meeting.subject) for one in office.meetings]
    assert sorted(told) == [
        ("2026-01-05", "支部党员大会", "学习"),
        ("2026-01-06", "支委会", "发展"),
        ("2026-01-07", "党课", "作风"),
        ("2026-02-05", "支部党员大会", "讨论"),
    ]
    assert office.asked == [] and office.wrong == []


def test_ticks_below_one_word_are_no_tables(office: Office) -> None:
    rows = [["日期", "会议类型", "", "主题"], ["", "党员大会", "支委会", ""], ["2026-01-05", "√", "", "学习"]]
    office.takes("meetings", rows)
    assert [one.types[0].value for one in office.meetings] == ["支部党员大会"]


def test_a_line_over_two_tables_side_by_side_is_said_of_both(office: Office) -> None:
    head = ["姓名", "入党时间", "转正时间"]
    days = ["2001.7.1", "2002.7.1"]
    rows = [head * 2, ["第一党小组"], ["丁四", *days, "戊五", *days], ["第二党小组"], ["己六", *days, "庚七", *days]]
    office.takes("members", rows)
    roster, groups = load_roster(office.ledger), {group.id: group.name for group in office.ledger[Group].all()}
    told = {name: groups[roster.group(who.id, TODAY) or 0] for name, who in office.members.items() if name != "甲一"}
    assert told == {"丁四": "第一党小组", "戊五": "第一党小组", "己六": "第二党小组", "庚七": "第二党小组"}
