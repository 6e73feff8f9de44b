"""A table file as sheets of cells: xlsx, xls, ods by calamine, csv in UTF-8, GBK or UTF-16; and what a cell hides."""

# pyright: strict, reportUnknownMemberType=false
from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from app.errors import Refused

Cell = str | int | float | bool | date | datetime | time | None
LARGEST = 30 * 1024 * 1024
MOST_ROWS = 20_000


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it lies in the file. Rows and columns count from 0.

    `hidden` are rows that the spreadsheet does not show, `formulas` cells whose formula was never computed.
    """

    file: str
    name: str
    grid: tuple[tuple[Cell, ...], ...]
    hidden: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()

    @property
    def title(self) -> str:
        """The words that may tell the year: those of file and sheet."""
        return f"{self.file} {self.name}"


def read_book(path: Path) -> list[RawSheet]:
    """Every sheet of a table file that holds anything; raises Refused."""
    if not path.is_file():
        raise Refused(f"找不到“{path.name}”。", "请检查文件是否还在原处。")
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise Refused(f"“{path.name}”读不出来。", "请关闭正在打开它的 Excel 或 WPS 再试。") from error
    if size > LARGEST:
        raise Refused(f"“{path.name}”超过 {LARGEST // 1024 // 1024} MB。", "请只留下需要的一张表，另存后再导入。")
    if not raw.strip():
        raise Refused(f"“{path.name}”是空文件。", "请检查文件后再导入。")
    plain = path.suffix.lower() in (".csv", ".txt", ".tsv")
    sheets = [_csv(path, raw)] if plain else _workbook(path, raw)
    filled = [sheet for sheet in sheets if any(cell not in (None, "") for row in sheet.grid for cell in row)]
    if not filled:
        raise Refused(f"“{path.name}”里没有内容。", "请检查是不是选错了文件。")
    if max(len(sheet.grid) for sheet in filled) > MOST_ROWS:
        raise Refused(f"“{path.name}”超过 {MOST_ROWS} 行。", "请删去多余的行，或分成几个文件。")
    return filled


def _workbook(path: Path, raw: bytes) -> list[RawSheet]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        # By its content, not its name: an .xls that was renamed .xlsx is still read.
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        marks = _marks(raw)
        found: list[RawSheet] = []
        for name in book.sheet_names:
            grid: list[list[Cell]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # pyright: ignore
            hidden, formulas = marks.get(name, (frozenset[int](), frozenset[tuple[int, int]]()))
            found.append(RawSheet(path.stem, name, tuple(tuple(row) for row in grid), hidden, formulas))
    except (CalamineError, OSError, ValueError, RuntimeError) as error:
        if raw.startswith(b"\xd0\xcf\x11\xe0") or b"EncryptedPackage" in raw:
            advice = "它可能加了密码。请用 Excel 或 WPS 打开，另存为不加密码的 .xlsx 再导入。"
            raise Refused(f"“{path.name}”打不开。", advice) from error
        if raw.startswith(b"PK") or b"\x00" in raw[:2000]:
            advice = "请用 Excel 或 WPS 另存为 .xlsx（不加密码）再导入。"
            raise Refused(f"“{path.name}”不是能读的表格文件。", advice) from error
        return [_csv(path, raw)]
    return found


def _csv(path: Path, raw: bytes) -> RawSheet:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            continue
        if text.lstrip().lower().startswith(("<html", "<!doctype", "<table", "<?xml")):
            advice = "它其实是网页。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
            raise Refused(f"“{path.name}”不是能读的表格文件。", advice)
        delimiter = "\t" if text.count("\t") > text.count(",") else ";" if text.count(";") > text.count(",") else ","
        rows = csv.reader(text.splitlines(), delimiter=delimiter)
        return RawSheet(path.stem, "", tuple(tuple(row) for row in rows))
    raise Refused(f"“{path.name}”的文字编码认不出来。", "请另存为 .xlsx 再导入。")


Marks = dict[str, tuple[frozenset[int], frozenset[tuple[int, int]]]]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _marks(raw: bytes) -> Marks:
    """What calamine does not tell of an .xlsx: hidden rows, and formulas that were never computed, by sheet."""
    if not raw.startswith(b"PK"):
        return {}
    found: Marks = {}
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            for name, member in _sheet_files(package):
                if package.getinfo(member).file_size <= 20 * LARGEST:
                    found[name] = _marks_of(package.read(member))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError):
        return found  # calamine says what is wrong with the file
    return found


def _sheet_files(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(LINK), "")
        if target:
            yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _marks_of(text: bytes) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    if b'hidden="' not in text and b"<f" not in text:
        return frozenset(), frozenset()
    hidden: set[int] = set()
    formulas: set[tuple[int, int]] = set()
    for row in ElementTree.fromstring(text).iter(f"{MAIN}row"):
        number = int(row.get("r", "0")) - 1
        if row.get("hidden") in ("1", "true"):
            hidden.add(number)
        for cell in row:
            value = cell.find(f"{MAIN}v")
            if cell.find(f"{MAIN}f") is not None and (value is None or not value.text):
                formulas.add((number, _column(cell.get("r", "A"))))
    return frozenset(hidden), frozenset(formulas)


def _column(reference: str) -> int:
    letters = re.match(r"[A-Z]+", reference)
    number = 0
    for char in letters[0] if letters else "A":
        number = number * 26 + ord(char) - 64
    return number - 1
