"""检查台账: what in the records does not fit together, in Chinese; the checks are those of the forms."""

from __future__ import annotations

from datetime import date

from app.branch.branch import check_branch, the_branch
from app.life.attendance import AttendanceState
from app.life.meetings import load_minutes
from app.life.talks import Talk, check_talk
from app.people.members import check_member
from app.people.roster import load_roster
from app.record import Severity
from app.store import Reader


def ledger_findings(store: Reader, today: date) -> list[str]:
    """Every error of the records; warnings belong to the pages."""
    roster = load_roster(store)
    known = {member.id for member in roster.members}
    found = [problem.text for problem in check_branch(the_branch(store))]
    for member in roster.members:
        for problem in check_member(member, roster.members, today):
            if problem.severity is Severity.ERROR:
                found.append(f"党员 {member.id}：{problem.text}")
    for minutes in load_minutes(store):
        meeting = minutes.meeting
        if not minutes.types:
            found.append(f"{meeting.held_on} 的会议没有类型")
        for row in minutes.attendance:
            if row.member is not None and row.state is AttendanceState.PRESENT and row.member not in known:
                found.append(f"{meeting.held_on} 的会议签到里有名册外的人")
    for talk in store[Talk].all():
        for problem in check_talk(talk, known, max(today, talk.talked_on)):
            found.append(f"{talk.talked_on} 的谈话：{problem.text}")
    return found
