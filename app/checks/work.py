"""Findings about what stands beside the minutes: photos used twice, problems and tasks not closed, grades."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.attachments import Owner
from app.checks.finding import Finding, Gravity
from app.people.appraisals import Grade, excellent_cap, graded_members
from app.work.rectifications import Light, light, of_year
from app.work.tasks import tasks_of_year
from app.year.ledger import YearLedger


def of_photos(ledger: YearLedger) -> Iterator[Finding]:
    """C20: the very same picture with two meetings; told at the meeting of the shown year."""
    meetings = {item.meeting.id: item.meeting for item in ledger.minutes}
    used: dict[str, list[int]] = {}
    for item in ledger.attachments:
        if item.owner is Owner.MEETING and item.picture:
            used.setdefault(item.digest, []).append(item.owner_id)
    for digest, owners in used.items():
        for owner in dict.fromkeys(owners[1:]):
            if owner in meetings and owner != owners[0]:
                meeting = meetings[owner]
                text = f"{meeting.held_on}《{meeting.subject[:16]}》的照片和另一次会议用的是同一张"
                key = f"C20:photo:{digest[:16]}:{owner}"
                yield Finding("C20", Gravity.WARNING, text, "照片应当是当次的", key, "meetings", {"meeting": owner})


def of_matters(ledger: YearLedger, today: date) -> Iterator[Finding]:
    """G45: problems and tasks past their day without being closed, or closed without evidence."""
    day = ledger.reference_day(today)
    matters = [
        (item.id, "rectifications", "整改事项", item.problem, item.due_on, item.closed_on, item.evidence)
        for item in of_year(ledger.rectifications, ledger.year)
    ]
    matters += [
        (item.id, "tasks", "任务", item.task, item.due_on, item.closed_on, item.evidence)
        for item in tasks_of_year(ledger.tasks, ledger.year)
    ]
    for number, view, word, what, due, closed, evidence in matters:
        hint, key = {"view": view, "record": number}, f"G45:{view}:{number}"
        if light(due, closed, day) is Light.RED:
            text = f"{word}“{what[:20]}”{due} 到期还没有销号"
            yield Finding("G45", Gravity.WARNING, text, "按时限销号", key, "tasks", hint)
        elif closed and not evidence.strip():
            text = f"{word}“{what[:20]}”销号没有佐证"
            yield Finding("G45", Gravity.NOTICE, text, "销号要有佐证", f"{key}:evidence", "tasks", hint)


def of_grades(ledger: YearLedger, today: date) -> Iterator[Finding]:
    """E39: more 优秀 than a third, and members graded who are on probation."""
    day = ledger.reference_day(today)
    graded = {person.id for person in graded_members(ledger.roster, day)}
    ungraded = {person.id for person in ledger.roster.present(day)} - graded
    given = [item for item in ledger.appraisals if item.year == ledger.year]
    best, cap = sum(item.grade is Grade.EXCELLENT for item in given), excellent_cap(len(graded))
    hint, rule = {"view": "appraisals"}, "优秀一般不超过三分之一"
    if best > cap:
        text = f"{ledger.year} 年评为优秀 {best} 人，评定 {len(graded)} 人，一般不超过 {cap} 人"
        yield Finding("E39", Gravity.WARNING, text, rule, f"E39:year:{ledger.year}", "appraisal", hint)
    for item in given:
        if item.member in ungraded:
            text = f"{ledger.roster[item.member].name} {ledger.year} 年评了等次，预备党员不评定等次"
            key = f"E39:member:{item.member}:{ledger.year}"
            yield Finding("E39", Gravity.WARNING, text, "预备党员不评定等次", key, "appraisal", hint)
