"""Labels, buttons, cards: each with its accessible name equal to what it shows."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from ui.kit.focus import give_back, held_in
from ui.kit.icons import icon as make_icon
from ui.kit.theme import theme

L = TypeVar("L", bound=QBoxLayout)


_LONG_WORD = re.compile(r"[!-~]{8}(?=[!-~])")
BREAK = "\\g<0>\u200b"
LONG_NAME, LONG_CAPTION = 8, 14
"""A name of more characters has a line of its own, a caption of more goes on in the next line."""


class Wrapping(QLabel):
    """A text that goes on in the next line wherever it must, also inside an address or the name of a file."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        super().setText(_LONG_WORD.sub(BREAK, text))

    def text(self) -> str:
        return super().text().replace("\u200b", "")


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """A text; kinds: title, head, big, secondary, caption, error, warning, ok."""
    made = Wrapping() if wrap else QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setText(text)
    return made


def required(text: str) -> QLabel:
    """The caption of a field; a trailing * is drawn red."""
    long = len(text) > LONG_CAPTION
    if not text.endswith("*"):
        return label(text, wrap=long)
    told = _LONG_WORD.sub(BREAK, text[:-1])
    made = QLabel(f'{told}<span style="color: {theme().colors["accent_text"]}">*</span>')
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(long)
    return made


class PressedByEnter(QPushButton):
    """A button that Enter presses as Space does, wherever it has the focus; Qt does so in dialogs only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


class TickText(Wrapping):
    """The text beside a tick, which may be longer than a line; a click on it ticks."""

    def __init__(self, text: str, tick: QCheckBox) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self._tick = tick

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self._tick.click()


def wrapped(tick: QCheckBox) -> QWidget:
    """A tick whose text goes on in a second line where there is no room for all of it."""
    text = tick.text()
    tick.setText("")
    tick.setAccessibleName(tick.accessibleName() or text)
    holder = QWidget()
    box = QHBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(TickText(text, tick), 1)
    return holder


def elided(widget: QWidget, text: str, room: int) -> str:
    """As much of a text as stands in so many pixels of a widget, with … behind what is cut."""
    return widget.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)


class ElidedButton(PressedByEnter):
    """A button in a cell or a strip: what it says is cut where there is no room for all of it."""

    def __init__(self, text: str, kind: str, tone: str) -> None:
        super().__init__()
        self._whole = text
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.say(self._whole)

    def say(self, text: str) -> None:
        """Say something else, as much of it as there is room for."""
        self._whole = text
        self.setText(elided(self, text, self.width() - theme().px(14)))


def button(
    text: str,
    clicked: Callable[[], object] | None = None,
    *,
    kind: str = "",
    icon: str = "",
    shortcut: str = "",
    tip: str = "",
) -> QPushButton:
    """A button; kinds: primary, quiet, link, small, icon (its text is the accessible name only)."""
    made = PressedByEnter("" if kind == "icon" else text)
    made.setAccessibleName(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    if icon:
        color = {"primary": "#FFFFFF", "link": "info"}.get(kind, "text")
        made.setIcon(make_icon(icon, color))
        made.setIconSize(QSize(theme().px(18), theme().px(18)))
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
    if tip or kind == "icon":
        made.setToolTip(tip or text)
    if clicked:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def why(text: str) -> QToolButton:
    """A question mark that says why something is there or how it is counted: under the mouse, or pressed."""
    made = QToolButton()
    made.setText("?")
    made.setProperty("kind", "why")
    made.setToolTip(text)
    made.setAccessibleName("为什么")
    made.setAccessibleDescription(text)
    made.clicked.connect(lambda: QToolTip.showText(made.mapToGlobal(made.rect().bottomLeft()), text, made))
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and draw accordingly."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def row(*items: QWidget | QLayout | int | None, spacing: int = 8) -> QHBoxLayout:
    """Things side by side; None is a stretch, a number a gap."""
    return _fill(QHBoxLayout(), items, spacing)


def column(*items: QWidget | QLayout | int | None, spacing: int = 8) -> QVBoxLayout:
    """Things one below the other; None is a stretch, a number a gap."""
    return _fill(QVBoxLayout(), items, spacing)


def _fill(layout: L, items: Sequence[QWidget | QLayout | int | None], spacing: int) -> L:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme().px(spacing))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(theme().px(item))
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout


class Card(QFrame):
    """A white panel with a hairline; `body` holds its content."""

    def __init__(self, title: str = "", *aside: QWidget, padding: int = 16) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        pad = theme().px(padding)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(pad, theme().px(12), pad, theme().px(12))
        self.body.setSpacing(theme().px(8))
        if title:
            self.heading = label(title, "head")
            self.body.addLayout(row(self.heading, None, *aside))


def line() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setProperty("kind", "line")
    return made


def search_box(hint: str, changed: Callable[[str], object]) -> QLineEdit:
    """A filter field with a magnifying glass."""
    made = QLineEdit()
    made.setProperty("kind", "search")
    made.setPlaceholderText(hint)
    made.setAccessibleName(hint)
    made.setClearButtonEnabled(True)
    made.addAction(make_icon("search", "text3", 16), QLineEdit.ActionPosition.LeadingPosition)
    made.textChanged.connect(changed)
    made.setMinimumWidth(theme().px(120))
    made.setMaximumWidth(theme().px(320))
    return made


def scrolled(inner: QWidget) -> QScrollArea:
    """A widget that scrolls when there is not room for it."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setWidget(inner)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


class ToggleRow(QObject):
    """Toggles that are one stop of Tab: the arrows move among them, Space turns one on, Enter goes on."""

    entered = Signal()

    def __init__(self, toggles: Sequence[QPushButton]) -> None:
        super().__init__(toggles[0])
        self._fixed = list(toggles)
        self._toggles = list(toggles)
        for number, toggle in enumerate(self._toggles):
            toggle.setFocusPolicy(Qt.FocusPolicy.ClickFocus if number else Qt.FocusPolicy.StrongFocus)
            toggle.installEventFilter(self)

    def add(self, toggles: Sequence[QPushButton]) -> None:
        """Have these behind the first ones, in place of those that were added before."""
        self._toggles = [*self._fixed, *toggles]
        for toggle in toggles:
            toggle.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            toggle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or watched not in self._toggles:
            return False
        assert isinstance(event, QKeyEvent)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
            return True
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            here = self._toggles.index(watched)  # pyright: ignore[reportArgumentType]
            self._toggles[(here + step) % len(self._toggles)].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(step)


ROOMY = 960
"""The width, at the usual size of text, from which a list stands beside a form and a pane beside both."""


def narrow(width: int) -> bool:
    """Whether a page of this width in pixels has room for its main part alone."""
    return width < theme().px(ROOMY)


def together(*items: QWidget | QLayout | int | None, spacing: int = 8) -> QWidget:
    """Things side by side that stay so: one thing of a `Flow`."""
    made = QWidget()
    made.setLayout(row(*items, spacing=spacing))
    return made


def sized(window: QWidget, width: int, height: int) -> None:
    """Give a window so many pixels of 100 %, but no more than its screen has room for."""
    look, room = theme(), window.screen().availableSize()
    window.resize(min(look.px(width), room.width() - look.px(40)), min(look.px(height), room.height() - look.px(60)))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go; the keyboard that was in it goes on in what is built instead."""
    held = held_in(layout)
    _empty(layout)
    if held is not None:
        give_back(held, layout)


def _empty(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout() is not None:
            _empty(item.layout())
