"""A check: asked about a year by the rules it names, it answers with findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Flag, auto

from app.checks.matter import Matter
from app.checks.meetings import Copied
from app.year.ledger import YearLedger
from app.year.standing import Duty


class Shown(Flag):
    """Where the findings of a check are shown."""

    REMINDERS = auto()
    HEALTH = auto()
    PEOPLE = auto()
    """In the health check, among what belongs to no year."""


@dataclass(frozen=True)
class Asked:
    """What a check is asked about: a year as of a day, with what was found out about it already."""

    year: YearLedger
    today: date
    duties: tuple[Duty, ...] = ()
    created: Mapping[int, date] = field(default_factory=dict[int, date])
    """The days on which meetings were entered, by number."""
    copied: Copied = field(default_factory=Copied)
    """The texts of the years before."""


@dataclass(frozen=True)
class Check:
    """One check: its name for reading, the rules it goes by as kind.figure, and how it is asked."""

    title: str
    rules: tuple[str, ...]
    ask: Callable[[Asked], Iterable[Matter]]
    shown: Shown
