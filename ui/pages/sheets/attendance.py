"""The rolls of several meetings as a sheet: a row a person, a column a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.life.attendance import ABSENCE_REASONS, Attendance, AttendanceState
from app.life.meetings import Meeting, Minutes, audience, record_meeting
from app.record import Entry, Problem
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.grid_model import Cell, GridColumn, GridRow, Texts
from ui.record.sheet import NAME, Sheet

HERE = {"出席": AttendanceState.PRESENT, "迟到": AttendanceState.LATE, "早退": AttendanceState.LEFT_EARLY}
ABSENT = AttendanceState.ABSENT.value
WORDS = ("出席", *ABSENCE_REASONS, "迟到", "早退", ABSENT)
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


def quarter_of(day: date) -> str:
    """The quarter of a day, by its digit."""
    return str((day.month + 2) // 3)


def _said(row: Attendance) -> str:
    """A mark of a roll as it is typed."""
    if row.state is AttendanceState.ABSENT:
        return row.reason if row.reason in ABSENCE_REASONS else f"{ABSENT} {row.reason}".strip()
    return row.state.value


def _known(minutes: Minutes, member: int) -> Attendance | None:
    """The mark of a member on a roll."""
    return next((mark for mark in minutes.attendance if mark.member == member), None)


class Rolls(Sheet):
    """Who was at the meetings of a quarter."""

    code, title, action = "rolls", "签到成表录入", "登记签到"
    back = ToView("meetings")
    hint = (
        "一人一行、一次会一列：1 出席、2 因公、3 因病、4 因事、5 外出、6 迟到、7 早退、8 缺席（原因写在后面）。"
        "选中整列（Ctrl+空格）按空格键，空着的都记出席。已定稿的会议不能在这里改。"
    )
    kind = Meeting

    @classmethod
    def choices(cls, session: Session) -> Sequence[tuple[str, str]]:
        """The quarters."""
        del session
        return [(str(number), words) for number, words in enumerate(QUARTERS, 1)]

    @classmethod
    def usual(cls, session: Session) -> str:
        """The quarter of the reference day."""
        return quarter_of(session.reference_day())

    @property
    def _meetings(self) -> list[Minutes]:
        return [m for m in self.session.ledger_of_year().minutes if quarter_of(m.meeting.held_on) == self.choice]

    def field(self, column: str) -> Entry | None:
        del column
        return None

    def _expected(self, minutes: Minutes) -> set[int]:
        ledger, meeting = self.session.ledger_of_year(), minutes.meeting
        people = audience(minutes.types, meeting.group, meeting.held_on, ledger.roster, ledger.posts)
        return {person.id for person in people}

    def columns(self) -> Sequence[GridColumn]:
        finals = self.session.ledger_of_year().final_minutes
        made = [GridColumn(NAME, "姓名", 110, typed=False)]
        for minutes in self._meetings:
            meeting = minutes.meeting
            final, expected = meeting.id in finals, self._expected(minutes)
            made.append(
                GridColumn(
                    f"m{meeting.id}",
                    f"{meeting.held_on.month}.{meeting.held_on.day} {minutes.title}",
                    104,
                    typed=not final,
                    words=WORDS,
                    offer=lambda texts, people=expected: "出席" if int(texts["key"]) in people else "",
                    tip=f"{meeting.held_on} {minutes.title} {meeting.subject}{'（已定稿）' if final else ''}",
                )
            )
        return made

    def rows(self) -> Sequence[GridRow]:
        roster = self.session.ledger_of_year().roster
        marks: dict[int, dict[str, str]] = {}
        for minutes in self._meetings:
            for member in self._expected(minutes):
                marks.setdefault(member, {})
            for row in minutes.attendance:
                if row.member is not None:
                    marks.setdefault(row.member, {})[f"m{minutes.meeting.id}"] = _said(row)
        return [
            GridRow(person.id, {NAME: person.name, "key": str(person.id), **marks[person.id]})
            for person in roster.members
            if person.id in marks
        ]

    def read(self, texts: Texts) -> tuple[dict[str, Any], list[Problem]]:
        """The marks of a person, by meeting; None where nothing is said."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for minutes in self._meetings:
            name = f"m{minutes.meeting.id}"
            text = texts.get(name, "").strip()
            member = int(texts["key"])
            known = _known(minutes, member)
            try:
                values[name] = known if known and _said(known) == text else self._mark(member, text)
            except ValueError as error:
                problems.append(Problem(name, str(error)))
        return values, problems

    @staticmethod
    def _mark(member: int, text: str) -> Attendance | None:
        if not text:
            return None
        if text in HERE:
            return Attendance(member=member, state=HERE[text])
        reason = text.removeprefix(ABSENT).strip(" ，,：:")
        if text in ABSENCE_REASONS or text.startswith(ABSENT):
            return Attendance(member=member, state=AttendanceState.ABSENT, reason=reason)
        raise ValueError(f"“{text}”不是出席情况，请填{'、'.join(WORDS)}，缺席的其他原因写“缺席 原因”")

    def check_all(self, rows: Sequence[GridRow]) -> dict[Cell, Problem]:
        """A roll that is begun has everybody who should be there: one left open would be missing from 应到."""
        found: dict[Cell, Problem] = {}
        for minutes in self._meetings:
            name = f"m{minutes.meeting.id}"
            was = {row.key: _said(mark) if (mark := _known(minutes, row.key)) else "" for row in rows}
            if all(was[row.key] == row.texts.get(name, "") for row in rows):
                continue
            expected = self._expected(minutes)
            empty = [n for n, row in enumerate(rows) if row.key in expected and not row.texts.get(name)]
            for number in empty:
                found[number, name] = Problem(name, f"这次会还有 {len(empty)} 人没有填，出席的按空格键")
        return found

    def facts(self, rows: Sequence[Texts]) -> str:
        meetings = self._meetings
        complete = sum(bool(m.attendance) for m in meetings)
        return f"{len(meetings)} 次会议活动，{complete} 次有签到 · {len(rows)} 人"

    def store(self, changed: Mapping[int, Mapping[str, Any]]) -> None:
        ledger = self.session.ledger_of_year()
        for minutes in self._meetings:
            name = f"m{minutes.meeting.id}"
            roll = {row.member: row for row in minutes.attendance if row.member is not None}
            before = dict(roll)
            for member, values in changed.items():
                if values[name] is None:
                    roll.pop(member, None)
                else:
                    roll[member] = values[name]
            if roll != before:
                guests = [row for row in minutes.attendance if row.member is None]
                order = [roll[person.id] for person in ledger.roster.members if person.id in roll]
                wanted = replace(minutes, attendance=(*order, *guests))
                record_meeting(self.session.ledger, wanted, ledger.roster, self.session.today())
