"""Editors for days, times, numbers and people; what cannot be read is said under the field."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QDate, QPoint, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.dates import PartialDate, read_day, read_partial, weekday
from app.durations import read_minutes
from app.errors import Refused
from app.lines import with_lines
from app.pinyin import matches
from app.typed import MOST_DIGITS, read_number, read_time
from ui.kit.basic import label, restyle
from ui.kit.icons import icon
from ui.kit.theme import theme

E = TypeVar("E", bound=QWidget)
T = TypeVar("T")


class Field(QWidget, Generic[E]):
    """An editor with its fault written below it. Its label is the editor's accessible name."""

    def __init__(self, name: str, editor: E) -> None:
        super().__init__()
        self.editor = editor
        editor.setAccessibleName(name)
        self._note = label(kind="error", wrap=True)
        self._note.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(2))
        box.addWidget(editor)
        box.addWidget(self._note)
        self.setFocusProxy(editor)

    def show_fault(self, text: str, *, warning: bool = False) -> None:
        """Say what is wrong; an empty text takes it back."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
        restyle(self._note, "kind", "warning" if warning else "error")
        restyle(self.editor, "fault", "error" if text and not warning else "")
        self.editor.setAccessibleDescription(text)

    @property
    def fault(self) -> str:
        """What is shown as wrong."""
        return self._note.text()

    def take(self, read: Callable[[], T]) -> T:
        """What `read` makes of the editor; its ValueError is said below, with the cursor there, and raised on."""
        try:
            value = read()
        except ValueError as error:
            self.show_fault(str(error))
            self.setFocus()
            raise
        self.show_fault("")
        return value


def needed_day(field: Field[DateEdit], refused: str) -> PartialDate:
    """The day in a field; where there is none it is said below, with the cursor there, and `refused` is raised."""

    def read() -> PartialDate:
        day = field.editor.read()
        if day is None:
            raise ValueError("请填写日期")
        return day

    try:
        return field.take(read)
    except ValueError as error:
        raise Refused(refused) from error


def text_of(editor: Any) -> str:
    """What stands in an editor of text, or is chosen in one."""
    if isinstance(editor, QComboBox):
        return editor.currentText()
    if isinstance(editor, QPlainTextEdit):
        return with_lines(editor.toPlainText())
    return with_lines(editor.text())


def put_text(editor: Any, text: str) -> None:
    """Put text into an editor, or choose it there."""
    if isinstance(editor, QComboBox):
        editor.setCurrentText(text)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    else:
        editor.setText(text)


def line_edit(text: str = "", hint: str = "", width: int = 0) -> QLineEdit:
    """A one-line text."""
    made = QLineEdit(text)
    made.setPlaceholderText(hint)
    if width:
        made.setFixedWidth(theme().px(width))
    return made


composers: list[Callable[[], None]] = []
"""What commits in an input method that Qt does not know."""


def commit_composition() -> None:
    """Take what an input method is still composing into its field, before a save or a close."""
    QGuiApplication.inputMethod().commit()
    for commit in composers:
        commit()


class DateEdit(QLineEdit):
    """A day typed as 20260701, 7.1, 昨天, +3 … or picked from a calendar; `partial` lets month or day be open.

    One that is `ahead` is a last day or one that is planned.
    """

    picked = Signal()

    def __init__(
        self, today: Callable[[], date], *, partial: bool = False, ahead: bool = False, hint: str = ""
    ) -> None:
        super().__init__()
        self._today = today
        self._partial = partial
        usual = "如 9.30 或 +30" if ahead else "如 1980.10" if partial else "如 7.1 或 昨天"
        self.setPlaceholderText(hint or usual)
        self.setMinimumWidth(theme().px(128))
        action = self.addAction(icon("calendar_ltr", "text3", 16), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip("日历（Alt+↓）")
        action.triggered.connect(self._pop_up)
        self.editingFinished.connect(self._tidy)

    def read(self) -> PartialDate | None:
        """The date as typed; None when empty; raises ValueError in Chinese."""
        if not self.text().strip():
            return None
        if self._partial:
            return read_partial(self.text())
        return PartialDate.of(read_day(self.text(), self._today()))

    def day(self) -> date | None:
        """The full day; None when empty; raises ValueError in Chinese."""
        value = self.read()
        return value.first if value else None

    def set(self, value: date | PartialDate | None) -> None:
        """Show a date."""
        self.setText("" if value is None else str(value))

    def weekday_text(self) -> str:
        """周三, or nothing while the day cannot be read."""
        try:
            day = self.day()
        except ValueError:
            return ""
        return weekday(day) if day else ""

    def _tidy(self) -> None:
        try:
            value = self.read()
        except ValueError:
            return
        if value is not None and self.text() != str(value):
            self.setText(str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._pop_up()
            return
        super().keyPressEvent(event)

    def _pop_up(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setAccessibleName("日历")
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        try:
            shown = self.read()
        except ValueError:
            shown = None
        start = shown.first if shown else self._today()
        calendar.setSelectedDate(QDate(start.year, start.month, start.day))

        def take(day: QDate) -> None:
            self.set(date(day.year(), day.month(), day.day()))
            calendar.close()
            self.picked.emit()
            self.editingFinished.emit()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()
        calendar.setFocus()


class TimeEdit(QLineEdit):
    """A time of day."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme().px(76))
        self.editingFinished.connect(self._tidy)

    def read(self) -> time | None:
        """The time; None when empty; raises ValueError in Chinese."""
        return read_time(self.text())

    def set(self, value: time | None) -> None:
        """Show a time."""
        self.setText(f"{value:%H:%M}" if value else "")

    def _tidy(self) -> None:
        try:
            self.set(self.read())
        except ValueError:
            return


