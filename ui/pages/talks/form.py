"""The form of one talk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.life.talks import TALK_KINDS, TALK_PLACES, Talk, check_talk, record_talk, remove_talk
from app.people.posts import committee
from app.record import Problem
from app.ways import ToPaper
from ui.house.session import Session
from ui.kit.basic import button
from ui.kit.record_fields import Fields
from ui.record.form import RecordForm
from ui.record.record_menu import more_button

FIELDS = Fields(
    (
        "talked_on",
        "talker",
        "partner",
        "kind",
        "place",
        "content",
        "opinion",
        "follow_up",
        "follow_up_due",
        "followed_up_on",
        "followed_up_how",
        "private",
    ),
    words={"kind": TALK_KINDS, "place": TALK_PLACES},
    hints={
        "content": "谈了什么：思想、工作、生活情况",
        "opinion": "对方的意见和建议",
        "follow_up": "谈完要办的事，没有就不填",
        "followed_up_how": "怎么办结的",
        "private": "只在这里看得到，不打印",
    },
    rows={"content": 4, "opinion": 2, "private": 2},
)


class TalkForm(RecordForm):
    """One talk. A new one begins with who talked last, and how."""

    left = Signal()
    saved_words = "谈话记录已保存"
    removed_words = "已删除一条谈话记录"
    removable = False  # the list does it
    view = "log"

    def __init__(self, session: Session) -> None:
        self._last: dict[str, Any] = {}
        super().__init__(session, "talks", "记一次谈话", Talk, FIELDS)
        self.resumes.connect(lambda: self.content.setFocus())
        editors = self.form.editors
        self.day, self.talker, self.partner = editors["talked_on"], editors["talker"], editors["partner"]
        self.kind, self.content, self.follow_up = editors["kind"], editors["content"], editors["follow_up"]
        self.due, self.done = editors["follow_up_due"], editors["followed_up_on"]

    def inside(self, box: QVBoxLayout) -> None:
        super().inside(box)
        self._private_button = button("显示不打印的备注", self._show_private, kind="link")
        box.addWidget(self._private_button)
        self._hide_private(hidden=True)

    def _show_private(self) -> None:
        self._hide_private(hidden=not self.form.fields["private"].isHidden())

    def _hide_private(self, *, hidden: bool) -> None:
        for part in (self.form.fields["private"], self.form.captions["private"]):
            part.setHidden(hidden)
        self._private_button.setText("显示不打印的备注" if hidden else "收起不打印的备注")

    def more_buttons(self) -> list[QWidget]:
        """What can be made of a saved talk."""
        self._print = button("打印", self._print_record, kind="small", icon="print")
        self._more = more_button(self._session, "谈心谈话", lambda: self.record.id if self.record else 0, self.attempt)
        return [self._print, self._more]

    def _print_record(self) -> None:
        if self.record:
            self._session.go(ToPaper("talks", self.record.id))

    def begins(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Today, by whom and how it was last; at first by the secretary."""
        posts = committee(self._session.ledger_of_year().posts, self._session.reference_day())
        usual = {"talker": posts[0].member if posts else None, "kind": TALK_KINDS[0], "place": TALK_PLACES[0]}
        told = {name: value for name, value in values.items() if value}
        return {"talked_on": self._session.today(), **usual, **self._last, **told}

    def fill(self, values: Mapping[str, Any]) -> None:
        known = self.record is not None
        self.heading.setText("修改谈话记录" if known else "记一次谈话")
        self._print.setVisible(known)
        self._more.setVisible(known)

    def to_typing(self) -> None:
        """Put the cursor where typing goes on."""
        (self.content if self.partner.text() else self.partner).setFocus()

    def draft_title(self) -> str:
        return self.partner.text()

    def check(self, record: Any) -> list[Problem]:
        """As talks are checked."""
        return check_talk(record, self._known(), self._session.today())

    def _known(self) -> set[int]:
        return {member.id for member in self._session.ledger_of_year().roster.members}

    def store(self, record: Any) -> Talk:
        """Keep it."""
        return record_talk(self._session.ledger, record, self._known(), self._session.today())

    def take_away(self, record: Any) -> None:
        """Delete it."""
        remove_talk(self._session.ledger, record.id)

    def leave(self) -> None:
        super().leave()
        self.left.emit()

    def after_save(self, saved: Talk) -> None:
        known = self.record is not None
        self._last = {"talker": saved.talker, "kind": saved.kind, "place": saved.place}
        self.reset()
        if known:
            self.left.emit()
            return
        self.partner.setFocus()
