"""待办与提醒: what to do next, most pressing first, each with the way there."""

from __future__ import annotations

from datetime import date

from app.checks.check import Asked, Shown
from app.checks.matter import LEVELS, Matter
from app.checks.registry import ask
from app.year.ledger import YearLedger
from app.year.standing import Duty


def reminders(ledger: YearLedger, duties: list[Duty], today: date) -> list[Matter]:
    """Everything that is missing or due, the missing first, then by its last day."""
    found = ask(Shown.REMINDERS, Asked(ledger, today, tuple(duties)))
    return sorted(found, key=lambda matter: (LEVELS.index(matter.level), matter.until or today))
