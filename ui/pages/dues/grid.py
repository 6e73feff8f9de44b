"""The month grid: one row for a member, one column for a month, totals at the foot."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.dates import month_end
from app.dues.bases import DuesBasis
from app.dues.months import MonthDues
from app.money import yuan
from ui.house.session import Session
from ui.kit.table_cells import paint_ground
from ui.kit.theme import theme

Index = QModelIndex | QPersistentModelIndex
FIRST_MONTH = 3
FIXED = {0: 86, 1: 64, 2: 66, 15: 84}
"""Columns of one width, in pixels of 100 %; the months share the rest."""
SPARED = (1, 2, 15)
"""The columns that are left out first where there is no room."""
HEADINGS = ("姓名", "类别", "月应交", *(f"{month}月" for month in range(1, 13)), "实交合计")


@dataclass(frozen=True)
class DuesRow:
    """One member's year."""

    member: int
    name: str
    basis: DuesBasis | None
    cells: tuple[MonthDues, ...]

    @property
    def owed_fen(self) -> int | None:
        """What is owed in the latest month that is known."""
        return next((cell.owed_fen for cell in reversed(self.cells) if cell.owed_fen is not None), None)

    @property
    def paid_fen(self) -> int:
        """Paid in the year."""
        return sum(cell.paid_fen for cell in self.cells)


class DuesModel(QAbstractTableModel):
    """The month grid with a row of totals at its foot."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[DuesRow] = []
        self.totals: list[tuple[int, int]] = []

    def show_rows(self, rows: list[DuesRow]) -> None:
        """Show these people."""
        self.beginResetModel()
        self.rows = rows
        self.totals = [
            (sum(r.cells[m].owed_fen or 0 for r in rows), sum(r.cells[m].paid_fen for r in rows)) for m in range(12)
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self.rows else len(self.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def cell(self, index: Index) -> MonthDues | None:
        """The month behind an index; None in the other columns and in the totals."""
        month = index.column() - FIRST_MONTH
        if index.row() >= len(self.rows) or not 0 <= month < 12:
            return None
        return self.rows[index.row()].cells[month]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            cell = self.cell(index)
            return f"{cell.reason}\n应于 {cell.due_on} 前交" if cell else None
        return None

    def _text(self, index: Index) -> str:
        column, month = index.column(), index.column() - FIRST_MONTH
        if index.row() >= len(self.rows):
            if 0 <= month < 12:
                return yuan(self.totals[month][1]) if self.totals[month][1] else ""
            words = {0: "合计", len(HEADINGS) - 1: yuan(sum(paid for _, paid in self.totals))}
            return words.get(column, "")
        found = self.rows[index.row()]
        if 0 <= month < 12:
            cell = found.cells[month]
            if cell.paid_fen:
                return yuan(cell.paid_fen)
            return "未用" if cell.before_records else "" if cell.here else "—"
        if column == 0:
            return found.name
        if column == 1:
            return found.basis.category.value if found.basis else "未填"
        if column == 2:
            return yuan(found.owed_fen) if found.owed_fen is not None else ""
        return yuan(found.paid_fen)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None


class DuesDelegate(QStyledItemDelegate):
    """Paid green, open orange once the month is over, amber in the running month."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        model = index.model()
        painter.save()
        area = paint_ground(painter, option)
        text = str(index.data() or "")
        cell = model.cell(index)
        font = painter.font()
        total = index.row() >= len(model.rows)
        font.setPixelSize(look.px(13 if index.column() < FIRST_MONTH or total else 12))
        font.setBold(index.column() == 0 or total)
        painter.setFont(font)
        tone = self._tone(cell)
        inner = area.adjusted(look.px(2), look.px(4), -look.px(2), -look.px(4))
        if tone:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            dashed = tone == "due" and not text
            painter.setPen(QPen(look.color("due_solid"), 1, Qt.PenStyle.DashLine) if dashed else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush if dashed else look.color(f"{tone}_tint"))
            painter.drawRoundedRect(inner, look.px(5), look.px(5))
            painter.setPen(look.color(tone))
            text = text or ("欠" if tone == "missing" else "待")
        else:
            painter.setPen(look.color("text" if index.column() < FIRST_MONTH or total else "text3"))
        centred = Qt.AlignmentFlag.AlignCenter
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if index.column() < 2 else centred
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("info_solid"), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
            painter.restore()
        painter.drawText(area.adjusted(look.px(8 if index.column() < 2 else 0), 0, 0, 0), int(side), text)
        painter.restore()

    def _tone(self, cell: MonthDues | None) -> str:
        if cell is None or not cell.owed_fen:
            return ""
        if cell.settled:
            return "ok"
        today = self._session.today()
        if month_end(self._session.year, cell.month) < today:
            return "missing"
        return "due" if (self._session.year, cell.month) == (today.year, today.month) else ""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        edit = QLineEdit(parent)
        edit.setAccessibleName(f"{index.model().index(index.row(), 0).data()}{HEADINGS[index.column()]}金额")
        return edit


class DuesGrid(QTableView):
    """The grid; keys are told to the page."""

    def __init__(
        self, model: DuesModel, session: Session, toggle: Callable[[], object], set_amount: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._toggle = toggle
        self._set_amount = set_amount
        look = theme()
        self.setAccessibleName("党费按月登记")
        self.setModel(model)
        self._delegate = DuesDelegate(session)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(36))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setMinimumSectionSize(look.px(40))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, width in FIXED.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, look.px(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Leave out what stands beside the list as well where there is no room for every month."""
        look, header = theme(), self.horizontalHeader()
        widths = [look.px(FIXED.get(column, 0)) or header.minimumSectionSize() for column in range(len(HEADINGS))]
        for number, column in enumerate(SPARED):
            left = sum(widths) - sum(widths[gone] for gone in SPARED[:number])
            self.setColumnHidden(column, left > self.viewport().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_Space:
            self._toggle()
        elif event.key() == Qt.Key.Key_Delete:
            self._set_amount("0")
        elif text and (text.isdigit() or text == "."):
            self.type_amount(text)
        else:
            super().keyPressEvent(event)

    def type_amount(self, first: str) -> None:
        """Begin typing an amount in the cell; Enter takes it."""
        index = self.currentIndex()
        if self.model().cell(index) is None:
            return
        edit = QLineEdit(first, self.viewport())
        edit.setAccessibleName("金额")
        edit.setGeometry(self.visualRect(index))
        edit.setStyleSheet("min-height: 0; padding: 0 2px;")

        def done() -> None:
            edit.blockSignals(True)
            edit.deleteLater()
            self.setFocus()
            self._set_amount(edit.text())

        edit.returnPressed.connect(done)
        edit.editingFinished.connect(lambda: None if edit.signalsBlocked() else done())
        edit.show()
        edit.setFocus()
