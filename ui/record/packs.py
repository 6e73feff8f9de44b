"""What comes as a pack, in the window: one of those that are kept is chosen; shipped ones are begun with a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QVBoxLayout, QWidget

from ui.kit.basic import Card, button, label, row, scrolled
from ui.kit.theme import theme


class PackChoice(QComboBox):
    """The choice of one of those that are kept; emits the code of the chosen one."""

    chosen = Signal(str)

    def __init__(self, name: str, width: int = 240) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumWidth(theme().px(width))
        self.activated.connect(lambda _: self.chosen.emit(self.current))

    @property
    def current(self) -> str:
        """The code that is chosen."""
        return self.currentData() or ""

    def choose(self, code: str) -> None:
        """Choose one, without a signal."""
        self.setCurrentIndex(max(0, self.findData(code)))

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """What there is to choose from, by code; the chosen one stays chosen."""
        was = self.current
        self.clear()
        for code, text in options:
            self.addItem(text, code)
        self.choose(was)


def pack_menu(
    anchor: QPushButton,
    packs: Sequence[tuple[str, Callable[[], object]]],
    own: str,
    add_own: Callable[[], object],
    choose_file: Callable[[], object],
) -> QMenu:
    """The menu of a button: those that are not kept yet by title, one of the own branch, one from a file."""
    menu = QMenu(anchor)
    for title, begin in packs:
        menu.addAction(title, begin)
    menu.addSeparator()
    menu.addAction(own, add_own)
    menu.addAction("从文件加入…", choose_file)
    return menu


def gallery(
    told: str,
    own: str,
    add_own: Callable[[], object],
    choose_file: Callable[[], object],
    packs: Sequence[tuple[str, str, Callable[[], object]]],
) -> QWidget:
    """Everything that is shipped, each with its title, its purpose and a button that begins it."""
    inner = QWidget()
    box = QVBoxLayout(inner)
    box.setSpacing(theme().px(8))
    box.addWidget(label(told, "secondary", wrap=True))
    box.addLayout(row(button(own, add_own, icon="add"), button("从文件加入…", choose_file, icon="folder_open"), None))
    for title, purpose, begin in packs:
        card = Card(padding=12)
        start = button("启用", begin, kind="small", icon="add")
        start.setAccessibleName(f"启用{title}")
        card.body.addLayout(row(label(title, "head"), None, start))
        card.body.addWidget(label(purpose, "secondary", wrap=True))
        box.addWidget(card)
    box.addStretch(1)
    return scrolled(inner)
