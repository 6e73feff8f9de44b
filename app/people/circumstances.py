"""党员情况: spans of a member's life that the rules look at: floating, out of contact, in hardship, exempted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from app.dates import PartialDate
from app.people.members import Member
from app.record import Problem, Record, entry, missing_entries, refuse_errors, stored
from app.store import Store


class CircumstanceKind(StrEnum):
    """What may be the case with a member for a time (教育管理条例 art. 23, 24, 32; 采集表 items 15, 16)."""

    FLOATING = "流动党员"
    OUT_OF_CONTACT = "失联"
    ABROAD = "出国（境）"
    HARDSHIP = "生活困难"
    VETERAN = "老党员"
    DISABLED = "残疾"
    EXEMPT_FROM_STUDY = "不作活动学习硬性要求"
    EXCLUDED_FROM_ROLL = "经批准不计入应到会"


@stored
class Circumstance(Record, called="党员情况"):
    """Something that is the case with a member; `since` and `until` are inclusive, empty means open."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    kind: CircumstanceKind = entry("情况", required=True, titles=True)
    since: PartialDate | None = entry("起", default=None, tells_year=True)
    until: PartialDate | None = entry("止", default=None, tells_year=True)
    detail: str = entry("具体情况", default="", long=True)
    approval: str = entry("批准依据", default="")

    def holds(self, day: date) -> bool:
        """Whether it is the case on a day; of uncertain days the widest span counts."""
        return (self.since is None or self.since.first <= day) and (self.until is None or day <= self.until.last)


def check_circumstance(fact: Circumstance) -> list[Problem]:
    """What is wrong with a circumstance."""
    problems = missing_entries(fact)
    if fact.since and fact.until and fact.until.last < fact.since.first:
        problems.append(Problem("until", "结束日期早于开始日期"))
    if fact.kind is CircumstanceKind.OUT_OF_CONTACT and fact.since is None:
        problems.append(Problem("since", "失联请填最后一次联系上的日期，期限都从这一天算"))
    return problems


def save_circumstance(store: Store, fact: Circumstance) -> Circumstance:
    """Record or correct a circumstance; raises Refused."""
    refuse_errors(check_circumstance(fact))
    with store.transaction(f"{'修改' if fact.id else '登记'}{fact.kind}"):
        return store[Circumstance].save(fact)


def remove_circumstance(store: Store, fact: Circumstance) -> None:
    """Delete a circumstance entered by mistake; one that is over gets its last day instead."""
    with store.transaction(f"删除{fact.kind}"):
        store[Circumstance].remove(fact.id)


def holding(facts: Sequence[Circumstance], kind: CircumstanceKind, day: date) -> dict[int, Circumstance]:
    """Those of one kind that are the case on a day, by member."""
    return {fact.member: fact for fact in facts if fact.kind is kind and fact.holds(day)}
