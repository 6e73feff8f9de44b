"""A ledger that names those who came: the roll follows from it, and nobody is made absent whom nothing says so of."""

from __future__ import annotations

import pytest

from app.exchange.mending import Mending
from app.life.attendance import AttendanceState
from tests.app.exchange.bringing import Office

HEAD = ["日期", "类型", "主题", "参加人员"]


@pytest.fixture
def office(office: Office) -> Office:
    """A branch of three."""
    return office.has("甲一", "乙二", "丙三")


def held(office: Office, cell: str, kind: str = "党员大会", **options) -> Office:
    office.takes("meetings", [HEAD, ["2026.3.5", kind, "学习", cell]], **options)
    return office


def roll(office: Office) -> tuple[int, dict[str, str]]:
    """How many are on the roll of the one meeting, and the absent with their reasons."""
    (minutes,) = office.meetings
    names = {who.id: name for name, who in office.members.items()}
    absent = minutes.with_state(AttendanceState.ABSENT)
    return len(minutes.attendance), {names[row.member]: row.reason for row in absent if row.member}


@pytest.mark.parametrize(
    ("cell", "absent"),
    [
        ("全体党员", {}),
        ("支部全体党员均参加。", {}),
        ("全体党员3人", {}),
        ("甲一、乙二、丙三", {}),
        ("甲一乙二丙三", {}),
        ("甲一（主持）、乙二同志、丙三书记", {}),
        ("参会：甲一 乙二 丙三", {}),
        ("除丙三外全体党员", {"丙三": ""}),
        ("全体党员（丙三请假）", {"丙三": "请假"}),
        ("全体党员除丙三（病假）外均参加", {"丙三": "因病"}),
        ("甲一、乙二、丙三（请假）", {"丙三": "请假"}),
        ("甲一、乙二（丙三请假）", {"丙三": "请假"}),
        ("除丙三外的全体党员", {"丙三": ""}),
        ("全员", {}),
        ("全体党员和支委", {}),
        ("1.甲一 2.乙二 3.丙三", {}),
        ("书记甲一、组织委员乙二、丙三", {}),
        ("甲一、乙二、丙三全部到会", {}),
        ("应到3人，实到2人，丙三病假", {"丙三": "因病"}),
        ("应到3人，实到3人", {}),
        ("书记甲一 组织委员乙二 丙三", {}),
        ("第一小组：甲一、乙二；第二小组：丙三", {}),
        ("甲一、乙二。缺席：丙三", {"丙三": ""}),
        ("甲一、乙二 请假：丙三", {"丙三": "请假"}),
        ("到会：甲一、乙二；缺席：丙三（病假）", {"丙三": "因病"}),
        ("甲一、乙二、丙三未参加", {"丙三": ""}),
        ("除丙三（病假）外，其余全部参加", {"丙三": "因病"}),
        ("全体党员（缺丙三）", {"丙三": ""}),
    ],
)
def test_the_roll_follows_from_the_words(office: Office, cell: str, absent: dict[str, str]) -> None:
    assert roll(held(office, cell)) == (3, absent)


def test_who_is_not_among_those_who_came_is_asked_about(office: Office) -> None:
    held(office, "甲一、乙二")
    (question,) = office.outcome.asked
    assert question.proposed == "丙三" and "缺席" in question.reason
    assert office.meetings == []
    held(office, "甲一、乙二", mending=Mending(accept_all=True))
    assert roll(office) == (3, {"丙三": ""})


def test_numbers_that_say_the_same_leave_no_question(office: Office) -> None:
    rows = [
        ["日期", "类型", "主题", "应到", "实到", "参会人员"],
        ["2026.3.5", "党员大会", "学习", "3", "2", "甲一、乙二"],
    ]
    office.takes("meetings", rows)
    assert office.outcome.asked == [] and roll(office) == (3, {"丙三": ""})


@pytest.mark.parametrize(
    "cell", ["甲一、乙二等3人", "甲一等", "支委会成员", "部分党员", "全体在职党员", "党员、群众20余人", "15人"]
)
def test_words_that_name_not_everybody_make_no_roll_and_are_kept(office: Office, cell: str) -> None:
    held(office, cell)
    assert roll(office) == (0, {})
    assert cell in office.meetings[0].meeting.remark and office.outcome.notices


