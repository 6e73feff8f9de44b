"""Sheets that are laid out as a form, 姓名 beside what it is, turned into a heading with a row below it.

One form for each person or meeting, below one another or each on a sheet of its own; or a table that lies on its side,
with the headings down the left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.exchange.blocks import INSTEAD, TICK, is_enough
from app.exchange.crossed import REST
from app.exchange.headings import DEEPEST, HEADING_ROWS, is_known, tables_of
from app.exchange.paths import FieldOf, at, key_of
from app.exchange.raw import Cell, RawSheet, text_of
from app.exchange.words import MADE_BY, packed
from app.exchange.xlsx_marks import Place

FEWEST = 3
"""Known labels that a form has at least."""
LONGEST_LABEL = 16


@dataclass
class _Form:
    """What one form says: the place of what stands beside each label, and of the rest."""

    row: int
    labels: dict[str, Place] = field(default_factory=dict[str, Place])
    rest: list[Place] = field(default_factory=list[Place])


@dataclass(frozen=True)
class _Pair:
    """A label and the place of what stands beside it; None where nothing does. `name` is the field, if it is one."""

    column: int
    label: str
    name: str | None
    value: Place | None


def as_table(sheet: RawSheet, kinds: Sequence[tuple[FieldOf, Sequence[str]]]) -> RawSheet:
    """A sheet with what its forms say as rows below one heading; as it is where it is a table, or neither.

    `kinds` are the fields of each kind of table, and which it needs.
    """
    found: list[tuple[int, list[_Form]]] = []
    fields = [field_of for field_of, _ in kinds]
    core, foot = _without_foot(sheet, fields)
    for field_of, needed in kinds:
        forms = _on_its_side(core, field_of, needed) or _forms(core, field_of, needed)
        if forms and not _says_headings(core, forms[0], fields):
            forms[-1].rest += foot
            found.append((sum(is_known(label, field_of) for label in forms[0].labels), forms))
    if not found:
        return sheet
    known, forms = max(found, key=lambda told: told[0])
    tables = [table for field_of, needed in kinds for table in tables_of([sheet], 0, field_of, needed)]
    return sheet if any(len(table.columns) >= known for table in tables) else _laid(sheet, forms)


def _without_foot(sheet: RawSheet, kinds: Sequence[FieldOf]) -> tuple[RawSheet, list[Place]]:
    """A sheet without the lines at its end that say who made it, and the places of what they say."""
    grid, foot = list(sheet.grid), list[Place]()
    for row in range(len(grid) - 1, -1, -1):
        places = [(row, column) for column, cell in enumerate(grid[row]) if text_of(cell)]
        if not places:
            continue
        first = grid[row][places[0][1]]
        if not MADE_BY.match(packed(text_of(first))) or any(_field(first, field_of) for field_of in kinds):
            break
        grid[row], foot = (), [*places, *foot]
    return (replace(sheet, grid=tuple(grid)), foot) if foot else (sheet, foot)


def _says_headings(sheet: RawSheet, form: _Form, kinds: Sequence[FieldOf]) -> bool:
    """Whether what stands beside the first label is a label too, of any kind of table: 姓名, 性别 are a heading."""
    row, column = next(iter(form.labels.values()))
    return any(_field(sheet.grid[row][column], field_of) for field_of in kinds)


def _pairs(sheet: RawSheet, row: int, field_of: FieldOf) -> list[_Pair]:
    """The labels of a row, each with what stands at its right."""
    cells = sheet.grid[row]
    columns = [column for column, cell in enumerate(cells) if text_of(cell) and (row, column) not in sheet.merged]
    pairs: list[_Pair] = []
    while columns:
        column = columns.pop(0)
        beside = columns[0] if columns else None
        value: Place | None = None
        if beside is not None and not _field(cells[beside], field_of) and _joins(sheet, row, column, beside):
            value = (row, columns.pop(0))
        pairs.append(_Pair(column, key_of(cells[column]), _field(cells[column], field_of), value))
    return pairs


def _field(cell: Cell, field_of: FieldOf) -> str | None:
    """The field of a label; None for other cells, and for a type of meeting, which is what a form says."""
    if not isinstance(cell, str) or not cell.strip() or len(cell) > LONGEST_LABEL or cell.strip()[-1].isdigit():
        return None
    name = field_of([key_of(cell)]) if is_known(cell, field_of) else None
    return None if name is None or name.startswith(TICK) else name


def _joins(sheet: RawSheet, row: int, column: int, other: int) -> bool:
    """Whether nothing but the rest of the label's own merged cell lies between it and another cell."""
    between = range(column + 1, other)
    return all(sheet.merged.get((row, place)) == (row, column) for place in between)


def _is_form(pairs: Sequence[_Pair]) -> bool:
    """Whether a row says something beside labels: half of them have a value, or more."""
    names = [pair.name for pair in pairs if pair.name]
    beside = sum(1 for pair in pairs if pair.name and pair.value)
    if any(re.search(r"\d", pair.label) for pair in pairs if not pair.name):
        return False  # several values beside one label
    return beside > 0 and beside * 2 >= len(names) and len(names) == len(set(names))


def _forms(sheet: RawSheet, field_of: FieldOf, needed: Sequence[str]) -> list[_Form]:
    """The forms of a sheet, from the top; empty where it has none."""
    for start in range(min(len(sheet.grid), HEADING_ROWS)):
        first = _pairs(sheet, start, field_of)
        if any(pair.name for pair in first) and len(first) + bool(first[0].value) > 1:
            if not _is_form(first):
                return []
            tried = _forms_from(sheet, start, first, field_of, start + HEADING_ROWS)  # a long table is seen soon
            if not tried or not _are_forms(tried, field_of, needed):
                return []
            return _forms_from(sheet, start, first, field_of, len(sheet.grid))
    return []


