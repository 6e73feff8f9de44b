"""The cells of a grid: how one is drawn, and its editor with the keys of a spreadsheet."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.record import Severity
from ui.kit.grid_model import Cell, GridModel
from ui.kit.table_cells import paint_ground
from ui.kit.table_model import Index
from ui.kit.theme import theme

Put = Callable[[Mapping[Cell, str]], object]
MoveOf = Callable[[QKeyEvent], Callable[[], None] | None]


class GridDelegate(QStyledItemDelegate):
    """Draws a cell, and has the keys of a spreadsheet in its editor."""

    def __init__(self, view: QTableView, model: GridModel, put: Put, move_of: MoveOf) -> None:
        super().__init__(view)
        self._view, self._model, self._put, self._move_of = view, model, put, move_of
        self.editor: QLineEdit | None = None
        """The one that is open."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, model = theme(), self._model
        column, cell = model.columns[index.column()], model.cell(index)
        painter.save()
        area = paint_ground(painter, option)
        problem = model.problems.get(cell)
        tone = ("missing" if problem.severity is Severity.ERROR else "due") if problem else ""
        changed = cell[1] in model.typed[cell[0]]
        if tone or (changed and not option.state & QStyle.StateFlag.State_Selected):
            painter.fillRect(area.adjusted(0, 0, -1, -1), look.color(f"{tone or 'info'}_tint"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(area.topRight(), area.bottomRight())
        text = str(index.data() or "")
        texts = model.texts(cell[0])
        offered = column.offer(texts) if column.offer and not text else ""
        said = column.tone(texts) if column.tone else ""
        font = painter.font()
        font.setPixelSize(look.px(13))
        font.setBold(index.column() == 0)
        painter.setFont(font)
        painter.setPen(look.color(tone or said or ("text3" if offered or not column.typed else "text")))
        if index.column() == 0:
            painter.setPen(look.color("text"))
        side = Qt.AlignmentFlag.AlignLeft if column.stretch or not index.column() else Qt.AlignmentFlag.AlignHCenter
        inner = area.adjusted(look.px(6), 0, -look.px(6), 0)
        shown = painter.fontMetrics().elidedText(text or offered, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(QPen(look.color("info_solid"), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        edit = QLineEdit(parent)
        edit.setFrame(False)
        edit.setStyleSheet("min-height: 0; padding: 0 4px;")
        self.editor = edit
        columns = self._model.columns
        edit.setAccessibleName(f"{index.siblingAtColumn(0).data()} {columns[index.column()].title}")
        return edit

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.editor = None
        super().destroyEditor(editor, index)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        del model
        assert isinstance(editor, QLineEdit)
        column = self._model.columns[index.column()]
        self._put({self._model.cell(index): column.settle(editor.text())})

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QLineEdit):
            move = self._move_of(event)
            sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            if move and not sideways:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                move()
                return True
        return super().eventFilter(editor, event)
