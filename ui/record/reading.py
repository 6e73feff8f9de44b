"""A record beside its list, to be read: what is filled in of it, and the ways to change it. Its form takes turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.attachments import Owner, attachments_of
from app.record import Record, entries, kept_as
from app.wording import names_of, shown, title
from ui.house.session import Session
from ui.house.ways import ToHistory
from ui.kit.basic import Card, button, clear, label, row, scrolled
from ui.kit.theme import theme
from ui.record.form import RecordForm

NOTHING = "（没有填其他内容）"


class Reading(QWidget):
    """One record of a list: its fields that say something, in the order of the form."""

    def __init__(self, session: Session, edit: Callable[[], object], remove: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self._record: Record | None = None
        self._card = Card("")
        self.heading = label("", "head", wrap=True)
        self._card.body.addWidget(self.heading)
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, theme().px(4), 0)
        self._lines.setSpacing(theme().px(2))
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._card.body.addWidget(scrolled(inner), 1)
        self.edit_button = button("修改", edit, kind="small", icon="edit", tip="修改（Enter 或 F2）")
        self._remove = button("删除", remove, kind="small", icon="delete")
        past = button("变更历史", self._to_history, kind="link")
        self._card.body.addLayout(row(self.edit_button, self._remove, None, past, spacing=4))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._card)

    def show_record(self, record: Record, names: Sequence[str], owner: Owner | None) -> None:
        """Show some fields of a record, those that say nothing left out."""
        self._record = record
        called = names_of(self._session.ledger, self._session.ledger.history)
        values: dict[str, Any] = dict(vars(record))
        self.heading.setText(title(type(record), values, called) or type(record).called)
        clear(self._lines)
        told = {item.name: item for item in entries(type(record))}
        lines = [(told[name].label, shown(told[name], values, called)) for name in names if name in told]
        # What is for the ledger alone is seen in the form, when it is asked for there.
        hidden = [told[name].label for name in names if name in told and not told[name].printed and values[name]]
        lines = [(caption, text) for caption, text in lines if text and caption not in hidden]
        for caption, text in lines:
            self._lines.addWidget(label(caption, "caption", wrap=True))
            said = label(text, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setAccessibleName(f"{caption}：{text}")
            self._lines.addWidget(said)
            self._lines.addSpacing(theme().px(6))
        if hidden:
            self._lines.addWidget(label(f"另有{'、'.join(hidden)}，点“修改”查看", "caption", wrap=True))
        if not lines:
            self._lines.addWidget(label(NOTHING, "caption"))
        self._show_files(owner, record.id)

    def _show_files(self, owner: Owner | None, record: int) -> None:
        """The files kept with it, by name."""
        kept = attachments_of(self._session.ledger, owner, record) if owner else []
        if kept:
            self._lines.addWidget(label("附件", "caption"))
            self._lines.addWidget(label("\n".join(file.caption or file.name for file in kept), wrap=True))

    def _to_history(self) -> None:
        if self._record is not None:
            self._session.go(ToHistory(kept_as(type(self._record)), self._record.id))


class Side(QStackedWidget):
    """What stands beside a list: the form of a record, or the selected one to be read."""

    def __init__(self, session: Session, form: RecordForm) -> None:
        super().__init__()
        self._form = form
        self.reading = Reading(session, self.edit, form.remove)
        self.addWidget(form)
        self.addWidget(self.reading)

    def read(self, record: Record, names: Sequence[str], owner: Owner | None = None) -> None:
        """Have a record read."""
        self.reading.show_record(record, names, owner)
        self.setCurrentWidget(self.reading)

    def show_form(self) -> None:
        """Have the form."""
        self.setCurrentWidget(self._form)

    def edit(self) -> None:
        """Have the form, of the record that is read or of a new one, with the cursor in it."""
        self.show_form()
        next(iter(self._form.form.editors.values())).setFocus()

    @property
    def reads(self) -> bool:
        """Whether a record is being read."""
        return self.currentWidget() is self.reading
