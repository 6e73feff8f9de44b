"""Several members at once: their files printed, their names copied, their group changed from one day on."""

from __future__ import annotations

from typing import Any

from app.people.members import place_together
from app.people.posts import in_force
from app.ways import ToPaper
from ui.house.session import Session
from ui.kit.basic import button, label, row
from ui.kit.clipboard import copy_briefly
from ui.kit.editors import DateEdit, Field, combo, needed_day
from ui.kit.page import Page
from ui.kit.table import Table
from ui.record.several import Several


class SeveralPeople(Several):
    """What can be done with several members."""

    def __init__(self, page: Page, session: Session) -> None:
        deeds = (("打印个人年度档案", "print", self._print), ("复制姓名", "chat_multiple", self._copy_names))
        super().__init__(page, session, "人", lambda person: person.member.name, deeds)
        self.since = DateEdit(session.today, partial=True)
        self._field = Field("自何时", self.since)
        self.group = combo([], accessible="改到党小组")
        last = self.body.count() - 1
        self.body.insertWidget(last, label("一起改党小组", "head"))
        self.body.insertLayout(last + 1, row(label("自何时", "secondary"), self._field))
        self.body.insertLayout(last + 2, row(label("改到", "secondary"), self.group))
        save = button("登记分组", lambda: page.attempt(self.save_group), kind="small")
        self.body.insertLayout(last + 3, row(None, save))

    def show_rows(self, table: Table, rows: list[Any]) -> None:
        """Show the members, and the groups there are."""
        super().show_rows(table, rows)
        chosen = self.group.currentData()
        self.group.clear()
        self.group.addItem("（不分组）", None)
        for item in in_force(self._session.ledger_of_year().groups, self._session.reference_day()):
            self.group.addItem(item.name, item.id)
        self.group.setCurrentIndex(max(0, self.group.findData(chosen)))

    def save_group(self) -> None:
        """Record the group of all of them from the day on; raises Refused."""
        since = needed_day(self._field, "分组没有登记：请先填好从哪天起。")
        people = [person.member.id for person in self.rows]
        place_together(self._session.ledger, people, since, self.group.currentData())
        self._session.say(f"已登记 {len(people)} 人的党小组", undo=True)

    def _print(self, people: list[Any]) -> None:
        self._session.go(ToPaper.of_all("person_year", [person.member.id for person in people]))

    def _copy_names(self, people: list[Any]) -> None:
        copy_briefly("、".join(person.member.name for person in people))
        self._session.say(f"已复制 {len(people)} 人的姓名，一分钟内可以贴到通知里")
