"""What is planned, promised or set with a last day: events, talks that are owed, tasks and problems to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.checks.matter import Level, Matter, of_record
from app.dates import chinese
from app.life.follow_ups import FollowUp
from app.life.meetings import Meeting
from app.life.plans import PlannedEvent
from app.life.talks import Talk
from app.ways import ToNew, ToRecord
from app.work.rectifications import Light, Rectification
from app.work.tasks import Task
from app.year.ledger import YearLedger
from app.year.must_talks import must_talks
from app.year.planning import coming_events, title_of


def of_plans(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """Everything of that kind that is near or past its day; of the present year only."""
    if ledger.year != today.year:
        return
    yield from _events(ledger, today)
    yield from _talks(ledger, today)
    yield from _matters(ledger, today)


def _left(day: date, today: date) -> str:
    left = (day - today).days
    return f"还有 {left} 天" if left > 0 else "就是今天" if left == 0 else f"已过 {-left} 天"


def _events(ledger: YearLedger, today: date) -> Iterator[Matter]:
    for event in coming_events(ledger, today):
        past = event.planned_on < today
        detail = f"{chinese(event.planned_on)} · {_left(event.planned_on, today)}" + (" · 还没有记录" if past else "")
        begun = event.planned_on <= today
        way = ToNew(Meeting, {"planned": event.id}) if begun else ToRecord(PlannedEvent, event.id)
        text = f"计划：{title_of(ledger, event)}"
        yield of_record("planned", PlannedEvent, event.id, Level.WARNING, text, detail, event.planned_on, way)


def _talks(ledger: YearLedger, today: date) -> Iterator[Matter]:
    for item in must_talks(ledger, today):
        if item.open:
            name = ledger.roster[item.member].name
            detail = f"{chinese(item.happened_on)} {item.note or item.kind} · 应谈心谈话"
            yield Matter(
                level=Level.WARNING,
                text=f"必谈：{name} {item.kind}",
                detail=detail,
                source=ledger.rulebook.talks[0].source if ledger.rulebook.talks else "",
                code="must_talk",
                key=f"must_talk:{item.member}:{item.kind}:{item.happened_on}",
                way=ToNew(Talk, {"partner": item.member, "kind": item.kind}),
            )
    for talk in ledger.open_talks:
        due = talk.follow_up_due
        if due is None or due <= today + timedelta(days=ledger.rulebook.remind.task_days):
            name = ledger.roster[talk.partner].name
            late = due is not None and due < today
            detail = f"{talk.follow_up}" + (f" · {_left(due, today)}" if due else "")
            level = Level.ERROR if late else Level.NOTICE
            yield of_record("talk_follow_up", Talk, talk.id, level, f"与{name}谈话的后续", detail, due)


def _matters(ledger: YearLedger, today: date) -> Iterator[Matter]:
    found: list[tuple[str, Task | Rectification | FollowUp, str]] = [("任务", item, item.task) for item in ledger.tasks]
    found += [("整改", item, item.problem) for item in ledger.rectifications]
    found += [("会议后续", item, item.task) for item in ledger.follow_ups]
    for word, item, what in found:
        due, state = item.due_on, ledger.light(item.due_on, item.closed_on, today)
        if due is not None and state in (Light.RED, Light.AMBER):
            level = Level.ERROR if state is Light.RED else Level.WARNING
            detail = f"{chinese(due)}前 · {_left(due, today)}"
            yield of_record("last_day", type(item), item.id, level, f"{word}：{what[:24]}", detail, due)
