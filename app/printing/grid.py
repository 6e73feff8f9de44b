"""A table that breaks well: its head is repeated, and a row taller than the page goes on on the next."""

# pyright: strict, reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUntypedBaseClass=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable, PageBreak

from app.printing.faces import printable
from app.printing.text import Line, Style, Text, draw_lines

PAD_X, PAD_Y = 3.5, 2.5
ROUNDING = 0.1
UNBROKEN = re.compile(r"(?<![0-9A-Za-z.,:*%-])[0-9.,:*%-]{4,20}(?![0-9A-Za-z.,:*%-])")
FEET_BELOW = 6.0
"""Points between the last row and the feet."""
KEPT_TOGETHER = 5
"""Rows that go to the next page together where as many stay, so that no page holds only a few."""
SHORT = 3
"""Characters up to which a cell stays on one line: a name, a sex, a category."""
SMALLEST = 0.75
"""How far a table may be set smaller."""
HEAD_FILL, RULE = "#EFEDEA", "#808080"


class Cell:
    """One cell: a text in a style, broken for its column once."""

    def __init__(self, text: str, style: Style, span: int = 1) -> None:
        self.text = text
        self.style = style
        self.span = span
        self.lines: Sequence[Line] = ()
        self.width = 0.0

    def fit(self, width: float) -> None:
        """Break the text for a width in points."""
        if width != self.width or not self.lines:
            from app.printing.text import set_lines

            self.lines = set_lines(self.text, self.style, width - 2 * PAD_X)
            self.width = width

    @property
    def height(self) -> float:
        """Height with its padding."""
        return len(self.lines) * self.style.leading + 2 * PAD_Y

    def cut(self, height: float) -> tuple[Cell, Cell]:
        """The lines that fit in a height, and the rest."""
        count = max(0, int((height - 2 * PAD_Y + 1e-6) // self.style.leading))
        return self._part(0, count), self._part(count, len(self.lines))

    def _part(self, first: int, last: int) -> Cell:
        part = Cell(self.text if first == 0 else "", self.style, self.span)
        part.lines, part.width = self.lines[first:last], self.width
        return part


Row = list[Cell]


def kept_together(rows: int) -> int:
    """How many of the last rows of a table stay together: as many as leave as many behind, of a short table two."""
    if rows >= 2 * KEPT_TOGETHER:
        return KEPT_TOGETHER
    return 2 if rows > 2 else 0


class Grid(Flowable):
    """Rows of cells under head rows; `columns` are shares of the width. The feet stay with the last rows."""

    def __init__(
        self,
        columns: Sequence[float],
        head: Sequence[Row],
        rows: Sequence[Row],
        *,
        feet: Sequence[Text] = (),
        fitted: bool = False,
    ) -> None:
        super().__init__()
        self.columns = list(columns)
        self.head = list(head)
        self.rows = list(rows)
        self.feet = feet
        self.spaceAfter = 8
        self._fitted = fitted

    def fit(self, width: float) -> list[float]:
        """The widths of the columns in a table of this width, in points; the cells are broken for them once."""
        if not self._fitted:
            self.columns = self._shared(width)
            for row in (*self.head, *self.rows):
                column = 0
                for cell in row:
                    cell.fit(sum(self.columns[column : column + cell.span]))
                    column += cell.span
            self._fitted = True
        total = sum(self.columns)
        return [width * share / total for share in self.columns]

    def _shared(self, width: float) -> list[float]:
        """The width of each column: its share, but no number, day or short word is parted where there is room.

        Where there is not, the whole table is set smaller, as far as it can still be read.
        """
        least = self._least()
        if sum(least) > width:
            edges = (2 * PAD_X + ROUNDING) * len(least)
            factor = (width - edges) / (sum(least) - edges)
            if factor < SMALLEST:
                return [width * share / sum(self.columns) for share in self.columns]
            for cell in (cell for row in (*self.head, *self.rows) for cell in row):
                cell.style = replace(cell.style, size=cell.style.size * factor, leading=cell.style.leading * factor)
            least = self._least()
        held: set[int] = set()
        while True:
            room = width - sum(least[column] for column in held)
            shares = sum(share for column, share in enumerate(self.columns) if column not in held) or 1
            widths = [
                least[column] if column in held else room * share / shares for column, share in enumerate(self.columns)
            ]
            short = {column for column, share in enumerate(widths) if share < least[column] - 1e-6}
            if not short:
                return widths
            held |= short

    def _least(self) -> list[float]:
        """How wide each column must be so that none of its numbers, days and short words is parted."""
        least = [2 * PAD_X + ROUNDING] * len(self.columns)
        for row in (*self.head, *self.rows):
            column = 0
            for cell in row:
                if cell.span == 1:
                    for whole in (cell.text,) if len(cell.text) <= SHORT else UNBROKEN.findall(cell.text):
                        need = cell.style.chain.width(whole, cell.style.size) + 2 * PAD_X + ROUNDING
                        least[column] = max(least[column], need)
                column += cell.span
        return least

    @staticmethod
    def _height(row: Row) -> float:
        return max(cell.height for cell in row)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size at this width."""
        del aH
        self.widths = self.fit(aW)
        self.width = aW
        self.height = sum(self._height(row) for row in (*self.head, *self.rows)) + self._below(aW)
        return aW, self.height

    def _below(self, width: float) -> float:
        """The height of the feet."""
        heights = [foot.style.before + foot.wrap(width, 0)[1] + foot.style.after for foot in self.feet]
        return sum(heights) + FEET_BELOW if heights else 0.0

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The rows that fit, and the rest under the same head; a row is cut only when it must be.

        Neither a single row nor the feet go to the next page alone.
        """
        self.fit(aW)
        room = aH - sum(self._height(row) for row in self.head)
        count = 0
        for row in self.rows:
            height = self._height(row)
            if height > room + 1e-6:
                break
            room -= height
            count += 1
        fitting, count = count, self._shared_out(count)
        kept, rest = self.rows[:count], self.rows[count:]
        if rest and (not kept or self._height(rest[0]) > aH) and self._worth_cutting(rest[0], room):
            upper, lower = zip(*(cell.cut(room) for cell in rest[0]), strict=True)
            kept = [*kept, list(upper)]
            rest = [list(lower), *rest[1:]]
        if not kept:
            return []
        # What would still have had room goes over too, and does not begin again below.
        turn = [PageBreak()] if count < fitting else []
        return [self._part(kept, ()), *turn, self._part(rest, self.feet)] if rest else []

    def _shared_out(self, count: int) -> int:
        """How many rows stay of those that fit: neither page has only a few, of a short table at least two go over."""
        rows = len(self.rows)
        return rows - kept_together(rows) if 0 < rows - kept_together(rows) < count else count

    def _worth_cutting(self, row: Row, room: float) -> bool:
        tallest = max(row, key=lambda cell: cell.height)
        return room >= 2 * PAD_Y + 2 * tallest.style.leading

    def _part(self, rows: list[Row], feet: Sequence[Text]) -> Grid:
        return Grid(self.columns, self.head, rows, feet=feet, fitted=True)

    def with_feet(self, feet: Sequence[Text]) -> Grid:
        """The same table with texts that stay below its last rows."""
        return Grid(self.columns, self.head, self.rows, feet=feet, fitted=self._fitted)

    def draw(self) -> None:
        """Draw at the canvas's origin, which is the lower left corner."""
        y = self.height
        for number, row in enumerate((*self.head, *self.rows)):
            height = self._height(row)
            self._draw_row(row, y, height, head=number < len(self.head))
            y -= height
        y -= FEET_BELOW
        for foot in self.feet:
            y -= foot.style.before + foot.height
            foot.drawOn(self.canv, 0, y)
            y -= foot.style.after

    def _draw_row(self, row: Row, top: float, height: float, *, head: bool) -> None:
        canvas = self.canv
        x, column = 0.0, 0
        note, said = getattr(canvas, "note_text", None), getattr(canvas, "note_lines", None)
        # Beside a text that flows its neighbours begin at the top as well; labels stay in the middle.
        flowing = {cell.style.face for cell in row if cell.style.align == "justify"}
        for cell in row:
            width = sum(self.widths[column : column + cell.span])
            canvas.setLineWidth(0.5)
            canvas.setStrokeColor(RULE)
            canvas.setFillColor(HEAD_FILL if head else "#FFFFFF")
            canvas.rect(x, top - height, width, height, stroke=1, fill=int(head))
            inner = len(cell.lines) * cell.style.leading
            centred = PAD_Y if cell.style.face in flowing else (height - inner) / 2
            draw_lines(canvas, cell.lines, cell.style, width - 2 * PAD_X, top - centred, x + PAD_X)
            if said:
                said(cell.lines)
            if note and cell.text:
                note(printable(cell.text), cell.style)
            x += width
            column += cell.span
