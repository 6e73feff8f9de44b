"""The form of one step of one person: its day, who, papers, the meeting that decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.development.steps import (
    CONFIRM_MEETING,
    CONTACTS,
    INTRODUCERS,
    PROBATION_CHECK,
    TRAINING,
    TRAINING_YEAR,
    Development,
    DevelopmentStep,
    Material,
    receive_material,
    record_step,
    return_material,
    take_back_step,
)
from app.errors import AppError
from app.life.meetings import Meeting
from app.people.members import MemberStatus
from app.rules.rulebook import StepRule
from ui.house.session import Session
from ui.kit.basic import Card, button, clear, label, line, row, scrolled
from ui.kit.editors import Choice, combo, commit_composition
from ui.kit.messages import Bar
from ui.kit.record_form import Fields, RecordForm
from ui.kit.theme import theme
from ui.pages.develop.progress import Progress
from ui.record.drafting import DraftKeeper

USUAL = ("done_on", "who", "document")
# What a step asks for beside the usual.
MORE: dict[int, tuple[str, ...]] = {
    CONTACTS: ("first_person", "second_person"),
    TRAINING_YEAR: ("until",),
    INTRODUCERS: ("first_person", "second_person"),
    TRAINING: ("until", "days", "hours"),
    PROBATION_CHECK: ("until",),
    CONFIRM_MEETING: ("outcome", "months"),
}
DECIDED_BY_MEETING = (3, 7, 12, 15, 23)


class StepForm(Card):
    """The form of one step of one person."""

    def __init__(self, session: Session, saved: Callable[[], object]) -> None:
        super().__init__("登记步骤", padding=14)
        self._session = session
        self._saved = saved
        self._way: Development | None = None
        self._step: StepRule | None = None
        self._start: object = None
        self.form: RecordForm | None = None
        self.bar = Bar()
        self._rule = label("", "caption", wrap=True)
        self.body.addWidget(self._rule)
        self.body.addWidget(self.bar)
        self.meeting = combo([], accessible="作出决定的会议")
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(0, 0, theme().px(4), 0)
        self._fields = QVBoxLayout()
        self._box.addLayout(self._fields)
        self._meeting_caption = label("作出决定的会议", "secondary")
        self._box.addWidget(self._meeting_caption)
        self._box.addWidget(self.meeting)
        self._findings = label("", "warning", wrap=True)
        self._box.addWidget(self._findings)
        self._box.addWidget(line())
        self._papers_head = label("材料", "head")
        self._box.addWidget(self._papers_head)
        self._papers = QVBoxLayout()
        self._box.addLayout(self._papers)
        self._box.addStretch(1)
        self.body.addWidget(scrolled(inner), 1)
        save = button("保存 Ctrl+S", self.save, kind="primary")
        save.setAccessibleName("保存")
        self._gone = button("删除这一步", self._take_back, kind="small", icon="delete")
        self.body.addLayout(row(self._gone, None, save))
        self._note = label("", "caption")
        self.body.addWidget(self._note)
        self.keeper = DraftKeeper(session, "develop", self, self)
        self.keeper.told.connect(self._note.setText)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def load(self, progress: Progress, step: StepRule) -> None:
        """The form of a step, with what was recorded of it."""
        self.keeper.release()
        self._way, self._step = progress.way, step
        self.heading.setText(f"第 {step.number} 步 {step.name}")
        self._rule.setText(step.rule)
        self._rule.setVisible(bool(step.rule))
        clear(self._fields)
        names = (*USUAL[:1], *MORE.get(step.number, ()), *USUAL[1:], "note")
        people = ("first_person", "second_person")
        self.form = RecordForm(DevelopmentStep, Fields(names, people=people), self._session.today)
        self._fields.addWidget(self.form)
        ledger = self._session.ledger_of_year()
        today = self._session.today()
        full = [p for p in ledger.roster.members if ledger.roster.status(p.id, today) is MemberStatus.FULL]
        self.form.set_people([Choice(p.id, p.name) for p in full])
        known = progress.way.steps.get(step.number)
        self.form.load(known.__dict__ if known else {"outcome": "通过"})
        self._offer_meetings(step, known)
        told = [finding.text for finding in progress.findings if finding.step == step.number]
        self._findings.setText("\n".join(told))
        self._findings.setVisible(bool(told))
        self._gone.setVisible(known is not None)
        self._show_papers()
        self.bar.hide()
        self._start = self._typed()

    def _offer_meetings(self, step: StepRule, known: DevelopmentStep | None) -> None:
        shown = step.number in DECIDED_BY_MEETING
        self.meeting.setVisible(shown)
        self._meeting_caption.setVisible(shown)
        self.meeting.clear()
        self.meeting.addItem("（没有连到会议记录）", None)
        meetings = sorted(self._session.ledger[Meeting].all(), key=lambda m: m.held_on, reverse=True)
        for item in meetings if shown else ():
            self.meeting.addItem(f"{item.held_on} {item.subject[:18]}", item.id)
        if known and known.meeting:
            self.meeting.setCurrentIndex(max(0, self.meeting.findData(known.meeting)))

    def _show_papers(self) -> None:
        clear(self._papers)
        assert self._way and self._step
        there = {m.name: m for m in self._way.materials if m.step == self._step.number}
        self._papers_head.setVisible(bool(self._step.materials))
        for name in self._step.materials:
            tick = QCheckBox(name + (f"　{there[name].received_on}" if name in there else ""))
            tick.setAccessibleName(name)
            tick.setChecked(name in there)
            tick.clicked.connect(lambda on, name=name: self._tick(name, on=on))
            self._papers.addWidget(tick)

    def _tick(self, name: str, *, on: bool) -> None:
        assert self._way and self._step
        ledger, applicant, step = self._session.ledger, self._way.applicant.id, self._step.number
        known = next((m for m in self._way.materials if (m.step, m.name) == (step, name)), None)
        with_error = None
        try:
            if on:
                day = self._session.today()
                receive_material(ledger, Material(applicant=applicant, step=step, name=name, received_on=day))
            elif known:
                return_material(ledger, known)
        except AppError as error:
            with_error = error
        ways = self._session.ledger_of_year().development
        self._way = next((way for way in ways if way.applicant.id == applicant), self._way)
        self._show_papers()
        if with_error:
            self.bar.show_error(with_error)

    def _typed(self) -> dict[str, str]:
        texts = self.form.texts() if self.form else {}
        return {**texts, "meeting": self.meeting.currentText()}

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        assert self._way and self._step
        return {
            "title": f"{self._way.applicant.name} 第 {self._step.number} 步",
            "applicant": self._way.applicant.id,
            "step": self._step.number,
            "texts": self._typed(),
        }

    def set_texts(self, texts: dict[str, str]) -> None:
        """Go on with what was typed and not saved."""
        if self.form:
            self.form.set_texts(texts)
        self.meeting.setCurrentText(texts.get("meeting", ""))

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self._start is not None and self._start != self._typed()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def save(self) -> None:
        """Check and save; dates that do not fit are told and do not block."""
        commit_composition()
        if not (self.form and self._way and self._step):
            return
        values = self.form.read()
        if values is None:
            return
        meeting = self.meeting.currentData() if self.meeting.isVisibleTo(self) else None
        step = DevelopmentStep(applicant=self._way.applicant.id, step=self._step.number, meeting=meeting, **values)
        rule = self._session.ledger_of_year().rulebook.development
        self.bar.hide()
        try:
            record_step(self._session.ledger, step, rule, self._session.today())
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self.keeper.done()
        self._session.say(f"已登记第 {self._step.number} 步", undo=True)
        self._saved()

    def _take_back(self) -> None:
        assert self._way and self._step
        known = self._way.steps.get(self._step.number)
        if known is None:
            return
        try:
            take_back_step(self._session.ledger, known)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        text = "已删除这一步"
        if self._step.number in (15, 24) and self._way.applicant.member:
            text += "；名册里的人员类别没有改，需要时请在党员名册改"
        self._session.say(text, undo=True)
        self._saved()
