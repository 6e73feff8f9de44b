"""人名索引: on which pages of the printed ledger each member and applicant is named."""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable as _Flowable

from app.printing import style as s
from app.printing.grid import Cell, Grid
from app.printing.mentions import Mentions, page_ranges
from app.printing.text import Text
from app.reports.parts import heading
from app.strokes import by_strokes
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

ALONE = "索引要和别的部分一起打印，才有页码。"
HEAD = ("姓名", "页", "姓名", "页")
WIDTHS = (1.3, 3, 1.3, 3)


class PersonIndex(_Flowable):
    """The table of names and pages. It is made when its turn comes: the pages before it have been drawn by then."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.mentions = Mentions(names)
        self._made: Grid | Text | None = None

    def _table(self) -> Grid | Text:
        if self._made is None:
            found = self.mentions.pages
            told = [(name, page_ranges(found[name])) for name in by_strokes(found, lambda name: name)]
            self._made = Text(ALONE, s.BODY)
            if told:
                half = (len(told) + 1) // 2
                right = [*told[half:], ("", "")]
                rows = [
                    [Cell(text, s.CELL) for pair in (told[n], right[min(n, len(right) - 1)]) for text in pair]
                    for n in range(half)
                ]
                self._made = Grid(WIDTHS, [[Cell(word, s.HEAD) for word in HEAD]], rows)
        return self._made

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size of the table at this width."""
        return self._table().wrapOn(self.canv, aW, aH)

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The table's rows that fit, and the rest."""
        return self._table().split(aW, aH)

    def draw(self) -> None:
        """Draw the table."""
        self._table().drawOn(self.canv, 0, 0)


def persons_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """人名索引, of all who are or were in the branch and of those who apply."""
    del today
    names = [member.name for member in ledger.roster.members] + [way.applicant.name for way in ledger.development]
    return [heading("persons", "人名索引"), PersonIndex(names)]
