"""支部: the branch itself, its groups, and the posts its members hold with their terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from app.dates import PartialDate, add_months
from app.errors import Refused
from app.record import Problem, Record, Severity, entry, missing_entries, refuse_errors, stored
from app.store import Reader, Store


class BranchKind(StrEnum):
    """Kind of unit the branch stands in; it decides the length of the committee's term."""

    GOVERNMENT = "机关"
    INSTITUTION = "事业单位"
    ENTERPRISE = "企业"
    SCHOOL = "学校"
    VILLAGE = "村"
    COMMUNITY = "社区"
    OTHER = "其他"


class BirthdayBasis(StrEnum):
    """Which day a branch keeps as 政治生日; custom, some units take the day of confirmation."""

    JOINED = "入党日期"
    CONFIRMED = "转正日期"


@stored
class Branch(Record, called="支部", timeless=True):
    """党支部. A ledger holds exactly one."""

    name: str = entry("支部名称", required=True, titles=True)
    code: str = entry("党组织代码", default="")
    kind: BranchKind = entry("单位类型", default=BranchKind.GOVERNMENT)
    unit: str = entry("所在单位", default="")
    superior: str = entry("上级党组织", default="")
    founded: PartialDate | None = entry("成立日期", default=None)
    elected: date | None = entry("本届选举日期", default=None)
    dues_day: int = entry("每月党费日", default=10)
    sample: bool = entry("示例", default=False)
    extended_until: date | None = entry("经批准延期至", default=None, ahead=True)
    extension_approval: str = entry("延期批准依据", default="")
    inspected_on: date | None = entry("下次检查日期", default=None, ahead=True)
    records_since: date | None = entry("从哪一天起用本台账记录", default=None)
    birthday_by: BirthdayBasis = entry("政治生日按", default=BirthdayBasis.JOINED)


def term_end(elected: date, years: int) -> date:
    """The last day of a committee's term, inclusive (条例 ch. 6): 2023-11-25 and 3 years end on 2026-11-24."""
    return add_months(elected, years * 12) - timedelta(days=1)


def the_branch(store: Reader) -> Branch:
    """The branch of an open ledger."""
    return store[Branch].all()[0]


def check_branch(branch: Branch) -> list[Problem]:
    """What is wrong with the branch's own fields."""
    problems = missing_entries(branch)
    if not 1 <= branch.dues_day <= 28:
        problems.append(Problem("dues_day", "每月党费日请填 1 至 28 之间的数字"))
    if branch.extended_until and branch.elected is None:
        problems.append(Problem("extended_until", "先填本届选举日期，才能填延期"))
    if branch.extended_until and not branch.extension_approval.strip():
        problems.append(Problem("extension_approval", "延期换届要有上级批准，请填批准文号", Severity.WARNING))
    return problems


def found_branch(store: Store, name: str, **fields: object) -> Branch:
    """Begin an empty ledger with its one branch; raises Refused when the name is empty or one is there already."""
    branch = replace(Branch(name=name.strip()), **fields)  # pyright: ignore[reportArgumentType]
    refuse_errors(check_branch(branch))
    if store[Branch].all():
        raise Refused("这个台账里已经有一个支部。")
    with store.transaction("建立台账", begins=True):
        return store[Branch].save(branch)


def update_branch(store: Store, branch: Branch) -> Branch:
    """Save the branch's own fields; raises Refused."""
    refuse_errors(check_branch(branch))
    with store.transaction("修改支部信息"):
        return store[Branch].save(branch)
