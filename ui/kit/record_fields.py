"""The fields of one kind of record, one below the other: each editor follows from the type of its field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.dates import PartialDate
from app.record import Entry, Problem, Record, Severity, Unit, entries
from app.typed import as_typed, read_typed
from ui.kit.basic import required
from ui.kit.editors import (
    Choice,
    DateEdit,
    DurationEdit,
    Field,
    NumberEdit,
    PersonEdit,
    TextEdit,
    TimeEdit,
    combo,
    line_edit,
    put_text,
    text_of,
)
from ui.kit.theme import theme

AMOUNTS: Mapping[Unit | None, str] = {Unit.FEN: "元，如 108.50", Unit.SCORE: "分，如 8.5"}
"""Numbers that are typed with decimals, and how."""


@dataclass(frozen=True)
class Fields:
    """Which fields a form shows, and what the fields themselves do not tell.

    `words` are offered for a text where the field names no list of its own; `named` are texts that hold the name of a
    person and are completed like one; `rows` is the height of longer texts in lines.
    """

    names: Sequence[str]
    words: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    hints: Mapping[str, str] = field(default_factory=dict[str, str])
    named: Collection[str] = ()
    rows: Mapping[str, int] = field(default_factory=dict[str, int])


class RecordFields(QWidget):
    """Editors for some fields of a record, each as its field says what it is; one below the other unless `placed`.

    What cannot be read is said under its field. Fields that are `placed` are laid out by whoever owns them.
    """

    edited = Signal()

    def __init__(
        self,
        kind: type[Record],
        fields: Fields,
        today: Callable[[], date],
        *,
        placed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if placed:
            self.hide()
        self._today = today
        self._fields = fields
        self._entries = {entry.name: entry for entry in entries(kind) if entry.name in fields.names}
        self.editors: dict[str, Any] = {}
        self.fields: dict[str, Field[Any]] = {}
        self.captions: dict[str, QWidget] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(4))
        for name in fields.names:
            entry = self._entries[name]
            editor = self._editor(entry)
            self.editors[name] = editor
            self.fields[name] = Field(entry.label, editor)
            self.fields[name].setParent(self)
            if isinstance(editor, QComboBox) and editor.isEditable():
                editor.lineEdit().setAccessibleName(entry.label)  # pyright: ignore[reportOptionalMemberAccess]
            self.captions[name] = required(f"{entry.label} *" if entry.required else entry.label)
            self.captions[name].setParent(self)
            if not placed:
                box.addWidget(self.captions[name])
                box.addWidget(self.fields[name])
            self._watch(editor)

    @property
    def entries(self) -> Sequence[Entry]:
        """What the shown fields are."""
        return tuple(self._entries.values())

    def _editor(self, entry: Entry) -> QWidget:
        name, kind = entry.name, entry.type
        hint = self._fields.hints.get(name, "")
        if entry.of is not None:
            return PersonEdit(hint=hint) if hint else PersonEdit()
        if name in self._fields.named:
            return PersonEdit(free=True, hint=hint or "姓名")
        if name in self._fields.words or entry.words:
            return combo(["", *self._fields.words.get(name, ())], editable=True)
        if issubclass(kind, StrEnum):
            return combo(([""] if entry.optional else []) + [member.value for member in kind])
        if kind is bool:
            return combo(["否", "是"])
        if kind is date or kind is PartialDate:
            # A month of a year of the ledger is one of these years, not one of birth.
            recent = f"如 {self._today().year}.3" if kind is PartialDate and entry.tells_year else ""
            return DateEdit(self._today, partial=kind is PartialDate, ahead=entry.ahead, hint=hint or recent)
        if kind is time:
            return TimeEdit()
        if entry.unit is Unit.MINUTES:
            return DurationEdit()
        if kind is int:
            amount = AMOUNTS.get(entry.unit)
            return line_edit(hint=hint or amount) if amount else NumberEdit(110)
        if not entry.long:
            return line_edit(hint=hint)
        rows = self._fields.rows.get(name, 3)
        text = TextEdit(hint, rows=rows)
        text.setMaximumHeight(theme().px(20 * rows + 50))
        return text

    def _watch(self, editor: QWidget) -> None:
        if isinstance(editor, QComboBox):
            editor.currentTextChanged.connect(lambda _: self.edited.emit())
        elif isinstance(editor, QPlainTextEdit):
            editor.textChanged.connect(self.edited.emit)
        elif isinstance(editor, QLineEdit):
            editor.textChanged.connect(lambda _: self.edited.emit())

    def offer(self, name: str, choices: Sequence[Choice]) -> None:
        """What to choose from in a field that means a record, or completes a name."""
        self.editors[name].set_choices(choices)

    def settle(self) -> None:
        """Write the full name of whom each query means."""
        for editor in self.editors.values():
            if isinstance(editor, PersonEdit):
                editor.settle()

    def set_words(self, name: str, words: Sequence[str]) -> None:
        """Other words to choose from; what stands in the field stays."""
        editor = self.editors[name]
        text = editor.currentText()
        editor.clear()
        editor.addItems(["", *words])
        editor.setCurrentText(text)

    def load(self, values: Mapping[str, Any]) -> None:
        """Show these values; a field that is not among them is left empty."""
        for name, editor in self.editors.items():
            self._show(name, editor, values.get(name))
            self.fields[name].show_fault("")

    def _show(self, name: str, editor: Any, value: Any) -> None:
        if isinstance(editor, PersonEdit) and self._entries[name].of is not None:
            editor.set_key(value)
        elif isinstance(editor, DateEdit | TimeEdit):
            editor.set(value)
        elif isinstance(editor, QComboBox):
            text = ("是" if value else "否") if self._entries[name].type is bool else value or ""
            editor.setCurrentText(str(text))
            if not text and not editor.isEditable():
                editor.setCurrentIndex(0)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(value or "")
        else:
            editor.setText(as_typed(self._entries[name], value))

    def texts(self) -> dict[str, str]:
        """What stands in the fields, as it was typed."""
        return {name: text_of(editor) for name, editor in self.editors.items()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Show what was typed earlier."""
        for name, text in texts.items():
            if name in self.editors:
                put_text(self.editors[name], text)

    def read(self) -> dict[str, Any] | None:
        """The values typed; None when one cannot be read, which is then said under it and focused."""
        values: dict[str, Any] = {}
        first: Field[Any] | None = None
        for name, editor in self.editors.items():
            try:
                values[name] = self._read(name, editor)
                self.fields[name].show_fault("")
            except ValueError as error:
                self.fields[name].show_fault(str(error))
                first = first or self.fields[name]
        if first is not None:
            first.setFocus()
            return None
        return values

    def readable(self) -> dict[str, Any]:
        """The values that can be read as they stand; nothing is said about the others."""
        values: dict[str, Any] = {}
        for name, editor in self.editors.items():
            try:
                values[name] = self._value(name, editor)
            except ValueError:
                continue
        return values

    def _read(self, name: str, editor: Any) -> Any:
        if isinstance(editor, PersonEdit):
            editor.settle()
        return self._value(name, editor)

    def _value(self, name: str, editor: Any) -> Any:
        entry = self._entries[name]
        if isinstance(editor, PersonEdit) and entry.of is None:
            return editor.text().strip()
        if isinstance(editor, PersonEdit):
            key = editor.key()
            if key is None and (editor.text().strip() or entry.required):
                raise ValueError(f"请从名册里选{entry.label}，可以打拼音首字母")
            return key
        return read_typed(entry, text_of(editor), self._today())

    def show_problems(self, problems: Sequence[Problem]) -> bool:
        """Say each problem under its field; whether one of them is an error."""
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        for problem in reversed(problems):
            if problem.field in self.fields:
                self.fields[problem.field].show_fault(problem.text, warning=problem.severity is Severity.WARNING)
        for problem in errors:
            if problem.field in self.fields:
                self.fields[problem.field].setFocus()
                break
        return bool(errors)
