"""年度计划的排定: the year's events laid out from the rules, what of them is open, and the notice of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from app.dates import chinese, weekday
from app.life.meetings import Minutes, audience
from app.life.plans import PlannedEvent
from app.people.posts import in_force
from app.rules.kinds import Quota
from app.rules.meeting_types import MeetingType
from app.year.ledger import YearLedger
from app.year.periods import Period, quotas_by_period
from app.year.standing import State, counts, standing

AFTERNOON = time(15, 0)


def lay_out(ledger: YearLedger, day: int, today: date) -> list[PlannedEvent]:
    """What the rules of the year still ask for and no plan holds yet, one event a time it is asked for.

    A monthly duty is set on the given day of its month, a quarterly one in the last month of its quarter, several a
    year spread evenly; a day off moves to the next worked day. What lies in the past is not planned any more.
    """
    found: list[PlannedEvent] = []
    duties = {(duty.rule, duty.period): duty for duty in standing(ledger, today)}
    planned = open_events(ledger)
    for quota, period in quotas_by_period(ledger.rulebook.quotas, ledger.year):
        if duties[quota.code, period.name].state in (State.DONE, State.MISSING, State.NOT_APPLICABLE):
            continue
        for group in _groups(ledger, quota, period):
            found += _of_period(ledger, planned, quota, period, group, day, today)
    return sorted(found, key=lambda event: (event.planned_on, event.rule))


def _groups(ledger: YearLedger, quota: Quota, period: Period) -> list[int | None]:
    if quota.audience != "group":
        return [None]
    return [group.id for group in in_force(ledger.groups, period.last)]


def _of_period(
    ledger: YearLedger,
    planned: Sequence[PlannedEvent],
    quota: Quota,
    period: Period,
    group: int | None,
    day: int,
    today: date,
) -> list[PlannedEvent]:
    kind = MeetingType(quota.type)
    held = sum(
        counts(quota, item)
        and period.first <= item.meeting.held_on <= period.last
        and item.meeting.group in (None, group)
        for item in ledger.minutes
    )
    there = sum(
        event.type is kind
        and event.activity == quota.activity
        and event.group == group
        and period.first <= event.planned_on <= period.last
        for event in planned
    )
    wanted = 1 if quota.audience == "group" else quota.minimum
    missing = max(0, wanted - held - there)
    days = _days(period, missing, day, max(today, period.first))
    return [
        PlannedEvent(
            planned_on=ledger.calendar.next_worked(wish),
            start=AFTERNOON,
            type=kind,
            activity=quota.activity,
            group=group,
            rule=quota.code,
        )
        for wish in days
    ]


def _days(period: Period, number: int, day: int, earliest: date) -> list[date]:
    """Where so many events lie in a period, none before `earliest`."""
    if number == 0 or earliest > period.last:
        return []
    if number == 1:
        last = period.last
        wish = date(last.year, last.month, min(day, last.day))
        return [min(max(wish, earliest), last)]
    span = (period.last - earliest).days
    return [earliest + timedelta(days=(2 * index + 1) * span // (2 * number)) for index in range(number)]


def held_of(ledger: YearLedger, event: PlannedEvent) -> Minutes | None:
    """The minutes that a planned event became."""
    return next((item for item in ledger.minutes if event.id and item.meeting.planned == event.id), None)


def open_events(ledger: YearLedger) -> list[PlannedEvent]:
    """What is planned and has no minutes yet, in order of day."""
    done = {item.meeting.planned for item in ledger.minutes}
    return [event for event in ledger.plan if event.id not in done]


def coming_events(ledger: YearLedger, today: date) -> list[PlannedEvent]:
    """The open events of the next days, and those whose day has passed without minutes."""
    last = today + timedelta(days=ledger.rulebook.remind.plan_days)
    return [event for event in open_events(ledger) if event.planned_on <= last]


def title_of(ledger: YearLedger, event: PlannedEvent) -> str:
    """What an event is called: its subject, else its type and group."""
    group = ledger.group_names.get(event.group or 0, "")
    kind = event.activity or event.type.value
    return event.subject.strip() or (f"{kind}（{group}）" if group else kind)


def notice(ledger: YearLedger, event: PlannedEvent) -> str:
    """会议通知: what to send to those who should come. What is not known yet stays a blank."""
    group = ledger.group_names.get(event.group or 0, "")
    when = f"{chinese(event.planned_on)}（星期{weekday(event.planned_on)[-1]}）"
    when += f"{event.start:%H:%M}" if event.start else "　　时"
    people = audience((event.type,), event.group, event.planned_on, ledger.roster, ledger.posts)
    whom = {MeetingType.COMMITTEE: "全体支部委员", MeetingType.GROUP: f"{group or '党小组'}全体党员"}
    lines = [
        "通　知",
        f"{whom.get(event.type, '全体党员')}：",
        f"　　兹定于{when}在{event.place or '　　　　　　'}召开{event.type}，请准时参加。",
        f"　　主题：{event.subject or '　　　　　　'}",
    ]
    if event.outline.strip():
        lines.append(f"　　议程：{event.outline.strip()}")
    lines += [
        f"　　应到：{len(people)} 人。因故不能参加的，请提前向支部请假并说明原因。",
        f"　　　　　　　　　　　　{ledger.branch.name}",
    ]
    return "\n".join(lines)
