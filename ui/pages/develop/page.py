"""发展党员: a board of the five stages, a list, and the way of each person."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.life.meetings import load_minutes
from app.pinyin import matches
from app.reports.catalogue import FormGroup
from app.ways import ToRecord
from ui.house.session import Session
from ui.house.ways import Place, ToDraft
from ui.kit.basic import Card, button, row, search_box
from ui.kit.empty import Empty
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.develop.applicant_form import ApplicantForm
from ui.pages.develop.board import Board, Strip
from ui.pages.develop.progress import Progress, progress_of
from ui.pages.develop.way import WayView
from ui.record.exporting import export_button
from ui.record.form import RecordForm
from ui.record.record_menu import offer_forms


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
        self._empty = Empty(
            "这里是入党申请人、积极分子、发展对象和预备党员，二十五步走到哪一步、下一步到期没有，一张卡一个人。",
            "李明 3月5日 递交入党申请书，一个月内派人谈话。",
            button("新增申请人", lambda: self._edit(None), icon="person_add"),
        )
        overview = QWidget()
        box = QVBoxLayout(overview)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(12))
        box.addWidget(self._listed, 1)
        box.addWidget(self._empty)
        box.addWidget(self.strip)
        whole = QWidget()
        self._beside = QHBoxLayout(whole)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(theme().px(16))
        self._beside.addWidget(overview, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self.body.addWidget(self._stack, 1)

    @cached_property
    def form(self) -> ApplicantForm:
        """The form of an applicant, beside the list."""
        form = ApplicantForm(self._session, self._edited)
        form.setFixedWidth(theme().px(344))
        form.hide()
        self._beside.addWidget(form)
        return form

    @cached_property
    def way(self) -> WayView:
        """The way of one person, in the place of board and list."""
        way = WayView(self._session, self._back)
        self._stack.addWidget(way)
        return way

    @property
    def _writes(self) -> bool:
        """Whether the form of an applicant is shown."""
        return "form" in vars(self) and not self.form.isHidden()

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
        self._listed.setCurrentIndex(0 if self.views.current == "board" and not self._writes else 1)
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
        self._stack.setCurrentWidget(self.way)
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
        self.form.load(vars(person.way.applicant) if person else {})

    def _edited(self, applicant: int | None) -> None:
        if applicant is None and not self.leave():
            return
        self.form.hide()
        self.refresh()
        if applicant:
            self._choose(applicant)

    def _print(self) -> None:
        if self._chosen:
            offer_forms(self._session, self._printing, self._chosen, FormGroup.DEVELOPMENT)

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
        given = content.get("given", content)
        person = self._person(given.get("applicant", 0))
        if person is None:
            self._edit(None)
            form: RecordForm = self.form
        else:
            self._open(person.id)
            form = self.way.form_of(content.get("kind", ""))
            if form is self.way.form:
                self.way.show_person(person, given["step"])
        form.resume(place)

    def leave(self) -> bool:
        # Form and way are there once they were asked for: the board is what is clicked for.
        forms = [self.form] if "form" in vars(self) else []
        if not all(form.may_leave() for form in (*forms, *(self.way.forms if "way" in vars(self) else ()))):
            return False
        if forms:
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
