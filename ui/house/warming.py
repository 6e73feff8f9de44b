"""What pages need is imported while nobody waits for it, so that the first click on each shows it at once."""

from __future__ import annotations

import importlib
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from ui.house.entries import PAGES, SETTINGS

WARM_AFTER = 2500  # ms: when the first screen has long been painted and the file was looked over
PAUSE = 40  # ms between two imports, in which what is typed is heard
# What many pages share, in pieces that nobody notices; then the pages.
MODULES = (
    "pypinyin",
    "app.exchange.words",
    "app.exchange.branches",
    "app.exchange.member_rows",
    "app.exchange.dues",
    "app.exchange.tables",
    "app.reports.catalogue",
    *(f"ui.pages.{entry.code}" for entry in (*PAGES, SETTINGS)),
)


def warm_up(owner: QObject, modules: Iterable[str] = MODULES, after: int = WARM_AFTER) -> None:
    """Import modules one after the other while `owner` lives, beginning `after` ms from now."""
    rest = iter(modules)

    def step() -> None:
        name = next(rest, None)
        if name is not None:
            importlib.import_module(name)
            QTimer.singleShot(PAUSE, owner, step)

    QTimer.singleShot(after, owner, step)
