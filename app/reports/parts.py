"""What chapters and forms are put together from: a heading, a plain table, a signature line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable as _Flowable
from reportlab.platypus import PageBreak

from app.dates import PartialDate
from app.printing import style as s
from app.printing.grid import Cell, Grid
from app.printing.pdf import Anew, Heading
from app.printing.text import Style, Text, draw_text
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

NOTHING = "本年度无。"
RUNNING = ("序号", "步")
# A number as it is counted or paid, perhaps above a day; one of a document, a telephone or a person has other digits.
NUMBER = re.compile(r"-?(0|[1-9][\d,]{0,9})(\.\d+)?%?(\n\d\d-\d\d)?")
NUMBER_OR_NONE = re.compile(f"({NUMBER.pattern}|[—-]?)")


@dataclass(frozen=True)
class Chapter:
    """A part of the ledger that can be printed by itself."""

    code: str
    title: str
    make: Callable[[YearLedger, date], list[Flowable]]
    wide: bool = False
    filled: Callable[[YearLedger], bool] = lambda _ledger: True
    """Whether the year has anything for it; one without says so, or is left out by choice."""


def heading(code: str, title: str) -> Heading:
    """The heading that begins a chapter."""
    return Heading(title, s.CHAPTER, 0, code)


def grid(columns: Sequence[float], head: Sequence[str], rows: Sequence[Sequence[Any]], *, small: bool = False) -> Grid:
    """A table with one head row; columns of numbers are set right, running numbers centred, texts left."""
    head_style = s.HEAD_SMALL if small else s.HEAD
    right, plain, middle = (s.SMALL_RIGHT, s.SMALL, s.SMALL) if small else (s.CELL_RIGHT, s.CELL, s.CELL_CENTER)
    texts = [[str(value) for value in row] for row in rows]

    def style(column: int) -> Style:
        if head[column] in RUNNING:
            return middle
        values = [row[column] for row in texts]
        return right if any(map(NUMBER.fullmatch, values)) and all(map(NUMBER_OR_NONE.fullmatch, values)) else plain

    styles = [style(column) for column in range(len(head))]
    body = [[Cell(text, style) for text, style in zip(row, styles, strict=True)] for row in texts]
    return Grid(columns, [[Cell(word, head_style) for word in head]], body)


class Section(Text):
    """The title of a section: it begins on a page with room for some of what follows, which may then break."""

    ROOM = 80
    """Points below the title; a table's head and two rows."""

    def __init__(self, title: str) -> None:
        super().__init__(title, replace(s.SECTION, keep_with_next=False))

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size at this width; more than there is where what follows could not begin."""
        width, height = super().wrap(aW, aH)
        return width, height if aH >= height + self.ROOM else aH + 1

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """A title is never parted."""
        del aW, aH
        return []


def listed(title: str, widths: Sequence[float], head: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Flowable]:
    """A section with its table, or a word that there is nothing."""
    return [Section(title), grid(widths, head, rows) if rows else Text(NOTHING, s.BODY)]


def room(text: str, lines: int) -> str:
    """A text with blank lines below it, so that there is room to write."""
    return text + "\n" * max(0, lines - text.count("\n") - 1 - len(text) // 34)


def partial(value: PartialDate | None) -> str:
    """A partial date for a narrow column: 1980.10.04."""
    return str(value).replace("-", ".") if value else ""


def apart(stories: Sequence[list[Flowable]]) -> list[Flowable]:
    """Stories one after the other, each on a new page and with its pages counted by themselves."""
    found: list[Flowable] = []
    for story in stories:
        found += [Anew(), PageBreak(), *story] if found else story
    return found


class CutLine(_Flowable):
    """A dashed line across with words in its middle: where a form is cut, and where the seal lies over the cut."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size at this width."""
        del aH
        self.width, self.height = aW, 26
        return aW, self.height

    def draw(self) -> None:
        """Draw the line, parted by the words."""
        style = Style(s.NOTE.face, 10.5, 14, "center")
        half = style.chain.width(self.words, style.size) / 2 + 8
        self.canv.setDash(4, 3)
        self.canv.line(0, 13, self.width / 2 - half, 13)
        self.canv.line(self.width / 2 + half, 13, self.width, 13)
        self.canv.setDash()
        draw_text(self.canv, self.width / 2, 9, self.words, style)


def in_year(ledger: YearLedger, day: date | None) -> bool:
    """Whether a day is known and lies in the ledger's year."""
    return day is not None and day.year == ledger.year
