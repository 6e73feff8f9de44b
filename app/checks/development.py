"""What comes next on the way of each applicant, and what on it does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.checks.matter import Level, Matter, of_record
from app.dates import chinese
from app.development import steps as d
from app.development.checks import check_due, findings, meeting_findings, next_step, probation_due
from app.development.steps import Applicant, Development
from app.record import Severity
from app.year.ledger import YearLedger


def of_development(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """The next step of everybody whose step is due within a month or overdue, and errors between documents."""
    if ledger.year != today.year:
        return
    rule = ledger.rulebook.development
    minutes = {item.meeting.id: item for item in ledger.minutes}
    for way in ledger.development:
        if way.finished or way.applicant.closed_on:
            continue
        name, id = way.applicant.name, way.applicant.id
        for code, title, due in _coming(ledger, way):
            left = (due - today).days
            if left <= ledger.rulebook.remind.soon_days:
                level = Level.ERROR if left < 0 else Level.WARNING
                text = f"{chinese(due)}前 · " + (f"还有 {left} 天" if left >= 0 else f"已过 {-left} 天")
                yield of_record(code, Applicant, id, level, f"{name}：{title}", text, due)
        found = findings(way, rule, ledger.roster, ledger.calendar, today)
        # A meeting of another year is not read here; the page of the person looks at all of them.
        held = [item for item in meeting_findings(way, minutes, ledger.rulebook) if "没有连到" not in item.text]
        errors = [item for item in (*found, *held) if item.severity is Severity.ERROR]
        if errors:
            title = f"{name} 发展材料有 {len(errors)} 处矛盾"
            yield of_record("development", Applicant, id, Level.WARNING, title, errors[0].text)


def _coming(ledger: YearLedger, way: Development) -> Iterator[tuple[str, str, date]]:
    """What has a day: the next step, and what goes on beside it whatever step was recorded last."""
    rule = ledger.rulebook.development
    coming = next_step(way, rule, ledger.calendar)
    number = coming.step if coming else 0
    if coming and coming.due_on:
        yield "next_step", coming.name, coming.due_on
    check = check_due(way, rule)
    if check and number != d.TRAINING_YEAR:
        yield "half_yearly_check", "半年考察", check
    ends = probation_due(way, rule)
    if ends and number not in (d.PROBATION_CHECK, d.CONFIRM_REQUEST, d.CONFIRM_MEETING):
        yield "probation_ends", "预备期满，支部大会讨论转正", ends
