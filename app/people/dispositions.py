"""组织处置和纪律处分: what was decided about a member, for how long, and what came of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.dates import add_months
from app.people.members import Leaving, Member, MemberStatus, Standing, VotingRestriction
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.kinds import PeopleRule
from app.store import Store


class DispositionKind(StrEnum):
    """The three organisational dispositions, then the five disciplinary measures (组织处置办法; 纪律处分条例)."""

    RECTIFY = "限期改正"
    ADVISED_OUT = "劝其退党"
    REMOVED = "除名"
    WARNING = "警告"
    SERIOUS_WARNING = "严重警告"
    POST_REMOVED = "撤销党内职务"
    PARTY_PROBATION = "留党察看"
    EXPELLED = "开除党籍"


class Removal(StrEnum):
    """The three kinds of 除名 (教育管理条例 arts. 24, 30; 组织处置办法)."""

    SELF_LEFT = "自行脱党"
    REFUSED_ADVICE = "劝而不退"
    OTHER = "其他"


ENDING = (DispositionKind.ADVISED_OUT, DispositionKind.REMOVED, DispositionKind.EXPELLED)
_REMOVED = {
    Removal.SELF_LEFT: Leaving.SELF_LEFT,
    Removal.REFUSED_ADVICE: Leaving.REFUSED_ADVICE,
    Removal.OTHER: Leaving.OTHER_REMOVAL,
}


@stored
class Disposition(Record, called="组织处置和处分"):
    """组织处置 or 纪律处分. `months` is its term where it has one."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    kind: DispositionKind = entry("种类", required=True, titles=True)
    decided_on: date = entry("支部大会决定日期", required=True, tells_year=True)
    approved_on: date | None = entry("上级批准日期", default=None, tells_year=True)
    months: int | None = entry("期限（月）", default=None, unit=Unit.MONTHS)
    reason: str = entry("事由", default="", long=True)
    approval: str = entry("批准文号", default="")
    ended_on: date | None = entry("解除或了结日期", default=None, tells_year=True)
    outcome: str = entry("结果", default="")
    removal: Removal | None = entry("除名种类", default=None)

    @property
    def leaving(self) -> Leaving | None:
        """出党方式 that follows from it; None for what ends no membership, and for 除名 whose kind nobody told."""
        if self.kind is DispositionKind.REMOVED:
            return _REMOVED[self.removal] if self.removal else None
        ends = {DispositionKind.ADVISED_OUT: Leaving.ADVISED, DispositionKind.EXPELLED: Leaving.EXPELLED}
        return ends.get(self.kind)

    @property
    def ends(self) -> date | None:
        """The day its term is over: a term of n months from the decision ends on that day n months later."""
        return add_months(self.decided_on, self.months) if self.months else None


def rejoin_from(disposition: Disposition, rule: PeopleRule) -> date | None:
    """The first day on which one who was 劝退 or 除名 may apply anew; None for other kinds (办法: five years)."""
    left = disposition.approved_on or disposition.decided_on
    barred = disposition.kind in (DispositionKind.ADVISED_OUT, DispositionKind.REMOVED)
    return add_months(left, 12 * rule.rejoin_years) if barred and rule.holds("rejoin_years", left) else None


def check_disposition(disposition: Disposition, rule: PeopleRule) -> list[Problem]:
    """What is wrong or doubtful with a disposition."""
    problems = missing_entries(disposition)
    if disposition.approved_on and disposition.approved_on < disposition.decided_on:
        problems.append(Problem("approved_on", "批准日期早于支部大会决定日期"))
    if disposition.ended_on and disposition.ended_on < disposition.decided_on:
        problems.append(Problem("ended_on", "了结日期早于决定日期"))
    months = disposition.months
    if disposition.kind is DispositionKind.RECTIFY:
        if months is None:
            problems.append(Problem("months", f"限期改正请填期限，一般 {rule.rectify_months} 个月"))
        elif months > rule.rectify_most_months and rule.holds("rectify_most_months", disposition.decided_on):
            text = f"限期改正最长 {rule.rectify_most_months} 个月"
            problems.append(Problem("months", text, Severity.WARNING))
    elif disposition.kind is DispositionKind.PARTY_PROBATION:
        if months not in rule.party_probation_months:
            terms = "或 ".join(f"{term} 个月" for term in rule.party_probation_months)
            problems.append(Problem("months", f"留党察看为 {terms}", Severity.WARNING))
    elif months is not None:
        problems.append(Problem("months", f"{disposition.kind}没有期限，请留空", Severity.WARNING))
    if disposition.kind is DispositionKind.REMOVED and disposition.removal is None:
        words = "、".join(Removal)
        problems.append(Problem("removal", f"除名请写明种类：{words}", Severity.WARNING))
    elif disposition.kind is not DispositionKind.REMOVED and disposition.removal is not None:
        problems.append(Problem("removal", f"{disposition.kind}没有除名种类，请留空"))
    if disposition.kind in (*ENDING, DispositionKind.PARTY_PROBATION) and disposition.approved_on is None:
        problems.append(Problem("approved_on", "上级批准后才生效，批准前不变", Severity.WARNING))
    return problems


def save_disposition(store: Store, disposition: Disposition, rule: PeopleRule) -> Disposition:
    """Record a decision, or correct it; raises Refused. What follows for the roster follows from the record.

    留党察看 takes the vote from the approval until a decision ends it; who is expelled or removed leaves on the day of
    the approval (党章 art. 42). Nothing happens by itself, and nothing by the calendar.
    """
    refuse_errors(check_disposition(disposition, rule))
    with store.transaction(f"{'修改' if disposition.id else '登记'}{disposition.kind}"):
        if disposition.id:
            _take_back(store, store[Disposition].get(disposition.id))
        return store[Disposition].save(disposition)


def _take_back(store: Store, before: Disposition) -> None:
    """Take back what an earlier program stored beside a disposition."""
    note = before.kind.value
    for fact in store[VotingRestriction].all(member=before.member):
        if fact.note in (note, f"{note}期满"):
            store[VotingRestriction].remove(fact.id)
    for status in store[Standing].all(member=before.member):
        if status.status is MemberStatus.EXPELLED and status.note == note:
            store[Standing].remove(status.id)


def remove_disposition(store: Store, disposition: Disposition) -> None:
    """Take back a decision entered by mistake, with what followed from it."""
    with store.transaction(f"删除{disposition.kind}"):
        _take_back(store, disposition)
        store[Disposition].remove(disposition.id)
