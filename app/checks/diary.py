"""What lies on which day: meetings that were held or are planned, days of dues, anniversaries of joining, last days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.checks.matter import Matter
from app.dues.payments import Payment
from app.life.meetings import Meeting
from app.life.plans import PlannedEvent
from app.people.care import Care, birthdays
from app.ways import ToList, ToNew, ToRecord, Way
from app.year.ledger import YearLedger
from app.year.planning import open_events, title_of


class DiaryKind(StrEnum):
    """What kind of thing lies on a day."""

    HELD = "已开展"
    PLANNED = "计划"
    DUES = "党费日"
    ANNIVERSARY = "政治生日"
    LAST_DAY = "时限"


KINDS = tuple(DiaryKind)


@dataclass(frozen=True)
class DiaryEntry:
    """One thing on one day, and the way there. What is `planned` can be moved to another day."""

    day: date
    kind: DiaryKind
    text: str
    way: Way
    planned: PlannedEvent | None = None


def diary(ledger: YearLedger, matters: Sequence[Matter], today: date, first: date, last: date) -> list[DiaryEntry]:
    """What lies on the days from the first to the last, inclusive, of the ledger's year, in order of day.

    `matters` are the reminders of the year: those that have a last day.
    """
    found = [*_held(ledger), *_planned(ledger), *_dues(ledger), *_anniversaries(ledger, today), *_last_days(matters)]
    return sorted(
        (entry for entry in found if first <= entry.day <= last),
        key=lambda entry: (entry.day, KINDS.index(entry.kind), entry.text),
    )


def _held(ledger: YearLedger) -> Iterator[DiaryEntry]:
    for minutes in ledger.minutes:
        meeting = minutes.meeting
        yield DiaryEntry(meeting.held_on, DiaryKind.HELD, minutes.title, ToRecord(Meeting, meeting.id))


def _planned(ledger: YearLedger) -> Iterator[DiaryEntry]:
    for event in open_events(ledger):
        way = ToRecord(PlannedEvent, event.id)
        yield DiaryEntry(event.planned_on, DiaryKind.PLANNED, title_of(ledger, event), way, event)


def _dues(ledger: YearLedger) -> Iterator[DiaryEntry]:
    for month, day in enumerate(ledger.dues.due_days, 1):
        yield DiaryEntry(day, DiaryKind.DUES, f"{month}月党费日", ToList(Payment))


def _anniversaries(ledger: YearLedger, today: date) -> Iterator[DiaryEntry]:
    for item in birthdays(ledger.roster, ledger.branch, ledger.year, ledger.reference_day(today)):
        way = ToNew(Care, {"member": item.member.id, "given_on": item.day})
        yield DiaryEntry(item.day, DiaryKind.ANNIVERSARY, f"{item.member.name} {item.years} 周年", way)


def _last_days(matters: Sequence[Matter]) -> Iterator[DiaryEntry]:
    for matter in matters:
        # Plans and anniversaries lie on their days already.
        kind = matter.way.kind if isinstance(matter.way, ToNew | ToRecord | ToList) else None
        known = (matter.about is not None and matter.about[0] is PlannedEvent) or kind is Care
        if matter.until is not None and matter.way is not None and not known:
            yield DiaryEntry(matter.until, DiaryKind.LAST_DAY, matter.text, matter.way)
