"""The small form of a half-yearly check or a public notice, with the list of those there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from app.development.steps import remove_part
from app.errors import AppError
from ui.house.session import Session
from ui.kit.basic import Card, button, clear, label, line, row
from ui.kit.editors import commit_composition
from ui.kit.messages import Bar
from ui.kit.record_form import Fields, RecordForm


class PartForm(Card):
    """A check or a notice: a small form and the list of those there are."""

    def __init__(self, session: Session, title: str, kind: type, names: tuple[str, ...], save: Callable) -> None:
        super().__init__(title, padding=14)
        self._session = session
        self._kind, self._save_part = kind, save
        self._applicant = 0
        self.bar = Bar()
        self.form = RecordForm(kind, Fields(names, long=("finding", "objections")), session.today)
        self._listed = QVBoxLayout()
        self.body.addLayout(self._listed)
        self.body.addWidget(line())
        self.body.addWidget(self.bar)
        self.body.addWidget(self.form)
        self.body.addLayout(row(None, button(f"登记{title}", self.save, kind="small", icon="add")))

    def load(self, applicant: int, parts: list[tuple[Any, str]]) -> None:
        """The parts of one applicant, each with its words, and an empty form."""
        self._applicant = applicant
        clear(self._listed)
        if not parts:
            self._listed.addWidget(label("还没有登记。", "caption"))
        for part, words in parts:
            gone = button(f"删除：{words}", lambda part=part: self._remove(part), kind="icon", icon="dismiss")
            made = row(label(words, "secondary", wrap=True), gone)
            made.setStretch(0, 1)
            self._listed.addLayout(made)
        self.form.load({})

    def save(self) -> None:
        """Check and save."""
        commit_composition()
        values = self.form.read()
        if values is None:
            return
        self.bar.hide()
        try:
            self._save_part(self._session.ledger, self._kind(applicant=self._applicant, **values))
        except AppError as error:
            self.bar.show_error(error)

    def _remove(self, part: Any) -> None:
        try:
            remove_part(self._session.ledger, part)
            self._session.say("已删除", undo=True)
        except AppError as error:
            self.bar.show_error(error)
