"""支部: the branch's own facts, the committee's posts with their terms, the groups."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.branch.branch import BirthdayBasis, BranchKind, term_end, update_branch
from app.branch.groups import Group, save_group
from app.dates import chinese
from app.life.elections import Election, term_doubts, term_years
from app.people.fitness import check_appointment
from app.people.posts import Post, PostTitle, in_force, remove_post, save_post
from app.ways import ToList, ToNew, ToRecord
from ui.house.session import Session
from ui.house.ways import Place, ToDraft, ToView
from ui.kit.basic import Card, button, clear, label, required, row, scrolled
from ui.kit.editors import Choice, DateEdit, Field, NumberEdit, PersonEdit, combo, commit_composition, line_edit
from ui.kit.messages import with_warnings
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.branch.elections import ElectionsView


class BranchPage(Page):
    """支部."""

    title = "支部"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.views = Segmented([("branch", "支部情况"), ("elections", "换届选举")])
        self.views.chosen.connect(lambda _: self._turn())
        self.head.insertWidget(2, self.views)
        self.elections: ElectionsView | None = None
        self._save = self.add_action(button("保存", self.save, kind="primary", icon="save"))
        look = theme()
        inner = QWidget()
        whole = QHBoxLayout(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(16))
        left, right = QVBoxLayout(), QVBoxLayout()
        for side in (left, right):
            side.setSpacing(look.px(16))
            whole.addLayout(side, 1)
        left.addWidget(self._facts_card())
        left.addWidget(self._groups_card(), 1)
        right.addWidget(self._posts_card(), 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(inner))
        self.body.addWidget(self._stack, 1)

    def _turn(self) -> None:
        electing = self.views.current == "elections"
        if electing and self.elections is None:
            self.elections = ElectionsView(self._session)
            self._stack.addWidget(self.elections)
        self._stack.setCurrentIndex(int(electing))
        self._save.setVisible(not electing)
        self.refresh()

    def open_with(self, place: Place) -> None:
        electing = isinstance(place, ToDraft) or (isinstance(place, ToView) and place.view == "elections")
        electing = electing or (isinstance(place, ToRecord | ToNew | ToList) and place.kind is Election)
        self.views.choose("elections" if electing else "branch")
        self._turn()
        if isinstance(place, ToDraft) and self.elections:
            self.elections.form.resume(place)

    def leave(self) -> bool:
        return self.elections is None or self.elections.form.may_leave()

    def _facts_card(self) -> Card:
        card = Card("基本情况")
        self.name, self.unit, self.superior, self.code = (line_edit() for _ in range(4))
        self.code.setPlaceholderText("上级编的代码，没有可以不填")
        self.kind = combo([kind.value for kind in BranchKind], accessible="单位类型")
        self.founded = DateEdit(self._session.today, partial=True)
        self.elected = DateEdit(self._session.today)
        self.dues_day = NumberEdit(60)
        self.extended = DateEdit(self._session.today, ahead=True)
        self.records_since = DateEdit(self._session.today)
        self.extension = line_edit(hint="延期换届的批准文号")
        self.extension.setAccessibleName("延期批准依据")
        self.birthday = combo([basis.value for basis in BirthdayBasis], accessible="政治生日按")
        self.fields = {
            "name": Field("支部名称", self.name),
            "founded": Field("成立日期", self.founded),
            "elected": Field("本届选举日期", self.elected),
            "dues_day": Field("每月党费日", self.dues_day),
            "extended_until": Field("经批准延期至", self.extended),
            "records_since": Field("从哪一天起用本台账记录", self.records_since),
        }
        self.unit.setAccessibleName("所在单位")
        self.code.setAccessibleName("党组织代码")
        self.superior.setAccessibleName("上级党组织")
        self._term = label("", "caption", wrap=True)
        form = QFormLayout()
        form.setSpacing(theme().px(8))
        rows = (
            ("支部名称 *", self.fields["name"]),
            ("党组织代码", self.code),
            ("上级党组织", self.superior),
            ("所在单位", self.unit),
            ("单位类型", self.kind),
            ("成立日期", self.fields["founded"]),
            ("本届选举日期", self.fields["elected"]),
            ("", self._term),
            ("经批准延期至", self.fields["extended_until"]),
            ("延期批准依据", self.extension),
            ("政治生日按", self.birthday),
            ("每月党费日", self.fields["dues_day"]),
            ("用本台账自", self.fields["records_since"]),
        )
        for text, widget in rows:
            form.addRow(required(text), widget)
        card.body.addLayout(form)
        return card

    def _posts_card(self) -> Card:
        card = Card("支委会和党小组组长")
        columns = (
            Column("党内职务", lambda p: p.title.value, 110, strong=True),
            Column("姓名", self._member_name, 110, avatar=True, stretch=True),
            Column("任职日期", lambda p: str(p.since or ""), 100),
            Column("免职日期", lambda p: str(p.until or ""), 100),
        )
        self.posts = Table("支部任职", columns)
        self.posts.setMinimumHeight(theme().px(300))
        self.posts.selected.connect(self._show_post)
        self.posts.removed.connect(self._remove_post)
        card.body.addWidget(self.posts, 1)
        self._post: Post | None = None
        self.post_title = combo([title.value for title in PostTitle], accessible="党内职务")
        self.post_member = PersonEdit()
        self.post_member.setAccessibleName("任职人")
        self.post_since, self.post_until = DateEdit(self._session.today), DateEdit(self._session.today)
        self.post_since.setAccessibleName("任职日期")
        self.post_until.setAccessibleName("免职日期")
        card.body.addLayout(row(self.post_title, self.post_member))
        card.body.addLayout(
            row(label("任职", "secondary"), self.post_since, label("免职", "secondary"), self.post_until)
        )
        add = button("新增任职", lambda: self.save_post(new=True), kind="small", icon="add")
        change = button("保存修改", lambda: self.save_post(new=False), kind="small")
        card.body.addLayout(row(label("免职请填免职日期，不要删除", "caption"), None, change, add))
        return card

    def _groups_card(self) -> Card:
        card = Card("党小组")
        self._groups = QVBoxLayout()
        card.body.addLayout(self._groups)
        self.group_name = line_edit(hint="如：第一党小组")
        self.group_name.setAccessibleName("党小组名称")
        self.group_name.returnPressed.connect(self.add_group)
        card.body.addLayout(row(self.group_name, button("新设党小组", self.add_group, kind="small", icon="add")))
        card.body.addStretch(1)
        return card

    def _member_name(self, post: Post) -> str:
        return self._session.ledger_of_year().roster[post.member].name

    def refresh(self) -> None:
        if self.views.current == "elections" and self.elections:
            self.head_facts.setText("")
            self.elections.refresh()
            return
        ledger, day = self._session.ledger_of_year(), self._session.reference_day()
        branch = ledger.branch
        self.head_facts.setText(branch.name)
        self.name.setText(branch.name)
        self.unit.setText(branch.unit)
        self.code.setText(branch.code)
        self.superior.setText(branch.superior)
        self.kind.setCurrentText(branch.kind.value)
        self.founded.set(branch.founded)
        self.elected.set(branch.elected)
        self.dues_day.setText(str(branch.dues_day))
        self.records_since.set(branch.records_since)
        self.extended.set(branch.extended_until)
        self.extension.setText(branch.extension_approval)
        self.birthday.setCurrentText(branch.birthday_by.value)
        rule = ledger.rulebook.committee
        years = term_years(branch, ledger.rulebook)
        if branch.elected:
            self._term.setText(f"任期 {years} 年，{chinese(term_end(branch.elected, years))}届满（{rule.source}）")
        else:
            self._term.setText(f"填了本届选举日期，才能提醒换届（任期 {years} 年）")
        self.posts.set_rows(sorted(ledger.posts, key=lambda p: (p.until is not None, list(PostTitle).index(p.title))))
        self.post_member.set_choices([Choice(p.id, p.name) for p in ledger.roster.present(day)])
        clear(self._groups)
        groups = in_force(ledger.groups, day)
        if not groups:
            self._groups.addWidget(label("没有党小组，党小组会按“不适用”处理。", "secondary", wrap=True))
        for group in groups:
            people = ledger.roster.in_group(group.id, day)
            names = "、".join(person.name for person in people)
            self._groups.addWidget(label(f"{group.name}　{len(people)} 人", wrap=True))
            self._groups.addWidget(label(names, "caption", wrap=True))

    def save(self) -> None:
        """Save the branch's own facts."""
        commit_composition()
        values = {}
        for name, read in (
            ("founded", self.founded.read),
            ("elected", self.elected.day),
            ("dues_day", self.dues_day.read),
            ("extended_until", self.extended.day),
            ("records_since", self.records_since.day),
        ):
            try:
                values[name] = read()
                self.fields[name].show_fault("")
            except ValueError as error:
                self.fields[name].show_fault(str(error))
                self.fields[name].setFocus()
                return
        if not self.name.text().strip():
            self.fields["name"].show_fault("请填写支部名称")
            self.name.setFocus()
            return
        branch = replace(
            self._session.ledger_of_year().branch,
            name=self.name.text().strip(),
            unit=self.unit.text().strip(),
            code=self.code.text().strip(),
            superior=self.superior.text().strip(),
            kind=BranchKind(self.kind.currentText()),
            founded=values["founded"],
            elected=values["elected"],
            dues_day=values["dues_day"] or 0,
            extended_until=values["extended_until"],
            extension_approval=self.extension.text().strip(),
            records_since=values["records_since"],
            birthday_by=BirthdayBasis(self.birthday.currentText()),
        )
        doubts = term_doubts(branch, self._session.ledger_of_year().rulebook)
        if self.attempt(lambda: update_branch(self._session.ledger, branch)):
            self._session.say(with_warnings("已保存", doubts))

    def _show_post(self, post: Post | None) -> None:
        self._post = post
        if post:
            self.post_title.setCurrentText(post.title.value)
            self.post_member.setText(self._member_name(post))
            self.post_since.set(post.since)
            self.post_until.set(post.until)

    def save_post(self, *, new: bool) -> None:
        """Appoint somebody, or correct the chosen post."""
        self.post_member.settle()
        name = self.post_member.text().strip()
        member = self.post_member.key()
        if not new and self._post and name == self._member_name(self._post):
            member = self._post.member
        if member is None:
            self.bar.show_text("请从名册里选一位任职人。")
            self.post_member.setFocus()
            return
        try:
            since, until = self.post_since.day(), self.post_until.day()
        except ValueError as error:
            self.bar.show_text(str(error))
            return
        id = 0 if new or self._post is None else self._post.id
        post = Post(id=id, member=member, title=PostTitle(self.post_title.currentText()), since=since, until=until)
        year = self._session.ledger_of_year()
        doubts = check_appointment(post, year.posts, year.roster, year.rulebook, self._session.today())
        if self.attempt(lambda: save_post(self._session.ledger, post)):
            self._session.say(with_warnings("任职已保存", doubts))

    def _remove_post(self, post: Post) -> None:
        if self.attempt(lambda: remove_post(self._session.ledger, post.id)):
            self._session.say(f"已删除任职“{post.title}”", undo=True)

    def add_group(self) -> None:
        """Set up a group."""
        name = self.group_name.text().strip()
        if self.attempt(lambda: save_group(self._session.ledger, Group(name=name))):
            self.group_name.clear()
            self._session.say(f"已设立{name}")
