"""The kinds of table that come in, behind one door: read, looked at, mended, brought in, what is left saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.errors import Refused
from app.exchange import dues, meetings, members, talks
from app.exchange.mending import AS_IT_IS, Mending
from app.exchange.raw import RawSheet, read_book
from app.exchange.sheet import Layout, Outcome, Sheet, check_layout, guess, lay_out, text_of
from app.store import Store


@dataclass(frozen=True)
class ImportKind:
    """One kind of table: its title, the headings of each field, which must be there, and how it is brought in."""

    title: str
    synonyms: Mapping[str, tuple[str, ...]]
    needed: Sequence[str]
    bring: Callable[[Store, Sheet, date, Mending], Outcome]


KINDS = {
    "members": ImportKind("党员名册", members.SYNONYMS, ["name"], members.import_members),
    "meetings": ImportKind("会议活动", meetings.SYNONYMS, ["held_on", "types", "subject"], meetings.import_meetings),
    "talks": ImportKind("谈心谈话", talks.SYNONYMS, ["talked_on", "talker", "partner"], talks.import_talks),
    "dues": ImportKind("党费收缴", dues.SYNONYMS, ["name"], dues.import_dues),
}
IMPORTS = {code: kind.title for code, kind in KINDS.items()}


class _DryRun(Exception):
    """Leaves the transaction so that nothing is kept."""


def import_table(store: Store, kind: str, path: Path, today: date, *, dry_run: bool = False) -> Outcome:
    """Bring a file in as it is; raises Refused when not one row could come in."""
    outcome = import_book(store, kind, read_book(path), today, AS_IT_IS, dry_run=dry_run)
    if not outcome.added + outcome.updated + outcome.unchanged and outcome.refused:
        first = outcome.refused[0]
        raise Refused(
            f"没有一行能导入，共 {len(outcome.refused)} 处问题；"
            f"第一处在第 {first.row} 行“{first.column}”：{first.reason}。",
            "请改正后再导入，台账没有变化。",
        )
    return outcome


def import_book(
    store: Store, kind: str, book: Sequence[RawSheet], today: date, mending: Mending, *, dry_run: bool = False
) -> Outcome:
    """Bring the good rows of a file in, all of them as one action that can be undone; raises Refused.

    With `dry_run` everything is done and taken back: what would come in, what is wrong, what differs.
    """
    known = KINDS[kind]
    sheet = sheet_of(kind, book, mending)
    outcome = Outcome()
    try:
        with store.transaction(f"导入{known.title}"):
            outcome = known.bring(store, sheet, today, mending)
            if dry_run:
                raise _DryRun
    except _DryRun:
        return outcome
    return outcome


def sheet_of(kind: str, book: Sequence[RawSheet], mending: Mending) -> Sheet:
    """The rows of a file as they stand after mending, without those left out; raises Refused."""
    known = KINDS[kind]
    layout = mending.layout or guess(book, known.synonyms)
    check_layout(book, layout, known.synonyms, known.needed)
    assert layout
    sheet = lay_out(book, layout, mending.edits)
    return replace(sheet, rows=tuple(row for row in sheet.rows if row.number not in mending.left_out))


def likely_kind(book: Sequence[RawSheet]) -> str:
    """The kind of table that a file seems to be: the one with the most known headings."""
    layouts = {code: guess(book, kind.synonyms) for code, kind in KINDS.items()}
    fitting = {
        code: len(layout.columns)
        for code, layout in layouts.items()
        if layout and all(name in layout.columns for name in KINDS[code].needed)
    }
    return max(fitting, key=lambda code: (fitting[code], code == "members"), default="members")


def left_over(book: Sequence[RawSheet], layout: Layout, outcome: Outcome) -> list[list[str]]:
    """The rows that were refused as a table: the sheet's own heading and cells, and the reasons at the end."""
    sheet = book[layout.sheet]
    width = max((len(row) for row in sheet.grid), default=0)
    reasons: dict[int, list[str]] = {}
    for fault in outcome.refused:
        reasons.setdefault(fault.row, []).append(f"{fault.column}：{fault.reason}")
    head = [text_of(cell) for cell in sheet.grid[layout.heading]] + [""] * width
    table = [[*head[:width], "没有导入的原因"]]
    for number in sorted(reasons):
        cells = [text_of(cell) for cell in sheet.grid[number - 1]] + [""] * width
        table.append([*cells[:width], "；".join(reasons[number])])
    return table
