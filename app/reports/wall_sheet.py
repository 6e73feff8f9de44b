"""挂图: a month on one large sheet for the wall: what was held, what is planned, days of dues, anniversaries.

It hangs where everybody reads it: of last days it has those of tasks, none that says something of a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.calendar import DayKind
from app.checks.diary import DiaryEntry, DiaryKind, diary
from app.checks.reminders import reminders
from app.dates import month_end
from app.printing import style as s
from app.printing.grid import PAD_X, PAD_Y, Cell, Grid
from app.printing.text import Style, Text, set_lines
from app.reports.parts import apart
from app.ways import ToRecord
from app.work.tasks import Task
from app.year.ledger import YearLedger
from app.year.standing import standing

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

SIGNS = {
    DiaryKind.HELD: "■",
    DiaryKind.PLANNED: "□",
    DiaryKind.DUES: "○",
    DiaryKind.ANNIVERSARY: "☆",
    DiaryKind.LAST_DAY: "△",
}
WEEKDAYS = "一二三四五六日"
NOTES = {DayKind.OFF: "　休", DayKind.WORKED: "　班", None: ""}
TITLE = Style(s.FORM_TITLE.face, 26, 40, "center")
HEAD = Style(s.HEAD.face, 13, 20, "center")
DAY = Style(s.HEAD.face, 14, 20, "left")
DAY_OFF = Style(s.HEAD.face, 14, 20, "left", color="#9E2A2B")
ENTRY = Style(s.CELL.face, 11, 15, "left")
WIDTH = (2 * s.PAGE_WIDTH - 40 * s.MM) / 7 - 2 * PAD_X
"""Points of a line of a day."""
HEIGHT = 605.0
"""Points of all weeks together, below the title and above the legend."""


def wall_sheets(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """The month of this number (1 to 12) on one sheet; 0 is every month of the year, a sheet each."""
    matters = reminders(ledger, standing(ledger, today), today)
    entries = diary(ledger, matters, today, date(ledger.year, 1, 1), date(ledger.year, 12, 31))
    shown = [entry for entry in entries if entry.kind is not DiaryKind.LAST_DAY or _of_a_task(entry)]
    return apart([_month(ledger, month, shown) for month in ([record] if record else range(1, 13))])


def _of_a_task(entry: DiaryEntry) -> bool:
    return isinstance(entry.way, ToRecord) and entry.way.kind is Task


def _month(ledger: YearLedger, month: int, entries: Sequence[DiaryEntry]) -> list[Flowable]:
    first, last = date(ledger.year, month, 1), month_end(ledger.year, month)
    monday = first - timedelta(days=first.weekday())
    weeks = [monday + timedelta(days=7 * number) for number in range(6)]
    weeks = [week for week in weeks if week <= last]
    lines = int((HEIGHT / len(weeks) - DAY.leading - 4 * PAD_Y) // ENTRY.leading)
    rows: list[list[Cell]] = []
    for week in weeks:
        days = [week + timedelta(days=number) for number in range(7)]
        rows.append([_number(ledger, day) if day.month == month else Cell("", DAY) for day in days])
        said = [_said(entries, day, lines) if day.month == month else "" for day in days]
        # Every day is as high as the sheet allows, also one without anything.
        rows.append([Cell(text + "\n" * (lines - max(1, _height(text))), ENTRY) for text in said])
    legend = "　　".join(f"{sign} {kind}" for kind, sign in SIGNS.items())
    return [
        Text(f"{ledger.branch.name}　{ledger.year} 年 {month} 月", TITLE),
        Grid([1] * 7, [[Cell(f"星期{word}", HEAD) for word in WEEKDAYS]], rows),
        Text(legend, s.NOTE),
    ]


def _number(ledger: YearLedger, day: date) -> Cell:
    note = NOTES[ledger.calendar.kinds.get(day)]
    return Cell(f"{day.day}{note}", DAY if ledger.calendar.worked(day) else DAY_OFF)


def _said(entries: Sequence[DiaryEntry], day: date, lines: int) -> str:
    """What lies on a day in so many lines; what has no room is counted."""
    told = [f"{SIGNS[entry.kind]} {entry.text}" for entry in entries if entry.day == day]
    for count in range(len(told), -1, -1):
        more = [f"…另有 {len(told) - count} 项"] if count < len(told) else []
        text = "\n".join([*told[:count], *more])
        if _height(text) <= lines:
            return text
    return ""


def _height(text: str) -> int:
    return len(set_lines(text, ENTRY, WIDTH)) if text else 0
