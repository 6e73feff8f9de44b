"""Tables: rows of any objects under columns that say how to read them; one delegate draws chips and bars."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from ui.kit.basic import button
from ui.kit.blocks import block_of
from ui.kit.clipboard import private
from ui.kit.columns import MEMORY, Wanted
from ui.kit.table_cells import RowDelegate
from ui.kit.table_model import LEAST, ROW_ROLE, Column, TableModel, spared
from ui.kit.theme import theme

MOST_VALUES = 30
"""Values of a column that are offered."""


class Table(QTableView):
    """A list of rows: one is selected, Enter, F2 or a double click opens it, Delete asks to remove it.

    Alt+Down offers the values of each column, to show some alone.
    """

    selected = Signal(object)
    opened = Signal(object)
    removed = Signal(object)
    several = Signal(list)
    """The rows that are selected together, in their order; none when it is one or none again."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        searched: Callable[[Any], str] | None = None,
        *,
        remembered: bool = True,
    ) -> None:
        """What is wanted of its columns is remembered by its name, unless their titles are those of people."""
        super().__init__()
        self.setAccessibleName(name)
        self._name = name if remembered else ""
        self._fitting = False
        self.rows_model = TableModel(columns, searched)
        self.setModel(self.rows_model)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self._offer_columns(header.logicalIndexAt(at)).popup(header.mapToGlobal(at))
        )
        self._put_in_order()
        header.sectionMoved.connect(lambda *_: self._note_order())
        header.sectionResized.connect(self._note_width)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.only = button("", self.show_all, kind="small")
        self.only.setParent(self)
        self.only.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.only.hide()
        self._together = 0
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell_several())
        self.doubleClicked.connect(lambda _: self._open())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._say_only()

    def _fit_columns(self) -> None:
        """Columns at their widths; without room for all long texts give way, never a day, a number or a chip.

        Where that is not enough, columns at the right are left out: what they say stands beside the list as well.
        """
        columns, asked = self.rows_model.columns, MEMORY.of(self._name)
        widths = [asked.widths.get(column.title, column.width) for column in columns]
        wanted = [theme().px(width) for width in widths]
        least = [
            theme().px(LEAST if width > LEAST and not column.tone and not column.share else width)
            for column, width in zip(columns, widths, strict=True)
        ]
        room = self.viewport().width()
        shown = [number for number, column in enumerate(columns) if not number or column.title not in asked.hidden]
        # Plain words go first, then bars and chips.
        for marked in (False, True):
            for number in reversed(range(1, len(columns))):
                may_go = spared(columns[number]) and bool(columns[number].tone or columns[number].share) is marked
                if may_go and number in shown and sum(least[place] for place in shown) > room:
                    shown.remove(number)
        over = sum(wanted[place] for place in shown) - room
        give = sum(wanted[place] - least[place] for place in shown)
        # Where giving way would not spare the scroll bar, nothing is shortened for it.
        share = over / give if 0 < over <= give else 0.0
        self._fitting = True
        for number, column in enumerate(columns):
            self.setColumnHidden(number, number not in shown)
            if not column.stretch:
                self.setColumnWidth(number, int(wanted[number] - share * (wanted[number] - least[number])))
        self._fitting = False

    # --- how somebody wants the columns ---

    def _put_in_order(self) -> None:
        """Move the columns to where they are wanted; those that nobody moved stay behind the ones before them."""
        header, titles = self.horizontalHeader(), [column.title for column in self.rows_model.columns]
        order = [titles.index(title) for title in MEMORY.of(self._name).order if title in titles]
        if len(order) == len(titles):
            for place, number in enumerate(order):
                header.moveSection(header.visualIndex(number), place)

    def _note(self, **changed: Any) -> None:
        if self._name and not self._fitting:
            MEMORY.note(self._name, replace(MEMORY.of(self._name), **changed))

    def _note_order(self) -> None:
        columns, header = self.rows_model.columns, self.horizontalHeader()
        places = sorted(range(len(columns)), key=header.visualIndex)
        self._note(order=[columns[number].title for number in places])

    def _note_width(self, number: int, before: int, now: int) -> None:
        del before
        # Only what is drawn with the mouse was meant.
        if now and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            title = self.rows_model.columns[number].title
            self._note(widths={**MEMORY.of(self._name).widths, title: now * 100 // theme().percent})

    def offer_values(self, number: int, menu: QMenu) -> None:
        """The values of a column, the most frequent first: those that are ticked are shown alone."""
        chosen = self.rows_model.only.get(number, frozenset())

        def take(value: str, on: bool) -> None:
            told = self.rows_model.only.get(number, frozenset())
            self._keep_row(lambda: self.rows_model.show_only(number, told | {value} if on else told - {value}))

        for value, count in self.rows_model.values(number)[:MOST_VALUES]:
            action = menu.addAction(f"{value or '（空）'}　{count}".replace("&", "&&").replace("\n", " "))
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.toggled.connect(lambda on, value=value: take(value, on))
        if chosen:
            menu.addSeparator()
            menu.addAction("全部显示", lambda: self._keep_row(lambda: self.rows_model.show_only(number, frozenset())))

    def _keep_row(self, change: Callable[[], None]) -> None:
        """Change what is shown, and stay on the row where it still is."""
        row = self.current()
        change()
        self._say_only()
        if not self.choose(lambda other: other is row):
            self.rest_on_a_row()
            self._tell()

    def show_all(self) -> None:
        """Show the rows with every value again."""
        for number in list(self.rows_model.only):
            self._keep_row(lambda number=number: self.rows_model.show_only(number, frozenset()))

    def _say_only(self) -> None:
        """Say below the rows what is shown alone; a click shows everything again."""
        words = self.rows_model.only_words
        self.only.setVisible(bool(words))
        self.only.setText(f"只看 {words[:60]}{'…' if len(words) > 60 else ''}　×")
        self.only.setToolTip("全部显示")
        self.only.adjustSize()
        edge = theme().px(8)
        self.only.move(edge, self.height() - self.only.height() - edge)

    def _offer_filters(self) -> QMenu:
        """Every column that is shown, with its values to choose from; for the keyboard."""
        menu, header = QMenu(self), self.horizontalHeader()
        shown = [n for n in range(len(self.rows_model.columns)) if not self.isColumnHidden(n)]
        for number in sorted(shown, key=header.visualIndex):
            self.offer_values(number, menu.addMenu(self.rows_model.headerData(number, Qt.Orientation.Horizontal)))
        return menu

    def _offer_columns(self, at: int = -1) -> QMenu:
        """What to show alone of the column at the mouse, the columns to choose from, the way back to the usual ones."""
        menu, hidden = QMenu(self), MEMORY.of(self._name).hidden
        if at >= 0:
            self.offer_values(at, menu.addMenu(f"只看“{self.rows_model.columns[at].title}”是…"))
            menu.addSeparator()
        for number, column in enumerate(self.rows_model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not number or column.title not in hidden)
            action.setEnabled(bool(number) and bool(self._name))
            action.toggled.connect(lambda on, title=column.title: self.show_column(title, on))
        menu.addSeparator()
        menu.addAction("恢复原来的列", self.forget_columns)
        return menu

    def show_column(self, title: str, shown: bool) -> None:
        """Show a column, or leave it out."""
        hidden = [other for other in MEMORY.of(self._name).hidden if other != title]
        self._note(hidden=hidden if shown else [*hidden, title])
        self._fit_columns()

    def forget_columns(self) -> None:
        """The columns as they were made."""
        header = self.horizontalHeader()
        self._fitting = True
        for number in range(len(self.rows_model.columns)):
            header.moveSection(header.visualIndex(number), number)
        self._fitting = False
        MEMORY.note(self._name, Wanted())
        self._fit_columns()

    def copy(self) -> None:
        """The selected rows for other programs, under the titles of the columns that are shown."""
        if self.rows_selected():
            QGuiApplication.clipboard().setMimeData(private(block_of(self.selected_texts())))

    def selected_texts(self) -> list[list[str]]:
        """The selected rows as texts, under the titles of the columns that are shown."""
        header, columns = self.horizontalHeader(), self.rows_model.columns
        shown = sorted((n for n in range(len(columns)) if not self.isColumnHidden(n)), key=header.visualIndex)
        return [
            [columns[n].title for n in shown],
            *([columns[n].text(row) for n in shown] for row in self.rows_selected()),
        ]

    def rows_selected(self) -> list[Any]:
        """The selected rows, as they stand in the list."""
        numbers = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.rows_model.rows[number] for number in numbers]

    def set_rows(self, rows: Sequence[Any], keep: Callable[[Any], Any] | None = None) -> None:
        """Show other rows; the selected one stays selected when `keep` knows it again."""
        was = keep(self.current()) if keep and self.current() is not None else None
        self.rows_model.set_rows(rows)
        if was is not None and keep:
            self.choose(lambda row: keep(row) == was)

    def show_rows(self, rows: Sequence[Any], keep: Callable[[Any], Any]) -> Any:
        """Show other rows and rest on one, telling nobody: the row that is selected then, None of an empty list."""
        together = self._together
        with QSignalBlocker(self):
            self.set_rows(rows, keep)
        found = self.rest_on_a_row()
        if together and not self._together:
            self.several.emit([])
        return found

    def selectRow(self, row: int) -> None:
        """Select a row alone, whatever keys are held while the program does so."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows_model.index(row, 0), flags)

    def rest_on_a_row(self) -> Any:
        """Have the first row selected where none is, telling nobody; the selected row, None of an empty list."""
        if self.current() is None and self.rows_model.rows:
            with QSignalBlocker(self):
                self.selectRow(0)
        return self.current()

    def rest_on_none(self) -> None:
        """Have no row selected, telling nobody: something new is begun beside the list."""
        with QSignalBlocker(self):
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

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
            # Of several nothing is taken away by one key.
            if len(self.rows_selected()) <= 1:
                self.removed.emit(self.current())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._offer_filters().popup(self.mapToGlobal(self.rect().topLeft()))
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self.selected.emit(self.current())

    def _tell_several(self) -> None:
        rows = self.rows_selected()
        together = len(rows) if len(rows) > 1 else 0
        if together or self._together:
            self._together = together
            self.several.emit(rows if together else [])

    def _open(self) -> None:
        if self.current() is not None:
            self.opened.emit(self.current())
