"""党费收缴: whose base is what from when, what is owed for each month, what was paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from app.branch import refuse_errors
from app.calendar import WorkCalendar
from app.dates import PartialDate, month_end
from app.errors import Refused
from app.members import IN_BRANCH
from app.money import yuan
from app.record import Problem, Record, Severity, entry, missing_entries, stored
from app.roster import Roster, as_of, by_member
from app.rulebook import Rulebook, rulebook_of
from app.store import Between, Store
from app.transfers import Direction, Transfer


class DuesCategory(StrEnum):
    """党费类别: which rule of the rates applies (规定 §2.2)."""

    EMPLOYED = "在职"
    RETIRED = "离退休"
    FARMER = "农民"
    STUDENT = "学生"
    UNEMPLOYED = "下岗失业"
    RELIEF = "低保"
    EXEMPT = "经批准免交"


@stored
class DuesBasis(Record):
    """交纳标准 of a member from a month on: the category and the monthly base, both as of that month."""

    member: int = entry("党员", required=True)
    since: PartialDate | None = entry("自何月", default=None)
    category: DuesCategory = entry("党费类别", default=DuesCategory.EMPLOYED)
    base_fen: int | None = entry("月收入基数", default=None)
    fixed_fen: int | None = entry("核定月交额", default=None)
    note: str = entry("依据", default="")
    approval: str = entry("减免批准", default="")
    approved_on: date | None = entry("批准日期", default=None)


class PaymentKind(StrEnum):
    """日常 dues fill the month grid, 退还 and 更正 take from it; a large voluntary payment is kept outside it."""

    ORDINARY = "日常党费"
    EXTRA = "自愿多交"
    LARGE = "大额党费"
    REFUND = "退还"
    CORRECTION = "更正（冲减）"


TAKEN_OFF = (PaymentKind.REFUND, PaymentKind.CORRECTION)


PAYMENT_METHODS = ("现金", "转账", "微信", "季交", "家属代交", "党员代交")


@stored
class Payment(Record):
    """实交 for one month. The day is empty where the source does not tell it."""

    member: int = entry("党员", required=True)
    month: PartialDate = entry("所属月份", required=True)
    amount_fen: int = entry("金额", required=True)
    paid_on: date | None = entry("交纳日期", default=None)
    kind: PaymentKind = entry("种类", default=PaymentKind.ORDINARY)
    method: str = entry("方式", default="")
    note: str = entry("备注", default="")
    payer: str = entry("代交人", default="")

    @property
    def counted_fen(self) -> int:
        """What it adds to the month grid, in 分; negative for what was given back or taken off."""
        if self.kind is PaymentKind.ORDINARY:
            return self.amount_fen
        return -self.amount_fen if self.kind in TAKEN_OFF else 0


@dataclass(frozen=True)
class Assessment:
    """What one member owes for one month, and why."""

    owed_fen: int
    reason: str
    capped: bool = False
    permille: int | None = None
    """The rate, where the amount comes from one."""


def assess(basis: DuesBasis, rulebook: Rulebook) -> Assessment | None:
    """The monthly dues by the rates of the rulebook; None when the base is not known yet (规定 §2.2)."""
    if basis.fixed_fen is not None:
        return Assessment(basis.fixed_fen, f"核定每月 {yuan(basis.fixed_fen)} 元")
    if basis.category is DuesCategory.EXEMPT:
        return Assessment(0, "经批准免交")
    fixed = rulebook.fixed_dues.get(basis.category)
    if fixed:
        return Assessment(fixed.fen, f"{basis.category}每月 {yuan(fixed.fen)} 元")
    table = rulebook.dues_brackets[basis.category]
    if basis.base_fen is None:
        return None
    permille = table.permille(basis.base_fen)
    owed = table.round_half_up(basis.base_fen * permille)
    reason = f"{basis.category}基数 {yuan(basis.base_fen)} 元 × {permille / 10:g}%"
    if owed > table.cap_fen:
        return Assessment(table.cap_fen, f"{reason}，按上限 {yuan(table.cap_fen)} 元", capped=True, permille=permille)
    return Assessment(owed, reason, permille=permille)


class MonthDues(NamedTuple):
    """One cell of the month grid. `owed_fen` is None outside membership or while no base is known.

    `here` tells the two apart: whether the member pays at this branch for the month.
    """

    member: int
    month: int
    owed_fen: int | None
    paid_fen: int
    reason: str
    due_on: date
    here: bool = True

    @property
    def settled(self) -> bool:
        """Whether nothing is open for the month."""
        return self.owed_fen is not None and self.paid_fen >= self.owed_fen


@dataclass(frozen=True)
class DuesYear:
    """The dues of a branch in one year: everything the grid, the charts and the print ask for."""

    year: int
    roster: Roster
    bases: tuple[DuesBasis, ...]
    payments: tuple[Payment, ...]
    rulebook: Rulebook
    dues_day: int
    calendar: WorkCalendar = WorkCalendar({})
    transfers: tuple[Transfer, ...] = ()

    @cached_property
    def _bases(self) -> dict[int, list[DuesBasis]]:
        return by_member(self.bases)

    @cached_property
    def _paid(self) -> dict[tuple[int, int], int]:
        paid: dict[tuple[int, int], int] = {}
        for payment in self.payments:
            if payment.counted_fen and payment.month.year == self.year:
                key = (payment.member, payment.month.month)
                paid[key] = paid.get(key, 0) + payment.counted_fen
        return paid

    @cached_property
    def _transfers(self) -> dict[int, list[Transfer]]:
        grouped: dict[int, list[Transfer]] = {}
        for transfer in self.transfers:
            grouped.setdefault(transfer.member, []).append(transfer)
        return grouped

    @cached_property
    def due_days(self) -> tuple[date, ...]:
        """The 党费日 of each month; on a day off it is the next worked day."""
        return tuple(self.calendar.due_on(self.year, month, self.dues_day) for month in range(1, 13))

    def basis(self, member: int, month: int) -> DuesBasis | None:
        """The base and category that hold in a month."""
        return as_of(self._bases.get(member, ()), month_end(self.year, month))

    def owes(self, member: int, month: int) -> bool:
        """Whether the member pays here for the month.

        From the month of the meeting that admitted (art. 8). Between two branches the letter decides: dues are paid
        at the old one through the month that it names, at the new one from the month after. Where no letter says
        anything, the old branch collects through the month before that of leaving.
        """
        asked = PartialDate(self.year, month)
        for transfer in self._transfers.get(member, ()):
            elsewhere = transfer.first_month_elsewhere
            if elsewhere is None:
                continue
            moved = PartialDate(transfer.moved_on.year, transfer.moved_on.month)
            between = min(elsewhere, moved) <= asked <= max(elsewhere, moved)
            if between:
                return (asked >= elsewhere) is (transfer.direction is Direction.IN)
        last = month_end(self.year, month)
        return self.roster.status(member, last) in IN_BRANCH

    def cell(self, member: int, month: int) -> MonthDues:
        """What is owed and paid for one member and month."""
        paid = self._paid.get((member, month), 0)
        due_on = self.due_days[month - 1]
        if not self.owes(member, month):
            return MonthDues(member, month, None, paid, "不在本支部", due_on, here=False)
        assessed = self._assessed(self.basis(member, month))
        if assessed is None:
            return MonthDues(member, month, None, paid, "还没有填党费基数", due_on)
        return MonthDues(member, month, assessed.owed_fen, paid, assessed.reason, due_on)

    @cached_property
    def _assessments(self) -> dict[int, Assessment | None]:
        return {}

    def _assessed(self, basis: DuesBasis | None) -> Assessment | None:
        if basis is None:
            return None
        if basis.id not in self._assessments or not basis.id:
            self._assessments[basis.id] = assess(basis, self.rulebook)
        return self._assessments[basis.id]

    @cached_property
    def rows(self) -> dict[int, tuple[MonthDues, ...]]:
        """The month grid: for everyone who belonged to the branch in the year, twelve cells."""
        people = self.roster.ever_in(date(self.year, 1, 1), date(self.year, 12, 31))
        grid = {person.id: tuple(self.cell(person.id, month) for month in range(1, 13)) for person in people}
        # One whose membership only moves in the year, or whose letter lets no month be paid here, has no row.
        moved = {transfer.member for transfer in self.transfers}
        return {id: row for id, row in grid.items() if id not in moved or any(c.here or c.paid_fen for c in row)}

    def arrears(self, member: int, today: date) -> int:
        """Completed months of the year that are owed and not settled; the current month is not over yet."""
        return sum(
            1
            for cell in self.rows.get(member, ())
            if cell.owed_fen and not cell.settled and month_end(self.year, cell.month) < today
        )

    def totals(self, month: int) -> tuple[int, int]:
        """Owed and paid of a month over everyone, in 分."""
        cells = [row[month - 1] for row in self.rows.values()]
        return sum(cell.owed_fen or 0 for cell in cells), sum(cell.paid_fen for cell in cells)


def load_dues(
    store: Store,
    year: int,
    roster: Roster,
    rulebook: Rulebook,
    dues_day: int,
    calendar: WorkCalendar = WorkCalendar({}),  # noqa: B008  an empty, frozen value
    transfers: tuple[Transfer, ...] = (),
) -> DuesYear:
    """The dues of one year of an open ledger."""
    span = Between(PartialDate(year, 1), PartialDate(year, 12))
    payments = tuple(store[Payment].all(month=span))
    return DuesYear(year, roster, tuple(store[DuesBasis].all()), payments, rulebook, dues_day, calendar, transfers)


def check_basis(basis: DuesBasis, rulebook: Rulebook) -> list[Problem]:
    """What is wrong with a base: none where the category needs one, a fixed amount outside its range."""
    problems = missing_entries(basis)
    fixed = rulebook.fixed_dues.get(basis.category)
    if fixed and basis.fixed_fen is not None and not fixed.low_fen <= basis.fixed_fen <= fixed.high_fen:
        low, high = yuan(fixed.low_fen), yuan(fixed.high_fen)
        problems.append(Problem("fixed_fen", f"{basis.category}的标准应在 {low} 至 {high} 元之间"))
    reduced = basis.category is DuesCategory.EXEMPT
    if basis.fixed_fen is not None and basis.base_fen is not None and not fixed:
        full = assess(replace(basis, fixed_fen=None), rulebook)
        reduced = full is not None and basis.fixed_fen < full.owed_fen
    if reduced and not basis.approval.strip():
        text = "减交、免交要由支部研究后报上一级党委批准，请填批准依据（第七条）"
        problems.append(Problem("approval", text, Severity.WARNING))
    needs_base = basis.category in rulebook.dues_brackets and basis.fixed_fen is None
    if needs_base and basis.base_fen is None:
        problems.append(Problem("base_fen", f"{basis.category}党员请填月收入基数"))
    return problems


def set_basis(store: Store, basis: DuesBasis, rulebook: Rulebook) -> DuesBasis:
    """Fix a member's base and category from a month on; the same month again corrects it. Raises Refused."""
    refuse_errors(check_basis(basis, rulebook))
    same = [item for item in store[DuesBasis].all(member=basis.member) if item.since == basis.since]
    with store.transaction("核定党费基数"):
        return store[DuesBasis].save(replace(basis, id=same[0].id) if same else basis)