def _text_below(sheet: RawSheet, row: int, pairs: Sequence[_Pair]) -> Place | None:
    """The place of what stands alone in the line below a label that stands alone in its own: 会议内容 and its text."""
    if len(pairs) != 1 or not pairs[0].name or pairs[0].value or row + 1 >= len(sheet.grid):
        return None
    below = [place for place, cell in enumerate(sheet.grid[row + 1]) if text_of(cell)]
    below = [place for place in below if (row + 1, place) not in sheet.merged]
    return (row + 1, below[0]) if len(below) == 1 else None


def _are_forms(forms: Sequence[_Form], field_of: FieldOf, needed: Sequence[str]) -> bool:
    """Whether what was found says enough: what a table must have, over several rows of the sheet."""
    known = {name: place for label, place in forms[0].labels.items() if (name := field_of([label]))}
    return len(known) >= FEWEST and is_enough(known, needed) and len({row for row, _ in known.values()}) > 1


def _forms_from(sheet: RawSheet, start: int, first: Sequence[_Pair], field_of: FieldOf, end: int) -> list[_Form]:
    forms: list[_Form] = []
    begins = [(pair.column, pair.label) for pair in first if pair.name]
    told: set[str] = set()
    inside = False
    for row in range(start, min(end, len(sheet.grid))):
        pairs = _pairs(sheet, row, field_of)
        if [(pair.column, pair.label) for pair in pairs if pair.name] == begins:
            forms.append(_Form(row))
            told, inside = set(), True
        form = forms[-1]
        labels = [pair.label for pair in pairs if pair.name]
        # A label that comes again heads a table inside the form, of the family or of jobs: it is about others.
        # So does a line of several labels without what they say.
        inside = inside and not told.intersection(labels) and (len(labels) < 2 or _is_form(pairs))
        told.update(labels)
        taken = inside and bool(labels) and _is_form(pairs)
        below = _text_below(sheet, row, pairs)
        if inside and below is not None and pairs[0].label not in form.labels:
            form.labels[pairs[0].label] = below
            continue
        for pair in pairs:
            if (row, pair.column) in form.labels.values():
                continue
            if taken and pair.value is not None and pair.label not in form.labels:
                form.labels[pair.label] = pair.value
            elif not taken or not pair.name:
                form.rest += [(row, pair.column), *([pair.value] if pair.value else [])]
    return [form for form in forms if form.labels]


def _on_its_side(sheet: RawSheet, field_of: FieldOf, needed: Sequence[str]) -> list[_Form]:
    """The columns of a table whose headings stand down the left, for two people or meetings and more."""
    heads: dict[int, str] = {}
    column: int | None = None
    for row, cells in enumerate(sheet.grid):
        if row - max(heads, default=0) > (DEEPEST if heads else HEADING_ROWS):
            break
        known = [place for place, cell in enumerate(cells) if _field(cell, field_of)]
        column = known[0] if known and column is None else column
        if known and known != [column]:
            return []
        if known and column is not None:
            heads[row] = key_of(cells[column])
    names = {field_of([label]) or "": row for row, label in heads.items()}
    if column is None or len(names) < FEWEST or len(heads) != len(names) or not is_enough(names, needed):
        return []
    must = next(names[name] for name in (needed[0], *INSTEAD.get(needed[0], ())) if name in names)
    places = [place for place in range(column + 1, len(sheet.grid[must])) if text_of(sheet.grid[must][place])]
    if len(places) < 2:
        return []
    forms: list[_Form] = []
    top = min(heads)
    for index, place in enumerate(places):
        form = _Form(top + index)
        for row in range(top, len(sheet.grid)):
            label = key_of(at(sheet.grid[row], column))
            if text_of(at(sheet.grid[row], place)):
                if label and label not in form.labels:
                    form.labels[label] = (row, place)
                else:
                    form.rest.append((row, place))
        forms.append(form)
    return forms


def _laid(sheet: RawSheet, forms: Sequence[_Form]) -> RawSheet:
    """The sheet with a heading in the place of the first line of its first form, and a row for each below it."""
    top = forms[0].row
    labels = list(dict.fromkeys(label for form in forms for label in form.labels))
    rest = any(form.rest for form in forms)
    heads = [*labels, *([REST] if rest else [])]
    height = max(len(sheet.grid), forms[-1].row + 2)
    grid: list[tuple[Cell, ...]] = [*sheet.grid[:top], tuple(heads), *[()] * (height - top - 1)]
    moved: dict[Place, Place] = {}
    for form in forms:
        cells: list[Cell] = []
        for column, label in enumerate(labels):
            place = form.labels.get(label)
            cells.append(None if place is None else at(sheet.grid[place[0]], place[1]))
            if place is not None:
                moved[place] = (form.row + 1, column)
        said = dict.fromkeys(text_of(sheet.grid[row][column]) for row, column in form.rest)
        grid[form.row + 1] = (*cells, "；".join(said)) if rest else tuple(cells)
    return replace(
        sheet,
        grid=tuple(grid),
        hidden=frozenset(form.row + 1 for form in forms if form.row in sheet.hidden),
        merged={},
        hidden_columns=frozenset(),
        formulas=_moved(sheet.formulas, moved),
        errors=_moved(sheet.errors, moved),
        struck=_moved(sheet.struck, moved),
        separated=False,
        laid=True,
    )


def _moved(places: frozenset[Place], moved: Mapping[Place, Place]) -> frozenset[Place]:
    return frozenset(moved[place] for place in places if place in moved)
