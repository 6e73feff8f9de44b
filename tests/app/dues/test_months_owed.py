"""Rows of unpaid months, the day a payment counts from, the cap, and what is typed over a refund."""

from __future__ import annotations

from datetime import date

import pytest

from app.branch.branch import Branch, the_branch, update_branch
from app.calendar import DayKind, Holiday
from app.checks.reminders import reminders
from app.dates import PartialDate
from app.dues.arrears import arrears
from app.dues.bases import DuesBasis, DuesCategory, assess, check_basis, set_basis
from app.dues.months import DuesYear, receive_month
from app.dues.pay import DEDUCTIONS
from app.dues.payments import Payment, PaymentKind, remove_payment
from app.dues.remittances import change_paid
from app.errors import Refused
from app.money import read_fen
from app.people.members import Member, MemberStatus, Standing, enrol
from app.record import Severity
from app.rules.rulebook import rulebook_of
from app.year.ledger import load_year
from app.year.standing import standing
from tests.app.dues.test_dues import EMPLOYED, RETIRED, RULES, dues_year
from tests.make import full, partial, roster


def months_owed(*spans: tuple[str, DuesCategory]) -> list[DuesBasis]:
    return [
        DuesBasis(id=n, member=1, since=PartialDate.parse(since), category=category, base_fen=400000, approval="批")
        for n, (since, category) in enumerate(spans, 1)
    ]


EXEMPT = DuesCategory.EXEMPT


@pytest.mark.parametrize(
    ("spans", "on", "streak", "level"),
    [
        ([("2026-01", EMPLOYED), ("2026-04", EXEMPT), ("2026-07", EMPLOYED)], date(2026, 10, 1), 3, "warning"),
        ([("2026-01", EMPLOYED), ("2026-08", EXEMPT), ("2026-09", EMPLOYED)], date(2026, 10, 1), 7, "alarm"),
        ([("2026-01", EMPLOYED), ("2026-06", EXEMPT), ("2026-07", EMPLOYED)], date(2026, 12, 1), 5, "warning"),
        ([("2026-01", EMPLOYED), ("2026-03", EXEMPT), ("2026-05", EMPLOYED)], date(2026, 7, 1), 2, ""),
    ],
)
def test_a_month_that_was_not_owed_ends_a_row_of_arrears(spans, on: date, streak: int, level: str) -> None:
    (item,) = arrears(dues_year(roster(full(1)), months_owed(*spans)), None, on)
    assert (item.streak, item.level) == (streak, level)


def test_months_elsewhere_end_a_row_of_arrears() -> None:
    left = Standing(id=2, member=1, since=partial("2026-04-08"), status=MemberStatus.TRANSFERRED)
    back = Standing(id=3, member=1, since=partial("2026-07-02"), status=MemberStatus.FULL)
    year = dues_year(roster(full(1), left, back), months_owed(("2026-01", EMPLOYED)))
    (item,) = arrears(year, None, date(2026, 10, 1))
    assert (item.streak, len(item.months)) == (3, 6)


def test_a_payment_counts_from_its_own_day_on() -> None:
    paid = [Payment(member=1, month=PartialDate(2026, m), amount_fen=4000, paid_on=date(2026, 5, 2)) for m in (1, 2, 3)]
    year = dues_year(roster(full(1)), months_owed(("2026-01", EMPLOYED)), paid)
    (item,) = arrears(year, None, date(2026, 4, 15))
    assert item.streak == 3
    assert arrears(year, None, date(2026, 5, 2))[0].months == ((2026, 4),)
    assert year.as_of(date(2026, 5, 1)).cell(1, 3).paid_fen == 0
    assert year.as_of(date(2026, 5, 2)) is year


@pytest.mark.parametrize(
    ("year", "base", "expected"),
    [(2010, "60000.00", 120000), (2016, "75000.00", 150000), (2017, "75000.00", 100000), (2026, "50000.01", 100000)],
)
def test_the_cap_begins_with_the_notice_of_2017(year: int, base: str, expected: int) -> None:
    assessed = assess(DuesBasis(member=1, category=EMPLOYED, base_fen=read_fen(base)), rulebook_of(year))
    assert assessed is not None and assessed.owed_fen == expected
    retired = assess(DuesBasis(member=1, category=RETIRED, base_fen=20_000_000), rulebook_of(year))
    assert retired is not None and retired.owed_fen == (200000 if year < 2017 else 100000)


@pytest.mark.parametrize("base", [None, 400000])
def test_nothing_a_month_asks_for_an_approval(base: int | None) -> None:
    nil = DuesBasis(member=1, category=EMPLOYED, base_fen=base, fixed_fen=0)
    assert [(p.field, p.severity) for p in check_basis(nil, RULES)] == [("approval", Severity.WARNING)]
    approved = DuesBasis(member=1, category=EMPLOYED, base_fen=base, fixed_fen=0, approval="上级批复")
    assert check_basis(approved, RULES) == []


@pytest.mark.parametrize("field", ["fixed_fen", "base_fen"])
def test_a_negative_amount_is_refused_beside_its_field(ledger, field: str) -> None:
    told = {"base_fen": 400000, field: -4000}
    with pytest.raises(Refused, match="负数"):
        set_basis(ledger, DuesBasis(member=1, **told), RULES)


