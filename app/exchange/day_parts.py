"""Days whose year, month and day stand in columns of their own below one word, put together in the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.exchange.headings import HEADING_ROWS, is_known
from app.exchange.paths import FieldOf, at, key_of
from app.exchange.raw import Cell, RawSheet, text_of

_YEAR = re.compile(r"(?:19|20)?\d\d年?")
_PART = re.compile(r"(?:\d{1,2}[月日号]?)?")


def with_whole_days(sheet: RawSheet, kinds: Sequence[tuple[FieldOf, Sequence[str]]]) -> RawSheet:
    """A sheet with 1992, 7, 1 below 入党时间 as one cell; as it is where it has no such columns.

    A row whose parts are no year, month and day is left as it is.
    """
    parts = [found for row in range(1, min(len(sheet.grid), HEADING_ROWS)) for found in _parts(sheet, row, kinds)]
    if not parts:
        return sheet
    grid = [list(cells) for cells in sheet.grid]
    for heading, first, width in parts:
        columns = range(first, first + width)
        for cells in grid[heading:]:
            told = [text_of(at(cells, column)) for column in columns]
            words = [key_of(text) for text in told] == list("年月日"[:width])
            whole: Cell = None if words else _whole(told)
            if words or whole:
                cells[first : first + width] = [whole, *[None] * (len(cells[first : first + width]) - 1)]
    return replace(sheet, grid=tuple(tuple(cells) for cells in grid))


def _parts(sheet: RawSheet, row: int, kinds: Sequence[tuple[FieldOf, Sequence[str]]]) -> Iterator[tuple[int, int, int]]:
    """The row, first column and number of columns of each day in parts that a heading has."""
    cells = sheet.grid[row]
    for column, cell in enumerate(cells):
        if key_of(cell) != "年" or key_of(at(cells, column + 1)) != "月":
            continue
        above = next((text for place in range(column, -1, -1) if (text := text_of(at(sheet.grid[row - 1], place)))), "")
        if any(is_known(above, field_of) for field_of, _ in kinds):
            yield row, column, 3 if key_of(at(cells, column + 2)) == "日" else 2


def _whole(told: Sequence[str]) -> str:
    """1992, 7, 1 → 1992年7月1日, as far as it is told, so that a gap is asked; empty for what is no day."""
    signs = [f"{re.sub('[年月日号]', '', part)}{sign}" for part, sign in zip(told, "年月日", strict=False)]
    sound = _YEAR.fullmatch(told[0]) and all(_PART.fullmatch(part) for part in told[1:])
    return "".join(sign for sign in signs if len(sign) > 1) if sound else ""
