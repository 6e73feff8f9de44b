"""Where the tables of a file are: which rows are headings, and what each column is by what its heading says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.exchange.blocks import blocks_of
from app.exchange.months import month_of
from app.exchange.paths import TICK, FieldOf, at, key_of, paths
from app.exchange.raw import RawSheet, text_of

DEEPEST = 3
"""Rows of a heading."""
HEADING_ROWS = 20
"""Rows in which the first heading is looked for when nothing is known of a file."""
SHORTEST_TITLE = 5
"""Characters; a name alone in its line is a row."""
NUMBERING = ("序号", "编号", "序", "No.", "NO")
"""What stands over the numbers of rows."""
OVER = re.compile(
    r"(小组|支部|总支|党委|党员|人员|干部|职工|积极分子|发展对象|申请人|群众|团员|名单|名册"
    r"|党员大会|支部大会|支委会|支部委员会|小组会|党课|党日(活动)?|组织生活会|民主评议(党员)?)$"
)
"""How a line ends that says of the rows below it who or what they are: 预备党员, 第一党小组, 主题党日."""
OF_A_TIME = re.compile(
    r"((19|20)\d\d年)?第?[一二三四]季度|((19|20)\d\d年)?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?|(19|20)\d\d年度?"
)


@dataclass(frozen=True)
class Layout:
    """Where one table is: which sheet, the last row of its heading (from 0), the column of each field.

    `first` is the first row of the heading, `ends` the row in which the next table begins; None where none does.
    `above` is the row below which the lines of its title stand; `over` says what the rows are of where it stands over
    the columns of this table alone: 支委会 above 时间 and 主题.
    """

    sheet: int
    heading: int
    columns: Mapping[str, int]
    first: int | None = None
    ends: int | None = None
    above: int = 0
    over: str = ""

    @property
    def top(self) -> int:
        """The first row of the heading."""
        return self.heading if self.first is None else self.first


def guess(book: Sequence[RawSheet], field_of: FieldOf) -> Layout | None:
    """The table that fits best: the one with the most known columns, hidden sheets last; None when none fits."""
    found: list[Layout] = []
    for number, sheet in enumerate(book):
        for row in range(min(len(sheet.grid), HEADING_ROWS)):
            if _may_be_heading(sheet, row, field_of):
                depth, blocks = _best(sheet, row, field_of, ())
                found += [Layout(number, row + depth - 1, columns, row) for columns in blocks]
    return max(found, key=lambda table: (book[table.sheet].shown, len(table.columns)), default=None)


def tables_of(book: Sequence[RawSheet], number: int, field_of: FieldOf, needed: Sequence[str]) -> list[Layout]:
    """The tables of one sheet: below one another, and side by side where a needed column comes again."""
    sheet = book[number]
    headings: list[tuple[int, int, list[dict[str, int]]]] = []
    row = 0
    while row < len(sheet.grid):
        if not _may_be_heading(sheet, row, field_of):
            row += 1
            continue
        depth, blocks = _best(sheet, row, field_of, needed)
        while blocks and depth > 1 and _is_row(sheet, row, [top for top, _, _ in headings]):
            below, alone = _best(sheet, row + 1, field_of, needed)
            if sum(map(len, alone)) < sum(map(len, blocks)):
                break
            row, depth, blocks = row + 1, below, alone
        if blocks:
            headings.append((row, row + depth - 1, blocks))
            row += depth
        else:
            row += 1
    found: list[Layout] = []
    for index, (top, last, blocks) in enumerate(headings):
        ends = _title_begins(sheet, headings[index + 1][0], last + 1) if index + 1 < len(headings) else None
        above = _title_begins(sheet, top, headings[index - 1][1] + 1) if index else 0
        told = paths(sheet, top, last)
        found += [Layout(number, last, block, top, ends, above, _over(told, block, field_of)) for block in blocks]
    return found


def _over(columns: Sequence[tuple[str, ...]], block: Mapping[str, int], field_of: FieldOf) -> str:
    """The word over columns of a table that says what was held; empty where none does."""
    above = (path[0] for place in block.values() if len(path := columns[place]) > 1)
    return next((word for word in above if (field_of([word]) or "").startswith(TICK)), "")


def _is_row(sheet: RawSheet, row: int, tops: Sequence[int]) -> bool:
    """Whether a line with words of headings may be none: one word that is said of rows, or a row of the table above.

    `tops` are the lines in which headings began so far.
    """
    words = {key_of(cell) for cell in sheet.grid[row]} - {""}
    return len(words) == 1 or (bool(tops) and words != {key_of(cell) for cell in sheet.grid[tops[-1]]} - {""})


def _title_begins(sheet: RawSheet, heading: int, floor: int) -> int:
    """The first of the lines above a heading that are its title: one cell each, long enough or said of rows."""
    begins = heading
    for row in range(heading - 1, floor - 1, -1):
        cells = enumerate(sheet.grid[row])
        told = [text for column, cell in cells if (text := text_of(cell)) and (row, column) not in sheet.merged]
        text = told[0] if told else ""
        if len(told) > 1 or (told and len(text) < SHORTEST_TITLE and not _is_over(key_of(text))):
            break
        begins = row if told else begins
    return begins


def _is_over(text: str) -> bool:
    return bool(OVER.search(text) or OF_A_TIME.fullmatch(text))


_DAY = re.compile(r"\d.*[日号]|\d+[./-]\d+[./-]\d+")


def _may_be_heading(sheet: RawSheet, row: int, field_of: FieldOf) -> bool:
    """Whether a row has a known word; cheap, for each row is asked.

    Of the words that come side by side it has several, and no day: else it says what was held.
    """
    words = [cell for cell in sheet.grid[row] if isinstance(cell, str) and 1 < len(cell) <= 24]
    known = {name for word in words if not word[-1].isdigit() and (name := _field_alone(word, field_of))}
    if not all(name.startswith(TICK) for name in known):
        return True
    return len(known) > 1 and not any(_DAY.search(key_of(word)) for word in words)


def is_known(word: str, field_of: FieldOf) -> bool:
    """Whether a word alone heads a column of a kind of table."""
    return _field_alone(word, field_of) is not None


@lru_cache(maxsize=8192)
def _field_alone(word: str, field_of: FieldOf) -> str | None:
    return field_of([key_of(word)])


def _best(sheet: RawSheet, row: int, field_of: FieldOf, needed: Sequence[str]) -> tuple[int, list[dict[str, int]]]:
    """How many rows the heading that begins in a row has, and the columns of its tables."""
    best: tuple[int, list[dict[str, int]]] = (1, [])
    for depth in range(1, DEEPEST + 1):
        if row + depth > len(sheet.grid) or (depth > 1 and not _goes_on(sheet, row + depth - 1)):
            break
        blocks = blocks_of(paths(sheet, row, row + depth - 1), field_of, needed)
        # Words below a heading say what its columns are, also where nobody knows them.
        roles = best[1] and best[0] == depth - 1 and _says_roles(sheet, row, row + depth - 1, best[1][0], needed)
        if roles or sum(map(len, blocks)) > sum(map(len, best[1])):
            best = depth, blocks
    return best


_NO_ROLES = re.compile(r"[已未免欠没]|退|调|转|微信|支付宝|现金|银行|代|是|否|无|全|√")
_ROLE = re.compile(r"[^\W\d_]{1,8}")
"""What may stand below a month is a word: 应, 实缴数, 交款日期; not one that says how a month was paid."""


def _says_roles(sheet: RawSheet, top: int, row: int, block: Mapping[str, int], needed: Sequence[str]) -> bool:
    """Whether a row below a heading names nobody and says of each column whether it is owed or paid."""
    cells = sheet.grid[row]
    filled = [text for cell in cells if (text := key_of(cell))]
    own = [
        (key_of(at(cells, block[name])), key_of(at(sheet.grid[top], block[name]))) for name in needed if name in block
    ]
    blank = all(not below or (below == "姓名" and word != below) for below, word in own)
    roles = all(_ROLE.fullmatch(text) and not _NO_ROLES.search(text) for text in filled)
    above = sheet.grid[row - 1]
    # One word stands over several of them, merged or beside blank cells.
    over = any(
        key_of(cell) and (not key_of(at(above, column)) or (row - 1, column) in sheet.merged)
        for column, cell in enumerate(cells)
    )
    return roles and blank and over and len(set(filled)) > 1


def _goes_on(sheet: RawSheet, row: int) -> bool:
    """Whether a row can belong to a heading: words alone without a day, or the numbers of months among them."""
    filled = [cell for cell in sheet.grid[row] if cell not in (None, "")]
    if any(isinstance(cell, str) and _DAY.search(key_of(cell)) for cell in filled):
        return False
    numbers = [cell for cell in filled if not isinstance(cell, str) or re.fullmatch(r"[\d.\-/ ]+", cell)]
    counted = [text_of(cell) for cell in numbers] == [str(number) for number in range(1, len(numbers) + 1)]
    return bool(filled) and (not numbers or (len(numbers) > 2 and counted))


def _goes_below(sheet: RawSheet, layout: Layout, row: int, column: int) -> bool:
    """Whether a heading says something below a cell of it."""
    below = sheet.grid[row + 1 : layout.heading + 1]
    return any(key_of(at(cells, column)) for cells in below)


def heading_of(sheet: RawSheet, layout: Layout, column: int) -> str:
    """What a sheet itself says above a column: its heading without spaces for looks, else its number.

    A blank cell above another belongs to the word at its left, as in `paths`.
    """
    words: list[str] = []
    for row in range(layout.top, min(layout.heading + 1, len(sheet.grid))):
        told = [_without_looks(text_of(at(sheet.grid[row], place))) for place in range(column + 1)]
        carried = _goes_below(sheet, layout, row, column)
        text = told[-1] or (next(filter(None, reversed(told)), "") if carried else "")
        if text and text not in words:
            words.append(text)
    if not words:
        return f"第 {column + 1} 列"
    if len(words) == 1:  # one line of words may have a month over it, as in `paths`
        words = [*paths(sheet, layout.top, layout.heading)[column][:-1], *words]
    upper = words[-2] if len(words) > 1 else ""
    return f"{upper} {words[-1]}" if upper and (len(words[-1]) < 4 or month_of(upper)) else words[-1]


def _without_looks(text: str) -> str:
    """A heading without what only looks well: 性　　别, a star of what must be filled in, a colon."""
    return re.sub(r"(?<![!-~])\s+|\s+(?![!-~])|^[*＊]+|[*＊:：]+$", "", " ".join(text.split()))


def unknown_columns(sheet: RawSheet, layout: Layout, others: Sequence[Layout]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The columns beside those of a table that have a heading, with it, and are no field of any table in these rows."""
    taken = {column for table in (layout, *others) for column in table.columns.values()}
    for column, path in enumerate(paths(sheet, layout.top, layout.heading)):
        if path and column not in taken and path[-1] not in NUMBERING:
            yield column, path
