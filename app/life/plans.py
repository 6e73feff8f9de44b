"""年度计划: the events that are planned, moved by hand, taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from app.branch.groups import Group
from app.calendar import WorkCalendar
from app.life.meetings import Meeting
from app.record import Problem, Record, Severity, entry, missing_entries, refuse_errors, stored
from app.rules.meeting_types import MeetingType
from app.store import Store


@stored
class PlannedEvent(Record, called="计划活动"):
    """计划活动: what is to be held; `rule` is the code of the rule that asks for it, "" where none does."""

    planned_on: date = entry("计划日期", required=True, tells_year=True, titles=True, ahead=True)
    start: time | None = entry("开始时间", default=None)
    type: MeetingType = entry("类型", required=True, titles=True)
    group: int | None = entry("党小组", default=None, of=Group)
    subject: str = entry("主题", default="", titles=True)
    place: str = entry("地点", default="")
    host: str = entry("主持人", default="")
    outline: str = entry("方案和议程", default="", long=True)
    rule: str = entry("依据", default="", printed=False)
    activity: str = entry("自定活动种类", default="", words="activity")


def check_planned(event: PlannedEvent, calendar: WorkCalendar) -> list[Problem]:
    """What is wrong or doubtful with a planned event."""
    problems = missing_entries(event)
    if not calendar.worked(event.planned_on):
        problems.append(Problem("planned_on", "这一天不上班，请确认", Severity.WARNING))
    return problems


def save_planned(store: Store, event: PlannedEvent, calendar: WorkCalendar) -> PlannedEvent:
    """Enter a planned event, or move it; raises Refused."""
    refuse_errors(check_planned(event, calendar))
    with store.transaction("修改计划活动" if event.id else "增加计划活动"):
        return store[PlannedEvent].save(event)


def remove_planned(store: Store, event: PlannedEvent) -> None:
    """Take an event out of the plan; minutes that came from it stay."""
    with store.transaction("删除计划活动"):
        for meeting in store[Meeting].all(planned=event.id):
            store[Meeting].save(replace(meeting, planned=None))
        store[PlannedEvent].remove(event.id)


def plan_year(store: Store, events: Sequence[PlannedEvent]) -> int:
    """Put laid-out events into the plan, all in one action; returns how many."""
    with store.transaction(f"排出年度计划 {len(events)} 项"):
        return len(store[PlannedEvent].save_all(list(events)))
