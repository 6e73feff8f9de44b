"""The small form of a half-yearly check or a public notice, with the list of those there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from app.development.recording import remove_part
from app.development.steps import DevelopmentCheck, PublicNotice
from app.record import Problem, missing_entries
from app.store import Store
from ui.house.session import Session
from ui.kit.basic import button, clear, label, line, row
from ui.kit.record_fields import Fields
from ui.record.form import RecordForm

OfApplicant = DevelopmentCheck | PublicNotice


class PartForm(RecordForm):
    """A check or a notice of one applicant: those there are, and the form of one more or of the chosen one."""

    removed_words = "已删除"

    def __init__(
        self,
        session: Session,
        title: str,
        kind: type[OfApplicant],
        names: tuple[str, ...],
        keep: Callable[[Store, Any], OfApplicant],
    ) -> None:
        self._keep, self._applicant, self._noun = keep, 0, title
        super().__init__(session, "develop", title, kind, Fields(names), padding=14)

    def inside(self, box: QVBoxLayout) -> None:
        self._listed = QVBoxLayout()
        box.addLayout(self._listed)
        box.addWidget(line())
        super().inside(box)

    def show_of(self, applicant: int, parts: list[tuple[Any, str]]) -> None:
        """The parts of one applicant, each with its words; what is being typed for the same person stays."""
        same, self._applicant = applicant == self._applicant, applicant
        clear(self._listed)
        if not parts:
            self._listed.addWidget(label("还没有登记。", "caption"))
        for part, words in parts:
            edit = button(words, lambda part=part: self.load(vars(part)), kind="link")
            edit.setAccessibleDescription("修改")
            gone = button(f"删除：{words}", lambda part=part: self._drop(part), kind="icon", icon="dismiss")
            self._listed.addLayout(row(edit, None, gone))
        if not (same and self.dirty):
            self.reset()

    def _drop(self, part: OfApplicant) -> None:
        self.attempt(lambda: remove_part(self._session.ledger, part), self.removed_words)

    def begins(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"applicant": self._applicant, **values}

    def draft_title(self) -> str:
        return self._noun

    def check(self, record: Any) -> list[Problem]:
        """The required fields."""
        return missing_entries(record)

    def store(self, record: Any) -> OfApplicant:
        """Keep it."""
        return self._keep(self._session.ledger, record)

    def take_away(self, record: Any) -> None:
        """Delete it."""
        remove_part(self._session.ledger, record)
