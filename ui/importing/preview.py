"""The rows of a table before they come in: every fault in its cell, mended in place."""

# The stubs of Qt leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.exchange.sheet import Difference, Outcome, Row, RowFault, Sheet
from app.record import Severity
from ui.kit.basic import button
from ui.kit.editors import line_edit
from ui.kit.table_cells import paint_ground
from ui.kit.theme import theme

Index = QModelIndex | QPersistentModelIndex
FIRST = 2  # number and result stand before the sheet's own columns
MEASURED = 200
"""Rows whose texts say how wide a column is."""
LEAST, WIDEST = 44, 220  # px at 100 %


@dataclass(frozen=True)
class PreviewRow:
    """One row: its cells, what is wrong with it, where it differs from the roster, whether it comes in."""

    row: Row
    faults: tuple[RowFault, ...]
    differences: tuple[Difference, ...]
    left_out: bool

    @property
    def refused(self) -> bool:
        """Whether a fault keeps it out."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def asked(self) -> bool:
        """Whether it holds a question."""
        return any(fault.asked for fault in self.faults)

    @property
    def wrong(self) -> bool:
        """Whether something in it is wrong that no answer mends."""
        return any(fault.severity is Severity.ERROR and not fault.asked for fault in self.faults)

    @property
    def told(self) -> bool:
        """Whether it goes in with something that is told."""
        return any(fault.severity is Severity.WARNING and not fault.asked for fault in self.faults)

    @property
    def result(self) -> tuple[str, str]:
        """A word and its tone."""
        if self.left_out:
            return "不导入", "plain"
        if self.asked:
            return "待回答", "missing" if self.refused else "due"
        if self.refused:
            return "有错", "missing"
        return ("请看", "due") if self.faults or self.differences else ("可导入", "ok")


def preview_rows(sheet: Sheet, outcome: Outcome, left_out: frozenset[int]) -> list[PreviewRow]:
    """The rows of a sheet with what an import said of each."""
    faults: dict[int, list[RowFault]] = {}
    for fault in outcome.faults:
        faults.setdefault(fault.row, []).append(fault)
    differences: dict[int, list[Difference]] = {}
    for item in outcome.differences:
        differences.setdefault(item.row, []).append(item)
    return [
        PreviewRow(row, tuple(faults.get(row.key, ())), tuple(differences.get(row.key, ())), row.key in left_out)
        for row in sheet.rows
    ]


class PreviewModel(QAbstractTableModel):
    """Number, result, and the known columns under the sheet's own headings; a changed cell is told to `mended`."""

    def __init__(self, mended: Callable[[int, str, str], object]) -> None:
        super().__init__()
        self._mended = mended
        self.fields: list[str] = []
        self.headings: Mapping[str, str] = {}
        self.rows: list[PreviewRow] = []

    def show_rows(self, fields: Sequence[str], headings: Mapping[str, str], rows: Sequence[PreviewRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.fields, self.headings, self.rows = list(fields), headings, list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else FIRST + len(self.fields)

    def fault(self, index: Index) -> RowFault | None:
        """The gravest fault of a cell."""
        if index.column() < FIRST:
            return None
        name = self.fields[index.column() - FIRST]
        found = [fault for fault in self.rows[index.row()].faults if fault.field == name]
        return min(found, key=lambda fault: fault.severity is not Severity.ERROR, default=None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.rows[index.row()]
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in shown:
            if index.column() == 0:
                return str(item.row.number)
            if index.column() == 1:
                return item.result[0]
            text = item.row.text(self.fields[index.column() - FIRST])
            fault = self.fault(index)
            if role == Qt.ItemDataRole.DisplayRole:
                return text.replace("\n", " ")  # a row is one line high
            spoken = role == Qt.ItemDataRole.AccessibleTextRole and fault
            return f"{text}：{fault.reason}" if spoken and fault else text
        if role == Qt.ItemDataRole.ToolTipRole:
            fault = self.fault(index)
            return fault.reason if fault else "\n".join(f"{f.column}：{f.reason}" for f in item.faults)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() < FIRST:
            return False
        text = str(value).strip()
        if text != self.data(index, Qt.ItemDataRole.EditRole):
            self._mended(self.rows[index.row()].row.key, self.fields[index.column() - FIRST], text)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() >= FIRST else usual

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ("行", "结果")[section] if section < FIRST else self.headings.get(self.fields[section - FIRST], "")
        return None


class CellDelegate(QStyledItemDelegate):
    """A cell with a fault is tinted: what keeps the row out orange, what is only told amber."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, model = theme(), index.model()
        painter.save()
        area = paint_ground(painter, option)
        text, tone = str(index.data() or ""), ""
        if index.column() == 1:
            tone = model.rows[index.row()].result[1]
        elif (fault := model.fault(index)) is not None:
            tone = "missing" if fault.severity is Severity.ERROR else "due"
            painter.fillRect(area.adjusted(1, 1, -1, -2), look.color(f"{tone}_tint"))
        plain = tone in ("", "plain")
        painter.setPen(look.color("text" if not tone else "text3" if plain else tone))
        if tone == "missing" and not text:
            text = "（空）"
        inner = area.adjusted(look.px(6), 0, -look.px(4), 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        if tone == "missing" and index.column() != 1:
            painter.setPen(QPen(QColor(look.color("missing_solid")), 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -1.5, -2.5))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        edit = line_edit()
        edit.setParent(parent)
        edit.setStyleSheet("min-height: 0; padding: 0 4px;")
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        edit.setAccessibleName(f"第 {index.siblingAtColumn(0).data()} 行 {heading}")
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        model.setData(index, editor.text())


class PreviewTable(QTableView):
    """The rows; Enter, F2, a double click or typing mends a cell."""

    chosen = Signal(object)

    def __init__(self, mended: Callable[[int, str, str], object]) -> None:
        super().__init__()
        self.model_of_rows = PreviewModel(mended)
        self.setAccessibleName("导入预览")
        self.setModel(self.model_of_rows)
        self._delegate = CellDelegate()
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(34))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentChanged.connect(lambda now, _: self._tell(now))
        self._wanted: list[int] = []
        """How wide each column is for what it says."""
        self._said: set[str] = set()
        """The fields of which the first rows say something."""
        self._matters: set[str] = set()
        """The fields in which something was wrong, asked or told since the table was chosen."""
        self._whole = False
        self.more = button("", self._toggle_columns, kind="small", icon="table")
        """Stands above the rows where columns are left out."""
        self.more.hide()

    def current_row(self) -> PreviewRow | None:
        """The row under the cursor."""
        index = self.currentIndex()
        return self.model_of_rows.rows[index.row()] if index.isValid() else None

    def show_rows(self, sheet: Sheet, fields: Sequence[str], rows: Sequence[PreviewRow]) -> None:
        """Show rows, at the place where the cursor was."""
        if list(fields) != self.model_of_rows.fields:
            self._matters, self._whole = set(), False
        self._matters |= {fault.field for row in rows for fault in row.faults}
        where = self.currentIndex()
        at = (where.row(), where.column()) if where.isValid() else (0, FIRST)
        self.model_of_rows.show_rows(fields, sheet.headings, rows)
        self._measure()
        self._fit_columns()
        if rows:
            row, column = min(at[0], len(rows) - 1), min(at[1], self.model_of_rows.columnCount() - 1)
            self.setCurrentIndex(self.model_of_rows.index(row, column))
        else:
            self.chosen.emit(None)

    def _measure(self) -> None:
        """Take what the first rows say in each column, and its width from that and from its heading."""
        model, look, metrics = self.model_of_rows, theme(), self.fontMetrics()
        self._wanted, self._said = [look.px(44), look.px(64)], set()
        for name in model.fields:
            texts = {row.row.text(name)[:60] for row in model.rows[:MEASURED]}
            if any(texts):
                self._said.add(name)
            shown = (text.partition("\n")[0] for text in (*texts, model.headings.get(name, "")))
            wide = max(map(metrics.horizontalAdvance, shown)) + look.px(20)
            self._wanted.append(min(max(wide, look.px(LEAST)), look.px(WIDEST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Leave out columns without room for all, from the right: what says nothing first, then what is right.

        A column in which something is wrong, asked or told stays, and so does the first one.
        """
        model, room = self.model_of_rows, self.viewport().width()
        shown = list(range(len(self._wanted)))
        for empty in (True, False):
            for number in reversed(shown[FIRST + 1 :]):
                name = model.fields[number - FIRST]
                fits = sum(self._wanted[place] for place in shown) <= room
                if not (self._whole or fits or name in self._matters or (empty and name in self._said)):
                    shown.remove(number)
        over = sum(self._wanted[place] for place in shown) - room
        longest = theme().px(92)
        give = sum(max(0, self._wanted[place] - longest) for place in shown)
        share = over / give if 0 < over <= give and not self._whole else 0.0
        for number, wide in enumerate(self._wanted):
            self.setColumnHidden(number, number not in shown)
            self.setColumnWidth(number, int(wide - share * max(0, wide - longest)))
        self._say_more(
            [model.headings.get(model.fields[n - FIRST], "") for n in range(FIRST, len(self._wanted)) if n not in shown]
        )

    def _say_more(self, hidden: Sequence[str]) -> None:
        """Say above the rows which columns are left out; a click shows them all, another one those with room."""
        self.more.setVisible(bool(hidden) or self._whole)
        self.more.setText(f"另有 {len(hidden)} 列没有显示　全部显示" if hidden else "只显示放得下的列")
        self.more.setToolTip("、".join(hidden))

    def _toggle_columns(self) -> None:
        self._whole = not self._whole
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            # The editor lets Enter through when it is done.
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _tell(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model_of_rows.rows[index.row()] if index.isValid() else None)


def in_words(outcome: Outcome, *, dry_run: bool) -> str:
    """The counts in a sentence."""
    will = "将" if dry_run else "已"
    rows = len({fault.row for fault in outcome.refused if not fault.asked})
    words = f"{will}新增 {outcome.added} 条，更新 {outcome.updated} 条，{outcome.unchanged} 条没有变化"
    words += f"；{rows} 行不能导入，可以就地改好，其余照常导入" if rows else "；没有不能导入的行"
    if outcome.asked:
        words += f"；{len(outcome.asked)} 处要您回答，没有回答的不记入"
    return words + ("。看过后点“导入”。" if dry_run else "。整批可以一次撤销（Ctrl+Z）。")
