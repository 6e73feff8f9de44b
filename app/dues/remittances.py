"""党费上交和公示: what the branch handed up and showed its members, and what is still in its hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.dates import PartialDate
from app.dues.months import DuesYear
from app.dues.payments import TAKEN_OFF, Payment, PaymentKind, receive, set_paid
from app.errors import Refused
from app.money import yuan
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.store import Reader, Store


@stored
class Remittance(Record, called="党费上交"):
    """党费上交 for some months, inclusive."""

    first_month: PartialDate = entry("起始月份", required=True, tells_year=True, titles=True)
    last_month: PartialDate = entry("截止月份", required=True, tells_year=True)
    remitted_on: date = entry("上交日期", required=True)
    amount_fen: int = entry("上交金额（元）", required=True, unit=Unit.FEN, titles=True)
    voucher: str = entry("凭证号", default="")
    handler: str = entry("经办人", default="")
    note: str = entry("备注", default="")


@stored
class DuesNotice(Record, called="党费公示"):
    """党费公示 of some months, inclusive."""

    first_month: PartialDate = entry("起始月份", required=True, tells_year=True, titles=True)
    last_month: PartialDate = entry("截止月份", required=True, tells_year=True)
    shown_on: date = entry("公示日期", required=True)
    place: str = entry("公示方式", default="")
    contact: str = entry("反馈联系人", default="")
    note: str = entry("备注", default="")


@dataclass(frozen=True)
class Balance:
    """What was collected and handed up, in 分. Large dues go to the centre by themselves and are not in it."""

    collected_fen: int
    remitted_fen: int
    large_fen: int

    @property
    def held_fen(self) -> int:
        """What is still in the branch's hands; negative when more was handed up than collected."""
        return self.collected_fen - self.remitted_fen

    @property
    def text(self) -> str:
        """In a sentence."""
        text = f"已收 {yuan(self.collected_fen)} 元，已上交 {yuan(self.remitted_fen)} 元，"
        if self.held_fen < 0:
            return text + f"多上交 {yuan(-self.held_fen)} 元，请核对"
        return text + (f"待上交 {yuan(self.held_fen)} 元" if self.held_fen else "已全部上交")


def collected(dues: DuesYear, first: int, last: int) -> int:
    """What was collected for the months of a year from `first` to `last`, in 分: ordinary and voluntary extra."""
    months = sum(cell.paid_fen for row in dues.rows.values() for cell in row if first <= cell.month <= last)
    extra = sum(
        payment.amount_fen
        for payment in dues.payments
        if payment.kind is PaymentKind.EXTRA and first <= payment.month.month <= last
    )
    return months + extra


def balance(dues: DuesYear, remittances: Sequence[Remittance]) -> Balance:
    """The balance of a year: what was collected for its months beside what was handed up for them."""
    own = sum(item.amount_fen for item in remittances if item.first_month.year == dues.year)
    large = sum(payment.amount_fen for payment in dues.payments if payment.kind is PaymentKind.LARGE)
    return Balance(collected(dues, 1, 12), own, large)


def _check_span(first: PartialDate, last: PartialDate) -> list[Problem]:
    if not (first.month and last.month):
        return [Problem("first_month", "请写到月，如 2026-03")]
    if last < first:
        return [Problem("last_month", "截止月份早于起始月份")]
    if first.year != last.year:
        return [Problem("last_month", "跨年的请分成两笔")]
    return []


