"""Things side by side that go on in the next line when there is no room."""

# The stubs of Qt say None where there is none.
# pyright: reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

from ui.kit.theme import theme


class Flow(QLayout):
    """Things side by side that go on in the next line when there is no room."""

    def __init__(self, *things: QWidget, spacing: int = 5) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        """By width, until something in it changes: a page asks hundreds of times while it is laid out."""
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme().px(spacing))
        for thing in things:
            self.addWidget(thing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = QSize()
        for item in self._shown():
            widest = widest.expandedTo(item.sizeHint())
        return widest

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        """What is hidden takes no room."""
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        x = rect.x()
        for item in self._shown():
            size = item.sizeHint()
            if lines[-1] and x + size.width() > rect.x() + rect.width():
                lines.append([])
                x = rect.x()
            lines[-1].append((item, size))
            x += size.width() + self.spacing()
        y = rect.y()
        for things in lines:
            x, height = rect.x(), max((size.height() for _, size in things), default=0)
            for item, size in things if move else ():
                item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return y - self.spacing() - rect.y()


def foot(things: Iterable[QWidget], last: QWidget) -> QHBoxLayout:
    """The buttons below a form: the one that saves at the right, the others in more lines where there is no room."""
    made = QHBoxLayout()
    made.setSpacing(theme().px(4))
    made.addLayout(Flow(*things, spacing=4), 1)
    made.addWidget(last, 0, Qt.AlignmentFlag.AlignTop)
    return made
