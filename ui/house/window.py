"""The one window. It knows no ledger, so that it can be painted before anything is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from app import PROGRAM

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent


class Window(QMainWindow):
    """The one window: empty at first, then the welcome or the workspace of the open ledger."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(PROGRAM)
        self.setMinimumSize(1080, 640)
        self.resize(1366, 728)
        self.closing: Callable[[], bool] = lambda: True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave only when whoever fills the window agrees."""
        if self.closing():
            super().closeEvent(event)
        else:
            event.ignore()
