"""Cards of dues, a person over a table of months, made one register with the name before each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.exchange.crossed import DUES, heads_persons, rebuilt
from app.exchange.headings import HEADING_ROWS, tables_of
from app.exchange.months import month_of, years_told
from app.exchange.paths import at, key_of
from app.exchange.raw import Cell, RawSheet, text_of
from app.exchange.words import is_beside

_AMOUNTS = ("paid", "owed")
_LABEL_AND_NAME = re.compile(r"([^:：\s]\s*[^:：\s]{1,3})\s*[:：]\s*([^\s:：,，;；]+)")


def cards_as_register(sheet: RawSheet) -> RawSheet | None:
    """The months of each card as rows that say whose they are; None for a sheet that is no card."""
    if not any(map(_heads_months, sheet.grid[:HEADING_ROWS])):
        return None
    if any(not table.columns.keys().isdisjoint(_AMOUNTS) for table in tables_of([sheet], 0, DUES, ("name",))):
        return None
    heads = [row for row, cells in enumerate(sheet.grid) if _heads_months(cells)]
    rows: list[dict[str, Cell]] = []
    rest: list[Cell] = []
    labels: dict[str, str] = {}
    top, floor = heads[0], 0
    for heading, bound in zip(heads, [*heads[1:], len(sheet.grid)], strict=True):
        named = next(((row, name) for row in range(floor, heading) if (name := _name_in(sheet.grid[row]))), None)
        if named is None:
            return None
        top = min(top, named[0])
        over = [cell for cells in sheet.grid[named[0] : heading] for cell in cells]
        years = years_told(" ".join(map(text_of, over)))
        own: dict[str, Cell] = {"姓名": named[1]}
        if len(years) == 1:
            own["年份"] = years[0]
        blocks = list(_blocks(sheet.grid[heading]))
        # What is 金额 in one card and 实交 in another is one column.
        names = {place: name for block in blocks for place, name in _labelled(sheet.grid[heading], block, labels)}
        floor = heading + 1
        silent = {place for block in blocks for place in block}
        for cells in sheet.grid[heading + 1 : bound]:
            told = [block for block in blocks if month_of(text_of(at(cells, block[0])))]
            if not told and not is_beside(text_of(at(cells, blocks[0][0]))):
                break
            floor += 1
            rows += [own | {names[place]: at(cells, place) for place in block} for block in told]
            used = {place for block in told for place in block}
            silent -= used
            rest += [cell for place, cell in enumerate(cells) if place not in used]
        rest += [sheet.grid[heading][place] for place in sorted(silent)]
        rest += [cell for cell in over if not _names(text_of(cell), named[1])]
    rest += [cell for cells in sheet.grid[floor:] for cell in cells]
    return rebuilt(sheet, top, rows, rest) if rows else None


def _labelled(heading: Sequence[Cell], block: Sequence[int], labels: dict[str, str]) -> Iterator[tuple[int, str]]:
    """The columns of a table with what each is called: as the first one of its field, if none beside it is."""
    used: set[str] = set()
    for place in block:
        said = text_of(heading[place])
        label = labels.setdefault(DUES([key_of(said)]) or said, said)
        name = next(name for name in (label, said, f"{said}（第 {place + 1} 列）") if name not in used)
        used.add(name)
        yield place, name


def _heads_months(cells: Sequence[Cell]) -> bool:
    """Whether a row heads months and amounts, and no names."""
    fields = {DUES([key_of(cell)]) for cell in cells if text_of(cell)}
    return "month" in fields and "name" not in fields and not fields.isdisjoint(_AMOUNTS)


def _blocks(heading: Sequence[Cell]) -> Iterator[Sequence[int]]:
    """The columns of each table side by side, that of its months first; a year may stand before it."""
    fields = [DUES([key_of(cell)]) for cell in heading]
    months = [column for column, name in enumerate(fields) if name == "month"]
    ends = [month - (fields[month - 1] == "year") for month in months[1:]] + [len(heading)]
    for month, start, end in zip(months, [0, *ends], ends, strict=False):
        beside = [column for column in range(start, end) if column != month and text_of(heading[column])]
        yield [month, *beside]


def _name_in(cells: Sequence[Cell]) -> str:
    """Who is named in a line over a table, in the cell behind 姓名 or in the same; empty for nobody."""
    texts = [text for cell in cells if (text := text_of(cell))]
    for place, text in enumerate(texts):
        if heads_persons(text):
            return next((other for other in texts[place + 1 :] if other != text), "")
        told = next((found for found in _LABEL_AND_NAME.finditer(text) if heads_persons(found[1])), None)
        if told:
            return told[2]
    return ""


def _names(text: str, name: str) -> bool:
    """Whether a cell over a table says nothing but whose it is."""
    return text == name or heads_persons(text) or _LABEL_AND_NAME.fullmatch(text) is not None
