"""Short ways to make records for tests; the people are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from app.branch.branch import Branch
from app.branch.groups import Group
from app.dates import PartialDate, add_months
from app.development.steps import Applicant, Development, DevelopmentStep, Outcome
from app.dues.bases import DuesBasis
from app.dues.months import DuesYear
from app.dues.payments import Payment
from app.dues.remittances import Remittance
from app.life.attendance import Attendance, AttendanceState
from app.life.elections import Candidate, Election, HeldElection
from app.life.meetings import Meeting, Minutes
from app.life.votes import Vote, VoteKind
from app.people.members import Member, MemberStatus, Placement, Restriction, Standing, VotingRestriction
from app.people.posts import Post, PostTitle
from app.people.roster import Roster
from app.people.transfers import Direction, Transfer
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import rulebook_of
from app.work.self_checks import Checklist, ChecklistItem, Scheme, Scored, SelfCheck, SelfCheckScore
from app.work.special_registers import ColumnKind, ColumnPart, Register, RegisterColumn, SpecialRegister, row_kind
from app.work.superior_documents import DocumentItem, SuperiorDocument
from app.year.ledger import YearLedger


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


def with_every_matter(ledger: YearLedger) -> YearLedger:
    """A year with a transfer, money handed up, an election, and somebody before each meeting of admission."""
    people = ledger.roster.present(date(ledger.year, 6, 1))
    first, held = people[0], ledger.minutes[0]
    letter = Transfer(
        id=1,
        member=first.id,
        direction=Direction.OUT,
        moved_on=date(2026, 5, 6),
        place="示例单位另一党支部",
        number="003",
        issued_on=date(2026, 5, 6),
        valid_days=90,
        dues_through=partial("2026-05"),
    )
    handed = Remittance(
        id=1,
        first_month=partial("2026-01"),
        last_month=partial("2026-03"),
        remitted_on=date(2026, 4, 3),
        amount_fen=123_45,
    )
    election = Election(
        id=1,
        held_on=date(2026, 6, 30),
        seats=3,
        entitled=22,
        present=20,
        ballots_given=20,
        ballots_returned=20,
        teller=first.name,
    )
    candidates = tuple(
        Candidate(id=n, election=1, member=person.id, in_favour=21 - 3 * n, against=3 * n - 1)
        for n, person in enumerate(people[:4], 1)
    )
    vote = Vote(
        kind=VoteKind.ADMISSION, motion=first.name, entitled=20, present=18, in_favour=16, against=1, abstained=1
    )
    document = SuperiorDocument(
        id=1,
        title="长" * 60 + "<b>&</b>要点",
        number="某党〔2026〕3号",
        received_on=date(2026, 1, 9),
        text="无断句" * 300,
    )
    asked = DocumentItem(id=1, document=1, number="十二（三）1", title="无断句" * 60, quote="原文", report=True)
    ways = (
        way(901, first.name, 15, meeting=held.meeting.id, held_on=held.meeting.held_on),
        way(902, people[-1].name, 23, outcome=Outcome.EXTENDED),
        way(903, "待定", 3),
    )
    return replace(
        ledger,
        transfers=(letter,),
        remittances=(handed,),
        elections=(HeldElection(election, candidates, ()),),
        development=ways,
        documents=(document,),
        document_items=(asked,),
        registers=(own_register(people[0].id),),
        schemes=(own_scheme(),),
        minutes=(replace(held, votes=(*held.votes, vote)), *ledger.minutes[1:]),
    )


def own_register(person: int) -> Register:
    """A register with a column of every kind, in which long words stand."""
    kinds = [kind for kind in ColumnKind if kind not in (ColumnKind.MEETING, ColumnKind.TASK, ColumnKind.DOCUMENT)]
    parts = {0: ColumnPart.SUBJECT, 2: ColumnPart.DAY}
    columns = tuple(
        RegisterColumn(
            id=at + 1,
            register=1,
            label=f"{kind.value}栏",
            kind=kind,
            part=parts.get(at),
            unit="小时" * (kind is ColumnKind.NUMBER),
        )
        for at, kind in enumerate(kinds)
    )
    values = {
        ColumnKind.DAY: date(2026, 3, 2),
        ColumnKind.NUMBER: "2.5",
        ColumnKind.AMOUNT: 123_45,
        ColumnKind.YES_NO: True,
        ColumnKind.MEMBER: person,
    }
    told = {column.field: values.get(column.kind, "无断句" * 40) for column in columns}
    row = row_kind(columns)(**{"id": 1, "register": 1, "title": "", "dated_on": None} | told)
    return Register(SpecialRegister(id=1, title="自建台账"), columns, (), (row,))


def own_scheme() -> Scheme:
    """A checklist with a self-check in which long words stand, and an item that was not scored."""
    items = tuple(
        ChecklistItem(id=n, checklist=1, position=n, dimension="无断句" * 9, label="无断句" * 40, full=100)
        for n in (1, 2)
    )
    score = SelfCheckScore(
        id=1, self_check=1, item=1, score=5, proposed=100, reason="无断句" * 40, gap="W" * 90, evidence="<b>&</b>" * 20
    )
    check = SelfCheck(id=1, checklist=1, year=2026, period="2026-Q1", checked_on=date(2026, 3, 31), opinion="长" * 300)
    told = Checklist(id=1, title="长" * 60, source="依据" * 40, passing=90, share=30)
    return Scheme(told, items, (Scored(check, {1: score}),))


def way(
    id: int,
    name: str,
    last: int,
    *,
    meeting: int | None = None,
    held_on: date | None = None,
    outcome: Outcome = Outcome.PASSED,
) -> Development:
    """Somebody who has done every step up to the last, a month apart, that one at a meeting."""
    applicant = Applicant(id=id, name=name, birth=partial("1990-03-11"), education="大学本科", department="办公室")
    days = [add_months(date(2024, 1, 5), number) for number in range(last)]
    days[-1] = held_on or days[-1]
    steps = {
        number: DevelopmentStep(id=number, applicant=id, step=number, done_on=day) for number, day in enumerate(days, 1)
    }
    months = 6 if outcome is Outcome.EXTENDED else None
    steps[last] = replace(steps[last], meeting=meeting, outcome=outcome, months=months)
    return Development(applicant, steps)
