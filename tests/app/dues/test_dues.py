from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import DayKind, Holiday, WorkCalendar
from app.dates import PartialDate
from app.dues.arrears import arrears
from app.dues.bases import DuesBasis, DuesCategory, assess, check_basis, set_basis
from app.dues.months import DuesYear, receive_month, receive_quarter
from app.dues.pay import GROSS, PayItem, base_of, fix_base, in_words, items_of
from app.dues.payments import Payment, PaymentKind, correct, set_paid, voluntary_kind
from app.dues.remittances import Remittance, balance, check_remittance, remit
from app.errors import Refused
from app.money import read_fen, yuan
from app.people.members import Member, MemberStatus, Standing, enrol
from app.people.roster import load_roster
from app.people.transfers import Direction, Transfer
from app.record import Severity
from app.rules.rulebook import rulebook_of
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
    basis = DuesBasis(member=1, category=EMPLOYED, base_fen=400000)
    paid = Payment(member=1, month=PartialDate(2026, 1), amount_fen=4000)
    year = dues_year(roster(full(1)), [basis], [paid])
    assert year.arrears(1, date(2026, 8, 1)) == 6
    assert year.arrears(1, date(2026, 7, 31)) == 5
    (alarm,) = arrears(year, None, date(2026, 8, 1))
    assert (alarm.streak, alarm.level, alarm.open_fen) == (6, "alarm", 6 * 4000)
    assert "2026年2月至2026年7月有 6 个月没有交清，共 240.00 元" in alarm.reason
    (warning,) = arrears(year, None, date(2026, 7, 31))
    assert (warning.streak, warning.level) == (5, "warning")
    # Two months are told, and are no warning yet.
    (told,) = arrears(year, None, date(2026, 4, 1))
    assert (told.streak, told.level) == (2, "")
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
    from app.year.ledger import load_year

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


def test_the_letter_decides_which_branch_collects_a_month_d23() -> None:
    basis = DuesBasis(member=1, category=EMPLOYED, base_fen=400000)

    def months(direction: Direction, moved: date, through: str, *facts: Standing) -> list[int]:
        letter = Transfer(
            member=1, direction=direction, moved_on=moved, place="乙支部", dues_through=PartialDate.parse(through)
        )
        year = DuesYear(2026, roster(*facts), (basis,), (), RULES, dues_day=10, transfers=(letter,))
        return [cell.month for cell in year.rows[1] if cell.owed_fen]

    came = full(1, "2026-06-20")
    assert months(Direction.IN, date(2026, 6, 20), "2026-05", came) == [6, 7, 8, 9, 10, 11, 12]
    assert months(Direction.IN, date(2026, 6, 20), "2026-06", came) == [7, 8, 9, 10, 11, 12]
    assert months(Direction.IN, date(2026, 6, 20), "2026-03", came) == [4, 5, 6, 7, 8, 9, 10, 11, 12]
    left = Standing(id=2, member=1, since=partial("2026-06-20"), status=MemberStatus.TRANSFERRED)
    assert months(Direction.OUT, date(2026, 6, 20), "2026-05", full(1), left) == [1, 2, 3, 4, 5]
    assert months(Direction.OUT, date(2026, 6, 20), "2026-08", full(1), left) == [1, 2, 3, 4, 5, 6, 7, 8]


@given(st.integers(1, 12), st.integers(1, 12))
def test_no_month_is_collected_by_two_branches_or_by_none(through: int, moved: int) -> None:
    """The old branch's months and the new one's make up the year, whatever the letter says."""
    basis = DuesBasis(member=1, category=EMPLOYED, base_fen=400000)
    day = date(2026, moved, 15)

    def months(direction: Direction, *facts: Standing) -> list[int]:
        letter = Transfer(
            member=1, direction=direction, moved_on=day, place="乙", dues_through=PartialDate(2026, through)
        )
        year = DuesYear(2026, roster(*facts), (basis,), (), RULES, dues_day=10, transfers=(letter,))
        return [cell.month for cell in year.rows.get(1, ()) if cell.owed_fen]

    left = Standing(id=2, member=1, since=PartialDate.of(day), status=MemberStatus.TRANSFERRED)
    old = months(Direction.OUT, full(1), left)
    new = months(Direction.IN, full(1, day.isoformat()))
    assert sorted(old + new) == list(range(1, 13))


