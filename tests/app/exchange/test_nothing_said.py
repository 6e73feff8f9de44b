"""Cells that say that there is nothing, or answer a question that nobody asked: none of them becomes a fact."""

from __future__ import annotations

import pytest

from app.life.talks import Talk
from app.people.members import Employment, Sex
from tests.app.exchange.bringing import Office

NOTHING = ["/", "—", "-", "无", "不详"]
SIGNS = ["√", "×", "是", "●"]
HEADS = ["时间", "类型", "主题", "主持人", "记录人", "主讲人", "地点", "内容"]
OF_MEMBERS = ["姓名", "民族", "籍贯", "学历", "学位", "职称", "家庭住址", "工作单位", "职务", "工作岗位"]


@pytest.mark.parametrize("said", NOTHING + SIGNS)
def test_no_sign_is_a_host_or_a_place_of_a_meeting(office: Office, said: str) -> None:
    office.takes("meetings", [HEADS, ["2026-03-05", "党员大会", "学习", *[said] * 5]])
    meeting = office.meetings[0].meeting
    assert {meeting.host, meeting.recorder, meeting.lecturer, meeting.place, meeting.content} == {""}
    assert office.says(f"“{said}”看不出写的是什么") == (said in SIGNS)


def test_a_number_is_no_host_and_may_be_a_room(office: Office) -> None:
    office.takes("meetings", [HEADS, ["2026-03-05", "党员大会", "学习", 1, "", "", 301, ""]])
    assert (office.meetings[0].meeting.host, office.meetings[0].meeting.place) == ("", "301")
    assert office.says("“1”不是姓名")


@pytest.mark.parametrize("said", ["√", "/"])
def test_no_sign_is_the_subject_of_a_meeting(office: Office, said: str) -> None:
    office.takes("meetings", [HEADS, ["2026-03-05", "党员大会", said]])
    assert office.meetings == []
    assert office.wrong == [(2, "subject")]


@pytest.mark.parametrize("said", NOTHING + SIGNS)
def test_no_sign_is_the_kind_or_content_of_a_talk(office: Office, said: str) -> None:
    office.has("甲一", "乙二")
    heads = ["时间", "谈话人", "谈话对象", "谈话类型", "谈话地点", "谈话内容", "备注"]
    office.takes("talks", [heads, ["2026-03-05", "甲一", "乙二", *[said] * 4]])
    (talk,) = office.ledger[Talk].all()
    assert (talk.kind, talk.place, talk.content) == ("日常谈心", "", "")
    assert office.says("没有写谈话类型，记作日常谈心")


def test_that_nobody_had_an_opinion_is_what_was_said(office: Office) -> None:
    office.has("甲一", "乙二")
    heads = ["时间", "谈话人", "谈话对象", "谈话类型", "意见建议"]
    office.takes("talks", [heads, ["2026-03-05", "甲一", "乙二", "日常谈心", "无"]])
    assert [talk.opinion for talk in office.ledger[Talk].all()] == ["无"]


@pytest.mark.parametrize("said", NOTHING + SIGNS)
def test_no_sign_is_a_particular_of_a_member(office: Office, said: str) -> None:
    office.takes("members", [OF_MEMBERS, ["戊五", *[said] * (len(OF_MEMBERS) - 1)]])
    member = office.members["戊五"]
    assert {member.ethnicity, member.native_place, member.education, member.degree, member.address} == {""}
    assert member.technical_title == ""
    assert office.ledger[Employment].all() == []


@pytest.mark.parametrize("said", ["同左", "同右"])
def test_what_points_at_another_cell_is_asked(office: Office, said: str) -> None:
    office.takes("meetings", [HEADS, ["2026-03-05", "党员大会", "学习", "甲一", said, "", "", ""]])
    assert office.meetings == []
    assert office.wrong == [(2, "recorder")]


UNKNOWN = ["待核实", "暂缺", "不清楚", "N/A", "NULL", "?"]


@pytest.mark.parametrize("said", UNKNOWN)
def test_what_nobody_knows_of_a_member_stays_open_and_keeps_nothing_out(office: Office, said: str) -> None:
    heads = [*OF_MEMBERS, "身份证号", "性别", "出生年月", "入党时间", "转正时间", "党小组", "联系电话"]
    office.takes("members", [heads, ["戊五", *[said] * (len(heads) - 1)]])
    member = office.members["戊五"]
    assert {member.ethnicity, member.native_place, member.id_number, member.phone, member.address} == {""}
    assert (member.sex, member.birth, member.joined, member.confirmed) == (None, None, None, None)


def test_a_word_is_no_identity_number_and_one_that_is_sound_fills_what_nobody_knows(office: Office) -> None:
    rows = [["戊五", "见备注", "", ""], ["己六", "110101198001010010", "暂缺", "/"]]
    office.takes("members", [["姓名", "身份证号", "性别", "出生年月"], *rows])
    assert office.members["戊五"].id_number == ""
    assert office.says("“见备注”不是身份证号，没有记入")
    assert (office.members["己六"].sex, str(office.members["己六"].birth)) == (Sex.MALE, "1980-01-01")


@pytest.mark.parametrize("said", ["不详", *UNKNOWN])
def test_that_nobody_knows_who_was_absent_says_not_that_nobody_was(office: Office, said: str) -> None:
    office.has("甲一", "乙二")
    office.takes("meetings", [["时间", "类型", "主题", "缺席人员"], ["2026-03-05", "党员大会", "学习", said]])
    assert [list(item.attendance) for item in office.meetings] == [[]]
    assert office.says("不知道谁缺席")
