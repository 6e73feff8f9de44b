"""What an OpenDocument table (.ods) says of its cells that calamine does not: merged ones, hidden rows and columns."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

MOST_BYTES = 600 * 1024 * 1024
"""Bytes of the content when it is unpacked."""
MOST_ROWS, MOST_COLUMNS = 20_001, 16_384
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
HIDDEN = ("collapse", "filter")
Range = tuple[tuple[int, int], tuple[int, int]]
"""Row and column of the corner, and of the last cell, from 0."""


@dataclass
class OdsSheet:
    """The merged ranges of a sheet, and its rows and columns that are not shown."""

    merged: list[Range] = field(default_factory=list[Range])
    rows: set[int] = field(default_factory=set[int])
    columns: set[int] = field(default_factory=set[int])


def ods_sheets(raw: bytes) -> dict[str, OdsSheet]:
    """By the name of each sheet; nothing for what is no OpenDocument table."""
    if not raw.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            if "content.xml" not in package.namelist() or package.getinfo("content.xml").file_size > MOST_BYTES:
                return {}
            with package.open("content.xml") as content:
                return dict(_sheets(content))
    except (
        zipfile.BadZipFile,
        KeyError,
        ElementTree.ParseError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ):
        return {}  # calamine says what is wrong with the file


def _sheets(content: object) -> Iterator[tuple[str, OdsSheet]]:
    for _, element in ElementTree.iterparse(content):  # type: ignore[arg-type]
        if element.tag == f"{TABLE}table":
            yield element.get(f"{TABLE}name", ""), _sheet(element)
            element.clear()


def _sheet(table: ElementTree.Element) -> OdsSheet:
    made, column, row = OdsSheet(), 0, 0
    for one in table.iter(f"{TABLE}table-column"):
        count = _number(one, "number-columns-repeated")
        if one.get(f"{TABLE}visibility") in HIDDEN:
            made.columns |= set(range(column, min(column + count, MOST_COLUMNS)))
        column += count
    for one in table.iter(f"{TABLE}table-row"):
        count = _number(one, "number-rows-repeated")
        last = min(row + count, MOST_ROWS)
        if one.get(f"{TABLE}visibility") in HIDDEN:
            made.rows |= set(range(row, last))
        for left, across, down in _spans(one):
            made.merged += [((at, left), (at + down - 1, left + across - 1)) for at in range(row, last)]
        row += count
        if row >= MOST_ROWS:
            break
    return made


def _spans(row: ElementTree.Element) -> Iterator[tuple[int, int, int]]:
    """The merged cells that begin in a row: their column, how many columns and rows they have."""
    column = 0
    for cell in row:
        across, down = _number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned")
        if across > 1 or down > 1:
            yield column, min(across, MOST_COLUMNS), min(down, MOST_ROWS)
        column += _number(cell, "number-columns-repeated")


def _number(element: ElementTree.Element, name: str) -> int:
    return max(1, int(element.get(f"{TABLE}{name}", "1")))
