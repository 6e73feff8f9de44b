"""The open ledger as the pages see it: the year that is shown, what is read once, and who is told of a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.record import Record
from app.store import Ledger, Vault
from app.year.ledger import YearLedger, load_year
from app.year.standing import Duty, standing
from ui.house.attachment_reader import AttachmentReader
from ui.house.preferences import Preferences
from ui.house.safekeeping import Safekeeping
from ui.house.ways import Place
from ui.kit.messages import Toast
from ui.kit.tasks import Tasks


class Session(QObject):
    """One open ledger file and the year the window shows."""

    changed = Signal()
    """After a commit, and after another year was chosen."""
    going = Signal(object)
    """Someone wants to go somewhere: a `Place`."""
    look_changed = Signal()
    """Another look was chosen in the preferences."""
    keeping = Signal()
    """Drafts are to be kept now."""
    restoring = Signal(object)
    """A backup is to take the place of the open ledger."""
    locking = Signal()
    """The ledger is to be hidden behind its password."""
    password_wanted = Signal(bool)
    """The password is to be set or changed (True), or removed."""
    did = Signal(str)
    """Something was done that leaves no trace in the records: a "search", a "paper"."""
    course_wanted = Signal()
    """The course for a new clerk is to be shown."""
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
        self.safekeeping = Safekeeping(vault, path, today, preferences, tasks)
        self.drafts = vault.drafts(path)
        self.attached = AttachmentReader(ledger, lambda: vault.attachment_texts(path), tasks)
        self._year = today().year
        self._shown: YearLedger | None = None
        ledger.listeners.append(self._committed)

    @property
    def year(self) -> int:
        """The year that every page shows."""
        return self._year

    def show_year(self, year: int) -> None:
        """Let every page show another year; raises Refused for one before the regulations."""
        shown = load_year(self.ledger, year)
        self._year, self._shown = year, shown
        self.changed.emit()

    def ledger_of_year(self) -> YearLedger:
        """The shown year, read once until something changes."""
        if self._shown is None:
            self._shown = load_year(self.ledger, self._year)
        return self._shown

    def duties(self) -> list[Duty]:
        """The year's standing as of today."""
        return standing(self.ledger_of_year(), self.today())

    def reference_day(self) -> date:
        """The day the roster is shown as of."""
        return self.ledger_of_year().reference_day(self.today())

    def go(self, place: Place) -> None:
        """Ask the window to go somewhere."""
        self.going.emit(place)

    def say(self, text: str, *, undo: bool = False, more: tuple[str, Callable[[], object]] | None = None) -> None:
        """A toast; with `undo` it offers to take back what was done last, with `more` something else."""
        if self.toast is not None:
            last, _ = self.ledger.history.head()
            self.toast.show_text(text, (lambda: self.take_back(last)) if undo else None, more)

    def keep_draft(self) -> None:
        """Keep what is being typed at once, not only with the next beat of the clock."""
        self.keeping.emit()

    def take_back(self, action: int) -> None:
        """Undo one action: the last one as Ctrl+Z does, an older one by an action of its own."""
        history = self.ledger.history
        try:
            name = history.action(action).name
            if history.head()[0] == action:
                history.undo()
            else:
                history.take_back(action)
            self.say(f"已撤销：{name}")
        except AppError as error:
            self.say(str(error))

    def step(self, *, back: bool) -> None:
        """One step back (Ctrl+Z) or forth (Ctrl+Y) in what was done to the records."""
        history = self.ledger.history
        try:
            action = history.undo() if back else history.redo()
        except AppError as error:
            self.say(str(error))
            return
        if action is None:
            self.say("没有可以撤销的操作" if back else "没有可以重做的操作")
        else:
            self.say(f"已{'撤销' if back else '重做'}：{action.name}")

    @property
    def secret(self) -> bool:
        """Whether the ledger has a password."""
        return not self.vault.right_password(self.path, "")

    def close(self) -> None:
        """Close the file."""
        self.ledger.listeners.clear()
        self.drafts.close()
        self.attached.close()
        self.ledger.close()

    def _committed(self, kinds: frozenset[type[Record]]) -> None:
        del kinds
        self.safekeeping.note_change()
        self._shown = None
        self.changed.emit()
