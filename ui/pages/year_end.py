"""年终整理: the steps with which a year ends, how much is left of each, and the way there."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.checks.year_end import YearEnd, YearEndStep, progress, year_end
from app.dues.payments import Payment
from app.ways import ToList
from app.work.tasks import Task
from app.work.year_papers import YearPaper
from ui.house.session import Session
from ui.house.ways import Place, ToView
from ui.kit.basic import Card, button, clear, label, line, row, scrolled
from ui.kit.page import Page
from ui.kit.theme import theme

PLACES: dict[YearEndStep, Place] = {
    YearEndStep.DUTIES: ToView("home"),
    YearEndStep.FINAL: ToView("meetings", "todo"),
    YearEndStep.SIGNED: ToView("meetings"),
    YearEndStep.DUES: ToList(Payment),
    YearEndStep.TASKS: ToList(Task),
    YearEndStep.PAPERS: ToList(YearPaper),
    YearEndStep.HEALTH: ToView("health"),
    YearEndStep.PRINT: ToView("reports"),
    YearEndStep.SEAL: ToView("reports"),
    YearEndStep.SUBMIT: ToView("reports"),
}


class YearEndPage(Page):
    """年终整理."""

    title = "年终整理"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        inner = QWidget()
        self._steps = QVBoxLayout(inner)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setSpacing(theme().px(4))
        card = Card(padding=16)
        card.body.addWidget(scrolled(inner), 1)
        self.body.addWidget(card, 1)

    def refresh(self) -> None:
        session = self._session
        steps = year_end(session.ledger_of_year(), session.duties(), session.today())
        done, told = progress(steps)
        self.head_facts.setText(f"{session.year} 年度 · 看得出的 {told} 步，已完成 {done} 步")
        clear(self._steps)
        for number, step in enumerate(steps, 1):
            self._steps.addLayout(self._line(number, step))
            self._steps.addWidget(line())
        self._steps.addStretch(1)

    def _line(self, number: int, step: YearEnd) -> QVBoxLayout:
        state = "已完成" if step.done else "自行核对" if step.open is None else f"还有 {step.open}"
        chip = label(state, "chip-ok" if step.done else "caption" if step.open is None else "chip-due")
        chip.setMaximumHeight(theme().px(24))
        go = button("去看" if step.done or step.open is None else "去处理", lambda: self._go(step), kind="small")
        go.setAccessibleName(f"{go.text()}：{step.step}")
        box = QVBoxLayout()
        box.setSpacing(theme().px(2))
        box.addLayout(row(label(f"{number}　{step.step}", "head"), chip, None, go))
        box.addWidget(label(step.text, "secondary", wrap=True))
        return box

    def _go(self, step: YearEnd) -> None:
        self._session.go(PLACES[step.step])


def make(session: Session) -> Page:
    """The page for a session."""
    return YearEndPage(session)
