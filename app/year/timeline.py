"""经历: everything about one member in order of time, each line with the record it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.dates import PartialDate, chinese
from app.life.attendance import AttendanceState
from app.money import yuan
from app.people.replay import FollowingStanding
from app.record import Record
from app.year.ledger import YearLedger


@dataclass(frozen=True)
class Moment:
    """One line of a member's story; `when` is in words, `order` sorts."""

    order: date
    when: str
    text: str
    record: Record


Line = tuple[date | PartialDate | None, str, Record]


def timeline(ledger: YearLedger, member: int) -> list[Moment]:
    """Everything that was recorded about a member, the latest first; talks and absences of the shown year only."""
    lines = [
        *_belonging(ledger, member),
        *_work_and_posts(ledger, member),
        *_circumstances(ledger, member),
        *_decisions(ledger, member),
        *_year(ledger, member),
        *_way(ledger, member),
    ]
    return sorted((_moment(*line) for line in lines), key=lambda moment: moment.order, reverse=True)


def _moment(day: date | PartialDate | None, text: str, record: Record) -> Moment:
    if day is None:
        return Moment(date.min, "台账建立前", text, record)
    if isinstance(day, PartialDate):
        return Moment(day.first, day.chinese(), text, record)
    return Moment(day, chinese(day), text, record)


def _noted(text: str, *details: str | None, mark: str = "：") -> str:
    detail = "，".join(part for part in details if part)
    return f"{text}{mark}{detail}" if detail else text


def _belonging(ledger: YearLedger, member: int) -> Iterator[Line]:
    for fact in ledger.roster.history(member):
        if isinstance(fact, FollowingStanding):
            continue  # its event is told
        yield fact.since, _noted(fact.status, fact.leaving, fact.note), fact
    for placement in ledger.roster.placements:
        if placement.member == member:
            name = ledger.group_names.get(placement.group or 0, "")
            yield placement.since, f"编入{name}" if name else "不编党小组", placement
    for moved in ledger.transfers:
        if moved.member == member:
            number = f"介绍信 {moved.number}" if moved.number else ""
            yield moved.moved_on, _noted(f"组织关系{moved.direction}", moved.place, number), moved


def _work_and_posts(ledger: YearLedger, member: int) -> Iterator[Line]:
    for work in ledger.roster.employments:
        if work.member == member:
            words = " ".join(part for part in (work.department, work.duty, work.position) if part)
            yield work.since, f"工作：{words}", work
    for post in ledger.posts:
        if post.member == member:
            yield post.since, f"任{post.title}", post
            if post.until:
                yield post.until, f"不再任{post.title}", post


def _circumstances(ledger: YearLedger, member: int) -> Iterator[Line]:
    for fact in ledger.roster.circumstances:
        if fact.member == member:
            until = f"至 {fact.until.chinese()}" if fact.until else ""
            yield fact.since, _noted(fact.kind, fact.detail, until), fact
    for care in ledger.cares:
        if care.member == member:
            yield care.given_on, _noted(care.kind, care.content), care


def _decisions(ledger: YearLedger, member: int) -> Iterator[Line]:
    for decision in ledger.dispositions:
        if decision.member == member:
            yield decision.decided_on, _noted(decision.kind, decision.reason), decision
    for honour in ledger.honours:
        if honour.member == member:
            yield honour.given_on, f"表彰：{honour.name}", honour
    for grade in ledger.appraisals:
        if grade.member == member:
            yield grade.decided_on or date(grade.year, 12, 31), f"{grade.year} 年民主评议：{grade.grade}", grade
    for basis in ledger.dues.bases:
        if basis.member == member:
            base = f"基数 {yuan(basis.base_fen)} 元" if basis.base_fen is not None else ""
            yield basis.since, _noted("党费核定", basis.category, base), basis


def _year(ledger: YearLedger, member: int) -> Iterator[Line]:
    for talk in ledger.talks:
        if member in (talk.talker, talk.partner):
            other = talk.partner if talk.talker == member else talk.talker
            yield talk.talked_on, f"与{ledger.roster[other].name}谈心谈话", talk
    for minutes in ledger.minutes:
        for row in minutes.with_state(AttendanceState.ABSENT):
            if row.member == member:
                yield minutes.meeting.held_on, _noted(f"缺席{minutes.title}", row.reason), minutes.meeting


def _way(ledger: YearLedger, member: int) -> Iterator[Line]:
    for way in ledger.development:
        if way.applicant.member == member:
            for number, step in way.steps.items():
                yield step.done_on, f"发展第 {number} 步 {ledger.rulebook.development.step(number).name}", step
