"""Short ways to make records for tests; the people are invented."""

from __future__ import annotations

from datetime import date, time

from app.branch import Branch, Group, Post, PostTitle
from app.dates import PartialDate
from app.dues import DuesBasis, DuesYear, Payment
from app.ledger import YearLedger
from app.meetings import Attendance, AttendanceState, Meeting, MeetingType, Minutes
from app.members import Member, MemberStatus, Placement, Restriction, Standing, VotingRestriction
from app.roster import Roster
from app.rulebook import rulebook_of
from app.votes import Vote, VoteKind


def partial(text: str) -> PartialDate:
    return PartialDate.parse(text)


def member(id: int, name: str = "", **fields: object) -> Member:
    return Member(id=id, name=name or f"党员{id}", **fields)


def full(id: int, since: str | None = None) -> Standing:
    return Standing(id=id, member=id, since=partial(since) if since else None, status=MemberStatus.FULL)


def probationary(id: int, since: str | None = None) -> Standing:
    return Standing(id=id, member=id, since=partial(since) if since else None, status=MemberStatus.PROBATIONARY)


def roster(*standings: Standing, groups: dict[int, int] | None = None, restricted: tuple[int, ...] = ()) -> Roster:
    people = sorted({standing.member for standing in standings})
    return Roster(
        tuple(member(id) for id in people),
        standings,
        tuple(Placement(id=n, member=m, group=g) for n, (m, g) in enumerate((groups or {}).items(), 1)),
        tuple(
            VotingRestriction(id=n, member=m, restriction=Restriction.PARTY_PROBATION)
            for n, m in enumerate(restricted, 1)
        ),
    )


def committee(*members: int, since: date | None = None) -> tuple[Post, ...]:
    titles = list(PostTitle)
    return tuple(Post(id=n, member=m, title=titles[n - 1], since=since) for n, m in enumerate(members, 1))


def minutes(
    id: int,
    day: date,
    *types: MeetingType,
    there: tuple[int, ...] = (),
    absent: tuple[int, ...] = (),
    span: tuple[time, time] | None = None,
    group: int | None = None,
) -> Minutes:
    start, end = span or (None, None)
    meeting = Meeting(id=id, held_on=day, subject="学习", start=start, end=end, group=group, content="内容")
    roll = tuple(Attendance(member=m, state=AttendanceState.PRESENT) for m in there)
    roll += tuple(Attendance(member=m, state=AttendanceState.ABSENT, reason="因病") for m in absent)
    return Minutes(meeting, types, roll)


def year_ledger(
    who: Roster,
    *held: Minutes,
    year: int = 2026,
    posts: tuple[Post, ...] = (),
    groups: tuple[Group, ...] = (),
    talks: tuple = (),
    bases: tuple[DuesBasis, ...] = (),
    payments: tuple[Payment, ...] = (),
    branch: Branch | None = None,
) -> YearLedger:
    rules = rulebook_of(year)
    dues = DuesYear(year, who, bases, payments, rules, dues_day=10)
    return YearLedger(year, branch or Branch(id=1, name="甲支部"), posts, groups, who, tuple(held), talks, dues, rules)


def vote(kind: VoteKind, entitled: int, present: int, yes: int, no: int = 0, written: int = 0, **more: int) -> Vote:
    return Vote(
        kind=kind, entitled=entitled, present=present, in_favour=yes, against=no, written_in_favour=written, **more
    )
