"""Sheets that call the roll of several meetings: who came and who did not, as their ticks say it."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import Refused
from tests.app.exchange.bringing import Office

PEOPLE = ("甲一", "乙二", "丙三", "丁四")


def roll(office: Office) -> dict[str, dict[str, str]]:
    """By day, each with 出席 or 缺席 and the reason."""
    names = {member.id: name for name, member in office.members.items()}
    return {
        str(item.meeting.held_on): {names[who.member]: f"{who.state.value}{who.reason}" for who in item.attendance}
        for item in office.meetings
    }


def everybody(**others: str) -> dict[str, str]:
    return dict.fromkeys(PEOPLE, "出席") | others


@pytest.fixture
def branch(office: Office) -> Office:
    return office.has(*PEOPLE)


def test_persons_before_the_rows_and_meetings_over_the_columns(branch: Office) -> None:
    rows = [
        ["2026年组织生活考勤表"],
        ["序号", "姓名", "2月8日党员大会", "3月6日主题党日", "出勤率"],
        [1, "甲一", "√", "√", "100%"],
        [2, "乙二", "×", "√", "50%"],
        [3, "丙三", "病假", "√", "50%"],
        [4, "丁四", "√", "出差", "50%"],
    ]
    branch.takes("meetings", rows)
    assert roll(branch) == {
        "2026-02-08": everybody(乙二="缺席", 丙三="缺席因病"),
        "2026-03-06": everybody(丁四="缺席因公"),
    }
    assert [item.types[0].value for item in branch.meetings] == ["支部党员大会", "主题党日"]
    assert any("表中其他内容" in text for text in branch.left)


def test_months_days_types_and_counts_in_lines_of_their_own(branch: Office) -> None:
    rows = [
        ["2026年考勤"],
        ["姓名", "1月", "", "2月"],
        ["", "5日", "20日", "8日"],
        ["", "党员大会", "党课", "党员大会"],
        ["甲一", "√", "√", "√"],
        ["乙二", "√", "√", "√"],
        ["丙三", "√", "√", "缺席"],
        ["丁四", "√", "√", "√"],
        ["实到人数", 4, 4, 3],
    ]
    branch.takes("meetings", rows)
    assert list(roll(branch)) == ["2026-01-05", "2026-01-20", "2026-02-08"]
    assert roll(branch)["2026-02-08"] == everybody(丙三="缺席")


def test_labels_before_the_lines_of_the_heading(branch: Office) -> None:
    rows = [
        ["姓名", "组织生活情况", ""],
        ["时间", date(2026, 1, 5), date(2026, 2, 8)],
        ["会议类型", "党员大会", "党课"],
        ["主题", "总结", "廉政"],
        ["地点", "会议室", "礼堂"],
        *([name, "√", "√"] for name in PEOPLE),
    ]
    branch.takes("meetings", rows)
    meetings = [item.meeting for item in branch.meetings]
    assert [(item.subject, item.place) for item in meetings] == [("总结", "会议室"), ("廉政", "礼堂")]
    assert set(map(str, roll(branch).values())) == {str(everybody())}


def test_days_alone_have_the_type_of_the_title(branch: Office) -> None:
    rows = [["2026年党员大会签到表"], ["姓名", "1.5", "2.8"], *([name, 1, int(name != "丁四")] for name in PEOPLE)]
    branch.takes("meetings", rows)
    assert roll(branch) == {"2026-01-05": everybody(), "2026-02-08": everybody(丁四="缺席")}


def test_persons_over_the_columns_of_a_ledger(branch: Office) -> None:
    rows = [
        ["时间", "类型", "主题", "参会情况", "", "", "", "备注"],
        ["", "", "", *PEOPLE, ""],
        ["2026-01-05", "党员大会", "学习", "√", "√", "√", "√", "雨"],
        ["2026-02-08", "党员大会", "总结", "√", "事假", "√", "×", ""],
    ]
    branch.takes("meetings", rows)
    assert roll(branch) == {"2026-01-05": everybody(), "2026-02-08": everybody(乙二="缺席因事", 丁四="缺席")}
    assert "雨" in branch.meetings[0].meeting.remark


def test_where_only_the_absent_are_marked_the_rest_came(branch: Office) -> None:
    rows = [
        ["日期", "名称", *PEOPLE],
        ["2026-01-05", "党员大会", "", "", "请假", ""],
        ["2026-02-08", "党课", "", "", "", ""],
    ]
    branch.takes("meetings", rows)
    assert roll(branch) == {"2026-01-05": everybody(丙三="缺席请假"), "2026-02-08": {}}


def test_who_has_no_mark_among_ticks_is_asked(branch: Office) -> None:
    rows = [["时间", "类型", "主题", *PEOPLE], ["2026-01-05", "党员大会", "学习", "√", "", "√", "√"]]
    branch.takes("meetings", rows)
    assert branch.meetings == []
    assert [proposed for _, _, proposed in branch.asked] == ["乙二"]


@pytest.mark.parametrize("mark", ["迟到", "线上", "○", "△"])
def test_a_mark_that_is_neither_is_asked(branch: Office, mark: str) -> None:
    rows = [["2026年党员大会"], ["姓名", "1月5日"], ["甲一", mark], *([name, "√"] for name in PEOPLE[1:])]
    branch.takes("meetings", rows)
    assert branch.meetings == []
    assert [proposed for _, _, proposed in branch.asked] == ["甲一"]


@pytest.mark.parametrize(
    "heads", [("照片", "签到表", "新闻稿"), ("赞成", "反对", "弃权"), ("通知", "方案", "会议材料")]
)
def test_papers_and_votes_that_are_ticked_or_counted_are_nobody(branch: Office, heads: tuple[str, ...]) -> None:
    for cells in ("√", "√", ""), (4, 0, 0):
        branch.takes("meetings", [["时间", "类型", "主题", *heads], ["2026-01-05", "党员大会", "学习", *cells]])
        assert roll(branch) == {"2026-01-05": {}}


@pytest.mark.parametrize(
    "heads",
    [
        ["党员大会（1月5日）", "党课（2月8日）"],
        ["1月5日（周一） 党员大会", "2月8日 党课"],
        ["2026.1.5\n党员大会\n学习", "2026.2.8\n党课"],
        ["党员大会(1.5)", "党课(2.8)"],
    ],
)
def test_a_day_stands_before_or_behind_what_was_held(branch: Office, heads: list[str]) -> None:
    branch.takes("meetings", [["2026年考勤"], ["姓名", *heads], *([name, "√", "√"] for name in PEOPLE)])
    assert [(str(item.meeting.held_on), item.types[0].value) for item in branch.meetings] == [
        ("2026-01-05", "支部党员大会"),
        ("2026-02-08", "党课"),
    ]


def test_the_own_name_is_a_signature(branch: Office) -> None:
    signed = [[name, name, "病假" if name == "丙三" else name] for name in PEOPLE]
    branch.takes("meetings", [["2026年党员大会签到"], ["姓名", "1月5日", "2月8日"], *signed])
    assert list(roll(branch).values()) == [everybody(), everybody(丙三="缺席因病")]


def test_a_column_that_names_types_is_one_whatever_stands_above_it(branch: Office) -> None:
    rows = [
        ["2026年会议考勤"],
        ["日期", "会议", "第一党小组", "", "第二党小组", ""],
        ["", "", *PEOPLE],
        ["1月5日", "党员大会", "√", "√", "√", "√"],
        ["2月8日", "党课", "√", "√", "×", "√"],
    ]
    branch.takes("meetings", rows)
    assert roll(branch) == {"2026-01-05": everybody(), "2026-02-08": everybody(丙三="缺席")}


def test_words_of_a_ledger_are_no_names_and_no_marks(branch: Office) -> None:
    rows = [
        ["时间", "类型", "主题", "地点", "信息公开", "外出审批"],
        ["2026-01-05", "党员大会", "公益活动", "室外", "已公开", "已审批"],
        ["2026-02-06", "主题党日", "公出", "外出", "已公开", "已审批"],
    ]
    branch.takes("meetings", rows)
    assert [item.meeting.subject for item in branch.meetings] == ["公益活动", "公出"]
    assert list(roll(branch).values()) == [{}, {}]
    assert any("信息公开" in text for text in branch.left)


def test_rows_that_count_are_nobody(branch: Office) -> None:
    people = [[name, "√", "√"] for name in PEOPLE]
    branch.takes(
        "meetings", [["2026年"], ["姓名", "1月5日党课", "2月8日党课"], *people, ["请假人数", 0, 0], ["出勤率", 1, 1]]
    )
    assert list(roll(branch).values()) == [everybody(), everybody()]


@pytest.mark.parametrize("mark", ["√", 1])
def test_months_that_are_kept_as_their_first_day_are_of_dues(branch: Office, mark: object) -> None:
    months = [date(2026, 1, 1), date(2026, 2, 1)]
    branch.takes("dues", [["姓名", "应交", *months], ["甲一", 1, mark, mark], ["乙二", 1, mark, ""]])
    assert branch.paid == {"甲一 2026-01": 100, "甲一 2026-02": 100, "乙二 2026-01": 100}


def test_a_yuan_at_a_day_is_no_tick(branch: Office) -> None:
    with pytest.raises(Refused):
        branch.takes("meetings", [["姓名", "1月5日", "2月8日"], ["甲一", 1, 1], ["乙二", 1, 0]])
    assert branch.meetings == []


def test_points_at_days_are_no_roll_and_a_roster_with_ticks_stays_one(branch: Office) -> None:
    branch.takes("members", [["姓名", "性别", "出生年月", "1月5日", "2月3日"], ["戊五", "男", "1980-01", "√", "√"]])
    assert "戊五" in branch.names
