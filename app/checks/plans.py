"""What is planned, promised or set with a last day: events, talks that are owed, tasks and problems to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.checks.reminder import Reminder
from app.dates import chinese
from app.work.rectifications import SOON_DAYS, Light, light
from app.year.ledger import YearLedger
from app.year.must_talks import must_talks
from app.year.planning import coming_events, title_of


def of_plans(ledger: YearLedger, today: date) -> Iterator[Reminder]:
    """Everything of that kind that is near or past its day; of the present year only."""
    if ledger.year != today.year:
        return
    yield from _events(ledger, today)
    yield from _talks(ledger, today)
    yield from _matters(ledger, today)


def _left(day: date, today: date) -> str:
    left = (day - today).days
    return f"还有 {left} 天" if left > 0 else "就是今天" if left == 0 else f"已过 {-left} 天"


def _events(ledger: YearLedger, today: date) -> Iterator[Reminder]:
    for event in coming_events(ledger, today):
        past = event.planned_on < today
        text = f"{chinese(event.planned_on)} · {_left(event.planned_on, today)}" + (" · 还没有记录" if past else "")
        hint = {"planned": event.id} if event.planned_on <= today else {"view": "plan", "event": event.id}
        action = "记录" if event.planned_on <= today else "准备"
        title = f"计划：{title_of(ledger, event)}"
        yield Reminder("due", title, text, action, "meetings", "calendar_ltr", hint, event.planned_on)


def _talks(ledger: YearLedger, today: date) -> Iterator[Reminder]:
    for item in must_talks(ledger, today):
        if item.open:
            name = ledger.roster[item.member].name
            text = f"{chinese(item.happened_on)} {item.note or item.kind} · 应谈心谈话"
            hint = {"partner": item.member, "kind": item.kind}
            yield Reminder("due", f"必谈：{name} {item.kind}", text, "谈话", "talks", "chat_multiple", hint)
    for talk in ledger.open_talks:
        due = talk.follow_up_due
        if due is None or due <= today + timedelta(days=SOON_DAYS):
            name = ledger.roster[talk.partner].name
            late = due is not None and due < today
            text = f"{talk.follow_up}" + (f" · {_left(due, today)}" if due else "")
            hint = {"talk": talk.id}
            level = "missing" if late else "info"
            yield Reminder(level, f"与{name}谈话的后续", text, "办结", "talks", "chat_multiple", hint, due)


def _matters(ledger: YearLedger, today: date) -> Iterator[Reminder]:
    found = [("任务", "tasks", item.task, item.due_on, item.closed_on, item.id) for item in ledger.tasks]
    found += [
        ("整改", "rectifications", item.problem, item.due_on, item.closed_on, item.id) for item in ledger.rectifications
    ]
    found += [("会议后续", "follow_ups", item.task, item.due_on, item.closed_on, item.id) for item in ledger.follow_ups]
    for word, view, what, due, closed, number in found:
        state = light(due, closed, today)
        if due is not None and state in (Light.RED, Light.AMBER):
            level = "missing" if state is Light.RED else "due"
            text = f"{chinese(due)}前 · {_left(due, today)}"
            hint = {"view": view, "record": number}
            yield Reminder(level, f"{word}：{what[:24]}", text, "办理", "tasks", "clipboard_task", hint, due)
