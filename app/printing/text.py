"""The one paragraph class of all prints: lines by UAX #14, faces by the chain, any text is plain text."""

# pyright: strict, reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUntypedBaseClass=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from reportlab.platypus import Flowable

from app.printing.faces import Chain, Piece, chain, printable
from app.printing.line_breaking import break_positions

MAY_BREAK = "\u200b"
"""Stands in a title where it may well be broken."""


@dataclass(frozen=True)
class Style:
    """How a text is set; sizes in points, `indent` of the first line in characters."""

    face: str
    size: float = 10.5
    leading: float = 17
    align: str = "justify"
    indent: float = 0
    before: float = 0
    after: float = 0
    keep_with_next: bool = False
    color: str = "#000000"
    squeeze: float = 0
    """Points added to every character's advance; negative sets them closer."""

    @property
    def chain(self) -> Chain:
        """The faces of this style."""
        return chain(self.face)


@dataclass(frozen=True)
class Line:
    """One line as set: its pieces, its width at size 1, whether it ends its paragraph, and its indent."""

    pieces: tuple[Piece, ...]
    width: float
    characters: int
    last: bool
    indent: float


def set_lines(text: str, style: Style, width: float) -> list[Line]:
    """Break a text into lines of at most `width` points; every newline begins a paragraph."""
    lines: list[Line] = []
    for paragraph in printable(text).split("\n"):
        lines += _paragraph(paragraph.rstrip(), style, width / style.size)
    return lines


def balanced(title: str, style: Style, width: float) -> str:
    """A title broken into lines of about the same length, so that no single character is left for the last one.

    Where it may well be broken stands MAY_BREAK; elsewhere it is broken only when it must be.
    """
    phrases = title.split(MAY_BREAK)
    title = "".join(phrases)
    good = set(accumulate(len(phrase) for phrase in phrases[:-1]))
    parts: list[str] = []
    start = 0

    def long(first: int, last: int) -> float:
        return style.chain.width(title[first:last], style.size)

    for left in range(math.ceil(long(0, len(title)) / width), 1, -1):
        even = long(start, len(title)) / left
        rest = width * (left - 1)
        fitting = [
            place
            for place in break_positions(title)
            if place > start and long(start, place) <= width and long(place, len(title)) <= rest
        ]
        best = [place for place in fitting if place in good] or fitting
        if not best:
            break
        parts.append(title[start : (start := min(best, key=lambda place: abs(long(start, place) - even)))])
    return "\n".join((*parts, title[start:]))


def _paragraph(text: str, style: Style, measure: float) -> list[Line]:
    if not text:
        return [Line((), 0, 0, True, 0)]
    known = style.chain
    widths = [known.of(char)[2] + style.squeeze / style.size for char in text]
    lines: list[Line] = []
    start = end = 0
    room = measure - style.indent
    used = 0.0
    for position in break_positions(text):
        more = sum(widths[end:position])
        # A space at the end of a line may hang over the edge.
        hanging = widths[position - 1] if text[position - 1] == " " else 0
        if used + more - hanging > room + 1e-9 and end > start:
            lines.append(_line(text[start:end], known, style, not lines, last=False))
            start, used, room = end, 0.0, measure
        while used + more - hanging > room + 1e-9:
            # A stretch that nothing may part is wider than the line: it is cut where it is full.
            cut = _fitting(widths, start, position, room)
            lines.append(_line(text[start:cut], known, style, not lines, last=False))
            start = end = cut
            used, room = 0.0, measure
            more = sum(widths[cut:position])
            if start == position:
                break
        used += more
        end = position
    if end > start:
        lines.append(_line(text[start:end], known, style, not lines, last=True))
    elif lines:
        lines[-1] = replace(lines[-1], last=True)
    return lines


def _fitting(widths: Sequence[float], start: int, stop: int, room: float) -> int:
    used = 0.0
    for position in range(start, stop):
        used += widths[position]
        if used > room and position > start:
            return position
    return stop


