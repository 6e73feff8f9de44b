from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate
from app.dues import (
    DuesBasis,
    DuesCategory,
    DuesYear,
    Payment,
    PaymentKind,
    assess,
    check_basis,
    first_month,
    read_fen,
    receive_month,
    set_basis,
    set_paid,
    unpaid_streak,
    voluntary_kind,
    yuan,
)
from app.errors import Refused
from app.members import Member, MemberStatus, Standing, enrol
from app.roster import load_roster
from app.rulebook import rulebook_of
from tests.make import full, partial, probationary, roster

RULES = rulebook_of(2026)
EMPLOYED, RETIRED = DuesCategory.EMPLOYED, DuesCategory.RETIRED


def owed(category: DuesCategory, base: str) -> int:
    assessed = assess(DuesBasis(member=1, category=category, base_fen=read_fen(base)), RULES)
    assert assessed is not None
    return assessed.owed_fen


# The worked examples D1–D19 of the regulations' figures, in 分.
EXAMPLES = [
    ("D1", EMPLOYED, "3000.00", 1500),
    ("D2", EMPLOYED, "3000.01", 3000),
    ("D3", EMPLOYED, "2999.99", 1500),
    ("D4", EMPLOYED, "5000.00", 5000),
    ("D5", EMPLOYED, "5000.01", 7500),
    ("D6", EMPLOYED, "10000.00", 15000),
    ("D7", EMPLOYED, "10000.01", 20000),
    ("D8", EMPLOYED, "3456.78", 3457),
    ("D9", EMPLOYED, "4567.89", 4568),
    ("D10", EMPLOYED, "8765.43", 13148),
    ("D11", EMPLOYED, "12345.67", 24691),
    ("D12", EMPLOYED, "1.00", 1),
    ("D13", EMPLOYED, "50000.00", 100000),
    ("D14", EMPLOYED, "66666.66", 100000),
    ("D15", RETIRED, "5000.00", 2500),
    ("D16", RETIRED, "5000.01", 5000),
    ("D17", RETIRED, "10000.01", 10000),
    ("D20", EMPLOYED, "4416.00", 4416),
]


