"""Where the keyboard is while a list is built anew: it stays on what says the same, else in the same place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLayout, QWidget
from shiboken6 import isValid


@dataclass(frozen=True)
class _Held:
    """Which of the widgets of a list had the keyboard: what it is called, and its place among those that may."""

    parent: QWidget
    called: tuple[str, str]
    place: int


def held_in(layout: QLayout) -> _Held | None:
    """The keyboard as a layout holds it; None where it is elsewhere."""
    focused, parent = QApplication.focusWidget(), layout.parentWidget()
    inside = list(_reachable(layout))
    if focused is None or focused not in inside:
        return None
    return _Held(parent, _called(focused), inside.index(focused))


def give_back(held: _Held, layout: QLayout) -> None:
    """Let the keyboard go on in a list once it is built anew, unless something else has taken it by then."""
    moved = QApplication.focusWidget()  # where Qt puts it while the list is emptied
    if moved is not None:
        moved.clearFocus()
    QTimer.singleShot(0, held.parent, lambda: _restore(held, layout, moved))


def _restore(held: _Held, layout: QLayout, moved: QWidget | None) -> None:
    if not isValid(layout) or QApplication.focusWidget() is not None:
        return
    there = [widget for widget in _reachable(layout) if widget.isEnabled() and not _is_put_away(widget)]
    same = [place for place, widget in enumerate(there) if _called(widget) == held.called]
    if there:
        place = min(same, key=lambda at: abs(at - held.place)) if same else min(held.place, len(there) - 1)
        there[place].setFocus(Qt.FocusReason.OtherFocusReason)
    elif moved is not None and isValid(moved):
        moved.setFocus(Qt.FocusReason.OtherFocusReason)


def _reachable(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout that Tab reaches, from the top."""
    for number in range(layout.count()):
        item = layout.itemAt(number)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if inner is not None:
            yield from _reachable(inner)
        elif widget is not None:
            below = (widget, *widget.findChildren(QWidget))
            yield from (one for one in below if one.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _is_put_away(widget: QWidget) -> bool:
    """Whether a widget was hidden, rather than not shown yet."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _called(widget: QWidget) -> tuple[str, str]:
    text = widget.property("text")
    return type(widget).__name__, widget.accessibleName() or (text if isinstance(text, str) else "")
