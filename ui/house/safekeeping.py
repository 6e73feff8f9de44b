"""Backups of the open ledger: when they are made, where they also go, and what the side bar says of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.backups import Backup, BackupReason, last_verified
from app.errors import AppError
from app.store import Vault
from ui.house.preferences import Preferences
from ui.kit.tasks import Tasks

SECOND_DAYS = 14


class Safekeeping(QObject):
    """The backups of one open ledger. Automatic ones are made by the worker; `told` says that something is new."""

    told = Signal()

    def __init__(
        self, vault: Vault, path: Path, today: Callable[[], date], preferences: Preferences, tasks: Tasks
    ) -> None:
        super().__init__()
        self._vault = vault
        self._path = path
        self._today = today
        self._preferences = preferences
        self._tasks = tasks
        self.restored = False
        """After a restore no backup is removed until the program is closed: the good one must not be pushed out."""
        self.changed = False
        self.trouble = ""
        self.faults: list[str] = []
        self.list: list[Backup] = vault.backups(path)

    @property
    def last(self) -> Backup | None:
        """The newest backup that counts."""
        return last_verified(self.list)

    def note_change(self) -> None:
        """Something was saved: the first time on a day a backup is made."""
        self.changed = True
        last = self.last
        if last is None or last.made_at.date() != self._today():
            QTimer.singleShot(0, self, self._daily)

    def _daily(self) -> None:
        last = self.last
        if not self._tasks.busy and (last is None or last.made_at.date() != self._today()):
            self._tasks.start(lambda: self._make(BackupReason.DAILY), self._made, self._failed, owner=self)

    def now(self, reason: BackupReason) -> Backup:
        """Make a backup at once; raises StorageTrouble."""
        self._made(self._make(reason))
        return self.list[0]

    def _make(self, reason: BackupReason) -> tuple[list[Backup], str]:
        """Make, bring to the second place, thin out; returns the backups, and where one was also brought."""
        made = self._vault.backup(self._path, reason)
        brought = ""
        second = self._preferences.second_place
        if second and Path(second).is_dir():
            try:
                self._vault.copy_to(made, Path(second) / self._path.stem)
                brought = made.made_at.date().isoformat()
            except AppError:
                brought = ""
        if not self.restored:
            self._vault.thin_out(self._path)
        return self._vault.backups(self._path), brought

    def _made(self, result: tuple[list[Backup], str]) -> None:
        self.list, brought = result
        self.changed = False
        self.trouble = ""
        if brought:
            self._preferences.second_at = brought
            self._preferences.save()
        self.told.emit()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, AppError):
            raise error
        self.trouble = str(error)
        self.told.emit()

    def inspect(self) -> None:
        """Compare the file with how it was left, in the background."""
        self._tasks.start(lambda: self._vault.inspect(self._path), self._inspected, self._failed, owner=self)

    def _inspected(self, faults: list[str]) -> None:
        self.faults = faults
        if faults:
            self.told.emit()

    def in_words(self, today: date) -> tuple[str, str]:
        """What the side bar says: a text, and its tone (ok, due, missing)."""
        if self.trouble:
            return "备份没有做成", "missing"
        last = self.last
        if last is None:
            return "还没有备份", "due"
        days = (today - last.made_at.date()).days
        when = f"{last.made_at:%H:%M}" if days == 0 else f"{last.made_at.month}月{last.made_at.day}日"
        second = self._preferences.second_place
        if second and self._second_days(today) > SECOND_DAYS:
            return "请插U盘备份", "due"
        return f"已备份 {'今天 ' if days == 0 else ''}{when}", "ok"

    def _second_days(self, today: date) -> int:
        """Days since the second place had a backup."""
        try:
            return (today - date.fromisoformat(self._preferences.second_at)).days
        except ValueError:
            return SECOND_DAYS + 1
