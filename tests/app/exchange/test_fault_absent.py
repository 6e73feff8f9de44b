"""Who was absent, and why, in every wording: each has the own reason, and nobody is absent who came late."""

from __future__ import annotations

import pytest

from app.life.attendance import AttendanceState
from app.people.members import MemberStatus
from tests.app.exchange.bringing import Office

NAMES = ("甲一", "乙二", "丙三", "丁四")


@pytest.fixture
def office(office: Office) -> Office:
    """A branch of four."""
    return office.has(*NAMES)


def absent(office: Office, said: str) -> dict[str, str]:
    """Those of the only meeting who were absent, with their reasons."""
    office.takes("meetings", [["日期", "类型", "主题", "缺席人员"], ["2026.3.5", "党员大会", "学习", said]])
    names = {member.id: member.name for member in office.members.values()}
    rolls = (minutes.attendance for minutes in office.meetings)
    return {names[row.member]: row.reason for roll in rolls for row in roll if row.state.value == "缺席"}


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ("甲一、乙二、丙三因公出差，丁四病假", {"甲一": "因公", "乙二": "因公", "丙三": "因公", "丁四": "因病"}),
        ("甲一、乙二病假，丙三、丁四事假", {"甲一": "因病", "乙二": "因病", "丙三": "因事", "丁四": "因事"}),
        ("甲一，乙二（病假）", {"甲一": "", "乙二": "因病"}),
        ("甲一（书记）请假", {"甲一": "请假"}),
        ("支部书记甲一请假、组织委员乙二出差", {"甲一": "请假", "乙二": "因公"}),
        ("甲一因工作原因未能参加", {"甲一": "因公"}),
        ("甲一/乙二", {"甲一": "", "乙二": ""}),
        ("缺席1人（甲一）", {"甲一": ""}),
        ("请假2人（甲一、乙二）", {"甲一": "请假", "乙二": "请假"}),
        ("1人缺席（甲一病假）", {"甲一": "因病"}),
        ("甲一请假，其余党员全部到会", {"甲一": "请假"}),
        ("3人到会，甲一请假", {"甲一": "请假"}),
        ("4/3，甲一（出差）", {"甲一": "因公"}),
        ("没人请假", {}),
        ("到会率100%", {}),
        ("无（全勤）", {}),
        ("4人全到", {}),
        ("病假1人（甲一），事假2人（乙二、丙三）", {"甲一": "因病", "乙二": "因事", "丙三": "因事"}),
        ("因公：甲一，因病：乙二", {"甲一": "因公", "乙二": "因病"}),
        ("1.甲一（病假）2.乙二", {"甲一": "因病", "乙二": ""}),
        ("甲一、乙二（均请假）", {"甲一": "请假", "乙二": "请假"}),
        ("甲一、乙二2人请假", {"甲一": "请假", "乙二": "请假"}),
        ("甲一，出差", {"甲一": "因公"}),
        ("甲一与乙二", {"甲一": "", "乙二": ""}),
        ("（甲一）", {"甲一": ""}),
        ("甲一请假（已批准）", {"甲一": "请假(已批准)"}),
        ("甲一未能到会", {"甲一": ""}),
    ],
)
def test_who_was_absent_and_why(office: Office, said: str, reasons: dict[str, str]) -> None:
    assert absent(office, said) == reasons
    assert len(office.meetings) == 1 and office.outcome.faults == []


@pytest.mark.parametrize(
    "said",
    [
        "迟到：甲一",
        "早退：甲一、乙二",
        "线上参会：甲一",
        "甲一请假，乙二代",
        "甲一未缺席",
        "甲一（请假半天）",
        "甲一？",
    ],
)
def test_who_came_late_or_from_afar_or_for_somebody_is_asked(office: Office, said: str) -> None:
    assert absent(office, said) == {}
    assert office.meetings == [] and office.outcome.asked


@pytest.mark.parametrize("said", ["甲一、王五请假", "甲一、王五，出差", "病假2人（甲一），事假1人（乙二）"])
def test_who_is_in_no_roster_is_no_reason_of_somebody_else(office: Office, said: str) -> None:
    assert absent(office, said) == {}
    assert office.meetings == [] and office.wrong == [(2, "absent")]


@pytest.mark.parametrize("said", ["病假1人，事假1人", "请假2人", "出差1人"])
def test_how_many_is_not_who(office: Office, said: str) -> None:
    assert absent(office, said) == {}
    assert len(office.meetings) == 1 and office.says("没有写是谁")


@pytest.mark.parametrize("word", ["流动党员", "困难党员", "失联", "老党员", "留党察看"])
def test_a_word_under_the_status_that_says_none_is_asked(office: Office, word: str) -> None:
    office.takes("members", [["姓名", "入党时间", "人员类别"], ["戊五", "2005.7.1", word]])
    assert "戊五" not in office.names and office.asked == [(2, "status", "正式党员")]


def test_such_a_word_is_told_where_a_day_of_confirmation_decides(office: Office) -> None:
    head = ["姓名", "入党时间", "转正时间", "人员类别"]
    office.takes("members", [head, ["戊五", "2005.7.1", "2006.7.1", "流动党员"]])
    assert office.status("戊五") is MemberStatus.FULL and office.says("看不出是正式党员还是预备党员")


def test_names_of_two_characters_spread_to_the_width_of_three_are_names(office: Office) -> None:
    """甲　一 below 欧阳甲 looks even; it is 甲一 wherever somebody is named."""
    head = ["日期", "类型", "主题", "主持人", "列席", "缺席人员"]
    rows = [["2026.3.5", "党课", "学习", "甲　一", "赵　六、丙　三", "乙　二/丁 四"]]
    rows += [["2026.3.6", "党课", "学习", "甲　一", "", "乙　二　丙　三（病假）"]]
    office.takes("meetings", [head, *rows])
    names = {member.id: name for name, member in office.members.items()}
    absent = [
        {names[one.member]: one.reason for one in minutes.attendance if one.state is AttendanceState.ABSENT}
        for minutes in office.meetings
    ]
    assert absent == [{"乙二": "", "丁四": ""}, {"乙二": "", "丙三": "因病"}]
    assert [minutes.meeting.host for minutes in office.meetings] == ["甲一", "甲一"]
    assert [one.name for one in office.meetings[0].attendance if one.name] == ["赵六"]
    assert office.says("“丙三”在应到的人里")
    office.takes("talks", [["日期", "谈话人", "谈话对象", "内容"], ["2026-03-05", "甲　一", "乙　二、丙　三", "谈心"]])
    assert office.says("请分成几行")


@pytest.mark.parametrize(("came", "said"), [(3, {"丁四": "因病"}), (2, None)])
def test_a_number_beside_a_column_of_names_is_theirs_where_the_numbers_say_so(
    office: Office, came: int, said: dict[str, str] | None
) -> None:
    head = ["日期", "类型", "主题", "实到", "缺席", "请假"]
    office.takes("meetings", [head, ["2026.3.5", "支部党员大会", "学习", came, "1人", "丁四（病假）"]])
    (minutes,) = office.meetings
    names = {member.id: name for name, member in office.members.items()}
    found = {names[one.member]: one.reason for one in minutes.attendance if one.state is AttendanceState.ABSENT}
    assert (found or None) == said and ("1人" in minutes.meeting.remark) == (said is None)
