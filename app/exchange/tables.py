"""The kinds of table that come in, behind one door: read, looked at, mended, brought in, what is left saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.branch.branch import Branch
from app.branch.groups import Group
from app.branch.lists import ListWord
from app.development.steps import Applicant, DevelopmentStep
from app.dues.bases import DuesBasis
from app.dues.payments import Payment
from app.errors import Refused
from app.exchange import dues, meetings, members, special_registers, talks
from app.exchange.blocks import is_enough
from app.exchange.columns import COLUMNS, Columns
from app.exchange.crossed import dues_of_persons, meetings_by_month
from app.exchange.day_parts import with_whole_days
from app.exchange.dues_cards import cards_as_register
from app.exchange.forms import as_table
from app.exchange.headings import HEADING_ROWS, Layout, guess
from app.exchange.laying import lay_out
from app.exchange.mending import AS_IT_IS, Mending
from app.exchange.paths import key_of
from app.exchange.raw import RawSheet, read_book, text_of
from app.exchange.roll_calls import with_persons_across, with_persons_down
from app.exchange.sheet import BLOCK, Outcome, Sheet
from app.exchange.trial import Trial
from app.life.attendance import Attendance
from app.life.final_minutes import FinalMinutes
from app.life.follow_ups import FollowUp
from app.life.meetings import AgendaItem, Meeting, MeetingLabel
from app.life.talks import Talk, TalkOccasion
from app.life.votes import Vote
from app.people.circumstances import Circumstance
from app.people.dispositions import Disposition
from app.people.honours import Honour
from app.people.members import Employment, Member, Placement, Standing, VotingRestriction
from app.people.posts import Post
from app.people.transfers import Transfer
from app.record import Record
from app.store import Reader, Store
from app.work.special_registers import (
    RegisterCell,
    RegisterColumn,
    RegisterLink,
    RegisterRow,
    SpecialRegister,
    columns_of,
)
from app.work.superior_documents import SuperiorDocument
from app.work.tasks import Task


@dataclass(frozen=True)
class ImportKind:
    """One kind of table: its title, its columns, and how it is brought in."""

    title: str
    columns: Columns
    bring: Callable[[Store, Sheet, date, Mending], Outcome]
    looks_at: tuple[type[Record], ...]
    """The kinds of record that it reads or writes."""


PEOPLE: tuple[type[Record], ...] = (
    Branch,
    Group,
    Member,
    Standing,
    Placement,
    VotingRestriction,
    Employment,
    Circumstance,
    Post,
    Transfer,
    Disposition,
)
KINDS = {
    "members": ImportKind(
        "党员名册", COLUMNS["members"], members.import_members, (*PEOPLE, DuesBasis, Applicant, DevelopmentStep)
    ),
    "meetings": ImportKind(
        "会议活动",
        COLUMNS["meetings"],
        meetings.import_meetings,
        (*PEOPLE, Meeting, MeetingLabel, Attendance, Vote, AgendaItem, FollowUp, FinalMinutes, ListWord),
    ),
    "talks": ImportKind("谈心谈话", COLUMNS["talks"], talks.import_talks, (*PEOPLE, Talk, TalkOccasion)),
    "dues": ImportKind("党费收缴", COLUMNS["dues"], dues.import_dues, (*PEOPLE, DuesBasis, Payment)),
}
IMPORTS = {code: kind.title for code, kind in KINDS.items()}
Kind = str | ImportKind
"""A kind of table by its code, or itself where it follows from what the ledger holds."""


def kind_of(kind: Kind) -> ImportKind:
    """The kind of table that is meant."""
    return KINDS[kind] if isinstance(kind, str) else kind


def register_kind(reader: Reader, register: SpecialRegister) -> ImportKind:
    """The kind of table that holds rows of a special register."""

    def bring(store: Store, sheet: Sheet, today: date, mending: Mending) -> Outcome:
        return special_registers.import_rows(store, register.id, sheet, today, mending)

    columns = special_registers.register_columns(columns_of(reader, register.id))
    named = (Meeting, Task, SuperiorDocument, Honour)
    looks_at = (*PEOPLE, SpecialRegister, RegisterColumn, RegisterRow, RegisterCell, RegisterLink, *named)
    return ImportKind(register.title, columns, bring, looks_at)


def read_tables(path: Path) -> list[RawSheet]:
    """Every sheet of a table file that holds anything, as rows below a heading however it lies; raises Refused."""
    return [_as_rows(sheet) for sheet in read_book(path)]


_TURNS = (with_persons_down, with_persons_across, meetings_by_month, dues_of_persons, cards_as_register)
"""What makes rows of a sheet that is no list of them; each gives None for a sheet of another sort."""


def _as_rows(sheet: RawSheet) -> RawSheet:
    # What a cell hides would be said of another place.
    plain = not (sheet.formulas or sheet.errors or sheet.struck)
    for turn in _TURNS if plain else ():
        if rows := turn(sheet):
            return rows
    kinds = [(columns.field_of, columns.needed) for columns in COLUMNS.values()]
    return as_table(with_whole_days(sheet, kinds), kinds)


def import_table(store: Store, kind: Kind, path: Path, today: date, *, dry_run: bool = False) -> Outcome:
    """Bring a file in as it is; raises Refused as `import_whole`."""
    return import_whole(store, kind, read_tables(path), today, AS_IT_IS, dry_run=dry_run)


def import_whole(
    store: Store, kind: Kind, book: Sequence[RawSheet], today: date, mending: Mending, *, dry_run: bool = False
) -> Outcome:
    """Bring a file in without anybody looking; raises Refused when not one row came in and nothing is asked."""
    outcome = import_book(store, kind, book, today, mending, dry_run=dry_run)
    if not outcome.added + outcome.updated + outcome.unchanged and outcome.refused and not outcome.asked:
        first = outcome.refused[0]
        raise Refused(
            f"没有一行能导入，共 {len(outcome.refused)} 处问题；第一处在{first.where}：{first.reason}。",
            "请改正后再导入，台账没有变化。",
        )
    return outcome


def import_book(
    store: Store, kind: Kind, book: Sequence[RawSheet], today: date, mending: Mending, *, dry_run: bool = False
) -> Outcome:
    """Bring the good rows of a file in, all of them as one action that can be undone; raises Refused.

    With `dry_run` it is tried on a copy: what would come in, what is wrong, what differs.
    """
    known = kind_of(kind)
    sheet = sheet_of(kind, book, mending)
    if dry_run:
        return known.bring(trial_of(store, kind), sheet, today, mending)
    with store.transaction(f"导入{known.title}"):
        return known.bring(store, sheet, today, mending)


def trial_of(store: Reader, kind: Kind) -> Trial:
    """What an import of a kind looks at, to try it on: nothing of the ledger is touched any more, on any thread."""
    return Trial(store, kind_of(kind).looks_at)


@dataclass(frozen=True)
class Look:
    """A file as it would come in: its rows, and what would become of them."""

    sheet: Sheet
    outcome: Outcome


def look_at(trial: Trial, kind: Kind, book: Sequence[RawSheet], today: date, mending: Mending) -> Look:
    """Look at a file without touching a ledger; raises Refused."""
    whole = sheet_of(kind, book, replace(mending, left_out=frozenset()))
    taken = replace(whole, rows=tuple(row for row in whole.rows if row.key not in mending.left_out))
    return Look(whole, kind_of(kind).bring(trial, taken, today, mending))


def sheet_of(kind: Kind, book: Sequence[RawSheet], mending: Mending) -> Sheet:
    """The rows of a file as they stand after mending, without those left out; raises Refused."""
    columns = kind_of(kind).columns
    sheet = lay_out(book, columns, mending)
    missing = [name for name in columns.needed if mending.layout and name not in mending.layout.columns]
    if sheet is None or missing:
        raise Refused(
            f"“{book[0].file}”里{_wanting(book, columns, missing)}。", "请检查表头那一行的列名，或自己指定表头和列。"
        )
    return replace(sheet, rows=tuple(row for row in sheet.rows if row.key not in mending.left_out))


def _wanting(book: Sequence[RawSheet], columns: Columns, missing: Sequence[str]) -> str:
    """Why nothing is the heading of a table: what it must have is not said to be there, is nowhere, or stands alone."""
    rows = [row for sheet in book for row in sheet.grid[:HEADING_ROWS]]
    seen = {columns.field_of([key_of(cell)]) for row in rows for cell in row}
    missing = missing or [name for name in columns.needed if name not in seen]
    if missing:
        return f"没有找到需要的列：{'、'.join(map(columns.title, missing))}"
    return f"除“{'、'.join(map(columns.title, columns.needed))}”外没有认出别的列"


def likely_kind(book: Sequence[RawSheet]) -> str:
    """The kind of table that a file seems to be: the one with the most known headings."""
    layouts = {code: guess(book, kind.columns.field_of) for code, kind in KINDS.items()}
    fitting = {
        code: len(layout.columns)
        for code, layout in layouts.items()
        if layout and is_enough(layout.columns, KINDS[code].columns.needed)
    }
    return max(fitting, key=lambda code: (fitting[code], code == "members"), default="members")


def left_over(book: Sequence[RawSheet], layout: Layout, outcome: Outcome) -> list[list[str]]:
    """The rows that stayed out as a table: the sheet's own heading and cells, and the reasons at the end."""
    named = {sheet.name: sheet for sheet in book}
    width = max((len(row) for sheet in book for row in sheet.grid), default=0)
    reasons: dict[tuple[str, int], list[str]] = {}
    for fault in outcome.refused:
        reasons.setdefault((fault.sheet, fault.row % BLOCK), []).append(f"{fault.column}：{fault.reason}")
    head = [text_of(cell) for cell in book[layout.sheet].grid[layout.heading]] + [""] * width
    table = [[*head[:width], "没有导入的原因"]]
    for place in sorted(reasons):
        sheet = named.get(place[0], book[layout.sheet])
        cells = [text_of(cell) for cell in sheet.grid[place[1] - 1]] + [""] * width
        table.append([*cells[:width], "；".join(dict.fromkeys(reasons[place]))])
    return table
