"""A small form beside a list of the books: remittances, notices, entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.record import Problem, Record
from ui.house.session import Session
from ui.kit.record_form import Fields
from ui.record.record_card import RecordCard

Save = Callable[[Any], object]


class BookForm(RecordCard):
    """A small form beside a list of records of one kind."""

    def __init__(
        self,
        session: Session,
        view: str,
        title: str,
        kind: type[Record],
        fields: Fields,
        check: Callable[[Any], list[Problem]],
        save: Save,
        remove: Save,
    ) -> None:
        super().__init__(session, "dues", title, kind, fields, padding=14)
        self._view, self._title = view, title
        self._check, self._save, self._take_away = check, save, remove

    def check(self, record: Any) -> list[Problem]:
        """What the book finds."""
        return self._check(record)

    def store(self, record: Any) -> None:
        """Into the book."""
        self._save(record)

    def take_away(self, record: Any) -> None:
        """Out of the book."""
        self._take_away(record)

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return {"title": self._title, "view": self._view, "kind": self._kind.__name__, "texts": self.form.texts()}
