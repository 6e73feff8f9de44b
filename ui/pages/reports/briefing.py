"""The choice for a 党建简报: number, note and the meetings it tells of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.house.session import Session
from ui.kit.basic import button, label, row
from ui.kit.editors import NumberEdit, TextEdit
from ui.kit.theme import theme


class BriefingChoice(QWidget):
    """What a briefing is made of; emits `wanted` when it is to be shown."""

    wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.number = NumberEdit(52)
        self.number.setText("1")
        self.number.setAccessibleName("期号")
        self.note = TextEdit("编者按，可不填", rows=2)
        self.note.setAccessibleName("编者按")
        self.note.setMaximumHeight(theme().px(64))
        self.meetings = QListWidget()
        self.meetings.setAccessibleName("选登的会议")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(4))
        box.addLayout(row(label("第", "secondary"), self.number, label("期", "secondary"), None))
        box.addWidget(self.note)
        box.addWidget(self.meetings, 1)
        box.addWidget(button("生成简报", self.wanted.emit, kind="small"))

    def refresh(self) -> None:
        """The meetings of the shown year, newest first; what was ticked stays ticked."""
        ticked = set(self.chosen())
        self.meetings.clear()
        for item in reversed(self._session.ledger_of_year().minutes):
            made = QListWidgetItem(f"{item.meeting.held_on:%m-%d} {item.meeting.subject}")
            made.setToolTip(f"{item.meeting.held_on} {item.title}：{item.meeting.subject}")
            made.setData(Qt.ItemDataRole.UserRole, item.meeting.id)
            on = item.meeting.id in ticked
            made.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.meetings.addItem(made)

    def chosen(self) -> tuple[int, ...]:
        """The ids of the ticked meetings, in order of time."""
        items = [self.meetings.item(number) for number in range(self.meetings.count())]
        ticked = [item for item in reversed(items) if item.checkState() is Qt.CheckState.Checked]
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in ticked)
