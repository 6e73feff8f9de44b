"""A grid typed like a spreadsheet: arrows, Enter and Tab, fill down, blocks from and to other programs, steps back.

It holds texts alone: what they mean, and what is wrong with them, is told by whoever owns it.
"""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView

from ui.kit.blocks import Block, block_of, placed
from ui.kit.clipboard import private
from ui.kit.grid_cells import GridDelegate
from ui.kit.grid_model import Cell, GridColumn, GridModel, GridRow, Typing
from ui.kit.theme import theme

MOST_GIVEN = 1.25
"""How many times narrower columns become before the grid scrolls sideways."""
EDITABLE = Qt.ItemFlag.ItemIsEditable
ENDS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Grid(QTableView):
    """The grid. `edited` is told after each step, `told` what a paste could not take."""

    edited = Signal()
    told = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        look = theme()
        self.setAccessibleName(name)
        self.grid = GridModel()
        self.setModel(self.grid)
        self._delegate = GridDelegate(self, self.grid, self.put, self.move_of)
        self.setItemDelegate(self._delegate)
        self.steps = QUndoStack(self)
        self.steps.indexChanged.connect(lambda _: self.edited.emit())
        self._tabbed: int | None = None
        """The column in which a run of Tab began: Enter comes back to it."""
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(34))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(look.px(40))

    # --- what stands in it ---

    def load(self, columns: Sequence[GridColumn], rows: Sequence[GridRow]) -> None:
        """Show these rows; nothing was typed yet."""
        at = self.currentIndex()
        self.grid.load(columns, rows)
        self.steps.clear()
        for number, column in enumerate(columns):
            stretch = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            self.horizontalHeader().setSectionResizeMode(number, stretch)
        self._fit_columns()
        first = next((number for number, column in enumerate(columns) if column.typed), 0)
        again = at.isValid() and at.row() < len(rows) and at.column() < len(columns)
        self.setCurrentIndex(self.grid.index(at.row(), at.column()) if again else self.grid.index(0, first))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Columns at their widths; where there is no room, remarks are left out and the others give way a little."""
        columns, room = self.grid.columns, self.viewport().width()
        wanted = [theme().px(column.width) for column in columns]
        remarks = [number for number, column in enumerate(columns) if column.stretch and not column.typed]
        tight = sum(wanted) > room
        for number in remarks:
            self.setColumnHidden(number, tight)
        shown = [number for number in range(len(columns)) if not (tight and number in remarks)]
        over = sum(wanted[number] for number in shown) / max(1, room)
        for number in shown:
            if not columns[number].stretch:
                self.setColumnWidth(number, int(wanted[number] / min(max(1.0, over), MOST_GIVEN)))

    def put(self, cells: Mapping[Cell, str]) -> None:
        """Give cells other texts, as one step; those that have them already are left alone."""
        new = {(row, name): text for (row, name), text in cells.items() if self.grid.texts(row).get(name, "") != text}
        if new:
            self.steps.push(Typing(self.grid, new))

    def typed(self) -> dict[str, dict[str, str]]:
        """What was typed, by the key of its row and the name of its column."""
        return {str(row.key): dict(cells) for row, cells in zip(self.grid.rows, self.grid.typed, strict=True) if cells}

    def type_again(self, typed: Mapping[str, Mapping[str, str]]) -> list[str]:
        """Put back what was typed; the keys of rows that are no longer there."""
        places = {str(row.key): number for number, row in enumerate(self.grid.rows)}
        names = {column.name for column in self.grid.columns if column.typed}
        self.put(
            {
                (places[key], name): text
                for key, cells in typed.items()
                if key in places
                for name, text in cells.items()
                if name in names
            }
        )
        return [key for key in typed if key not in places]

    def settle(self) -> None:
        """Take what is being typed into its cell."""
        editor = self._delegate.editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    # --- keys ---

    def move_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Where a key leads from a cell; None for one that leads nowhere."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return None
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return lambda: self._down(-1 if back else 1)
            case Qt.Key.Key_Tab:
                return lambda: self._across(1)
            case Qt.Key.Key_Backtab:
                return lambda: self._across(-1)
            case Qt.Key.Key_Down if not back:
                return lambda: self._step(1, 0)
            case Qt.Key.Key_Up if not back:
                return lambda: self._step(-1, 0)
            case _:
                return None

    def _down(self, step: int) -> None:
        column, self._tabbed = self._tabbed, None
        at = self.currentIndex()
        self._go(at.row() + step, at.column() if column is None else column)

    def _step(self, rows: int, columns: int) -> None:
        self._tabbed = None
        at = self.currentIndex()
        self._go(at.row() + rows, at.column() + columns)

    def _across(self, step: int) -> None:
        """To the next cell that is typed, in the next row after the last."""
        at = self.currentIndex()
        typed = [number for number, column in enumerate(self.grid.columns) if column.typed]
        if self._tabbed is None:
            self._tabbed = at.column()
        beyond = [number for number in typed if (number - at.column()) * step > 0]
        if beyond:
            self._go(at.row(), min(beyond) if step > 0 else max(beyond))
        elif 0 <= at.row() + step < len(self.grid.rows):
            self._tabbed = None
            self._go(at.row() + step, typed[0] if step > 0 else typed[-1])

    def _go(self, row: int, column: int) -> None:
        if 0 <= row < len(self.grid.rows) and 0 <= column < len(self.grid.columns):
            # Alone, whatever keys are held.
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.grid.index(row, column), flags)

    def event(self, event: QEvent) -> bool:
        # Its own keys come before those of the window: here Ctrl+Z takes back what was typed.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        # Qt would leave the grid by Tab before the key is told.
        tab = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in TABS
        move = self.move_of(event) if tab and isinstance(event, QKeyEvent) else None
        if move:
            move()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key with Ctrl does here."""
        if event.matches(QKeySequence.StandardKey.Undo) and self.steps.count():
            return self.steps.undo
        if event.matches(QKeySequence.StandardKey.Redo) and self.steps.count():
            return self.steps.redo
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste
        if event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            return self.fill_down
        if event.key() in ENDS and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            last = len(self.grid.rows) - 1
            return lambda: self._go(0 if event.key() == Qt.Key.Key_Up else last, self.currentIndex().column())
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            column = self.currentIndex().column()
            return lambda: self._select([(0, column), (len(self.grid.rows) - 1, column)])
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What an input method began stays in its editor while the grid still has the focus.
        self.settle()
        own, move = self._own(event), self.move_of(event)
        at = self.currentIndex()
        column = self.grid.columns[at.column()] if at.isValid() else None
        if own:
            own()
        elif move:
            move()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.put(dict.fromkeys(self._chosen(), ""))
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.take_offers()
        elif (
            column is not None
            and column.typed
            and event.text().isdigit()
            and 0 < int(event.text()) <= len(column.words)
        ):
            self.put({self.grid.cell(at): column.settle(event.text())})
            self._down(1)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What comes ready from an input method, without having been composed, begins a cell as a key does."""
        at = self.currentIndex()
        if self._delegate.editor is None and event.commitString() and at.isValid() and self.grid.flags(at) & EDITABLE:
            self.edit(at)
            if self._delegate.editor is not None:
                QCoreApplication.sendEvent(self._delegate.editor, event)
                return
        super().inputMethodEvent(event)

    # --- blocks ---

    def _chosen(self) -> list[Cell]:
        """The selected cells that are typed, row by row."""
        chosen = self.selectedIndexes() or [self.currentIndex()]
        typed = [index for index in chosen if index.isValid() and self.grid.columns[index.column()].typed]
        return [self.grid.cell(index) for index in sorted(typed, key=lambda i: (i.row(), i.column()))]

    def take_offers(self) -> None:
        """Take what is offered in the selected cells that are empty; one alone leads on to the next row."""
        chosen = self._chosen()
        columns = {column.name: column for column in self.grid.columns}
        taken: dict[Cell, str] = {}
        for row, name in chosen:
            texts, offer = self.grid.texts(row), columns[name].offer
            if offer and not texts.get(name) and offer(texts):
                taken[row, name] = offer(texts)
        self.put(taken)
        if taken and len(chosen) == 1:
            self._down(1)

    def fill_down(self) -> None:
        """Give each column of the selection the text of its topmost cell."""
        top: dict[str, str] = {}
        cells: dict[Cell, str] = {}
        for row, name in self._chosen():
            top.setdefault(name, self.grid.texts(row).get(name, ""))
            cells[row, name] = top[name]
        self.put(cells)

    def copy(self) -> None:
        """The selected block for other programs, as text and as a table."""
        chosen = self.selectedIndexes()
        if not chosen:
            return
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        block = [[self.grid.text(row, self.grid.columns[column]) for column in columns] for row in rows]
        QGuiApplication.clipboard().setMimeData(private(block_of(block)))

    def paste(self) -> None:
        """Take a block of another program from the current cell on, by names and headings where it has them."""
        block = placed(QGuiApplication.clipboard().text())
        at, chosen = self.currentIndex(), self._chosen()
        if not block or not at.isValid():
            return
        if len(block) == 1 and len(block[0]) == 1 and len(chosen) > 1:
            columns = {column.name: column for column in self.grid.columns}
            self.put({(row, name): columns[name].settle(block[0][0]) for row, name in chosen})
            return
        top = min((index.row() for index in self.selectedIndexes()), default=at.row())
        left = min((index.column() for index in self.selectedIndexes()), default=at.column())
        names = [self.grid.text(row, self.grid.columns[0]) for row in range(len(self.grid.rows))]
        fitted = Block(names, [column.title for column in self.grid.columns]).fit(block, top, left)
        cells: dict[Cell, str] = {}
        shut = 0
        for (row, number), text in fitted.cells.items():
            column = self.grid.columns[number]
            if column.typed:
                cells[row, column.name] = column.settle(text)
            elif text and text != self.grid.text(row, column):
                shut += 1
        self.put(cells)
        self._select(fitted.cells)
        notes = [*fitted.left_out, *([f"{shut} 格是算出来的，不能填"] if shut else [])]
        if notes:
            self.told.emit(f"已粘贴 {len(cells)} 格。没有粘贴的：{'；'.join(notes)}。")

    def _select(self, cells: Iterable[tuple[int, int]]) -> None:
        places = list(cells)
        if not places:
            return
        rows, columns = [row for row, _ in places], [column for _, column in places]
        corner = self.grid.index(min(rows), min(columns)), self.grid.index(max(rows), max(columns))
        self.selectionModel().select(QItemSelection(*corner), QItemSelectionModel.SelectionFlag.ClearAndSelect)
