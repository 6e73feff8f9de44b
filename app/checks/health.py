"""台账体检: what an inspector would find in the records, each with its rule, its place, and whether it is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.checks.check import Asked, Shown
from app.checks.matter import Matter
from app.checks.meetings import Copied
from app.checks.registry import ask
from app.year.ledger import YearLedger


def health_of_year(ledger: YearLedger, created: Mapping[int, date], copied: Copied, today: date) -> list[Matter]:
    """The findings of one year.

    `created` are the days on which meetings were entered; `copied` has seen the years before.
    """
    return ask(Shown.HEALTH, Asked(ledger, today, created=created, copied=copied))


def health_of_people(ledger: YearLedger, today: date) -> list[Matter]:
    """The findings that belong to no year: applicants and identity numbers."""
    return ask(Shown.PEOPLE, Asked(ledger, today))
