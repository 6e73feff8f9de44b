"""党员名册: the list as of the shown year, and the chosen person beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.branch import in_force
from app.dates import PartialDate, chinese
from app.figures import AttendanceCount, age_on, attendance_counts, hours, study_minutes
from app.members import (
    IN_BRANCH,
    Member,
    MemberStatus,
    Sex,
    change_status,
    check_member,
    enrol,
    place,
    remove_member,
    update_member,
)
from app.record import Severity
from app.record import label as label_of
from app.standing import required_hours
from ui.kit.basic import Card, Segmented, button, clear, label, line, required, row, scrolled, search_box
from ui.kit.editors import DateEdit, Field, combo, commit_composition, line_edit
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.session import Session

VIEWS = (
    ("in", "在册"),
    ("full", "正式"),
    ("probationary", "预备"),
    ("floating", "流动"),
    ("gone", "已离开"),
    ("unknown", "待补类别"),
)
TEXTS = ("ethnicity", "native_place", "education", "department", "position", "phone", "address", "note")


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


class MemberForm(QWidget):
    """The fields of a member, new or to be corrected."""

    def __init__(self, session: Session, done) -> None:
        super().__init__()
        self._session = session
        self._done = done
        self._member: Member | None = None
        self._start: object = None
        self.edits: dict[str, Any] = {"name": line_edit(), "id_number": line_edit(hint="18 位")}
        self.sex = combo(["", *(sex.value for sex in Sex)], accessible="性别")
        self.status = combo([status.value for status in IN_BRANCH], accessible="人员类别")
        self.group = combo([], accessible="党小组")
        for name in ("birth", "joined", "confirmed"):
            self.edits[name] = DateEdit(session.today, partial=True)
        self.since = DateEdit(session.today, partial=True)
        self.since_field = Field("转入本支部日期", self.since)
        for name in TEXTS:
            self.edits[name] = line_edit()
        self.fields = {name: Field(label_of(Member, name), edit) for name, edit in self.edits.items()}
        self.floating = combo(["否", "是"], accessible="流动党员")
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme().px(4), 0)
        grid.setVerticalSpacing(theme().px(6))
        self._captions: dict[str, Any] = {}
        lines: list[tuple[str, QWidget]] = [("姓名 *", self.fields["name"]), ("性别", self.sex)]
        lines += [("人员类别 *", self.status), ("党小组", self.group), ("转入日期", self.since_field)]
        for name in ("id_number", "birth", "joined", "confirmed", *TEXTS):
            lines.append((label_of(Member, name), self.fields[name]))
        lines.append(("流动党员", self.floating))
        for number, (text, widget) in enumerate(lines):
            caption = required(text)
            self._captions[text] = caption
            grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, number, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._title = label("", "head")
        box.addWidget(self._title)
        box.addWidget(scrolled(inner), 1)
        save = button("保存 Ctrl+S", self.save, kind="primary")
        save.setAccessibleName("保存")
        box.addLayout(row(button("取消", self._leave, kind="quiet"), None, save))
        for keys, action in (("Ctrl+S", self.save), ("Ctrl+Return", self.save), ("Esc", self._leave)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def load(self, member: Member | None) -> None:
        """A new member, or one to be corrected (status and group then change as dated facts, not here)."""
        self._member = member
        self._title.setText("修改党员信息" if member else "新增党员")
        for name in ("人员类别 *", "党小组", "转入日期"):
            self._captions[name].setVisible(member is None)
        for widget in (self.status, self.group, self.since_field):
            widget.setVisible(member is None)
        self.group.clear()
        self.group.addItem("（不分组）", None)
        for group in in_force(self._session.ledger_of_year().groups, self._session.reference_day()):
            self.group.addItem(group.name, group.id)
        shown = member or Member(name="")
        for name, edit in self.edits.items():
            value = getattr(shown, name)
            edit.set(value) if isinstance(edit, DateEdit) else edit.setText(value)
            self.fields[name].show_fault("")
        self.since.set(None)
        self.sex.setCurrentText(shown.sex.value if shown.sex else "")
        self.floating.setCurrentIndex(int(shown.floating))
        self._start = self._snapshot()
        self.edits["name"].setFocus()

    def _snapshot(self) -> object:
        return [edit.text() for edit in self.edits.values()]

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self._start is not None and self._start != self._snapshot()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def _leave(self) -> None:
        self._done(None)

    def save(self) -> None:
        """Check and save."""
        commit_composition()
        values: dict[str, Any] = {}
        first: Field | None = None
        for name, edit in self.edits.items():
            try:
                values[name] = edit.read() if isinstance(edit, DateEdit) else edit.text().strip()
                self.fields[name].show_fault("")
            except ValueError as error:
                self.fields[name].show_fault(str(error))
                first = first or self.fields[name]
        try:
            since = self.since.read()
            self.since_field.show_fault("")
        except ValueError as error:
            self.since_field.show_fault(str(error))
            first, since = first or self.since_field, None
        if first is not None:
            first.setFocus()
            return
        values["id_number"] = values["id_number"].upper()
        sex = Sex(self.sex.currentText()) if self.sex.currentText() else None
        base = self._member or Member(name="")
        member = replace(base, sex=sex, floating=self.floating.currentIndex() == 1, **values)
        others, today = self._session.ledger_of_year().roster.members, self._session.today()
        problems = check_member(member, others, today)
        for problem in reversed(problems):
            if problem.field in self.fields:
                self.fields[problem.field].show_fault(problem.text, warning=problem.severity is Severity.WARNING)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if errors:
            if errors[0].field in self.fields:
                self.fields[errors[0].field].setFocus()
            return
        ledger = self._session.ledger
        self._start = None
        if self._member is None:
            status = MemberStatus(self.status.currentText())
            saved = enrol(ledger, member, today, status=status, since=since, group=self.group.currentData())
        else:
            saved = update_member(ledger, member, today)
        warnings = "；".join(p.text for p in problems if p.severity is Severity.WARNING)
        self._session.say("已保存" + (f"，提示：{warnings}" if warnings else ""))
        self._done(saved.id)


class MembersPage(Page):
    """党员名册."""

    title = "党员名册"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._only: tuple[int, ...] | None = None
        self.add_action(button("导入名册", lambda: session.go("settings", bring="members"), icon="arrow_import"))
        self.add_action(button("打印名册", lambda: session.go("reports", only="roster"), icon="print"))
        self.add_action(button("新增党员", lambda: self._edit(None), kind="primary", icon="person_add"))
        look = theme()
        self._segments = Segmented(VIEWS)
        self._segments.chosen.connect(lambda _: self._drop_only())
        self._only_label = button("", self._drop_only, kind="link")
        self.filter_box = search_box("姓名或拼音首字母", lambda text: self.table.filter(text))
        self.body.addLayout(row(self._segments, self._only_label, None, self.filter_box))
        self.table = Table("党员名册列表", _columns(), lambda p: p.member.name)
        self.table.selected.connect(self._show_person)
        self.table.opened.connect(lambda person: self._edit(person.member))
        self.table.removed.connect(self._remove)
        card = Card(padding=4)
        card.body.addWidget(self.table)
        self._empty = label("这里是支部的党员。还没有人，请“导入名册”或“新增党员”。", "secondary", wrap=True)
        card.body.addWidget(self._empty)
        self._pane = Card()
        self._pane.setFixedWidth(look.px(344))
        self._stack = QStackedWidget()
        inner = QWidget()
        self._person_box = QVBoxLayout(inner)
        self._person_box.setContentsMargins(0, 0, theme().px(4), 0)
        self._person_box.setSpacing(look.px(8))
        self._stack.addWidget(scrolled(inner))
        self.form = MemberForm(session, self._edited)
        self._stack.addWidget(self.form)
        self._pane.body.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self._pane)
        self.body.addLayout(middle, 1)

    def _people(self) -> list[Person]:
        ledger, day = self._session.ledger_of_year(), self._session.reference_day()
        counts, studied = attendance_counts(ledger.minutes), study_minutes(ledger.minutes)
        posts: dict[int, list[str]] = {}
        for post in in_force(ledger.posts, day):
            posts.setdefault(post.member, []).append(post.title.value)
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
                post="、".join(posts.get(member.id, [])),
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
        current = [p for p in everyone if p.status in IN_BRANCH]
        views = {
            "in": current,
            "full": [p for p in current if p.status is MemberStatus.FULL],
            "probationary": [p for p in current if p.status is MemberStatus.PROBATIONARY],
            "floating": [p for p in current if p.member.floating],
            "gone": [p for p in everyone if p.status is not None and p.status not in IN_BRANCH],
            "unknown": [p for p in everyone if p.status is None],
        }
        for key, text in VIEWS:
            self._segments.set_text(key, f"{text} {len(views[key])}")
        shown = views[self._segments.current]
        if self._only is not None:
            shown = [p for p in everyone if p.member.id in self._only]
        self._only_label.setVisible(self._only is not None)
        self.head_facts.setText(f"截至 {chinese(self._session.reference_day())}")
        self.table.set_rows(shown, keep=lambda p: p.member.id)
        self.table.setVisible(bool(everyone))
        self._empty.setVisible(not everyone)
        if self.table.current() is None:
            self.table.selectRow(0)
        self._show_person(self.table.current())

    def open_with(self, hint: dict[str, Any]) -> None:
        if "member" in hint:
            self._only = None
            for key, _ in VIEWS:
                self._segments.choose(key)
                self.refresh()
                if self.table.choose(lambda p: p.member.id == hint["member"]):
                    break
        elif "ids" in hint:
            self._only = tuple(hint["ids"])
            self._only_label.setText(f"只看：{hint.get('words', '学时不足')}　✕")
            self._only_label.setAccessibleName("取消只看")
            self.refresh()

    def leave(self) -> bool:
        if self._stack.currentIndex() == 0 or not self.form.dirty:
            return True
        text, advice = "党员信息还没有保存。", "离开后没有保存的内容会丢掉。可以先取消，再按 Ctrl+S 保存。"
        if not ask(self, text, advice, "不保存，离开"):
            return False
        self.form.forget()
        self._stack.setCurrentIndex(0)
        return True

    def _drop_only(self) -> None:
        self._only = None
        self.refresh()

    def _edit(self, member: Member | None) -> None:
        self._stack.setCurrentIndex(1)
        self._pane.show()
        self.form.load(member)

    def _edited(self, member: int | None) -> None:
        if member is None and not self.leave():
            return
        self._stack.setCurrentIndex(0)
        if member is not None:
            self.open_with({"member": member})
        self.table.setFocus()

    def _remove(self, person: Person) -> None:
        text, advice = f"删除“{person.member.name}”？", "只有录错的人才需要删除。转出、去世等请用“登记变动”。"
        if ask(self, text, advice, "删除"):
            self.attempt(lambda: remove_member(self._session.ledger, person.member.id))

    # --- the person beside ---

    def _show_person(self, person: Person | None) -> None:
        clear(self._person_box)
        self._pane.setVisible(person is not None or self._stack.currentIndex() == 1)
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
        box.addLayout(row(edit, change, None))
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


def _columns() -> tuple[Column, ...]:
    return (
        Column("姓名", lambda p: p.member.name, 140, strong=True, avatar=True),
        Column("性别", lambda p: p.member.sex or "", 48),
        Column("年龄", lambda p: str(p.age) if p.age is not None else "", 48, right=True, order=lambda p: p.age or 0),
        Column("党小组", lambda p: p.group, 96),
        Column("党内职务", lambda p: p.post, 90),
        Column(
            "学时",
            lambda p: f"{hours(p.minutes)}/{p.needed}",
            130,
            share=lambda p: p.minutes / 60 / p.needed,
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


def make(session: Session) -> Page:
    """The page for a session."""
    return MembersPage(session)
