"""会议记录 on paper: the chapter of a type, and one meeting's record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import KeepTogether

from app.dates import chinese, weekday
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import Minutes, absent_with_reasons, attendee
from app.life.study import hours
from app.life.votes import judge
from app.printing import style as s
from app.printing.grid import Cell, Grid
from app.printing.pdf import Heading
from app.printing.text import Text
from app.reports.parts import NOTHING, heading
from app.rules.meeting_types import MeetingType
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

KEPT = 300
"""Characters up to which the last paragraph and the signatures stay on one page."""


def minutes_code(kind: MeetingType) -> str:
    """The code of the chapter of a type."""
    return f"minutes_{kind.name.lower()}"


def minutes_chapter(kind: MeetingType) -> Callable[[YearLedger, date], list[Flowable]]:
    """The chapter of one type: its minutes in order of date; an event is printed in full once."""

    def make(ledger: YearLedger, today: date) -> list[Flowable]:
        del today
        story: list[Flowable] = [heading(minutes_code(kind), f"{kind.value}记录")]
        found = [minutes for minutes in ledger.minutes if kind in minutes.types]
        if not found:
            return [*story, Text(NOTHING, s.BODY)]
        story.append(Text(f"本年度共 {len(found)} 次。", s.NOTE))
        for number, minutes in enumerate(found, 1):
            story += _one(ledger, minutes, kind, number)
        return story

    return make


def _one(ledger: YearLedger, minutes: Minutes, kind: MeetingType, number: int) -> list[Flowable]:
    meeting = minutes.meeting
    title = f"{number}. {chinese(meeting.held_on)}　{meeting.subject}"
    home = minutes.types[0]
    if kind is not home:
        seen = f"（{minutes.title}，记录见“{home.value}记录”，学时只计一次。）"
        key = f"see_{kind.name.lower()}_{meeting.id}"
        return [Heading(title, s.MINUTE, 1, key), Text(seen, s.NOTE)]
    return [Heading(title, s.MINUTE, 1, f"meeting_{meeting.id}"), *minutes_story(ledger, minutes)]


def minutes_story(ledger: YearLedger, minutes: Minutes) -> list[Flowable]:
    """One meeting's record without its heading: facts, content, votes, signatures."""
    meeting = minutes.meeting
    story: list[Flowable] = [_facts(ledger, minutes)]
    if meeting.content.strip():
        story.append(Text(meeting.content, s.BODY))
    elif not minutes.agenda:
        story.append(Text("（会议内容未记录）", s.NOTE))
    for number, item in enumerate(minutes.agenda, 1):
        who = f"{item.speaker}：" if item.speaker else ""
        story.append(Text(f"议题{number}（{item.kind}）{item.title}", s.PLAIN))
        if item.text.strip():
            story.append(Text(f"{who}{item.text}", s.BODY))
    for vote in minutes.votes:
        verdict = judge(vote, ledger.rulebook)
        counts = f"赞成 {vote.in_favour}，反对 {vote.against}，弃权 {vote.abstained}"
        motion = vote.motion or vote.kind.value
        voters = f"应到有表决权 {vote.entitled} 人，实到 {vote.present} 人；{counts}。{verdict.text}。"
        story.append(Text(f"表决：{motion}。{voters}", s.PLAIN))
        if verdict.caution:
            story.append(Text(verdict.caution, s.NOTE))
    for task in minutes.follow_ups:
        due = f"，{task.due_on} 前" if task.due_on else ""
        done = f"；{task.closed_on} 办结：{task.how}" if task.closed_on else ""
        story.append(Text(f"后续事项：{task.task}（{task.who or '未定责任人'}{due}）{done}", s.PLAIN))
    if meeting.remark:
        story.append(Text(f"情况说明：{meeting.remark}", s.PLAIN))
    final = ledger.final_minutes.get(meeting.id)
    if final:
        text = f"{chinese(final.finalised_on)}定稿，第 {final.version} 版，校验码 {final.digest[:16]}。"
        story.append(Text(text, s.NOTE))
    signature = Text("主持人（签字）：　　　　　　　　　　记录人（签字）：", replace(s.SIGN, after=6))
    last = story[-1]
    if isinstance(last, Text) and len(last.text) < KEPT:
        # A signature never stands alone on a page.
        return [*story[:-1], KeepTogether([last, signature])]
    return [*story, signature]


def _facts(ledger: YearLedger, minutes: Minutes) -> Grid:
    meeting = minutes.meeting
    span = "".join(f" {moment:%H:%M}" + join for moment, join in ((meeting.start, "—"), (meeting.end, "")) if moment)
    when = f"{chinese(meeting.held_on)} {weekday(meeting.held_on)}{span.rstrip('—').replace('— ', '—')}"
    pairs = [
        ("类型", _what(ledger, minutes), "时间", when),
        ("主持人", meeting.host, "地点", meeting.place),
        *([("主讲人", meeting.lecturer, "题目", meeting.subject)] if meeting.lecturer else []),
        ("记录人", meeting.recorder, "学时", f"{hours(minutes.minutes_of_study)} 学时"),
        ("应到", f"{minutes.expected} 人", "实到", f"{len(minutes.attended)} 人")
        if minutes.attendance
        else ("应到", "未记录", "实到", "未记录"),
    ]
    rows = [[Cell(a, s.LABEL), Cell(b, s.CELL), Cell(c, s.LABEL), Cell(d, s.CELL)] for a, b, c, d in pairs]
    absent = absent_with_reasons(minutes, ledger.roster) or ("无" if minutes.attendance else "未记录")
    wide = [("缺席及原因", absent)]
    for state in (AttendanceState.LATE, AttendanceState.LEFT_EARLY, AttendanceState.OBSERVER, AttendanceState.EXCLUDED):
        listed = minutes.with_state(state)
        if listed:
            text = "、".join(attendee(row, ledger.roster) + _why(row) for row in listed)
            wide.append((state.value, text))
    rows += [[Cell(name, s.LABEL), Cell(text, s.CELL, span=3)] for name, text in wide]
    return Grid([1.3, 3.2, 1, 3.5], [], rows)


def _what(ledger: YearLedger, minutes: Minutes) -> str:
    """会议名称和次数: each type with which of the year it is; of group meetings which of that group."""
    group = ledger.group_names.get(minutes.meeting.group or 0, "")

    def number(kind: MeetingType) -> int:
        same = [item for item in ledger.minutes if kind in item.types and item.meeting.group == minutes.meeting.group]
        return next((place for place, item in enumerate(same, 1) if item.meeting.id == minutes.meeting.id), 0)

    def words(kind: MeetingType) -> str:
        count = number(kind)
        told = "，".join(part for part in (group, f"第 {count} 次" if count else "") if part)
        return kind.value + (f"（{told}）" if told else "")

    return "暨".join(words(kind) for kind in minutes.types)


def _why(row: Attendance) -> str:
    why = "，".join(part for part in (row.reason, row.approval) if part)
    return f"（{why}）" if why else ""
