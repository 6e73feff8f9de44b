"""What the pages of a collection share: the open file, the year that is shown, what was asked of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.collection.collection import Collection, Collections
from app.collection.overview import Overview, Span, overview, spans
from ui.kit.tasks import Tasks


class Office(QObject):
    """An open collection. `changed` is emitted when something was collected or another year is shown."""

    changed = Signal()
    said = Signal(str)
    branch_wanted = Signal(int)
    """A branch is to be shown, by the number of its source."""

    def __init__(self, collections: Collections, path: Path, today: Callable[[], date], tasks: Tasks) -> None:
        """Open the file, or make it where there is none; raises AppError."""
        super().__init__()
        self.collections = collections
        self.path = path
        self.today = today
        self.tasks = tasks
        self.collection: Collection = collections.open(path) if path.exists() else collections.create(path)
        self.years: list[int] = []
        self.year = today().year
        self._known: dict[Span, Overview] = {}
        self.renew()

    def renew(self) -> None:
        """Look at the file anew."""
        self._known.clear()
        self.years = [year for year, _ in self.collection.ask("years")]
        if self.years and self.year not in self.years:
            self.year = self.years[0]
        self.changed.emit()

    def show_year(self, year: int) -> None:
        """Show another year."""
        self.year = year
        self._known.clear()
        self.changed.emit()

    def overview(self, span: Span | None = None) -> Overview:
        """Every branch of the shown year over a span, the whole year where none is given."""
        wanted = span or spans(self.year)[0]
        if wanted not in self._known:
            self._known[wanted] = overview(self.collection, self.year, wanted)
        return self._known[wanted]

    def close(self) -> None:
        """Close the file."""
        self.collection.close()
