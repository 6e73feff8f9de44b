"""A filter of which exactly one is on: buttons beside each other, a list where there is no room."""

# The stubs of Qt leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QSizePolicy, QWidget

from ui.kit.basic import button, row
from ui.kit.theme import theme


class Segmented(QWidget):
    """A filter of which exactly one is on; emits the key that was chosen."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self.setLayout(row(spacing=0))
        for number, (key, text) in enumerate(options):
            made = button(text, kind="segment")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setProperty("edge", "first" if not number else "last" if number == len(options) - 1 else "")
            made.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(made)
            self._buttons[key] = made
            self.layout().addWidget(made)
        # Where there is not room for all, they become a list to choose from.
        self._list = QComboBox(self)
        self._list.hide()
        self._list.activated.connect(lambda at: self._take(at))
        self.layout().addWidget(self._list)
        if options:
            self._buttons[options[0][0]].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The width of all of them side by side."""
        sizes = [made.sizeHint() for made in self._buttons.values()]
        return QSize(sum(size.width() for size in sizes), max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """What the list to choose from needs."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), theme().px(120)), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self.sizeHint().width()
        # Each change of what is seen lays the whole page out anew.
        if narrow is self._list.isHidden():
            for made in self._buttons.values():
                made.setVisible(not narrow)
            self._list.setVisible(narrow)
        if narrow:
            self._list.clear()
            self._list.addItems([made.text() for made in self._buttons.values()])
            self._list.setCurrentIndex(list(self._buttons).index(self.current))
            self._list.setAccessibleName(self.accessibleName() or "显示哪些")

    def _take(self, at: int) -> None:
        list(self._buttons.values())[at].click()

    @property
    def current(self) -> str:
        """The key that is on."""
        return next((key for key, made in self._buttons.items() if made.isChecked()), "")

    def choose(self, key: str) -> None:
        """Turn one on, without a signal."""
        self._buttons[key].setChecked(True)
        self._list.setCurrentIndex(list(self._buttons).index(key))

    def set_text(self, key: str, text: str) -> None:
        """Change what an option says, its count mostly."""
        self._buttons[key].setText(text)
        self._buttons[key].setAccessibleName(text)
        self.updateGeometry()
        # When the page has given it the room that the new words need.
        QTimer.singleShot(0, self, self._fit)