@pytest.mark.parametrize(("name", "category", "base", "expected"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_whole_base_takes_one_rate(name: str, category: DuesCategory, base: str, expected: int) -> None:
    assert owed(category, base) == expected, name


def test_cap_is_told_and_only_above_it() -> None:
    at_cap = assess(DuesBasis(member=1, category=EMPLOYED, base_fen=5_000_000), RULES)
    above = assess(DuesBasis(member=1, category=EMPLOYED, base_fen=6_666_666), RULES)
    assert at_cap is not None and not at_cap.capped
    assert above is not None and above.capped and "上限 1,000.00 元" in above.reason


@pytest.mark.parametrize("category", [DuesCategory.STUDENT, DuesCategory.RELIEF, DuesCategory.UNEMPLOYED])
def test_fixed_amount_of_20_fen_d18(category: DuesCategory) -> None:
    assessed = assess(DuesBasis(member=1, category=category), RULES)
    assert assessed is not None and assessed.owed_fen * 12 == 240


def test_farmer_standard_only_within_its_range_d19() -> None:
    good = DuesBasis(member=1, category=DuesCategory.FARMER, fixed_fen=50)
    high = DuesBasis(member=1, category=DuesCategory.FARMER, fixed_fen=120)
    assert check_basis(good, RULES) == []
    assert [problem.field for problem in check_basis(high, RULES)] == ["fixed_fen"]


def dues_year(who, bases, payments=()) -> DuesYear:
    return DuesYear(2026, who, tuple(bases), tuple(payments), RULES, dues_day=10)


def test_probationary_member_pays_from_the_month_of_the_meeting_d21() -> None:
    basis = DuesBasis(member=1, since=PartialDate(2026, 3), category=EMPLOYED, base_fen=400000)
    year = dues_year(roster(probationary(1, "2026-03-15")), [basis])
    assert [cell.owed_fen for cell in year.rows[1]] == [None, None] + [4000] * 10
    assert sum(cell.owed_fen or 0 for cell in year.rows[1]) == 40000
    assert first_month([probationary(1, "2026-03-15")]) == PartialDate(2026, 3)


def test_retirement_in_july_d22() -> None:
    bases = [
        DuesBasis(id=1, member=1, since=PartialDate(2026, 1), category=EMPLOYED, base_fen=600000),
        DuesBasis(id=2, member=1, since=PartialDate(2026, 7), category=RETIRED, base_fen=420000),
    ]
    year = dues_year(roster(full(1)), bases)
    assert sum(cell.owed_fen or 0 for cell in year.rows[1]) == 66600


def test_new_branch_collects_from_the_month_after_the_letter_d23() -> None:
    basis = DuesBasis(member=1, category=EMPLOYED, base_fen=400000)
    came = dues_year(roster(full(1, "2026-06-08")), [basis])
    assert [cell.month for cell in came.rows[1] if cell.owed_fen] == [6, 7, 8, 9, 10, 11, 12]
    left = Standing(id=2, member=1, since=partial("2026-06-08"), status=MemberStatus.TRANSFERRED)
    gone = dues_year(roster(full(1), left), [basis])
    assert [cell.month for cell in gone.rows[1] if cell.owed_fen] == [1, 2, 3, 4, 5]


def test_running_month_is_unpaid_only_once_it_is_over_d24() -> None:
    assert unpaid_streak(date(2026, 1, 31), date(2026, 8, 1)) == 6
    assert unpaid_streak(date(2026, 1, 31), date(2026, 7, 31)) == 5
    basis = DuesBasis(member=1, category=EMPLOYED, base_fen=400000)
    paid = Payment(member=1, month=PartialDate(2026, 1), amount_fen=4000)
    year = dues_year(roster(full(1)), [basis], [paid])
    assert year.arrears(1, date(2026, 8, 1)) == 6
    assert year.arrears(1, date(2026, 7, 31)) == 5
    assert (RULES.collection.warn_months, RULES.collection.alarm_months) == (3, 6)


def test_large_dues_begin_at_a_thousand_yuan_d25() -> None:
    assert voluntary_kind(99999, RULES) is PaymentKind.EXTRA
    assert voluntary_kind(100000, RULES) is PaymentKind.LARGE


def test_a_quarter_paid_in_march_settles_each_month_d26() -> None:
    basis = DuesBasis(member=1, category=EMPLOYED, base_fen=400000)
    payments = [
        Payment(member=1, month=PartialDate(2026, m), amount_fen=4000, paid_on=date(2026, 3, 10), method="季交")
        for m in (1, 2, 3)
    ]
    year = dues_year(roster(full(1)), [basis], payments)
    assert [cell.settled for cell in year.rows[1][:4]] == [True, True, True, False]


def test_large_payment_stays_outside_the_month_grid() -> None:
    basis = DuesBasis(member=1, category=EMPLOYED, base_fen=400000)
    large = Payment(member=1, month=PartialDate(2026, 1), amount_fen=200000, kind=PaymentKind.LARGE)
    assert dues_year(roster(full(1)), [basis], [large]).totals(1) == (4000, 0)


@given(st.integers(0, 10**9))
def test_dues_never_exceed_the_cap_and_equal_exact_arithmetic(base: int) -> None:
    assessed = assess(DuesBasis(member=1, category=EMPLOYED, base_fen=base), RULES)
    assert assessed is not None
    rate = 5 if base <= 300000 else 10 if base <= 500000 else 15 if base <= 1000000 else 20
    exact, rest = divmod(base * rate, 1000)
    assert assessed.owed_fen == min(100000, exact + (rest >= 500))


@given(st.integers(0, 10**11 - 1))
def test_amounts_are_read_as_they_are_written(fen: int) -> None:
    assert read_fen(yuan(fen)) == fen


@pytest.mark.parametrize("text", ["", "abc", "-1", "1.234", "1e5", "１２", "1.2.3", "99999999999"])
def test_what_is_no_amount_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match=r"不是金额|多于两位小数|太大"):
        read_fen(text)


def test_a_month_is_collected_at_once_and_set_cell_by_cell(ledger) -> None:
    today = date(2026, 7, 16)
    for name in ("张一", "李二"):
        person = enrol(ledger, Member(name=name), today, status=MemberStatus.FULL)
        set_basis(ledger, DuesBasis(member=person.id, base_fen=400000), RULES)
    from app.ledger import load_year

    made = receive_month(ledger, load_year(ledger, 2026).dues, 7, today)
    assert [payment.amount_fen for payment in made] == [4000, 4000]
    assert receive_month(ledger, load_year(ledger, 2026).dues, 7, today) == []
    set_paid(ledger, 1, PartialDate(2026, 7), 0, today)
    set_paid(ledger, 2, PartialDate(2026, 7), 3500, today)
    assert load_year(ledger, 2026).dues.totals(7) == (8000, 3500)


def test_a_missing_base_is_refused_beside_its_field(ledger) -> None:
    person = enrol(ledger, Member(name="张一"), date(2026, 1, 1), status=MemberStatus.FULL)
    with pytest.raises(Refused, match="月收入基数"):
        set_basis(ledger, DuesBasis(member=person.id), RULES)
    assert load_roster(ledger).members == (person,)
