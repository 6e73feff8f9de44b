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
from ui.record.following import Following
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
        self.following = Following(table, form, self._read)
        self._empty = Empty(*empty, button(form.title, self.begin, icon="add"))
        self._new = new
        if not title:
            self.body.addLayout(row(*tools, None, new))
        self.body.addWidget(table, 1)
        self.body.addWidget(self._empty, 1)
        table.selected.connect(self._show)
        table.opened.connect(self._open)
        table.removed.connect(lambda item: (self._show(item), form.remove()))
        self.following.rested.connect(lambda seen: (self.wanted if seen else self.done).emit())
        form.resumes.connect(self._resume)

    def show_rows(self, rows: Sequence[Any], keep: Callable[[Any], Any]) -> None:
        """Show these, or what belongs here where there are none."""
        with QSignalBlocker(self.table):
            self.table.set_rows(rows, keep=keep)
        for part, seen in ((self.table, bool(rows)), (self._new, bool(rows)), (self._empty, not rows)):
            part.setVisible(seen)

    def begin(self, values: Mapping[str, Any] | None = None) -> None:
        """A new record, with the cursor in its form."""
        self.following.begin()
        self.form.load(values or {})
        self.wanted.emit()
        self.side.edit()

    def open_record(self, record: int) -> None:
        """Have a record of this book changed, by its number."""
        if self.following.choose(record):
            self._open(self.table.current())

    def _read(self, item: Any) -> None:
        self.form.load(dict(vars(item)))
        self.side.read(item, self.form.names)

    def _show(self, item: Any) -> None:
        if item is not None:
            self.following.follow(item)
            self.wanted.emit()

    def _open(self, item: Any) -> None:
        self._show(item)
        self.side.edit()

    def _resume(self) -> None:
        self.side.show_form()
        self.wanted.emit()
