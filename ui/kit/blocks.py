"""Blocks of cells on the clipboard: as other programs write and read them, and where one belongs in a grid."""

from __future__ import annotations

import csv
import html
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QMimeData

MOST_NAMED = 3
"""How many names are told one by one."""


def placed(text: str) -> list[list[str]]:
    """The cells of a block that was copied in a spreadsheet: tabs between cells, a line break inside quotes stays."""
    try:
        cells = list(csv.reader(io.StringIO(text), delimiter="\t"))
    except csv.Error:  # no spreadsheet wrote it
        cells = [line.split("\t") for line in text.splitlines()]
    rows = [[cell.strip() for cell in row] for row in cells]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def block_of(rows: Sequence[Sequence[str]]) -> QMimeData:
    """A block for the clipboard: text with tabs for spreadsheets, a table for word processors."""
    plain = io.StringIO()
    csv.writer(plain, delimiter="\t", lineterminator="\n").writerows(rows)
    lines = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    made = QMimeData()
    made.setText(plain.getvalue().removesuffix("\n"))
    made.setHtml(f"<table border='1'>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    return made


@dataclass
class Fitted:
    """Where the cells of a block go, by row and column of the grid, and in words what found no place."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    left_out: list[str] = field(default_factory=list[str])


class Block:
    """Fits blocks into a grid whose rows have these names and whose columns these titles; the first holds the names."""

    def __init__(self, names: Sequence[str], titles: Sequence[str]) -> None:
        self._names, self._titles = names, titles

    def fit(self, block: Sequence[Sequence[str]], top: int, left: int) -> Fitted:
        """The place of each cell: by the names in its first column and the titles in its first row, else in order."""
        width = max(len(row) for row in block)
        head, *rest = block
        headed = bool(rest) and any(head) and all(text in self._titles for text in head if text)
        rows = rest if headed else list(block)
        columns = [self._titles.index(text) if text else -1 for text in head] if headed else None
        known = sum(bool(row) and row[0] in self._names for row in rows)
        named = width > 1 and known * 2 > len(rows)
        if columns is None:
            first = left if not named or left == 0 else left - 1
            columns = [first + number for number in range(width)]
        fitted = Fitted()
        over = sum(number >= len(self._titles) for number in columns)
        if over:
            fitted.left_out.append(f"右边多出 {over} 列")
        self._place(rows, columns, top, named, fitted)
        return fitted

    def _place(
        self, rows: Sequence[Sequence[str]], columns: Sequence[int], top: int, named: bool, fitted: Fitted
    ) -> None:
        count = Counter(self._names)
        unknown: list[str] = []
        several: list[str] = []
        below = 0
        for number, row in enumerate(rows):
            if named:
                name = row[0] if row else ""
                if count[name] != 1:
                    if any(row):
                        (several if count[name] else unknown).append(name or "（没有姓名的一行）")
                    continue
                place = self._names.index(name)
            else:
                place = top + number
                if place >= len(self._names):
                    below += 1
                    continue
            # By name, the column of the names tells the row and is no value.
            for at, text in zip(columns, row, strict=False):
                if 0 <= at < len(self._titles) and not (named and at == columns[0]):
                    fitted.cells[place, at] = text
        for names, words in ((unknown, "表里没有"), (several, "重名，请手工填")):
            if names:
                shown = "、".join(names[:MOST_NAMED]) + (f"等 {len(names)} 人" if len(names) > MOST_NAMED else "")
                fitted.left_out.append(f"{shown}（{words}）")
        if below:
            fitted.left_out.append(f"下面多出 {below} 行")
