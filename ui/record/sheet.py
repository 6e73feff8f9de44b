"""One sheet for many records: a grid typed like a spreadsheet, what is common to its rows above, saved as one action.

Who inherits from `Sheet` says what the rows are and what becomes of what was typed; the view keeps drafts, says what is
wrong beside the cells, and saves all or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import AppError
from app.record import Entry, Problem, Record, Severity, entries
from app.typed import as_typed, read_typed
from ui.house.session import Session
from ui.house.ways import ToDraft, ToView
from ui.kit.basic import Card, label, row
from ui.kit.editors import commit_composition
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, GridColumn, GridRow, Texts
from ui.kit.messages import Bar, ask, with_warnings
from ui.kit.record_fields import Fields, RecordFields
from ui.kit.theme import theme
from ui.record.drafting import LOST, UNSAVED, DraftKeeper

KEYS = "方向键、Enter、Tab 移动，直接打字修改；Ctrl+D 向下填充，Ctrl+V 可从 WPS、Excel 粘贴，Ctrl+Z 撤回"
NAME = "name"
"""The column that says whose a row is."""
MOST_TOLD = 3
"""How many faults are told one by one above the grid."""


class Sheet:
    """What a sheet is about. Its rows have keys that stay the same while it is filled in."""

    code: ClassVar[str] = ""
    title: ClassVar[str] = ""
    back: ClassVar[ToView]
    """Where it leads back to."""
    hint: ClassVar[str] = ""
    kind: ClassVar[type[Record]]
    """The kind of record whose fields the typed columns are."""
    head_kind: ClassVar[type[Record] | None] = None
    head_fields: ClassVar[Fields] = Fields(())
    action: ClassVar[str] = ""
    """What saving it is called in the history."""

    def __init__(self, session: Session, choice: str = "") -> None:
        self.session = session
        self.choice = choice
        """Which of `choices` it is of."""
        self.head: dict[str, Any] = {}
        """What stands above the grid, as far as it can be read."""

    @classmethod
    def choices(cls, session: Session) -> Sequence[tuple[str, str]]:
        """What it can be of, by code and title; empty where there is nothing to choose."""
        del session
        return ()

    @classmethod
    def usual(cls, session: Session) -> str:
        """Which of its choices is meant where none is named."""
        return next((code for code, _ in cls.choices(session)), "")

    def columns(self) -> Sequence[GridColumn]:
        """The columns; the first one, `name`, tells the rows apart."""
        raise NotImplementedError

    def rows(self) -> Sequence[GridRow]:
        """The rows as the ledger has them."""
        raise NotImplementedError

    def begins(self) -> dict[str, Any]:
        """What stands above the grid at first."""
        return {}

    def field(self, column: str) -> Entry | None:
        """The field that a typed column is; None for one that is read otherwise."""
        return next((item for item in entries(self.kind) if item.name == column), None)

    def read(self, texts: Texts) -> tuple[dict[str, Any], list[Problem]]:
        """The values of the typed columns of a row, and what cannot be read; an empty one is None."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, item in self._typed.items():
            text = texts.get(name, "").strip()
            try:
                values[name] = read_typed(item, text, self.session.today()) if text else None
            except ValueError as error:
                problems.append(Problem(name, str(error)))
        return values, problems

    @cached_property
    def _typed(self) -> dict[str, Entry]:
        """The fields of the typed columns; asked for at each key, found once."""
        fields = {column.name: self.field(column.name) for column in self.columns() if column.typed}
        return {name: item for name, item in fields.items() if item is not None}

    def check(self, key: int, values: Mapping[str, Any]) -> list[Problem]:
        """What is wrong or doubtful with a row that was typed in."""
        del key, values
        return []

    def check_all(self, rows: Sequence[GridRow]) -> dict[Cell, Problem]:
        """What is wrong or doubtful with the rows together, as they stand now."""
        del rows
        return {}

    def facts(self, rows: Sequence[Texts]) -> str:
        """What all rows say together, in a few words."""
        del rows
        return ""

    def store(self, changed: Mapping[int, Mapping[str, Any]]) -> None:
        """Save the rows that were typed in, by key; inside one transaction. Raises AppError."""
        raise NotImplementedError

    def said(self, column: str, value: Any) -> str:
        """A value of the ledger as it is typed in a column."""
        item = self.field(column)
        return as_typed(item, value) if item else str(value or "")


