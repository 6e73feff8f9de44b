"""统计分析: every chart of the year, and the rows behind the bar that was clicked."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from app.figures import all_charts
from ui.kit.basic import button, clear, scrolled
from ui.kit.page import Page
from ui.kit.theme import theme
from ui.session import Session


class StatisticsPage(Page):
    """The same figures as the printed ledger."""

    title = "统计分析"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._drawn: object = None
        self.add_action(button("打印统计图", lambda: session.go("reports", only="charts"), icon="print"))
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(16))
        self.body.addWidget(scrolled(inner), 1)

    def refresh(self) -> None:
        ledger = self._session.ledger_of_year()
        self.head_facts.setText(f"{ledger.year} 年度 · 点击图上的柱子可查看名单")
        QTimer.singleShot(0, self._draw)

    def _draw(self) -> None:
        ledger = self._session.ledger_of_year()
        if self._drawn is ledger:
            return
        from ui.kit.chart import Chart

        self._drawn = ledger
        clear(self._grid)
        for number, data in enumerate(all_charts(ledger, self._session.reference_day())):
            made = Chart(data)
            made.setFixedHeight(theme().px(270))
            made.opened.connect(lambda title, kind, ids: self._session.go(kind, ids=ids, words=title))
            self._grid.addWidget(made, number // 2, number % 2)


def make(session: Session) -> Page:
    """The page for a session."""
    return StatisticsPage(session)
