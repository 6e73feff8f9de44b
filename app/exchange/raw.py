"""A table file as sheets of cells: xlsx, xls, ods by calamine, csv in UTF-8, GBK or UTF-16; and what a cell hides."""

# pyright: strict, reportUnknownMemberType=false
from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal

from app.apart import read_apart
from app.errors import Refused
from app.exchange.ods import ods_sheets
from app.exchange.xlsx_marks import Marks, Place, marks_of
from app.lines import with_lines
from app.whole_files import whole

Cell = str | int | float | bool | date | datetime | time | None
LARGEST = 30 * 1024 * 1024
MOST_ROWS = 20_000


_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f]")
"""What nobody sees and a copy from a web page or a chat leaves behind: soft hyphens, joiners, marks of direction."""


def text_of(cell: Cell) -> str:
    """A cell as text: no outer spaces or control characters, whole numbers without .0, days as ISO."""
    if isinstance(cell, str):
        plain = cell.strip()
        plain = plain[1:] if plain[:1] == "'" and plain.count("'") == 1 else plain  # a mark that it is a text
        return plain if plain.isprintable() else _UNSEEN.sub("", with_lines(plain)).strip()
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else ("是" if cell else "否")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return str(cell)


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it lies in the file. Rows and columns count from 0.

    `hidden` are rows that the spreadsheet does not show, `formulas` cells whose formula was never computed, `errors`
    cells that say #N/A and the like, `struck` those that are struck out; `merged`
    are the cells that have the value of the merged cell they are a part of, with the place of its corner.
    """

    file: str
    name: str
    grid: tuple[tuple[Cell, ...], ...]
    hidden: frozenset[int] = frozenset()
    formulas: frozenset[Place] = frozenset()
    merged: Mapping[Place, Place] = field(default_factory=dict[Place, Place])
    hidden_columns: frozenset[int] = frozenset()
    shown: bool = True
    """Whether the spreadsheet shows the sheet at all."""
    errors: frozenset[Place] = frozenset()
    struck: frozenset[Place] = frozenset()
    separated: bool = False
    """Whether nothing but separators tells its columns: one inside a text makes a row longer than its heading."""
    laid: bool = False
    """Whether it was no list in the file: its rows are those that it was laid out in, not those of the file."""

    @property
    def title(self) -> str:
        """The words that may tell the year: those of file and sheet."""
        return f"{self.file} {self.name}"


def read_book(path: Path) -> list[RawSheet]:
    """Every sheet of a table file that holds anything; raises Refused."""
    raw = whole(path, LARGEST, "请只留下需要的一张表，另存后再导入。")
    if not raw.strip():
        raise Refused(f"“{path.name}”是空文件。", "请检查文件后再导入。")
    plain = path.suffix.lower() in (".csv", ".txt", ".tsv")
    sheets = [_csv(path, raw)] if plain else read_apart(workbook, path.name, raw, name=path.name)
    filled = [sheet for sheet in sheets if any(cell not in (None, "") for row in sheet.grid for cell in row)]
    if not filled:
        raise Refused(f"“{path.name}”里没有内容。", "请检查是不是选错了文件。")
    if max(len(sheet.grid) for sheet in filled) > MOST_ROWS:
        raise Refused(f"“{path.name}”超过 {MOST_ROWS} 行。", "请删去多余的行，或分成几个文件。")
    return filled


def workbook(name: str, raw: bytes) -> list[RawSheet]:
    """The sheets of a file by its content, whatever its name; for a process of its own. Raises Refused."""
    path = Path(name)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        # By its content, not its name: an .xls that was renamed .xlsx is still read.
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        marks, own = marks_of(raw, 20 * LARGEST), ods_sheets(raw)
        found: list[RawSheet] = []
        for told in book.sheets_metadata:
            sheet = book.get_sheet_by_name(told.name)
            grid: list[list[Cell]] = sheet.to_python(skip_empty_area=False)  # pyright: ignore[reportAssignmentType]
            ods = own.get(told.name)
            merged = _spread(grid, ods.merged if ods else sheet.merged_cell_ranges or ())
            mark = marks.get(told.name, Marks())
            if ods:
                mark = Marks(frozenset(ods.rows), frozenset(ods.columns))
            _show_in_part(grid, mark)
            found.append(
                RawSheet(
                    path.stem,
                    told.name,
                    tuple(tuple(row) for row in grid),
                    mark.rows,
                    mark.formulas,
                    merged,
                    mark.columns,
                    told.visible == SheetVisibleEnum.Visible,
                    errors=mark.errors,
                    struck=mark.struck,
                )
            )
    except (CalamineError, OSError, ValueError, RuntimeError) as error:
        if raw.startswith(b"\xd0\xcf\x11\xe0") or b"EncryptedPackage" in raw:
            advice = "它可能加了密码。请用 Excel 或 WPS 打开，另存为不加密码的 .xlsx 再导入。"
            raise Refused(f"“{path.name}”打不开。", advice) from error
        if raw.startswith(b"PK") or b"\x00" in raw[:2000]:
            advice = "请用 Excel 或 WPS 另存为 .xlsx（不加密码）再导入。"
            raise Refused(f"“{path.name}”不是能读的表格文件。", advice) from error
        return [_csv(path, raw)]
    return found


def _show_in_part(grid: list[list[Cell]], mark: Marks) -> None:
    """Say of a day what the sheet shows.

    Who types 2001年7月 gets its first day, who types 7月1日 the year of typing: nobody said either.
    """
    for places, form, first in ((mark.months, "%Y-%m", "-01"), (mark.years, "%Y", "-01-01"), (mark.days, "", "")):
        for row, column in places:
            cell = grid[row][column] if row < len(grid) and column < len(grid[row]) else None
            if not isinstance(cell, date) or not text_of(cell).endswith(first):
                continue
            hour = f" {cell:%H:%M}" if isinstance(cell, datetime) and cell.time() != time() else ""
            grid[row][column] = cell.strftime(form) if form else f"{cell.month}月{cell.day}日{hour}"


Range = tuple[Place, Place]


def _spread(grid: list[list[Cell]], ranges: Iterable[Range]) -> dict[Place, Place]:
    """Give every cell of a merged range the value of its corner, down and across; returns which were given one."""
    given: dict[Place, Place] = {}
    for (top, left), (bottom, right) in ranges:
        if top >= len(grid) or left >= len(grid[top]) or grid[top][left] in (None, ""):
            continue
        for row in range(top, min(bottom, len(grid) - 1) + 1):
            for column in range(left, min(right, len(grid[row]) - 1) + 1):
                if (row, column) != (top, left) and grid[row][column] in (None, ""):
                    grid[row][column] = grid[top][left]
                    given[row, column] = (top, left)
    return given


# --- text -----------------------------------------------------------------------------------------------

Grid = tuple[tuple[str, ...], ...]
SEPARATORS = ",\t;|，；"
HEADINGS = ("姓名", "时间", "日期", "主题", "类型", "性别", "谈话", "時間", "主題", "類型", "內容", "姓")


def _csv(path: Path, raw: bytes) -> RawSheet:
    text = _decoded(raw)
    if text is None:
        raise Refused(f"“{path.name}”的文字编码认不出来。", "请另存为 .xlsx 再导入。")
    if text.lstrip().lower().startswith(("<html", "<!doctype", "<table", "<?xml")):
        advice = "它其实是网页。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
        raise Refused(f"“{path.name}”不是能读的表格文件。", advice)
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first)
    text, separators = (rest, told[1]) if told else (text, "".join(char for char in SEPARATORS if char in text) or ",")
    parsed = {char: _rows(text, char, strict=True) for char in separators}
    # Where the quotation marks close with one separator, with the others they part cells that have line breaks.
    sound = [table for table in parsed.values() if table and _regular(table)[0] * 2 >= len(table)]
    tables = sound or [table or _loose_rows(text, char) for char, table in parsed.items()]
    return RawSheet(path.stem, "", max(tables, key=_regular), separated=True)


def _loose_rows(text: str, separator: str) -> Grid:
    """The cells of another text: a mark that is never closed is one of its own, else what follows were one cell."""
    return max(
        (_rows(text, separator, quoting=quoting) for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)), key=_regular
    )


def _rows(text: str, separator: str, *, strict: bool = False, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> Grid:
    """The cells of a text; none where it has a NUL, a cell without end or, if `strict`, a mark that does not close."""
    # A quoted cell keeps its line breaks; a bare U+000B or U+2028 is no end of a row.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict, quoting=quoting)
    try:
        return tuple(tuple(_shown(cell) for cell in row) for row in rows)
    except csv.Error:
        return ()


def _shown(cell: str) -> str:
    """A cell as a spreadsheet shows it: ="0571" and '0571 are ways to write a text that is not to become a number."""
    if re.fullmatch(r"'\d+[\dXx]", cell):
        return cell[1:]
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _regular(table: Grid) -> tuple[int, int]:
    """How much a text looks like a table with this separator: rows as wide as the usual one, then its width."""
    widths = Counter(len(row) for row in table if len(row) > 1)
    if not widths:
        return 0, 0
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return rows, width


def _decoded(raw: bytes) -> str | None:
    """The text of a file in the encoding that fits; None where none does."""
    for mark, encoding in BYTE_MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                return None
    nulls = raw[:4000].count(0)
    if nulls:
        # Without a mark: in UTF-16 one byte of each comma, digit and line break is zero.
        wide = [text for encoding in ("utf-16-le", "utf-16-be") if (text := _tried(raw, encoding)) and _sound(text)]
        return wide[0] if wide else None
    tried = [text for encoding in ("utf-8", "gb18030", "big5hkscs") if (text := _tried(raw, encoding)) is not None]
    return next((text for text in tried if any(word in text for word in HEADINGS)), tried[0] if tried else None)


BYTE_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)


def _tried(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _sound(text: str) -> bool:
    return "\x00" not in text and any(word in text for word in HEADINGS)