class SheetView(QWidget):
    """The sheet on the screen."""

    left = Signal()
    told = Signal(str)
    """The facts of the whole sheet, after each step."""

    def __init__(self, session: Session, sheet: Sheet) -> None:
        super().__init__()
        self._session, self.sheet = session, sheet
        look = theme()
        self.bar = Bar()
        self.grid = Grid(sheet.title)
        self.head = RecordFields(sheet.head_kind or sheet.kind, sheet.head_fields, session.today, placed=True)
        self.head.setParent(self)
        self._note = label("", "caption")
        self._fault = label("", "error", wrap=True)
        self._fault.hide()
        self.keeper = DraftKeeper(session, "sheets", self, self)
        self.keeper.told.connect(self._note.setText)
        self._start: dict[str, str] = {}
        card = Card(padding=4)
        card.body.addWidget(self.grid, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(8))
        box.addWidget(self.bar)
        if sheet.hint:
            box.addWidget(label(sheet.hint, "secondary", wrap=True))
        self._head_row = QHBoxLayout()
        self._head_row.setSpacing(look.px(8))
        self._place_head()
        box.addLayout(self._head_row)
        box.addWidget(card, 1)
        box.addWidget(self._fault)
        foot = row(label(KEYS, "caption", wrap=True), self._note)
        foot.setStretch(0, 1)
        box.addLayout(foot)
        self.grid.edited.connect(self._judge)
        self.grid.told.connect(lambda text: self.bar.show_text(text, "warning"))
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._show_fault())
        self.head.edited.connect(self._judge)
        for keys, action in (("Ctrl+S", self.save), ("Esc", self.left.emit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self.load()

    def _place_head(self) -> None:
        for name in self.sheet.head_fields.names:
            caption, field = self.head.captions[name], self.head.fields[name]
            for part in (caption, field):
                self._head_row.addWidget(part)
                part.show()
            editor = self.head.editors[name]
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(self.grid.setFocus)
        self._head_row.addStretch(1)

    # --- what stands in it ---

    def load(self) -> None:
        """Show the rows as the ledger has them; nothing was typed yet."""
        self.head.load(self.sheet.begins())
        self._start = self.head.texts()
        self.grid.load(self.sheet.columns(), self.sheet.rows())
        self.bar.hide()
        self._judge()

    def refresh(self) -> None:
        """Show what the ledger says now, unless something is being typed."""
        if self.dirty:
            return
        columns, rows = self.sheet.columns(), list(self.sheet.rows())
        shown = [(column.name, column.title, column.typed) for column in self.grid.grid.columns]
        # Where nothing has changed, what is selected stays.
        if rows != self.grid.grid.rows or shown != [(column.name, column.title, column.typed) for column in columns]:
            self.load()

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.grid.typed()) or self.head.texts() != self._start

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        view = f"{self.sheet.code}/{self.sheet.choice}"
        return {"view": view, "title": self.sheet.title, "head": self.head.texts(), "cells": self.grid.typed()}

    def resume(self, draft: ToDraft) -> None:
        """Go on with what was typed and not saved."""
        self.load()
        self.head.set_texts(draft.content["head"])
        gone = self.grid.type_again(draft.content["cells"])
        if gone:
            self.bar.show_text(f"草稿里有 {len(gone)} 行已经不在表里，没有放回。", "warning")
        self.keeper.adopt(draft.key)

    def may_leave(self) -> bool:
        """Whether it may be left: what was typed is a draft now, or the user lets it go."""
        self.grid.settle()
        if self.dirty and not self.keeper.release() and not ask(self, UNSAVED, LOST, "不保存，离开"):
            return False
        self.load()
        return True

    # --- what is wrong with it ---

    def _changed(self) -> dict[int, Texts]:
        model = self.grid.grid
        return {number: model.texts(number) for number, typed in enumerate(model.typed) if typed}

    def _judge(self) -> None:
        """Look over the rows that were typed in."""
        self.sheet.head = self.head.readable()
        self.grid.grid.show_problems(self._problems())
        model = self.grid.grid
        self.told.emit(self.sheet.facts([model.texts(number) for number in range(len(model.rows))]))
        self._show_fault()

    def _problems(self) -> dict[Cell, Problem]:
        found: dict[Cell, Problem] = {}
        for number, texts in self._changed().items():
            values, problems = self.sheet.read(texts)
            if not problems:
                problems = self.sheet.check(self.grid.grid.rows[number].key, values)
            for problem in problems:
                known = found.get((number, problem.field))
                if known is None or known.severity is Severity.WARNING:
                    found[number, problem.field] = problem
        model = self.grid.grid
        rows = [GridRow(item.key, model.texts(number)) for number, item in enumerate(model.rows)]
        return {**self.sheet.check_all(rows), **found}

    def _show_fault(self) -> None:
        """Say what is wrong with the present cell, else with the first one."""
        model, at = self.grid.grid, self.grid.currentIndex()
        problem = model.problems.get(model.cell(at)) if at.isValid() else None
        cell = model.cell(at) if problem else next(iter(model.problems), None)
        problem = model.problems[cell] if cell else None
        self._fault.setVisible(problem is not None)
        if cell and problem:
            more = len(model.problems) - 1
            tail = f"（另有 {more} 处）" if more else ""
            self._fault.setText(f"{self._named(cell)}：{problem.text}{tail}")

    def _named(self, cell: Cell) -> str:
        column = next((column for column in self.grid.grid.columns if column.name == cell[1]), None)
        return f"{self.grid.grid.texts(cell[0])[NAME]}{' ' + column.title if column else ''}"

    # --- verbs ---

    def save(self) -> bool:
        """Check and save all rows that were typed in, as one action; whether it was saved."""
        commit_composition()
        self.grid.settle()
        self.bar.hide()
        if self.head.read() is None:
            return False
        changed = self._changed()
        if not changed:
            self.bar.show_text("还没有填写，没有要保存的。", "info")
            return False
        problems = self._problems()
        errors = {cell: p for cell, p in problems.items() if p.severity is Severity.ERROR}
        if errors:
            self._tell(errors)
            return False
        if self._changed_elsewhere(changed):
            return False
        model = self.grid.grid
        wanted = {model.rows[number].key: self.sheet.read(texts)[0] for number, texts in changed.items()}
        try:
            with self._session.ledger.transaction(self.sheet.action):
                self.sheet.store(wanted)
        except (AppError, ValueError) as error:
            self.bar.show_text(str(error))
            return False
        self.keeper.done()
        self.load()
        self._session.say(with_warnings(f"已保存 {len(changed)} 行", self._few(problems)), undo=True)
        return True

    def _changed_elsewhere(self, changed: Mapping[int, Texts]) -> bool:
        """Whether rows that were typed in are no longer what was shown; then what they are now is shown first."""
        now = {item.key: item for item in self.sheet.rows()}
        shown = self.grid.grid.rows
        if all(now.get(shown[number].key) == shown[number] for number in changed):
            return False
        typed = self.grid.typed()
        self.grid.load(self.sheet.columns(), self.sheet.rows())
        self.grid.type_again(typed)
        self._judge()
        self.bar.show_text("有的行刚才在别处改过，已换成现在的内容，您填的还在。请看过再保存一次。", "warning")
        return True

    def _few(self, problems: Mapping[Cell, Problem]) -> list[Problem]:
        """The doubts of all rows, each once, few enough to be read."""
        texts = list(dict.fromkeys(problem.text for problem in problems.values()))
        shown = [Problem("", text, Severity.WARNING) for text in texts[:MOST_TOLD]]
        more = [Problem("", f"另有 {len(texts) - MOST_TOLD} 条", Severity.WARNING)] if len(texts) > MOST_TOLD else []
        return shown + more

    def _tell(self, errors: Mapping[Cell, Problem]) -> None:
        lines = [f"{self._named(cell)}：{problem.text}" for cell, problem in list(errors.items())[:MOST_TOLD]]
        more = [f"还有 {len(errors) - MOST_TOLD} 处，已在格子里标出"] if len(errors) > MOST_TOLD else []
        self.bar.show_text("\n".join([*lines, *more]))
        model = self.grid.grid
        row_number, name = next(iter(errors))
        names = [column.name for column in model.columns]
        if name in names:
            self.grid.setCurrentIndex(model.index(row_number, names.index(name)))
        self.grid.setFocus()
