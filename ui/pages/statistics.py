"""统计分析: every chart of the year, and the rows behind the bar that was clicked."""

from __future__ import annotations

from app.figures import all_charts
from ui.kit.basic import button, scrolled
from ui.kit.chart_wall import ChartWall
from ui.kit.page import Page
from ui.session import Session


class StatisticsPage(Page):
    """The same figures as the printed ledger."""

    title = "统计分析"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.add_action(button("打印统计图", lambda: session.go("reports", only="charts"), icon="print"))
        self.charts = ChartWall(2, height=270)
        self.charts.opened.connect(lambda title, kind, ids: session.go(kind, ids=ids, words=title))
        self.body.addWidget(scrolled(self.charts), 1)

    def refresh(self) -> None:
        ledger = self._session.ledger_of_year()
        self.head_facts.setText(f"{ledger.year} 年度 · 点击图上的柱子可查看名单")
        self.charts.show_figures(ledger, lambda: all_charts(ledger, self._session.reference_day()))


def make(session: Session) -> Page:
    """The page for a session."""
    return StatisticsPage(session)