def test_the_base_is_what_is_left_of_the_pay_d20(ledger) -> None:
    person = enrol(ledger, Member(name="张一"), date(2026, 1, 1), status=MemberStatus.FULL)
    taken = {
        "个人所得税": 6000,
        "养老保险": 64000,
        "医疗保险": 16000,
        "失业保险": 2000,
        "住房公积金": 98400,
        "职业年金（企业年金）": 32000,
        "住房、交通、通讯等改革性补贴": 10000,
        "奖励性绩效（不固定奖金）": 150000,
    }
    items = [PayItem(name=GROSS, amount_fen=820000)]
    items += [PayItem(name=name, amount_fen=fen, deducted=True) for name, fen in taken.items()]
    assert base_of(items) == 441600
    assert in_words(items).endswith("− 1,500.00（奖励性绩效（不固定奖金）） ＝ 4,416.00 元")
    basis = DuesBasis(member=person.id, since=PartialDate(2026, 1))
    saved = fix_base(ledger, basis, items, RULES)
    assert assess(saved, RULES).owed_fen == 4416
    assert [item.amount_fen for item in items_of(ledger, saved.id)] == [820000, *taken.values()]
    again = fix_base(ledger, basis, items[:2], RULES)
    assert (again.id, again.base_fen, len(items_of(ledger, saved.id))) == (saved.id, 814000, 2)
    with pytest.raises(Refused, match="扣除的比应发的还多"):
        base_of([PayItem(name=GROSS, amount_fen=1), PayItem(name="税", amount_fen=1, deducted=True)])


def test_a_reduction_needs_an_approval() -> None:
    def warned(**fields: object) -> list[str]:
        problems = check_basis(DuesBasis(member=1, **fields), RULES)
        return [p.field for p in problems if p.severity is Severity.WARNING]

    assert warned(category=DuesCategory.EXEMPT) == ["approval"]
    assert warned(category=DuesCategory.EXEMPT, approval="党委〔2026〕3号") == []
    assert warned(base_fen=400000, fixed_fen=1000) == ["approval"]
    assert warned(base_fen=400000, fixed_fen=5000) == []


def test_the_farmer_standard_has_a_range_d19() -> None:
    def errors(fen: int) -> list[str]:
        return [p.field for p in check_basis(DuesBasis(member=1, category=DuesCategory.FARMER, fixed_fen=fen), RULES)]

    assert errors(50) == []
    assert errors(120) == ["fixed_fen"]
    assert voluntary_kind(120, RULES) is PaymentKind.EXTRA


def test_a_refund_is_an_entry_of_its_own(ledger) -> None:
    from app.year.ledger import load_year

    today = date(2026, 7, 16)
    person = enrol(ledger, Member(name="张一"), today, status=MemberStatus.FULL)
    set_basis(ledger, DuesBasis(member=person.id, base_fen=400000), RULES)
    receive_month(ledger, load_year(ledger, 2026).dues, 7, today)
    month = PartialDate(2026, 7)
    refund = Payment(member=person.id, month=month, amount_fen=1000, paid_on=today, kind=PaymentKind.REFUND)
    roster_now = load_roster(ledger)
    with pytest.raises(Refused, match="写明原因"):
        correct(ledger, refund, roster_now, today, 4000)
    noted = Payment(**{**refund.__dict__, "note": "多交"})
    with pytest.raises(Refused, match=r"只交了 5\.00 元"):
        correct(ledger, noted, roster_now, today, 500)
    correct(ledger, noted, roster_now, today, 4000)
    assert load_year(ledger, 2026).dues.totals(7) == (4000, 3000)
    assert [p.amount_fen for p in ledger[Payment].all()] == [4000, 1000]


