"""What a grid shows: columns, rows, and the texts typed over what the ledger has; each step can be taken back."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QUndoCommand

from app.lines import with_lines
from app.pinyin import matches
from app.record import Problem
from ui.kit.table_model import Index

Texts = Mapping[str, str]
Cell = tuple[int, str]
"""A cell: the number of its row, the name of its column."""


@dataclass(frozen=True)
class GridColumn:
    """A column of a grid: one that is typed, or one that says something of its row.

    `words` are what can be typed: a digit takes the first to ninth at once, letters the one they are the initials of.
    `said` makes the text of a column that is not typed; `offer` the one that stands grey in an empty cell and is taken
    by the space bar.
    """

    name: str
    title: str
    width: int = 72
    typed: bool = True
    words: Sequence[str] = ()
    said: Callable[[Texts], str] | None = None
    tone: Callable[[Texts], str] | None = None
    offer: Callable[[Texts], str] | None = None
    stretch: bool = False
    tip: str = ""

    def settle(self, text: str) -> str:
        """What a typed text stands for: the word that a digit or initials mean, else the text itself."""
        plain = with_lines(text).replace("\n", " ").strip()
        if not self.words or not plain or plain in self.words:
            return plain
        if plain.isdigit() and 1 <= int(plain) <= len(self.words):
            return str(self.words[int(plain) - 1])
        found = [word for word in self.words if matches(word, plain)]
        return str(found[0]) if len(found) == 1 else plain


@dataclass(frozen=True)
class GridRow:
    """A row: its key, and the texts of its columns as they stand in the ledger."""

    key: int
    texts: Texts = field(hash=False)


class GridModel(QAbstractTableModel):
    """Rows of texts; what was typed stands over what the ledger has."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: Sequence[GridColumn] = ()
        self.rows: list[GridRow] = []
        self.typed: list[dict[str, str]] = []
        self.problems: dict[Cell, Problem] = {}

    def load(self, columns: Sequence[GridColumn], rows: Sequence[GridRow]) -> None:
        """Show these rows as they stand in the ledger."""
        self.beginResetModel()
        self.columns, self.rows = columns, list(rows)
        self.typed = [{} for _ in rows]
        self.problems = {}
        self.endResetModel()

    def texts(self, row: int) -> dict[str, str]:
        """What stands in a row now."""
        return {**self.rows[row].texts, **self.typed[row]}

    def put(self, cells: Mapping[Cell, str]) -> None:
        """Have these texts in these cells."""
        for (row, name), text in cells.items():
            if text == self.rows[row].texts.get(name, ""):
                self.typed[row].pop(name, None)
            else:
                self.typed[row][name] = text
        self._tell()

    def show_problems(self, problems: Mapping[Cell, Problem]) -> None:
        """Mark these cells, and have everything drawn again: what is offered may be another, too."""
        self.problems = dict(problems)
        self._tell()

    def _tell(self) -> None:
        """Have everything drawn again."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def cell(self, index: Index) -> Cell:
        """The cell behind an index."""
        return index.row(), self.columns[index.column()].name

    def text(self, row: int, column: GridColumn) -> str:
        """What a cell says."""
        texts = self.texts(row)
        return column.said(texts) if column.said else texts.get(column.name, "")

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        told = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return told | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].typed else told

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(index.row(), column)
        problem = self.problems.get(self.cell(index))
        if role == Qt.ItemDataRole.ToolTipRole:
            return problem.text if problem else column.tip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.text(index.row(), column)}{'，' + problem.text if problem else ''}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            words = "、".join(f"{number} {word}" for number, word in enumerate(column.words[:9], 1))
            return column.tip or words or column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            centred = Qt.AlignmentFlag.AlignHCenter if section else Qt.AlignmentFlag.AlignLeft
            return int(centred | Qt.AlignmentFlag.AlignVCenter)
        return None


class Typing(QUndoCommand):
    """Some cells given other texts, as one step."""

    def __init__(self, model: GridModel, cells: Mapping[Cell, str]) -> None:
        super().__init__()
        self._model, self._after = model, dict(cells)
        self._before = {(row, name): model.texts(row).get(name, "") for row, name in cells}

    def redo(self) -> None:
        self._model.put(self._after)

    def undo(self) -> None:
        self._model.put(self._before)
