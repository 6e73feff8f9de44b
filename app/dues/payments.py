"""实交: what was paid for which month, corrected, given back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from app.dates import PartialDate
from app.errors import Refused
from app.money import yuan
from app.people.members import IN_BRANCH, Member
from app.people.roster import Roster
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.rulebook import FIRST_DAY, Rulebook, rulebook_on
from app.store import Store


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
class Payment(Record, called="党费"):
    """实交 for one month. The day is empty where the source does not tell it."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    month: PartialDate = entry("所属月份", required=True, tells_year=True, titles=True)
    amount_fen: int = entry("金额", required=True, unit=Unit.FEN, titles=True)
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


def voluntary_kind(amount_fen: int, rulebook: Rulebook) -> PaymentKind:
    """大额党费 from the rulebook's limit on (inclusive), else an ordinary extra (art. 11)."""
    return PaymentKind.LARGE if amount_fen >= rulebook.large_dues_fen else PaymentKind.EXTRA


def check_payment(payment: Payment, roster: Roster, today: date, rulebook: Rulebook | None = None) -> list[Problem]:
    """What is wrong or doubtful with a payment."""
    problems = missing_entries(payment)
    if payment.amount_fen <= 0:
        problems.append(Problem("amount_fen", "金额应大于 0"))
    if payment.paid_on and payment.paid_on > today:
        problems.append(Problem("paid_on", "交纳日期在今天之后"))
    if payment.kind in TAKEN_OFF and not payment.note.strip():
        problems.append(Problem("note", f"{payment.kind}要写明原因"))
    behind = (today.year - payment.month.year) * 12 + today.month - payment.month.month
    most = (rulebook or rulebook_on(FIRST_DAY)).on(payment.month.last).collection.most_behind_months
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


def correct(store: Store, payment: Payment, roster: Roster, today: date, most_fen: int) -> Payment:
    """Record a refund or a correction as an entry of its own; raises Refused when more than was paid is taken off."""
    if payment.kind in TAKEN_OFF and payment.amount_fen > most_fen:
        raise Refused(f"{payment.month.chinese()}只交了 {yuan(most_fen)} 元，不能{payment.kind.value[:2]}更多。")
    return receive(store, [payment], roster, today)[0]


def remove_payment(store: Store, payment: Payment) -> None:
    """Delete an entry made by mistake; raises Refused where more was given back of the month than would be left."""
    left = sum(item.counted_fen for item in store[Payment].all(member=payment.member, month=payment.month))
    if payment.counted_fen > 0 and left - payment.counted_fen < 0:
        text = f"{payment.month.chinese()}还有退还或冲减 {yuan(payment.counted_fen - left)} 元，删去这笔会变成负数。"
        raise Refused(text, "请先删除那笔退还或冲减。")
    with store.transaction("删除一笔党费"):
        store[Payment].remove(payment.id)


def set_paid(store: Store, member: int, month: PartialDate, amount_fen: int, today: date) -> None:
    """Make what was paid for a month exactly this amount, what was given back taken off; 0 takes it back.

    An amount that is there already changes nothing; a single payment keeps its day and all else.
    """
    known = store[Payment].all(member=member, month=month)
    if sum(item.counted_fen for item in known) == amount_fen:
        return
    ordinary = [item for item in known if item.kind is PaymentKind.ORDINARY]
    whole = amount_fen - sum(item.counted_fen for item in known if item.kind in TAKEN_OFF)
    with store.transaction("修改党费" if amount_fen else "取消党费"):
        if whole and len(ordinary) == 1:
            store[Payment].save(replace(ordinary[0], amount_fen=whole))
            return
        store[Payment].remove_all(member=member, month=month, kind=PaymentKind.ORDINARY)
        if whole:
            store[Payment].save(Payment(member=member, month=month, amount_fen=whole, paid_on=today))
