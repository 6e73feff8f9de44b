"""The way of one person: the 25 steps with their form, checks and notices, papers and attachments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.attachments import Owner
from app.development.recording import save_check, save_notice
from app.development.steps import DevelopmentCheck, PublicNotice
from app.record import Severity
from app.rules.kinds import StepRule
from ui.house.session import Session
from ui.kit.basic import Card, button, clear, label, line, row, scrolled
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.develop.part_form import PartForm
from ui.pages.develop.progress import Progress
from ui.pages.develop.step_form import StepForm
from ui.record.attachments import Attachments
from ui.record.form import RecordForm


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
            pair.addWidget(part, 1)
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
    def forms(self) -> tuple[RecordForm, ...]:
        """The forms that may hold unsaved text."""
        return self.form, self.checks, self.notices

    def form_of(self, kind: str) -> RecordForm:
        """The form of a kind of record, shown; that of the step where it is neither check nor notice."""
        found = {"DevelopmentCheck": self.checks, "PublicNotice": self.notices}.get(kind)
        self.show_view("checks" if found else "steps")
        return found or self.form

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
        steps = progress.way.steps_asked(ledger.rulebook.development, self._session.today())
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
            self.form.show_step(progress, steps[wanted - 1])
        way = progress.way
        checks = [
            (c, " ".join(part for part in (str(c.checked_on), c.by, c.finding) if part)) for c in reversed(way.checks)
        ]
        self.checks.show_of(progress.id, checks)
        notices = [(n, f"{n.stage} {n.first_day}—{n.last_day or ''} {n.objections}".strip()) for n in way.notices]
        self.notices.show_of(progress.id, notices)
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
            self.form.show_step(self._progress, item[0])
