"""Sheets in which two things cross, months and types of meetings or months and persons, made rows below a heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.exchange.columns import COLUMNS, MEMBERS, OWED, PAID
from app.exchange.headings import DEEPEST, HEADING_ROWS, NUMBERING, tables_of
from app.exchange.months import month_of
from app.exchange.paths import TICK, at, key_of, named
from app.exchange.raw import Cell, RawSheet, text_of
from app.exchange.reading import NO_TICK, plain
from app.exchange.words import is_beside

Grid = Sequence[Sequence[Cell]]
Rows = Sequence[Mapping[str, Cell]]
REST = "表中其他内容"
"""The heading for what stands in such a sheet, or in a form, beside all that is known."""
MEETING, DUES = COLUMNS["meetings"].field_of, COLUMNS["dues"].field_of
_PERSON = named({"name": MEMBERS["name"]})
_A_NAME = re.compile(r"[\u3400-\u9fff·•]{2,8}(\d|[(（].{1,8}[)）])?")
_NO_NAME = re.compile("([人次]数|率|[金总余数]额|党费|费用|款|比例|日期|时间|人员|情况|签[名字]|小组|支部|总支|党委)$")
_DAY = re.compile(r"(?:(?:(?:19|20)?\d\d ?[年./-] ?)?\d{1,2} ?[月./-] ?)?\d{1,2}(?!\d)(?P<unit> ?[日号])?")
_CLOCK = re.compile(
    r"(?: ?[(（](?:周|星期)[一二三四五六日天][)）])?(?: ?\d{1,2}:\d{2}(?: ?[-—~至] ?\d{1,2}:\d{2})?(?=[^\d:]|$))?"
)
"""A weekday and times behind a day."""
_DAY_BEHIND = re.compile(r"(?P<words>.+?) ?\((?P<day>[^()]+)\)")
_AMOUNT = re.compile(r"[¥￥]?\d{1,5}(\.\d+)?元?")
_PARTING = " 、,，:：;；—-"
_CORNER = re.compile(r"(姓名|党员|年?月份?|季度|时间|类[型别]|会议|活动|项目|内容|名称|[\\/、|])*")
_NEXT_DAY = re.compile(r"[\n；;]|[、,，](?=\s*\d{1,2} ?[月日号./-])")
_NOT_HELD = {*NO_TICK, "未开", "未召开", "未开展"}


@dataclass(frozen=True)
class _Crossing:
    """Where two things cross in a grid whose first row is the heading: the column of what stands before the rows."""

    side: int
    rows: Sequence[int]
    columns: Sequence[int]

    def corner(self, grid: Grid) -> list[Cell]:
        """What stands where the headings of rows and columns meet, if it says anything else than what these are."""
        cell = at(grid[0], self.side)
        return [] if _CORNER.fullmatch(key_of(cell)) else [cell]


def is_person(cell: Cell) -> bool:
    """Whether a cell may be the name of somebody: a short word that heads no column of any table."""
    word = "".join(text_of(cell).split())
    known = any(columns.field_of([key_of(word)]) for columns in COLUMNS.values())
    return _A_NAME.fullmatch(word) is not None and not (known or _NO_NAME.search(word) or is_beside(word))


def heads_persons(cell: Cell) -> bool:
    """Whether a cell stands over names."""
    return isinstance(cell, str) and _PERSON([key_of(cell)]) is not None


def day_and_words(text: str) -> tuple[str, str] | None:
    """A text that begins with a day, parted: 1月5日 学习 → 1月5日, 学习. None for others; a number alone is no day.

    What goes on with a time or another day stays with the day.
    """
    found = _DAY.match(text)
    if found is None or not (found["unit"] or re.search("[月./-]", found[0])):
        return None
    clock = _CLOCK.match(text, found.end())
    end = clock.end() if clock else found.end()
    rest = text[end:].strip(_PARTING)
    return (text, "") if re.match(r"\d|[(（上下至到]", rest) else (text[:end].strip(), rest)


def words_and_day(text: str) -> tuple[str, str] | None:
    """A text with a day in brackets behind it, parted: 党员大会(1月5日) → 1月5日, 党员大会; None for others."""
    found = _DAY_BEHIND.fullmatch(text)
    day = day_and_words(found["day"]) if found else None
    return (day[0], found["words"]) if found and day and not day[1] else None


def rebuilt(sheet: RawSheet, top: int, rows: Rows, rest: Iterable[Cell] = ()) -> RawSheet:
    """The sheet with these rows below one heading from row `top` on, and the rest in a column of its own."""
    labels = list(dict.fromkeys(label for row in rows for label in row))
    more = "；".join(dict.fromkeys(text for cell in rest if (text := text_of(cell))))
    grid: list[tuple[Cell, ...]] = [*map(tuple, sheet.grid[:top]), (*labels, *([REST] if more else []))]
    for number, row in enumerate(rows):
        grid.append((*(row.get(label) for label in labels), *([more] if more and not number else [])))
    return RawSheet(sheet.file, sheet.name, tuple(grid), shown=sheet.shown, laid=True)


def beside(grid: Grid, rows: Collection[int], columns: Collection[int]) -> list[Cell]:
    """What stands in a grid outside of these rows and columns, but for the numbers of rows."""
    numbered = {place for cells in grid[:DEEPEST] for place, cell in enumerate(cells) if key_of(cell) in NUMBERING}
    return [
        cell
        for row, cells in enumerate(grid)
        for place, cell in enumerate(cells)
        if (row not in rows or place not in columns)
        and not (place in numbered and (key_of(cell) in NUMBERING or text_of(cell).isdecimal()))
    ]


def turned(grid: Grid) -> list[list[Cell]]:
    """The columns of a grid as its rows."""
    return [[at(cells, column) for cells in grid] for column in range(max(map(len, grid), default=0))]


def meetings_by_month(sheet: RawSheet) -> RawSheet | None:
    """The days that stand where a month meets a type of meeting, a row for each; None for a sheet that is not so.

    Where a tick or a number says that something was held, but not when, there is a row too, so that it is asked.
    """
    for top in range(min(len(sheet.grid), HEADING_ROWS)):
        heading = _with_upper(sheet, top)
        grid: Grid = [heading, *sheet.grid[top + 1 :]]
        if _crossing(grid, _is_type, _is_month):
            grid = turned(grid)
        grid = _days_alone(grid)
        found = _crossing(grid, _is_month, _is_type)
        if found and not tables_of([sheet], 0, MEETING, COLUMNS["meetings"].needed):
            rows = [
                held
                for row in found.rows
                for column in found.columns
                for held in _held(grid[row][found.side], grid[0][column], at(grid[row], column))
            ]
            if not any("时间" in row for row in rows):
                return None
            first = top if list(heading) == list(sheet.grid[top]) else top - 1
            upper = [cell for cells in sheet.grid[first:top] for cell in cells if not _is_type(cell)]
            rest = [*found.corner(grid), *beside(grid, {0, *found.rows}, {found.side, *found.columns})]
            said = [cell for cell in upper if not _CORNER.fullmatch(key_of(cell))]
            return rebuilt(sheet, first, rows, [*said, *rest])
    return None


def dues_of_persons(sheet: RawSheet) -> RawSheet | None:
    """A register of dues with a person over each column and a month before each row, turned round; None for others."""
    for top in range(min(len(sheet.grid), HEADING_ROWS)):
        roles = _roles(sheet.grid[top:])
        heading = _carried(sheet.grid[top], roles) if roles else sheet.grid[top]
        grid = [heading, *sheet.grid[top + (2 if roles else 1) :]]
        found = _crossing(grid, _is_month, is_person)
        if found is None or not _are_amounts(grid, found):
            continue
        if not all(DUES([key_of(at(grid[row], found.side))]) for row in range(1, found.rows[0])):
            continue
        labelled = [row for row in range(1, len(grid)) if text_of(at(grid[row], found.side))]
        labels = [text_of(grid[row][found.side]) for row in labelled]
        if len(set(labels)) < len(labels) or any(map(heads_persons, labels)):
            return None  # months of several years, or a table below
        people: list[dict[str, Cell]] = []
        for column in found.columns:
            own: dict[str, Cell] = {"姓名": grid[0][column]} | ({"项目": at(roles, column)} if roles else {})
            people.append(own | {label: at(grid[row], column) for label, row in zip(labels, labelled, strict=True)})
        rest = [*found.corner(grid), *beside(grid, {0, *labelled}, {found.side, *found.columns})]
        return rebuilt(sheet, top, people, rest)
    return None


def _crossing(grid: Grid, before: Callable[[Cell], bool], above: Callable[[Cell], bool]) -> _Crossing | None:
    """Where what stands before the rows meets what stands above the columns, two of each and more; else None."""
    columns = [column for column, cell in enumerate(grid[0]) if above(cell)] if grid else []
    for side in range(columns[-2] if len(columns) > 1 else 0):
        near = [before(at(cells, side)) for cells in grid[: 1 + DEEPEST]]
        if near[0] or above(at(grid[0], side)) or not any(near):
            continue  # a row of a table, or a long one that need not be looked through
        rows = [row for row in range(1, len(grid)) if before(at(grid[row], side))]
        if len(rows) > 1:
            return _Crossing(side, rows, [column for column in columns if column > side])
    return None


def _days_alone(grid: Grid) -> Grid:
    """A grid whose types of meetings have 次数 and 日期 below them, with the types over the days alone."""
    below = grid[1] if len(grid) > 1 else ()
    days = [place for place, cell in enumerate(below) if MEETING([key_of(cell)]) == "held_on"]
    if len(days) < 2 or not any(map(_is_type, grid[0])):
        return grid
    over = _carried(grid[0], below)
    heading = [cell if place in days or not _is_type(cell) else None for place, cell in enumerate(over)]
    return [heading, *grid[2:]]


def _with_upper(sheet: RawSheet, row: int) -> Sequence[Cell]:
    """A row with the types of the row above it where it says nothing itself: a heading of two rows."""
    upper = sheet.grid[row - 1] if row else ()
    cells = sheet.grid[row]
    width = max(len(upper), len(cells)) if any(map(_is_type, cells)) else len(cells)
    own = [at(cells, column) for column in range(width)]
    return [
        at(upper, column) if not text_of(cell) and _is_type(at(upper, column)) else cell
        for column, cell in enumerate(own)
    ]


def _is_type(cell: Cell) -> bool:
    return isinstance(cell, str) and (MEETING([key_of(cell)]) or "").startswith(TICK)


def _is_month(cell: Cell) -> bool:
    told = month_of(text_of(cell)) if isinstance(cell, str | int | float) else None
    return told is not None and not told.rest


def _held(month: Cell, kind: Cell, cell: Cell) -> list[dict[str, Cell]]:
    """The meetings of one type that a month says were held."""
    same: dict[str, Cell] = {"月份": month, "类型": kind}
    if isinstance(cell, bool | int | float):
        return [same] if cell else []  # 5 may be a day as well as a number of meetings
    if not isinstance(cell, str):
        return [same | {"时间": cell, "主题": kind}] if cell is not None else []
    if plain(cell) in _NOT_HELD:
        return []
    parts = [part.strip() for part in _NEXT_DAY.split(plain(cell)) if part.strip()]
    told = [day_and_words(part) for part in parts]
    days = [found for found in told if found]
    if len(days) < len(parts):
        return [same | {"主题": cell}]
    return [same | {"时间": day, "主题": words or kind} for day, words in days]


def _roles(grid: Grid) -> Sequence[Cell]:
    """The second row of a heading where it says of each column whether it is owed or paid; empty where it does not."""
    cells = grid[1] if len(grid) > 1 else ()
    words = [key_of(cell) for cell in cells if text_of(cell)]
    return cells if len(words) > 1 and all(word in OWED + PAID for word in words) else ()


def _carried(names: Sequence[Cell], roles: Sequence[Cell]) -> list[Cell]:
    """The names over columns, each also over the columns at its right that have a role of their own."""
    carried: list[Cell] = list(names) + [None] * (len(roles) - len(names))
    for column in range(1, len(carried)):
        if not text_of(carried[column]) and text_of(at(roles, column)):
            carried[column] = carried[column - 1]
    return carried


def _are_amounts(grid: Grid, found: _Crossing) -> bool:
    """Whether half of what stands where persons meet months are numbers, or more."""
    cells = [at(grid[row], column) for row in found.rows for column in found.columns]
    filled = [text for cell in cells if (text := text_of(cell))]
    numbers = [text for text in filled if _AMOUNT.fullmatch(text)]
    return bool(numbers) and len(numbers) * 2 >= len(filled)
