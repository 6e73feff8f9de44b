"""Whatever is recorded: in a sealed year it is changed only with a reason, and the year's digest tells."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from enum import StrEnum
from typing import Any

import pytest

from app.attachments import Attachment, Owner
from app.branch.branch import Branch
from app.checks.explanation import Explanation
from app.dates import PartialDate
from app.development.recording import record_step, save_applicant
from app.development.steps import Applicant, DevelopmentStep
from app.errors import Refused
from app.life.elections import Candidate
from app.life.meetings import Meeting
from app.life.talks import Talk
from app.people.members import Member
from app.people.posts import Post, PostTitle, save_post
from app.record import Record, entries, kinds, whole_of
from app.rules.rulebook import rulebook_of
from app.wording import in_words, names_of
from app.year.seal import belongs, corrections, seal_year, year_digest
from db.tables import TABLES

TODAY = date(2026, 7, 16)
YEAR = 2025
DATED = [kind for kind in TABLES if not kind.timeless and whole_of(kind) is None]
PARTS = [kind for kind in TABLES if whole_of(kind) is not None and not kind.timeless and kind.__name__ != "ExtraValue"]


def answers(kind: type[Record]) -> bool:
    return kind.timeless or kind.spans is not None or any(item.tells_year or item.part for item in entries(kind))


def test_every_kind_says_what_it_is_called_and_to_which_year_it_belongs() -> None:
    assert set(TABLES) <= set(kinds())
    for kind in TABLES:
        assert re.search(r"[\u4e00-\u9fff]", kind.called), kind
        assert answers(kind), f"{kind.__name__} tells no year, is no part, and is not timeless"
        assert any(item.titles for item in entries(kind)), kind
        assert all(item.of is None or item.of in TABLES for item in entries(kind))


def value_of(item: Any, ledger: Any) -> Any:
    """Something a field may hold, in the year that is sealed."""
    whose = item.of
    if whose is not None:
        return saved(whose, ledger).id
    if item.of_owner:
        return saved(Meeting, ledger).id
    if issubclass(item.type, StrEnum):
        return next(iter(item.type))
    plain = {date: date(YEAR, 6, 1), PartialDate: PartialDate(YEAR, 6), time: time(9, 0), str: "甲", bool: False}
    if item.type in plain:
        return plain[item.type]
    return YEAR if item.tells_year or "year" in item.name else 1


def saved(kind: type[Record], ledger: Any) -> Record:
    if kind is Branch:
        return ledger[Branch].all()[0]
    known = ledger[kind].all()
    if known and kind is not Attachment:
        return known[0]
    values = {}
    for item in entries(kind):
        needed = item.required or item.tells_year or item.part or (kind.spans and item.name == kind.spans[0])
        if needed or item.type is str:
            values[item.name] = value_of(item, ledger)
    if kind is Attachment:
        values |= {"owner": Owner.MEETING, "size": 1}
    if kind is Explanation:
        values |= {"owner": Meeting.called}
    if kind is Talk:
        values |= {"partner": ledger[Member].save(Member(name="李二")).id}
    return ledger[kind].save(kind(**values))


def changed(record: Record) -> Record:
    """The record with another text, number or choice in one of its fields, still in the same year."""
    for item in entries(type(record)):
        places_it = item.tells_year or item.part or item.name in ("owner", *(type(record).spans or ()))
        if places_it or item.of is not None:
            continue
        value = getattr(record, item.name)
        if item.type is str:
            return replace(record, **{item.name: f"{value}改"})
        if item.type is int and item.name != "step":
            return replace(record, **{item.name: (value or 0) + 1})
        if issubclass(item.type, StrEnum):
            return replace(record, **{item.name: list(item.type)[1]})
    item = next(item for item in entries(type(record)) if item.tells_year)
    if item.type is PartialDate:
        return replace(record, **{item.name: PartialDate(YEAR, 7)})
    raise AssertionError(f"{type(record).__name__} has nothing to change")


@pytest.mark.parametrize("kind", [*DATED, *PARTS], ids=lambda kind: kind.__name__)
def test_a_change_in_a_sealed_year_asks_for_a_reason_and_alters_the_digest(ledger, kind) -> None:
    record = saved(kind, ledger)
    seal = seal_year(ledger, YEAR, TODAY)
    with pytest.raises(Refused, match="2025 年已经归档"):
        ledger[kind].save(changed(record))
    assert ledger[kind].get(record.id) == record
    ledger.reason_for = lambda years: "核对原件"
    rows = year_rows(ledger)
    ledger[kind].save(changed(record))
    assert year_rows(ledger) != rows
    head = ledger.history.head()[0]
    assert year_digest(ledger.history, YEAR, head) != seal.digest
    assert [item.reason for item in corrections(ledger, seal)] == ["核对原件"]
    with pytest.raises(Refused):
        ledger.reason_for = lambda years: (_ for _ in ()).throw(Refused("没有写原因"))
        ledger[kind].remove(record.id)


def year_rows(ledger) -> list[Record]:
    """The records that the year's digest is made of, as they stand."""

    def wholes(kind: type[Record], record: int):
        return [vars(found) for found in ledger[kind].all(id=record)]

    return [record for kind in TABLES for record in ledger[kind].all() if belongs(kind, vars(record), YEAR, wholes)]


def test_votes_of_a_candidate_belong_to_the_year_of_the_election(ledger) -> None:
    candidate = saved(Candidate, ledger)
    seal_year(ledger, YEAR, TODAY)
    with pytest.raises(Refused, match="2025 年已经归档"):
        ledger[Candidate].save(replace(candidate, in_favour=12))


def test_a_post_given_up_after_the_sealed_year_asks_for_nothing(ledger) -> None:
    member = ledger[Member].save(Member(name="张一"))
    post = save_post(ledger, Post(member=member.id, title=PostTitle.SECRETARY, since=date(2023, 5, 1)))
    seal_year(ledger, YEAR, TODAY)
    save_post(ledger, replace(post, until=date(2026, 3, 1)))
    with pytest.raises(Refused, match="2025"):
        save_post(ledger, replace(post, until=date(2025, 3, 1)))


def test_a_step_entered_late_is_an_addition_and_not_a_correction(ledger) -> None:
    applicant = save_applicant(ledger, Applicant(name="赵七"), TODAY)
    seal = seal_year(ledger, YEAR, TODAY)
    ledger.reason_for = lambda years: "补登"
    step = DevelopmentStep(applicant=applicant.id, step=1, done_on=date(2025, 3, 1))
    record_step(ledger, step, rulebook_of(YEAR).development, TODAY)
    assert [item.kind for item in corrections(ledger, seal)] == ["补录"]
    again = ledger[DevelopmentStep].all()[0]
    record_step(ledger, replace(again, done_on=date(2025, 3, 2)), rulebook_of(YEAR).development, TODAY)
    assert [item.kind for item in corrections(ledger, seal)] == ["补录", "更正"]


def test_the_history_names_whom_a_number_means(ledger) -> None:
    applicant = save_applicant(ledger, Applicant(name="赵七"), TODAY, date(2026, 3, 1))
    names = names_of(ledger, ledger.history)
    action = ledger.history.action(ledger.history.head()[0])
    told = [in_words(change, names) for change in action.changes]
    assert "新增发展党员步骤：赵七 1 2026-03-01" in [line.about for line in told]
    assert ("入党申请人", "", "赵七") in [field for line in told for field in line.fields]
    ledger[Applicant].remove(applicant.id)
    gone = ledger.history.action(ledger.history.head()[0])
    assert any("赵七" in in_words(change, names_of(ledger, ledger.history)).about for change in gone.changes)
