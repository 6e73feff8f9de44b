"""民主评议结果: the grade of each member in each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from app.people.members import IN_BRANCH, Member, MemberStatus
from app.people.roster import Roster
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.kinds import AppraisalRule
from app.store import Store


class Grade(StrEnum):
    """The four grades (支部工作条例 art. 18, `appraisal`)."""

    EXCELLENT = "优秀"
    QUALIFIED = "合格"
    BARELY = "基本合格"
    UNQUALIFIED = "不合格"


@stored
class Appraisal(Record, called="民主评议结果"):
    """民主评议 of a member in a year."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    year: int = entry("年度", required=True, tells_year=True, titles=True)
    grade: Grade = entry("等次", required=True)
    decided_on: date | None = entry("评定日期", default=None)
    opinion: str = entry("支部意见", default="", long=True)


@stored
class AppraisalTally(Record, called="民主测评"):
    """民主测评 of a member in a year: what she says of herself, what others say, and the ballots by grade."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    year: int = entry("年度", required=True, tells_year=True, titles=True)
    excellent: int = entry("优秀票", default=0, unit=Unit.BALLOTS)
    qualified: int = entry("合格票", default=0, unit=Unit.BALLOTS)
    barely: int = entry("基本合格票", default=0, unit=Unit.BALLOTS)
    unqualified: int = entry("不合格票", default=0, unit=Unit.BALLOTS)
    own_grade: Grade | None = entry("自评等次", default=None)
    own_words: str = entry("个人自评", default="", long=True)
    mutual_words: str = entry("互评意见", default="", long=True)

    @property
    def ballots(self) -> int:
        """How many ballots were cast for this member."""
        return self.excellent + self.qualified + self.barely + self.unqualified


def graded_members(roster: Roster, day: date) -> list[Member]:
    """Who is graded: full members of the day. Probationary members take part and are not graded (`appraisal`)."""
    return [person for person in roster.present(day) if roster.status(person.id, day) is MemberStatus.FULL]


def check_tally(tally: AppraisalTally, others: Sequence[AppraisalTally]) -> list[Problem]:
    """What is wrong or doubtful with the ballots for one member, beside those for the others of the year."""
    problems = missing_entries(tally)
    if min(tally.excellent, tally.qualified, tally.barely, tally.unqualified) < 0:
        problems.append(Problem("excellent", "票数不能是负数"))
    counts = {
        item.ballots for item in others if item.year == tally.year and item.member != tally.member and item.ballots
    }
    if tally.ballots and len(counts) == 1 and tally.ballots not in counts:
        text = f"合计 {tally.ballots} 票，其他人都是 {counts.pop()} 票，请核对"
        problems.append(Problem("excellent", text, Severity.WARNING))
    return problems


def save_tally(store: Store, tally: AppraisalTally) -> AppraisalTally:
    """Record the ballots for a member; the same member and year again corrects them. Raises Refused."""
    others = store[AppraisalTally].all(year=tally.year)
    refuse_errors(check_tally(tally, others))
    known = next((item for item in others if item.member == tally.member), None)
    with store.transaction("登记民主测评票数"):
        return store[AppraisalTally].save(replace(tally, id=known.id) if known else tally)


def remove_tally(store: Store, tally: AppraisalTally) -> None:
    """Delete ballots entered by mistake."""
    with store.transaction("删除民主测评票数"):
        store[AppraisalTally].remove(tally.id)


def excellent_cap(graded: int, rule: AppraisalRule) -> int:
    """How many may be 优秀: a part of those who are graded, rounded down (`appraisal_excellent`)."""
    return rule.excellent.most(graded)


def check_appraisal(
    appraisal: Appraisal, others: Sequence[Appraisal], roster: Roster, rule: AppraisalRule | None = None
) -> list[Problem]:
    """What is wrong or doubtful with a grade; by a rule also how many of its year are 优秀."""
    problems = missing_entries(appraisal)
    day = appraisal.decided_on or date(appraisal.year, 12, 31)
    status = roster.status(appraisal.member, day)
    if appraisal.member in roster and status not in IN_BRANCH:
        text = f"{day} 不在本支部" + (f"（{status}）" if status else "") + "，不评定等次"
        problems.append(Problem("member", text, Severity.WARNING))
    elif status is MemberStatus.PROBATIONARY:
        problems.append(Problem("member", "预备党员参加评议，但不评定等次", Severity.WARNING))
    same = [item for item in others if item.year == appraisal.year and item.member != appraisal.member]
    full = graded_members(roster, day)
    excellent = sum(item.grade is Grade.EXCELLENT for item in same)
    if rule is not None and appraisal.grade is Grade.EXCELLENT and excellent + 1 > excellent_cap(len(full), rule):
        cap = excellent_cap(len(full), rule)
        text = f"优秀一般不超过{rule.excellent.words}：评定 {len(full)} 人，最多 {cap} 人，连这一位 {excellent + 1} 人"
        problems.append(Problem("grade", text, Severity.WARNING))
    return problems


def save_appraisal(store: Store, appraisal: Appraisal, roster: Roster) -> Appraisal:
    """Record a grade; the same member and year again corrects it. Raises Refused."""
    others = store[Appraisal].all(year=appraisal.year)
    refuse_errors(check_appraisal(appraisal, others, roster))
    known = next((item for item in others if item.member == appraisal.member), None)
    with store.transaction("登记评议等次"):
        return store[Appraisal].save(replace(appraisal, id=known.id) if known else appraisal)


def remove_appraisal(store: Store, appraisal: Appraisal) -> None:
    """Delete a grade entered by mistake."""
    with store.transaction("删除评议等次"):
        store[Appraisal].remove(appraisal.id)
