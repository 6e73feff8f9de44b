"""台账体检: what an inspector would find in the records, each with its rule, its place, and whether it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.checks.check import Asked, Check, Shown
from app.checks.matter import Matter
from app.checks.meetings import Copied
from app.checks.registry import ask_by_check
from app.life.meetings import Meeting
from app.rules.rulebook import FIRST_DAY
from app.store import Reader
from app.year.ledger import YearLedger, load_year


@dataclass(frozen=True)
class Found:
    """A finding with what its check looks for, and the year it is of; None for what belongs to no year."""

    kind: str
    year: int | None
    matter: Matter


def found_in_year(ledger: YearLedger, created: Mapping[int, date], copied: Copied, today: date) -> list[Found]:
    """The findings of one year, each with its check; see `health_of_year`."""
    asked = Asked(ledger, today, created=created, copied=copied)
    return [Found(check.title, ledger.year, matter) for check, matter in ask_by_check(Shown.HEALTH, asked)]


def found_in_people(ledger: YearLedger, today: date) -> list[Found]:
    """The findings that belong to no year, each with its check."""
    return [Found(check.title, None, matter) for check, matter in ask_by_check(Shown.PEOPLE, Asked(ledger, today))]


def health_of_year(ledger: YearLedger, created: Mapping[int, date], copied: Copied, today: date) -> list[Matter]:
    """The findings of one year.

    `created` are the days on which meetings were entered; `copied` has seen the years before.
    """
    return [item.matter for item in found_in_year(ledger, created, copied, today)]


def health_of_ledger(store: Reader, year: int, today: date) -> list[Matter]:
    """The findings of one year of an open ledger, with what its history and the years before tell."""
    return [item for _, item in health_by_check(store, load_year(store, year), today)]


def health_by_check(store: Reader, ledger: YearLedger, today: date) -> list[tuple[Check, Matter]]:
    """The same of a year that was read, each finding with the check that found it."""
    year = ledger.year
    created = {id: at.date() for id, at in store.history.entered(Meeting).items()}
    copied = Copied()
    for earlier in sorted({meeting.held_on.year for meeting in store[Meeting].all()} - {year}):
        if FIRST_DAY.year < earlier < year:
            list(copied.look(load_year(store, earlier)))
    asked = Asked(ledger, min(today, date(year + 1, 1, 1)), created=created, copied=copied)
    return ask_by_check(Shown.HEALTH, asked)


def health_of_people(ledger: YearLedger, today: date) -> list[Matter]:
    """The findings that belong to no year: applicants and identity numbers."""
    return [item.matter for item in found_in_people(ledger, today)]
