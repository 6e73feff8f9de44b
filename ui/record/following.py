"""Which leads of a list and the form beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from ui.kit.table import Table
from ui.record.form import RecordForm


class Following(QObject):
    """A form shows what is selected in the list beside it, unless a record is begun or something is typed in it.

    `show` has a row shown, `is_record` tells whether a row is the record of a number. `first` says which row is rested
    on where none is selected; the first of the list where it says none.
    """

    rested = Signal(bool)
    """A record was saved, left or removed, and the form follows again: whether there is a row for it to show."""

    def __init__(
        self,
        table: Table,
        form: RecordForm,
        show: Callable[[Any], object],
        is_record: Callable[[Any, int], bool] = lambda item, number: item.id == number,
        first: Callable[[Any], bool] | None = None,
    ) -> None:
        super().__init__(table)
        self._table, self._form = table, form
        self._show, self._is_record, self._first = show, is_record, first
        self._begun = False
        form.settled.connect(self._settle)
        form.resumes.connect(self._resume)

    @property
    def free(self) -> bool:
        """Whether the form may give way to what is selected."""
        return not self._begun and not self._form.dirty

    def follow(self, item: Any) -> None:
        """Show a row that was chosen; None changes nothing."""
        if item is not None:
            self._begun = False
            self._show(item)

    def begin(self) -> None:
        """A new record is begun: no row is selected until it is saved or left."""
        self._begun = True
        self._table.rest_on_none()

    def forget(self) -> None:
        """What was begun is not gone on with."""
        self._begun = False

    def choose(self, number: int) -> bool:
        """Select the row of a record, telling nobody; whether there is one."""
        with QSignalBlocker(self._table):
            return self._table.choose(lambda item: self._is_record(item, number))

    def rest(self) -> bool:
        """Have the selected row shown, or one that is rested on; whether there is anything to be seen in the form."""
        if not self.free:
            return True
        if self._first is not None and self._table.current() is None:
            with QSignalBlocker(self._table):
                self._table.choose(self._first)
        item = self._table.rest_on_a_row()
        self.follow(item)
        return item is not None

    def _settle(self, number: int) -> None:
        self._begun = False
        if number:
            self.choose(number)
        self.rested.emit(self.rest())

    def _resume(self) -> None:
        self._begun = True
