"""The choice for a 党建简报: number, note and the records that it tells of, of whatever kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.house.session import Session
from ui.kit.basic import button, label, row
from ui.kit.editors import NumberEdit, TextEdit, combo
from ui.kit.theme import theme

if TYPE_CHECKING:
    from app.reports.briefing import Key, Piece

KEY = Qt.ItemDataRole.UserRole


class BriefingChoice(QWidget):
    """What a briefing is made of; emits `wanted` when it is to be shown."""

    wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pieces: Sequence[Piece] = ()
        self._ticked: set[Key] = set()
        self.number = NumberEdit(52)
        self.number.setText("1")
        self.number.setAccessibleName("期号")
        self.kind = combo([], accessible="哪种记录")
        self.kind.setMinimumWidth(theme().px(110))
        self.kind.activated.connect(lambda _: self._show())
        self.note = TextEdit("编者按，可不填", rows=2)
        self.note.setAccessibleName("编者按")
        self.note.setMaximumHeight(theme().px(64))
        self.records = QListWidget()
        self.records.setAccessibleName("选登的记录")
        self.records.itemChanged.connect(self._tick)
        self._told = label("", "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(4))
        box.addLayout(row(label("第", "secondary"), self.number, label("期", "secondary"), None, self.kind))
        box.addWidget(self.note)
        box.addWidget(self.records, 1)
        box.addWidget(self._told)
        box.addWidget(button("生成简报", self.wanted.emit, kind="small"))

    def refresh(self) -> None:
        """The records of the shown year by kind; what was ticked stays ticked."""
        from app.reports.briefing import pieces

        self._pieces = pieces(self._session.ledger_of_year())
        self._ticked &= {piece.key for piece in self._pieces}
        shown = self.kind.currentText()
        self.kind.clear()
        self.kind.addItems(list(dict.fromkeys(piece.kind for piece in self._pieces)))
        self.kind.setCurrentIndex(max(0, self.kind.findText(shown)))
        self._show()

    def _show(self) -> None:
        """The records of the chosen kind, newest first."""
        self.records.blockSignals(True)
        self.records.clear()
        for piece in reversed([piece for piece in self._pieces if piece.kind == self.kind.currentText()]):
            made = QListWidgetItem(f"{piece.day:%m-%d} {piece.title}" if piece.day else piece.title)
            made.setToolTip(f"{piece.day or ''} {piece.title}".strip())
            made.setData(KEY, piece.key)
            on = piece.key in self._ticked
            made.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.records.addItem(made)
        self.records.blockSignals(False)
        self._tell()

    def _tick(self, made: QListWidgetItem) -> None:
        on = made.checkState() is Qt.CheckState.Checked
        (self._ticked.add if on else self._ticked.discard)(tuple(made.data(KEY)))
        self._tell()

    def _tell(self) -> None:
        number = len(self._ticked)
        self._told.setText(f"已选 {number} 条，各种记录可以一起选" if number else "勾选要登的，可以换一种记录再勾")

    def chosen(self) -> tuple[Key, ...]:
        """The keys of what is ticked, in the order of the briefing."""
        return tuple(piece.key for piece in self._pieces if piece.key in self._ticked)
