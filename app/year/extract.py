"""What a branch hands up of a year: flat rows, the same that its own screens and its year-end ledger show.

The tables and columns are described in docs/extract.md; `VERSION` counts their changes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import Any

from app.dates import PartialDate
from app.life.elections import term_of
from app.life.study import trained
from app.people.members import Member, MemberStatus
from app.record import Entry, Record, entries, kinds
from app.store import Reader
from app.wording import Names, names_of, shown, title
from app.year.figures import attendance_counts
from app.year.ledger import YearLedger
from app.year.periods import period_words
from app.year.seal import Values, belongs
from app.year.self_checks import checks_of_year
from app.year.standing import standing, study_years
from app.year.statistics import party_statistics
from app.year.superior_documents import document_progress

VERSION = 1
Row = tuple[Any, ...]


class CellKind(Enum):
    """What a column holds; an empty cell is None in each."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


class Detail(StrEnum):
    """How much a branch hands up."""

    FIGURES = "figures"
    LISTS = "lists"
    WHOLE = "whole"

    @property
    def words(self) -> str:
        """For reading."""
        return {Detail.FIGURES: "只报数字", Detail.LISTS: "数字和名单", Detail.WHOLE: "全部记录"}[self]


DETAILS = tuple(Detail)


@dataclass(frozen=True)
class ExtractTable:
    """A table of the extract: its name and its columns. Each row begins with branch and year."""

    name: str
    columns: tuple[tuple[str, CellKind], ...]

    @property
    def all_columns(self) -> tuple[tuple[str, CellKind], ...]:
        """The columns with the two that every row begins with."""
        return (("branch_id", CellKind.TEXT), ("year", CellKind.NUMBER), *self.columns)


def _table(name: str, *, texts: str = "", numbers: str = "", days: str = "") -> ExtractTable:
    told = ((texts, CellKind.TEXT), (numbers, CellKind.NUMBER), (days, CellKind.DAY))
    return ExtractTable(name, tuple((column, kind) for names, kind in told for column in names.split()))


TABLES = (
    _table("branch", texts="code name kind unit superior detail", days="as_of term_ends"),
    _table("duty", texts="rule label period state unit basis missing", numbers="required done", days="first due_on"),
    _table("statistic", texts="subject band", numbers="people"),
    _table("month", numbers="month meetings expected attended owed_fen paid_fen"),
    _table("figure", texts="code label unit", numbers="value"),
    _table("stage", texts="stage", numbers="people"),
    _table("finding", texts="code title level text basis"),
    _table("item", texts="document number item title state words", days="due_on"),
    _table("record", texts="kind title fields", numbers="record", days="day"),
)
COLLECTED = {table.name: (("source", CellKind.NUMBER), *table.all_columns) for table in TABLES}
"""The columns of each table where branches are collected: each row says from which source it came."""


FIGURES = (
    ("members", "党员", "人"),
    ("probationary", "预备党员", "人"),
    ("meetings", "组织生活", "次"),
    ("expected", "应到", "人次"),
    ("attended", "实到", "人次"),
    ("talks", "谈心谈话", "次"),
    ("study_minutes", "学习时间", "分钟"),
    ("study_asked", "应完成学时的党员", "人"),
    ("study_reached", "完成学时的党员", "人"),
    ("trained", "参加集中培训的党员", "人"),
    ("remitted_fen", "上交党费", "分"),
    ("rectifications_open", "未销号的整改", "项"),
)
"""The single figures of every year: code, label, unit; in the order in which they are shown. Self-checks come after."""


@dataclass(frozen=True)
class Found:
    """A finding of the health check, as it is handed up."""

    code: str
    title: str
    """What the check looks for."""
    level: str
    text: str
    source: str


def extract(
    store: Reader, ledger: YearLedger, branch_id: str, as_of: date, detail: Detail, found: Iterable[Found]
) -> dict[str, list[Row]]:
    """The rows of every table for a year as of a day, by the table's name; nothing later than the day counts."""
    day = ledger.reference_day(as_of)
    listed = detail is not Detail.FIGURES
    rows: dict[str, Iterable[Row]] = {
        "branch": [_branch(ledger, as_of, detail)],
        "duty": _duties(ledger, as_of, listed),
        "statistic": [(row.subject, row.band, row.count) for row in party_statistics(ledger, day)],
        "month": _months(ledger, day),
        "figure": _figures(ledger, day),
        "stage": _stages(ledger, day),
        "finding": [(item.code, item.title, item.level, item.text if listed else None, item.source) for item in found],
        "item": _items(ledger, day, listed),
        "record": _records(store, ledger, day, detail) if listed else (),
    }
    return {name: [(branch_id, ledger.year, *row) for row in told] for name, told in rows.items()}


def _branch(ledger: YearLedger, day: date, detail: Detail) -> Row:
    branch, term = ledger.branch, term_of(ledger.branch, ledger.rulebook)
    ends = (term.extended_until or term.last) if term else None
    return (branch.code, branch.name, branch.kind.value, branch.unit, branch.superior, detail.value, day, ends)


