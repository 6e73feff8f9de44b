"""What calamine does not tell of an .xlsx: what is hidden, struck out, an error, never computed, shown in part."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

Place = tuple[int, int]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WIDEST = 16384
BUILT_IN = (
    {16: "md", 17: "ym"} | dict.fromkeys((27, 36, 50, 52, 57), "ym") | dict.fromkeys((28, 29, 51, 53, 54, 58), "md")
)
"""What the formats that have no code of their own show, where it is less than a day (27 and up in Chinese ones)."""
PARTS = {"ym": "months", "y": "years", "md": "days", "mdh": "days"}


@dataclass(frozen=True)
class Marks:
    """Of one sheet, by row and column from 0: hidden rows and columns, and cells.

    `formulas` were never computed, `errors` say #N/A and the like, `struck` are struck out. Of a day the sheet shows in
    `months` year and month, in `years` the year alone, in `days` no year: it is the one in which it was typed.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    formulas: frozenset[Place] = frozenset()
    errors: frozenset[Place] = frozenset()
    struck: frozenset[Place] = frozenset()
    months: frozenset[Place] = frozenset()
    years: frozenset[Place] = frozenset()
    days: frozenset[Place] = frozenset()


CELLS = ("formulas", "errors", "struck", "months", "years", "days")
Styles = Mapping[str, Sequence[str]]
"""Of each style that means something, by its number, the marks of a cell that has it."""


def marks_of(raw: bytes, largest: int) -> dict[str, Marks]:
    """The marks of an .xlsx by sheet; empty for another file. Parts larger than `largest` bytes are not looked at."""
    if not raw.startswith(b"PK"):
        return {}
    found: dict[str, Marks] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            styles = _styles(package, largest)
            for name, member in _sheet_files(package):
                if package.getinfo(member).file_size <= largest:
                    found[name] = _of_sheet(package.read(member), styles)
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


def _styles(package: zipfile.ZipFile, largest: int) -> Styles:
    if "xl/styles.xml" not in package.namelist() or package.getinfo("xl/styles.xml").file_size > largest:
        return {}
    tree = ElementTree.fromstring(package.read("xl/styles.xml"))
    codes = {told.get("numFmtId", ""): told.get("formatCode", "") for told in tree.iter(f"{MAIN}numFmt")}
    fonts = tree.find(f"{MAIN}fonts")
    struck = [_is_struck(font) for font in fonts] if fonts is not None else []
    styles = tree.find(f"{MAIN}cellXfs")
    found: dict[str, list[str]] = {}
    for number, style in enumerate(styles if styles is not None else ()):
        code, font = style.get("numFmtId", "0"), int(style.get("fontId", "0"))
        shown = _shown_by(codes[code]) if code in codes else BUILT_IN.get(int(code), "")
        marks = [PARTS[shown]] if shown in PARTS else []
        marks += ["struck"] if font < len(struck) and struck[font] else []
        if marks:
            found[str(number)] = marks
    return found


def _is_struck(font: ElementTree.Element) -> bool:
    line = font.find(f"{MAIN}strike")
    return line is not None and line.get("val", "1") not in ("0", "false")


def _shown_by(code: str) -> str:
    """Which of year, month, day and hour a format shows, in this order: ym for yyyy"年"m"月"."""
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", code.split(";", maxsplit=1)[0]).lower()
    plain = plain.replace("am/pm", "h")
    return "".join(letter for letter in "ymdh" if letter in plain)


def _of_sheet(text: bytes, styles: Styles) -> Marks:
    told = rb'hidden="|<f|t="e"'
    if styles:
        told += rb'|s="(?:' + "|".join(styles).encode() + rb')"'
    if not re.search(told, text):
        return Marks()
    hidden: set[int] = set()
    columns: set[int] = set()
    cells: dict[str, set[Place]] = {name: set() for name in CELLS}
    tree = ElementTree.fromstring(text)
    for column in tree.iter(f"{MAIN}col"):
        if column.get("hidden") in ("1", "true"):
            columns |= set(range(int(column.get("min", "1")) - 1, min(int(column.get("max", "1")), WIDEST)))
    for row in tree.iter(f"{MAIN}row"):
        number = int(row.get("r", "0")) - 1
        if row.get("hidden") in ("1", "true"):
            hidden.add(number)
        for cell in row:
            for name in _of_cell(cell, styles):
                cells[name].add((number, column_of(cell.get("r", "A"))))
    return Marks(frozenset(hidden), frozenset(columns), **{name: frozenset(places) for name, places in cells.items()})


def _of_cell(cell: ElementTree.Element, styles: Styles) -> Iterator[str]:
    value = cell.find(f"{MAIN}v")
    if cell.find(f"{MAIN}f") is not None and (value is None or not value.text):
        yield "formulas"
    if cell.get("t") == "e":
        yield "errors"
    yield from styles.get(cell.get("s", ""), ())


def column_of(reference: str) -> int:
    """The number of the column of a reference, from 0: AB12 → 27."""
    letters = re.match(r"[A-Z]+", reference)
    number = 0
    for char in letters[0] if letters else "A":
        number = number * 26 + ord(char) - 64
    return number - 1
