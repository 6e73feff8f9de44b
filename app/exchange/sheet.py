"""A table as rows of known fields, what is wrong or doubtful with them, and what an import made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.exchange.raw import Cell, text_of
from app.exchange.reading import Reading, Sure, says_nothing
from app.record import Severity

BLOCK = 100_000
"""More than a sheet may have rows: the key of a row is its number and which table of the file it stands in."""


@dataclass(frozen=True)
class RowFault:
    """What is wrong or doubtful with one cell. `row` is the key of the row, `severity` an error keeps the row out.

    `sure` says how doubtful: what is proposed goes in and is told, what is asked waits for an answer; `said` is then
    the cell, `proposed` what would go in, `others` what could go in instead.
    """

    row: int
    column: str
    reason: str
    severity: Severity = Severity.ERROR
    field: str = ""
    """The field behind the column, so that the cell can be shown."""
    sheet: str = ""
    """The words for the table of the file, where it has more than one."""
    sure: Sure | None = None
    said: str = ""
    proposed: str = ""
    others: tuple[str, ...] = ()
    who: tuple[tuple[int, str], ...] = ()
    """Whom a row may be where that is asked: each as `Mending.persons` keeps it, and in words."""

    @property
    def number(self) -> int:
        """The number of the row as the spreadsheet shows it, from 1."""
        return self.row % BLOCK

    @property
    def asked(self) -> bool:
        """Whether it is a question."""
        return self.sure is Sure.ASKED

    @property
    def where(self) -> str:
        """The place in words: 第 3 行“转正时间”, with the sheet where there are several."""
        return f"{f'“{self.sheet}”' if self.sheet else ''}第 {self.number} 行“{self.column}”"


@dataclass(frozen=True)
class Row:
    """One row below a heading: its number, the cell of each known field, and the table it stands in.

    `shared` are the fields whose value stands in a merged cell together with other rows.
    """

    number: int
    cells: Mapping[str, Cell]
    headings: Mapping[str, str]
    key: int = 0
    sheet: str = ""
    title: str = ""
    """The words above the table and of the file, that may tell the year."""
    shared: frozenset[str] = frozenset()
    banner: str = ""
    """What the line over it and its neighbours says: 第一党小组, 离退休党员."""
    across: tuple[tuple[str, ...], ...] = ()
    """Fields whose one value stands in a cell that is merged over their columns, from the left."""

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The cells that say anything as texts without outer spaces; a whole number without its .0."""
        return {name: text for name, cell in self.cells.items() if cell is not None and (text := text_of(cell))}

    def text(self, name: str) -> str:
        """The cell as text; empty where it says nothing."""
        return self.texts.get(name, "")

    def words(self, name: str) -> str:
        """The cell as text; empty also where it says that there is nothing, or that nobody knows: /, 无, 待核实."""
        text = self.text(name)
        return "" if says_nothing("".join(text.split())) else text

    def column(self, name: str) -> str:
        """The heading that the sheet itself uses for a field."""
        return self.headings.get(name, name)

    def fault(self, name: str, reason: str, severity: Severity = Severity.ERROR) -> RowFault:
        """A fault in a field of this row."""
        return RowFault(self.key or self.number, self.column(name), reason, severity, name, self.sheet)

    def doubt(self, name: str, reading: Reading[Any], shown: str = "", *, holds: bool = True) -> RowFault:
        """What is doubtful with a reading; a question that `holds` keeps the row out until it is answered."""
        asked = reading.sure is Sure.ASKED
        severity = Severity.ERROR if asked and holds else Severity.WARNING
        proposed = shown or ("" if reading.value is None else str(reading.value))
        return RowFault(
            self.key or self.number,
            self.column(name),
            reading.why,
            severity,
            name,
            self.sheet,
            reading.sure,
            reading.said,
            proposed,
            reading.others,
        )


@dataclass(frozen=True)
class LeftOut:
    """Something of a file that was not taken: where, what, how many rows or cells, and why.

    `sheet` is the number of a sheet that can be taken after all, `rows` the keys of rows that can.
    """

    where: str
    what: str
    count: int
    reason: str
    sheet: int | None = None
    rows: tuple[int, ...] = ()
    offer: str = ""
    """The word for taking it after all, where that is more than taking it."""

    def __str__(self) -> str:
        return f"{self.where}{self.what}没有取：{self.reason}"


@dataclass(frozen=True)
class Sheet:
    """The rows of the tables of a file, the words around the first of them, and what was left out."""

    title: str
    rows: tuple[Row, ...]
    headings: Mapping[str, str] = field(default_factory=dict[str, str])
    faults: tuple[RowFault, ...] = ()
    """What is wrong with cells before anybody looks at what they mean."""
    left_out: tuple[LeftOut, ...] = ()
    told: tuple[str, ...] = ()
    """What is told of the file as a whole."""


@dataclass(frozen=True)
class Difference:
    """One field of a row that contradicts the ledger; the ledger's is kept unless the user chose the sheet's.

    `since` is from which day the sheet's would hold, "" where a field has no time.
    """

    row: int
    field: str
    label: str
    was: str
    new: str
    taken: bool = False
    since: str = ""
    said: str = ""


@dataclass
class Outcome:
    """What an import did, or would do: counts and faults."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[RowFault] = field(default_factory=list[RowFault])
    differences: list[Difference] = field(default_factory=list["Difference"])
    """Where the sheet says something else than the ledger about somebody who is known."""
    left_out: list[LeftOut] = field(default_factory=list[LeftOut])
    """What of the file was not taken."""
    told: list[str] = field(default_factory=list[str])
    """What is told of the file as a whole."""

    @property
    def refused(self) -> list[RowFault]:
        """The faults that kept a row out, open questions among them."""
        return [fault for fault in self.faults if fault.severity is Severity.ERROR]

    @property
    def asked(self) -> list[RowFault]:
        """The questions that are open."""
        return [fault for fault in self.faults if fault.asked]

    @property
    def notices(self) -> list[RowFault]:
        """What is told and kept no row out."""
        return [fault for fault in self.faults if fault.severity is Severity.WARNING and not fault.asked]
