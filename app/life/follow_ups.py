"""后续事项: what a meeting gave somebody to do, and how a later one closed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.errors import Refused
from app.record import Record, entry, stored
from app.store import Store


@stored
class FollowUp(Record, called="后续事项"):
    """A task out of a meeting; `closed_at` is the meeting that closed it, where one did."""

    meeting: int = entry("会议活动", default=0, of="Meeting", part=True)
    task: str = entry("事项", required=True, titles=True)
    who: str = entry("责任人", default="")
    due_on: date | None = entry("期限", default=None, ahead=True)
    closed_on: date | None = entry("办结日期", default=None)
    how: str = entry("办结情况", default="", long=True)
    closed_at: int | None = entry("办结会议", default=None, of="Meeting", printed=False)


def open_before(follow_ups: Sequence[FollowUp], days: dict[int, date], day: date) -> list[FollowUp]:
    """The tasks that meetings before a day gave and that are still open; `days` are the days of the meetings."""
    found = [item for item in follow_ups if item.closed_on is None and days.get(item.meeting, day) < day]
    return sorted(found, key=lambda item: (item.due_on or date.max, item.id))


def close_follow_up(store: Store, item: FollowUp, day: date, how: str, meeting: int | None = None) -> FollowUp:
    """Close a task: when and how; raises Refused without a word how."""
    if not how.strip():
        raise Refused("请写明怎么办结的。")
    with store.transaction("办结后续事项"):
        return store[FollowUp].save(replace(item, closed_on=day, how=how.strip(), closed_at=meeting))


def save_follow_up(store: Store, item: FollowUp) -> FollowUp:
    """Correct a task, close it or take it up again; raises Refused when it is closed without a word how."""
    if not item.task.strip():
        raise Refused("请写明是什么事项。")
    if item.closed_on is not None:
        return close_follow_up(store, item, item.closed_on, item.how, item.closed_at)
    with store.transaction("修改后续事项"):
        return store[FollowUp].save(replace(item, closed_at=None))
