"""What changes with a member from a day on: status, group, work; and the ways to what has a register of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.branch.lists import offered
from app.dates import PartialDate
from app.people.circumstances import Circumstance
from app.people.members import Employment, Leaving, MemberStatus, change_status, employ, place
from app.people.posts import in_force
from app.people.transfers import Transfer
from app.record import Record
from app.ways import ToNew
from ui.house.session import Session
from ui.kit.basic import Card, button, label, row
from ui.kit.editors import DateEdit, Field, combo, line_edit, needed_day

# What is entered by hand; leaving for another branch is a transfer.
ENTERED = tuple(status for status in MemberStatus if status is not MemberStatus.TRANSFERRED)


class ChangeBox(Card):
    """The dated facts of one member, each entered by itself; `attempt` shows what is refused."""

    def __init__(self, session: Session, member: int, attempt: Callable[[Callable[[], Any]], bool]) -> None:
        super().__init__(padding=12)
        self._session, self._member = session, member
        self.since = DateEdit(session.today, partial=True)
        self._field = Field("变动日期", self.since)
        self.status = combo([status.value for status in ENTERED], accessible="变动为")
        self.status.setCurrentText(MemberStatus.FULL.value)
        self.leaving = combo(["（出党方式）", *(way.value for way in Leaving)], accessible="出党方式")
        self.leaving.hide()
        self.status.currentTextChanged.connect(lambda text: self.leaving.setVisible(text == MemberStatus.EXPELLED))
        self.note = line_edit(hint="说明")
        self.note.setAccessibleName("变动说明")
        self.group = combo([], accessible="调整党小组")
        self.group.addItem("（不分组）", None)
        for item in in_force(session.ledger_of_year().groups, session.reference_day()):
            self.group.addItem(item.name, item.id)
        self.department, self.duty = line_edit(hint="工作部门"), line_edit(hint="单位职务")
        self.department.setAccessibleName("新的工作部门")
        self.duty.setAccessibleName("新的单位职务")
        self.position = combo(["", *offered(session.ledger, "position")], editable=True, accessible="新的工作岗位")
        elsewhere = button("转出…", lambda: self._register(Transfer), kind="small")
        facts = button("流动、失联、困难…", lambda: self._register(Circumstance), kind="small")
        self.body.addLayout(row(label("日期", "secondary"), self._field))
        self.body.addLayout(row(label("变为", "secondary"), self.status))
        self.body.addWidget(self.leaving)
        self.body.addWidget(self.note)
        self.body.addLayout(row(None, button("登记类别变动", lambda: attempt(self.save_status), kind="small")))
        self.body.addLayout(row(self.group, button("登记分组", lambda: attempt(self.save_group), kind="small")))
        self.body.addLayout(row(self.department, self.duty))
        self.body.addLayout(row(self.position, button("登记工作变动", lambda: attempt(self.save_work), kind="small")))
        self.body.addLayout(row(elsewhere, facts, None))

    def _day(self) -> PartialDate:
        return needed_day(self._field, "变动没有登记：请先填好日期。")

    def save_status(self) -> None:
        """Record the status from the day on; raises Refused."""
        chosen = self.leaving.currentIndex() > 0 and not self.leaving.isHidden()
        way = Leaving(self.leaving.currentText()) if chosen else None
        status, note = MemberStatus(self.status.currentText()), self.note.text().strip()
        change_status(self._session.ledger, self._member, self._day(), status, note, way)

    def save_group(self) -> None:
        """Record the group from the day on; raises Refused."""
        place(self._session.ledger, self._member, self._day(), self.group.currentData())

    def save_work(self) -> None:
        """Record the work from the day on; raises Refused."""
        told = Employment(
            member=self._member,
            since=self._day(),
            department=self.department.text().strip(),
            duty=self.duty.text().strip(),
            position=self.position.currentText().strip(),
        )
        employ(self._session.ledger, told)

    def _register(self, kind: type[Record]) -> None:
        self._session.go(ToNew(kind, {"member": self._member}))
