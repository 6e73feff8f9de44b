"""What stands where a list is empty: what belongs there, an example of it, and the way to the first one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.kit.basic import label, row
from ui.kit.theme import theme


class Empty(QWidget):
    """One sentence, an example below it, and the buttons with which the list begins."""

    def __init__(self, text: str = "", example: str = "", *buttons: QPushButton) -> None:
        super().__init__()
        look = theme()
        self._text = label("", "secondary", wrap=True)
        self._example = label("", "caption", wrap=True)
        self.buttons = buttons
        box = QVBoxLayout(self)
        box.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        box.setSpacing(look.px(8))
        box.setAlignment(Qt.AlignmentFlag.AlignTop)
        box.addWidget(self._text)
        box.addWidget(self._example)
        if buttons:
            box.addLayout(row(*buttons, None))
        box.addStretch(1)
        self.show_text(text, example)

    def show_text(self, text: str, example: str = "") -> None:
        """Say what belongs here."""
        self._text.setText(text)
        self._example.setText(f"例如：{example}" if example else "")
        self._example.setVisible(bool(example))

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()
