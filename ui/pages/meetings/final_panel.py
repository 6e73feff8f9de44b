"""定稿: what the minutes still lack, making them final, and opening them again with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QInputDialog, QVBoxLayout, QWidget

from app.life.final_minutes import checklist, finalise, reopen
from app.life.meetings import Minutes
from ui.house.session import Session
from ui.kit.basic import button, label, row
from ui.kit.theme import theme


class FinalPanel(QWidget):
    """The checklist of one meeting's minutes, and whether they are final."""

    def __init__(self, session: Session, minutes: Minutes, attempt: Callable[[Callable[[], Any]], bool]) -> None:
        super().__init__()
        self._session, self._minutes, self._attempt = session, minutes, attempt
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(2))
        versions = [item for item in session.ledger_of_year().finals if item.meeting == minutes.meeting.id]
        standing = next((item for item in versions if item.reopened_on is None), None)
        if standing:
            text = f"已定稿：{standing.finalised_on}，第 {standing.version} 版"
            box.addWidget(label(text, "ok"))
            box.addWidget(label(f"校验码 {standing.digest[:16]}…", "caption"))
            box.addLayout(row(button("重新打开…", self.reopen, kind="small"), None))
        else:
            lacking = [item.label for item in checklist(minutes) if item.needed and not item.there]
            words = "缺：" + "、".join(lacking) if lacking else "要素齐全，签字后可以定稿"
            box.addWidget(label(words, "warning" if lacking else "ok", wrap=True))
            go = button("定稿", self.finalise, kind="small", icon="checkmark_circle")
            go.setEnabled(not lacking)
            box.addLayout(row(go, None))
        for item in versions:
            if item.reopened_on:
                text = f"第 {item.version} 版（{item.finalised_on}）{item.reopened_on} 重新打开：{item.reopened_why}"
                box.addWidget(label(text, "caption", wrap=True))

    def finalise(self) -> None:
        """Make the minutes final."""
        if self._attempt(lambda: finalise(self._session.ledger, self._minutes, self._session.today())):
            self._session.say("已定稿，以后修改要写明原因", undo=True)

    def reopen(self) -> None:
        """Ask why, and open the minutes again."""
        why, sure = QInputDialog.getText(self, "重新打开", "为什么要改已经定稿的记录？")
        if not sure:
            return
        meeting, today = self._minutes.meeting.id, self._session.today()
        if self._attempt(lambda: reopen(self._session.ledger, meeting, why, today)):
            self._session.say("已重新打开，改好后请再定稿", undo=True)
