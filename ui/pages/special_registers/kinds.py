"""A special register as a register of the window: its columns, its fields, what its fields are chosen from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from app.attachments import Owner
from app.life.meetings import Meeting
from app.people.honours import Honour
from app.people.members import Member
from app.record import Entry, Record
from app.work.rectifications import Light
from app.work.register_rows import check_row, remove_row, save_row
from app.work.special_registers import LINKED, ColumnKind, ColumnPart, RegisterColumn, register_row
from app.work.special_registers import Register as Kept
from app.work.superior_documents import SuperiorDocument
from app.work.tasks import Task
from app.year.ledger import YearLedger
from app.year.special_registers import count_standings, heading_of, text_of
from ui.house.session import Session
from ui.kit.editors import Choice
from ui.kit.record_fields import Fields
from ui.kit.table import Column
from ui.record.progress import LIGHT_TONES
from ui.record.registers import Register

WIDTHS = {
    ColumnKind.DAY: 100,
    ColumnKind.NUMBER: 72,
    ColumnKind.YES_NO: 60,
    ColumnKind.LONG: 150,
    ColumnKind.MEETING: 150,
}
HINTS = {
    ColumnKind.PEOPLE: "用顿号分开",
    ColumnKind.MEETING: "日期或主题",
    ColumnKind.TASK: "任务里的字",
    ColumnKind.DOCUMENT: "文件标题里的字",
    ColumnKind.HONOUR: "姓名或荣誉名称",
}
LINKS: dict[type[Record], Callable[[Session], list[Choice]]] = {
    Meeting: lambda s: [
        Choice(m.meeting.id, f"{m.meeting.held_on} {m.meeting.subject}") for m in reversed(s.ledger_of_year().minutes)
    ],
    Task: lambda s: [Choice(item.id, item.task) for item in s.ledger_of_year().tasks],
    Honour: lambda s: [
        Choice(item.id, f"{s.ledger_of_year().roster[item.member].name} {item.name}")
        for item in s.ledger_of_year().honours
    ],
    SuperiorDocument: lambda s: [Choice(item.id, item.title) for item in s.ledger_of_year().documents],
}


def code_of(register: int) -> str:
    """The code under which a register stands in the page."""
    return f"register-{register}"


def as_register(kept: Kept) -> Register:
    """A special register as the page shows it."""
    number, columns = kept.register.id, kept.columns
    return Register(
        code_of(number),
        kept.register.title,
        kept.kind,
        kept.register.purpose or "这本台账还没有记录。",
        lambda ledger, today: _columns(ledger, kept, today),
        lambda ledger, today: _rows(ledger, kept, today),
        _fields(kept),
        lambda s, row: save_row(s.ledger, row, s.today()),
        lambda s, row: remove_row(s.ledger, row),
        lambda s, row: check_row(columns, row, s.today()),
        lambda ledger, today: _facts(ledger, number, today),
        begins={"register": number},
        begins_today=("dated_on",),
        key=lambda row: row.id,
        searched=lambda row, ledger: " ".join(text_of(ledger, column, row) for column in kept.shown),
        find=lambda s, id: register_row(s.ledger, id),
        choices=_choices,
        form="register_across" if kept.register.across else "register",
        noun=kept.noun,
        owner=Owner.REGISTER_ROW,
    )


def _columns(ledger: YearLedger, kept: Kept, today: date) -> Sequence[Column]:
    made = [_column(ledger, column) for column in kept.shown]
    if kept.has(ColumnPart.DUE):
        day, soon = ledger.reference_day(today), ledger.rulebook.remind.task_days

        def light(row: Any) -> Light:
            return kept.light_of(row, day, soon) or Light.GREEN

        # Beside the subject, so that it is seen without scrolling.
        at = 1 + next(place for place, column in enumerate(kept.shown) if column.part is ColumnPart.SUBJECT)
        made.insert(at, Column("状态", lambda r: light(r).value, 84, keep=True, tone=lambda r: LIGHT_TONES[light(r)]))
    return made


def _column(ledger: YearLedger, column: RegisterColumn) -> Column:
    subject = column.part is ColumnPart.SUBJECT

    def text(row: Any) -> str:
        return text_of(ledger, column, row)

    return Column(heading_of(column), text, 180 if subject else WIDTHS.get(column.kind, 96), strong=subject, tip=text)


def _rows(ledger: YearLedger, kept: Kept, today: date) -> Sequence[Any]:
    day, soon = ledger.reference_day(today), ledger.rulebook.remind.task_days
    order = (Light.RED, Light.AMBER, Light.GREEN, Light.CLOSED)
    rows = list(reversed(kept.rows))
    if not kept.has(ColumnPart.DUE):
        return rows
    return sorted(rows, key=lambda row: order.index(kept.light_of(row, day, soon) or Light.GREEN))


def _facts(ledger: YearLedger, number: int, today: date) -> str:
    found = [
        f"{item.count.label} {len(item.rows)}/{item.count.minimum}"
        for item in count_standings(ledger, ledger.reference_day(today))
        if item.register.register.id == number and item.period.first <= ledger.reference_day(today) <= item.period.last
    ]
    return " · ".join(found)


def _fields(kept: Kept) -> Fields:
    shown = [column for column in kept.shown if column.kind is not ColumnKind.ATTACHMENT]
    return Fields(
        tuple(column.field for column in shown),
        words={column.field: column.choices for column in shown if column.choices and column.kind not in LINKED},
        hints={
            column.field: HINTS.get(column.kind, column.unit) for column in shown if column.kind in HINTS or column.unit
        },
        named={column.field for column in shown if column.kind is ColumnKind.PERSON},
    )


def _choices(session: Session, entry: Entry) -> list[Choice] | None:
    if entry.of is Member or entry.of is None:
        return None
    made = LINKS.get(entry.of)
    return made(session) if made else None
