"""支部: the branch itself, its groups, and the posts its members hold with their terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from app.dates import PartialDate, add_months
from app.errors import Refused
from app.record import Problem, Record, Severity, entry, missing_entries, stored
from app.store import Store


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
class Branch(Record):
    """党支部. A ledger holds exactly one."""

    name: str = entry("支部名称", required=True)
    kind: BranchKind = entry("单位类型", default=BranchKind.GOVERNMENT)
    unit: str = entry("所在单位", default="")
    superior: str = entry("上级党组织", default="")
    founded: PartialDate | None = entry("成立日期", default=None)
    elected: date | None = entry("本届选举日期", default=None)
    dues_day: int = entry("每月党费日", default=10)
    sample: bool = entry("示例", default=False)
    extended_until: date | None = entry("经批准延期至", default=None)
    extension_approval: str = entry("延期批准依据", default="")
    inspected_on: date | None = entry("下次检查日期", default=None)
    birthday_by: BirthdayBasis = entry("政治生日按", default=BirthdayBasis.JOINED)


@stored
class Group(Record):
    """党小组. `since` and `until` are inclusive; empty means it always was, or still is."""

    name: str = entry("党小组名称", required=True)
    since: date | None = entry("设立日期", default=None)
    until: date | None = entry("撤销日期", default=None)


class PostTitle(StrEnum):
    """党内职务 on the branch committee, in the order they are listed; a group leader stands outside it."""

    SECRETARY = "书记"
    DEPUTY_SECRETARY = "副书记"
    ORGANISATION = "组织委员"
    PUBLICITY = "宣传委员"
    DISCIPLINE = "纪检委员"
    YOUTH = "青年委员"
    UNITED_FRONT = "统战委员"
    SECURITY = "保密委员"
    STUDY = "学习委员"
    MEMBER = "支部委员"
    GROUP_LEADER = "党小组组长"


POST_ORDER = {title: index for index, title in enumerate(PostTitle)}


@stored
class Post(Record):
    """A post held by a member; `since` and `until` are inclusive, empty means unknown start or still held."""

    member: int = entry("党员", required=True)
    title: PostTitle = entry("党内职务", required=True)
    since: date | None = entry("任职日期", default=None)
    until: date | None = entry("免职日期", default=None)


Span = TypeVar("Span", Post, Group)


def in_force(records: Sequence[Span], day: date) -> list[Span]:
    """Those of the dated records that hold on a day."""
    return [
        item
        for item in records
        if (item.since is None or item.since <= day) and (item.until is None or day <= item.until)
    ]


def committee(posts: Sequence[Post], day: date) -> list[Post]:
    """The holders of committee posts on a day, in the order of the posts."""
    held = [post for post in in_force(posts, day) if post.title is not PostTitle.GROUP_LEADER]
    return sorted(held, key=lambda post: (POST_ORDER[post.title], post.id))


def term_end(elected: date, years: int) -> date:
    """The last day of a committee's term, inclusive (条例 ch. 6): 2023-11-25 and 3 years end on 2026-11-24."""
    return add_months(elected, years * 12) - timedelta(days=1)


def the_branch(store: Store) -> Branch:
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


def check_post(post: Post, posts: Sequence[Post]) -> list[Problem]:
    """What is wrong with a post beside the others: order of its days, two holders of a single post."""
    problems: list[Problem] = []
    if post.since and post.until and post.until < post.since:
        problems.append(Problem("until", "免职日期早于任职日期"))
    single = {PostTitle.SECRETARY}
    day = post.until or post.since
    rivals = [item for item in posts if item.id != post.id and item.title == post.title]
    if post.title in single and day and in_force(rivals, day):
        problems.append(Problem("title", f"这段时间已有一位{post.title}，请先填原任的免职日期", Severity.WARNING))
    return problems


def save_post(store: Store, post: Post) -> Post:
    """Appoint a member, or correct a post; raises Refused."""
    refuse_errors(check_post(post, store[Post].all()))
    with store.transaction("修改任职" if post.id else "登记任职"):
        return store[Post].save(post)


def remove_post(store: Store, post: int) -> None:
    """Delete a post entered by mistake; raises NotFound."""
    with store.transaction("删除任职"):
        store[Post].remove(post)


def check_group(group: Group, groups: Sequence[Group]) -> list[Problem]:
    """What is wrong with a group: no name, the same name twice, days in the wrong order."""
    problems = missing_entries(group)
    if any(item.name == group.name and item.id != group.id for item in groups):
        problems.append(Problem("name", f"已经有“{group.name}”"))
    if group.since and group.until and group.until < group.since:
        problems.append(Problem("until", "撤销日期早于设立日期"))
    return problems


def save_group(store: Store, group: Group) -> Group:
    """Set up a group or correct it; raises Refused."""
    refuse_errors(check_group(group, store[Group].all()))
    with store.transaction("修改党小组" if group.id else "设立党小组"):
        return store[Group].save(group)


def refuse_errors(problems: Sequence[Problem]) -> None:
    """Raise Refused with the words of every error among the problems; warnings pass."""
    errors = [problem.text for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise Refused("；".join(errors) + "。")
