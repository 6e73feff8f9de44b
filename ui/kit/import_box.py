"""The outcome of an import: counts, and each refused row with its column and reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.basic import label
from ui.kit.table import Column, Table


@dataclass(frozen=True)
class FaultLine:
    """One line of the list."""

    row: int
    column: str
    reason: str
    refused: bool


class OutcomeView(QWidget):
    """Counts in a sentence, faults in a table."""

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.words = label("", wrap=True)
        self.table = Table(
            "导入问题",
            (
                Column("行", lambda f: str(f.row), 56, right=True, order=lambda f: f.row),
                Column("列", lambda f: f.column, 130),
                Column(
                    "结果",
                    lambda f: "未导入" if f.refused else "提示",
                    76,
                    tone=lambda f: "missing" if f.refused else "due",
                ),
                Column("原因", lambda f: f.reason, 300, stretch=True, tip=lambda f: f.reason),
            ),
        )
        box.addWidget(self.words)
        box.addWidget(self.table, 1)
        box.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_outcome(self, words: str, faults: Sequence[FaultLine]) -> None:
        """Show what came of it."""
        self.words.setText(words)
        self.table.set_rows(faults)
        self.table.setVisible(bool(faults))
        self.show()
