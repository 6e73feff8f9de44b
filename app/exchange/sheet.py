"""A sheet of cells as rows under its heading, the columns known by what their heading says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from app.dates import PartialDate, read_partial
from app.errors import Refused
from app.exchange.raw import Cell, RawSheet
from app.record import Severity

HEADING_ROWS = 20
FOOTERS = ("合计", "总计", "小计", "填表", "制表", "审核", "说明", "备注", "注：", "单位：")


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one cell of a sheet. `row` counts from 1 as the spreadsheet shows it."""

    row: int
    column: str
    reason: str
    severity: Severity = Severity.ERROR
    field: str = ""
    """The field behind the column, so that the cell can be shown."""


@dataclass(frozen=True)
class Row:
    """One row below the heading: its number and the text of each known field."""

    number: int
    cells: Mapping[str, Cell]
    headings: Mapping[str, str]

    def text(self, name: str) -> str:
        """The cell as text without outer spaces; a whole number without its .0."""
        return text_of(self.cells.get(name))

    def column(self, name: str) -> str:
        """The heading that the sheet itself uses for a field."""
        return self.headings.get(name, name)

    def fault(self, name: str, reason: str, severity: Severity = Severity.ERROR) -> RowFault:
        """A fault in a field of this row."""
        return RowFault(self.number, self.column(name), reason, severity, name)


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet under the heading that fits, and the title above it."""

    title: str
    rows: tuple[Row, ...]
    headings: Mapping[str, str] = field(default_factory=dict[str, str])
    faults: tuple[RowFault, ...] = ()
    """What is wrong with cells before anybody looks at what they mean."""


@dataclass(frozen=True)
class Difference:
    """One field of a row that contradicts the ledger; the ledger's is kept unless the user chose the sheet's."""

    row: int
    field: str
    label: str
    was: str
    new: str
    taken: bool = False


@dataclass
class Outcome:
    """What an import did, or would do: counts and faults."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[RowFault] = field(default_factory=list[RowFault])
    differences: list[Difference] = field(default_factory=list["Difference"])
    """Where the sheet says something else than the ledger about somebody who is known."""

    @property
    def refused(self) -> list[RowFault]:
        """The faults that kept a row out."""
        return [fault for fault in self.faults if fault.severity is Severity.ERROR]

    @property
    def notices(self) -> list[RowFault]:
        """The faults that did not."""
        return [fault for fault in self.faults if fault.severity is Severity.WARNING]


