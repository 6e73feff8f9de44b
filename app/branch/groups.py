"""党小组: the groups of the branch, with the days they were set up and given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.record import Problem, Record, entry, missing_entries, refuse_errors, stored
from app.store import Store


@stored
class Group(Record, called="党小组", spans=("since", "until")):
    """党小组. `since` and `until` are inclusive; empty means it always was, or still is."""

    name: str = entry("党小组名称", required=True, titles=True)
    since: date | None = entry("设立日期", default=None)
    until: date | None = entry("撤销日期", default=None)


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
