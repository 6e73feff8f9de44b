"""Why a record stands as it is: a line for the reason under each doubt about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.checks.explanation import Explanation, doubts, explain, explanations_of, forget_reasons
from app.record import Problem, Record
from app.store import Store
from ui.kit.basic import clear, label
from ui.kit.editors import line_edit
from ui.kit.theme import theme


class Reasons(QWidget):
    """The doubts about the shown record, each with its reason; it takes no room while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.edits: dict[str, QLineEdit] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, theme().px(6), 0, 0)
        self._box.setSpacing(theme().px(4))
        self.hide()

    def load(self, doubts: Sequence[str], known: Mapping[str, Explanation]) -> None:
        """Show other doubts, with the reasons that are known and since when."""
        clear(self._box)
        self.edits = {}
        for doubt in doubts:
            given = known.get(doubt)
            edit = line_edit(given.reason if given else "", hint="理由，检查时有据可查（可不填）")
            edit.setAccessibleName(f"理由：{doubt}")
            when = f"（{given.explained_on} 已说明）" if given else ""
            self._box.addWidget(label(f"提示：{doubt}{when}", "caption", wrap=True))
            self._box.addWidget(edit)
            self.edits[doubt] = edit
        self.setVisible(bool(doubts))

    def begin(self) -> None:
        """Put the cursor where the first reason is missing, and bring it into sight."""
        waiting = [edit for edit in self.edits.values() if not edit.text()]
        if not waiting:
            return
        waiting[0].setFocus()
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            # Where it stands is known when the form has been laid out.
            QTimer.singleShot(0, waiting[0], lambda: area.ensureWidgetVisible(waiting[0]))

    def typed(self) -> dict[str, str]:
        """The reasons by doubt, as they stand."""
        return {doubt: edit.text() for doubt, edit in self.edits.items()}

    def keep(self, store: Store, kind: type[Record], number: int, problems: Sequence[Problem], today: date) -> None:
        """Keep the reasons for what is still doubtful with a record."""
        still = doubts(problems)
        reasons = {doubt: reason for doubt, reason in self.typed().items() if doubt in still}
        if reasons:
            explain(store, kind, number, reasons, today)

    def type_again(self, typed: Mapping[str, str]) -> None:
        """Put back what was typed for the doubts that are still there."""
        for doubt, reason in typed.items():
            if doubt in self.edits:
                self.edits[doubt].setText(reason)


def remove_with_reasons(store: Store, record: Record, remove: Callable[[Any], object]) -> None:
    """Take a record away with the reasons that were given for it, as one action; raises AppError."""
    if not explanations_of(store, type(record), record.id):
        remove(record)
        return
    with store.transaction():
        remove(record)
        forget_reasons(store, type(record), record.id)
