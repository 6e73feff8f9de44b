"""What comes next on the way of each applicant, and what on it does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.checks.matter import Level, Matter, of_record
from app.dates import chinese
from app.development.checks import findings, meeting_findings, next_step
from app.development.steps import Applicant
from app.record import Severity
from app.year.ledger import YearLedger

SOON = 30


def of_development(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """The next step of everybody whose step is due within a month or overdue, and errors between documents."""
    rule = ledger.rulebook.development
    minutes = {item.meeting.id: item for item in ledger.minutes}
    for way in ledger.development:
        if way.finished or way.applicant.closed_on:
            continue
        name, id = way.applicant.name, way.applicant.id
        coming = next_step(way, rule, ledger.calendar)
        if coming and coming.due_on and (coming.due_on - today).days <= SOON:
            left = (coming.due_on - today).days
            level = Level.ERROR if left < 0 else Level.WARNING
            text = f"{chinese(coming.due_on)}前 · " + (f"还有 {left} 天" if left >= 0 else f"已过 {-left} 天")
            title = f"{name}：{coming.name}"
            yield of_record("next_step", Applicant, id, level, title, text, coming.due_on)
        found = findings(way, rule, ledger.roster, ledger.calendar, today)
        # A meeting of another year is not read here; the page of the person looks at all of them.
        held = [item for item in meeting_findings(way, minutes, ledger.rulebook) if "没有连到" not in item.text]
        errors = [item for item in (*found, *held) if item.severity is Severity.ERROR]
        if errors:
            title = f"{name} 发展材料有 {len(errors)} 处矛盾"
            yield of_record("development", Applicant, id, Level.WARNING, title, errors[0].text)
