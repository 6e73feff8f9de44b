"""Findings about what stands beside the minutes: photos used twice, problems and tasks not closed, grades."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.attachments import Owner
from app.checks.matter import Level, Matter, finding
from app.life.meetings import Meeting
from app.people.appraisals import Appraisal, Grade, excellent_cap, graded_members
from app.people.members import MemberStatus
from app.ways import ToList, ToRecord
from app.work.rectifications import Light, Rectification, of_year
from app.work.tasks import Task, tasks_of_year
from app.year.ledger import YearLedger


def of_photos(ledger: YearLedger) -> Iterator[Matter]:
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
                yield finding("C20", Level.WARNING, text, "照片应当是当次的", key, ToRecord(Meeting, owner))


def of_matters(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """G45: problems and tasks past their day without being closed, or closed without evidence."""
    day = ledger.reference_day(today)
    matters: list[tuple[str, str, Rectification | Task, str]] = [
        ("rectifications", "整改事项", item, item.problem) for item in of_year(ledger.rectifications, ledger.year)
    ]
    matters += [("tasks", "任务", item, item.task) for item in tasks_of_year(ledger.tasks, ledger.year)]
    for view, word, item, what in matters:
        way, key = ToRecord(type(item), item.id), f"G45:{view}:{item.id}"
        if ledger.light(item.due_on, item.closed_on, day) is Light.RED:
            text = f"{word}“{what[:20]}”{item.due_on} 到期还没有销号"
            yield finding("G45", Level.WARNING, text, "按时限销号", key, way)
        elif item.closed_on and not item.evidence.strip():
            text = f"{word}“{what[:20]}”销号没有佐证"
            yield finding("G45", Level.NOTICE, text, "销号要有佐证", f"{key}:evidence", way)


def of_grades(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """E39: more 优秀 than a third, and members graded who are on probation."""
    day = ledger.reference_day(today)
    graded = {person.id for person in graded_members(ledger.roster, day)}
    given = [item for item in ledger.appraisals if item.year == ledger.year]
    best, share = sum(item.grade is Grade.EXCELLENT for item in given), ledger.rulebook.appraisal
    cap, way, rule = excellent_cap(len(graded), share), ToList(Appraisal), share.source
    if best > cap:
        text = f"{ledger.year} 年评为优秀 {best} 人，评定 {len(graded)} 人，一般不超过 {cap} 人"
        yield finding("E39", Level.WARNING, text, rule, f"E39:year:{ledger.year}", way)
    for item in given:
        status = ledger.roster.status(item.member, item.decided_on or day)
        if status is not MemberStatus.FULL and item.member in ledger.roster:
            why = "预备党员不评定等次" if status is MemberStatus.PROBATIONARY else "当时不在本支部的不评定等次"
            text = f"{ledger.roster[item.member].name} {ledger.year} 年评了等次，{why}"
            key = f"E39:member:{item.member}:{ledger.year}"
            yield finding("E39", Level.WARNING, text, why, key, way)
