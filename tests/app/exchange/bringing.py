"""Short ways to make the files that offices keep, to bring them in, and to say what came of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from app.dates import PartialDate
from app.dues.bases import DuesBasis
from app.dues.payments import Payment
from app.exchange.mending import Mending
from app.exchange.sheet import Outcome
from app.exchange.tables import import_book, read_tables
from app.life.meetings import load_minutes
from app.people.members import Member, MemberStatus, enrol
from app.people.posts import Post
from app.people.roster import load_roster

TODAY = date(2026, 11, 26)
Tweak = Callable[[Any, Any], None]


def xlsx(sheets: dict[str, Sequence[Sequence[Any]]], tweak: Tweak | None = None, **options: Any) -> bytes:
    """A workbook with these sheets; `tweak` does what rows cannot say: merge, hide."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, **options})
    day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, cells in enumerate(rows):
            for c, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(r, c, cell, moment if cell.hour else day)
                elif isinstance(cell, date):
                    sheet.write_datetime(r, c, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                elif isinstance(cell, int | float):
                    sheet.write_number(r, c, cell)
                elif cell:
                    sheet.write_string(r, c, cell)
        if tweak:
            tweak(book, sheet)
    book.close()
    return buffer.getvalue()


def bring(ledger, kind: str, path: Path, mending: Mending | None = None) -> Outcome:
    return import_book(ledger, kind, read_tables(path), TODAY, mending or Mending())


class Office:
    """A branch with its roster, to which files are brought; everything can be asked in few words."""

    def __init__(self, ledger, folder: Path) -> None:
        self.ledger, self._folder = ledger, folder
        self.outcome = Outcome()

    def has(self, *names: str, **fields: Any) -> Office:
        for name in names:
            joined = PartialDate(2001, 7, 1)
            enrol(self.ledger, Member(name=name, joined=joined, **fields), TODAY, status=MemberStatus.FULL)
        return self

    def takes(
        self,
        kind: str,
        rows: Sequence[Sequence[Any]] | str | bytes | dict[str, Sequence[Sequence[Any]]],
        name: str = "表.xlsx",
        mending: Mending | None = None,
        tweak: Tweak | None = None,
    ) -> Outcome:
        """Bring in rows as a workbook, a text as a CSV, or bytes as they are."""
        if isinstance(rows, str):
            name, data = name.replace(".xlsx", ".csv"), rows.encode("utf-8")
        elif isinstance(rows, bytes):
            data = rows
        else:
            data = xlsx(rows if isinstance(rows, dict) else {"Sheet1": rows}, tweak)
        path = self._folder / name
        path.write_bytes(data)
        self.outcome = bring(self.ledger, kind, path, mending)
        return self.outcome

    @property
    def members(self) -> dict[str, Member]:
        return {member.name: member for member in self.ledger[Member].all()}

    @property
    def names(self) -> list[str]:
        return [member.name for member in self.ledger[Member].all()]

    def status(self, name: str, day: date = TODAY) -> MemberStatus | None:
        return load_roster(self.ledger).status(self.members[name].id, day)

    def posts(self, name: str) -> list[str]:
        return [post.title.value for post in self.ledger[Post].all(member=self.members[name].id)]

    def base(self, name: str) -> DuesBasis:
        return self.ledger[DuesBasis].all(member=self.members[name].id)[-1]

    @property
    def paid(self) -> dict[str, int]:
        """What was paid, in 分, by name and month: 甲一 2026-01."""
        names = {member.id: member.name for member in self.ledger[Member].all()}
        return {f"{names[item.member]} {item.month}": item.amount_fen for item in self.ledger[Payment].all()}

    @property
    def meetings(self) -> list[Any]:
        return load_minutes(self.ledger)

    @property
    def asked(self) -> list[tuple[int, str, str]]:
        return [(fault.number, fault.field, fault.proposed) for fault in self.outcome.asked]

    @property
    def wrong(self) -> list[tuple[int, str]]:
        return [(fault.number, fault.field) for fault in self.outcome.refused if not fault.asked]

    @property
    def left(self) -> list[str]:
        return [f"{item.where}{item.what} {item.reason}" for item in self.outcome.left_out]

    def says(self, words: str) -> bool:
        told = [fault.reason for fault in self.outcome.faults] + self.outcome.told + self.left
        return any(words in text for text in told)


FAULTS = Path(__file__).parents[2] / "tables" / "faults"


def file(office: Office, kind: str, name: str, mending: Mending | None = None, year: str = "") -> Outcome:
    """Bring one of the files in; `year` goes into its name, for the registers that tell none."""
    path = FAULTS / name
    if year:
        path = office._folder / f"{year}年{name}"
        shutil.copy(FAULTS / name, path)
    office.outcome = bring(office.ledger, kind, path, mending)
    return office.outcome


def dues(office: Office, rows: list[list[object]], **more: object) -> Outcome:
    return office.takes("dues", rows, "2026年党费.xlsx", **more)
