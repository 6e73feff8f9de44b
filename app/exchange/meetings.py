"""A ledger of activities as offices keep it → meetings with their roll."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation

from app.branch.groups import Group
from app.errors import Refused
from app.exchange.mending import Mending
from app.exchange.sheet import Outcome, Row, RowFault, Sheet, date_of
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import Meeting, Minutes, audience, load_minutes, record_meeting
from app.people.members import Member, plain_name
from app.people.posts import Post
from app.people.roster import Roster, load_roster
from app.record import Severity
from app.rules.meeting_types import MeetingType
from app.store import Store

SYNONYMS: dict[str, tuple[str, ...]] = {
    "held_on": ("时间", "日期", "会议时间", "活动时间", "会议日期", "召开时间"),
    "types": ("类型", "会议类型", "活动类型", "会议类别", "类别"),
    "subject": ("主题", "会议主题", "活动主题", "议题", "会议议题", "会议名称"),
    "place": ("地点", "会议地点", "活动地点"),
    "host": ("主持人", "主持"),
    "recorder": ("记录人", "记录"),
    "expected": ("应到", "应到人数"),
    "attended": ("实到", "实到人数", "参加人数"),
    "absent": ("缺席人员及原因", "缺席人员", "缺席", "请假人员", "缺席及原因"),
    "hours": ("学时", "学时数"),
    "content": ("主要内容", "会议内容", "内容", "活动内容", "会议记录"),
    "start": ("开始时间",),
    "end": ("结束时间",),
    "group": ("党小组",),
}
TYPE_WORDS: tuple[tuple[str, MeetingType], ...] = (
    ("党员大会", MeetingType.GENERAL),
    ("支部大会", MeetingType.GENERAL),
    ("支委会", MeetingType.COMMITTEE),
    ("支部委员会", MeetingType.COMMITTEE),
    ("小组会", MeetingType.GROUP),
    ("党课", MeetingType.LECTURE),
    ("主题党日", MeetingType.THEME_DAY),
    ("组织生活会", MeetingType.LIFE_MEETING),
    ("民主评议", MeetingType.APPRAISAL),
    ("学习", MeetingType.STUDY),
    ("其他", MeetingType.OTHER),
)
REASON_WORDS = (("病", "因病"), ("公", "因公"), ("出差", "因公"), ("事", "因事"), ("外出", "外出"))


@dataclass
class _Reader:
    store: Store
    roster: Roster
    posts: list[Post]
    groups: list[Group]
    today: date
    faults: list[RowFault] = field(default_factory=list[RowFault])


def import_meetings(store: Store, sheet: Sheet, today: date, mending: Mending) -> Outcome:
    """Enter the meetings of a sheet; a row that cannot be read stays out, named with its column. Raises Refused."""
    del mending
    roster = load_roster(store)
    outcome = Outcome(faults=list(sheet.faults))
    wrong = {fault.row for fault in outcome.refused}
    known = {_key(minutes) for minutes in load_minutes(store)}
    with store.transaction():
        for row in sheet.rows:
            reader = _Reader(store, roster, store[Post].all(), store[Group].all(), today)
            minutes = _read(row, reader)
            outcome.faults += reader.faults
            if (
                minutes is None
                or row.number in wrong
                or any(fault.severity is Severity.ERROR for fault in reader.faults)
            ):
                continue
            if _key(minutes) in known:
                outcome.unchanged += 1
                continue
            try:
                record_meeting(store, minutes, roster, today)
            except Refused as refusal:
                outcome.faults.append(row.fault("held_on", refusal.text))
                continue
            known.add(_key(minutes))
            outcome.added += 1
    return outcome


def _key(minutes: Minutes) -> tuple[date, frozenset[MeetingType], str, int | None]:
    meeting = minutes.meeting
    return meeting.held_on, frozenset(minutes.types), meeting.subject, meeting.group


def _read(row: Row, reader: _Reader) -> Minutes | None:
    held_on = _day(row, reader)
    types = read_types(row.text("types"))
    if not types:
        reader.faults.append(row.fault("types", f"“{row.text('types')}”看不出是哪种会议"))
    if not row.text("subject"):
        reader.faults.append(row.fault("subject", "主题是空的"))
    minutes = _hours(row, reader)
    if held_on is None or not types or not row.text("subject"):
        return None
    group = _group(row, reader)
    attendance, remark = _roll(row, reader, held_on, types, group)
    meeting = Meeting(
        held_on=held_on,
        start=_time(row, "start", reader),
        end=_time(row, "end", reader),
        place=row.text("place"),
        host=row.text("host"),
        recorder=row.text("recorder"),
        subject=row.text("subject"),
        content=row.text("content"),
        group=group,
        study_minutes=minutes,
        remark=remark,
    )
    return Minutes(meeting, types, tuple(attendance))


def _day(row: Row, reader: _Reader) -> date | None:
    try:
        value = date_of(row.cells.get("held_on"))
    except ValueError as error:
        reader.faults.append(row.fault("held_on", str(error)))
        return None
    if value is None or not value.exact:
        reader.faults.append(row.fault("held_on", "缺少具体日期"))
        return None
    if value.first > reader.today:
        reader.faults.append(row.fault("held_on", "日期在今天之后"))
        return None
    return value.first


def read_types(text: str) -> tuple[MeetingType, ...]:
    """The types that a text names: 主题党日暨党课 is two."""
    found: list[MeetingType] = []
    for part in re.split(r"[暨、，,+＋/；;]|和", plain_name(text)):
        kind = next((kind for word, kind in TYPE_WORDS if word in part), None)
        if kind and kind not in found:
            found.append(kind)
    return tuple(found)


def _hours(row: Row, reader: _Reader) -> int | None:
    text = row.text("hours")
    if not text:
        return None
    try:
        minutes = Decimal(text.removesuffix("学时")) * 60
    except InvalidOperation:
        reader.faults.append(row.fault("hours", f"“{text}”不是学时数"))
        return None
    if not minutes.is_finite() or not 0 <= minutes <= 24 * 60:
        reader.faults.append(row.fault("hours", f"“{text}”学时应在 0 至 24 之间"))
        return None
    return int(minutes)


def _time(row: Row, name: str, reader: _Reader) -> time | None:
    cell = row.cells.get(name)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    found = re.fullmatch(r"(\d{1,2})[:：](\d{2})(:\d{2})?", row.text(name))
    if not row.text(name):
        return None
    try:
        if found is None:
            raise ValueError
        return time(int(found[1]), int(found[2]))
    except ValueError:
        reader.faults.append(row.fault(name, f"“{row.text(name)}”不是时间，请写成 15:00"))
        return None


def _group(row: Row, reader: _Reader) -> int | None:
    name = row.text("group")
    found = next((group.id for group in reader.groups if group.name == name), None)
    if name and found is None:
        reader.faults.append(row.fault("group", f"没有“{name}”这个党小组"))
    return found


def _number(row: Row, name: str, reader: _Reader) -> int | None:
    text = row.text(name).removesuffix("人")
    if not text:
        return None
    if not text.isdecimal():
        reader.faults.append(row.fault(name, f"“{text}”不是人数"))
        return None
    return int(text)


def _roll(
    row: Row, reader: _Reader, day: date, types: tuple[MeetingType, ...], group: int | None
) -> tuple[list[Attendance], str]:
    """Who was there: the absent as the sheet names them, the rest of those who should have come.

    The numbers of the sheet decide who should have come; where they fit neither the audience of the types
    nor the whole roster, no roll is made up and the numbers are kept in words.
    """
    expected, attended = _number(row, "expected", reader), _number(row, "attended", reader)
    absent = _absentees(row, reader)
    if absent is None:
        return [], ""
    if expected is not None and attended is not None and expected - attended != len(absent):
        text = f"应到 {expected} 人、实到 {attended} 人，缺席应有 {expected - attended} 人，只写了 {len(absent)} 人"
        reader.faults.append(row.fault("absent", text))
        return [], ""
    usual = audience(types, group, day, reader.roster, reader.posts)
    everyone = reader.roster.present(day)
    fitting = [people for people in (usual, everyone) if expected in (None, len(people))]
    if not fitting or not {id for id, _ in absent} <= {person.id for person in fitting[0]}:
        text = f"名册上当天应到 {len(usual)} 人，与表里的 {expected} 人不同，没有生成签到名单"
        reader.faults.append(row.fault("expected", text, Severity.WARNING))
        told = f"原台账：应到 {expected} 人，实到 {attended if attended is not None else '未写'} 人。"
        return [], told + (f"缺席：{row.text('absent')}。" if absent else "")
    reasons = dict(absent)
    return [
        _absent(person.id, reasons[person.id])
        if person.id in reasons
        else Attendance(member=person.id, state=AttendanceState.PRESENT)
        for person in fitting[0]
    ], ""


def _absent(member: int, reason: str) -> Attendance:
    return Attendance(member=member, state=AttendanceState.ABSENT, reason=reason)


def _absentees(row: Row, reader: _Reader) -> list[tuple[int, str]] | None:
    found: list[tuple[int, str]] = []
    text = row.text("absent")
    for part in re.split(r"[；;、，,\n]", text) if text not in ("无", "—", "-") else ():
        if not part.strip():
            continue
        match = re.fullmatch(r"\s*(.+?)\s*(?:[（(：:](.*?)[）)]?)?\s*", part)
        name, reason = (match[1], match[2] or "") if match else (part.strip(), "")
        member = find_person(name, reader.roster.members)
        if isinstance(member, str):
            reader.faults.append(row.fault("absent", member))
            return None
        usual = next((short for word, short in REASON_WORDS if word in reason), reason)
        found.append((member.id, usual))
    return found


def find_person(name: str, roster: Sequence[Member]) -> Member | str:
    """The one member of this name, spaces aside; else the reason why there is none, in Chinese."""
    found = [member for member in roster if plain_name(member.name) == plain_name(name)]
    if len(found) == 1:
        return found[0]
    return f"“{name}”不在名册里" if not found else f"名册里有 {len(found)} 位“{name}”，分不清是哪一位"