def voluntary_kind(amount_fen: int, rulebook: Rulebook) -> PaymentKind:
    """大额党费 from the rulebook's limit on (inclusive), else an ordinary extra (art. 11)."""
    return PaymentKind.LARGE if amount_fen >= rulebook.large_dues_fen else PaymentKind.EXTRA


def check_payment(payment: Payment, roster: Roster, today: date) -> list[Problem]:
    """What is wrong or doubtful with a payment."""
    problems = missing_entries(payment)
    if payment.amount_fen <= 0:
        problems.append(Problem("amount_fen", "金额应大于 0"))
    if payment.paid_on and payment.paid_on > today:
        problems.append(Problem("paid_on", "交纳日期在今天之后"))
    if payment.kind in TAKEN_OFF and not payment.note.strip():
        problems.append(Problem("note", f"{payment.kind}要写明原因"))
    behind = (today.year - payment.month.year) * 12 + today.month - payment.month.month
    most = rulebook_of(max(payment.month.year, 2008)).collection.most_behind_months
    if payment.kind is PaymentKind.ORDINARY and behind > most:
        text = f"{payment.month.chinese()}已过 {behind} 个月，补交一般不超过 {most} 个月（第十二条）"
        problems.append(Problem("month", text, Severity.WARNING))
    if roster.status(payment.member, payment.month.last) not in IN_BRANCH:
        text = f"{payment.month.chinese()}不在本支部，请核对"
        problems.append(Problem("month", text, Severity.WARNING))
    return problems


