"""专项台账 on paper and as a sheet: every row of the year with its columns, and sums by person where hours are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from app.printing import style as s
from app.printing.text import Signature, Text
from app.reports.parts import NOTHING, grid, heading, listed
from app.work.special_registers import ColumnKind, ColumnPart, Register
from app.year.ledger import YearLedger
from app.year.special_registers import register_of, register_rows, sums_by_person

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

WIDTHS = {
    ColumnKind.LONG: 3.6,
    ColumnKind.DAY: 2.0,
    ColumnKind.NUMBER: 1.9,
    ColumnKind.YES_NO: 1.1,
    ColumnKind.PERSON: 1.6,
}


def _widths(register: Register, lights: bool) -> list[float]:
    widths = [1.0] + [
        3.0 if column.part is ColumnPart.SUBJECT else WIDTHS.get(column.kind, 2.0) for column in register.shown
    ]
    return widths + ([1.6] if lights else [])


def _table(ledger: YearLedger, register: Register, today: date) -> list[Flowable]:
    head, rows = register_rows(ledger, register, today)
    if not rows:
        return [Text(NOTHING, s.BODY)]
    head = [word.replace("（", "\n（") for word in head]  # a unit stands below its word, whole
    return [grid(_widths(register, register.has(ColumnPart.DUE)), head, rows, small=len(head) > 9)]


def _sums(ledger: YearLedger, register: Register) -> list[Flowable]:
    rows: list[Sequence[Any]] = [
        (name, str(times), f"{total.normalize():f}{column.unit}")
        for name, column, total, times in sums_by_person(ledger, register)
    ]
    return listed("按人合计", [3, 2, 3], ["姓名", "次数", "合计"], rows) if rows else []


def register_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """One register by itself, with the rows of the year and those still open, and its signatures."""
    register = register_of(ledger, record)
    source = f"　依据：{register.register.source}" if register.register.source else ""
    return [
        Text(register.register.title, s.FORM_TITLE),
        Text(f"{ledger.branch.name}　{ledger.year} 年度{source}", s.NOTE),
        *_table(ledger, register, today),
        *_sums(ledger, register),
        Signature("支部书记（签字）：　　　　　　　　　　记录人（签字）：", s.SIGN),
    ]


def registers_in_book(ledger: YearLedger) -> list[Register]:
    """The registers that the year's ledger prints: those that are chosen for it and say something of the year."""
    return [item for item in ledger.registers if item.register.in_book and item.rows]


def registers_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """专项台账: every register that is printed with the year."""
    story: list[Flowable] = [heading("registers", "专项台账")]
    for register in registers_in_book(ledger):
        story += [Text(register.register.title, s.SECTION), *_table(ledger, register, today)]
        story += _sums(ledger, register)
    return story if len(story) > 1 else [*story, Text(NOTHING, s.BODY)]
