"""One member: the year at a glance, the facts, the changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.attachments import Owner
from app.dates import PartialDate
from app.life.study import hours
from app.people.care import party_years
from app.people.circumstances import CircumstanceKind
from app.people.extra_fields import ExtraField, ExtraValue
from app.people.identity import masked, masked_phone
from app.people.members import Employment, Member, MemberStatus, Placement, Standing, remove_fact
from app.ways import ToPaper
from app.year.figures import AttendanceCount
from app.year.timeline import Moment, timeline
from ui.house.session import Session
from ui.house.ways import ToHistory
from ui.kit.basic import LONG_NAME, Card, button, clear, label, line, row, why
from ui.kit.messages import ask
from ui.kit.theme import theme
from ui.pages.members.change_box import ChangeBox
from ui.record.attachments import Attachments
from ui.record.record_menu import more_button


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


class PersonPane(QWidget):
    """The chosen person; `edit` opens the form."""

    def __init__(
        self, session: Session, edit: Callable[[Member], object], attempt: Callable[[Callable[[], Any]], bool]
    ) -> None:
        super().__init__()
        self._session = session
        self._edit = edit
        self.attempt = attempt
        self._shown: Person | None = None
        self._open_numbers = False
        self._person_box = QVBoxLayout(self)
        self._person_box.setContentsMargins(0, 0, theme().px(4), 0)
        self._person_box.setSpacing(theme().px(8))

    def show_person(self, person: Person | None) -> None:
        """Show a person, or nothing; numbers are masked again for each."""
        if person is None or self._shown is None or person.member.id != self._shown.member.id:
            self._open_numbers = False
        self._shown = person
        clear(self._person_box)
        if person is None:
            return
        box, member = self._person_box, person.member
        chip = label(person.status or "类别待补", "chip-ok" if person.status is MemberStatus.FULL else "chip-due")
        chip.setMaximumHeight(theme().px(24))
        day = self._session.reference_day()
        department = self._session.ledger_of_year().roster.department(member.id, day)
        years = party_years(member, day)
        standing = f"党龄 {years} 年" if years is not None and person.status is MemberStatus.FULL else ""
        long = len(member.name) > LONG_NAME
        name = label(member.name, "title", wrap=long)
        if long:
            box.addWidget(name)
        box.addLayout(row(chip, None) if long else row(name, chip, None))
        words = (department, person.post, person.group, standing)
        box.addWidget(label(" · ".join(w for w in words if w), "secondary", wrap=True))
        edit = button("修改", lambda: self._edit(member), kind="small", icon="edit")
        change = button("登记变动", self._toggle_change, kind="small", icon="history")
        story = button("变更记录", lambda: self._session.go(ToHistory(Member, member.id)), kind="icon", icon="history")
        more = more_button(self._session, "党员", lambda: member.id, self.attempt)
        year = button(
            "年度档案", lambda: self._session.go(ToPaper("person_year", member.id)), kind="small", icon="print"
        )
        box.addLayout(row(edit, change, None, story))
        box.addLayout(row(year, more, None))
        self._change = ChangeBox(self._session, person.member.id, self.attempt)
        self._change.hide()
        box.addWidget(self._change)
        box.addLayout(self._tiles(person))
        box.addWidget(line())
        for name, text in self._facts(person):
            caption = label(name, "caption")
            caption.setFixedWidth(theme().px(76))
            value = label(text, wrap=True)
            made = row(caption, value)
            made.setStretch(1, 1)
            box.addLayout(made)
        if len(member.id_number) == 18 or member.phone:
            text = "遮住号码" if self._open_numbers else "显示完整号码"
            box.addLayout(row(button(text, self._toggle_numbers, kind="link"), None))
        box.addWidget(line())
        box.addWidget(label("经历", "head"))
        for moment in timeline(self._session.ledger_of_year(), member.id):
            box.addLayout(self._moment(moment))
        box.addWidget(line())
        files = Attachments(self._session, Owner.MEMBER)
        files.show_of(member.id)
        box.addWidget(files)
        box.addStretch(1)

    def _toggle_numbers(self) -> None:
        self._open_numbers = not self._open_numbers
        self.show_person(self._shown)

    def _moment(self, moment: Moment):
        words = label(f"{moment.when}　{moment.text}", "secondary", wrap=True)
        fact = moment.record
        if not isinstance(fact, Standing | Placement | Employment):
            made = row(words)
        else:
            gone = button(f"删除：{moment.text}", lambda: self._remove(moment), kind="icon", icon="dismiss")
            made = row(words, gone, spacing=2)
        made.setStretch(0, 1)
        return made

    def _remove(self, moment: Moment) -> None:
        fact = moment.record
        assert isinstance(fact, Standing | Placement | Employment)
        text = f"删除“{moment.when} {moment.text}”？"
        if ask(
            self, text, "录错的可以删除；情况变了请登记新的变动，不要删除。删除后可以撤销。", "删除"
        ) and self.attempt(lambda: remove_fact(self._session.ledger, fact)):
            self._session.say("已删除一条经历", undo=True)

    def _tiles(self, person: Person) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme().px(8))
        count = person.attendance
        study = f"{hours(person.minutes)}/{person.needed}" if person.needed else f"{hours(person.minutes)}（不作要求）"
        paid = f"欠 {person.behind} 个月" if person.behind else "已交清"
        tiles = (
            ("本年到会", f"{count.attended}/{count.expected}", "应到是记了签到、他应当参加的会，请假的也在里面"),
            ("学时", study, "到会的学习按会议的学时，加上登记的个人学习；斜线后面是今年要求他的学时"),
            ("谈话", f"{person.talks} 次", "今年他谈别人、别人谈他的谈心谈话"),
            ("党费", paid, "过了党费日还没有交清的月份；免交的不算"),
        )
        for number, (name, text, asked) in enumerate(tiles):
            card = Card(padding=10)
            card.setProperty("kind", "sunken")
            card.body.setSpacing(0)
            card.body.addLayout(row(label(name, "caption"), why(asked), None, spacing=4))
            card.body.addWidget(label(text, "head"))
            grid.addWidget(card, number // 2, number % 2)
        return grid

    def _facts(self, person: Person) -> list[tuple[str, str]]:
        member, ledger = person.member, self._session.ledger_of_year()
        day = self._session.reference_day()

        def words(value: PartialDate | None) -> str:
            return value.chinese() if value else ""

        held = ledger.roster.employment(member.id, day)
        now = [kind.value for kind in CircumstanceKind if member.id in ledger.roster.holding(kind, day)]
        facts = [
            ("现有情况", "、".join(now)),
            ("性别民族", f"{member.sex or ''} {member.ethnicity}"),
            ("出生日期", words(member.birth) + (f"（{person.age} 岁）" if person.age is not None else "")),
            ("身份证号", member.id_number if self._open_numbers else masked(member.id_number)),
            ("籍贯", member.native_place),
            ("出生地", member.birthplace),
            ("学历学位", " ".join(part for part in (member.education, member.degree) if part)),
            ("入党日期", words(member.joined)),
            ("转正日期", words(member.confirmed)),
            ("参加工作", words(member.work_started)),
            ("单位职务", held.duty if held else ""),
            ("工作岗位", held.position if held else ""),
            ("技术职务", member.technical_title),
            ("新社会阶层", member.social_stratum),
            ("一线情况", member.front_line),
            ("联系电话", member.phone if self._open_numbers else masked_phone(member.phone)),
            ("家庭住址", member.address),
            ("备注", member.note),
        ]
        own = {field.id: field.name for field in self._session.ledger[ExtraField].all()}
        if own:
            facts += [(own[v.field], v.text) for v in self._session.ledger[ExtraValue].all(member=member.id)]
        return [(name, text) for name, text in facts if text.strip()]

    def _toggle_change(self) -> None:
        self._change.setVisible(self._change.isHidden())
