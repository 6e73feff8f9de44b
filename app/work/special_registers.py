"""专项台账: registers as data: what columns each has, its rows, and what is counted by them.

A register always has a subject and a day; a last day and a day of closing where its columns say so. What else a column
holds lies in a cell, as text in one written form: a day as 2026-03-01, an amount in 分, yes and no as 是 and 否.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any

from app.money import yuan
from app.record import Record, Unit, entry, stored
from app.rules.local_rules import RulePeriod
from app.store import Between, Reader
from app.work.rectifications import Light, light


class ColumnKind(StrEnum):
    """What a column holds."""

    TEXT = "文字"
    LONG = "长文字"
    DAY = "日期"
    PERSON = "人员"
    PEOPLE = "多人"
    UNIT = "单位"
    AMOUNT = "金额"
    NUMBER = "数量"
    CHOICE = "选项"
    YES_NO = "是否"
    STATE = "状态"
    """A choice whose last word means that the row is closed."""
    ATTACHMENT = "附件"
    """The names of the files that are kept with the row; nothing is typed into it."""
    MEMBER = "党员"
    MEETING = "会议活动"
    TASK = "任务"
    DOCUMENT = "上级文件"
    HONOUR = "奖励"


STATES = ("未开始", "进行中", "已办结")
"""The words of a state whose column names none."""
CHOSEN = (ColumnKind.CHOICE, ColumnKind.STATE)
"""The kinds that are one of several words."""


class ColumnPart(StrEnum):
    """What a column is for every register."""

    SUBJECT = "事项"
    DAY = "日期"
    DUE = "时限"
    CLOSED = "办结"


LINKED = {
    ColumnKind.MEMBER: "Member",
    ColumnKind.MEETING: "Meeting",
    ColumnKind.TASK: "Task",
    ColumnKind.DOCUMENT: "SuperiorDocument",
    ColumnKind.HONOUR: "Honour",
}
"""The kinds that name a record of the ledger, and of which kind it is, by name as some stand on another floor."""
PART_FIELDS = {
    ColumnPart.SUBJECT: "title",
    ColumnPart.DAY: "dated_on",
    ColumnPart.DUE: "due_on",
    ColumnPart.CLOSED: "closed_on",
}


@stored
class SpecialRegister(Record, called="专项台账", timeless=True):
    """专项台账. `across` is whether it prints across the page, `in_book` whether the year's ledger has it as a part."""

    title: str = entry("台账名称", required=True, titles=True)
    code: str = entry("代码", default="", printed=False)
    noun: str = entry("一条叫什么", default="")
    purpose: str = entry("用途", default="", long=True)
    source: str = entry("依据", default="")
    across: bool = entry("横向打印", default=True)
    in_book: bool = entry("印入年度台账", default=True)
    retired: bool = entry("不再使用", default=False)
    position: int = entry("顺序", default=0, printed=False)


