"""One book of the dues as a list, and what stands beside it: the selected record to be read, or its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from ui.house.session import Session
from ui.kit.basic import Card, button, row
from ui.kit.empty import Empty
from ui.kit.table import Table
from ui.pages.dues.book_form import BookForm
from ui.record.reading import Side


class Book(Card):
    """A list with a title, what belongs there where it is empty, and the way to a new record.

    `side` is what stands beside it; `wanted` asks for it to be seen, `done` says that it may go.
    """

    wanted = Signal()
    done = Signal()

    def __init__(
        self, session: Session, title: str, table: Table, form: BookForm, empty: tuple[str, str], *tools: QWidget
    ) -> None:
        """`empty` is what belongs here in a sentence, and an example of it."""
        new = button(form.title, self.begin, kind="small", icon="add")
        super().__init__(title, *((*tools, new) if title else ()), padding=12)
        self.table, self.form = table, form
        self.side = Side(session, form)
        self._begun = False
        self._empty = Empty(*empty, button(form.title, self.begin, icon="add"))
        self._new = new
        if not title:
            self.body.addLayout(row(*tools, None, new))
        self.body.addWidget(table, 1)
        self.body.addWidget(self._empty, 1)
        table.selected.connect(self._show)
        table.opened.connect(self._open)
        table.removed.connect(lambda item: (self._show(item), form.remove()))
        form.settled.connect(self._settle)
        form.resumes.connect(self._resume)

    @property
    def free(self) -> bool:
        """Whether the form may give way to what is selected: nothing is begun or typed in it."""
        return not self._begun and not self.form.dirty

    def show_rows(self, rows: Sequence[Any], keep: Callable[[Any], Any]) -> None:
        """Show these, or what belongs here where there are none."""
        with QSignalBlocker(self.table):
            self.table.set_rows(rows, keep=keep)
        for part, seen in ((self.table, bool(rows)), (self._new, bool(rows)), (self._empty, not rows)):
            part.setVisible(seen)

    def rest(self) -> bool:
        """Have the selected record read, the first where none is; whether there is anything to be seen beside."""
        if not self.free:
            return True
        item = self.table.rest_on_a_row()
        if item is not None:
            self._read(item)
        return item is not None

    def begin(self, values: Mapping[str, Any] | None = None) -> None:
        """A new record, with the cursor in its form."""
        self._begun = True
        self.table.rest_on_none()
        self.form.load(values or {})
        self.wanted.emit()
        self.side.edit()

    def open_record(self, record: int) -> None:
        """Have a record of this book changed, by its number."""
        with QSignalBlocker(self.table):
            found = self.table.choose(lambda item: item.id == record)
        if found:
            self._open(self.table.current())

    def _read(self, item: Any) -> None:
        self.form.load(dict(vars(item)))
        self.side.read(item, self.form.names)

    def _show(self, item: Any) -> None:
        if item is not None:
            self._begun = False
            self._read(item)
            self.wanted.emit()

    def _open(self, item: Any) -> None:
        self._show(item)
        self.side.edit()

    def _settle(self, record: int) -> None:
        """Show a record that was saved; 0 when the form is left or its record gone."""
        self._begun = False
        with QSignalBlocker(self.table):
            if record:
                self.table.choose(lambda item: item.id == record)
        if self.rest():
            self.wanted.emit()
        else:
            self.done.emit()

    def _resume(self) -> None:
        self._begun = True
        self.side.show_form()
        self.wanted.emit()
