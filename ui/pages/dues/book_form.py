"""A small form beside a list of the books: remittances, notices, entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.record import Problem, Record
from ui.house.session import Session
from ui.kit.record_fields import Fields
from ui.record.form import RecordForm


class BookForm(RecordForm):
    """A small form beside a list of records of one kind."""

    def __init__(
        self,
        session: Session,
        view: str,
        title: str,
        kind: type[Record],
        fields: Fields,
        check: Callable[[Any], list[Problem]],
        save: Callable[[Any], Record],
        remove: Callable[[Any], object],
        begins: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        """`begins` is what a new record begins with."""
        self.view, self.title, self.names = view, title, fields.names
        self._begins = begins
        self._check, self._save, self._take_away = check, save, remove
        super().__init__(session, "dues", title, kind, fields, padding=14)

    def check(self, record: Any) -> list[Problem]:
        """What the book finds."""
        return self._check(record)

    def store(self, record: Any) -> Record:
        """Into the book."""
        return self._save(record)

    def take_away(self, record: Any) -> None:
        """Out of the book."""
        self._take_away(record)

    def draft_title(self) -> str:
        return self.title

    def begins(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The usual day and month of a new record."""
        return {**self._begins(), **values}

    def fill(self, values: Mapping[str, Any]) -> None:
        del values
        self.heading.setText(f"修改{self._kind.called}" if self.record else self.title)
