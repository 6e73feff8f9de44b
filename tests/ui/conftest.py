from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.sample.year import Plan
from db.vault import FileVault
from ui.house.application import make_application
from ui.house.desk import Desk
from ui.house.preferences import Preferences
from ui.house.ways import Place, ToView
from ui.house.workspace import Workspace

TODAY = date(2026, 7, 16)


@pytest.fixture
def desk(vault: FileVault, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """The program with its window at the welcome, keeping its files below the test's own folder."""
    preferences = Preferences(folder=str(tmp_path / "支部台账"))
    make_application(preferences)
    made = Desk(vault, lambda: TODAY, preferences)
    made.show_welcome()
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    if made.workspace:
        made.workspace.page.leave = lambda: True
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # What a window leaves behind would be drawn anew at each look of the next ones.
    del made
    gc.collect()
    gc.freeze()  # what lives on is not looked at again after each test


@pytest.fixture
def workspace(desk: Desk, tmp_path: Path, sample_file: Callable[[Plan, Path], Path]) -> Workspace:
    """The window on the invented branch."""
    desk.open(sample_file(Plan(2, 24, 1, TODAY), tmp_path / "示例支部.zbtz"))
    shown = desk.workspace
    assert shown is not None
    return shown


@pytest.fixture
def page(workspace: Workspace):
    """Go to a page as a button would, to a view of it or to a place, and give the page that is shown."""

    def show(place: str | Place, view: str = ""):
        workspace.go(ToView(place, view) if isinstance(place, str) else place)
        return workspace.page

    return show