def check_remittance(item: Remittance, others: Sequence[Remittance], dues: DuesYear, today: date) -> list[Problem]:
    """What is wrong or doubtful with a remittance: it should be all that was collected for its months."""
    problems = [*missing_entries(item), *_check_span(item.first_month, item.last_month)]
    if item.amount_fen <= 0:
        problems.append(Problem("amount_fen", "上交金额应大于 0"))
    if item.remitted_on > today:
        problems.append(Problem("remitted_on", "上交日期在今天之后"))
    if problems:
        return problems
    for other in others:
        apart = other.last_month < item.first_month or item.last_month < other.first_month
        if other.id != item.id and not apart:
            text = f"与 {other.remitted_on} 上交的 {other.first_month}—{other.last_month} 月份重叠"
            problems.append(Problem("first_month", text, Severity.WARNING))
    if item.first_month.year == dues.year:
        held = collected(dues, item.first_month.month, item.last_month.month)
        if held != item.amount_fen:
            text = f"这几个月共收 {yuan(held)} 元，上交 {yuan(item.amount_fen)} 元，不相等"
            problems.append(Problem("amount_fen", text, Severity.WARNING))
    return problems


def remit(store: Store, item: Remittance, dues: DuesYear, today: date) -> Remittance:
    """Record what was handed up, or correct it; raises Refused."""
    refuse_errors(check_remittance(item, store[Remittance].all(), dues, today))
    with store.transaction("修改党费上交" if item.id else "登记党费上交"):
        return store[Remittance].save(item)


def change_doubt(store: Reader, dues: DuesYear, member: int, month: int, amount_fen: int) -> str:
    """What is to be asked before a month is made this amount, in words: of what was received, some was given back."""
    known = store[Payment].all(member=member, month=PartialDate(dues.year, month))
    back = -sum(item.counted_fen for item in known if item.kind in TAKEN_OFF)
    net = sum(item.counted_fen for item in known)
    if not back or amount_fen == net:
        return ""
    text = f"{month}月已收 {yuan(net + back)} 元，退还或冲减 {yuan(back)} 元，现有 {yuan(net)} 元。"
    return text + (f"再收 {yuan(amount_fen - net)} 元，成为 {yuan(amount_fen)} 元吗？" if amount_fen > net else "")


def change_paid(
    store: Store, dues: DuesYear, member: int, month: int, amount_fen: int, today: date, *, asked: bool = False
) -> None:
    """Make the ordinary payment of a month exactly this amount, 0 takes it back; raises Refused once it was handed up.

    What was handed up is not changed any more: a difference is an entry of its own, so that the books stay true.
    Where something of the month was given back, what is typed may mean what was received or what is left: with
    `asked` the difference is one more payment of today, without it the change is refused in words.
    """
    month_of = PartialDate(dues.year, month)
    for item in store[Remittance].all():
        if item.first_month <= month_of <= item.last_month and dues.cell(member, month).paid_fen:
            advice = "要改的，请在“流水和更正”里登记更正、退还或补交，原来的记录保留。"
            raise Refused(f"{month}月的党费已在 {item.remitted_on} 上交。", advice)
    doubt = change_doubt(store, dues, member, month, amount_fen)
    if not doubt:
        set_paid(store, member, month_of, amount_fen, today)
        return
    net = sum(item.counted_fen for item in store[Payment].all(member=member, month=month_of))
    if amount_fen < net or not asked:
        raise Refused(doubt, "收的、退的各记一笔：请在“流水和更正”里登记或删除。")
    more = Payment(member=member, month=month_of, amount_fen=amount_fen - net, paid_on=today)
    receive(store, [more], dues.roster, today)


def remove_remittance(store: Store, item: Remittance) -> None:
    """Delete what was entered by mistake."""
    with store.transaction("删除党费上交"):
        store[Remittance].remove(item.id)


def publish(store: Store, item: DuesNotice) -> DuesNotice:
    """Record that the dues of some months were shown to the members; raises Refused."""
    refuse_errors([*missing_entries(item), *_check_span(item.first_month, item.last_month)])
    with store.transaction("登记党费公示"):
        return store[DuesNotice].save(item)


def remove_notice(store: Store, item: DuesNotice) -> None:
    """Delete what was entered by mistake."""
    with store.transaction("删除党费公示"):
        store[DuesNotice].remove(item.id)
