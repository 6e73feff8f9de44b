"""待办与提醒: what to do next, most pressing first, each with the way there."""

from __future__ import annotations

from datetime import date

from app.checks.development import of_development
from app.checks.duties import of_arrears, of_duty
from app.checks.matter import LEVELS, Matter
from app.checks.people import of_people
from app.checks.plans import of_plans
from app.year.ledger import YearLedger
from app.year.standing import Duty


def reminders(ledger: YearLedger, duties: list[Duty], today: date) -> list[Matter]:
    """Everything that is missing or due, the missing first, then by its last day."""
    found = [made for duty in duties if (made := of_duty(ledger, duty, today))]
    found += of_people(ledger, today)
    if ledger.year == today.year:
        found += of_development(ledger, today)
    found += of_plans(ledger, today)
    found += of_arrears(ledger, today)
    return sorted(found, key=lambda matter: (LEVELS.index(matter.level), matter.until or today))
