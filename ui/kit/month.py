"""A month as a sheet: a cell a day, what lies on it as small buttons; some can be dragged to another day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QMenu, QVBoxLayout, QWidget

from app.dates import month_end
from ui.kit.basic import ElidedButton, button, clear, label, restyle
from ui.kit.theme import theme

FORMAT = "application/x-branch-ledger-day"
WEEK = "一二三四五六日"
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
"""By how many days a key with Alt moves what can be moved."""


@dataclass(frozen=True)
class OnDay:
    """Something on a day: what it says, its tone, and what it stands for; `key` names it where it can be moved."""

    day: date
    text: str
    tone: str
    value: Any
    tip: str = ""
    key: int = 0


class _Chip(ElidedButton):
    """One thing on a day."""

    def __init__(self, item: OnDay, opened: Callable[[Any], object], moved: Callable[[int, date], object]) -> None:
        super().__init__(item.text, "day", item.tone)
        self._item, self._moved = item, moved
        self._from = QPoint()
        self.setToolTip(item.tip or item.text)
        self.setAccessibleName(f"{item.day.month}月{item.day.day}日 {item.text}")
        self.clicked.connect(lambda _=False: opened(item.value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()), 0)
        if step and self._item.key and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._moved(self._item.key, self._item.day + timedelta(days=step))
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._from).manhattanLength() >= QApplication.startDragDistance()
        if self._item.key and far and event.buttons() & Qt.MouseButton.LeftButton:
            drag, told = QDrag(self), QMimeData()
            told.setData(FORMAT, str(self._item.key).encode())
            drag.setMimeData(told)
            drag.setPixmap(self.grab())
            self.setDown(False)
            drag.exec(Qt.DropAction.MoveAction)
            return
        super().mouseMoveEvent(event)


class _Day(QFrame):
    """The cell of a day."""

    def __init__(self, dropped: Callable[[int, date], object]) -> None:
        super().__init__()
        self.setProperty("kind", "day")
        self.setAcceptDrops(True)
        self._dropped = dropped
        self.day = date.min
        self._number = label("", "caption")
        look = theme()
        box = QVBoxLayout(self)
        box.setContentsMargins(look.px(4), look.px(2), look.px(4), look.px(2))
        box.setSpacing(look.px(2))
        box.addWidget(self._number)
        self._items = QVBoxLayout()
        self._items.setSpacing(look.px(2))
        box.addLayout(self._items)
        box.addStretch(1)

    def show_day(self, day: date, note: str, state: str, items: Sequence[QWidget]) -> None:
        """Show a day with a note beside its number; states: today, other (of another month), off, or nothing."""
        self.day = day
        self._number.setText(f"{day.day}　{note}" if note else str(day.day))
        restyle(self, "state", state)
        restyle(self._number, "kind", "strong" if state == "today" else "caption")
        clear(self._items)
        for item in items:
            self._items.addWidget(item)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(FORMAT):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._dropped(int(bytes(event.mimeData().data(FORMAT).data())), self.day)
        event.acceptProposedAction()


class MonthSheet(QWidget):
    """Six weeks, Monday first. `opened` tells the value of what was chosen, `moved` the key and the new day."""

    opened = Signal(object)
    moved = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        look = theme()
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for column, word in enumerate(WEEK):
            head = label(f"周{word}", "caption")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.setFixedHeight(look.px(26))
            grid.addWidget(head, 0, column)
            grid.setColumnStretch(column, 1)
        self._days = [_Day(self._drop) for _ in range(42)]
        for number, day in enumerate(self._days):
            grid.addWidget(day, number // 7 + 1, number % 7)
            grid.setRowStretch(number // 7 + 1, 1)
        self._items: list[OnDay] = []

    def days(self, year: int, month: int) -> tuple[date, date]:
        """The first and the last day of the sheet of a month, inclusive."""
        first = date(year, month, 1)
        start = first - timedelta(days=first.weekday())
        return start, start + timedelta(days=41)

    def show_month(
        self, year: int, month: int, today: date, items: Sequence[OnDay], note: Callable[[date], tuple[str, bool]]
    ) -> None:
        """Show what lies on the days; `note` says what a day is called, and whether it is worked on."""
        self._items = list(items)
        start, _ = self.days(year, month)
        of_day: dict[date, list[OnDay]] = {}
        for item in items:
            of_day.setdefault(item.day, []).append(item)
        last_row = (month_end(year, month) - start).days // 7
        room = self._room(last_row + 1)
        for week in range(6):
            self._grid.setRowStretch(week + 1, int(week <= last_row))
        for number, cell in enumerate(self._days):
            day = start + timedelta(days=number)
            words, worked = note(day)
            other = (day.year, day.month) != (year, month)
            state = "other" if other else "today" if day == today else "" if worked else "off"
            cell.setVisible(number // 7 <= last_row)
            cell.show_day(day, words, state, self._chips(day, of_day.get(day, []), room))

    def _room(self, rows: int) -> int:
        """How many things a cell has room for."""
        height = max(self.height() - theme().px(26), theme().px(360)) // rows
        return max(1, (height - theme().px(24)) // theme().px(22))

    def _chips(self, day: date, items: Sequence[OnDay], room: int) -> list[QWidget]:
        shown = list(items) if len(items) <= room else list(items[: max(0, room - 1)])
        chips: list[QWidget] = [_Chip(item, self.opened.emit, self.moved.emit) for item in shown]
        if len(shown) < len(items):
            rest = items[len(shown) :]
            more = button(f"另有 {len(rest)} 项", kind="link")
            more.setAccessibleName(f"{day.month}月{day.day}日另有 {len(rest)} 项")
            more.clicked.connect(lambda _=False, more=more, rest=rest: self._offer(more, rest))
            chips.append(more)
        return chips

    def _offer(self, below: QWidget, items: Sequence[OnDay]) -> None:
        menu = QMenu(below)
        for item in items:
            menu.addAction(item.text, lambda item=item: self.opened.emit(item.value))
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def _drop(self, key: int, day: date) -> None:
        if any(item.key == key and item.day != day for item in self._items):
            self.moved.emit(key, day)
