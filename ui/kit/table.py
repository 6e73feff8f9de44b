"""Tables: rows of any objects under columns that say how to read them; one delegate draws chips and bars."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.pinyin import matches, search_key, search_word
from ui.kit.theme import theme

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
LEAST = 112
"""The width, in pixels of 100 %, to which a column of long texts gives way."""
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


def _spared(column: Column) -> bool:
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

    def _show(self) -> None:
        if self._query and self._searched:
            if self._keys is None:
                self._keys = [search_key(self._searched(row)) for row in self._all]
            query = self._query
            shown = [row for row, key in zip(self._all, self._keys, strict=True) if query in key]
            searched = self._searched
            shown = shown or [row for row in self._all if matches(searched(row), query)]
        else:
            shown = self._all
        self.beginResetModel()
        self.rows = shown
        self.endResetModel()

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
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order all rows by a column."""
        if not 0 <= column < len(self.columns):
            return
        key = self.columns[column].order or self.columns[column].text
        self._all.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self._keys = None
        self._show()


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> QRectF:
    """The ground of a cell, tinted when selected, with the hairline below its row; returns the cell's area."""
    area = QRectF(option.rect)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, theme().color("accent_tint"))
    painter.setPen(QPen(theme().color("line"), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    return area


class RowDelegate(QStyledItemDelegate):
    """Draws every cell: text, strong text with an avatar, chip, bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(theme().px(60), theme().px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column: Column = index.data(COLUMN_ROLE)
        row = index.data(ROW_ROLE)
        look = theme()
        painter.save()
        area = paint_ground(painter, option)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("info_solid"), 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -1.5, -1.5))
        text = column.text(row)
        font = painter.font()
        font.setPixelSize(look.px(14 if column.strong else 13))
        font.setBold(column.strong)
        painter.setFont(font)
        inner = area.adjusted(look.px(8), 0, -look.px(8), 0)
        if column.avatar:
            inner = self._avatar(painter, inner, text)
        tone = column.tone(row) if column.tone else ""
        if tone and text:
            self._chip(painter, inner, text, tone)
        else:
            if column.share:
                inner = self._bar(painter, inner, column.share(row))
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            painter.setPen(look.color("text"))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()

    @staticmethod
    def _avatar(painter: QPainter, area: QRectF, text: str) -> QRectF:
        look = theme()
        size = look.px(26)
        circle = QRectF(area.left(), area.center().y() - size / 2, size, size)
        tones = ("info", "ok", "due", "missing")
        tone = tones[sum(map(ord, text)) % len(tones)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(f"{tone}_tint"))
        painter.drawEllipse(circle)
        painter.setPen(look.color(tone))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), text[:1])
        return area.adjusted(size + look.px(8), 0, 0, 0)

    @staticmethod
    def _chip(painter: QPainter, area: QRectF, text: str, tone: str) -> None:
        look = theme()
        font = painter.font()
        font.setPixelSize(look.px(12))
        painter.setFont(font)
        width = min(painter.fontMetrics().horizontalAdvance(text) + look.px(16), area.width())
        height = look.px(22)
        box = QRectF(area.left(), area.center().y() - height / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        plain = tone == "plain"
        painter.setBrush(look.color("sunken") if plain else look.color(f"{tone}_tint"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(look.color("text2") if plain else look.color(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width) - look.px(8))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)

    @staticmethod
    def _bar(painter: QPainter, area: QRectF, share: float) -> QRectF:
        look = theme()
        bar = QRectF(area.left(), area.center().y() - look.px(3), area.width() * 0.5, look.px(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line"))
        painter.drawRoundedRect(bar, look.px(3), look.px(3))
        done = QRectF(bar.left(), bar.top(), bar.width() * min(1.0, share), bar.height())
        painter.setBrush(QColor(look.color("ok_solid" if share >= 1 else "info_solid")))
        painter.drawRoundedRect(done, look.px(3), look.px(3))
        return area.adjusted(area.width() * 0.5 + look.px(6), 0, 0, 0)


class Table(QTableView):
    """A list of rows: one is selected, Enter, F2 or a double click opens it, Delete asks to remove it."""

    selected = Signal(object)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column], searched: Callable[[Any], str] | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows_model = TableModel(columns, searched)
        self.setModel(self.rows_model)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(40))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        for number, column in enumerate(columns):
            self.setColumnWidth(number, theme().px(column.width))
            if column.stretch:
                self.horizontalHeader().setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.doubleClicked.connect(lambda _: self._open())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Columns at their widths; without room for all long texts give way, never a day, a number or a chip.

        Where that is not enough, columns at the right are left out: what they say stands beside the list as well.
        """
        columns = self.rows_model.columns
        wanted = [theme().px(column.width) for column in columns]
        least = [
            theme().px(LEAST if column.width > LEAST and not column.tone and not column.share else column.width)
            for column in columns
        ]
        room = self.viewport().width()
        shown = list(range(len(columns)))
        # Plain words go first, then bars and chips.
        for marked in (False, True):
            for number in reversed(range(1, len(columns))):
                spared = _spared(columns[number]) and bool(columns[number].tone or columns[number].share) is marked
                if spared and sum(least[place] for place in shown) > room:
                    shown.remove(number)
        over = sum(wanted[place] for place in shown) - room
        give = sum(wanted[place] - least[place] for place in shown)
        # Where giving way would not spare the scroll bar, nothing is shortened for it.
        share = over / give if 0 < over <= give else 0.0
        for number, column in enumerate(columns):
            self.setColumnHidden(number, number not in shown)
            if not column.stretch:
                self.setColumnWidth(number, int(wanted[number] - share * (wanted[number] - least[number])))

    def set_rows(self, rows: Sequence[Any], keep: Callable[[Any], Any] | None = None) -> None:
        """Show other rows; the selected one stays selected when `keep` knows it again."""
        was = keep(self.current()) if keep and self.current() is not None else None
        self.rows_model.set_rows(rows)
        if was is not None and keep:
            self.choose(lambda row: keep(row) == was)

    def filter(self, query: str) -> None:
        """Show only matching rows."""
        self.rows_model.filter(query)

    def current(self) -> Any:
        """The selected row, or None."""
        index = self.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def choose(self, wanted: Callable[[Any], bool]) -> bool:
        """Select the first row that is wanted; whether there was one."""
        for number, row in enumerate(self.rows_model.rows):
            if wanted(row):
                self.selectRow(number)
                self.scrollTo(self.rows_model.index(number, 0))
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open()
        elif event.key() == Qt.Key.Key_Delete and self.current() is not None:
            self.removed.emit(self.current())
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self.selected.emit(self.current())

    def _open(self) -> None:
        if self.current() is not None:
            self.opened.emit(self.current())
