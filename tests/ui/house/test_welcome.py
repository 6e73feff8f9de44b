"""The first screen and the steps of a new ledger, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from app.errors import Damaged
from db.vault import FileVault
from tests.ui.conftest import TODAY
from ui.house.application import make_application
from ui.house.desk import Desk
from ui.house.preferences import Preferences
from ui.house.unlock import Unlock
from ui.house.welcome import Welcome, Wizard
from ui.house.window import Window


@pytest.fixture
def starting(vault: FileVault, tmp_path: Path, qtbot) -> Desk:
    """The program as it starts: its window is there, empty and active, before anything comes into it."""
    preferences = Preferences(folder=str(tmp_path / "支部台账"))
    make_application(preferences)
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return Desk(vault, lambda: TODAY, preferences, window)


def focused() -> QWidget:
    """What the next key goes to."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def write(words: str) -> None:
    field = focused()
    assert isinstance(field, QLineEdit)
    field.insert(words)


def press(qtbot, key: Qt.Key = Qt.Key.Key_Return) -> None:
    qtbot.keyClick(focused(), key)


def test_enter_begins_a_ledger_though_the_empty_window_had_the_focus_before(starting: Desk, qtbot) -> None:
    """The window is painted and active, as at every start, before the welcome comes into it."""
    starting.show_welcome()
    press(qtbot)
    assert starting.window.findChild(Wizard) is not None


def test_a_ledger_is_made_with_enter_alone(desk: Desk, qtbot) -> None:
    desk.window.activateWindow()
    qtbot.waitActive(desk.window)
    desk.show_welcome()
    press(qtbot)
    press(qtbot)
    wizard = desk.window.findChild(Wizard)
    assert isinstance(wizard, Wizard)
    assert wizard.name.fault == "请填写支部名称"
    write("机关第三党支部")
    press(qtbot)
    write("赵一")
    press(qtbot)
    press(qtbot)
    write("correct horse")
    press(qtbot)
    assert wizard.again.editor.hasFocus()
    write("correct horse")
    press(qtbot)
    assert desk.workspace is not None
    assert desk.session is not None and desk.session.path.stem == "机关第三党支部"
    assert desk.vault.locked_by_password(desk.session.path)


def test_a_password_is_typed_at_once_though_the_empty_window_had_the_focus(starting: Desk, tmp_path: Path) -> None:
    path = tmp_path / "甲支部.zbtz"
    starting.vault.create(path, "correct horse").close()
    starting.ask_password(path, lambda _: None)
    assert isinstance(starting.window.centralWidget(), Unlock)
    write("correct horse")


def test_leaving_the_wizard_gives_the_keyboard_back_to_the_first_screen(desk: Desk, qtbot) -> None:
    desk.window.activateWindow()
    qtbot.waitActive(desk.window)
    desk.show_welcome()
    press(qtbot)
    shown = desk.window.centralWidget()
    assert isinstance(shown, Welcome)
    shown.back()
    button = focused()
    assert isinstance(button, QPushButton) and button.text() == "新建台账"


def test_a_ledger_that_does_not_open_can_be_tried_again_with_enter(desk: Desk, qtbot, tmp_path: Path) -> None:
    desk.window.activateWindow()
    qtbot.waitActive(desk.window)
    desk._rescue(tmp_path / "甲.zbtz", Damaged("打不开。"))
    button = focused()
    assert isinstance(button, QPushButton) and button.text() == "重试"
