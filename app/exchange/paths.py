"""What stands above each column of a table, as it is compared, and the field that it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from app.exchange.months import month_of
from app.exchange.raw import Cell, RawSheet, text_of
from app.exchange.simplified import simplified

TICK = "is_"
"""How the fields begin whose columns stand for one value each, ticked where it holds; they come side by side."""
FieldOf = Callable[[Sequence[str]], str | None]
"""The field of a column by what stands above it, from the top down, each as `key_of` makes it."""


def key_of(cell: Cell) -> str:
    """A heading as it is compared: half width, without spaces, brackets and marks."""
    plain = simplified(unicodedata.normalize("NFKC", text_of(cell)))
    return re.sub(r"\s|\(.*?\)|【.*?】|\[.*?\]|[:*。]", "", plain)


def at(cells: Sequence[Cell], position: int) -> Cell:
    """The cell of a row; None behind its end."""
    return cells[position] if position < len(cells) else None


_ADDED_UP = re.compile("[合小累]计")


def paths(sheet: RawSheet, top: int, last: int) -> list[tuple[str, ...]]:
    """What stands above each column in the rows of a heading, from the top down, nothing twice in a row.

    A blank cell in an upper row belongs to the word at its left: files without merged cells keep two-row headings so.
    """
    rows = sheet.grid[top : last + 1]
    width = max((len(row) for row in rows), default=0)
    carried = [""] * len(rows)
    found: list[tuple[str, ...]] = []
    for column in range(width):
        words: list[str] = []
        for depth, row in enumerate(rows):
            own = key_of(at(row, column))
            lower = any(key_of(at(below, column)) for below in rows[depth + 1 :])
            carried[depth] = own or carried[depth]
            word = own or (carried[depth] if lower else "")
            if word and (not words or words[-1] != word):
                words.append(word)
        found.append(tuple(words))
    return _below_months(found)


def _below_months(columns: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The paths with the month over the words that come again behind each: 1月应交, 实交, 日期, 2月应交, 实交, 日期."""
    months = {
        place: path[0].removesuffix(told.rest)
        for place, path in enumerate(columns)
        if len(path) == 1 and (told := month_of(path[0])) and not _ADDED_UP.search(told.rest)
    }
    ends = [*list(months)[1:], len(columns)]
    behind = [columns[place + 1 : end] for place, end in zip(months, ends, strict=True)] if len(months) > 1 else []
    again = {path for path in columns if len(path) == 1 and behind and all(path in tail for tail in behind)}
    if not again or columns[max(0, min(months) - 1)] in again:
        return columns
    found = list(columns)
    for place, tail in zip(months, behind, strict=True):
        for path in again:
            found[place + 1 + tail.index(path)] = (months[place], *path)
    return found


_OF_OTHERS = re.compile("家庭|家属|亲属|配偶|爱人|子女|父|母|介绍人|联系人|培养人|紧急")
"""What stands above the particulars of somebody else than the row is about."""


def named(words: Mapping[str, Sequence[str]]) -> FieldOf:
    """Fields by their headings: the whole path, its end, or its beginning where the end says nothing known."""
    names = {key_of(word): name for name, listed in words.items() for word in listed}

    def field_of(path: Sequence[str]) -> str | None:
        if any(_OF_OTHERS.search(word) for word in path[:-1]):
            return None
        # 党内 above 职务 is one word, and below it too; 转正时间 says it alone, whatever stands above.
        alone = path[-1:] if path and len(path[-1]) > 3 else ()
        tries = (*alone, "".join(path), "".join(reversed(path)), *reversed(path))
        found = ((word, names[word]) for word in tries if word in names)
        # What is ticked stands at the end: 党课 above another word is not what its column says.
        return next((name for word, name in found if not name.startswith(TICK) or word == path[-1]), None)

    return field_of
