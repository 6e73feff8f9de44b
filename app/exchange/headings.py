"""Where the tables of a file are: which rows are headings, and what each column is by what its heading says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.exchange.months import is_span, month_of, months_of
from app.exchange.raw import Cell, RawSheet, text_of
from app.exchange.simplified import simplified

DEEPEST = 3
"""Rows of a heading."""
HEADING_ROWS = 20
"""Rows in which the first heading is looked for when nothing is known of a file."""
SHORTEST_TITLE = 5
"""Characters; a name alone in its line is a row."""
OVER = re.compile(
    r"(小组|支部|总支|党委|党员|人员|干部|职工|积极分子|发展对象|申请人|群众|团员|名单|名册"
    r"|党员大会|支部大会|支委会|支部委员会|小组会|党课|党日(活动)?|组织生活会|民主评议(党员)?)$"
)
"""How a line ends that says of the rows below it who or what they are: 预备党员, 第一党小组, 主题党日."""
OF_A_TIME = re.compile(
    r"((19|20)\d\d年)?第?[一二三四]季度|((19|20)\d\d年)?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?|(19|20)\d\d年度?"
)
INSTEAD = {
    "types": ("title", "subject", "content"),
    "subject": ("title", "types", "content"),
    "held_on": ("dom",),
    "talker": ("both",),
    "partner": ("both",),
}
"""Where the first is needed and has no column of its own one of the others tells it: 会议名称 says what was held."""
TICK = "is_"
"""How the fields begin whose columns stand for one value each, ticked where it holds; they come side by side."""
AGAIN = {
    "held_on": "clock",
    "absent": "absent_too",
    "absent_too": "absent_more",
    "status": "status_too",
    "birth": "birth_too",
    "joined": "joined_too",
    "confirmed": "confirmed_too",
}
"""What the next column of a name is in one table: 时间 beside 日期 is the time of day, 旷会 beside 请假 others."""
FieldOf = Callable[[Sequence[str]], str | None]
"""The field of a column by what stands above it, from the top down, each as `key_of` makes it."""


@dataclass(frozen=True)
class Layout:
    """Where one table is: which sheet, the last row of its heading (from 0), the column of each field.

    `first` is the first row of the heading, `ends` the row in which the next table begins; None where none does.
    `above` is the row below which the lines of its title stand.
    """

    sheet: int
    heading: int
    columns: Mapping[str, int]
    first: int | None = None
    ends: int | None = None
    above: int = 0

    @property
    def top(self) -> int:
        """The first row of the heading."""
        return self.heading if self.first is None else self.first


def key_of(cell: Cell) -> str:
    """A heading as it is compared: half width, without spaces, brackets and marks."""
    plain = simplified(unicodedata.normalize("NFKC", text_of(cell)))
    return re.sub(r"\s|\(.*?\)|【.*?】|\[.*?\]|[:*。]", "", plain)


def at(cells: Sequence[Cell], position: int) -> Cell:
    """The cell of a row; None behind its end."""
    return cells[position] if position < len(cells) else None


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
        found += [Layout(number, last, columns, top, ends, above) for columns in blocks]
    return found


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
        blocks = _blocks(paths(sheet, row, row + depth - 1), field_of, needed)
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


def _blocks(columns: Sequence[tuple[str, ...]], field_of: FieldOf, needed: Sequence[str]) -> list[dict[str, int]]:
    """The known columns, in tables side by side; a table has two of them, and all that are needed."""
    blocks: list[dict[str, int]] = [{}]
    for position, path in enumerate(columns):
        name = field_of(path) if path else None
        if name is None:
            continue
        name = _lost_zero(name, path, blocks[-1])
        if name in blocks[-1] and columns[blocks[-1][name]] != path[:-1]:  # 1月 above 实交 says more than 1月 alone
            other = AGAIN.get(name) if columns[blocks[-1][name]] != path else None
            while other in blocks[-1] and other in AGAIN:
                other = AGAIN[other]
            if other or name not in needed or not is_enough(blocks[-1], needed):
                blocks[-1].setdefault(other or name, position)
                continue
            blocks.append({})
        blocks[-1][name] = position
    blocks = _joined(blocks, needed)
    for block in blocks:
        ticks = [name for name in block if name.startswith(TICK)]
        if len(ticks) == 1:
            del block[ticks[0]]  # one such word alone is a cell below 类型, or a column of something else
        own = block.copy()
        for name in (name for name in INSTEAD if name in needed and name not in own):
            if other := next((other for other in INSTEAD[name] if other in own), ""):
                block[name] = own[other]
        if block != own:
            for name in ("title", "both"):
                block.pop(name, None)  # it is the column of a type or a subject, of talker and partner now
    return [_without_sums(block) for block in blocks if len(block) >= 2 and set(needed) <= block.keys()]


def _joined(blocks: Sequence[dict[str, int]], needed: Sequence[str]) -> list[dict[str, int]]:
    """The tables side by side; columns that lack what a table needs belong to the one before them."""
    joined: list[dict[str, int]] = []
    for block in blocks:
        if joined and not is_enough(block, needed):
            joined[-1] |= {name: place for name, place in block.items() if name not in joined[-1]}
        else:
            joined.append(block)
    return joined


def is_enough(known: Mapping[str, object], needed: Sequence[str]) -> bool:
    """Whether what a table must say has a column, or another that tells it."""
    return all(not known.keys().isdisjoint((name, *INSTEAD.get(name, ()))) for name in needed)


def _lost_zero(name: str, path: tuple[str, ...], block: Mapping[str, int]) -> str:
    """2026.1 that comes again after September is October: a number keeps no final zero."""
    again = name == "m1" and name in block and "m9" in block and "m10" not in block
    return "m10" if again and re.fullmatch(r"\d{4}\.1", path[0]) else name


def _without_sums(block: Mapping[str, int]) -> dict[str, int]:
    """The columns of a table without those that only add up its months: 一季度 behind 1月 to 3月, 实交 behind all.

    One span beside 实交 is what the amounts are for, or what was owed: nothing says which, so it is no amount.
    """
    months = {month for name in block if re.fullmatch(r"m\d+", name) for month in months_of(name)}
    spans = {name: set(months_of(name)) for name in block if is_span(name)}
    sums = {name for name, held in spans.items() if held & months or any(held > other for other in spans.values())}
    if len(spans) == 1 and not months and "paid" in block:
        sums |= spans.keys()
    elif months or spans:
        sums |= {"paid", "month"} & block.keys()
    return {name: column for name, column in block.items() if name not in sums}


_ADDED_UP = re.compile("[合小累]计")
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
    path = paths(sheet, layout.top, layout.heading)[column]
    upper = words[-2] if len(words) > 1 else path[0] if len(path) > 1 else ""
    return f"{upper} {words[-1]}" if upper and (len(words[-1]) < 4 or month_of(upper)) else words[-1]


def _without_looks(text: str) -> str:
    """A heading without what only looks well: 性　　别, a star of what must be filled in, a colon."""
    return re.sub(r"(?<![!-~])\s+|\s+(?![!-~])|^[*＊]+|[*＊:：]+$", "", " ".join(text.split()))


def unknown_columns(sheet: RawSheet, layout: Layout, others: Sequence[Layout]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The columns beside those of a table that have a heading, with it, and are no field of any table in these rows."""
    taken = {column for table in (layout, *others) for column in table.columns.values()}
    for column, path in enumerate(paths(sheet, layout.top, layout.heading)):
        if path and column not in taken and path[-1] not in ("序号", "编号", "序", "No.", "NO"):
            yield column, path
