"""台账体检: what an inspector would find in the records, each with its rule, its place, and whether it is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.checks import branch, meetings, work
from app.checks.matter import Matter
from app.checks.meetings import Copied
from app.year.ledger import YearLedger


def health_of_year(ledger: YearLedger, created: Mapping[int, date], copied: Copied, today: date) -> list[Matter]:
    """The findings of one year.

    `created` are the days on which meetings were entered; `copied` has seen the years before.
    """
    return [
        *meetings.of_days(ledger),
        *meetings.of_times(ledger),
        *meetings.of_rolls(ledger),
        *meetings.of_votes(ledger),
        *meetings.of_hosts(ledger),
        *meetings.of_absence(ledger),
        *meetings.of_papers(ledger, created),
        *meetings.of_tasks(ledger, today),
        *copied.look(ledger),
        *branch.of_frequency(ledger, today),
        *branch.of_dues(ledger, today),
        *work.of_photos(ledger),
        *work.of_matters(ledger, today),
        *work.of_grades(ledger, today),
    ]


def health_of_people(ledger: YearLedger, today: date) -> list[Matter]:
    """The findings that belong to no year: applicants and identity numbers."""
    return list(branch.of_people(ledger, today))