class NumberEdit(QLineEdit):
    """A whole number that may be empty."""

    def __init__(self, width: int = 56, digits: int = MOST_DIGITS) -> None:
        super().__init__()
        self.setFixedWidth(theme().px(width))
        self._digits = digits

    def read(self) -> int | None:
        """The number; None when empty; raises ValueError in Chinese."""
        return read_number(self.text(), self._digits) if self.text().strip() else None


@dataclass(frozen=True)
class Choice:
    """Something to choose by typing: its key, its name, and a word beside it."""

    key: int
    name: str
    note: str = ""


class DurationEdit(NumberEdit):
    """Minutes, also written as 1.5小时, 半天, 2天."""

    def __init__(self) -> None:
        super().__init__(140)
        self.setPlaceholderText("如 90、2天")

    def read(self) -> int | None:
        """Minutes; None while it is empty. Raises ValueError in Chinese."""
        return read_minutes(self.text()) if self.text().strip() else None


class PersonEdit(QLineEdit):
    """One of some people, completed by characters, pinyin or initials. Free names pass when `free`."""

    taken = Signal(int)

    def __init__(self, *, free: bool = False, hint: str = "姓名或拼音首字母") -> None:
        super().__init__()
        self._free = free
        self._choices: Sequence[Choice] = ()
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._take_text)
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._offer)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Whom to choose from."""
        self._choices = choices

    def set_key(self, key: int | None) -> None:
        """Show one of them."""
        self.setText(next((choice.name for choice in self._choices if choice.key == key), ""))

    def matching(self, query: str) -> list[Choice]:
        """Those that a query means, in order."""
        return [choice for choice in self._choices if matches(choice.name, query)]

    def key(self) -> int | None:
        """Who is chosen: the only one of this name, or the only match."""
        text = self.text().strip()
        exact = [choice for choice in self._choices if choice.name == text]
        found = exact or (self.matching(text) if text else [])
        return found[0].key if len(found) == 1 or (exact and len(exact) == 1) else None

    def settle(self) -> None:
        """Write the full name of the one that the query means."""
        found = self.matching(self.text().strip()) if self.text().strip() else []
        if (
            found
            and not any(choice.name == self.text().strip() for choice in self._choices)
            and not (self._free and not self.text().isascii())
        ):
            self.setText(found[0].name)
            self.taken.emit(found[0].key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._completer.popup()
        if popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.settle()
            popup.hide()
            if event.key() != Qt.Key.Key_Tab:
                return
        super().keyPressEvent(event)

    def _offer(self, text: str) -> None:
        found = self.matching(text.strip()) if text.strip() else []
        self._model.setStringList([choice.name for choice in found[:12]])
        if found:
            self._completer.complete()
        else:
            self._completer.popup().hide()

    def _take_text(self, text: str) -> None:
        self.setText(text)
        key = self.key()
        if key is not None:
            self.taken.emit(key)


class TextEdit(QPlainTextEdit):
    """A longer text; Tab leaves the field."""

    def __init__(self, hint: str = "", rows: int = 4) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._height = theme().px(20 * rows + 8)
        # A minimum height of the style sheet would overrule one set in code.
        self.setStyleSheet(f"min-height: {self._height}px;")

    def sizeHint(self) -> QSize:
        """No taller than its rows: what is left over goes to it by the layout's stretch."""
        return QSize(super().sizeHint().width(), self._height)


def combo(options: Sequence[str], *, editable: bool = False, accessible: str = "") -> QComboBox:
    """A choice from a list; an editable one takes other words too."""
    made = QComboBox()
    made.setEditable(editable)
    made.addItems(list(options))
    made.setAccessibleName(accessible)
    if editable:
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.lineEdit().setAccessibleName(accessible)
    made.wheelEvent = lambda event: event.ignore()  # scrolling a page must not change a choice
    return made