@stored
class RegisterColumn(Record, called="台账栏目", timeless=True):
    """One column; a hidden one keeps what was typed. `words` are choices with 、 between, `unit` that of a number."""

    register: int = entry("专项台账", required=True, of=SpecialRegister, part=True)
    position: int = entry("顺序", default=0)
    label: str = entry("栏目", required=True, titles=True)
    kind: ColumnKind = entry("内容", default=ColumnKind.TEXT)
    part: ColumnPart | None = entry("作用", default=None)
    mandatory: bool = entry("必填", default=False)
    hidden: bool = entry("不显示", default=False)
    words: str = entry("可选的词", default="")
    unit: str = entry("单位", default="")

    @property
    def field(self) -> str:
        """The name of its field in a row."""
        return PART_FIELDS[self.part] if self.part else f"c{self.id}"

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that are offered."""
        told = tuple(word.strip() for word in self.words.split("、") if word.strip())
        return told or (STATES if self.kind is ColumnKind.STATE else ())


@stored
class RegisterCount(Record, called="台账次数要求", spans=("first_year", "last_year")):
    """So many rows in each period, of those whose column holds a word where one is given; the years are inclusive."""

    register: int = entry("专项台账", required=True, of=SpecialRegister)
    label: str = entry("要求", required=True, titles=True)
    column: int | None = entry("看哪一栏", default=None, of=RegisterColumn)
    word: str = entry("栏里写的词", default="")
    minimum: int = entry("至少几次", required=True, unit=Unit.TIMES)
    period: RulePeriod = entry("周期", default=RulePeriod.YEAR)
    source: str = entry("依据", default="")
    first_year: int = entry("起始年度", required=True)
    last_year: int | None = entry("截止年度", default=None)


@stored
class RegisterRow(Record, called="专项台账记录"):
    """One row of a register: what each has; the rest lies in its cells and links."""

    register: int = entry("专项台账", required=True, of=SpecialRegister, titles=True)
    title: str = entry("事项", required=True, titles=True)
    dated_on: date | None = entry("日期", default=None, required=True, tells_year=True)
    due_on: date | None = entry("时限", default=None, ahead=True)
    closed_on: date | None = entry("办结日期", default=None, tells_year=True)


@stored
class RegisterCell(Record, called="专项台账内容"):
    """What a column says of a row, in its written form."""

    row: int = entry("专项台账记录", required=True, of=RegisterRow, part=True)
    column: int = entry("栏目", required=True, of=RegisterColumn, titles=True)
    text: str = entry("内容", required=True)


@stored
class RegisterLink(Record, called="专项台账关联"):
    """The record of the ledger that a column names for a row."""

    row: int = entry("专项台账记录", required=True, of=RegisterRow, part=True)
    column: int = entry("栏目", required=True, of=RegisterColumn, titles=True)
    kind: ColumnKind = entry("类别", required=True)
    target: int = entry("关联记录", required=True, of_owner="kind")


# --- a row as one record --------------------------------------------------------------------------------

_TYPES = {
    ColumnKind.DAY: "date | None",
    ColumnKind.AMOUNT: "int | None",
    ColumnKind.YES_NO: "bool",
    **dict.fromkeys(LINKED, "int | None"),
}


@cache
def row_kind(columns: tuple[RegisterColumn, ...]) -> type[Any]:
    """A kind of record with a field for each column, so that form, list, sheet and search treat it as any other."""

    def fill(space: dict[str, Any]) -> None:
        told: dict[str, str] = {}
        for column in columns:
            told[column.field] = _TYPES.get(column.kind, "str")
            space[column.field] = entry(
                column.label,
                default=_EMPTY[told[column.field]],
                required=(column.mandatory and column.kind is not ColumnKind.ATTACHMENT)
                or column.part in (ColumnPart.SUBJECT, ColumnPart.DAY),
                of=LINKED.get(column.kind),
                unit=Unit.FEN if column.kind is ColumnKind.AMOUNT else None,
                long=column.kind is ColumnKind.LONG,
                tells_year=column.part in (ColumnPart.DAY, ColumnPart.CLOSED),
                ahead=column.part is ColumnPart.DUE,
                titles=column.part is ColumnPart.SUBJECT,
            )
        space["__annotations__"] = told
        space["__module__"] = __name__

    return stored(types.new_class("RegisterRow", (RegisterRow,), {}, fill))


_EMPTY: dict[str, Any] = {"date | None": None, "int | None": None, "bool": False, "str": ""}


@dataclass(frozen=True)
class Register:
    """A register with its columns in order, what is counted by it, and the rows of a year and those still open."""

    register: SpecialRegister
    columns: tuple[RegisterColumn, ...]
    counts: tuple[RegisterCount, ...]
    rows: tuple[Any, ...]

    @property
    def shown(self) -> tuple[RegisterColumn, ...]:
        """The columns that are not hidden."""
        return tuple(column for column in self.columns if not column.hidden)

    @property
    def kind(self) -> type[Any]:
        """The kind of its rows."""
        return row_kind(self.columns)

    @property
    def noun(self) -> str:
        """What one row is called."""
        return self.register.noun or "记录"

    def has(self, part: ColumnPart) -> bool:
        """Whether a column that is shown is of this part."""
        return any(column.part is part for column in self.shown)

    def of_year(self, year: int) -> list[Any]:
        """The rows dated in a year."""
        return [row for row in self.rows if row.dated_on.year == year]

    def light_of(self, row: Any, day: date, soon: int) -> Light | None:
        """How a row with a last day stands, near it `soon` days ahead; None for a register that has none."""
        state = next((column for column in self.shown if column.kind is ColumnKind.STATE), None)
        if state is not None and getattr(row, state.field) == state.choices[-1]:
            return Light.CLOSED
        dated = self.has(ColumnPart.DUE) or self.has(ColumnPart.CLOSED) or state is not None
        return light(row.due_on, row.closed_on, day, soon) if dated else None


def load_registers(reader: Reader, year: int) -> tuple[Register, ...]:
    """Every register with its rows of a year, and those of earlier ones that were not closed before it."""
    first = date(year, 1, 1)
    registers = sorted(reader[SpecialRegister].all(), key=lambda item: (item.position, item.id))
    if not registers:
        return ()
    columns = sorted(reader[RegisterColumn].all(), key=lambda item: (item.position, item.id))
    counts = reader[RegisterCount].all()
    rows = [
        row
        for row in reader[RegisterRow].all(dated_on=Between(date(1900, 1, 1), date(year, 12, 31)))
        if row.dated_on
        and (row.dated_on >= first or (row.due_on and (row.closed_on is None or row.closed_on >= first)))
    ]
    held = _held(reader, {row.id for row in rows})
    found: list[Register] = []
    for register in registers:
        own = tuple(column for column in columns if column.register == register.id)
        kept = sorted((row for row in rows if row.register == register.id), key=lambda row: (row.dated_on, row.id))
        made = tuple(_filled(own, row, held.get(row.id, {})) for row in kept)
        found.append(Register(register, own, tuple(c for c in counts if c.register == register.id), made))
    return tuple(found)


def _held(reader: Reader, rows: set[int]) -> dict[int, dict[int, Any]]:
    """What cells and links say, by row and column."""
    held: dict[int, dict[int, Any]] = {}
    if rows:
        for cell in reader[RegisterCell].all(row=rows):
            held.setdefault(cell.row, {})[cell.column] = cell.text
        for link in reader[RegisterLink].all(row=rows):
            held.setdefault(link.row, {})[link.column] = link.target
    return held


def _filled(columns: tuple[RegisterColumn, ...], row: RegisterRow, held: Mapping[int, Any]) -> Any:
    values = {column.field: _value(column, held[column.id]) for column in columns if column.id in held}
    return row_kind(columns)(**vars(row) | values)


def register_row(reader: Reader, id: int) -> Any:
    """One row with what its columns say; raises NotFound."""
    row = reader[RegisterRow].get(id)
    columns = columns_of(reader, row.register)
    return _filled(columns, row, _held(reader, {id}).get(id, {}))


def columns_of(reader: Reader, register: int) -> tuple[RegisterColumn, ...]:
    """The columns of a register in order, the hidden ones too."""
    return tuple(sorted(reader[RegisterColumn].all(register=register), key=lambda item: (item.position, item.id)))


def _value(column: RegisterColumn, text: Any) -> Any:
    """What a cell says, from its written form."""
    if column.kind is ColumnKind.DAY:
        return date.fromisoformat(text)
    if column.kind is ColumnKind.AMOUNT:
        return int(text)
    return text == "是" if column.kind is ColumnKind.YES_NO else text


def number_in(text: str) -> Decimal | None:
    """The number that a text of a 数量 column is; None where it is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


Names = Callable[[ColumnKind, int], str]
"""What a record of the ledger is called, by the kind of column that names it and its number."""


def cell_text(column: RegisterColumn, row: Any, names: Names) -> str:
    """What a column says of a row, for reading."""
    value = getattr(row, column.field)
    if value is None or value == "":
        return ""
    if column.kind in LINKED and column.part is None:
        return names(column.kind, value)
    if column.kind is ColumnKind.AMOUNT:
        return yuan(value)
    if column.kind is ColumnKind.YES_NO:
        return "是" if value else "否"
    return str(value)
