"""Meetings that were exported come in elsewhere with everything that the table says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from io import BytesIO

import openpyxl

from app.exchange.export import export_table
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import AgendaItem, AgendaKind, Meeting, Minutes, load_minutes, record_meeting, remove_meeting
from app.people.roster import load_roster
from app.rules.meeting_types import MeetingType
from app.year.ledger import load_year
from tests.app.exchange.bringing import TODAY, Office


def kept(office: Office) -> list[object]:
    """What is known of each meeting, by names."""
    names = {member.id: member.name for member in office.members.values()}
    return [
        (
            replace(minutes.meeting, id=0),
            [(names.get(row.member or 0, row.name), row.state, row.reason) for row in minutes.attendance],
            [(item.kind, item.title, item.text) for item in minutes.agenda],
        )
        for minutes in load_minutes(office.ledger)
    ]


def test_what_was_decided_who_sat_in_and_who_taught_come_in_again(office: Office) -> None:
    office.has("甲一", "乙二", "丙三")
    first, second, third = (office.members[name].id for name in ("甲一", "乙二", "丙三"))
    roll = (
        Attendance(member=first, state=AttendanceState.PRESENT),
        Attendance(member=second, state=AttendanceState.ABSENT, reason="因病"),
        Attendance(member=third, state=AttendanceState.ABSENT),
        Attendance(name="赵六", state=AttendanceState.OBSERVER),
    )
    agenda = (
        AgendaItem(position=1, kind=AgendaKind.DECISION, title="同意接收", text="理由两条。"),
        AgendaItem(position=2, kind=AgendaKind.DECISION, title="报上级备案"),
    )
    meeting = Meeting(held_on=date(2026, 3, 5), start=time(15), end=time(16, 30), subject="讨论", lecturer="甲一")
    held = Minutes(replace(meeting, study_minutes=90), (MeetingType.GENERAL, MeetingType.LECTURE), roll, agenda=agenda)
    record_meeting(office.ledger, held, load_roster(office.ledger), TODAY)
    before = kept(office)
    data = export_table(load_year(office.ledger, 2026), "meetings", TODAY)
    remove_meeting(office.ledger, load_minutes(office.ledger)[0].meeting.id)
    office.takes("meetings", data, "2026年台账.xlsx")
    assert kept(office) == before


def test_columns_in_which_nothing_stands_are_not_exported(office: Office) -> None:
    office.has("甲一")
    meeting = Meeting(held_on=date(2026, 3, 5), subject="学习")
    record_meeting(office.ledger, Minutes(meeting, (MeetingType.GENERAL,)), load_roster(office.ledger), TODAY)
    book = openpyxl.load_workbook(BytesIO(export_table(load_year(office.ledger, 2026), "meetings", TODAY)))
    headings = [cell.value for cell in book.active[1]]
    assert "主题" in headings and not {"决议", "列席人员", "主讲人"} & set(headings)
