"""What says which meetings were held, in lines, numbered, or with nothing between them; and what they were about."""

from __future__ import annotations

import pytest

from app.rules.meeting_types import MeetingType
from tests.app.exchange.bringing import Office

GENERAL, COMMITTEE, LECTURE, DAY = (
    MeetingType.GENERAL,
    MeetingType.COMMITTEE,
    MeetingType.LECTURE,
    MeetingType.THEME_DAY,
)


@pytest.mark.parametrize(
    ("cell", "types"),
    [
        ("支委会\n党员大会", {COMMITTEE, GENERAL}),
        ("1.支委会 2.党课", {COMMITTEE, LECTURE}),
        ("①支委会②党课", {COMMITTEE, LECTURE}),
        ("（一）支委会（二）党课", {COMMITTEE, LECTURE}),
        ("支委会 党课", {COMMITTEE, LECTURE}),
        ("主题党日党课", {DAY, LECTURE}),
        ("支部党员\n大会", {GENERAL}),  # one name, broken by a narrow cell
        ("支部委员会会议", {COMMITTEE}),
        ("第3次支委（扩大）会", {COMMITTEE}),
        ("民主评议党员大会", {MeetingType.APPRAISAL}),
        ("全体党员会议", {GENERAL}),
    ],
)
def test_every_type_that_a_cell_names_is_read(office: Office, cell: str, types: set[MeetingType]) -> None:
    office.takes("meetings", [["日期", "类型", "主题"], ["2026.3.5", cell, "学习"]])
    assert [set(minutes.types) for minutes in office.meetings] == [types]


def test_where_no_column_is_of_themes_the_contents_say_what_it_was_about(office: Office) -> None:
    head = ["时间", "支部党员大会", "支委会", "党课", "内容"]
    rows = [["1.8", "√", "", "", "1.学习党章\n2.讨论计划"], ["1.9", "", "√", "√", "研究发展对象"]]
    office.takes("meetings", [["2026年组织生活"], head, *rows])
    assert [(minutes.meeting.subject, minutes.meeting.content) for minutes in office.meetings] == [
        ("学习党章", "1.学习党章\n2.讨论计划"),
        ("研究发展对象", "研究发展对象"),
    ]
    assert office.says("2 次会议的主题是内容的第一行")
    office.takes("meetings", [["2026年支部党员大会记录"], ["时间", "地点", "内容"], ["2.8", "会议室", "选举"]])
    assert [kind.value for kind in office.meetings[-1].types] == ["支部党员大会"]
