"""任职: who held which post on a day; the committee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.branch.groups import Group
from app.people.members import Member
from app.record import Problem, Record, Severity, entry, refuse_errors, stored
from app.store import Store


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
class Post(Record, called="任职", spans=("since", "until")):
    """A post held by a member; `since` and `until` are inclusive, empty means unknown start or still held."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    title: PostTitle = entry("党内职务", required=True, titles=True)
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


def titles_on(posts: Sequence[Post], day: date) -> dict[int, str]:
    """The posts that each member holds on a day, in words, in the order they were entered: 书记、组织委员."""
    titles: dict[int, list[str]] = {}
    for post in in_force(posts, day):
        titles.setdefault(post.member, []).append(post.title.value)
    return {member: "、".join(held) for member, held in titles.items()}


def secretary_on(posts: Sequence[Post], day: date) -> int | None:
    """Who is 书记 on a day; None when the post is vacant."""
    return next((post.member for post in committee(posts, day) if post.title is PostTitle.SECRETARY), None)


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
