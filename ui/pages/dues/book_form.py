"""A small form beside a list of the books: remittances, notices, entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import AppError
from app.record import Problem, Record, Severity
from ui.drafting import DraftKeeper
from ui.kit.basic import Card, button, label, row, scrolled
from ui.kit.editors import commit_composition
from ui.kit.messages import Bar
from ui.kit.record_form import Fields, RecordForm
from ui.kit.theme import theme
from ui.session import Session

Save = Callable[[Any], object]


class BookForm(Card):
    """A small form beside a list of records of one kind."""

    def __init__(
        self,
        session: Session,
        view: str,
        title: str,
        kind: type[Record],
        fields: Fields,
        check: Callable[[Any], list[Problem]],
        save: Save,
        remove: Save,
    ) -> None:
        super().__init__(title, padding=14)
        self._session, self._view, self._title, self._kind = session, view, title, kind
        self._check, self._save, self._take_away = check, save, remove
        self._record: Record | None = None
        self._start: dict[str, str] | None = None
        self.bar = Bar()
        self.form = RecordForm(kind, fields, session.today)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme().px(4), 0)
        box.addWidget(self.form)
        box.addStretch(1)
        self.body.addWidget(self.bar)
        self.body.addWidget(scrolled(inner), 1)
        self._gone = button("删除", self.remove, kind="small", icon="delete")
        save_button = button("保存", self.save, kind="primary")
        self.body.addLayout(row(button("取消", lambda: self.load({}), kind="quiet"), self._gone, None, save_button))
        self._note = label("", "caption")
        self.body.addWidget(self._note)
        self.keeper = DraftKeeper(session, "dues", self, self)
        self.keeper.told.connect(self._note.setText)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)

    def load(self, values: dict[str, Any]) -> None:
        """A record with these values, or an empty form."""
        self.keeper.release()
        known = bool(values.get("id"))
        self._record = self._kind(**values) if known else None
        self.form.load(values)
        self._gone.setVisible(known)
        self.bar.hide()
        self._start = self.form.texts()

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self._start is not None and self._start != self.form.texts()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return {"title": self._title, "view": self._view, "kind": self._kind.__name__, "texts": self.form.texts()}

    def save(self) -> None:
        """Check and save; warnings are told and do not block."""
        commit_composition()
        values = self.form.read()
        if values is None:
            return
        record = self._kind(id=self._record.id if self._record else 0, **values)
        self.bar.hide()
        try:
            problems = self._check(record)
            if self.form.show_problems(problems):
                return
            self._save(record)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self.keeper.done()
        warnings = "；".join(p.text for p in problems if p.severity is Severity.WARNING)
        self._session.say("已保存" + (f"，提示：{warnings}" if warnings else ""), undo=True)
        self.load({})

    def remove(self) -> None:
        """Take the shown record away; it can be undone."""
        try:
            self._take_away(self._record)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self._session.say("已删除", undo=True)
        self.load({})
