"""The form of one talk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import AppError
from app.life.talks import TALK_KINDS, TALK_PLACES, Talk, check_talk, record_talk
from app.people.posts import committee
from app.record import Severity
from app.ways import ToPaper
from ui.house.session import Session
from ui.kit.basic import Card, button, label, required, row, scrolled
from ui.kit.editors import Choice, DateEdit, Field, PersonEdit, TextEdit, combo, commit_composition, line_edit
from ui.kit.messages import Bar, with_warnings
from ui.kit.theme import theme
from ui.record.drafting import DraftKeeper
from ui.record.record_menu import more_button


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
        self.follow_up = line_edit(hint="谈完要办的事，没有就不填")
        self.follow_up.setAccessibleName("后续事项")
        self.due = DateEdit(session.today)
        self.due.setAccessibleName("后续期限")
        self.done = DateEdit(session.today)
        self.done.setAccessibleName("办结日期")
        self.how = line_edit(hint="怎么办结的")
        self.how.setAccessibleName("办结情况")
        self.private = TextEdit("只在这里看得到，不打印", rows=2)
        self.private.hide()
        self._private_button = button("显示不打印的备注", self._show_private, kind="link")
        self.fields = {
            "talked_on": Field("谈话时间", self.day),
            "talker": Field("谈话人", self.talker),
            "partner": Field("谈话对象", self.partner),
            "content": Field("谈话内容", self.content),
            "opinion": Field("意见建议", self.opinion),
            "follow_up": Field("后续事项", self.follow_up),
            "follow_up_due": Field("后续期限", self.due),
            "followed_up_on": Field("办结日期", self.done),
            "followed_up_how": Field("办结情况", self.how),
        }
        self._lay_out()
        save = button("保存 Ctrl+S", self.save, kind="primary")
        save.setAccessibleName("保存")
        self._cancel = button("取消", self.reset, kind="quiet")
        self._print = button("打印", self._print_record, kind="small", icon="print")
        self._more = more_button(session, "谈心谈话", lambda: self._talk.id if self._talk else 0, self._attempt)
        self.body.addLayout(row(self._cancel, self._print, self._more, None, save, spacing=4))
        self._note = label("", "caption")
        self.body.addWidget(self._note)
        self.keeper = DraftKeeper(session, "talks", self, self)
        self.keeper.told.connect(self._note.setText)
        for keys, action in (("Ctrl+S", self.save), ("Ctrl+Return", self.save), ("Esc", self.reset)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _lay_out(self) -> None:
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
        for name, text in (("content", "谈话内容"), ("opinion", "意见建议"), ("follow_up", "后续事项")):
            box.addWidget(required(text))
            box.addWidget(self.fields[name])
        box.addLayout(row(label("期限", "secondary"), self.fields["follow_up_due"]))
        box.addLayout(row(label("办结", "secondary"), self.fields["followed_up_on"]))
        box.addWidget(self.fields["followed_up_how"])
        box.addWidget(self._private_button)
        box.addWidget(self.private)
        box.addStretch(1)
        self.body.addWidget(scrolled(inner), 1)

    def _attempt(self, action: Callable[[], Any]) -> bool:
        """Do something; whether it was done, or refused and said so."""
        self.bar.hide()
        try:
            action()
        except AppError as error:
            self.bar.show_error(error)
            return False
        return True

    def _print_record(self) -> None:
        if self._talk:
            self._session.go(ToPaper("talks", self._talk.id))

    def _show_private(self) -> None:
        self.private.setVisible(self.private.isHidden())
        self._private_button.setText("显示不打印的备注" if self.private.isHidden() else "收起不打印的备注")

    def reset(self) -> None:
        """An empty form; who talked and how stays as it was last."""
        self.load(None)

    def load(self, talk: Talk | None, partner: int | None = None, kind: str = "") -> None:
        """A new talk (with somebody, of a kind), or a saved one to be corrected; what was typed stays as a draft."""
        self.keeper.release()
        self._talk = talk
        self.heading.setText("修改谈话记录" if talk else "记一次谈话")
        self._print.setVisible(talk is not None)
        self._more.setVisible(talk is not None)
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
        if kind:
            self.kind.setCurrentText(kind)
        self.partner.set_key(talk.partner if talk else partner)
        self.follow_up.setText(talk.follow_up if talk else "")
        self.due.set(talk.follow_up_due if talk else None)
        self.done.set(talk.followed_up_on if talk else None)
        self.how.setText(talk.followed_up_how if talk else "")
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
            follow_up=self.follow_up.text().strip(),
            follow_up_due=_day_or_none(self.due),
            followed_up_on=_day_or_none(self.done),
            followed_up_how=self.how.text().strip(),
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
            "after": [edit.text() for edit in (self.follow_up, self.due, self.done, self.how)],
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
        after = (self.follow_up, self.due, self.done, self.how)
        for edit, text in zip(after, content.get("after") or [""] * 4, strict=True):
            edit.setText(text)
        self.content.setFocus()

    @property
    def dirty(self) -> bool:
        """Whether text was typed that is not saved."""
        draft, start = self._as_typed(), self._start
        names = ("content", "opinion", "private", "follow_up", "followed_up_on", "followed_up_how", "follow_up_due")
        return start is not None and any(getattr(draft, name) != getattr(start, name) for name in names)

    def save(self) -> bool:
        """Check and save; whether it was saved."""
        commit_composition()
        self.bar.hide()
        self.talker.settle()
        self.partner.settle()
        for field in self.fields.values():
            field.show_fault("")
        for name, edit in (("talked_on", self.day), ("follow_up_due", self.due), ("followed_up_on", self.done)):
            try:
                if edit.day() is None and name == "talked_on":
                    raise ValueError("请填写谈话时间")
            except ValueError as error:
                self.fields[name].show_fault(str(error))
                edit.setFocus()
                return False
        talk = self._as_typed()
        known = {member.id for member in self._session.ledger_of_year().roster.members}
        problems = check_talk(talk, known, self._session.today())
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        for problem in reversed(errors):
            if problem.field in self.fields:
                self.fields[problem.field].show_fault(problem.text)
                self.fields[problem.field].setFocus()
        if errors:
            return False
        try:
            record_talk(self._session.ledger, talk, known, self._session.today())
        except AppError as error:
            self.bar.show_error(error)
            return False
        self._start = None
        self.keeper.done()
        self._session.say(with_warnings("谈话记录已保存", problems))
        self.reset()
        self.partner.setFocus()
        return True


def _day_or_none(edit: DateEdit) -> date | None:
    try:
        return edit.day()
    except ValueError:
        return None
