"""An extension of probation is an event of its own, and a step taken back gives back what it replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.calendar import WorkCalendar
from app.development.checks import findings, next_step
from app.development.recording import record_step, save_applicant, take_back_step
from app.development.steps import (
    ADMITTED,
    CONFIRM_MEETING,
    CONFIRMED,
    Applicant,
    DevelopmentStep,
    Outcome,
    load_development,
)
from app.people.members import Member, MemberStatus
from app.people.roster import load_roster
from app.rules.rulebook import rulebook_of
from tests.app.development.test_development import step

RULE = rulebook_of(2026).development
CALENDAR = WorkCalendar({})
FAR = date(2030, 1, 1)


def led_to_confirmation(ledger, admitted: str, *meetings: DevelopmentStep, approved: str) -> Member:
    save_applicant(ledger, Applicant(name="甲申"), FAR, date(2020, 1, 5))
    record_step(ledger, step(ADMITTED, admitted), RULE, FAR)
    for meeting in meetings:
        record_step(ledger, meeting, RULE, FAR)
    record_step(ledger, step(CONFIRMED, approved), RULE, FAR)
    return ledger[Member].all()[0]


@pytest.mark.parametrize(
    ("admitted", "extended", "passed", "months", "confirmed"),
    [
        ("2024-03-15", "2025-03-15", "2025-09-15", 6, "2025-09-15"),
        ("2024-05-20", "2025-05-22", "2025-11-22", 6, "2025-11-20"),
        ("2024-02-29", "2025-02-28", "2025-08-29", 6, "2025-08-29"),
        ("2024-01-10", "2025-01-10", "2026-01-12", 12, "2026-01-10"),
    ],
)
def test_a_member_is_full_from_the_end_of_the_extension(ledger, admitted, extended, passed, months, confirmed) -> None:
    extension = step(CONFIRM_MEETING, extended, outcome=Outcome.EXTENDED, months=months)
    who = led_to_confirmation(ledger, admitted, extension, step(CONFIRM_MEETING, passed), approved="2026-03-01")
    assert str(who.confirmed) == confirmed
    roster_now, day = load_roster(ledger), date.fromisoformat(confirmed)
    assert roster_now.may_vote(who.id, day) and not roster_now.may_vote(who.id, day - timedelta(days=1))
    (way_now,) = load_development(ledger)
    assert [item.outcome for item in way_now.meetings] == [Outcome.EXTENDED, Outcome.PASSED]
    texts = [f.text for f in findings(way_now, RULE, roster_now, CALENDAR, FAR) if f.step == CONFIRM_MEETING]
    assert not any("不能提前" in text for text in texts)


def test_an_extension_alone_confirms_nobody(ledger) -> None:
    extension = step(CONFIRM_MEETING, "2025-03-15", outcome=Outcome.EXTENDED, months=6)
    who = led_to_confirmation(ledger, "2024-03-15", extension, approved="2025-04-10")
    assert who.confirmed is None
    assert load_roster(ledger).status(who.id, FAR) is MemberStatus.PROBATIONARY
    (way_now,) = load_development(ledger)
    coming = next_step(way_now, RULE, CALENDAR)
    assert coming is not None and (coming.step, coming.due_on) == (CONFIRM_MEETING, date(2025, 9, 15))


def test_a_second_extension_is_told(ledger) -> None:
    first = step(CONFIRM_MEETING, "2025-03-15", outcome=Outcome.EXTENDED, months=6)
    second = step(CONFIRM_MEETING, "2025-09-15", outcome=Outcome.EXTENDED, months=6)
    led_to_confirmation(ledger, "2024-03-15", first, second, approved="2025-10-01")
    (way_now,) = load_development(ledger)
    texts = [f.text for f in findings(way_now, RULE, load_roster(ledger), CALENDAR, FAR)]
    assert "预备期只能延长一次（第三十二条）" in texts


def test_a_corrected_extension_is_no_second_one(ledger) -> None:
    first = step(CONFIRM_MEETING, "2025-03-15", outcome=Outcome.EXTENDED, months=6)
    save_applicant(ledger, Applicant(name="甲申"), FAR, date(2020, 1, 5))
    record_step(ledger, step(ADMITTED, "2024-03-15"), RULE, FAR)
    saved = record_step(ledger, first, RULE, FAR)
    record_step(ledger, replace(saved, done_on=date(2025, 3, 20), months=12), RULE, FAR)
    (way_now,) = load_development(ledger)
    assert len(way_now.meetings) == 1 and way_now.extension == 12


def test_a_cancelled_probation_ends_with_the_approval(ledger) -> None:
    cancelled = step(CONFIRM_MEETING, "2025-03-15", outcome=Outcome.CANCELLED)
    save_applicant(ledger, Applicant(name="甲申"), FAR, date(2020, 1, 5))
    record_step(ledger, step(ADMITTED, "2024-03-15"), RULE, FAR)
    record_step(ledger, cancelled, RULE, FAR)
    who = ledger[Member].all()[0]
    assert load_roster(ledger).status(who.id, date(2025, 4, 1)) is MemberStatus.PROBATIONARY
    record_step(ledger, step(CONFIRMED, "2025-04-20"), RULE, FAR)
    now = load_roster(ledger)
    assert now.status(who.id, date(2025, 4, 19)) is MemberStatus.PROBATIONARY
    assert now.status(who.id, date(2025, 4, 20)) is MemberStatus.PROBATION_CANCELLED


def test_a_step_taken_back_gives_back_what_it_replaced(ledger) -> None:
    who = led_to_confirmation(ledger, "2024-03-15", step(CONFIRM_MEETING, "2025-03-16"), approved="2025-04-10")
    assert str(who.confirmed) == "2025-03-15"
    steps = {item.step: item for item in ledger[DevelopmentStep].all()}
    take_back_step(ledger, steps[CONFIRMED])
    assert ledger[Member].all()[0].confirmed is None
    assert load_roster(ledger).status(who.id, FAR) is MemberStatus.PROBATIONARY
    take_back_step(ledger, steps[CONFIRM_MEETING])
    take_back_step(ledger, steps[ADMITTED])
    assert ledger[Member].all() == [] and ledger[Applicant].all()[0].member is None
    ledger.history.undo()
    assert load_roster(ledger).status(who.id, FAR) is MemberStatus.PROBATIONARY


def test_a_corrected_admission_moves_the_confirmation_with_it(ledger) -> None:
    who = led_to_confirmation(ledger, "2024-03-15", step(CONFIRM_MEETING, "2025-03-25"), approved="2025-04-10")
    record_step(ledger, step(ADMITTED, "2024-03-20"), RULE, FAR)
    now = ledger[Member].get(who.id)
    assert (str(now.joined), str(now.confirmed)) == ("2024-03-20", "2025-03-20")
    history = [(str(fact.since), fact.status) for fact in load_roster(ledger).history(who.id)]
    assert history == [("2024-03-20", MemberStatus.PROBATIONARY), ("2025-03-20", MemberStatus.FULL)]
