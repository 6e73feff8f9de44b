"""A personal text on the clipboard is there for a minute, and Windows is asked to keep no copy."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

import ui.kit.clipboard as clipboard_module
from ui.kit.clipboard import HISTORY, copy_briefly, forget, private


def test_what_is_copied_briefly_is_gone_when_its_time_is_over(qtbot, monkeypatch) -> None:
    monkeypatch.setattr(clipboard_module, "BRIEFLY", 20)
    copy_briefly("430199199001011234")
    assert QGuiApplication.clipboard().text() == "430199199001011234"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")


def test_what_somebody_copied_since_stays(qtbot) -> None:
    copy_briefly("430199199001011234")
    QGuiApplication.clipboard().setText("别的内容")
    forget("430199199001011234")
    assert QGuiApplication.clipboard().text() == "别的内容"


def test_windows_is_asked_to_leave_it_out_of_its_history() -> None:
    made = private(QMimeData())
    for name in HISTORY:
        assert bytes(made.data(f'application/x-qt-windows-mime;value="{name}"')) == b"\0\0\0\0"
