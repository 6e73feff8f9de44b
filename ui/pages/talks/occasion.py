"""The form of a 必谈事由: what happened to a member, or why it needs no talk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.life.talks import MUST_TALK, Talk, TalkOccasion, check_occasion, remove_occasion, save_occasion
from app.record import Problem
from app.ways import ToNew
from ui.house.session import Session
from ui.kit.basic import button
from ui.kit.record_fields import Fields
from ui.record.form import RecordForm

FIELDS = Fields(
    ("member", "kind", "happened_on", "note", "waived_why"),
    words={"kind": MUST_TALK},
    hints={"note": "如：到新岗位、家属去世", "waived_why": "不需要谈的才填"},
)


class OccasionForm(RecordForm):
    """An occasion told by hand, or what other records tell, with the way to the talk."""

    view = "must"
    removed_words = "已删除一条必谈事由"

    def __init__(self, session: Session) -> None:
        super().__init__(session, "talks", "登记必谈事由", TalkOccasion, FIELDS)

    def more_buttons(self) -> list[QWidget]:
        """To the talk."""
        return [button("记谈话", self._talk, kind="small", icon="edit")]

    def _talk(self) -> None:
        member, kind = self.form.editors["member"].key(), self.form.texts()["kind"]
        self._session.go(ToNew(Talk, {"partner": member, "kind": kind}))

    def check(self, record: Any) -> list[Problem]:
        """As occasions are checked."""
        return check_occasion(record, self._session.today())

    def store(self, record: Any) -> TalkOccasion:
        """Keep it."""
        return save_occasion(self._session.ledger, record, self._session.today())

    def take_away(self, record: Any) -> None:
        """Delete it."""
        remove_occasion(self._session.ledger, record)

    def fill(self, values: Mapping[str, Any]) -> None:
        del values
        self.heading.setText("修改必谈事由" if self.record else "登记必谈事由")

    def draft_title(self) -> str:
        return self.form.texts()["kind"]
