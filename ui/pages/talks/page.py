"""谈心谈话: the log, the matrix of who talked with whom, and what must be followed by a talk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.life.talks import TALK_KINDS, Talk, remove_talk
from app.people.members import Member
from app.people.posts import committee
from app.ways import ToNew, ToPaper, ToRecord
from app.year.must_talks import MustTalk, must_talks
from ui.house.session import Session
from ui.house.ways import Place, ToDraft, ToImport, ToView
from ui.kit.basic import Card, button, clear, row, search_box
from ui.kit.empty import Empty
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.talks.form import FIELDS, TalkForm
from ui.pages.talks.occasion import OccasionForm
from ui.record.exporting import export_button
from ui.record.following import Following
from ui.record.form import may_leave
from ui.record.progress import progress_card
from ui.record.reading import Side
from ui.record.several import Several

MOST_LEADERS = 7


class TalksPage(Page):
    """谈心谈话."""

    title = "谈心谈话"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._writing = False
        """Whether a new talk is being written: then the side does not turn to what is selected."""
        self.add_action(export_button(self, session, "talks"))
        self.add_action(button("导入表格", lambda: session.go(ToImport("talks")), icon="arrow_import"))
        self.add_action(button("记一次谈话", lambda: self.open_with(ToNew(Talk)), kind="primary", icon="edit"))
        look = theme()
        self._progress = QHBoxLayout()
        self._progress.setSpacing(look.px(16))
        self.body.addLayout(self._progress)
        self._segments = Segmented([("log", "谈话记录"), ("people", "按人查看"), ("must", "必谈事由")])
        self._segments.chosen.connect(lambda _: self.refresh())
        self.filter_box = search_box("姓名或拼音首字母", self._filter)
        self._add_occasion = button("登记事由", self._begin_occasion, kind="small", icon="add")
        self.body.addLayout(row(self._segments, None, self._add_occasion, self.filter_box))
        self.table = Table("谈话记录", self._log_columns(), lambda t: f"{self._name(t.talker)} {self._name(t.partner)}")
        self.table.opened.connect(self._open_talk)
        self.table.selected.connect(self._show_talk)
        self.table.removed.connect(self._remove)
        self.people = Table("按人查看谈话", self._people_columns(), lambda person: person.name, remembered=False)
        self.people.opened.connect(lambda person: self.open_with(ToNew(Talk, {"partner": person.id})))
        self._tables = QStackedWidget()
        self._tables.addWidget(self.table)
        self._tables.addWidget(self.people)
        self.must = Table("必谈事由", self._must_columns(), lambda item: self._name(item.member))
        self.must.opened.connect(self._talk_about)
        self._tables.addWidget(self.must)
        self.people.clicked.connect(self._cell_clicked)
        card = Card(padding=4)
        card.body.addWidget(self._tables, 1)
        self._empty = Empty(
            "这里记支部委员之间、委员和党员、党员之间的谈心谈话，谁还没谈过“按人查看”里看得见。",
            "7月5日 支部书记与王芳，思想动态，办公室：近期工作和家庭情况。",
            button("记一次谈话", lambda: self.open_with(ToNew(Talk)), icon="edit"),
        )
        card.body.addWidget(self._empty)
        self._no_occasion = Empty(
            "岗位变动、受到处理、家里有变故、有苗头性问题的，要有人去谈；别处登记过的会自己列出来，其他的在这里登记。",
            "7月4日 张华，家庭变故：家属住院。",
            button("登记事由", self._begin_occasion, icon="add"),
        )
        card.body.addWidget(self._no_occasion)
        self.form = TalkForm(session)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self._beside())
        self.body.addLayout(middle, 1)
        self.form.load({})

    def _beside(self) -> QWidget:
        """What stands at the right of the list: a talk, an occasion, or what can be done with several talks."""
        session = self._session
        self.occasion = OccasionForm(session)
        self.occasion.load({})
        self._following = Following(self.must, self.occasion, self._show_must)
        self.must.selected.connect(self._following.follow)
        self.talk_side = Side(session, self.form)
        self.form.left.connect(self._read_selected)
        deeds = (("打印谈话记录", "print", self._print_several),)
        self.several = Several(self, session, "次谈话", lambda t: f"{t.talked_on:%m-%d} {self._name(t.partner)}", deeds)
        self._side = QStackedWidget()
        self._side.setFixedWidth(theme().px(344))
        for part in (self.talk_side, self.occasion):
            self._side.addWidget(part)
        self._following.rested.connect(self._side.setVisible)
        self.occasion.resumes.connect(self._side.show)
        self.several.stand_in(self.table, self._side, lambda: self.talk_side, lambda: not self._writing)
        return self._side

    def _print_several(self, talks: list[Talk]) -> None:
        ordered = sorted(talks, key=lambda t: (t.talked_on, t.id))
        self._session.go(ToPaper.of_all("talks", [talk.id for talk in ordered]))

    def _filter(self, text: str) -> None:
        self.table.filter(text)
        self.people.filter(text)

    def _name(self, member: int) -> str:
        return self._session.ledger_of_year().roster[member].name

    def _log_columns(self) -> tuple[Column, ...]:
        return (
            Column("时间", lambda t: t.talked_on.isoformat(), 110),
            Column("谈话人", lambda t: self._name(t.talker), 100, strong=True),
            Column("谈话对象", lambda t: self._name(t.partner), 100, strong=True),
            Column("类型", lambda t: t.kind, 110, tone=lambda t: "info" if t.kind in TALK_KINDS[:2] else "due"),
            Column("内容", lambda t: t.content, 200, stretch=True),
        )

    def _people_columns(self) -> tuple[Column, ...]:
        """Who has been talked with: the state, then a column for each of the committee with the last day."""
        ledger = self._session.ledger_of_year()
        posts = committee(ledger.posts, self._session.reference_day())
        leaders = list(dict.fromkeys(post.member for post in posts))[:MOST_LEADERS]
        return (
            Column("姓名", lambda p: p.name, 130, strong=True, avatar=True),
            Column(
                "本年",
                lambda p: f"{len(self._talks_of(p.id))} 次",
                60,
                right=True,
                order=lambda p: len(self._talks_of(p.id)),
            ),
            Column("情况", self._state, 76, tone=lambda p: "ok" if self._talks_of(p.id) else "missing"),
            *(self._leader_column(leader) for leader in leaders),
        )

    def _leader_column(self, leader: int) -> Column:
        def last(person: Any) -> str:
            if person.id == leader:
                return "—"
            days = [t.talked_on for t in self._talks_of(person.id) if leader in (t.talker, t.partner)]
            return f"✓ {max(days):%m-%d}" if days else "未谈"

        tones = {"—": "plain"}
        return Column(
            self._name(leader),
            last,
            84,
            tone=lambda p: tones.get(text := last(p), "ok" if text.startswith("✓") else "plain"),
            tip=lambda p: f"{self._name(leader)}与{p.name}：{last(p)}。单击可记谈话",
        )

    def _cell_clicked(self, index: Any) -> None:
        """A cell of the matrix: the talk of these two, beside it."""
        person = self.people.current()
        posts = committee(self._session.ledger_of_year().posts, self._session.reference_day())
        leaders = list(dict.fromkeys(post.member for post in posts))[:MOST_LEADERS]
        number = index.column() - 3
        if person is None or not 0 <= number < len(leaders) or leaders[number] == person.id:
            return
        pair = {leaders[number], person.id}
        held = [talk for talk in self._session.ledger_of_year().talks if {talk.talker, talk.partner} == pair]
        if held:
            self._open_talk(held[-1])
        else:
            self._write({"talker": leaders[number], "partner": person.id})

    def _must_columns(self) -> tuple[Column, ...]:
        def state(item: MustTalk) -> str:
            if item.talk:
                return f"{item.talk.talked_on:%m-%d} 已谈"
            return "待谈" if item.open else "不需谈"

        return (
            Column("姓名", lambda i: self._name(i.member), 130, strong=True, avatar=True),
            Column("事由", lambda i: i.kind, 110, tone=lambda _: "due"),
            Column("发生日期", lambda i: i.happened_on.isoformat(), 110, order=lambda i: i.happened_on),
            Column("情况", lambda i: i.note, 180, stretch=True, tip=lambda i: i.note),
            Column("谈话", state, 100, tone=lambda i: "missing" if i.open else "ok"),
        )

    def _begin_occasion(self) -> None:
        """A new occasion, with the cursor in its form."""
        self._following.begin()
        self.occasion.load({})
        self._side.show()
        self.occasion.form.editors["member"].setFocus()

    def _show_must(self, item: MustTalk) -> None:
        told = {"member": item.member, "kind": item.kind, "happened_on": item.happened_on, "note": item.note}
        self.occasion.load(vars(item.record) if item.record else told)

    def _talk_about(self, item: MustTalk) -> None:
        """The talk that an occasion asks for."""
        if item.talk is not None:
            self.open_with(ToRecord(Talk, item.talk.id))
        else:
            self.open_with(ToNew(Talk, {"partner": item.member, "kind": item.kind}))

    def _talks_of(self, member: int) -> list[Talk]:
        return [t for t in self._session.ledger_of_year().talks if member in (t.talker, t.partner)]

    def _state(self, person: Member) -> str:
        return "已谈" if self._talks_of(person.id) else "未谈"

    def refresh(self) -> None:
        ledger = self._session.ledger_of_year()
        duties = [duty for duty in self._session.duties() if duty.rule.startswith("talk")]
        clear(self._progress)
        for duty in duties:
            self._progress.addWidget(progress_card(duty), 1)
        self.head_facts.setText(f"{ledger.year} 年度共 {len(ledger.talks)} 次")
        must = self._segments.current == "must"
        self._tables.setCurrentIndex({"log": 0, "people": 1, "must": 2}[self._segments.current])
        self._side.setCurrentIndex(int(must))
        owed = must_talks(ledger, self._session.today())
        self._segments.set_text("must", f"必谈事由 {sum(item.open for item in owed)}")
        self.must.set_rows(owed)
        self.people.rows_model.columns = self._people_columns()
        self.table.set_rows(list(reversed(ledger.talks)), keep=lambda talk: talk.id)
        self._empty.setVisible(self._segments.current == "log" and not ledger.talks)
        self._no_occasion.setVisible(must and not owed)
        self._add_occasion.setVisible(must and bool(owed))
        self._tables.setHidden(not (owed if must else ledger.talks or self._segments.current == "people"))
        if self.talk_side.reads or not (self._writing or self.form.dirty):
            self._read_selected()
        if must:
            self._side.setVisible(self._following.rest())
        people = ledger.roster.present(self._session.reference_day())
        self.people.set_rows(sorted(people, key=lambda person: len(self._talks_of(person.id))))

    def open_with(self, place: Place) -> None:
        match place:
            case ToDraft():
                occasional = place.content.get("kind") == "TalkOccasion" or "occasion" in place.content
                form = self.occasion if occasional else self.form
                if occasional:
                    self._turn_to("must")
                form.resume(place)
                self.talk_side.show_form()
                self._side.show()
            case ToRecord() if place.kind is Talk:
                self._turn_to("log")
                self.table.choose(lambda talk: talk.id == place.id)
                self._read_selected()
            case ToView() if place.view:
                self._turn_to(place.view)
            case ToNew():
                if self._segments.current == "must":
                    self._turn_to("log")
                self._write(place.values)
            case _:
                self._turn_to("log")

    def _show_talk(self, talk: Talk | None) -> None:
        if talk is not None and not self.form.dirty:
            self.form.load(vars(talk))
            self._writing = False
            self.talk_side.read(talk, FIELDS.names)

    def _open_talk(self, talk: Talk) -> None:
        """Have a talk in its form, to change it."""
        self.form.load(vars(talk))
        self._side.show()
        self.talk_side.edit()

    def _read_selected(self) -> None:
        """Have the selected talk read, the latest where none is; without any nothing stands beside the list."""
        self._writing = False
        talk = self.table.rest_on_a_row()
        self._show_talk(talk)
        self._side.setVisible(talk is not None or self.form.dirty)

    def _write(self, values: Mapping[str, Any]) -> None:
        """Begin a talk."""
        self._writing = True
        self.form.load(values)
        self.talk_side.show_form()
        self._side.show()
        self.form.to_typing()

    def _turn_to(self, view: str) -> None:
        self._segments.choose(view)
        self.refresh()

    def leave(self) -> bool:
        return may_leave((self.occasion, self.form))

    def _remove(self, talk: Talk) -> None:
        if self.attempt(lambda: remove_talk(self._session.ledger, talk.id)):
            self.form.reset()
            self._session.say("已删除一条谈话记录", undo=True)
