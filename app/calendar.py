"""节假日: which days are worked, by the weekend and by the table of holidays that the branch edits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.dates import month_end
from app.record import Record, entry, missing_entries, refuse_errors, stored
from app.store import Store


class DayKind(StrEnum):
    """What the State Council's yearly notice makes of a day."""

    OFF = "放假"
    WORKED = "调休上班"


@stored
class Holiday(Record, called="节假日", timeless=True):
    """A day that is not what its weekday says."""

    day: date = entry("日期", required=True, titles=True)
    kind: DayKind = entry("安排", default=DayKind.OFF)
    name: str = entry("节日", default="", titles=True)


@dataclass(frozen=True)
class WorkCalendar:
    """The table of holidays, asked for days. Without an entry Saturday and Sunday are off."""

    kinds: dict[date, DayKind]

    @classmethod
    def of(cls, holidays: Iterable[Holiday]) -> WorkCalendar:
        """From the records."""
        return cls({holiday.day: holiday.kind for holiday in holidays})

    def worked(self, day: date) -> bool:
        """Whether a day is worked."""
        kind = self.kinds.get(day)
        return kind is DayKind.WORKED if kind else day.weekday() < 5

    def next_worked(self, day: date) -> date:
        """The day itself when it is worked, else the next that is."""
        while not self.worked(day):
            day += timedelta(days=1)
        return day

    def end_of(self, first: date, days: int) -> date:
        """The last day of a span of so many worked days that begins on `first`, which counts when it is worked.

        Monday 2026-03-02 and five days end on Friday 2026-03-06 (`development_terms`, notice days).
        """
        day = self.next_worked(first)
        for _ in range(days - 1):
            day = self.next_worked(day + timedelta(days=1))
        return day

    def note(self, first: date, last: date) -> str:
        """That a span lies in a year without a table of holidays, in brackets; empty where there is one or none at all.

        Without any table the branch counts by weekends alone and knows it.
        """
        known = {day.year for day in self.kinds}
        without = [str(year) for year in range(first.year, last.year + 1) if year not in known]
        if not known or not without:
            return ""
        return f"（{'、'.join(without)} 年没有节假日表，只按周末计算）"

    def count(self, first: date, last: date) -> int:
        """The worked days of a span, inclusive."""
        return sum(self.worked(first + timedelta(days=n)) for n in range((last - first).days + 1))

    def due_on(self, year: int, month: int, day: int) -> date:
        """The 党费日 of a month: a day off moves it to the next that is worked, within the month."""
        wanted = date(year, month, day)
        found = self.next_worked(wanted)
        return found if found <= month_end(year, month) else wanted


def set_holiday(store: Store, holiday: Holiday) -> Holiday:
    """Enter a holiday; the same day again corrects it. Raises Refused."""
    refuse_errors(missing_entries(holiday))
    known = store[Holiday].all(day=holiday.day)
    with store.transaction("修改节假日"):
        return store[Holiday].save(replace(holiday, id=known[0].id) if known else holiday)


def remove_holiday(store: Store, holiday: Holiday) -> None:
    """Take a day out of the table."""
    with store.transaction("删除节假日"):
        store[Holiday].remove(holiday.id)
