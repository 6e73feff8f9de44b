"""Special registers in a year: how their counts stand, their rows as they are read, sums by person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.attachments import Owner
from app.errors import Refused
from app.rules.local_rules import PERIOD_CODES
from app.work.special_registers import (
    ColumnKind,
    ColumnPart,
    Register,
    RegisterColumn,
    RegisterCount,
    cell_text,
    number_in,
)
from app.year.ledger import YearLedger
from app.year.periods import Period, periods
from app.year.standing import State, state_of

PEOPLE = (ColumnKind.MEMBER, ColumnKind.PERSON)
HOURS = ("小时", "学时", "分钟")
"""The units of numbers that are added up for each person."""


def register_of(ledger: YearLedger, record: int) -> Register:
    """One register of the ledger; raises Refused when it is no longer there."""
    found = next((item for item in ledger.registers if item.register.id == record), None)
    if found is None:
        raise Refused("这本台账已经不在了。")
    return found


@dataclass(frozen=True)
class CountStanding:
    """How a count of a register stands in one period, its rows by number."""

    register: Register
    count: RegisterCount
    period: Period
    rows: tuple[int, ...]
    state: State


def count_standings(ledger: YearLedger, as_of: date) -> list[CountStanding]:
    """Every count of every register in each period of the year; rows later than the day are not counted."""
    found: list[CountStanding] = []
    for register in ledger.registers:
        if register.register.retired:
            continue
        columns = {column.id: column for column in register.columns}
        for count in register.counts:
            if count.first_year > ledger.year or (count.last_year is not None and count.last_year < ledger.year):
                continue
            column = columns.get(count.column or 0)
            rows = [
                row
                for row in register.of_year(ledger.year)
                if row.dated_on <= as_of and (column is None or count.word in str(getattr(row, column.field)))
            ]
            for period in periods(ledger.year, PERIOD_CODES[count.period]):
                within = tuple(row.id for row in rows if period.first <= row.dated_on <= period.last)
                state = state_of(count.minimum, len(within), period.first, period.last, as_of)
                found.append(CountStanding(register, count, period, within, state))
    return found


def heading_of(column: RegisterColumn) -> str:
    """The heading of a column, with its unit."""
    return f"{column.label}（{column.unit}）" if column.unit else column.label


def text_of(ledger: YearLedger, column: RegisterColumn, row: Any) -> str:
    """What a column says of a row, for reading; records of the ledger by what they are called."""
    if column.kind is ColumnKind.ATTACHMENT:
        files = [item for item in ledger.attachments if (item.owner, item.owner_id) == (Owner.REGISTER_ROW, row.id)]
        return "、".join(item.name for item in files)

    def named(kind: ColumnKind, record: int) -> str:
        if kind is ColumnKind.MEMBER:
            return ledger.roster[record].name
        if kind is ColumnKind.MEETING:
            held = ledger.minutes_by_meeting.get(record)
            return f"{held.meeting.held_on} {held.meeting.subject}" if held else ""
        if kind is ColumnKind.HONOUR:
            given = next((item for item in ledger.honours if item.id == record), None)
            return f"{ledger.roster[given.member].name} {given.name}" if given else ""
        if kind is ColumnKind.TASK:
            return next((item.task for item in ledger.tasks if item.id == record), "")
        return next((item.title for item in ledger.documents if item.id == record), "")

    return cell_text(column, row, named)


def register_rows(ledger: YearLedger, register: Register, today: date) -> tuple[list[str], list[list[str]]]:
    """The headings and the rows of the year, each cell as it is read; with the light where a last day is kept."""
    day = ledger.reference_day(today)
    lights = register.has(ColumnPart.DUE)
    head = ["序号", *(heading_of(column) for column in register.shown)] + (["状态"] if lights else [])
    rows: list[list[str]] = []
    for number, row in enumerate(register.rows, 1):
        told = [text_of(ledger, column, row) for column in register.shown]
        light = register.light_of(row, day, ledger.rulebook.remind.task_days)
        rows.append([str(number), *told] + ([light.value if light else ""] if lights else []))
    return head, rows


def sums_by_person(ledger: YearLedger, register: Register) -> list[tuple[str, RegisterColumn, Decimal, int]]:
    """For each person and each column of numbers: the sum of the year and how many rows, the largest first."""
    who = next((column for column in register.shown if column.kind in PEOPLE and column.part is None), None)
    counted = [column for column in register.shown if column.kind is ColumnKind.NUMBER and column.unit in HOURS]
    found: list[tuple[str, RegisterColumn, Decimal, int]] = []
    for column in counted if who is not None else ():
        sums: dict[str, tuple[Decimal, int]] = {}
        for row in register.of_year(ledger.year):
            number = number_in(getattr(row, column.field))
            name = text_of(ledger, who, row) if who else ""
            if number is not None and name:
                known = sums.get(name, (Decimal(0), 0))
                sums[name] = (known[0] + number, known[1] + 1)
        ordered = sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))
        found += [(name, column, total, times) for name, (total, times) in ordered]
    return found
