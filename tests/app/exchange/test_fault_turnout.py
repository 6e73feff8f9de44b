"""A column headed 出勤情况 names those who came, those who did not, or counts; the one is never taken for the other."""

from __future__ import annotations

import pytest

from app.life.attendance import AttendanceState
from app.people.members import Member
from tests.app.exchange.bringing import Office

HEAD = ["时间", "类型", "主题", "出勤情况"]


@pytest.fixture
def office(office: Office) -> Office:
    """A branch of four."""
    return office.has("甲一", "乙二", "丙三", "丁四")


def absent(office: Office) -> dict[str, str]:
    """Who was absent from the one meeting, with the reason."""
    (minutes,) = office.meetings
    names = {member.id: member.name for member in office.ledger[Member].all()}
    assert len(minutes.attendance) == 4
    return {names[item.member]: item.reason for item in minutes.attendance if item.state is not AttendanceState.PRESENT}


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("全体党员", {}),
        ("全体党员参加", {}),
        ("4/4", {}),
        ("应到4人，实到4人", {}),
        ("甲一、乙二、丙三、丁四参加", {}),
        ("实到4人：甲一、乙二、丙三、丁四", {}),
        ("甲一√ 乙二√ 丙三√ 丁四×", {"丁四": ""}),
        ("甲一（√）、乙二（√）、丙三（×）、丁四（√）", {"丙三": ""}),
        ("甲一、乙二、丙三参加，丁四请假", {"丁四": "请假"}),
        ("到会：甲一、乙二、丙三；缺席：丁四（病假）", {"丁四": "因病"}),
        ("参加人员：甲一、乙二、丙三。请假：丁四", {"丁四": "请假"}),
        ("实到3人，缺席：丁四", {"丁四": ""}),
        ("缺席1人（乙二，探亲）", {"乙二": "外出"}),
        ("乙二、丙三，出差", {"乙二": "因公", "丙三": "因公"}),
        ("全体党员参加，乙二请假", {"乙二": "请假"}),
        ("应到4人实到2人，乙二、丙三请假", {"乙二": "请假", "丙三": "请假"}),
        ("乙二缺席", {"乙二": ""}),
    ],
)
def test_who_came_and_who_did_not(office: Office, said: str, missing: dict[str, str]) -> None:
    office.takes("meetings", [HEAD, ["2026-03-05", "党员大会", "学习", said]])
    assert absent(office) == missing and office.asked == []


@pytest.mark.parametrize("heading", ["参会人员情况", "到会情况", "考勤情况", "出勤及请假情况"])
@pytest.mark.parametrize(
    ("said", "missing"),
    [("甲一√ 乙二√ 丙三√ 丁四×", {"丁四": ""}), ("甲一、乙二、丙三、丁四参加", {}), ("乙二缺席", {"乙二": ""})],
)
def test_under_every_such_heading(office: Office, heading: str, said: str, missing: dict[str, str]) -> None:
    office.takes("meetings", [[*HEAD[:3], heading], ["2026-03-05", "党员大会", "学习", said]])
    assert absent(office) == missing and office.asked == []


@pytest.mark.parametrize("said", ["甲一、乙二、丙三", "甲一 乙二", "丁四", "丁四同志"])
def test_names_alone_are_asked(office: Office, said: str) -> None:
    office.takes("meetings", [HEAD, ["2026-03-05", "党员大会", "学习", said]])
    assert office.meetings == [] and office.asked == [(2, "absent", said)]


def test_names_alone_are_what_the_numbers_say(office: Office) -> None:
    head = ["时间", "类型", "主题", "应到", "实到", "出勤情况"]
    office.takes("meetings", [head, ["2026-03-05", "党员大会", "学习", 4, 3, "甲一、乙二、丙三"]])
    assert absent(office) == {"丁四": ""}


def test_and_those_who_are_missing_too(office: Office) -> None:
    head = ["时间", "类型", "主题", "应到", "实到", "出勤情况"]
    office.takes("meetings", [head, ["2026-03-05", "党员大会", "学习", 4, 3, "丙三"]])
    assert absent(office) == {"丙三": ""}


def test_a_count_that_does_not_fit_makes_no_roll(office: Office) -> None:
    office.takes("meetings", [HEAD, ["2026-03-05", "党员大会", "学习", "实到2人，缺席：丁四"]])
    (minutes,) = office.meetings
    assert minutes.attendance == () and office.says("没有生成签到名单")


def test_a_tick_below_a_heading_of_the_absent_is_asked(office: Office) -> None:
    office.takes("meetings", [[*HEAD[:3], "缺席人员"], ["2026-03-05", "党员大会", "学习", "甲一√"]])
    assert office.meetings == [] and [name for _, name, _ in office.asked] == ["absent"]
