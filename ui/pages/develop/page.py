"""发展党员: a board of the five stages, a list, and the way of each person."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.development.steps import (
    Applicant,
    check_applicant,
    close_applicant,
    remove_applicant,
    reopen_applicant,
    save_applicant,
)
from app.errors import AppError
from app.life.meetings import load_minutes
from app.pinyin import matches
from app.ways import ToRecord
from ui.house.session import Session
from ui.house.ways import Place, ToDraft
from ui.kit.basic import Card, Segmented, button, label, required, row, scrolled, search_box
from ui.kit.editors import DateEdit, Field, commit_composition, line_edit
from ui.kit.messages import Bar, ask
from ui.kit.page import Page
from ui.kit.record_form import Fields, RecordForm
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.develop.board import Board, Strip
from ui.pages.develop.progress import Progress, progress_of
from ui.pages.develop.way import WayView
from ui.record.drafting import DraftKeeper
from ui.record.exporting import export_button
from ui.record.record_menu import DEVELOPMENT_FORMS, offer_forms

APPLICANT_FIELDS = (
    "name",
    "sex",
    "birth",
    "id_number",
    "ethnicity",
    "education",
    "department",
    "position",
    "phone",
    "league_member",
    "note",
)


class ApplicantForm(Card):
    """The form of an applicant, new or to be corrected, and the end of the way."""

    def __init__(self, session: Session, done) -> None:
        super().__init__("新增申请人")
        self._session, self._done = session, done
        self._applicant: Applicant | None = None
        self._start: object = None
        self.bar = Bar()
        self.body.addWidget(self.bar)
        self.applied = DateEdit(session.today)
        self.applied_field = Field("递交申请书日期", self.applied)
        self.form = RecordForm(Applicant, Fields(APPLICANT_FIELDS), session.today)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme().px(4), 0)
        box.addWidget(required("递交申请书日期 *"))
        box.addWidget(self.applied_field)
        box.addWidget(self.form)
        self.why = line_edit(hint="如：本人撤回、调离")
        self.why.setAccessibleName("终止原因")
        self._end = button("终止发展", self._close, kind="small")
        self._again = button("恢复发展", self._reopen, kind="small")
        self._gone = button("删除（录错的）", self._remove, kind="small", icon="delete")
        self._end_box = QWidget()
        self._end_box.setLayout(row(self.why, self._end, self._again))
        box.addWidget(self._end_box)
        box.addStretch(1)
        self.body.addWidget(scrolled(inner), 1)
        save = button("保存 Ctrl+S", self.save, kind="primary")
        save.setAccessibleName("保存")
        self.body.addLayout(row(button("取消", lambda: self._done(None), kind="quiet"), self._gone, None, save))
        self._note = label("", "caption")
        self.body.addWidget(self._note)
        self.keeper = DraftKeeper(session, "develop", self, self)
        self.keeper.told.connect(self._note.setText)
        for keys, action in (("Ctrl+S", self.save), ("Ctrl+Return", self.save), ("Esc", lambda: self._done(None))):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def load(self, applicant: Applicant | None, applied: date | None = None) -> None:
        """A new applicant, or one to be corrected."""
        self.keeper.release()
        self._applicant = applicant
        self.heading.setText("修改申请人信息" if applicant else "新增申请人")
        self.form.load(applicant.__dict__ if applicant else {})
        self.applied.set(applied)
        self.applied_field.show_fault("")
        closed = applicant is not None and applicant.closed_on is not None
        self._end_box.setVisible(applicant is not None)
        self._gone.setVisible(applicant is not None)
        self.why.setText(applicant.closed_why if applicant else "")
        self._end.setVisible(not closed)
        self._again.setVisible(closed)
        self.bar.hide()
        self._start = self._typed()
        self.applied.setFocus() if applicant is None else self.form.editors["name"].setFocus()

    def _typed(self) -> dict[str, str]:
        return {**self.form.texts(), "applied": self.applied.text()}

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        name = self.form.editors["name"].text()
        return {"title": name, "id": self._applicant.id if self._applicant else 0, "texts": self._typed()}

    def set_texts(self, texts: dict[str, str]) -> None:
        """Go on with what was typed and not saved."""
        self.form.set_texts(texts)
        self.applied.setText(texts.get("applied", ""))

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self._start is not None and self._start != self._typed()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def save(self) -> None:
        """Check and save."""
        commit_composition()
        values = self.form.read()
        if values is None:
            return
        try:
            applied = self.applied.day()
            self.applied_field.show_fault("" if applied else "请填写递交申请书的日期")
        except ValueError as error:
            self.applied_field.show_fault(str(error))
            applied = None
        if applied is None:
            self.applied.setFocus()
            return
        base = self._applicant.__dict__ if self._applicant else {}
        applicant = Applicant(**{**base, **values})
        ledger, today = self._session.ledger, self._session.today()
        if self.form.show_problems(check_applicant(applicant, self._session.ledger_of_year().roster.members, today)):
            return
        try:
            saved = save_applicant(ledger, applicant, today, applied)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self.keeper.done()
        self._session.say("已保存")
        self._done(saved.id)

    def _attempt(self, action, told: str) -> None:
        try:
            action()
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self._session.say(told, undo=True)
        self._done(None)

    def _close(self) -> None:
        applicant, day = self._applicant, self._session.today()
        assert applicant
        self._attempt(
            lambda: close_applicant(self._session.ledger, applicant, day, self.why.text()), "已终止，记录保留"
        )

    def _reopen(self) -> None:
        applicant = self._applicant
        assert applicant
        self._attempt(lambda: reopen_applicant(self._session.ledger, applicant), "已恢复")

    def _remove(self) -> None:
        applicant = self._applicant
        assert applicant
        self._attempt(lambda: remove_applicant(self._session.ledger, applicant.id), "已删除申请人和全部步骤")


class DevelopPage(Page):
    """发展党员."""

    title = "发展党员"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._people: list[Progress] = []
        self._chosen = 0
        self.views = Segmented([("board", "看板"), ("list", "清单"), ("ended", "已办结、已终止")])
        self.views.chosen.connect(lambda _: self.refresh())
        self.filter_box = search_box("姓名或拼音首字母", lambda _: self.refresh())
        self.add_action(export_button(self, session, "development"))
        self._printing = self.add_action(button("打印", self._print, icon="print"))
        self.add_action(button("新增申请人", lambda: self._edit(None), kind="primary", icon="person_add"))
        self._tools = QWidget()
        edit = button("修改申请人信息", lambda: self._edit(self._chosen), kind="small", icon="edit")
        self._tools.setLayout(row(self.views, edit, None, self.filter_box))
        self.body.addWidget(self._tools)
        self.board = Board(self._choose, self._open)
        self.strip = Strip(self._open)
        self.table = Table("发展党员清单", _columns(session), lambda p: p.name)
        self.table.selected.connect(lambda p: p and self._choose(p.id))
        self.table.opened.connect(lambda p: self._open(p.id))
        self._listed = QStackedWidget()
        self._listed.addWidget(self.board)
        card = Card(padding=4)
        card.body.addWidget(self.table)
        self._listed.addWidget(card)
        self._empty = label(
            "这里是入党申请人、积极分子、发展对象和预备党员。还没有人，请“新增申请人”。", "secondary", wrap=True
        )
        overview = QWidget()
        box = QVBoxLayout(overview)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(12))
        box.addWidget(self._listed, 1)
        box.addWidget(self._empty)
        box.addWidget(self.strip)
        self.form = ApplicantForm(session, self._edited)
        self.form.setFixedWidth(theme().px(344))
        self.form.hide()
        whole = QWidget()
        beside = QHBoxLayout(whole)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme().px(16))
        beside.addWidget(overview, 1)
        beside.addWidget(self.form)
        self.way = WayView(session, self._back)
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(self.way)
        self.body.addWidget(self._stack, 1)

    def refresh(self) -> None:
        session = self._session
        ledger, today = session.ledger_of_year(), session.today()
        named = {step.meeting for way in ledger.development for step in way.steps.values() if step.meeting}
        minutes = {m.meeting.id: m for m in load_minutes(session.ledger) if m.meeting.id in named} if named else {}
        everyone = progress_of(ledger, minutes, today)
        going = [p for p in everyone if p.coming is not None]
        ended = [p for p in everyone if p.coming is None]
        self.views.set_text("ended", f"已办结、已终止 {len(ended)}")
        self._people = everyone
        shown = ended if self.views.current == "ended" else going
        shown = [p for p in shown if matches(p.name, self.filter_box.text())]
        soon = sum(bool(p.chip(today)[0]) for p in going)
        self.head_facts.setText(f"{len(going)} 人在培养 · {soon} 人有事项要办")
        if self._chosen not in {p.id for p in shown}:
            self._chosen = shown[0].id if shown else 0
        self._listed.setCurrentIndex(0 if self.views.current == "board" and self.form.isHidden() else 1)
        self.board.show_people(shown, ledger, today)
        self.table.set_rows(shown, keep=lambda p: p.id)
        self._listed.setVisible(bool(everyone))
        self._empty.setVisible(not everyone)
        self._choose(self._chosen)
        if self._stack.currentIndex() == 1:
            person = self._person(self.way.shown)
            self.way.show_person(person) if person else self._back()

    def _person(self, applicant: int) -> Progress | None:
        return next((person for person in self._people if person.id == applicant), None)

    def _choose(self, applicant: int) -> None:
        self._chosen = applicant
        self.board.mark(applicant)
        self.strip.show_person(self._person(applicant), self._session.ledger_of_year())

    def _open(self, applicant: int, view: str = "steps") -> None:
        person = self._person(applicant)
        if person is None:
            return
        self._choose(applicant)
        self._tools.hide()
        self._stack.setCurrentIndex(1)
        self.way.show_view(view)
        self.way.show_person(person, person.coming.step if person.coming else None)

    def _back(self) -> None:
        if self.leave():
            self._stack.setCurrentIndex(0)
            self._tools.show()
            self.refresh()

    def _edit(self, applicant: int | None) -> None:
        if not self.leave():
            return
        self._stack.setCurrentIndex(0)
        self._tools.show()
        person = self._person(applicant) if applicant else None
        if applicant == 0 and person is None:
            return
        # A board has no room beside a form: the list takes its place.
        self._listed.setCurrentIndex(1)
        self.form.show()
        self.form.load(person.way.applicant if person else None, person.way.day(1) if person else None)

    def _edited(self, applicant: int | None) -> None:
        if applicant is None and not self.leave():
            return
        self.form.hide()
        self.refresh()
        if applicant:
            self._choose(applicant)

    def _print(self) -> None:
        if self._chosen:
            offer_forms(self._session, self._printing, self._chosen, DEVELOPMENT_FORMS)

    def open_with(self, place: Place) -> None:
        self.refresh()
        match place:
            case ToDraft():
                self._open_draft(place)
            case ToRecord():
                self._open(place.id)
            case _:
                pass

    def _open_draft(self, place: ToDraft) -> None:
        content = place.content
        if "step" not in content:
            self._edit(content["id"] or None)
            self.form.set_texts(content["texts"])
            self.form.keeper.adopt(place.key)
            return
        person = self._person(content["applicant"])
        if person:
            self._open(person.id)
            self.way.show_person(person, content["step"])
            self.way.form.set_texts(content["texts"])
            self.way.form.keeper.adopt(place.key)

    def leave(self) -> bool:
        for form in (self.form, self.way.form):
            text, advice = "填写的内容还没有保存，草稿也没能存下。", "离开后会丢掉。可以先取消，再按 Ctrl+S 保存。"
            if form.dirty and not form.keeper.release() and not ask(self, text, advice, "不保存，离开"):
                return False
            form.forget()
        self.form.hide()
        self._listed.setCurrentIndex(0 if self.views.current == "board" else 1)
        return True


def _columns(session: Session) -> tuple[Column, ...]:
    return (
        Column("姓名", lambda p: p.name, 130, strong=True, avatar=True),
        Column("阶段", lambda p: p.stage, 120),
        Column("下一步", lambda p: p.step_text, 220, stretch=True, tip=lambda p: p.step_text),
        Column("期限", lambda p: p.detail, 150, tip=lambda p: p.detail),
        Column("材料", lambda p: f"{p.there}/{p.needed}", 70),
        Column("情况", lambda p: p.chip(session.today())[0], 110, tone=lambda p: p.chip(session.today())[1] or "plain"),
    )
