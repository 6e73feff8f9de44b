"""谈心谈话: how far the year is, who has not been talked with, and the form of a talk beside the list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.branch import committee
from app.errors import AppError
from app.talks import TALK_KINDS, TALK_PLACES, Talk, check_talk, record_talk, remove_talk
from ui.drafting import DraftKeeper
from ui.kit.basic import Card, Segmented, button, clear, label, required, row, scrolled, search_box
from ui.kit.editors import Choice, DateEdit, Field, PersonEdit, TextEdit, combo, commit_composition
from ui.kit.messages import Bar, ask
from ui.kit.page import Page
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.progress import progress_card
from ui.session import Session


class TalkForm(Card):
    """One talk; `done` is called after it was saved."""

    def __init__(self, session: Session) -> None:
        super().__init__("记一次谈话")
        self._session = session
        self._talk: Talk | None = None
        self._start: Talk | None = None
        self.bar = Bar()
        self.body.addWidget(self.bar)
        self.day = DateEdit(session.today)
        self.talker, self.partner = PersonEdit(), PersonEdit()
        self.kind = combo(TALK_KINDS, editable=True, accessible="谈话类型")
        self.place = combo(TALK_PLACES, editable=True, accessible="方式/地点")
        self.content = TextEdit("谈了什么：思想、工作、生活情况", rows=4)
        self.opinion = TextEdit("对方的意见和建议", rows=2)
        self.private = TextEdit("只在这里看得到，不打印", rows=2)
        self.private.hide()
        self._private_button = button("显示不打印的备注", self._show_private, kind="link")
        self.fields = {
            "talked_on": Field("谈话时间", self.day),
            "talker": Field("谈话人", self.talker),
            "partner": Field("谈话对象", self.partner),
            "content": Field("谈话内容", self.content),
            "opinion": Field("意见建议", self.opinion),
        }
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme().px(4), 0)
        box.setSpacing(theme().px(4))
        self.private.setAccessibleName("不打印的备注")
        for name, text in (("talked_on", "谈话时间 *"), ("talker", "谈话人 *"), ("partner", "谈话对象 *")):
            box.addWidget(required(text))
            box.addWidget(self.fields[name])
        box.addWidget(label("类型", "secondary"))
        box.addWidget(self.kind)
        box.addWidget(label("方式/地点", "secondary"))
        box.addWidget(self.place)
        for name, text in (("content", "谈话内容"), ("opinion", "意见建议")):
            box.addWidget(required(text))
            box.addWidget(self.fields[name])
        box.addWidget(self._private_button)
        box.addWidget(self.private)
        box.addStretch(1)
        self.body.addWidget(scrolled(inner), 1)
        save = button("保存 Ctrl+S", self.save, kind="primary")
        save.setAccessibleName("保存")
        self._cancel = button("取消", self.reset, kind="quiet")
        self.body.addLayout(row(self._cancel, None, save))
        self._note = label("", "caption")
        self.body.addWidget(self._note)
        self.keeper = DraftKeeper(session, "talks", self, self)
        self.keeper.told.connect(self._note.setText)
        for keys, action in (("Ctrl+S", self.save), ("Ctrl+Return", self.save), ("Esc", self.reset)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _show_private(self) -> None:
        self.private.setVisible(self.private.isHidden())
        self._private_button.setText("显示不打印的备注" if self.private.isHidden() else "收起不打印的备注")

    def reset(self) -> None:
        """An empty form; who talked and how stays as it was last."""
        self.load(None)

    def load(self, talk: Talk | None, partner: int | None = None) -> None:
        """A new talk (with somebody), or a saved one to be corrected; what was typed before stays as a draft."""
        self.keeper.release()
        self._talk = talk
        self.heading.setText("修改谈话记录" if talk else "记一次谈话")
        ledger = self._session.ledger_of_year()
        day = talk.talked_on if talk else self._session.today()
        choices = [Choice(p.id, p.name) for p in ledger.roster.members]
        for edit in (self.talker, self.partner):
            edit.set_choices(choices)
        for field in self.fields.values():
            field.show_fault("")
        self.bar.hide()
        self.day.set(day)
        if talk:
            self.talker.set_key(talk.talker)
            self.kind.setCurrentText(talk.kind)
            self.place.setCurrentText(talk.place)
        elif not self.talker.text():
            posts = committee(ledger.posts, self._session.reference_day())
            self.talker.set_key(posts[0].member if posts else None)
        self.partner.set_key(talk.partner if talk else partner)
        self.content.setPlainText(talk.content if talk else "")
        self.opinion.setPlainText(talk.opinion if talk else "")
        self.private.setPlainText(talk.private if talk else "")
        self._start = self._as_typed()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def begin(self) -> None:
        """Put the cursor where typing goes on."""
        (self.content if self.partner.text() else self.partner).setFocus()

    def _as_typed(self) -> Talk:
        try:
            day = self.day.day() or self._session.today()
        except ValueError:
            day = self._session.today()
        return Talk(
            id=self._talk.id if self._talk else 0,
            talked_on=day,
            talker=self.talker.key() or 0,
            partner=self.partner.key() or 0,
            kind=self.kind.currentText().strip(),
            place=self.place.currentText().strip(),
            content=self.content.toPlainText(),
            opinion=self.opinion.toPlainText(),
            private=self.private.toPlainText(),
        )

    def draft(self) -> dict[str, Any]:
        """What was typed, as it stands in the fields."""
        return {
            "id": self._talk.id if self._talk else 0,
            "title": self.partner.text(),
            "day": self.day.text(),
            "talker": self.talker.text(),
            "partner": self.partner.text(),
            "kind": self.kind.currentText(),
            "place": self.place.currentText(),
            "content": self.content.toPlainText(),
            "opinion": self.opinion.toPlainText(),
            "private": self.private.toPlainText(),
        }

    def open_draft(self, content: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        found = [talk for talk in self._session.ledger_of_year().talks if talk.id == content["id"]]
        self.load(found[0] if found else None)
        for name in ("day", "talker", "partner"):
            getattr(self, name).setText(content[name])
        for name in ("kind", "place"):
            getattr(self, name).setCurrentText(content[name])
        for name in ("content", "opinion", "private"):
            getattr(self, name).setPlainText(content[name])
        self.content.setFocus()

    @property
    def dirty(self) -> bool:
        """Whether text was typed that is not saved."""
        draft, start = self._as_typed(), self._start
        return start is not None and (draft.content, draft.opinion, draft.private) != (
            start.content,
            start.opinion,
            start.private,
        )

    def save(self) -> bool:
        """Check and save; whether it was saved."""
        commit_composition()
        self.bar.hide()
        self.talker.settle()
        self.partner.settle()
        for field in self.fields.values():
            field.show_fault("")
        try:
            if self.day.day() is None:
                raise ValueError("请填写谈话时间")
        except ValueError as error:
            self.fields["talked_on"].show_fault(str(error))
            self.day.setFocus()
            return False
        talk = self._as_typed()
        known = {member.id for member in self._session.ledger_of_year().roster.members}
        problems = check_talk(talk, known, self._session.today())
        for problem in reversed(problems):
            if problem.field in self.fields:
                self.fields[problem.field].show_fault(problem.text)
                self.fields[problem.field].setFocus()
        if problems:
            return False
        try:
            record_talk(self._session.ledger, talk, known, self._session.today())
        except AppError as error:
            self.bar.show_error(error)
            return False
        self._start = None
        self.keeper.done()
        self._session.say("谈话记录已保存")
        self.reset()
        self.partner.setFocus()
        return True


class TalksPage(Page):
    """谈心谈话."""

    title = "谈心谈话"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.add_action(button("导入表格", lambda: session.go("settings", bring="talks"), icon="arrow_import"))
        self.add_action(button("记一次谈话", lambda: self.open_with({"new": True}), kind="primary", icon="edit"))
        look = theme()
        self._progress = QHBoxLayout()
        self._progress.setSpacing(look.px(16))
        self.body.addLayout(self._progress)
        self._segments = Segmented([("log", "谈话记录"), ("people", "按人查看")])
        self._segments.chosen.connect(lambda _: self.refresh())
        self.filter_box = search_box("姓名或拼音首字母", self._filter)
        self.body.addLayout(row(self._segments, None, self.filter_box))
        self.table = Table("谈话记录", self._log_columns(), lambda t: f"{self._name(t.talker)} {self._name(t.partner)}")
        self.table.opened.connect(lambda talk: self.form.load(talk))
        self.table.selected.connect(lambda talk: None if self.form.dirty or talk is None else self.form.load(talk))
        self.table.removed.connect(self._remove)
        self.people = Table("按人查看谈话", self._people_columns(), lambda person: person.name)
        self.people.opened.connect(lambda person: self.open_with({"partner": person.id}))
        self._tables = QStackedWidget()
        self._tables.addWidget(self.table)
        self._tables.addWidget(self.people)
        card = Card(padding=4)
        card.body.addWidget(self._tables)
        self.form = TalkForm(session)
        self.form.setFixedWidth(look.px(344))
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self.form)
        self.body.addLayout(middle, 1)
        self.form.load(None)

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
        return (
            Column("姓名", lambda p: p.name, 150, strong=True, avatar=True),
            Column(
                "本年谈话",
                lambda p: f"{len(self._talks_of(p.id))} 次",
                90,
                right=True,
                order=lambda p: len(self._talks_of(p.id)),
            ),
            Column("情况", self._state, 90, tone=lambda p: "ok" if self._talks_of(p.id) else "missing"),
            Column("还没有谈过的委员", self._open_leaders, 300, stretch=True),
        )

    def _talks_of(self, member: int) -> list[Talk]:
        return [t for t in self._session.ledger_of_year().talks if member in (t.talker, t.partner)]

    def _state(self, person) -> str:
        return "已谈" if self._talks_of(person.id) else "未谈"

    def _open_leaders(self, person) -> str:
        ledger = self._session.ledger_of_year()
        met = {id for t in self._talks_of(person.id) for id in (t.talker, t.partner)}
        posts = committee(ledger.posts, self._session.reference_day())
        return "、".join(self._name(p.member) for p in posts if p.member not in met and p.member != person.id)

    def refresh(self) -> None:
        ledger = self._session.ledger_of_year()
        duties = [duty for duty in self._session.duties() if duty.rule.startswith("talk")]
        clear(self._progress)
        for duty in duties:
            self._progress.addWidget(progress_card(duty), 1)
        self.head_facts.setText(f"{ledger.year} 年度共 {len(ledger.talks)} 次")
        self._tables.setCurrentIndex(0 if self._segments.current == "log" else 1)
        self.table.set_rows(list(reversed(ledger.talks)), keep=lambda talk: talk.id)
        people = ledger.roster.present(self._session.reference_day())
        self.people.set_rows(sorted(people, key=lambda person: len(self._talks_of(person.id))))

    def open_with(self, hint: dict[str, Any]) -> None:
        if "draft" in hint:
            self.form.open_draft(hint["content"])
            self.form.keeper.adopt(hint["draft"])
        elif "talk" in hint:
            self._segments.choose("log")
            self.refresh()
            self.table.choose(lambda talk: talk.id == hint["talk"])
        else:
            self.form.load(None, hint.get("partner"))
            self.form.begin()

    def leave(self) -> bool:
        if not self.form.dirty:
            return True
        text, advice = "这次谈话还没有保存，草稿也没能存下。", "离开后会丢掉。可以先取消，再按 Ctrl+S 保存。"
        if not self.form.keeper.release() and not ask(self, text, advice, "不保存，离开"):
            return False
        self.form.forget()
        self.form.reset()
        return True

    def _remove(self, talk: Talk) -> None:
        if self.attempt(lambda: remove_talk(self._session.ledger, talk.id)):
            self.form.reset()
            self._session.say("已删除一条谈话记录", undo=True)


def make(session: Session) -> Page:
    """The page for a session."""
    return TalksPage(session)
