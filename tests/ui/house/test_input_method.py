"""Which input method Qt is asked for on desktops that ask for one it has no plug-in for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ui.house.input_method import choose, ibus_is_served, needs_portal


@pytest.mark.parametrize(
    ("asked", "plugins", "served", "chosen"),
    [
        ("fcitx", {"ibus", "compose"}, True, "ibus"),
        ("fcitx", {"ibus", "compose"}, False, ""),
        ("fcitx", {"ibus", "fcitx"}, True, ""),
        ("ibus", {"ibus"}, True, ""),
        ("fcitx5;ibus", {"ibus"}, True, ""),
        ("", {"ibus"}, True, ""),
        ("fcitx", set(), True, ""),
    ],
)
def test_an_input_method_that_works_is_taken_and_one_that_works_already_is_left(asked, plugins, served, chosen) -> None:
    assert choose({"QT_IM_MODULE": asked}, lambda: plugins, lambda _: served) == chosen


def test_a_daemon_is_known_by_its_note_as_long_as_it_runs(tmp_path: Path) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert not ibus_is_served(environment)
    folder = tmp_path / "ibus" / "bus"
    folder.mkdir(parents=True)
    note = folder / "0123-unix-0"
    note.write_text(f"IBUS_ADDRESS=unix:path=/tmp/x\nIBUS_DAEMON_PID={os.getpid()}\n", "utf-8")
    assert ibus_is_served(environment) is Path("/proc", str(os.getpid())).exists()
    note.write_text("IBUS_ADDRESS=unix:path=/tmp/x\nIBUS_DAEMON_PID=999999999\n", "utf-8")
    assert not ibus_is_served(environment)


def test_enter_presses_the_button_that_has_the_focus(qtbot) -> None:
    from PySide6.QtCore import Qt

    from ui.kit.basic import button

    pressed: list[int] = []
    made = button("新建台账", lambda: pressed.append(1))
    qtbot.addWidget(made)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(made, key)
    assert len(pressed) == 3


@pytest.mark.parametrize(
    ("used", "served", "installed", "told", "wanted"),
    [
        ("ibus", True, False, {}, True),
        ("ibus", True, True, {}, False),
        ("ibus", False, False, {}, False),
        ("fcitx", True, False, {}, False),
        ("ibus", True, False, {"IBUS_USE_PORTAL": "0"}, False),
    ],
)
def test_a_daemon_that_speaks_ibus_is_found_though_ibus_is_not_installed(used, served, installed, told, wanted) -> None:
    assert needs_portal(told, used, served=served, installed=installed) is wanted
