"""A ledger of activities as offices keep it → meetings with their roll."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from app.branch.groups import Group
from app.branch.lists import offered
from app.dates import PartialDate
from app.errors import Refused
from app.exchange.attendance import AttendanceReader, read_observers, read_roll
from app.exchange.branches import own_rows
from app.exchange.clocks import Times, is_clock, read_times
from app.exchange.days import FOUNDED, Span, When, read_when
from app.exchange.held import take_held
from app.exchange.matters import matter, numbered
from app.exchange.meeting_types import is_of_names, is_of_types, take_types
from app.exchange.mending import Mending
from app.exchange.months import month_of, months_of, year_over, years_told
from app.exchange.persons import Finder
from app.exchange.raw import text_of
from app.exchange.reading import NOTHING, Sure, plain
from app.exchange.sheet import Outcome, Row, Sheet
from app.exchange.words import group_core, packed
from app.life.meetings import AgendaItem, AgendaKind, Meeting, Minutes, load_minutes, record_meeting
from app.names import close_up
from app.people.posts import Post
from app.people.roster import load_roster
from app.rules.meeting_types import MeetingType
from app.store import Store

_NUMBER = re.compile(r"^[(（]?(\d{1,2}|[一二三四五六七八九十]+)[)）.．、] ?(?=\D)")
"""What numbers the first line of contents. Where no digit goes on: 3.5学雷锋 begins with a day."""
LONGEST_SUBJECT = 60
"""As much of the first line of its contents stands for the theme of a meeting that has none."""


@dataclass
class _Reader(AttendanceReader):
    groups: list[Group] = field(kw_only=True)
    today: date = field(kw_only=True)
    years: dict[str, int | None] = field(kw_only=True)
    activities: list[str] = field(kw_only=True)


def import_meetings(store: Store, sheet: Sheet, today: date, mending: Mending) -> Outcome:
    """Enter the meetings of a sheet; a row that cannot be read stays out, named with its column. Raises Refused."""
    roster = load_roster(store)
    rows, outcome = own_rows(store, sheet, mending)
    wrong = {fault.row for fault in outcome.refused}
    known = {_key(minutes) for minutes in load_minutes(store)}
    posts, groups = store[Post].all(), store[Group].all()
    finder, years = Finder(roster, groups, today), table_years(sheet, "held_on")
    activities, named_by_type, named_by_content, silent = list(offered(store, "activity")), 0, 0, 0
    with store.transaction():
        for row in rows:
            reader = _Reader(
                row,
                mending,
                roster=roster,
                posts=posts,
                groups=groups,
                today=today,
                finder=finder,
                years=years,
                activities=activities,
            )
            minutes = _read(row, reader)
            outcome.faults += reader.faults
            if minutes is None or row.key in wrong or reader.refused:
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
            silent += reader.silent
            named_by_type += row.text("subject") == row.text("types") and is_of_types(row.column("types"))
            named_by_content += _of_content(row)
    if named_by_content:
        outcome.told.append(f"表里没有主题一栏，{named_by_content} 次会议的主题是内容的第一行，请核对")
    if named_by_type:
        outcome.told.append(f"{named_by_type} 次会议没有写主题，主题写成会议类型，请改成具体的主题")
    if silent:
        outcome.told.append(f"{silent} 次会议没有写谁出席、谁缺席，没有生成签到名单，请在会议里补上")
    return outcome


def table_years(sheet: Sheet, name: str) -> dict[str, int | None]:
    """The year of each table by its title: the one that its words name, else the one that all its rows name."""
    years: dict[str, int | None] = {}
    written: dict[str, set[int]] = {}
    for row in sheet.rows:
        told = re.match(r"\D{0,2}((?:19|20)\d\d)(?=\D)", plain(row.text(name)))
        written.setdefault(row.title, set()).update({int(told[1])} if told else set[int]())
    for title, found in written.items():
        named = years_told(title)
        only = named if len(named) == 1 else sorted(found)
        years[title] = only[0] if len(only) == 1 else None
    return years


def _key(minutes: Minutes) -> tuple[date, frozenset[MeetingType], str, int | None]:
    meeting = minutes.meeting
    return meeting.held_on, frozenset(minutes.types), meeting.subject, meeting.group


def _read(row: Row, reader: _Reader) -> Minutes | None:
    when = _day(row, reader)
    types, activity = take_types(row, reader, reader.activities)
    if not reader.words("subject"):
        reader.wrong("subject", "主题是空的")
    minutes = _hours(row, reader)
    if when is None or not types or not row.words("subject"):
        return None
    take_held(reader, "held_on", "subject")
    held_on = when.day.first
    start, end = _times(row, when, reader)
    group = _group(row, reader)
    attendance, remark = read_roll(row, reader, held_on, types, group)
    attendance += read_observers(row, reader, attendance)
    remark = _with_name(row, types, remark)
    if packed(row.text("note")) not in NOTHING:
        remark = f"{remark}原台账备注：{row.text('note')}。"
    meeting = Meeting(
        held_on=held_on,
        start=start,
        end=end,
        place=reader.words("place"),
        host=_who(reader, "host"),
        recorder=_who(reader, "recorder"),
        lecturer=_who(reader, "lecturer"),
        subject=_subject(row),
        content=reader.words("content"),
        group=group,
        study_minutes=minutes,
        remark=remark,
        activity=activity,
    )
    return Minutes(meeting, types, tuple(attendance), agenda=_decisions(row))


def _who(reader: _Reader, name: str) -> str:
    """Who had a part in a meeting; a number is nobody, which is told."""
    said = close_up(reader.words(name))
    if not said.isdecimal():
        return said
    reader.tell(name, f"“{said}”不是姓名，没有记入")
    return ""


def _decisions(row: Row) -> tuple[AgendaItem, ...]:
    """What was decided, as a column of its own says it: its numbered parts one by one."""
    said = row.text("decisions")
    parts = numbered(said) if packed(said) not in NOTHING else []
    return tuple(
        replace(matter(part, AgendaKind.DECISION), position=number) for number, part in enumerate(parts, start=1)
    )


def _of_content(row: Row) -> bool:
    """Whether a table without themes says in its contents alone what a meeting was about."""
    return row.text("subject") == row.text("content") and row.column("subject") == row.column("content")


def _subject(row: Row) -> str:
    lines = row.text("subject").split("\n")
    return _NUMBER.sub("", lines[0])[:LONGEST_SUBJECT] if _of_content(row) else " ".join(lines)


def _with_name(row: Row, types: tuple[MeetingType, ...], remark: str) -> str:
    """A remark with what a meeting was called, where the table has a subject beside the name."""
    column = "title" if row.text("title") or not is_of_names(row.column("types")) else "types"
    name = row.text(column)
    if not name or name == row.text("subject") or name in [kind.value for kind in types]:
        return remark
    return f"原台账：{row.column(column)}：{name}。{remark.removeprefix('原台账：')}"


def _day(row: Row, reader: _Reader) -> When | None:
    said, clock = row.cells.get("held_on"), row.cells.get("clock")
    if is_clock(said) and not is_clock(clock):
        said = row.cells.get("dom", clock)
    if isinstance(said, int | float) or re.fullmatch(r"\d{1,2}[日号]?", packed(text_of(said))):
        said = _day_of_month(row, text_of(said)) or said
    try:
        year = _own_year(row) or year_over(row.banner) or reader.years.get(row.title)
        told = read_when(said, Span(FOUNDED, reader.today, year))
    except ValueError as error:
        reader.wrong("held_on", str(error))
        return None
    if told is None or (told.value and not told.value.day.exact):
        reader.wrong("held_on", "缺少具体日期")
        return None
    beside = row.text("month") or row.banner
    month = month_of(beside)
    if month and told.value and told.value.day.month not in months_of(month.code):
        told = told.doubt(f"这一天旁边写着“{beside}”，请核对是哪一天", Sure.ASKED)
    if told.value and (other := _day_beside(row, told.value.day)):
        told = told.doubt(f"{other}，请核对是哪一天", Sure.ASKED)
    return reader.take("held_on", told, shown=str(told.value.day) if told.value else "")


def _day_beside(row: Row, day: PartialDate) -> str:
    """What a column of the year or of the day says otherwise than the whole day that stands beside it."""
    year, dom = _own_year(row), re.fullmatch(r"(\d{1,2})[日号]?", packed(row.text("dom")))
    if year is not None and year != day.year:
        return f"“{row.column('year')}”写着“{row.text('year')}”"
    if dom is not None and int(dom[1]) != day.day:
        return f"“{row.column('dom')}”写着“{row.text('dom')}”"
    return ""


def _own_year(row: Row) -> int | None:
    """The year of a column of its own; None where it says none."""
    found = re.match(r"(?:19|20)\d\d", packed(row.text("year")))
    return int(found[0]) if found else None


def _day_of_month(row: Row, said: str) -> str:
    """A day whose month a column, the line over its rows or its sheet tells: 5日 below 3月; empty for none."""
    sheet = row.title.split("\n")[0].split(" ")[-1]
    month = row.text("month") or row.banner or (sheet if "月" in sheet else "")
    told = month_of(month)
    number = re.fullmatch(r"(\d{1,2})[日号]?", packed(said))
    if told is None or number is None or not told.code.startswith("m"):
        return ""
    of = _own_year(row) or told.year
    return f"{f'{of}年' if of else ''}{told.code[1:]}月{number[1]}日"


def _times(row: Row, when: When, reader: _Reader) -> Times:
    """When a meeting began and ended: by columns of their own, by one beside the day, or by the cell of the day."""
    clock = next((name for name in ("clock", "held_on") if is_clock(row.cells.get(name))), "clock")
    begins, ends = _told_times(clock, reader)
    start, end = _told_times("start", reader)
    return start or begins or when.start, _told_times("end", reader)[0] or end or ends or when.end


def _hours(row: Row, reader: _Reader) -> int | None:
    text = packed(row.words("hours"))
    if not text:
        return None
    by_minute = text.endswith(("分钟", "分"))
    number = re.sub(r"(个?(学时|课时|小时)|h|分钟?)$", "", text)
    try:
        minutes = Decimal(number) * (1 if by_minute else 60)
    except InvalidOperation:
        reader.wrong("hours", f"“{row.text('hours')}”不是学时数")
        return None
    if not minutes.is_finite() or not 0 <= minutes <= 24 * 60:
        reader.wrong("hours", f"“{row.text('hours')}”学时应在 0 至 24 之间")
        return None
    return int(minutes)


def _told_times(name: str, reader: _Reader) -> Times:
    told = reader.read(name, read_times)
    shown = "-".join(f"{at:%H:%M}" for at in told.value or () if at) if told else ""
    return reader.take(name, told, shown=shown or "空着") or (None, None)


def _group(row: Row, reader: _Reader) -> int | None:
    name = row.words("group")
    if not name:
        return None
    found = next((group.id for group in reader.groups if group_core(group.name) == group_core(name)), None)
    if found is None:
        reader.wrong("group", f"没有“{name}”这个党小组")
    return found
