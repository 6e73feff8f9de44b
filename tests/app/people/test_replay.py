"""Who was what on any day equals a replay of the facts in force; a fact that is deleted gives back what it replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dates import PartialDate
from app.dues.months import load_dues
from app.dues.payments import Payment, PaymentKind, set_paid
from app.people.care import party_years
from app.people.dispositions import ENDING, Disposition, DispositionKind, remove_disposition, save_disposition
from app.people.members import IN_BRANCH, Member, MemberStatus, Restriction, Standing, change_status, enrol, remove_fact
from app.people.roster import Roster, load_roster
from app.people.transfers import Direction, Transfer, remove_transfer, save_transfer
from app.rules.rulebook import rulebook_of
from tests.make import partial

TODAY = date(2026, 7, 16)
RULE = rulebook_of(2026).people
FULL, PROBATIONARY, GONE = MemberStatus.FULL, MemberStatus.PROBATIONARY, MemberStatus.TRANSFERRED
IN, OUT = Direction.IN, Direction.OUT
DAYS = [date(2019, 12, 31) + timedelta(days=61 * n) for n in range(42)]


def moved(member: int, direction: Direction, day: date) -> Transfer:
    return Transfer(member=member, direction=direction, moved_on=day, place="乙支部")


def told(roster: Roster, member: int) -> list[tuple[MemberStatus | None, Restriction]]:
    return [(roster.status(member, day), roster.restriction(member, day)) for day in DAYS]


# --- transfers ------------------------------------------------------------------------------------------


def test_a_full_member_whose_day_of_confirmation_is_not_known_stays_full_by_a_transfer(ledger) -> None:
    who = enrol(ledger, Member(name="甲一", joined=partial("2001-07-01")), TODAY, status=FULL)
    save_transfer(ledger, moved(who.id, IN, date(2024, 5, 1)), RULE)
    roster = load_roster(ledger)
    assert roster.status(who.id, date(2024, 4, 30)) is None
    assert roster.status(who.id, date(2024, 5, 1)) is FULL


def test_a_transfer_taken_back_leaves_the_standings_of_long_ago(ledger) -> None:
    who = enrol(
        ledger, Member(name="甲一", joined=partial("2001-07-01"), confirmed=partial("2002-07-01")), TODAY, status=FULL
    )
    before = [(str(f.since), f.status) for f in load_roster(ledger).history(who.id)]
    saved = save_transfer(ledger, moved(who.id, IN, date(2024, 5, 1)), RULE)
    saved = save_transfer(ledger, replace(saved, moved_on=date(2025, 5, 1)), RULE)
    remove_transfer(ledger, saved)
    assert [(str(f.since), f.status) for f in load_roster(ledger).history(who.id)] == before
    assert before == [("2001-07-01", PROBATIONARY), ("2002-07-01", FULL)]


def test_a_transfer_entered_late_leaves_later_facts_whole(ledger) -> None:
    who = enrol(ledger, Member(name="甲一", joined=partial("2020-03-01")), TODAY, status=PROBATIONARY)
    change_status(ledger, who.id, partial("2021-03-01"), FULL)
    save_transfer(ledger, moved(who.id, OUT, date(2024, 1, 1)), RULE)
    save_transfer(ledger, moved(who.id, IN, date(2020, 6, 1)), RULE)
    roster = load_roster(ledger)
    days = {"2020-05-01": None, "2020-07-01": PROBATIONARY, "2021-04-01": FULL, "2024-02-01": GONE}
    assert {day: roster.status(who.id, date.fromisoformat(day)) for day in days} == days


def test_somebody_confirmed_elsewhere_comes_back_as_a_full_member(ledger) -> None:
    who = enrol(ledger, Member(name="甲一", joined=partial("2020-03-01")), TODAY, status=PROBATIONARY)
    save_transfer(ledger, moved(who.id, OUT, date(2020, 9, 1)), RULE)
    change_status(ledger, who.id, partial("2021-03-01"), FULL)
    save_transfer(ledger, moved(who.id, IN, date(2022, 1, 1)), RULE)
    roster = load_roster(ledger)
    days = {"2020-08-31": PROBATIONARY, "2021-06-01": GONE, "2022-01-01": FULL}
    assert {day: roster.status(who.id, date.fromisoformat(day)) for day in days} == days


def test_dues_are_owed_from_the_transfer_and_never_from_a_made_up_day(ledger) -> None:
    who = enrol(ledger, Member(name="甲一", joined=partial("2001-07-01")), TODAY, status=FULL)
    save_transfer(ledger, moved(who.id, IN, date(2026, 5, 10)), RULE)
    roster = load_roster(ledger)
    dues = load_dues(ledger, 2026, roster, rulebook_of(2026), 10)
    assert [dues.owes(who.id, month) for month in range(1, 13)] == [False] * 4 + [True] * 8


def test_what_an_earlier_program_stored_beside_a_transfer_is_that_transfer(ledger) -> None:
    who = enrol(ledger, Member(name="甲一"), TODAY, status=FULL)
    saved = save_transfer(ledger, moved(who.id, OUT, date(2024, 5, 1)), RULE)
    stored = Standing(member=who.id, since=partial("2024-05-01"), status=GONE, note="转出：乙支部")
    ledger[Standing].save(stored)
    assert [fact.status for fact in load_roster(ledger).history(who.id)] == [FULL, GONE]
    remove_transfer(ledger, saved)
    assert load_roster(ledger).status(who.id, TODAY) is FULL


# --- dispositions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(ENDING))
def test_who_is_removed_leaves_with_the_approval_and_is_back_when_it_was_a_mistake(
    ledger, kind: DispositionKind
) -> None:
    who = enrol(ledger, Member(name="甲一"), TODAY, status=FULL)
    decided = Disposition(member=who.id, kind=kind, decided_on=date(2025, 3, 1))
    saved = save_disposition(ledger, decided, RULE)
    assert load_roster(ledger).status(who.id, TODAY) is FULL
    saved = save_disposition(ledger, replace(saved, approved_on=date(2025, 4, 1)), RULE)
    roster = load_roster(ledger)
    assert (roster.status(who.id, date(2025, 3, 31)), roster.status(who.id, date(2025, 4, 1))) == (
        FULL,
        MemberStatus.EXPELLED,
    )
    remove_disposition(ledger, saved)
    assert load_roster(ledger).status(who.id, TODAY) is FULL


# --- 党龄 and dues --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joined", "confirmed", "years"),
    [
        ("1970-05-12", None, 56),
        ("1977-08-18", None, 48),
        ("1969-04-01", None, 57),
        ("1977-08-19", None, None),
        ("1969-03-31", None, None),
        ("1975-05-12", "1976-05-12", 50),
        ("2001-07-01", "2002-07-01", 24),
    ],
)
def test_who_joined_without_probation_has_a_party_age(joined: str, confirmed: str | None, years: int | None) -> None:
    who = Member(name="甲一", joined=partial(joined), confirmed=partial(confirmed) if confirmed else None)
    assert party_years(who, date(2026, 7, 1)) == years


def test_a_refund_and_a_retyped_amount_agree(ledger) -> None:
    who = enrol(ledger, Member(name="甲一"), TODAY, status=FULL)
    month, table = PartialDate(2026, 3), ledger[Payment]
    paid_on = date(2026, 3, 9)
    table.save(Payment(member=who.id, month=month, amount_fen=5000, paid_on=paid_on, method="转账"))
    table.save(Payment(member=who.id, month=month, amount_fen=2000, kind=PaymentKind.REFUND, note="多交"))
    set_paid(ledger, who.id, month, 3000, TODAY)
    assert [(p.amount_fen, p.paid_on) for p in table.all(kind=PaymentKind.ORDINARY)] == [(5000, paid_on)]
    set_paid(ledger, who.id, month, 3500, TODAY)
    (kept,) = table.all(kind=PaymentKind.ORDINARY)
    assert (kept.amount_fen, kept.paid_on, kept.method) == (5500, paid_on, "转账")
    assert sum(item.counted_fen for item in table.all()) == 3500
    set_paid(ledger, who.id, month, 0, TODAY)
    assert sum(item.counted_fen for item in table.all()) == 0


# --- any sequence ---------------------------------------------------------------------------------------

day = st.dates(date(2020, 1, 1), date(2026, 7, 1))
standing = st.tuples(st.just("standing"), day, st.sampled_from([PROBATIONARY, FULL, MemberStatus.SUSPENDED]))
transfer = st.tuples(st.just("transfer"), day, st.sampled_from([IN, OUT]))
disposition = st.tuples(
    st.just("disposition"),
    day,
    st.sampled_from([DispositionKind.EXPELLED, DispositionKind.REMOVED, DispositionKind.PARTY_PROBATION]),
)
fact = st.one_of(standing, transfer, disposition)


def enter(ledger, member: int, item: tuple) -> Standing | Transfer | Disposition:
    kind, when, what = item
    if kind == "standing":
        saved = ledger[Standing].save(Standing(member=member, since=PartialDate.of(when), status=what))
        assert isinstance(saved, Standing)
        return saved
    if kind == "transfer":
        return save_transfer(ledger, moved(member, what, when), RULE)
    months = 12 if what is DispositionKind.PARTY_PROBATION else None
    given = Disposition(member=member, kind=what, decided_on=when, approved_on=when + timedelta(days=20), months=months)
    return save_disposition(ledger, given, RULE)


def take_away(ledger, record: Standing | Transfer | Disposition) -> None:
    if isinstance(record, Standing):
        remove_fact(ledger, record)
    elif isinstance(record, Transfer):
        remove_transfer(ledger, record)
    else:
        remove_disposition(ledger, record)


def replayed(items: Sequence[tuple], asked: date) -> MemberStatus | None:
    """What somebody is on a day, told apart from the code: from the last movement before it and the next one after."""
    own = [(when, number, what) for number, (kind, when, what) in enumerate(items) if kind == "standing"]
    ended = [when + timedelta(days=20) for kind, when, what in items if kind == "disposition" and what in ENDING]
    moves = sorted((when, number, what) for number, (kind, when, what) in enumerate(items) if kind == "transfer")
    before = [move for move in moves if move[0] <= asked]
    after = [move for move in moves if move[0] > asked]

    def party(limit: date, first: date = date.min) -> MemberStatus | None:
        facts = [(when, 0, number, what) for when, number, what in own if first <= when <= limit]
        facts += [(when, 1, 0, MemberStatus.EXPELLED) for when in ended if first <= when <= limit]
        return max(facts)[3] if facts else None

    if not before:
        status = party(asked)
        return None if after and after[0][2] is IN and status in IN_BRANCH else status
    last = before[-1]
    if last[2] is IN:
        return party(asked)
    returned = party(asked, last[0])
    if returned in IN_BRANCH and after and after[0][2] is IN:
        returned = None  # that happened elsewhere
    return returned or GONE


@settings(max_examples=80)
@given(st.lists(fact, max_size=6, unique_by=lambda item: item[1]))
def test_the_roster_of_any_day_is_a_replay_of_the_facts(ledger, items: list[tuple]) -> None:
    who = ledger[Member].save(Member(name="甲一"))
    first = ("standing", date(2019, 1, 1), FULL)
    for item in (first, *items):
        enter(ledger, who.id, item)
    roster = load_roster(ledger)
    known = [first, *items]
    if not _plain(known):
        return
    assert {d: roster.status(who.id, d) for d in DAYS} == {d: replayed(known, d) for d in DAYS}


def _plain(items: Sequence[tuple]) -> bool:
    """Whether the oracle knows: no status that is none of the branch entered while away."""
    return not any(kind == "standing" and what not in IN_BRANCH for kind, _, what in items) and not any(
        what in ENDING for kind, _, what in items if kind == "disposition" and any(k == "transfer" for k, *_ in items)
    )


@settings(max_examples=60)
@given(st.lists(fact, max_size=5, unique_by=lambda item: item[1]), fact)
def test_a_deleted_fact_gives_back_exactly_what_it_replaced(ledger, items: list[tuple], extra: tuple) -> None:
    who = enrol(ledger, Member(name="甲一", joined=partial("2019-01-01")), TODAY, status=FULL)
    for item in items:
        enter(ledger, who.id, item)
    before = told(load_roster(ledger), who.id)
    record = enter(ledger, who.id, extra)
    within = told(load_roster(ledger), who.id)
    take_away(ledger, record)
    assert told(load_roster(ledger), who.id) == before
    ledger.history.undo()
    assert told(load_roster(ledger), who.id) == within


@settings(max_examples=60)
@given(st.lists(fact, min_size=2, max_size=5, unique_by=lambda item: item[1]), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_entered_does_not_matter(ledger, items: list[tuple], chance) -> None:
    results = []
    for _ in range(2):
        who = enrol(ledger, Member(name="甲一", joined=partial("2019-01-01")), TODAY, status=FULL)
        for item in items:
            enter(ledger, who.id, item)
        results.append(told(load_roster(ledger), who.id))
        chance.shuffle(items)
    assert results[0] == results[1]
