"""组织关系转接: who came with which letter, who left with which, and whether it arrived."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from app.dates import PartialDate, add_months
from app.numerals import month_span
from app.people.members import Member, MemberStatus, Standing
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.kinds import PeopleRule
from app.store import Store


class Direction(StrEnum):
    """Which way a membership is carried over."""

    OUT = "转出"
    IN = "转入"


@stored
class Transfer(Record, called="组织关系转接"):
    """组织关系介绍信 and what became of it. Dues are paid at the old branch through `dues_through`, inclusive."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    direction: Direction = entry("方向", required=True)
    moved_on: date = entry("转接日期", required=True, tells_year=True)
    place: str = entry("转往（来自）党支部", required=True)
    addressee: str = entry("介绍信抬头", default="")
    number: str = entry("介绍信编号", default="")
    issued_on: date | None = entry("开具日期", default=None, tells_year=True)
    valid_days: int | None = entry("有效期（天）", default=None, unit=Unit.DAYS)
    dues_through: PartialDate | None = entry("党费交至", default=None)
    receipt_on: date | None = entry("收到回执", default=None, tells_year=True)
    handler: str = entry("经办人", default="")
    note: str = entry("备注", default="")

    @property
    def valid_through(self) -> date | None:
        """The last day on which the letter is good, inclusive."""
        return self.issued_on + timedelta(days=self.valid_days) if self.issued_on and self.valid_days else None

    @property
    def first_month_elsewhere(self) -> PartialDate | None:
        """The first month whose dues are paid at the other branch: the one after `dues_through`."""
        if self.dues_through is None or not self.dues_through.month:
            return None
        following = add_months(self.dues_through.first, 1)
        return PartialDate(following.year, following.month)


def check_transfer(transfer: Transfer, rule: PeopleRule) -> list[Problem]:
    """What is wrong or doubtful with a transfer (教育管理条例 art. 25)."""
    problems = missing_entries(transfer)
    if transfer.dues_through is not None and not transfer.dues_through.month:
        problems.append(Problem("dues_through", "党费交至请写到月，如 2026-05"))
    if transfer.valid_days is not None and transfer.valid_days > rule.letter_days:
        text = f"介绍信有效期一般不超过 {rule.letter_days} 天"
        problems.append(Problem("valid_days", text, Severity.WARNING))
    through = transfer.valid_through
    if transfer.receipt_on and transfer.issued_on and transfer.receipt_on < transfer.issued_on:
        problems.append(Problem("receipt_on", "回执日期早于介绍信开具日期"))
    elif transfer.receipt_on and through and transfer.receipt_on > add_months(through, rule.receipt_months):
        problems.append(
            Problem("receipt_on", f"回执超过接收后{month_span(rule.receipt_months)}才收到", Severity.WARNING)
        )
    if transfer.direction is Direction.IN and through and transfer.moved_on > through:
        problems.append(Problem("moved_on", f"介绍信 {through} 已过期，请核对", Severity.WARNING))
    if transfer.direction is Direction.OUT and transfer.dues_through is None:
        problems.append(Problem("dues_through", "没有写党费交至何月，介绍信上会空着", Severity.WARNING))
    return problems


def note_of(transfer: Transfer) -> str:
    """What the roster says of a transfer: 转出：乙支部."""
    return f"{transfer.direction}：{transfer.place}"


def save_transfer(store: Store, transfer: Transfer, rule: PeopleRule) -> Transfer:
    """Record a transfer, or correct it; raises Refused. Who is in the branch on a day follows from it.

    Until the other branch has accepted the member the old one stays responsible: the day of `moved_on` is the day
    the membership moved, and a letter that is only issued has none of its effects before.
    """
    refuse_errors(check_transfer(transfer, rule))
    with store.transaction(f"{'修改' if transfer.id else '登记'}组织关系{transfer.direction}"):
        if transfer.id:
            _take_back_status(store, store[Transfer].get(transfer.id))
        return store[Transfer].save(transfer)


def _take_back_status(store: Store, transfer: Transfer) -> None:
    """Take back what an earlier program stored beside a leaving; a coming took the earlier facts' place and stays."""
    if transfer.direction is Direction.OUT:
        for fact in store[Standing].all(member=transfer.member, since=PartialDate.of(transfer.moved_on)):
            if fact.status is MemberStatus.TRANSFERRED and fact.note == note_of(transfer):
                store[Standing].remove(fact.id)


def remove_transfer(store: Store, transfer: Transfer) -> None:
    """Take back a transfer entered by mistake: everything is as without it."""
    with store.transaction(f"删除组织关系{transfer.direction}"):
        _take_back_status(store, transfer)
        store[Transfer].remove(transfer.id)
