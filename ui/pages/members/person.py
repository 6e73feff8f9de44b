"""One member: the year at a glance, the facts, the changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.branch import in_force
from app.dates import PartialDate
from app.figures import AttendanceCount, hours
from app.members import Member, MemberStatus, change_status, place
from ui.kit.basic import Card, button, clear, label, line, row
from ui.kit.editors import DateEdit, Field, combo, line_edit
from ui.kit.theme import theme
from ui.session import Session


@dataclass(frozen=True)
class Person:
    """One row: a member with the year at a glance."""

    member: Member
    status: MemberStatus | None
    group: str
    post: str
    age: int | None
    minutes: int
    needed: int
    attendance: AttendanceCount
    behind: int
    talks: int


def masked(number: str) -> str:
    """An identity number for the screen: 430199********1234."""
    return f"{number[:6]}********{number[-4:]}" if len(number) == 18 else number


class PersonPane(QWidget):
    """The chosen person; `edit` opens the form."""

    def __init__(
        self, session: Session, edit: Callable[[Member], object], attempt: Callable[[Callable[[], Any]], bool]
    ) -> None:
        super().__init__()
        self._session = session
        self._edit = edit
        self.attempt = attempt
        self._person_box = QVBoxLayout(self)
        self._person_box.setContentsMargins(0, 0, theme().px(4), 0)
        self._person_box.setSpacing(theme().px(8))

    def show_person(self, person: Person | None) -> None:
        """Show a person, or nothing."""
        clear(self._person_box)
        if person is None:
            return
        box, member = self._person_box, person.member
        chip = label(person.status or "类别待补", "chip-ok" if person.status is MemberStatus.FULL else "chip-due")
        chip.setMaximumHeight(theme().px(24))
        box.addLayout(row(label(member.name, "title"), chip, None))
        box.addWidget(
            label(" · ".join(w for w in (member.department, person.post, person.group) if w), "secondary", wrap=True)
        )
        edit = button("修改", lambda: self._edit(member), kind="small", icon="edit")
        change = button("登记变动", self._toggle_change, kind="small", icon="history")
        story = button(
            "变更记录", lambda: self._session.go("history", record=(Member, member.id)), kind="icon", icon="history"
        )
        box.addLayout(row(edit, change, None, story))
        self._change = self._change_box(person)
        self._change.hide()
        box.addWidget(self._change)
        box.addLayout(self._tiles(person))
        box.addWidget(line())
        for name, text in self._facts(person):
            caption = label(name, "caption")
            caption.setFixedWidth(theme().px(68))
            value = label(text, wrap=True)
            made = row(caption, value)
            made.setStretch(1, 1)
            box.addLayout(made)
        box.addWidget(line())
        box.addWidget(label("经历", "head"))
        for fact in self._session.ledger_of_year().roster.history(member.id):
            when = fact.since.chinese() if fact.since else "台账建立前"
            box.addWidget(
                label(f"{when}　{fact.status}{'　' + fact.note if fact.note else ''}", "secondary", wrap=True)
            )
        box.addStretch(1)

    def _tiles(self, person: Person) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme().px(8))
        count = person.attendance
        tiles = (
            ("本年到会", f"{count.attended}/{count.expected}"),
            ("学时", f"{hours(person.minutes)}/{person.needed}"),
            ("谈话", f"{person.talks} 次"),
            ("党费", f"欠 {person.behind} 个月" if person.behind else "已交清"),
        )
        for number, (name, text) in enumerate(tiles):
            card = Card(padding=10)
            card.setProperty("kind", "sunken")
            card.body.setSpacing(0)
            card.body.addWidget(label(name, "caption"))
            card.body.addWidget(label(text, "head"))
            grid.addWidget(card, number // 2, number % 2)
        return grid

    def _facts(self, person: Person) -> list[tuple[str, str]]:
        member = person.member

        def words(value: PartialDate | None) -> str:
            return value.chinese() if value else ""

        facts = [
            ("性别民族", f"{member.sex or ''} {member.ethnicity}"),
            ("出生日期", words(member.birth) + (f"（{person.age} 岁）" if person.age is not None else "")),
            ("身份证号", masked(member.id_number)),
            ("籍贯", member.native_place),
            ("学历", member.education),
            ("入党日期", words(member.joined)),
            ("转正日期", words(member.confirmed)),
            ("工作岗位", member.position),
            ("联系电话", member.phone),
            ("家庭住址", member.address),
            ("备注", member.note),
        ]
        return [(name, text) for name, text in facts if text.strip()]

    def _toggle_change(self) -> None:
        self._change.setVisible(self._change.isHidden())

    def _change_box(self, person: Person) -> Card:
        card = Card(padding=12)
        status = combo([status.value for status in MemberStatus], accessible="变动为")
        status.setCurrentText(MemberStatus.FULL.value)
        since = DateEdit(self._session.today, partial=True)
        field = Field("变动日期", since)
        note = line_edit(hint="说明，如转往何处")
        note.setAccessibleName("变动说明")
        group = combo([], accessible="调整党小组")
        group.addItem("（党小组不变）", -1)
        group.addItem("（不分组）", None)
        for item in in_force(self._session.ledger_of_year().groups, self._session.reference_day()):
            group.addItem(item.name, item.id)

        def day() -> PartialDate | None:
            try:
                value = since.read()
                field.show_fault("" if value else "请填写日期")
            except ValueError as error:
                field.show_fault(str(error))
                return None
            return value

        ledger, member = self._session.ledger, person.member.id

        def save_status() -> None:
            value = day()
            if value:
                chosen = MemberStatus(status.currentText())
                self.attempt(lambda: change_status(ledger, member, value, chosen, note.text().strip()))

        def save_group() -> None:
            value = day()
            if value and group.currentData() != -1:
                self.attempt(lambda: place(ledger, member, value, group.currentData()))

        card.body.addLayout(row(label("日期", "secondary"), field))
        card.body.addLayout(row(label("变为", "secondary"), status))
        card.body.addWidget(note)
        card.body.addLayout(row(None, button("登记类别变动", save_status, kind="small")))
        card.body.addLayout(row(group, button("登记分组", save_group, kind="small")))
        return card