def test_insurance_for_injury_and_birth_comes_off_the_base() -> None:
    assert {"工伤保险", "生育保险"} <= set(DEDUCTIONS)


def refunded(ledger) -> DuesYear:
    today, march = date(2026, 7, 16), PartialDate(2026, 3)
    who = enrol(ledger, Member(name="张一"), today, status=MemberStatus.FULL)
    set_basis(ledger, DuesBasis(member=who.id, base_fen=400000), RULES)
    ledger[Payment].save(Payment(member=who.id, month=march, amount_fen=4000, paid_on=date(2026, 3, 9)))
    refund = Payment(member=who.id, month=march, amount_fen=1500, kind=PaymentKind.REFUND, note="多交")
    ledger[Payment].save(refund)
    return load_year(ledger, 2026).dues


def test_an_amount_typed_over_a_refund_is_asked_and_becomes_a_payment_of_its_own(ledger) -> None:
    dues, today = refunded(ledger), date(2026, 7, 16)
    with pytest.raises(Refused, match=r"已收 40.00 元，退还或冲减 15.00 元，现有 25.00 元"):
        change_paid(ledger, dues, 1, 3, 4000, today)
    assert sorted(p.amount_fen for p in ledger[Payment].all()) == [1500, 4000]
    change_paid(ledger, dues, 1, 3, 4000, today, asked=True)
    assert sorted(p.amount_fen for p in ledger[Payment].all()) == [1500, 1500, 4000]
    assert sum(p.counted_fen for p in ledger[Payment].all()) == 4000


@pytest.mark.parametrize("amount", [0, 1000])
def test_less_than_is_left_after_a_refund_is_refused(ledger, amount: int) -> None:
    dues = refunded(ledger)
    with pytest.raises(Refused, match="退还或冲减"):
        change_paid(ledger, dues, 1, 3, amount, date(2026, 7, 16), asked=True)
    assert sum(p.counted_fen for p in ledger[Payment].all()) == 2500


def test_a_payment_with_a_refund_after_it_is_not_taken_back_alone(ledger) -> None:
    refunded(ledger)
    paid, back = sorted(ledger[Payment].all(), key=lambda p: -p.amount_fen)
    with pytest.raises(Refused, match="负数"):
        remove_payment(ledger, paid)
    remove_payment(ledger, back)
    remove_payment(ledger, paid)
    assert ledger[Payment].all() == []


# --- the first day of records ---------------------------------------------------------------------------


def begun(ledger, day: date) -> DuesYear:
    branch = the_branch(ledger)
    update_branch(ledger, Branch(**{**vars(branch), "records_since": day}))
    who = enrol(ledger, Member(name="张一"), date(2026, 11, 25), status=MemberStatus.FULL)
    set_basis(ledger, DuesBasis(member=who.id, base_fen=400000), RULES)
    return load_year(ledger, 2026).dues


def test_months_before_the_first_day_of_records_are_not_owed_and_can_be_filled_in(ledger) -> None:
    today = date(2026, 11, 25)
    dues = begun(ledger, date(2026, 9, 15))
    assert [cell.owed_fen for cell in dues.rows[1]] == [None] * 8 + [4000] * 4
    assert "未用本台账记录" in dues.cell(1, 3).reason and dues.cell(1, 3).here
    (item,) = arrears(dues, None, today)
    assert item.months == ((2026, 9), (2026, 10)) and dues.arrears(1, today) == 2
    receive_month(ledger, dues, 3, today)
    now = load_year(ledger, 2026)
    assert (now.dues.cell(1, 3).paid_fen, now.dues.cell(1, 3).settled) == (4000, True)
    states = [duty.state.value for duty in standing(now, today) if duty.rule == "dues_collection"]
    assert states == ["before_records"] * 2 + ["done"] + ["before_records"] * 5 + ["missing"] * 2 + ["due", "upcoming"]


def test_the_due_day_is_the_same_wherever_it_is_shown(ledger) -> None:
    ledger[Holiday].save(Holiday(day=date(2026, 2, 10), kind=DayKind.OFF))
    begun(ledger, date(2026, 1, 1))
    year, today = load_year(ledger, 2026), date(2026, 5, 2)
    duties = [duty for duty in standing(year, today) if duty.rule == "dues_collection"]
    assert [duty.due_on for duty in duties] == [cell.due_on for cell in year.dues.rows[1]]
    assert (duties[1].due_on, duties[4].due_on) == (date(2026, 2, 11), date(2026, 5, 11))
    text = next(item for item in reminders(year, duties, today) if item.text.startswith("5月党费"))
    assert text.until == date(2026, 5, 11) and "党费日 5月11日" in text.detail


def test_a_month_paid_late_is_missing_as_of_a_day_before(ledger) -> None:
    begun(ledger, date(2026, 1, 1))
    paid = Payment(member=1, month=PartialDate(2026, 3), amount_fen=4000, paid_on=date(2026, 5, 2))
    ledger[Payment].save(paid)
    year = load_year(ledger, 2026)
    states = {
        day: [d.state.value for d in standing(year, day) if d.rule == "dues_collection"][2]
        for day in (date(2026, 4, 15), date(2026, 5, 1), date(2026, 5, 2))
    }
    assert list(states.values()) == ["missing", "missing", "done"]
