"""组织生活会: what each member found in herself, what others said to her, and how it is to be mended."""

from __future__ import annotations

from app.people.members import Member
from app.record import Problem, Record, Severity, entry, missing_entries, refuse_errors, stored
from app.store import Store
from app.work.rectifications import Rectification


@stored
class LifeFinding(Record, called="查摆问题"):
    """查摆问题 of one member in the life meeting of a year."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    year: int = entry("年度", required=True, tells_year=True)
    problem: str = entry("查摆问题", default="", titles=True, long=True)
    criticism: str = entry("批评意见", default="", long=True)
    measure: str = entry("整改措施", default="", long=True)


def check_finding(finding: LifeFinding) -> list[Problem]:
    """What is wrong or doubtful with a finding."""
    problems = missing_entries(finding)
    if not finding.problem.strip() and not finding.criticism.strip():
        problems.append(Problem("problem", "请填写查摆问题或批评意见"))
    if finding.problem.strip() and not finding.measure.strip():
        problems.append(Problem("measure", "还没有写整改措施", Severity.WARNING))
    return problems


def save_finding(store: Store, finding: LifeFinding) -> LifeFinding:
    """Record or correct a finding; raises Refused."""
    refuse_errors(check_finding(finding))
    with store.transaction("修改查摆问题" if finding.id else "登记查摆问题"):
        return store[LifeFinding].save(finding)


def remove_finding(store: Store, finding: LifeFinding) -> None:
    """Delete a finding entered by mistake."""
    with store.transaction("删除查摆问题"):
        store[LifeFinding].remove(finding.id)


def to_rectify(
    findings: tuple[LifeFinding, ...], known: tuple[Rectification, ...], names: dict[int, str]
) -> list[Rectification]:
    """The entries of the rectification list that findings ask for and that are not on it yet.

    Nothing is made up: the day by which it is to be done stays open until somebody sets it.
    """
    there = {item.finding for item in known}
    return [
        Rectification(
            problem=item.problem,
            source=f"{item.year}年度组织生活会",
            measure=item.measure,
            who=names[item.member],
            raised_on=None,
            finding=item.id,
        )
        for item in findings
        if item.problem.strip() and item.id not in there
    ]
