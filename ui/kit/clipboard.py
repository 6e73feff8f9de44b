"""What is copied for another program and is personal: kept out of Windows' clipboard history, and gone in a minute."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

BRIEFLY = 60_000
"""Milliseconds for which it can be pasted."""
HISTORY = ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard", "ExcludeClipboardContentFromMonitorProcessing")
"""The formats by which a program asks Windows to keep a content to itself; each holds a number that is zero."""


def private(made: QMimeData) -> QMimeData:
    """A content that Windows keeps out of its clipboard history and off other machines."""
    for name in HISTORY:
        made.setData(f'application/x-qt-windows-mime;value="{name}"', bytes(4))
    return made


def copy_briefly(text: str) -> None:
    """Put a personal text on the clipboard, for a minute."""
    made = QMimeData()
    made.setText(text)
    board = QGuiApplication.clipboard()
    board.setMimeData(private(made))
    QTimer.singleShot(BRIEFLY, board, lambda: forget(text))


def forget(text: str) -> None:
    """Take a text off the clipboard, unless something else was copied since."""
    board = QGuiApplication.clipboard()
    if board.text() == text:
        board.clear()
