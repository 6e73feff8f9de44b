"""日历: planned events, duties and reminders with a day as an iCalendar file. Nothing personal but names of events."""

# The stubs of icalendar leave most values open.
# pyright: reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from app.checks.reminders import reminders
from app.year.ledger import YearLedger
from app.year.periods import period_words
from app.year.planning import open_events, title_of
from app.year.standing import Duty, State

if TYPE_CHECKING:
    from icalendar import Event


def calendar_file(ledger: YearLedger, duties: Sequence[Duty], today: date) -> bytes:
    """The file for a phone or an office calendar; the same ledger gives the same bytes on a day.

    Each entry is named by what it is about, so that one that has moved takes its own place and no other's.

    An event with a time has it as local time without a zone, the rest are whole days. Each reminds a day before.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Branch Ledger//ZH-CN")
    calendar.add("version", "2.0")
    branch = sha256(ledger.branch.name.encode()).hexdigest()[:10]
    for uid, title, start, place in _entries(ledger, duties, today):
        calendar.add_component(_entry(f"{uid}@{branch}.branch-ledger", title, start, place, today))
    return bytes(calendar.to_ical())


Told = tuple[str, str, date | datetime, str]
"""The name of an entry for good, its title, when, where."""


def _entries(ledger: YearLedger, duties: Sequence[Duty], today: date) -> Iterator[Told]:
    for event in open_events(ledger):
        start = datetime.combine(event.planned_on, event.start) if event.start else event.planned_on
        yield f"plan-{event.id}", title_of(ledger, event), start, event.place
    for duty in duties:
        if duty.state is State.DUE or (duty.state is State.UPCOMING and duty.due_on >= today):
            title = f"最迟：{duty.label}（{period_words(duty.period)}）"
            yield f"duty-{duty.rule}-{duty.period}", title, duty.due_on, ""
    for item in reminders(ledger, [], today):
        if item.until and item.until >= today:
            # No names of people: a calendar is seen by others.
            what = item.about[0].called if item.about else "支部事项"
            yield item.key.replace(":", "-"), f"支部待办：{what}", item.until, ""


def _entry(uid: str, title: str, start: date | datetime, place: str, today: date) -> Event:
    from icalendar import Alarm, Event

    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", datetime(today.year, today.month, today.day, tzinfo=UTC))
    entry.add("summary", title)
    entry.add("dtstart", start)
    entry.add("dtend", start + (timedelta(hours=1) if isinstance(start, datetime) else timedelta(days=1)))
    if place:
        entry.add("location", place)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-1))
    entry.add_component(alarm)
    return entry
