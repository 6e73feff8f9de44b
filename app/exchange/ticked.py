"""Columns that stand for one value each and are ticked, 男 and 女 or 在职 and 退休, turned into one that says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.exchange.columns import Columns
from app.exchange.headings import Layout
from app.exchange.paths import at, paths
from app.exchange.raw import Cell, RawSheet, text_of
from app.exchange.reading import NO_TICK, TICK
from app.exchange.words import is_beside, packed

_CATEGORIES = (
    "在职",
    "退休",
    "离休",
    "离退休",
    "在职党员",
    "离退休党员",
    "退休党员",
    "下岗",
    "失业",
    "学生",
    "务农",
    "内退",
)
VALUES: Mapping[str, tuple[str, ...]] = {
    "sex": ("男", "女"),
    "status": ("正式", "预备", "正式党员", "预备党员", "中共预备党员", "积极分子", "入党积极分子", "发展对象"),
    "dues_category": _CATEGORIES,
    "category": _CATEGORIES,
}
"""What may stand over such a column, by the field that it is a value of."""


def in_words(sheet: RawSheet, tables: Sequence[Layout], columns: Columns) -> RawSheet:
    """A sheet in which each group of ticked columns of its tables is one column with the word that was ticked."""
    grid: list[list[Cell]] | None = None
    for table in tables:
        for field in VALUES.keys() & columns.synonyms.keys():
            if places := _places(sheet, table, field):
                grid = grid or [list(cells) for cells in sheet.grid]
                _say(grid, table, places, columns.title(field))
    return sheet if grid is None else replace(sheet, grid=tuple(map(tuple, grid)))


def _places(sheet: RawSheet, table: Layout, field: str) -> dict[int, str]:
    """The columns of a field that are ticked for the people of a table, with their words; none where it has its own."""
    own = {f"{field}_too", field}
    others = {place for name, place in table.columns.items() if name not in own}
    above = enumerate(paths(sheet, table.top, table.heading))
    found = {place: path[-1] for place, path in above if path and path[-1] in VALUES[field] and place not in others}
    if not found or {table.columns[name] for name in own & table.columns.keys()} - found.keys():
        return {}
    name = table.columns.get("name", -1)
    lines = [(text_of(at(cells, name)), cells) for cells in sheet.grid[table.heading + 1 : table.ends]]
    people = [cells for said, cells in lines if said and not is_beside(said)]
    marks = [packed(text_of(at(cells, place))) for cells in people for place in found]
    ticked = any(TICK.fullmatch(mark) for mark in marks)
    return found if ticked and all(mark in NO_TICK or TICK.fullmatch(mark) for mark in marks) else {}


def _say(grid: list[list[Cell]], table: Layout, places: Mapping[int, str], title: str) -> None:
    """Write the ticked words into the first of the columns, below the name of the field, and empty the others."""
    first = min(places)
    for row, cells in enumerate(grid[table.top : table.ends], table.top):
        cells.extend([None] * (max(places) + 1 - len(cells)))
        said = [word for place, word in places.items() if TICK.fullmatch(packed(text_of(cells[place])))]
        for place in places:
            cells[place] = None
        if row > table.heading:
            cells[first] = "、".join(said) or None
        elif row == table.top:
            cells[first] = title