def text_of(cell: Cell) -> str:
    """A cell as text: no outer spaces or control characters, whole numbers without .0, dates as ISO."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else ("是" if cell else "否")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    plain = re.sub(r"[\u200b\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(cell))
    return plain.strip()


def fen_of(cell: Cell) -> int:
    """An amount in yuan → 分 without floats on the way; raises ValueError in Chinese."""
    text = text_of(cell).replace(",", "").replace("，", "").removesuffix("元")
    try:
        amount = Decimal(unicodedata.normalize("NFKC", text)) * 100
    except InvalidOperation:
        raise ValueError(f"“{text}”不是金额") from None
    if not amount.is_finite() or not 0 <= amount < 10**12:
        raise ValueError(f"“{text}”不是合理的金额")
    if amount != amount.to_integral_value():
        # A spreadsheet computes in binary: 36.205000000000005 means 36.205, and that is more than 分.
        raise ValueError(f"“{text}”多于两位小数")
    return int(amount)


def date_of(cell: Cell) -> PartialDate | None:
    """A date cell with the precision it has; None when empty; raises ValueError in Chinese."""
    if isinstance(cell, datetime):
        return PartialDate.of(cell.date())
    if isinstance(cell, date):
        return PartialDate.of(cell)
    if isinstance(cell, float) and round(cell % 1, 6) == 0.1 and 1900 <= cell < 2100:
        # A number cell keeps no final zero: 2024.1 may be January or October.
        raise ValueError(f"表里是数字 {cell:g}，分不清是 1 月还是 10 月，请改成文字再填")
    text = text_of(cell)
    if re.fullmatch(r"[1-5]\d{4}", text):
        return PartialDate.of(date(1899, 12, 30) + timedelta(days=int(text)))  # the serial number of a day
    return read_partial(text) if text else None


def year_in(text: str) -> int | None:
    """The year that a title or a file name tells: 2026年."""
    found = re.search(r"(20\d\d)\s*年", text)
    return int(found[1]) if found else None


@dataclass(frozen=True)
class Layout:
    """Where things are in a file: which sheet, the last row of its heading (from 0), the column of each field."""

    sheet: int
    heading: int
    columns: Mapping[str, int]


Synonyms = Mapping[str, Sequence[str]]


def guess(book: Sequence[RawSheet], synonyms: Synonyms) -> Layout | None:
    """The layout that fits best: of all sheets and rows the one with the most known headings; None when none fits.

    A heading may lie in two rows, the upper one merged over several columns.
    """
    names = {_heading_key(word): name for name, words in synonyms.items() for word in words}
    best: Layout | None = None
    for number, sheet in enumerate(book):
        for index in range(min(len(sheet.grid), HEADING_ROWS)):
            for depth in (1, 2):
                columns = _known_columns(sheet, index, depth, names)
                if len(columns) >= 2 and (best is None or len(columns) > len(best.columns)):
                    best = Layout(number, index + depth - 1, columns)
    return best


def _known_columns(sheet: RawSheet, index: int, depth: int, names: Mapping[str, str]) -> dict[str, int]:
    if index + depth > len(sheet.grid):
        return {}
    columns: dict[str, int] = {}
    above, upper = "", sheet.grid[index]
    lower = sheet.grid[index + 1] if depth == 2 else upper
    for position in range(max(len(upper), len(lower))):
        own = _heading_key(_at(upper, position))
        above = own or above
        if depth == 1:
            keys = [own]
        else:
            below = _heading_key(_at(lower, position))
            keys = [above + below, below] if below else [own]
        name = next((names[key] for key in keys if key in names), None)
        if name and name not in columns:
            columns[name] = position
    return columns


def heading_of(sheet: RawSheet, row: int, column: int) -> str:
    """What a sheet itself says above a column: its heading, else its letter."""
    for index in (row, row - 1):
        text = text_of(_at(sheet.grid[index], column)) if 0 <= index < len(sheet.grid) else ""
        if text:
            return " ".join(text.split())
    return f"第 {column + 1} 列"


def lay_out(book: Sequence[RawSheet], layout: Layout, edits: Mapping[tuple[int, str], str] | None = None) -> Sheet:
    """The rows below a heading, with what was mended in place; `edits` are texts by row number and field."""
    sheet, edits = book[layout.sheet], edits or {}
    headings = {name: heading_of(sheet, layout.heading, column) for name, column in layout.columns.items()}
    above = " ".join(text_of(cell) for cells in sheet.grid[: layout.heading] for cell in cells if cell)
    rows: list[Row] = []
    faults: list[RowFault] = []
    for index, cells in enumerate(sheet.grid[layout.heading + 1 :], layout.heading + 1):
        number = index + 1
        if not any(text_of(cell) for cell in cells) or _is_footer(cells) or _repeats(cells, headings, layout):
            continue
        known = {name: edits.get((number, name), _at(cells, column)) for name, column in layout.columns.items()}
        row = Row(number, known, headings)
        rows.append(row)
        if index in sheet.hidden:
            first = next(iter(layout.columns))
            faults.append(row.fault(first, "这一行在表里是隐藏的，请看是否要导入", Severity.WARNING))
        for name, column in layout.columns.items():
            if (index, column) in sheet.formulas and (number, name) not in edits:
                text = "单元格是公式，文件里没有算出来的结果，请在 Excel 里打开保存一次，或在这里填上"
                faults.append(row.fault(name, text))
    return Sheet(f"{sheet.title} {above}", tuple(rows), headings, tuple(faults))


def check_layout(book: Sequence[RawSheet], layout: Layout | None, synonyms: Synonyms, needed: Sequence[str]) -> None:
    """Raise Refused when a column that an import cannot do without is not known."""
    missing = [name for name in needed if layout is None or name not in layout.columns]
    if layout is None or missing:
        wanted = "、".join(synonyms[name][0] for name in missing or needed)
        name = book[0].file
        raise Refused(f"“{name}”里没有找到需要的列：{wanted}。", "请检查表头那一行的列名，或自己指定表头和列。")


def _at(cells: Sequence[Cell], position: int) -> Cell:
    return cells[position] if position < len(cells) else None


def _heading_key(cell: Cell) -> str:
    plain = unicodedata.normalize("NFKC", text_of(cell))
    return re.sub(r"\s|\(.*?\)|[:*]", "", plain)


def _repeats(cells: Sequence[Cell], headings: Mapping[str, str], layout: Layout) -> bool:
    """Whether a row is the heading again, as printed lists have it on each page."""
    same = [text_of(_at(cells, column)) == headings[name] for name, column in layout.columns.items()]
    return all(same)


def _is_footer(cells: Sequence[Cell]) -> bool:
    filled = [text_of(cell) for cell in cells if text_of(cell)]
    return filled[0].replace(" ", "").replace("\u3000", "").startswith(FOOTERS)
