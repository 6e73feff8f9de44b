"""党建简报: head, number, date, editor's note, and what the chosen meetings' records say, set as a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable as _Flowable
from reportlab.platypus import Spacer

from app import numerals
from app.dates import chinese
from app.errors import Refused
from app.life.meetings import Minutes
from app.printing import style as s
from app.printing.pdf import Printed, print_story
from app.printing.text import Style, Text, draw_text
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


@dataclass(frozen=True)
class Briefing:
    """What a briefing is made of: its number, day, note and the meetings that it tells of, by id."""

    number: int
    day: date
    meetings: tuple[int, ...]
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
    """The story of a briefing; raises Refused when no meeting of the year was chosen. No sentence is added."""
    chosen = [item for item in ledger.minutes if item.meeting.id in briefing.meetings]
    if not chosen:
        raise Refused("请至少选一次会议或活动。")
    story: list[Flowable] = [
        Text("党建工作简报", s.DOCUMENT_HEAD),
        Text(f"{ledger.year}年第{briefing.number}期", s.DOCUMENT_CENTER),
        BothEnds(ledger.branch.name, chinese(briefing.day), s.DOCUMENT_PLAIN),
        RedRule(),
        Spacer(1, 10),
    ]
    if briefing.note.strip():
        story += [Text("【编者按】", s.DOCUMENT_SECOND), Text(briefing.note, s.DOCUMENT_BODY)]
    for number, minutes in enumerate(chosen, 1):
        meeting = minutes.meeting
        story.append(Text(f"{numerals.counted(number)}、{meeting.subject}", s.DOCUMENT_FIRST))
        place = f"在{meeting.place}" if meeting.place else ""
        told = f"{chinese(meeting.held_on)}，支部{place}{_held(minutes)}{minutes.title}，"
        counts = f"应到{minutes.expected}人，实到{len(minutes.attended)}人。"
        told += counts if minutes.attendance else "到会人数未记录。"
        story.append(Text(told, s.DOCUMENT_BODY))
        if meeting.content.strip():
            story.append(Text(meeting.content, s.DOCUMENT_BODY))
        for item in minutes.agenda:
            who = f"{item.speaker}：" if item.speaker else ""
            story.append(Text(f"{item.title}　{who}{item.text}".strip(), s.DOCUMENT_BODY))
    return story


def _held(minutes: Minutes) -> str:
    """A meeting is called together, an activity is carried out."""
    return "召开" if minutes.types[0].value.endswith("会") else "开展"


def print_briefing(ledger: YearLedger, briefing: Briefing) -> Printed:
    """Print a briefing on the type area of a document (GB/T 9704-2012); raises Refused."""
    title = f"党建工作简报{ledger.year}年第{briefing.number}期"
    return print_story(briefing_story(ledger, briefing), "document", title, ledger.branch.name, title)
