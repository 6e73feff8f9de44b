"""Takes what was read of a row: certain values as they are, likely ones told, questions only when they are answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.dues.bases import DuesCategory
from app.exchange.mending import Mending
from app.exchange.raw import Cell
from app.exchange.reading import SIGN, Reading, Sure, read_amount
from app.exchange.sheet import Row, RowFault
from app.exchange.titles import unit_told
from app.exchange.words import Remark
from app.record import Severity

T = TypeVar("T")


@dataclass
class Taking:
    """One row while it is read, with what is wrong, told or asked of it."""

    row: Row
    mending: Mending
    faults: list[RowFault] = field(default_factory=list[RowFault], kw_only=True)

    @property
    def refused(self) -> bool:
        """Whether a fault or an open question keeps the row out."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)

    def wrong(self, name: str, reason: str, severity: Severity = Severity.ERROR) -> None:
        """Say what is wrong with a cell."""
        self.faults.append(self.row.fault(name, reason, severity))

    def tell(self, name: str, reason: str) -> None:
        """Say something of a cell that keeps nothing out."""
        self.wrong(name, reason, Severity.WARNING)

    def words(self, name: str) -> str:
        """What a cell says in words; empty where it says nothing, or has a tick or a cross, which is told."""
        text = self.row.words(name)
        if not SIGN.fullmatch(text):
            return text
        self.tell(name, f"“{text}”看不出写的是什么，没有记入")
        return ""

    def take(self, name: str, reading: Reading[T] | None, *, shown: str = "", holds: bool = True) -> T | None:
        """The value of a reading; an open question leaves none, and where it `holds` keeps the row out."""
        if reading is None:
            return None
        if reading.sure is Sure.ASKED:
            if reading.value is not None and self.mending.accepts(self.row.key, name):
                return reading.value
            self.faults.append(self.row.doubt(name, reading, shown, holds=holds))
            return None
        if reading.sure is Sure.PROPOSED:
            self.faults.append(self.row.doubt(name, reading, shown))
        return reading.value

    def read(self, name: str, read: Callable[[Cell], Reading[T] | None]) -> Reading[T] | None:
        """What a cell says; one that cannot be read is wrong."""
        try:
            return read(self.row.cells.get(name))
        except ValueError as error:
            self.wrong(name, str(error))
            return None

    def read_money(self, name: str, said: Cell = None) -> Reading[int] | None:
        """The amount of a cell in 分, and what is doubtful: the unit of the table, rows that share the cell.

        `said` is the part of the cell that tells the amount, where it says more.
        """
        told = self.read(name, lambda cell: read_amount(cell if said is None else said))
        if told is not None and (unit := unit_told(self.row, name)):
            told = told.doubt(f"表上写着单位是{unit}，金额是不是以元计，请核对", Sure.ASKED)
        if told is not None and name in self.row.shared:
            told = told.doubt("几行合用一个单元格，分不清是每人的还是合计", Sure.ASKED)
        return told


def category_of_remark(row: Taking, remarks: Sequence[Remark]) -> DuesCategory | None:
    """The category of dues where only 备注 tells one: told where it is that word, else asked; 在职 without any."""
    remark = next((item for item in remarks if item.category), None)
    if remark is None or remark.category is None:
        return DuesCategory.EMPLOYED
    said = row.row.text("note")
    if remark.whole:
        why = f"备注写着“{said}”，党费按{remark.category}"
        return row.take("note", Reading(said, remark.category, Sure.PROPOSED, why), shown=remark.category.value)
    if not remark.likely:
        row.tell("note", f"备注写着“{said}”，党费仍按在职")
        return DuesCategory.EMPLOYED
    why = f"备注写着“{said}”，党费按在职；要按{remark.category}的请勾选"
    asked = Reading(said, remark.category, Sure.ASKED, why)
    return row.take("note", asked, shown=remark.category.value, holds=False) or DuesCategory.EMPLOYED
