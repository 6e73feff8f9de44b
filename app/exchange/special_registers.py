"""A table as offices keep it → rows of a special register, by the columns that the register itself has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.branch.groups import Group
from app.dates import PartialDate
from app.documents.days import days_in
from app.errors import Refused
from app.exchange.columns import Columns
from app.exchange.days import FOUNDED, Span, read_partial_day
from app.exchange.meetings import table_years
from app.exchange.mending import Mending
from app.exchange.persons import Finder
from app.exchange.reading import NOTHING, Reading, Sure
from app.exchange.sheet import Outcome, Row, Sheet
from app.exchange.taking import Taking
from app.exchange.words import packed, read_yes
from app.life.meetings import Meeting
from app.money import yuan
from app.people.honours import Honour
from app.people.members import Member
from app.people.roster import load_roster
from app.record import Severity
from app.store import Reader, Store
from app.work.register_rows import check_row, save_row
from app.work.special_registers import (
    LINKED,
    ColumnKind,
    ColumnPart,
    RegisterColumn,
    RegisterRow,
    columns_of,
    number_in,
    register_row,
    row_kind,
)
from app.work.superior_documents import SuperiorDocument
from app.work.tasks import Task

ALSO = {
    ColumnPart.SUBJECT: ("事项", "事项名称", "名称", "主题", "内容摘要", "项目"),
    ColumnPart.DAY: ("日期", "时间", "登记日期", "登记时间", "接收日期", "开始日期"),
    ColumnPart.DUE: ("时限", "完成时限", "办理时限", "截止日期", "期限"),
    ColumnPart.CLOSED: ("办结日期", "完成日期", "办结时间", "完成时间", "销号日期"),
}
"""What offices write above the columns that every register has, beside the register's own word."""
AHEAD = 10
"""Years that a last day may lie ahead."""


def register_columns(columns: Sequence[RegisterColumn]) -> Columns:
    """The columns that a table of a register can have; those that are hidden are not among them."""
    shown = [column for column in columns if not column.hidden and column.kind is not ColumnKind.ATTACHMENT]
    own = {column.label for column in shown}
    synonyms = {
        column.field: (column.label, *(word for word in ALSO.get(column.part, ()) if word not in own))
        if column.part
        else (column.label,)
        for column in shown
    }
    return Columns(synonyms, ("title", "dated_on"))


def import_rows(store: Store, register: int, sheet: Sheet, today: date, mending: Mending) -> Outcome:
    """Enter the rows of a sheet; a row that cannot be read stays out, named with its column. Raises Refused.

    What the register has already, with the same subject and day, is never written over.
    """
    columns = columns_of(store, register)
    outcome = Outcome(faults=list(sheet.faults), left_out=list(sheet.left_out), told=list(sheet.told))
    wrong = {fault.row for fault in outcome.refused}
    years = table_years(sheet, "dated_on")
    known = {(row.title, row.dated_on): row.id for row in store[RegisterRow].all(register=register)}
    finder, called = Finder(load_roster(store), store[Group].all(), today), _Called(store)
    with store.transaction():
        for row in sheet.rows:
            reading = _RowReading(row, mending, columns, finder, today, years.get(row.title), called)
            made = reading.read_row(register)
            outcome.faults += reading.taking.faults
            if made is None or row.key in wrong:
                continue
            there = known.get((made.title, made.dated_on))
            if there is not None:
                _compare(store, there, made, row, columns, outcome)
                continue
            try:
                known[made.title, made.dated_on] = save_row(store, made, today).id
            except Refused as refusal:
                outcome.faults.append(row.fault("title", refusal.text))
                continue
            outcome.added += 1
    return outcome