def _line(text: str, known: Chain, style: Style, first: bool, *, last: bool) -> Line:
    text = text.rstrip(" ")
    pieces = tuple(known.pieces(text))
    width = sum(piece.width for piece in pieces) + len(text) * style.squeeze / style.size
    return Line(pieces, width, len(text), last, style.indent if first else 0)


class Text(Flowable):
    """A text in one style. What it cannot print it names to the canvas."""

    def __init__(self, text: str, style: Style, lines: Sequence[Line] | None = None, width: float = 0) -> None:
        super().__init__()
        self.text = text
        self.style = style
        self.spaceBefore = style.before
        self.spaceAfter = style.after
        self.keepWithNext = style.keep_with_next
        self._lines = lines
        self._width = width

    def lines(self, width: float) -> Sequence[Line]:
        """The lines for a width, broken once."""
        if self._lines is None or width != self._width:
            self._lines = set_lines(self.text, self.style, width)
            self._width = width
        return self._lines

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size at this width."""
        del aH
        self.width, self.height = aW, len(self.lines(aW)) * self.style.leading
        return aW, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The part that fits and the rest; never one line alone on either side."""
        lines = self.lines(aW)
        fitting = int((aH + 1e-6) // self.style.leading)
        if len(lines) - fitting == 1:
            fitting -= 1
        if fitting < min(2, len(lines)) or fitting <= 0:
            return []
        return [self.part(0, fitting, aW), self.part(fitting, len(lines), aW)]

    def part(self, first: int, last: int, width: float) -> Text:
        """Some of the lines as a text of its own."""
        lines = self.lines(width)[first:last]
        whole = self.text if first == 0 else ""
        style = replace(
            self.style,
            before=self.style.before if first == 0 else 0,
            after=self.style.after if last == len(self.lines(width)) else 0,
        )
        return Text(whole, style, lines, width)

    def draw(self) -> None:
        """Draw at the canvas's origin, which is the lower left corner."""
        draw_lines(self.canv, self._lines or (), self.style, self._width, self.height)
        if said := getattr(self.canv, "note_lines", None):
            said(self._lines or ())
        note = getattr(self.canv, "note_text", None)
        if note and self.text:
            note(printable(self.text).replace("\n", ""), self.style)


class Signature(Text):
    """Where somebody signs: it stays with the table or text before it."""

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """A signature is never parted."""
        del aW, aH
        return []


def draw_lines(canvas: Any, lines: Sequence[Line], style: Style, width: float, top: float, left: float = 0) -> None:
    """Draw lines downwards from `top` (points above the origin)."""
    size = style.size
    baseline = top - (style.leading - size) / 2 - size * 0.88
    canvas.setFillColor(style.color)
    for line in lines:
        room = width - line.indent * size - line.width * size
        x = left + line.indent * size
        spacing = 0.0
        if style.align == "right":
            x += room
        elif style.align == "center":
            x += room / 2
        elif style.align == "justify" and not line.last and line.characters > 1:
            # Pulling apart by more than a fifth of a character would look worse than a ragged edge.
            spacing = room / (line.characters - 1)
            spacing = spacing if 0 < spacing < size / 5 else 0.0
        _draw_pieces(canvas, line, x, baseline, size, spacing + style.squeeze)
        baseline -= style.leading


def _draw_pieces(canvas: Any, line: Line, x: float, y: float, size: float, spacing: float) -> None:
    if not line.pieces:
        return
    pen = canvas.beginText(x, y)
    pen.setCharSpace(spacing)
    for piece in line.pieces:
        pen.setFont(piece.face, size)
        pen.textOut(piece.text)
    canvas.drawText(pen)


def draw_text(canvas: Any, x: float, y: float, text: str, style: Style) -> None:
    """One line at a baseline; x is its left, middle or right end by the style's alignment."""
    plain = printable(text).replace("\n", " ")
    width = style.chain.width(plain, style.size)
    left = {"center": x - width / 2, "right": x - width}.get(style.align, x)
    canvas.setFillColor(style.color)
    pieces = tuple(style.chain.pieces(plain))
    _draw_pieces(canvas, Line(pieces, width, len(plain), True, 0), left, y, style.size, style.squeeze)
    note = getattr(canvas, "note_text", None)
    if note:
        note(plain, style)
