"""How far the branch is with a superior's document, item by item, with the records that count (挂图作战)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.life.meetings import Meeting, Minutes
from app.life.plans import PlannedEvent
from app.ways import ToList, ToRecord, Way
from app.work.rectifications import Light
from app.work.superior_documents import DocumentItem, DocumentWork, SuperiorDocument
from app.work.tasks import Task
from app.year.ledger import YearLedger
from app.year.periods import period_words
from app.year.standing import Duty, State, standing


@dataclass(frozen=True)
class ItemProgress:
    """How one item stands on a day: its light (None where the branch has nothing to do), in words, and the records.

    `done` is from 0 to 1.
    """

    item: DocumentItem
    light: Light | None
    lead: str
    due_on: date | None
    words: str
    evidence: str
    done: float
    way: Way | None

    @property
    def state(self) -> str:
        """The light in a word."""
        return self.light.value if self.light else "不涉及"


def items_of(ledger: YearLedger, document: int) -> list[DocumentItem]:
    """The items of a document, in its order."""
    return [item for item in ledger.document_items if item.document == document]


def document_progress(ledger: YearLedger, document: int, today: date) -> list[ItemProgress]:
    """Each item of a document as of a day of the ledger's year, in the order of the document."""
    day = ledger.reference_day(today)
    duties = standing(ledger, day)
    return [_progress(ledger, item, duties, day) for item in items_of(ledger, document)]


def _progress(ledger: YearLedger, item: DocumentItem, duties: Sequence[Duty], day: date) -> ItemProgress:
    found: ItemProgress | None = None
    if item.work is DocumentWork.TASK:
        found = _task(ledger, item, day)
    elif item.work is DocumentWork.RULE:
        found = _rule(ledger, item, [duty for duty in duties if duty.rule == f"local_{item.target}"])
    elif item.work is DocumentWork.EVENT:
        found = _event(ledger, item, day)
    if found is not None:
        return found
    told = _why_nothing(ledger, item) if item.work else ""
    return ItemProgress(item, None, "", item.due_on, told, "", 0.0, None)


def _why_nothing(ledger: YearLedger, item: DocumentItem) -> str:
    """Why an item that became something has no progress in this year: it is for another one, or is gone."""
    rule = next((rule for rule in ledger.local_rules if rule.id == item.target), None)
    if item.work is DocumentWork.RULE and rule is not None:
        return f"是 {rule.first_year} 年度的要求"
    if item.work is DocumentWork.EVENT and item.due_on and item.due_on.year != ledger.year:
        return f"是 {item.due_on.year} 年度的活动"
    return "办理记录已删除"


def _task(ledger: YearLedger, item: DocumentItem, day: date) -> ItemProgress | None:
    task = next((task for task in ledger.tasks if task.id == item.target), None)
    if task is None:
        return None
    closed = task.closed_on if task.closed_on and task.closed_on <= day else None
    words = f"{closed} 销号" if closed else f"进度 {task.percent}%"
    told = "；".join(part for part in (words, task.progress.strip()) if part)
    lead = task.lead + (f"（配合：{task.partners}）" if task.partners else "")
    due = task.due_on or item.due_on
    return ItemProgress(
        item,
        ledger.light(due, closed, day),
        lead,
        due,
        told,
        task.evidence,
        task.percent / 100,
        ToRecord(Task, task.id),
    )


def _rule(ledger: YearLedger, item: DocumentItem, duties: Sequence[Duty]) -> ItemProgress | None:
    if not duties:
        return None
    required = sum(duty.required for duty in duties)
    if not required:
        return ItemProgress(item, None, "", item.due_on, "本年度不适用", "", 0.0, None)
    counted = sum(min(duty.done, duty.required) for duty in duties)
    states = {duty.state for duty in duties}
    if State.MISSING in states:
        colour = Light.RED
    elif counted >= required:
        colour = Light.CLOSED
    else:
        colour = Light.AMBER if State.DUE in states else Light.GREEN
    held = sorted({record for duty in duties for record in duty.records})
    days = sorted(m.meeting.held_on for m in ledger.minutes if m.meeting.id in held)
    short = [duty.period for duty in duties if duty.state is State.MISSING]
    words = f"已开展 {sum(duty.done for duty in duties)} 次，要求 {required} 次"
    words += f"；{'、'.join(period_words(period) for period in short)}缺" if short else ""
    evidence = "、".join(f"{day.month}.{day.day}" for day in days)
    way = ToList(Meeting, tuple(held), item.title) if held else None
    return ItemProgress(item, colour, "", item.due_on, words, evidence, counted / required, way)


def _event(ledger: YearLedger, item: DocumentItem, day: date) -> ItemProgress | None:
    event = next((event for event in ledger.plan if event.id == item.target), None)
    held = next((m.meeting for m in ledger.minutes if m.meeting.planned == item.target), None)
    if event is None and held is None:
        return None
    if held is not None and held.held_on <= day:
        words, way = f"{held.held_on} 已开展：{held.subject}", ToRecord(Meeting, held.id)
        return ItemProgress(item, Light.CLOSED, "", item.due_on, words, "", 1.0, way)
    assert event is not None
    words = f"计划 {event.planned_on} 开展"
    way = ToRecord(PlannedEvent, event.id)
    return ItemProgress(
        item, ledger.light(event.planned_on, None, day), event.host, event.planned_on, words, "", 0.0, way
    )


def tally(progress: Sequence[ItemProgress]) -> str:
    """The lights of a document, counted, in words; empty where it has none."""
    counted = {state: sum(item.light is state for item in progress) for state in Light}
    return " · ".join(f"{state} {number}" for state, number in counted.items() if number)


def meetings_naming(ledger: YearLedger, document: SuperiorDocument) -> list[Minutes]:
    """The year's meetings whose subject, contents or agenda name a document by its title or number."""
    names = [name for name in (document.title.strip("《》"), document.number.strip()) if len(name) >= 4]
    found: list[Minutes] = []
    for minutes in ledger.minutes:
        said = [minutes.meeting.subject, minutes.meeting.content]
        said += [f"{item.title} {item.text}" for item in minutes.agenda]
        if any(name in text for name in names for text in said):
            found.append(minutes)
    return found
