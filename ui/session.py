"""The open ledger as the pages see it: the year that is shown, what is read once, and who is told of a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.ledger import YearLedger, load_year
from app.record import Record
from app.standing import Duty, standing
from app.store import Ledger, Vault
from ui.kit.messages import Toast
from ui.kit.tasks import Tasks
from ui.preferences import Preferences


class Session(QObject):
    """One open ledger file and the year the window shows."""

    changed = Signal()
    """After a commit, and after another year was chosen."""
    going = Signal(str, object)
    """Someone wants another page: its code and a hint."""
    look_changed = Signal()
    """Another look was chosen in the preferences."""
    leaving = Signal()
    """Another ledger is wanted: back to the welcome."""

    def __init__(
        self,
        vault: Vault,
        ledger: Ledger,
        path: Path,
        today: Callable[[], date],
        preferences: Preferences,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self.vault = vault
        self.ledger = ledger
        self.path = path
        self.today = today
        self.preferences = preferences
        self.tasks = tasks
        self.toast: Toast | None = None
        self._year = today().year
        self._shown: YearLedger | None = None
        self._duties: list[Duty] | None = None
        ledger.listeners.append(self._committed)

    @property
    def year(self) -> int:
        """The year that every page shows."""
        return self._year

    def show_year(self, year: int) -> None:
        """Let every page show another year; raises Refused for one before the regulations."""
        shown = load_year(self.ledger, year)
        self._year, self._shown, self._duties = year, shown, None
        self.changed.emit()

    def ledger_of_year(self) -> YearLedger:
        """The shown year, read once until something changes."""
        if self._shown is None:
            self._shown = load_year(self.ledger, self._year)
        return self._shown

    def duties(self) -> list[Duty]:
        """The year's standing as of today, computed once until something changes."""
        if self._duties is None:
            self._duties = standing(self.ledger_of_year(), self.today())
        return self._duties

    def reference_day(self) -> date:
        """The day the roster is shown as of."""
        return self.ledger_of_year().reference_day(self.today())

    def go(self, page: str, **hint: Any) -> None:
        """Ask the window for another page."""
        self.going.emit(page, hint)

    def say(self, text: str, back: Callable[[], object] | None = None) -> None:
        """A toast, with a way back where there is one."""
        if self.toast is not None:
            self.toast.show_text(text, back)

    def close(self) -> None:
        """Close the file."""
        self.ledger.listeners.clear()
        self.ledger.close()

    def _committed(self, kinds: frozenset[type[Record]]) -> None:
        del kinds
        self._shown = self._duties = None
        self.changed.emit()
