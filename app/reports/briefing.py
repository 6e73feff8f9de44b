"""党建简报: head, number, date, editor's note, and what the chosen records say, set as a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable as _Flowable
from reportlab.platypus import Spacer

from app import numerals
from app.dates import chinese
from app.errors import Refused
from app.life.meetings import Meeting, Minutes
from app.people.members import Member
from app.printing import style as s
from app.printing.pdf import Printed, print_story
from app.printing.text import Style, Text, draw_text
from app.record import Record, entries
from app.wording import shown, title
from app.work.rectifications import of_year
from app.work.special_registers import ColumnPart, Register
from app.work.tasks import tasks_of_year
from app.year.ledger import YearLedger
from app.year.special_registers import text_of

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


Key = tuple[str, int]
"""A piece by the kind of its record, as it is called, and its number."""


@dataclass(frozen=True)
class Piece:
    """One thing that a briefing can tell of: a record with its day, its title, and what it says."""

    kind: str
    record: int
    day: date | None
    title: str
    texts: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What it is chosen by."""
        return self.kind, self.record


@dataclass(frozen=True)
class Briefing:
    """What a briefing is made of: its number, day, note and the pieces that it tells of, by their keys."""

    number: int
    day: date
    chosen: tuple[Key, ...]
    note: str = ""


class RedRule(_Flowable):
    """The red rule below the head of a document."""

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size at this width."""
        del aH
        self.width, self.height = aW, 12
        return aW, self.height

    def draw(self) -> None:
        """Draw it."""
        self.canv.setStrokeColor("#C00000")
        self.canv.setLineWidth(1.6)
        self.canv.line(0, 6, self.width, 6)
        self.canv.setStrokeColor("#000000")


class BothEnds(Text):
    """One line with a text at each end."""

    def __init__(self, left: str, right: str, style: Style) -> None:
        super().__init__(f"{left}　　{right}", style)
        self.left, self.right = left, right

    def draw(self) -> None:
        """Draw both."""
        baseline = self.height - self.style.leading + (self.style.leading - self.style.size)
        draw_text(self.canv, 0, baseline, self.left, self.style)
        draw_text(self.canv, self.width, baseline, self.right, replace(self.style, align="right"))


def briefing_story(ledger: YearLedger, briefing: Briefing) -> list[Flowable]:
    """The story of a briefing; raises Refused when nothing of the year was chosen. No sentence is added."""
    chosen = [piece for piece in pieces(ledger) if piece.key in briefing.chosen]
    if not chosen:
        raise Refused("请至少选一条会议、任务或其他记录。")
    story: list[Flowable] = [
        Text("党建工作简报", s.DOCUMENT_HEAD),
        Text(f"{ledger.year}年第{briefing.number}期", s.DOCUMENT_CENTER),
        BothEnds(ledger.branch.name, chinese(briefing.day), s.DOCUMENT_PLAIN),
        RedRule(),
        Spacer(1, 10),
    ]
    if briefing.note.strip():
        story += [Text("【编者按】", s.DOCUMENT_SECOND), Text(briefing.note, s.DOCUMENT_BODY)]
    for number, piece in enumerate(chosen, 1):
        story.append(Text(f"{numerals.counted(number)}、{piece.title}", s.DOCUMENT_FIRST))
        story += [Text(text, s.DOCUMENT_BODY) for text in piece.texts]
    return story


# --- what a briefing can tell of ----------------------------------------------------------------------------


def pieces(ledger: YearLedger) -> list[Piece]:
    """Everything of the year that a briefing can tell of, kind by kind, each in order of time."""
    year = ledger.year
    plain: list[tuple[Record, date | None]] = [(item, item.set_on) for item in tasks_of_year(ledger.tasks, year)]
    plain += [(item, item.raised_on) for item in of_year(ledger.rectifications, year)]
    plain += [(item, item.given_on.first) for item in ledger.honours if item.given_on.year == year]
    plain += [(item, item.inspected_on) for item in ledger.inspections]
    plain += [(item, item.dated_on) for item in ledger.repository if item.dated_on and item.dated_on.year == year]
    found = [_of_meeting(minutes) for minutes in ledger.minutes]
    found += [_of_record(ledger, record, day) for record, day in plain]
    found += [_of_row(ledger, kept, row) for kept in ledger.registers for row in kept.of_year(year)]
    return found


def _of_meeting(minutes: Minutes) -> Piece:
    meeting = minutes.meeting
    place = f"在{meeting.place}" if meeting.place else ""
    told = f"{chinese(meeting.held_on)}，支部{place}{_held(minutes)}{minutes.title}，"
    counts = f"应到{minutes.expected}人，实到{len(minutes.attended)}人。"
    texts = [told + (counts if minutes.attendance else "到会人数未记录。")]
    texts += [meeting.content] if meeting.content.strip() else []
    for item in minutes.agenda:
        who = f"{item.speaker}：" if item.speaker else ""
        texts.append(f"{item.title}　{who}{item.text}".strip())
    return Piece(Meeting.called, meeting.id, meeting.held_on, meeting.subject, tuple(texts))


def _of_record(ledger: YearLedger, record: Record, day: date | None) -> Piece:
    """A record as its fields say it, each with its label."""

    def names(kind: type[Record], number: int) -> str:
        return ledger.roster[number].name if kind is Member else ""

    told = [(item, shown(item, vars(record), names)) for item in entries(type(record)) if item.printed]
    texts = [f"{item.label}：{text}" for item, text in told if text and not item.titles]
    return Piece(record.called, record.id, day, title(type(record), vars(record), names), tuple(texts))


def _of_row(ledger: YearLedger, kept: Register, row: Any) -> Piece:
    told = [(column, text_of(ledger, column, row)) for column in kept.shown]
    texts = [f"{column.label}：{text}" for column, text in told if text and column.part is not ColumnPart.SUBJECT]
    return Piece(kept.register.title, row.id, row.dated_on, row.title, tuple(texts))


def _held(minutes: Minutes) -> str:
    """A meeting is called together, an activity is carried out."""
    return "召开" if minutes.types[0].value.endswith("会") else "开展"


def print_briefing(ledger: YearLedger, briefing: Briefing) -> Printed:
    """Print a briefing on the type area of a document (GB/T 9704-2012); raises Refused."""
    named = f"党建工作简报{ledger.year}年第{briefing.number}期"
    return print_story(briefing_story(ledger, briefing), "document", named, ledger.branch.name, named)
