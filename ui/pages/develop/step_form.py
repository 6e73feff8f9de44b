"""The form of one step of one person: its day, who, papers, the meeting that decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.development.recording import receive_material, record_step, return_material, take_back_step
from app.development.steps import (
    ADMITTED,
    CONFIRM_MEETING,
    CONFIRMED,
    CONTACTS,
    INTRODUCERS,
    PROBATION_CHECK,
    TRAINING,
    TRAINING_YEAR,
    Development,
    DevelopmentStep,
    Material,
)
from app.errors import AppError
from app.life.meetings import Meeting
from app.record import Entry, Problem
from app.rules.kinds import StepRule
from ui.house.session import Session
from ui.kit.basic import button, clear, label, line, row
from ui.kit.editors import Choice, combo
from ui.kit.record_fields import Fields
from ui.pages.develop.progress import Progress
from ui.record.form import RecordForm
from ui.record.part import Part

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


class MeetingChoice(QWidget):
    """The meeting that decided a step, where one does."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = combo([], accessible="作出决定的会议")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label("作出决定的会议", "secondary"))
        box.addWidget(self.choice)

    def load(self, meetings: Sequence[Meeting], chosen: int | None) -> None:
        """Offer meetings, the latest first."""
        self.choice.clear()
        self.choice.addItem("（没有连到会议记录）", None)
        for item in sorted(meetings, key=lambda m: m.held_on, reverse=True):
            self.choice.addItem(f"{item.held_on} {item.subject[:18]}", item.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)) if chosen else 0)

    def typed(self) -> str:
        """What is chosen."""
        return self.choice.currentText()

    def type_again(self, typed: str) -> None:
        """Choose what was chosen."""
        self.choice.setCurrentText(typed)


class StepForm(RecordForm):
    """The form of one step of one person; `saved` is called when something was recorded."""

    cancel_words = ""

    def __init__(self, session: Session, saved: Callable[[], object]) -> None:
        self._saved = saved
        self._way: Development | None = None
        self._step: StepRule | None = None
        self._findings_of: tuple[str, ...] = ()
        super().__init__(session, "develop", "登记步骤", DevelopmentStep, Fields(USUAL), padding=14)
        self.remove_button.setText("删除这一步")

    def make_parts(self) -> dict[str, Part]:
        self.meeting = MeetingChoice()
        return {"meeting": self.meeting}

    def inside(self, box: QVBoxLayout) -> None:
        self._rule = label("", "caption", wrap=True)
        box.addWidget(self._rule)
        self._earlier = QVBoxLayout()
        box.addLayout(self._earlier)
        self._fields = QVBoxLayout()
        self._fields.addWidget(self.form)
        box.addLayout(self._fields)
        box.addWidget(self.meeting)
        self._findings = label("", "warning", wrap=True)
        box.addWidget(self._findings)
        box.addWidget(line())
        self._papers_head = label("材料", "head")
        box.addWidget(self._papers_head)
        self._papers = QVBoxLayout()
        box.addLayout(self._papers)

    def keys(self) -> tuple[tuple[str, Any], ...]:
        return (("Ctrl+S", self.save), ("Ctrl+Return", self.save))

    def show_step(self, progress: Progress, step: StepRule) -> None:
        """The form of a step, with what was recorded of it."""
        self.keeper.release()
        self._way, self._step = progress.way, step
        self._findings_of = tuple(finding.text for finding in progress.findings if finding.step == step.number)
        clear(self._fields)
        names = (*USUAL[:1], *MORE.get(step.number, ()), *USUAL[1:], "note")
        self.form = self.make_fields(Fields(names))
        self._fields.addWidget(self.form)
        again = step.number == progress.way.open_meeting
        known = None if again else progress.way.steps.get(step.number)
        new = {"applicant": progress.id, "step": step.number, "outcome": "通过"}
        self.load(vars(known) if known else new)

    def choices(self, entry: Entry) -> list[Choice]:
        """Full members with their rights, who alone are contacts and introducers."""
        roster, today = self._session.ledger_of_year().roster, self._session.today()
        return [Choice(p.id, p.name) for p in roster.members if roster.may_vote(p.id, today)]

    def fill(self, values: Mapping[str, Any]) -> None:
        step = self._step
        if step is None:
            return
        self.heading.setText(f"第 {step.number} 步 {step.name}")
        earlier = [item for item in self._way.before if item.step == step.number] if self._way else []
        if self._way and step.number == self._way.open_meeting:
            earlier = [*earlier, self._way.steps[step.number]]
        told = [f"{item.done_on} {item.outcome}{f' {item.months} 个月' if item.months else ''}" for item in earlier]
        words = "\n".join(filter(None, [step.told, *(f"已登记：{text}" for text in told)]))
        self._rule.setText(words)
        self._rule.setVisible(bool(words))
        self._show_earlier(earlier)
        decided = step.number in DECIDED_BY_MEETING
        self.meeting.setVisible(decided)
        self.meeting.load(self._session.ledger[Meeting].all() if decided else (), values.get("meeting"))
        self._findings.setText("\n".join(self._findings_of))
        self._findings.setVisible(bool(self._findings_of))
        self._show_papers()

    def _show_earlier(self, earlier: Sequence[DevelopmentStep]) -> None:
        """A way to each earlier step of the same number, to correct it."""
        clear(self._earlier)
        for item in earlier:
            text = f"改 {item.done_on} 的那一次"
            self._earlier.addLayout(row(button(text, lambda item=item: self.load(vars(item)), kind="link"), None))

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

    def draft(self) -> dict[str, Any]:
        """What was typed, with the person and the step."""
        given = {
            "applicant": self._way.applicant.id if self._way else 0,
            "step": self._step.number if self._step else 0,
        }
        return {**super().draft(), "given": given}

    def draft_title(self) -> str:
        return f"{self._way.applicant.name} 第 {self._step.number} 步" if self._way and self._step else ""

    def made(self, values: dict[str, Any]) -> DevelopmentStep:
        assert self._way and self._step
        meeting = self.meeting.choice.currentData() if self.meeting.isVisibleTo(self) else None
        number = self.record.id if self.record else 0
        step = self._step.number
        return DevelopmentStep(id=number, applicant=self._way.applicant.id, step=step, meeting=meeting, **values)

    def check(self, record: Any) -> list[Problem]:
        """Dates that do not fit are told by the checks of the whole way and do not block."""
        del record
        return []

    def store(self, record: Any) -> DevelopmentStep:
        """Record the step with what follows from it."""
        rule = self._session.ledger_of_year().rulebook.development
        self.saved_words = f"已登记第 {record.step} 步"
        return record_step(self._session.ledger, record, rule, self._session.today())

    def after_save(self, saved: DevelopmentStep) -> None:
        del saved
        self._saved()

    def take_away(self, record: Any) -> None:
        """Take the step back, with what followed from it in the roster."""
        take_back_step(self._session.ledger, record)
        followed = record.step in (ADMITTED, CONFIRMED) and self._way is not None and self._way.applicant.member
        self.removed_words = "已删除这一步" + ("，名册里由它带来的变化也已撤回" if followed else "")

    def after_removal(self) -> None:
        self._saved()
