"""The anatomy every page shares: title with a line of facts, actions, a message bar, the body."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from ui.kit.basic import button, label
from ui.kit.messages import Bar
from ui.kit.theme import theme


class Page(QWidget):
    """A page of the window. Subclasses build their body once and fill it in `refresh`."""

    title = ""
    beside = ""
    """The page whose line in the side bar is marked while this one is shown; its own where nothing is said."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look = theme()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(look.px(24), look.px(14), look.px(24), look.px(16))
        self._outer.setSpacing(look.px(12))
        self.head = QHBoxLayout()
        self.head.setSpacing(look.px(8))
        self.head_title = label(self.title, "title")
        self.head_facts = label("", "secondary")
        self.tabs: list[QPushButton] = []
        """The pages beside this one, in its head; the present one is marked."""
        self.head.addWidget(self.head_title)
        self.head.addSpacing(look.px(4))
        self.head.addWidget(self.head_facts)
        self.head.addStretch(1)
        self._outer.addLayout(self.head)
        self.bar = Bar()
        self._outer.addWidget(self.bar)
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px(12))
        self._outer.addLayout(self.body, 1)
        self._primary: QPushButton | None = None
        self._head_buttons: list[QPushButton] = []

    def show_tabs(self, pages: Sequence[tuple[str, str]], current: str, go: Callable[[str], object]) -> None:
        """Have the pages beside this one in its head, by code and title, in place of its own title."""
        self.head_title.hide()
        for place, (code, title) in enumerate(pages):
            made = button(title, lambda code=code: go(code), kind="tab")
            made.setProperty("current", code == current)
            made.setAccessibleDescription("当前页面" if code == current else "")
            self.tabs.append(made)
            self.head.insertWidget(place, made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_actions()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit_actions()

    def fit_actions(self) -> None:
        """Show the actions with their words; where there is not room for all, the first ones as icons alone."""
        margins = self._outer.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for made in self._head_buttons:
            if not made.text() and made.property("words"):
                made.setText(made.property("words"))
        for made in self._head_buttons:
            self.head.invalidate()
            if self.head.minimumSize().width() <= room:
                return
            if made is self._primary or made.icon().isNull() or not made.isVisibleTo(self):
                continue
            made.setProperty("words", made.text())
            if not made.toolTip():
                made.setToolTip(made.text())
            made.setText("")

    def add_action(self, made: QPushButton) -> QPushButton:
        """Put a button at the top right; a primary one answers Ctrl+N and stays the last."""
        place = self.head.count() if self._primary is None else self.head.indexOf(self._primary)
        self.head.insertWidget(place, made)
        self._head_buttons.append(made)
        if made.property("kind") == "primary":
            self._primary = made
        return made

    def primary(self) -> None:
        """Do the page's main thing (Ctrl+N)."""
        if self._primary is not None and self._primary.isVisible() and self._primary.isEnabled():
            self._primary.click()

    def focus_filter(self) -> None:
        """Put the cursor into the page's filter (Ctrl+F), where it has one."""
        box = getattr(self, "filter_box", None)
        if box is not None:
            box.setFocus()
            box.selectAll()

    def refresh(self) -> None:
        """Show what the ledger says now."""

    def open_with(self, place: Any) -> None:
        """Come to this page for something: a record to show, a form to fill in, a view."""

    def leave(self) -> bool:
        """Whether the page may be left; a form with unsaved text asks first."""
        return True

    @contextmanager
    def telling(self) -> Generator[None]:
        """Show an AppError of what is done inside as a bar in the page."""
        self.bar.hide()
        try:
            yield
        except AppError as error:
            self.bar.show_error(error)

    def attempt(self, action: Callable[[], Any]) -> bool:
        """Do something; whether it was done, or refused and said so."""
        with self.telling():
            action()
            return True
        return False