@pytest.mark.parametrize("cell", ["甲一、乙二、丙三、丁四", "甲一 乙二 丙三 丁四", "全体党员、丁四", "全体党员和丁四"])
def test_who_is_in_no_roster_is_told_and_kept_in_words(office: Office, cell: str) -> None:
    held(office, cell)
    assert roll(office) == (3, {})
    assert office.meetings[0].meeting.remark == "原台账：参加人员还有丁四。"
    assert any("丁四" in fault.reason for fault in office.outcome.notices)


def test_all_members_are_not_those_who_belong_to_a_committee(office: Office) -> None:
    held(office, "全体党员", kind="支委会")
    assert roll(office) == (0, {}) and "全体党员" in office.meetings[0].meeting.remark


@pytest.mark.parametrize(
    ("numbers", "present", "absent", "wrong"),
    [(("3", "3"), "甲一、乙二", "", "present"), (("3", "2"), "甲一、乙二", "乙二", "present")],
)
def test_names_and_numbers_that_contradict_each_other_keep_the_row_out(
    office: Office, numbers, present, absent, wrong
) -> None:
    head = ["日期", "类型", "主题", "应到", "实到", "参会人员", "缺席人员"]
    office.takes("meetings", [head, ["2026.3.5", "党员大会", "学习", *numbers, present, absent]])
    assert office.meetings == [] and office.wrong == [(2, wrong)]


def test_namesakes_among_those_who_came_are_asked(office: Office) -> None:
    office.has("张伟", "张伟")
    office.takes("meetings", [HEAD, ["2026.3.5", "党员大会", "学习", "张伟、丙三"]])
    assert office.meetings == [] and "张伟" in office.outcome.asked[0].reason


HEADS = ["时间", "类型", "主题"]
HELD = ["2026-03-05", "支部党员大会", "学习"]


@pytest.mark.parametrize(
    ("more", "absent"),
    [
        ([("请假人员", "乙二"), ("缺席人员", "丙三")], {"乙二": "请假", "丙三": ""}),
        ([("请假人员", "乙二"), ("旷会人员", "丙三"), ("缺席名单", "无")], {"乙二": "请假", "丙三": "旷会"}),
        ([("缺席人员", "乙二"), ("缺席原因", "病假")], {"乙二": "因病"}),
        ([("缺席人员", "乙二、丙三"), ("请假事由", "出差、病假")], {"乙二": "因公", "丙三": "因病"}),
        ([("旷会", "丙三（病假）")], {"丙三": "因病"}),
    ],
)
def test_every_column_of_absent_people_counts(office: Office, more, absent: dict[str, str]) -> None:
    office.takes("meetings", [[*HEADS, *(head for head, _ in more)], [*HELD, *(cell for _, cell in more)]])
    (held,) = office.meetings
    names = {who.id: name for name, who in office.members.items()}
    assert {names[row.member]: row.reason for row in held.with_state(AttendanceState.ABSENT)} == absent


def test_reasons_that_fit_nobody_are_told(office: Office) -> None:
    office.takes("meetings", [[*HEADS, "缺席人员", "缺席原因"], [*HELD, "乙二、丙三", "病假"]])
    assert office.says("看不出各是谁的") and office.outcome.added == 1


@pytest.mark.parametrize(
    ("cell", "absent"),
    [
        ("应到3人，实到2人，缺席：乙二", {"乙二": ""}),
        ("应到 3 人；实到 2 人；请假：乙二（病假）", {"乙二": "因病"}),
        ("除乙二、丙三外全部到会", {"乙二": "", "丙三": ""}),
        ("除乙二请假外，其他党员均参加", {"乙二": "请假"}),
    ],
)
def test_the_column_of_the_absent_may_say_it_in_sentences(office: Office, cell: str, absent: dict[str, str]) -> None:
    office.takes("meetings", [["日期", "类型", "主题", "缺席人员"], ["2026.3.5", "党员大会", "学习", cell]])
    assert roll(office) == (3, absent)


def test_a_number_of_guests_is_not_that_of_those_who_came(office: Office) -> None:
    held(office, "甲一、乙二、丙三及群众代表5人")
    assert roll(office) == (3, {}) and office.says("群众代表5人")


@pytest.mark.parametrize(
    ("expected", "attended"), [("三人", "两人"), ("3（其中预备党员1人）", "2"), ("3名", "实到：2人"), ("３", "二")]
)
def test_numbers_of_people_in_words(office: Office, expected: str, attended: str) -> None:
    head = ["日期", "类型", "主题", "应到人数", "实到人数", "缺席人员"]
    office.takes("meetings", [head, ["2026.3.5", "党员大会", "学习", expected, attended, "丙三"]])
    assert roll(office) == (3, {"丙三": ""})