def _duties(ledger: YearLedger, day: date, listed: bool) -> Iterator[Row]:
    for duty in standing(ledger, day):
        texts = (duty.rule, duty.label, duty.period, duty.state.value, duty.unit, duty.source)
        missing = "、".join(duty.missing) if listed else None
        yield (*texts, missing, duty.required, duty.done, duty.first, duty.due_on)


def _months(ledger: YearLedger, day: date) -> Iterator[Row]:
    dues = ledger.dues.as_of(day)
    for month in range(1, 13):
        held = [m for m in ledger.minutes if m.meeting.held_on.month == month and m.meeting.held_on <= day]
        begun = date(ledger.year, month, 1) <= day
        owed, paid = dues.totals(month) if begun else (0, 0)
        yield month, len(held), sum(m.expected for m in held), sum(len(m.attended) for m in held), owed, paid


def _figures(ledger: YearLedger, day: date) -> list[Row]:
    """Single figures of the year; amounts in 分, study in minutes."""
    people = ledger.roster.present(day)
    studied = study_years(ledger, day)
    held = [minutes for minutes in ledger.minutes if minutes.meeting.held_on <= day]
    counts = attendance_counts(held)
    probationary = sum(ledger.roster.status(person.id, day) is MemberStatus.PROBATIONARY for person in people)
    open_work = [item for item in ledger.rectifications if not (item.closed_on and item.closed_on <= day)]
    values = (
        len(people),
        probationary,
        len(held),
        sum(count.expected for count in counts.values()),
        sum(count.attended for count in counts.values()),
        sum(talk.talked_on <= day for talk in ledger.talks),
        sum(item.minutes for item in studied),
        sum(item.asked > 0 for item in studied),
        sum(item.asked > 0 and not item.short for item in studied),
        sum(trained(ledger.own_studies, person.id, day) for person in people),
        sum(item.amount_fen for item in ledger.remittances if item.remitted_on <= day),
        len(open_work),
    )
    return [*((*told, value) for told, value in zip(FIGURES, values, strict=True)), *_self_checks(ledger, day)]


def _self_checks(ledger: YearLedger, day: date) -> Iterator[Row]:
    """The score of each self-check of the year, in ‰ of the full marks of what was scored."""
    for scheme, scored in checks_of_year(ledger):
        checklist, period = scheme.checklist, scored.check.period
        if scored.scores and scored.check.checked_on and scored.check.checked_on <= day:
            code = f"self_check:{checklist.code or checklist.title}:{period.partition('-')[2] or 'year'}"
            label = f"{checklist.title} {period_words(period)}得分率"
            yield code, label, "‰", scheme.permille(scored)


def _stages(ledger: YearLedger, day: date) -> Iterator[Row]:
    rule = ledger.rulebook.development
    then = [person.as_of(day) for person in ledger.development]
    counted = Counter(person.stage(rule) for person in then if person.steps and not person.finished)
    yield from counted.items()


def _items(ledger: YearLedger, day: date, listed: bool) -> Iterator[Row]:
    for document in ledger.documents:
        if document.received_on > day:
            continue
        for told in document_progress(ledger, document.id, day):
            words = told.words if listed else None
            item = told.item
            yield document.title, document.number, item.number, item.title, told.state, words, told.due_on


# --- records ----------------------------------------------------------------------------------------------


def _records(store: Reader, ledger: YearLedger, day: date, detail: Detail) -> Iterator[Row]:
    """Every record of the year until a day, and its members; each with its fields as they are read, by label."""
    year = ledger.year
    every = {kind: {record.id: vars(record) for record in store[kind].all()} for kind in kinds()}
    members = {person.id for person in ledger.roster.ever_in(date(year, 1, 1), day)}
    history = names_of(store, store.history)

    @cache
    def names(kind: type[Record], record: int) -> str:
        known = every[kind].get(record)
        return title(kind, known, names) if known else history(kind, record)

    def wholes(kind: type[Record], record: int) -> Iterable[Values]:
        known = every[kind].get(record)
        return (known,) if known else ()

    for kind, records in every.items():
        if kind is not Member and kind.timeless:
            continue
        told = [item for item in entries(kind) if handed_up(item, detail)]
        for number, values in records.items():
            told_on = _day_of(kind, values)
            within = number in members if kind is Member else belongs(kind, values, year, wholes)
            if within and (told_on is None or told_on <= day):
                fields = json.dumps(_fields(told, values, names), ensure_ascii=False)
                yield kind.called, title(kind, values, names), fields, number, told_on


def handed_up(item: Entry, detail: Detail) -> bool:
    """Whether a field of a record leaves with this level of detail."""
    if detail is Detail.WHOLE:
        return True
    return detail is Detail.LISTS and item.printed and not item.personal and not item.long


def _fields(told: Sequence[Entry], values: Mapping[str, Any], names: Names) -> dict[str, str]:
    return {item.label: text for item in told if (text := shown(item, values, names))}


def _day_of(kind: type[Record], values: Mapping[str, Any]) -> date | None:
    """The day that tells the year of a record, where it is one."""
    for item in entries(kind):
        value = values.get(item.name) if item.tells_year else None
        if isinstance(value, date):
            return value
        if isinstance(value, PartialDate):
            return value.first
    return None
