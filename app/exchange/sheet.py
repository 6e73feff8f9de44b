"""A table file as rows of cells with its heading found: xlsx, xls, ods by calamine; csv in UTF-8 or GBK."""

# pyright: strict, reportUnknownMemberType=false
from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import Path

from app.dates import PartialDate, read_partial
from app.errors import Refused
from app.record import Severity

Cell = str | int | float | bool | date | datetime | time | None
HEADING_ROWS = 20
FOOTERS = ("合计", "总计", "小计", "填表", "制表", "审核", "说明", "备注", "注：", "单位：")


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one cell of a sheet. `row` counts from 1 as the spreadsheet shows it."""

    row: int
    column: str
    reason: str
    severity: Severity = Severity.ERROR


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
        return RowFault(self.number, self.column(name), reason, severity)


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet under the heading that fits, and the title above it."""

    title: str
    rows: tuple[Row, ...]
    headings: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass
class Outcome:
    """What an import did, or would do: counts and faults."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[RowFault] = field(default_factory=list[RowFault])

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
    text = text_of(cell)
    return read_partial(text) if text else None


def year_in(text: str) -> int | None:
    """The year that a title or a file name tells: 2026年."""
    found = re.search(r"(20\d\d)\s*年", text)
    return int(found[1]) if found else None


def read_sheet(path: Path, synonyms: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Sheet:
    """Read a table file and find its heading by the synonyms of each field; raises Refused.

    Of several sheets the one with the most known columns is taken; `needed` must be among them.
    """
    best: tuple[int, Sheet] | None = None
    for title, grid in _grids(path):
        sheet = _with_heading(title, grid, synonyms)
        if sheet and (best is None or len(sheet.headings) > best[0]):
            best = (len(sheet.headings), sheet)
    missing = [name for name in needed if best is None or name not in best[1].headings]
    if best is None or missing:
        wanted = "、".join(synonyms[name][0] for name in missing or needed)
        raise Refused(f"“{path.name}”里没有找到需要的列：{wanted}。", "请检查表头那一行的列名。")
    return best[1]


def _grids(path: Path) -> list[tuple[str, list[list[Cell]]]]:
    if not path.is_file():
        raise Refused(f"找不到“{path.name}”。", "请检查文件是否还在原处。")
    if path.suffix.lower() in (".csv", ".txt"):
        return [(path.stem, _csv(path))]
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        grids: list[tuple[str, list[list[Cell]]]] = []
        for name in book.sheet_names:
            grid: list[list[Cell]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # pyright: ignore
            grids.append((f"{path.stem} {name}", grid))
    except (CalamineError, OSError, ValueError) as error:
        advice = "请用 Excel 或 WPS 另存为 .xlsx（不加密码）再导入。"
        raise Refused(f"“{path.name}”不是能读的表格文件。", advice) from error
    return grids


def _csv(path: Path) -> list[list[Cell]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused(f"“{path.name}”读不出来。", "请关闭正在使用它的程序再试。") from error
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            delimiter = "\t" if text.count("\t") > text.count(",") else ","
            return [list[Cell](row) for row in csv.reader(text.splitlines(), delimiter=delimiter)]
    raise Refused(f"“{path.name}”的文字编码认不出来。", "请另存为 .xlsx 再导入。")


def _heading_key(cell: Cell) -> str:
    plain = unicodedata.normalize("NFKC", text_of(cell))
    return re.sub(r"\s|\(.*?\)|[:*]", "", plain)


def _with_heading(title: str, grid: list[list[Cell]], synonyms: Mapping[str, Sequence[str]]) -> Sheet | None:
    names = {_heading_key(word): name for name, words in synonyms.items() for word in words}
    best: tuple[int, int, dict[int, str]] | None = None
    for index, cells in enumerate(grid[:HEADING_ROWS]):
        columns: dict[int, str] = {}
        for position, cell in enumerate(cells):
            name = names.get(_heading_key(cell))
            if name and name not in columns.values():
                columns[position] = name
        if best is None or len(columns) > best[0]:
            best = (len(columns), index, columns)
    if best is None or best[0] < 2:
        return None
    _, top, columns = best
    headings = {name: text_of(grid[top][position]) for position, name in columns.items()}
    above = " ".join(text_of(cell) for cells in grid[:top] for cell in cells if cell)
    rows = [
        Row(number, {name: _cell(cells, position) for position, name in columns.items()}, headings)
        for number, cells in enumerate(grid[top + 1 :], top + 2)
        if any(text_of(cell) for cell in cells) and not _is_footer(cells)
    ]
    return Sheet(f"{title} {above}", tuple(rows), headings)


def _cell(cells: list[Cell], position: int) -> Cell:
    return cells[position] if position < len(cells) else None


def _is_footer(cells: list[Cell]) -> bool:
    filled = [text_of(cell) for cell in cells if text_of(cell)]
    return filled[0].replace(" ", "").replace("\u3000", "").startswith(FOOTERS)