def _compare(
    store: Reader, there: int, made: Any, row: Row, columns: Sequence[RegisterColumn], outcome: Outcome
) -> None:
    """A row that is there already: the same, or told to differ."""
    kept = register_row(store, there)
    differs = [
        column.label
        for column in columns
        if column.field in row.cells and getattr(made, column.field) not in (getattr(kept, column.field), None, "")
    ]
    if differs:
        text = f"台账里已有同一天的这一条，{'、'.join(differs)}与表里不同，没有改；要改请打开那一条"
        outcome.faults.append(row.fault("title", text))
    else:
        outcome.unchanged += 1


class _Called:
    """What records that a column can name are called: a meeting by its day, its subject, or both."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._by_name: dict[ColumnKind, dict[str, list[int]]] = {}

    def of(self, kind: ColumnKind, text: str) -> list[int]:
        """The numbers of the records of a kind that are called so."""
        if kind not in self._by_name:
            names: dict[str, list[int]] = {}
            for record, told in self._names(kind):
                for name in dict.fromkeys(packed(name) for name in told if name):
                    names.setdefault(name, []).append(record)
            self._by_name[kind] = names
        return self._by_name[kind].get(packed(text.strip("《》")), [])

    def _names(self, kind: ColumnKind) -> Iterator[tuple[int, tuple[str, ...]]]:
        if kind is ColumnKind.MEETING:
            for meeting in self._reader[Meeting].all():
                yield meeting.id, (f"{meeting.held_on} {meeting.subject}", meeting.subject, str(meeting.held_on))
        elif kind is ColumnKind.TASK:
            yield from ((task.id, (task.task,)) for task in self._reader[Task].all())
        elif kind is ColumnKind.HONOUR:
            names = {person.id: person.name for person in self._reader[Member].all()}
            for honour in self._reader[Honour].all():
                yield honour.id, (f"{names.get(honour.member, '')} {honour.name}", honour.name)
        elif kind is ColumnKind.DOCUMENT:
            for document in self._reader[SuperiorDocument].all():
                yield document.id, (document.title.strip("《》"), document.number)


class _RowReading:
    """One row while it is read by the columns of the register."""

    def __init__(
        self,
        row: Row,
        mending: Mending,
        columns: Sequence[RegisterColumn],
        finder: Finder,
        today: date,
        year: int | None,
        called: _Called,
    ) -> None:
        self.taking = Taking(row, mending)
        self._called = called
        self._columns, self._finder, self._today, self._year = columns, finder, today, year

    def read_row(self, register: int) -> Any:
        """The row as the register would keep it; None where something keeps it out."""
        taking = self.taking
        values = {
            column.field: value
            for column in self._columns
            if column.field in taking.row.cells and (value := self._value(column)) is not None
        }
        if taking.refused:
            return None
        made = row_kind(tuple(self._columns))(register=register, **{"title": "", "dated_on": None, **values})
        for problem in check_row(self._columns, made, self._today):
            taking.wrong(problem.field, problem.text, problem.severity)
        return None if taking.refused else made

    def _value(self, column: RegisterColumn) -> Any:
        """What a cell says, as the column keeps it; None where it says nothing or is asked about."""
        taking, name = self.taking, column.field
        text = taking.row.text(name)
        if not text or (column.kind not in WORDS and packed(text) in NOTHING and not _is_no(text, column)):
            return None
        if column.kind is ColumnKind.DAY:
            return self._day(column)
        if column.kind is ColumnKind.AMOUNT:
            told = taking.read_money(name)
            return taking.take(name, told, shown=yuan(told.value or 0)) if told else None
        if column.kind is ColumnKind.YES_NO:
            return taking.take(name, taking.read(name, lambda _: Reading(text, _read_yes(text, column), Sure.READ)))
        if column.kind is ColumnKind.MEMBER:
            found = taking.read(name, lambda _: self._finder.find_one(text, column.label))
            person = taking.take(name, found, shown=found.value.name if found and found.value else "")
            return person.id if person else None
        if column.kind is ColumnKind.NUMBER:
            return _without_unit(text)
        if column.kind in LINKED:
            return self._named(column, text)
        return text

    def _named(self, column: RegisterColumn, text: str) -> int | None:
        """The one record of the ledger that is called so; told where none is, or several."""
        found = self._called.of(column.kind, text)
        if len(found) == 1:
            return found[0]
        why = f"台账里有 {len(found)} 条这样的{column.kind.value}" if found else f"台账里没有这一条{column.kind.value}"
        self.taking.tell(column.field, f"“{text}”没有记入：{why}，导入后打开那一条选")
        return None

    def _day(self, column: RegisterColumn) -> date | None:
        taking, name = self.taking, column.field
        due, ahead = column.part is ColumnPart.DUE, column.part in (ColumnPart.DUE, None)
        if due and self._lasts(column):
            return None
        last = date(self._today.year + AHEAD, 12, 31) if ahead else self._today
        span, text = Span(FOUNDED, last, self._year), taking.row.text(name)
        until = _UNTIL.sub("", text) if due else text  # 3月1日前
        ends = self._end(text) if due else None
        told = ends or taking.read(name, lambda cell: read_partial_day(cell if until == text else until, span))
        day = taking.take(name, told)
        if day is not None and not day.exact and due:
            taking.tell(name, f"没有写到日，按 {day.last}")
            return day.last
        if day is not None and not day.exact:
            taking.wrong(name, "缺少具体日期", Severity.ERROR)
            return None
        return day.first if day else None

    def _lasts(self, column: RegisterColumn) -> bool:
        """Whether a cell says that something has no last day; told, for it is no day to be kept."""
        text = self.taking.row.text(column.field)
        if not _WITHOUT_END.fullmatch(packed(text)):
            return False
        self.taking.tell(column.field, f"“{text}”没有最后一天，没有记入")
        return True

    def _end(self, text: str) -> Reading[PartialDate] | None:
        """The last day of what a cell says in words, as plans do: 4月底, 2026年三季度, 5月中旬; None for a day."""
        if not _SPAN_OF_DAYS.search(packed(text)):
            return None
        days = days_in(text, self._year, alone=True)
        if len(days) != 1:
            return None
        return Reading(text, PartialDate.of(days[0].due_on), Sure.PROPOSED, f"写着“{text}”，按 {days[0].due_on}")


WORDS = (ColumnKind.TEXT, ColumnKind.LONG)
"""The kinds of columns in which 无 and / say something."""
_UNTIL = re.compile(r"(?<=[\d日号])(之前|以前|前|止|截止)$")
_WITHOUT_END = re.compile("(长期|常年|全年|常态化?|持续|不限|随时|每[年月季周].*)(坚持|推进|开展|进行)?")
_SPAN_OF_DAYS = re.compile("[底末旬季]|半年|月份?前?$")
_UNIT = re.compile(
    r"(\d[\d.]*) ?(?:人次?|名|位|次|个|件|户|元|场次?|天|日|期|份|篇|页|条|项|处|台|套|棵|岁|"
    r"公里|平方米|㎡|小时|学时|课时|分钟)"
)
"""A number with what it counts; 约, 余 and 左右 make it none, 万 another."""


def _without_unit(text: str) -> str:
    """The number of a cell without what it counts: 12人, 3.5小时; any other text as it is."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    found = _UNIT.fullmatch(plain)
    return found[1] if found else plain if number_in(plain) is not None else text


def _is_no(text: str, column: RegisterColumn) -> bool:
    return column.kind is ColumnKind.YES_NO and packed(text) == "无"


def _read_yes(text: str, column: RegisterColumn) -> bool:
    """是 and 否, or the word of the column itself: 已公示 below 已公示, 未公示."""
    told, label = packed(text), packed(column.label)
    if told == label or _is_no(text, column):
        return told == label
    core = label.removeprefix("是否").removeprefix("已")
    if core and told in (f"未{core}", f"没{core}", f"没有{core}", f"尚未{core}", f"已{core}"):
        return told == f"已{core}"
    return read_yes(text)
