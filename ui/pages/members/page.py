"""党员名册: the list as of the shown year, and the chosen person beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.dates import chinese
from app.life.study import hours
from app.people.circumstances import CircumstanceKind
from app.people.members import IN_BRANCH, Member, MemberStatus, remove_member
from app.people.posts import titles_on
from app.ways import ToList, ToRecord
from app.year.figures import AttendanceCount, age_on, attendance_counts
from app.year.standing import required_hours
from ui.house.session import Session
from ui.house.ways import Place, ToChapter, ToDraft, ToImport, ToView
from ui.kit.basic import Card, button, row, scrolled, search_box
from ui.kit.empty import Empty
from ui.kit.only import Only
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.members.form import MemberForm
from ui.pages.members.person import Person, PersonPane
from ui.pages.members.several import SeveralPeople
from ui.record.exporting import export_button

VIEWS = (
    ("in", "在册"),
    ("full", "正式"),
    ("probationary", "预备"),
    ("floating", "流动"),
    ("gone", "已离开"),
    ("unknown", "待补类别"),
)


class MembersPage(Page):
    """党员名册."""

    title = "党员名册"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._only = Only(self.refresh)
        self.add_action(export_button(self, session, "members"))
        self.add_action(button("导入名册", lambda: session.go(ToImport("members")), icon="arrow_import"))
        self.add_action(button("成表录入", lambda: session.go(ToView("sheets", "particulars")), icon="table"))
        self.add_action(button("打印名册", lambda: session.go(ToChapter("roster")), icon="print"))
        self.add_action(button("新增党员", lambda: self._edit(None), kind="primary", icon="person_add"))
        look = theme()
        self._segments = Segmented(VIEWS)
        self._segments.chosen.connect(lambda _: self._only.drop())
        self.filter_box = search_box("姓名或拼音首字母", lambda text: self.table.filter(text))
        self.body.addLayout(row(self._segments, self._only.button, None, self.filter_box))
        self.table = Table("党员名册列表", _columns(), lambda p: p.member.name)
        self.table.selected.connect(self._show_person)
        self.table.opened.connect(lambda person: self._edit(person.member))
        self.table.removed.connect(self._remove)
        card = Card(padding=4)
        card.body.addWidget(self.table)
        self._empty = Empty(
            "这里是支部的党员。单位现有的名册表格可以直接导入，先看每一行再存。",
            "张伟，男，1985-03 出生，2010-07-01 入党，正式党员，第一党小组。",
            button("导入名册", lambda: session.go(ToImport("members")), icon="arrow_import"),
            button("新增党员", lambda: self._edit(None), icon="person_add"),
        )
        card.body.addWidget(self._empty)
        self._pane = Card()
        self._pane.setFixedWidth(look.px(344))
        self._stack = QStackedWidget()
        self.person = PersonPane(session, self._edit, self.attempt)
        self._stack.addWidget(scrolled(self.person))
        self.form = MemberForm(session, self._edited)
        self._stack.addWidget(self.form)
        self.several = SeveralPeople(self, session)
        reading = self._stack.widget(0)
        self.several.stand_in(
            self.table, self._stack, lambda: reading, lambda: self._stack.currentWidget() is not self.form
        )
        self._pane.body.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self._pane)
        self.body.addLayout(middle, 1)

    def _people(self) -> list[Person]:
        ledger, day = self._session.ledger_of_year(), self._session.reference_day()
        counts, studied = attendance_counts(ledger.minutes), ledger.studied
        posts = titles_on(ledger.posts, day)
        talks: dict[int, int] = {}
        for talk in ledger.talks:
            for member in (talk.talker, talk.partner):
                talks[member] = talks.get(member, 0) + 1
        today = self._session.today()
        return [
            Person(
                member=member,
                status=ledger.roster.status(member.id, day),
                group=ledger.group_names.get(ledger.roster.group(member.id, day) or 0, ""),
                post=posts.get(member.id, ""),
                age=age_on(member.birth, day) if member.birth else None,
                minutes=studied.get(member.id, 0),
                needed=required_hours(ledger, member.id, day),
                attendance=counts.get(member.id, AttendanceCount()),
                behind=ledger.dues.arrears(member.id, today),
                talks=talks.get(member.id, 0),
            )
            for member in ledger.roster.members
        ]

    def refresh(self) -> None:
        everyone = self._people()
        roster, day = self._session.ledger_of_year().roster, self._session.reference_day()
        floating = roster.holding(CircumstanceKind.FLOATING, day)
        current = [p for p in everyone if p.status in IN_BRANCH]
        views = {
            "in": current,
            "full": [p for p in current if p.status is MemberStatus.FULL],
            "probationary": [p for p in current if p.status is MemberStatus.PROBATIONARY],
            "floating": [p for p in current if p.member.id in floating],
            "gone": [p for p in everyone if p.status is not None and p.status not in IN_BRANCH],
            "unknown": [p for p in everyone if p.status is None],
        }
        for key, text in VIEWS:
            self._segments.set_text(key, f"{text} {len(views[key])}")
        shown = self._only.among(everyone, views[self._segments.current], lambda p: p.member.id)
        self.head_facts.setText(f"截至 {chinese(self._session.reference_day())}")
        person = self.table.show_rows(shown, keep=lambda p: p.member.id)
        self.table.setVisible(bool(everyone))
        self._empty.setVisible(not everyone)
        self._show_person(person)

    def open_with(self, place: Place) -> None:
        match place:
            case ToDraft():
                self._edit(None)
                self.form.resume(place)
            case ToRecord():
                self._only.clear()
                for key, _ in VIEWS:
                    self._segments.choose(key)
                    self.refresh()
                    if self.table.choose(lambda p: p.member.id == place.id):
                        break
            case ToList():
                self._only.narrow(place.ids, place.words)
                self.refresh()
            case _:
                self.refresh()

    def leave(self) -> bool:
        if not self.form.may_leave():
            return False
        self._stack.setCurrentIndex(0)
        return True

    def _edit(self, member: Member | None) -> None:
        self._stack.setCurrentIndex(1)
        self._pane.show()
        self.form.load(vars(member) if member else {})

    def _edited(self, member: int | None) -> None:
        if member is None and not self.leave():
            return
        self._stack.setCurrentIndex(0)
        if member is not None:
            self.open_with(ToRecord(Member, member))
        self.table.setFocus()

    def _remove(self, person: Person) -> None:
        if self.attempt(lambda: remove_member(self._session.ledger, person.member.id)):
            self._session.say("已删除一位录错的党员。转出、去世等请用“登记变动”", undo=True)

    def _show_person(self, person: Person | None) -> None:
        self._pane.setVisible(person is not None or self._stack.currentIndex() == 1)
        self.person.show_person(person)


def _columns() -> tuple[Column, ...]:
    return (
        Column("姓名", lambda p: p.member.name, 164, strong=True, avatar=True),
        Column("性别", lambda p: p.member.sex or "", 48),
        Column("年龄", lambda p: str(p.age) if p.age is not None else "", 48, right=True, order=lambda p: p.age or 0),
        Column("党小组", lambda p: p.group, 96),
        Column("党内职务", lambda p: p.post, 90),
        Column(
            "学时",
            lambda p: f"{hours(p.minutes)}/{p.needed}",
            130,
            share=lambda p: p.minutes / 60 / p.needed if p.needed else 1.0,
            order=lambda p: p.minutes,
        ),
        Column(
            "党费",
            lambda p: f"欠 {p.behind} 月" if p.behind else "已交清",
            76,
            tone=lambda p: "missing" if p.behind else "ok",
        ),
        Column(
            "类别",
            lambda p: (p.status or "待补").removesuffix("党员"),
            70,
            tone=lambda p: {MemberStatus.FULL: "info", MemberStatus.PROBATIONARY: "due"}.get(p.status, "plain"),
            stretch=True,
        ),
    )
