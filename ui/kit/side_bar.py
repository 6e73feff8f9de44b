"""The side bar of a window: its frame, its mark, and buttons that lead to pages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.kit.basic import button, label, restyle
from ui.kit.icons import icon, pixmap
from ui.kit.theme import theme

WIDTH = 208
"""Pixels of 100 %."""


class SideBar(QWidget):
    """A column at the left, as wide in every window; its parts go into `box`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look = theme()
        self.setFixedWidth(look.px(WIDTH))
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(look.px(10), look.px(10), look.px(10), look.px(6))
        self.box.setSpacing(look.px(2))


def mark_of(name: str) -> QLabel:
    """The coloured square at the top, with an icon."""
    look = theme()
    logo = label()
    logo.setFixedSize(look.px(34), look.px(34))
    logo.setAlignment(Qt.AlignmentFlag.AlignCenter)
    logo.setStyleSheet(f"background: {look.colors['accent']}; border-radius: {look.px(8)}px;")
    logo.setPixmap(pixmap(name, "#FFFFFF"))
    return logo


def page_button(title: str, go: Callable[[], object], *, name: str = "", tip: str = "") -> QPushButton:
    """A button that leads somewhere; one without an icon gets it by `show_current`."""
    made = button(title, go, kind="nav", icon=name, tip=tip)
    made.setIconSize(QSize(theme().px(20), theme().px(20)))
    return made


def show_current(made: QPushButton, name: str, *, current: bool) -> None:
    """Mark a button as that of the page that is shown, or not."""
    made.setIcon(icon(f"{name}_filled", "accent_text") if current else icon(name, "text"))
    restyle(made, "current", current)
    made.setAccessibleDescription("当前页面" if current else "")
