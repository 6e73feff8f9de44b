"""What the window can do, as the screens see it that stand in its place: welcome, rescue and lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from app.backups import Backup
from app.errors import AppError
from app.store import Vault
from ui.house.preferences import Preferences
from ui.house.session import Session
from ui.house.window import Window
from ui.house.workspace import Workspace
from ui.kit.tasks import Tasks

if TYPE_CHECKING:
    from app.collection.collection import Collections


class Host(Protocol):
    """Opens, shows and puts away; `Desk` is the one there is."""

    vault: Vault
    collections: Collections | None
    today: Callable[[], date]
    preferences: Preferences
    tasks: Tasks
    session: Session | None
    window: Window

    @property
    def workspace(self) -> Workspace | None:
        """The workspace, when a ledger is open."""
        ...

    def open(self, path: Path, password: str = "") -> bool:
        """Open a ledger file in the window; raises AppError."""
        ...

    def try_open(self, path: Path) -> bool:
        """Open a ledger file, ask for its password, or offer its backups."""
        ...

    def put_away(self) -> None:
        """Close the open ledger."""
        ...

    def choose_file(self) -> Path | None:
        """Ask for a ledger file."""
        ...

    def ask_password(self, path: Path, use: Callable[[str], object]) -> None:
        """Ask for the password of a file and do something with it."""
        ...

    def restore_and_open(self, backup: Backup, path: Path, password: str = "") -> None:
        """Restore a ledger that is not open, and open it; raises AppError."""
        ...

    def open_collection(self, path: Path) -> None:
        """Open a collection of branches, or begin one; raises AppError."""
        ...

    def show_content(self, content: QWidget) -> None:
        """Fill the window with something else than the workspace."""
        ...

    def show_welcome(self, fault: AppError | None = None) -> None:
        """Show the first screen."""
        ...
