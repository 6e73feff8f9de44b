"""The form of a 必谈事由: what happened to a member, or why it needs no talk."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.life.talks import MUST_TALK, Talk, TalkOccasion, check_occasion, remove_occasion, save_occasion
from app.record import Problem
from app.ways import ToNew
from ui.house.session import Session
from ui.kit.basic import button
from ui.kit.editors import Choice
from ui.kit.record_form import Fields
from ui.record.record_card import RecordCard


class OccasionCard(RecordCard):
    """An occasion told by hand, or what other records tell, with the way to the talk."""

    save_words = "保存 Ctrl+S"
    removed_words = "已删除一条必谈事由"

    def __init__(self, session: Session) -> None:
        fields = Fields(
            ("member", "kind", "happened_on", "note", "waived_why"),
            people=("member",),
            words={"kind": MUST_TALK},
            hints={"note": "如：到新岗位、家属去世", "waived_why": "不需要谈的才填"},
        )
        super().__init__(session, "talks", "登记必谈事由", TalkOccasion, fields)

    def more_buttons(self) -> list[QWidget]:
        """To the talk."""
        return [button("记谈话", self._talk, kind="small", icon="edit")]

    def _talk(self) -> None:
        texts = self.form.texts()
        member = self.form.editors["member"].key()
        self._session.go(ToNew(Talk, {"partner": member, "kind": texts["kind"]}))

    def check(self, record: Any) -> list[Problem]:
        """As occasions are checked."""
        return check_occasion(record, self._session.today())

    def store(self, record: Any) -> None:
        """Keep it."""
        save_occasion(self._session.ledger, record, self._session.today())

    def take_away(self, record: Any) -> None:
        """Delete it."""
        remove_occasion(self._session.ledger, record)

    def load(self, values: dict[str, Any]) -> None:
        """An occasion, or an empty form."""
        people = self._session.ledger_of_year().roster.members
        self.form.set_people([Choice(person.id, person.name) for person in people])
        self.form.set_words("kind", MUST_TALK)
        super().load(values)

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return {
            "occasion": self._record.id if self._record else 0,
            "title": self.form.texts()["kind"],
            "texts": self.form.texts(),
        }

    def open_draft(self, content: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        known = self._session.ledger[TalkOccasion].all(id=content["occasion"]) if content["occasion"] else []
        self.load(known[0].__dict__ if known else {})
        self.form.set_texts(content["texts"])
