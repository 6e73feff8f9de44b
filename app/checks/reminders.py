"""待办与提醒: what to do next, most pressing first, each with the page and the form it leads to."""

from __future__ import annotations

from datetime import date

from app.checks.development import of_development
from app.checks.duties import form_hint, of_arrears, of_duty
from app.checks.people import of_people
from app.checks.plans import of_plans
from app.checks.reminder import LEVELS, Reminder
from app.year.ledger import YearLedger
from app.year.standing import Duty

__all__ = ["Reminder", "form_hint", "reminders"]


def reminders(ledger: YearLedger, duties: list[Duty], today: date) -> list[Reminder]:
    """Everything that is missing or due, the missing first, then by its last day."""
    found = [(made, duty.due_on) for duty in duties if (made := of_duty(ledger, duty, today))]
    found += [(made, made.due_on or today) for made in of_people(ledger, today)]
    if ledger.year == today.year:
        found += [(made, made.due_on or today) for made in of_development(ledger, today)]
    found += [(made, made.due_on or today) for made in of_plans(ledger, today)]
    found += [(made, today) for made in of_arrears(ledger, today)]
    return [made for made, _ in sorted(found, key=lambda item: (LEVELS.index(item[0].level), item[1]))]
