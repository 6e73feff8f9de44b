"""A hand on the keyboard of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


class Keys:
    """Types on whatever has the focus, and counts the strokes; Chinese comes from an input method in one."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.strokes = 0

    def _target(self) -> QWidget:
        QApplication.processEvents()
        return QApplication.focusWidget() or self.window

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1
    ) -> None:
        for _ in range(times):
            self.strokes += 1
            QTest.keyClick(self._target(), key, modifier)

    def type(self, text: str) -> None:
        target = self._target()
        if text.isascii():
            for char in text:
                self.strokes += 1
                QTest.keyClick(self._target(), char)
        elif isinstance(target, QLineEdit):
            target.insert(text)
        else:
            assert isinstance(target, QPlainTextEdit)
            target.insertPlainText(text)

    def tab_to(self, name: str) -> None:
        for _ in range(60):
            if self._target().accessibleName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {name}")