def test_arrears_go_back_into_the_year_before() -> None:
    basis = DuesBasis(member=1, category=EMPLOYED, base_fen=400000)
    paid = [Payment(member=1, month=PartialDate(2025, m), amount_fen=4000) for m in range(1, 11)]
    before = DuesYear(2025, roster(full(1)), (basis,), tuple(paid), RULES, dues_day=10)
    now = DuesYear(2026, roster(full(1)), (basis,), (), RULES, dues_day=10)
    (found,) = arrears(now, before, date(2026, 5, 1))
    assert (found.streak, found.level) == (6, "alarm")
    assert found.months[0] == (2025, 11)
    # A year in which nobody ever paid is one that this ledger does not keep.
    (alone,) = arrears(now, DuesYear(2025, roster(full(1)), (basis,), (), RULES, dues_day=10), date(2026, 5, 1))
    assert alone.streak == 4


def test_the_due_day_moves_off_a_holiday() -> None:
    calendar = WorkCalendar.of(
        [Holiday(day=date(2026, 10, d), kind=DayKind.OFF, name="国庆") for d in range(1, 8)]
        + [Holiday(day=date(2026, 10, 10), kind=DayKind.WORKED, name="调休")]
    )
    assert calendar.due_on(2026, 10, 1) == date(2026, 10, 8)
    assert calendar.due_on(2026, 10, 10) == date(2026, 10, 10)
    assert calendar.due_on(2026, 5, 10) == date(2026, 5, 11)
    year = DuesYear(2026, roster(full(1)), (), (), RULES, dues_day=1, calendar=calendar)
    assert year.cell(1, 10).due_on == date(2026, 10, 8)


def test_what_is_handed_up_is_what_was_collected(ledger) -> None:
    from app.year.ledger import load_year

    today = date(2026, 7, 16)
    for name in ("张一", "李二"):
        person = enrol(ledger, Member(name=name), today, status=MemberStatus.FULL)
        set_basis(ledger, DuesBasis(member=person.id, base_fen=400000), RULES)
    for month in (1, 2, 3):
        receive_month(ledger, load_year(ledger, 2026).dues, month, today)
    dues = load_year(ledger, 2026).dues
    quarter = Remittance(
        first_month=PartialDate(2026, 1), last_month=PartialDate(2026, 3), remitted_on=today, amount_fen=24000
    )
    assert check_remittance(quarter, (), dues, today) == []
    short = Remittance(**{**quarter.__dict__, "amount_fen": 20000})
    (problem,) = check_remittance(short, (), dues, today)
    assert "共收 240.00 元，上交 200.00 元" in problem.text
    kept = remit(ledger, quarter, dues, today)
    assert balance(dues, [kept]).text == "已收 240.00 元，已上交 240.00 元，已全部上交"
    again = Remittance(**{**quarter.__dict__, "first_month": PartialDate(2026, 3), "amount_fen": 8000})
    assert "重叠" in check_remittance(again, [kept], dues, today)[0].text
    with pytest.raises(Refused, match="跨年"):
        remit(ledger, Remittance(**{**quarter.__dict__, "first_month": PartialDate(2025, 12)}), dues, today)


def test_a_quarter_is_collected_in_one_action(ledger) -> None:
    from app.year.ledger import load_year

    today = date(2026, 3, 16)
    person = enrol(ledger, Member(name="张一"), today, status=MemberStatus.FULL)
    set_basis(ledger, DuesBasis(member=person.id, base_fen=400000), RULES)
    made = receive_quarter(ledger, load_year(ledger, 2026).dues, person.id, 1, today)
    assert [(p.month.month, p.paid_on, p.method) for p in made] == [(m, today, "季交") for m in (1, 2, 3)]
    with pytest.raises(Refused, match="第一季度没有要交"):
        receive_quarter(ledger, load_year(ledger, 2026).dues, person.id, 1, today)
