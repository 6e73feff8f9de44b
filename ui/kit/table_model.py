"""The rows of a list under columns that say how to read them, filtered and in the chosen order."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.pinyin import matches, search_key, search_word

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
LEAST = 112
"""The width, in pixels of 100 %, to which a column of long texts gives way."""
MARK = "▾"
"""Behind the title of a column of which some values are shown alone."""
COLUMN_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Column:
    """A column: its title, what it says of a row, and how that is drawn.

    `tone` colours a chip (ok, due, missing, info or nothing), `share` draws a bar of 0 to 1 below the text.
    """

    title: str
    text: Callable[[Any], str]
    width: int = 100
    right: bool = False
    strong: bool = False
    avatar: bool = False
    tone: Callable[[Any], str] | None = None
    share: Callable[[Any], float] | None = None
    order: Callable[[Any], Any] | None = None
    stretch: bool = False
    keep: bool = False
    """Whether it is shown however narrow the list is, as the first one and strong ones are."""
    tip: Callable[[Any], str] | None = field(default=None)


def spared(column: Column) -> bool:
    """Whether a column may be left out of a narrow list."""
    return not (column.keep or column.strong or column.stretch)


class TableModel(QAbstractTableModel):
    """The rows that pass the filter, in the chosen order."""

    def __init__(self, columns: Sequence[Column], searched: Callable[[Any], str] | None = None) -> None:
        super().__init__()
        self.columns = columns
        self._searched = searched
        self._all: list[Any] = []
        self._keys: list[str] | None = None
        self._query = ""
        self.only: dict[int, frozenset[str]] = {}
        """By the number of a column: the values that are shown alone."""
        self.rows: list[Any] = []

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows under the same filter."""
        self._all = list(rows)
        self._keys = None
        self._show()

    def filter(self, query: str) -> None:
        """Show only the rows whose searched text, its pinyin or initials contain the query."""
        self._query = search_word(query)
        self._show()

    def show_only(self, column: int, values: frozenset[str]) -> None:
        """Show only the rows that have one of these values in a column; all of them where none is named."""
        self.only = {number: told for number, told in {**self.only, column: values}.items() if told}
        self._show()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def values(self, column: int) -> list[tuple[str, int]]:
        """The values of a column among the rows that pass every other filter, each with how often; the most first."""
        others = {number: told for number, told in self.only.items() if number != column}
        counted = Counter(self.columns[column].text(row) for row in self._passing(self._found(), others))
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))

    def _passing(self, rows: Sequence[Any], only: Mapping[int, frozenset[str]]) -> list[Any]:
        texts = [(self.columns[number].text, told) for number, told in only.items()]
        return [row for row in rows if all(text(row) in told for text, told in texts)]

    def _show(self) -> None:
        found = self._found()
        self.beginResetModel()
        self.rows = self._passing(found, self.only) if self.only else found
        self.endResetModel()

    def _found(self) -> list[Any]:
        """The rows that the query means."""
        if self._query and self._searched:
            if self._keys is None:
                self._keys = [search_key(self._searched(row)) for row in self._all]
            query = self._query
            shown = [row for row, key in zip(self._all, self._keys, strict=True) if query in key]
            searched = self._searched
            return shown or [row for row in self._all if matches(searched(row), query)]
        return self._all

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE:
            return self.rows[index.row()]
        column = self.columns[index.column()]
        if role == COLUMN_ROLE:
            return column
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(self.rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip:
            return column.tip(self.rows[index.row()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title + (MARK if section in self.only else "")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    @property
    def only_words(self) -> str:
        """What is shown alone, in words; empty where everything is."""
        told = [
            f"{self.columns[number].title} {'、'.join(value or '（空）' for value in sorted(values))}"
            for number, values in sorted(self.only.items())
        ]
        return "，".join(told)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order all rows by a column."""
        if not 0 <= column < len(self.columns):
            return
        key = self.columns[column].order or self.columns[column].text
        self._all.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self._keys = None
        self._show()