def receive(store: Store, payments: Iterable[Payment], roster: Roster, today: date) -> list[Payment]:
    """Record payments, all or nothing; raises Refused."""
    batch = list(payments)
    for payment in batch:
        refuse_errors(check_payment(payment, roster, today))
    with store.transaction("收缴党费"):
        return store[Payment].save_all(batch)


def receive_month(
    store: Store, dues: DuesYear, month: int, today: date, members: Sequence[int] | None = None
) -> list[Payment]:
    """Record what is still open for a month as paid today, for everyone or the given members."""
    chosen = dues.rows if members is None else members
    cells = [dues.rows[member][month - 1] for member in chosen]
    batch = [
        Payment(
            member=cell.member,
            month=PartialDate(dues.year, month),
            amount_fen=cell.owed_fen - cell.paid_fen,
            paid_on=today,
        )
        for cell in cells
        if cell.owed_fen and cell.paid_fen < cell.owed_fen
    ]
    return receive(store, batch, dues.roster, today) if batch else []


def receive_quarter(store: Store, dues: DuesYear, member: int, quarter: int, today: date) -> list[Payment]:
    """Record what is open of the three months of a quarter as paid together today; quarters count from 1."""
    cells = [dues.rows[member][month - 1] for month in range(3 * quarter - 2, 3 * quarter + 1)]
    batch = [
        Payment(
            member=member,
            month=PartialDate(dues.year, cell.month),
            amount_fen=cell.owed_fen - cell.paid_fen,
            paid_on=today,
            method="季交",
        )
        for cell in cells
        if cell.owed_fen and cell.paid_fen < cell.owed_fen
    ]
    if not batch:
        raise Refused(f"第{'一二三四'[quarter - 1]}季度没有要交的党费。")
    return receive(store, batch, dues.roster, today)


def correct(store: Store, payment: Payment, roster: Roster, today: date, most_fen: int) -> Payment:
    """Record a refund or a correction as an entry of its own; raises Refused when more than was paid is taken off."""
    if payment.kind in TAKEN_OFF and payment.amount_fen > most_fen:
        raise Refused(f"{payment.month.chinese()}只交了 {yuan(most_fen)} 元，不能{payment.kind.value[:2]}更多。")
    return receive(store, [payment], roster, today)[0]


def remove_payment(store: Store, payment: Payment) -> None:
    """Delete an entry made by mistake."""
    with store.transaction("删除一笔党费"):
        store[Payment].remove(payment.id)


def set_paid(store: Store, member: int, month: PartialDate, amount_fen: int, today: date) -> None:
    """Make the ordinary payment of a month exactly this amount; 0 takes it back."""
    with store.transaction("修改党费" if amount_fen else "取消党费"):
        store[Payment].remove_all(member=member, month=month, kind=PaymentKind.ORDINARY)
        if amount_fen:
            payment = Payment(member=member, month=month, amount_fen=amount_fen, paid_on=today)
            store[Payment].save(payment)
