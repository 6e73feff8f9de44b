"""A card with the form of one kind of record: kept as a draft, checked and saved, taken away again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import AppError
from app.record import Problem, Record, entries
from ui.house.session import Session
from ui.kit.basic import Card, button, label, row, scrolled
from ui.kit.editors import commit_composition
from ui.kit.messages import Bar, with_warnings
from ui.kit.record_form import Fields, RecordForm
from ui.kit.theme import theme
from ui.record.drafting import DraftKeeper


class RecordCard(Card):
    """The form of a new record, or of one to be corrected; who inherits says how it is checked, saved and removed."""

    save_words = "保存"
    removed_words = "已删除"

    def __init__(
        self, session: Session, page: str, title: str, kind: type[Record], fields: Fields, *, padding: int = 16
    ) -> None:
        """`page` is the code of the page whose drafts these are."""
        super().__init__(title, padding=padding)
        self._session = session
        self._kind = kind
        self._record: Record | None = None
        self._given: dict[str, Any] = {}
        self._start: dict[str, str] | None = None
        self.bar = Bar()
        self.body.addWidget(self.bar)
        self.form = RecordForm(kind, fields, session.today)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme().px(4), 0)
        box.addWidget(self.form)
        self.inner = QVBoxLayout()
        """What comes below the form."""
        box.addLayout(self.inner)
        box.addStretch(1)
        self.body.addWidget(scrolled(inner), 1)
        save = button(self.save_words, self.save, kind="primary")
        save.setAccessibleName("保存")
        self._remove = button("删除", self.remove, kind="small", icon="delete")
        cancel = button("取消", self.reset, kind="quiet")
        self.body.addLayout(row(cancel, self._remove, *self.more_buttons(), None, save))
        self._note = label("", "caption")
        self.body.addWidget(self._note)
        self.keeper = DraftKeeper(session, page, self, self)
        self.keeper.told.connect(self._note.setText)
        self.add_key("Ctrl+S", self.save)

    def more_buttons(self) -> list[QWidget]:
        """What stands beside 删除."""
        return []

    def check(self, record: Any) -> list[Problem]:
        """What is wrong or doubtful with a record."""
        raise NotImplementedError

    def store(self, record: Any) -> None:
        """Save a record; raises AppError."""
        raise NotImplementedError

    def take_away(self, record: Any) -> None:
        """Delete a record; raises AppError."""
        raise NotImplementedError

    def add_key(self, keys: str, action: Any) -> None:
        """A key that works anywhere in the card."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)

    def reset(self) -> None:
        """An empty form; what was typed stays as a draft."""
        self.load({})

    def load(self, values: dict[str, Any]) -> None:
        """A record with these values, `id` telling a known one, or an empty form."""
        self.keeper.release()
        known = bool(values.get("id"))
        self._record = self._kind(**values) if known else None
        # What a new record is told that its form does not show.
        told = {entry.name for entry in entries(self._kind)} - set(self.form.editors)
        self._given = {name: value for name, value in values.items() if name in told and not known}
        self.form.load(values)
        self._remove.setVisible(known)
        self.bar.hide()
        self._start = self.form.texts()

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self._start is not None and self._start != self.form.texts()

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        raise NotImplementedError

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def save(self) -> None:
        """Check and save; warnings are told and do not block."""
        commit_composition()
        values = self.form.read()
        if values is None:
            return
        record = replace(self._record, **values) if self._record else self._kind(**self._given, **values)
        self.bar.hide()
        try:
            problems = self.check(record)
            if self.form.show_problems(problems):
                return
            self.store(record)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self.keeper.done()
        self._session.say(with_warnings("已保存", problems), undo=True)
        self.load({})

    def remove(self) -> None:
        """Take the shown record away; it can be undone."""
        if self._record is None:
            return
        try:
            self.take_away(self._record)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self._session.say(self.removed_words, undo=True)
        self.load({})
