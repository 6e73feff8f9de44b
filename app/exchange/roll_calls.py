"""Sheets that call the roll, persons crossing meetings with ticks, made a ledger that names who was there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.exchange.columns import COLUMNS
from app.exchange.crossed import DUES, MEETING, beside, day_and_words, heads_persons, is_person, rebuilt, words_and_day
from app.exchange.headings import DEEPEST, HEADING_ROWS, Layout
from app.exchange.laying import title_of
from app.exchange.meeting_types import over_rows, read_types
from app.exchange.months import month_of
from app.exchange.paths import at, key_of, paths
from app.exchange.raw import Cell, RawSheet, text_of
from app.exchange.reading import NOTHING, TICK, plain
from app.exchange.sheet import Row
from app.exchange.words import is_beside, packed

MEMBER = COLUMNS["members"].field_of
CAME, MISSED, SAT_IN = "参加人员", "缺席人员及原因", "列席人员"
_CHECKS = "√✓✔☑"
_DEEPEST = 5
"""Rows of the heading of a roll: day, type, theme, place, host."""
_OF_DUES = ("owed", "paid", "base", "rate")
_OF_ROSTERS = ("sex", "birth", "joined", "confirmed", "id_number", "education", "ethnicity", "native_place")
_CAME = re.compile("已?(到会?|出席|出勤|参加|签到|参会|到场)|全勤")
_MISSED = re.compile("[×✗✘xX0]|缺席?|缺勤|未到|未参加|否")
_WHY = re.compile("[^\\W\\d_]{1,8}(\\(.{1,8}\\))?|[^\\w\\s]")
_OF_ABSENCE = re.compile("假$|假[(]|^因[病事公]|出差|外出|公出|缺席|缺勤|旷|年休|迟到|早退|列席|住院|值班|[未没]到")
_NO_PERSON = re.compile(
    "会议|活动|内容|名称|主题|签|[照图]片|赞成|反对|弃权|同意|票|通知|记录|纪要|新闻|[材资]料|附件|方案|备注|情况|是否"
)
"""What may be ticked beside a meeting and is nobody."""
_SUM = re.compile("人数|次数|率$|[合小总]计")
"""What names a row below the persons that counts them."""
_TELL_TYPES = ("types", "title", "subject")
_WITH_NAMES = ("present", "absent", "absent_too", "counts")


@dataclass
class _Called:
    """Who is named for one meeting, in the words of the columns that keep it."""

    came: list[str] = field(default_factory=list[str])
    missed: list[str] = field(default_factory=list[str])
    sat_in: list[str] = field(default_factory=list[str])

    def cells(self) -> dict[str, Cell]:
        """What stands below each of the headings."""
        return {CAME: "、".join(self.came), MISSED: "、".join(self.missed), SAT_IN: "、".join(self.sat_in)}


def with_persons_across(sheet: RawSheet) -> RawSheet | None:
    """A ledger with a column of ticks for each person, with the names in columns instead; None for a sheet not so."""
    for top in range(min(len(sheet.grid), HEADING_ROWS)):
        day = next((column for column, cell in enumerate(sheet.grid[top]) if _heads_days(cell)), None)
        if day is None:
            continue
        deepest: tuple[int, dict[int, str]] = (top, {})
        for last in range(top, min(top + DEEPEST, len(sheet.grid))):
            if last > top and text_of(below := at(sheet.grid[last], day)) and not _heads_days(below):
                break
            people = _people_over(sheet, top, last)
            deepest = (last, people) if len(people) > max(1, len(deepest[1])) else deepest
        return _named(sheet, top, *deepest) if deepest[1] else None
    return None


def _people_over(sheet: RawSheet, top: int, last: int) -> dict[int, str]:
    """The columns of ticks with who stands over each; empty where these rows are the heading of no roll."""
    above, rows = paths(sheet, top, last), sheet.grid[last + 1 :]
    named = {column: path[-1] for column, path in enumerate(above) if path and _may_be_person(path[-1])}
    cells = {column: [_signed(name, at(row, column)) for row in rows] for column, name in named.items()}
    people = {column: name for column, name in named.items() if _are_of_one(cells[column])}
    marks = [mark for column in people for mark in cells[column] if not plain(mark).isdecimal()]
    others = {MEETING(path) for column, path in enumerate(above) if path and column not in people}
    return people if _is_clear(marks) and others.isdisjoint(_WITH_NAMES) else {}


def _heads_days(cell: Cell) -> bool:
    return MEETING([key_of(cell)]) in ("held_on", "dom")


def with_persons_down(sheet: RawSheet) -> RawSheet | None:
    """A roll with a person before each row and a meeting over each column as a ledger; None for a sheet not so."""
    for row in range(min(len(sheet.grid), HEADING_ROWS)):
        side = next((column for column, cell in enumerate(sheet.grid[row]) if heads_persons(cell)), None)
        if side is None:
            continue
        if sum(MEMBER([key_of(cell)]) in _OF_ROSTERS for cell in sheet.grid[row]) > 1:
            return None  # a roster, with ticks at its right
        return _called_down(sheet, *_heading(sheet, row, side), side)
    return None


def _called_down(sheet: RawSheet, top: int, last: int, side: int) -> RawSheet | None:
    """The roll below a heading with names in the column `side`, as a ledger; None where it is no roll."""
    grid = sheet.grid
    held = {column: told for column, told in _held(sheet, top, last, side).items() if "时间" in told}
    names = {row: text for row in range(last + 1, len(grid)) if (text := text_of(at(grid[row], side)))}
    people = {row: name for row, name in names.items() if not (_is_field(name) or _SUM.search(name) or is_beside(name))}
    told_above = {label for told in held.values() for label in told}
    labels = {name: row for row, name in reversed(names.items()) if _is_field(name) and name not in told_above}
    marks = [_signed(name, at(grid[row], column)) for row, name in people.items() for column in held]
    if not held or not _is_clear(marks) or not _are_marks(marks) or _are_of_dues(grid[top : last + 1], held.values()):
        return None
    typed = _tell_types(told_above)
    over = "" if typed else _over(sheet, top)
    if not (typed or over) and all(plain(mark).isdecimal() for mark in marks if text_of(mark)):
        return None  # 1 may be a yuan
    rows: list[dict[str, Cell]] = []
    for column, told in held.items():
        called = _call(((name, at(grid[row], column)) for row, name in people.items()), checked=_has_checks(marks))
        rows.append(told | called.cells() | {label: at(grid[row], column) for label, row in labels.items()})
    if not (typed or _tell_types(labels)):
        rows = [told | {"类型": over} for told in rows]
    corner = [cell for cells in grid[top:last] if not (_is_field(cell := at(cells, side)) or heads_persons(cell))]
    read = {*range(top, last + 1), *people, *labels.values()} - set(_over_all(sheet, top, last, side))
    rest = beside(grid[top:], {row - top for row in read}, {side, *held})
    unmarked = [name for row, name in people.items() if not any(text_of(at(grid[row], column)) for column in held)]
    return rebuilt(sheet, top, rows, [*corner, *unmarked, *rest])


def _tell_types(labels: Iterable[str]) -> bool:
    """Whether one of these labels says what kind of meeting it was, or what about."""
    return any(MEETING([key_of(label)]) in _TELL_TYPES for label in labels)


def _are_of_dues(heading: Sequence[Sequence[Cell]], held: Iterable[Mapping[str, Cell]]) -> bool:
    """Whether days over columns are months, as a spreadsheet keeps these, or amounts stand beside them."""
    firsts = all(re.match(r"\d{4}-\d{2}-01", text_of(told["时间"])) for told in held)
    return firsts or any(DUES([key_of(cell)]) in _OF_DUES for cells in heading for cell in cells)


def _over_all(sheet: RawSheet, top: int, last: int, side: int) -> list[int]:
    """The rows of a heading that say one thing over all columns."""
    width = max(map(len, sheet.grid[top : last + 1]))
    least = min(2, width - side - 1)
    return [row for row in range(top, last + 1) if len(set(_texts(sheet.grid[row], side))) < least]


def _is_field(cell: Cell) -> bool:
    return MEETING([key_of(cell)]) is not None


def _heading(sheet: RawSheet, row: int, side: int) -> tuple[int, int]:
    """The first and the last row of the heading in one row of which it stands over names."""
    top = last = row
    while top and last - top < _DEEPEST - 1 and len(set(_texts(sheet.grid[top - 1], side))) > 1:
        top -= 1
    while last + 1 < len(sheet.grid) and last - top < _DEEPEST - 1:
        cells = sheet.grid[last + 1]
        before, texts = at(cells, side), _texts(cells, side)
        blank = not text_of(before) or heads_persons(before)
        marks = all(_are_marks([text]) and not read_types(text) for text in texts)
        if not texts or not (_is_field(before) or (blank and not marks)):
            break
        last += 1
    return top, last


def _texts(cells: Sequence[Cell], side: int) -> list[str]:
    return [text for cell in cells[side + 1 :] if (text := text_of(cell))]


def _held(sheet: RawSheet, top: int, last: int, side: int) -> dict[int, dict[str, Cell]]:
    """What the heading says of a meeting over each column."""
    width = max(map(len, sheet.grid[top : last + 1]))
    over_all = _over_all(sheet, top, last, side)
    found: dict[int, dict[str, Cell]] = {}
    for column in range(side + 1, width):
        told: dict[str, Cell] = {}
        for row in range(top, last + 1):
            label = at(sheet.grid[row], side)
            cell = at(sheet.grid[row], column)
            below = any(text_of(at(cells, column)) for cells in sheet.grid[row + 1 : last + 1])
            if not text_of(cell) and below:  # it belongs to the word at its left
                cell = next((other for other in reversed(sheet.grid[row][side + 1 : column]) if text_of(other)), None)
            if row in over_all:
                continue
            if _is_field(label) and not heads_persons(label) and text_of(label) not in told:
                told[text_of(label)] = cell
            else:
                _tell(told, cell)
        found[column] = told
    return found


def _tell(told: dict[str, Cell], cell: Cell) -> None:
    """Add what a cell over the column of a meeting says of it: its day, its month, its type, what it was about."""
    if isinstance(cell, date):
        told["时间"] = cell
        return
    words = plain(cell)
    if (month := month_of(words)) and not month.rest:
        told["月份"] = words
        return
    if "时间" not in told and (found := day_and_words(words) or words_and_day(words)):
        told["时间"], words = found
    if not words or words in told.values():
        return
    if not told.get("类型") and read_types(words):
        told["类型"] = words
    else:
        told["主题"] = " ".join(filter(None, (text_of(told.get("主题")), words)))


def _over(sheet: RawSheet, top: int) -> str:
    """The one type of meeting that the title names; empty for none."""
    types = over_rows(Row(0, {}, {}, title=title_of([sheet], Layout(0, top, {}))))
    return types[0].value if types else ""


def _named(sheet: RawSheet, top: int, last: int, people: dict[int, str]) -> RawSheet:
    """The sheet with names in three columns at its right instead of ticks below each."""
    width = max(map(len, sheet.grid))
    checked = _has_checks(at(cells, column) for cells in sheet.grid[last + 1 :] for column in people)
    typed = any(MEETING(path) in _TELL_TYPES for path in paths(sheet, top, last) if path)
    over = "" if typed else _over(sheet, top)
    kinds = None if typed else _of_kinds(sheet, last, people)
    typed = typed or kinds is not None
    grid: list[tuple[Cell, ...]] = list(map(tuple, sheet.grid[:top]))
    for row, cells in enumerate(sheet.grid[top:], top):
        kept: list[Cell] = [at(cells, column) for column in range(width)]
        for column in people:
            kept[column] = None if row >= last or MEETING([key_of(kept[column])]) in _WITH_NAMES else kept[column]
        if row == last:
            if kinds is not None:
                kept[kinds] = "类型"
            kept += [CAME, MISSED, SAT_IN, *([] if typed else ["类型"])]
        elif row > last and any(map(text_of, cells)):
            called = _call(((name, at(cells, column)) for column, name in people.items()), checked=checked)
            kept += [*called.cells().values(), *([] if typed or not any(map(text_of, kept)) else [over])]
        grid.append(tuple(kept))
    return replace(sheet, grid=tuple(grid))


def _of_kinds(sheet: RawSheet, last: int, people: dict[int, str]) -> int | None:
    """The column whose every cell names a type of meeting, whatever stands above it; None where there is none."""
    for column in range(max(map(len, sheet.grid))):
        texts = [text for cells in sheet.grid[last + 1 :] if (text := text_of(at(cells, column)))]
        if column not in people and texts and all(map(read_types, texts)):
            return column
    return None


def _call(marks: Iterable[tuple[str, Cell]], *, checked: bool) -> _Called:
    """What the marks behind names say. Nothing is said of somebody without one, and of — neither."""
    called = _Called()
    for name, cell in marks:
        mark = plain(_signed(name, cell))
        if mark in NOTHING:
            continue
        other_sign = checked and mark not in _CHECKS and not mark.isalnum()
        if (TICK.fullmatch(mark) and not other_sign) or _CAME.fullmatch(mark):
            called.came.append(name)
        elif mark.startswith("列席"):
            called.sat_in.append(name)
        elif _MISSED.fullmatch(mark):
            called.missed.append(name)
        else:
            called.missed.append(f"{name}（{mark}）")
    return called


def _signed(name: str, cell: Cell) -> Cell:
    """The mark of somebody: a tick for the own name, which is a signature."""
    return "√" if text_of(cell) and packed(text_of(cell)) == packed(name) else cell


def _may_be_person(word: str) -> bool:
    return is_person(word) and not _NO_PERSON.search(word)


def _has_checks(marks: Iterable[Cell]) -> bool:
    return any(text_of(mark) in tuple(_CHECKS) for mark in marks)


def _said(cells: Iterable[Cell]) -> list[str]:
    """The marks that say anything."""
    return [mark for cell in cells if (mark := plain(cell)) not in NOTHING]


def _are_marks(cells: Iterable[Cell]) -> bool:
    """Whether all cells say nothing, or in a word or a sign whether somebody came."""
    return all(TICK.fullmatch(mark) or _MISSED.fullmatch(mark) or _WHY.fullmatch(mark) for mark in _said(cells))


def _are_of_one(cells: Sequence[Cell]) -> bool:
    """Whether a column may be that of a person: marks of whom some are clear, or nothing at all."""
    return not _said(cells) or (_are_marks(cells) and _is_clear(cells))


def _is_clear(marks: Iterable[Cell]) -> bool:
    """Whether most of what is said are ticks and the usual words."""
    told = _said(marks)
    clear = [
        mark
        for mark in told
        if TICK.fullmatch(mark) or _CAME.fullmatch(mark) or _MISSED.fullmatch(mark) or _OF_ABSENCE.search(mark)
    ]
    return bool(clear) and len(clear) * 2 > len(told)
