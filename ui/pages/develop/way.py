"""The way of one person: the 25 steps with their form, checks and notices, papers and attachments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.attachments import Owner
from app.development import (
    CONFIRM_MEETING,
    CONTACTS,
    INTRODUCERS,
    PROBATION_CHECK,
    TRAINING,
    TRAINING_YEAR,
    Development,
    DevelopmentCheck,
    DevelopmentStep,
    Material,
    PublicNotice,
    receive_material,
    record_step,
    remove_part,
    return_material,
    save_check,
    save_notice,
    take_back_step,
)
from app.errors import AppError
from app.meetings import Meeting
from app.members import MemberStatus
from app.record import Severity
from app.rulebook import StepRule
from ui.attachments import Attachments
from ui.drafting import DraftKeeper
from ui.kit.basic import Card, Segmented, button, clear, label, line, row, scrolled
from ui.kit.editors import Choice, combo, commit_composition
from ui.kit.messages import Bar
from ui.kit.record_form import Fields, RecordForm
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.develop.progress import Progress
from ui.session import Session

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


class PartForm(Card):
    """A check or a notice: a small form and the list of those there are."""

    def __init__(self, session: Session, title: str, kind: type, names: tuple[str, ...], save: Callable) -> None:
        super().__init__(title, padding=14)
        self._session = session
        self._kind, self._save_part = kind, save
        self._applicant = 0
        self.bar = Bar()
        self.form = RecordForm(kind, Fields(names, long=("finding", "objections")), session.today)
        self._listed = QVBoxLayout()
        self.body.addLayout(self._listed)
        self.body.addWidget(line())
        self.body.addWidget(self.bar)
        self.body.addWidget(self.form)
        self.body.addLayout(row(None, button(f"登记{title}", self.save, kind="small", icon="add")))

    def load(self, applicant: int, parts: list[tuple[Any, str]]) -> None:
        """The parts of one applicant, each with its words, and an empty form."""
        self._applicant = applicant
        clear(self._listed)
        if not parts:
            self._listed.addWidget(label("还没有登记。", "caption"))
        for part, words in parts:
            gone = button(f"删除：{words}", lambda part=part: self._remove(part), kind="icon", icon="dismiss")
            made = row(label(words, "secondary", wrap=True), gone)
            made.setStretch(0, 1)
            self._listed.addLayout(made)
        self.form.load({})

    def save(self) -> None:
        """Check and save."""
        commit_composition()
        values = self.form.read()
        if values is None:
            return
        self.bar.hide()
        try:
            self._save_part(self._session.ledger, self._kind(applicant=self._applicant, **values))
        except AppError as error:
            self.bar.show_error(error)

    def _remove(self, part: Any) -> None:
        try:
            remove_part(self._session.ledger, part)
            self._session.say("已删除", undo=True)
        except AppError as error:
            self.bar.show_error(error)


def _columns() -> tuple[Column, ...]:
    def state(item: tuple[StepRule, Progress]) -> str:
        step, progress = item
        wrong = [f for f in progress.findings if f.step == step.number]
        if any(f.severity is Severity.ERROR for f in wrong):
            return "有矛盾"
        if step.number in progress.way.steps:
            return "请核对" if wrong else "已办"
        return "下一步" if progress.coming and progress.coming.step == step.number else "缺" if wrong else ""

    tones = {"有矛盾": "missing", "缺": "missing", "请核对": "due", "已办": "ok", "下一步": "info"}
    return (
        Column("步", lambda i: str(i[0].number), 40, right=True, order=lambda i: i[0].number),
        Column("步骤", lambda i: i[0].name, 170, strong=True, stretch=True),
        Column("阶段", lambda i: i[0].stage, 110),
        Column("日期", lambda i: str(i[1].way.day(i[0].number) or ""), 100),
        Column(
            "材料",
            lambda i: (
                f"{sum(m.step == i[0].number for m in i[1].way.materials)}/{len(i[0].materials)}"
                if i[0].materials
                else ""
            ),
            60,
        ),
        Column("情况", state, 84, tone=lambda i: tones.get(state(i), "plain")),
    )


class WayView(QWidget):
    """One person: the list of steps and the form of the chosen one; checks, notices and papers."""

    def __init__(self, session: Session, back: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self._progress: Progress | None = None
        self._name = label("", "head")
        self._facts = label("", "secondary")
        self.views = Segmented([("steps", "步骤"), ("checks", "考察与公示"), ("materials", "材料目录")])
        self.views.chosen.connect(lambda _: self._show_view())
        out = button("返回", back, kind="small", icon="chevron_left")
        self.table = Table("发展步骤", _columns())
        self.table.selected.connect(self._choose)
        self.form = StepForm(session, self._after_save)
        self.form.setFixedWidth(theme().px(344))
        steps = QWidget()
        beside = QHBoxLayout(steps)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme().px(16))
        card = Card(padding=4)
        card.body.addWidget(self.table)
        beside.addWidget(card, 1)
        beside.addWidget(self.form)
        checks = QWidget()
        pair = QHBoxLayout(checks)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(theme().px(16))
        self.checks = PartForm(session, "半年考察", DevelopmentCheck, ("checked_on", "by", "finding"), save_check)
        notice = ("stage", "first_day", "last_day", "place", "objections")
        self.notices = PartForm(session, "公示", PublicNotice, notice, save_notice)
        for part in (self.checks, self.notices):
            pair.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        papers = Card(padding=14)
        inner = QWidget()
        self._papers = QVBoxLayout(inner)
        papers.body.addWidget(scrolled(inner), 1)
        self.files = Attachments(session, Owner.APPLICANT)
        papers.body.addWidget(line())
        papers.body.addWidget(self.files)
        self._stack = QStackedWidget()
        for widget in (steps, checks, papers):
            self._stack.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(12))
        box.addLayout(row(out, self._name, self._facts, None, self.views))
        box.addWidget(self._stack, 1)

    @property
    def shown(self) -> int:
        """Who is shown; 0 when nobody."""
        return self._progress.id if self._progress else 0

    def show_person(self, progress: Progress, step: int | None = None) -> None:
        """Show a person, at a step or at the next one."""
        same = self._progress is not None and self._progress.id == progress.id
        was = self.table.current()
        self._progress = progress
        ledger = self._session.ledger_of_year()
        steps = ledger.rulebook.development.steps
        self._name.setText(progress.name)
        self._facts.setText(" · ".join(part for part in (progress.stage, progress.facts(ledger)) if part))
        wanted = step or (
            was[0].number if same and was else progress.coming.step if progress.coming else steps[-1].number
        )
        self.table.blockSignals(True)
        self.table.set_rows([(item, progress) for item in steps])
        self.table.choose(lambda item: item[0].number == wanted)
        self.table.blockSignals(False)
        if not (same and self.form.dirty):
            self.form.load(progress, ledger.rulebook.development.step(wanted))
        way = progress.way
        checks = [
            (c, " ".join(part for part in (str(c.checked_on), c.by, c.finding) if part)) for c in reversed(way.checks)
        ]
        self.checks.load(progress.id, checks)
        notices = [(n, f"{n.stage} {n.first_day}—{n.last_day or ''} {n.objections}".strip()) for n in way.notices]
        self.notices.load(progress.id, notices)
        self._show_papers()
        self.files.show_of(progress.id)

    def _after_save(self) -> None:
        """Go on to what comes next."""
        if self._progress:
            self.show_person(self._progress, self._progress.coming.step if self._progress.coming else None)

    def _show_papers(self) -> None:
        assert self._progress
        clear(self._papers)
        way = self._progress.way
        there = {(m.step, m.name): m for m in way.materials}
        for step in self._session.ledger_of_year().rulebook.development.steps:
            for name in step.materials:
                kept = there.get((step.number, name))
                needed = step.number in way.steps
                tone = "ok" if kept else "error" if needed else "caption"
                text = f"{kept.received_on} 收到" if kept else "缺" if needed else "未到"
                caption = label(text, tone)
                caption.setFixedWidth(theme().px(120))
                self._papers.addLayout(row(caption, label(f"第 {step.number} 步　{name}"), None))
        self._papers.addStretch(1)

    def _show_view(self) -> None:
        self._stack.setCurrentIndex(("steps", "checks", "materials").index(self.views.current))

    def show_view(self, code: str) -> None:
        """Turn to the steps, the checks or the papers."""
        self.views.choose(code)
        self._show_view()

    def _choose(self, item: Any) -> None:
        if item is not None and self._progress:
            self.form.load(self._progress, item[0])
