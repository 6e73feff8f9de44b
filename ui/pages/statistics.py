"""统计分析: every chart of the year and the table of the Party's statistics, each with the rows behind it."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from app.dates import chinese
from app.people.members import Member
from app.ways import ToList
from app.year.figures import all_charts
from app.year.statistics import StatisticsRow, party_statistics
from ui.house.session import Session
from ui.house.ways import ToChapter
from ui.kit.basic import Card, button, scrolled
from ui.kit.chart_wall import ChartWall
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table


class StatisticsPage(Page):
    """The same figures as the printed ledger."""

    title = "统计分析"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.views = Segmented([("charts", "统计图"), ("table", "党员统计表")])
        self.views.chosen.connect(lambda _: self.refresh())
        self.head.insertWidget(2, self.views)
        self.add_action(button("打印", self._print, icon="print"))
        self.charts = ChartWall(2, height=270)
        self.charts.opened.connect(lambda title, kind, ids: session.go(ToList(kind, ids, title)))
        self.table = Table(
            "党员统计表",
            (
                Column("项目", lambda r: r.subject, 160, strong=True),
                Column("分档", lambda r: r.band, 240, stretch=True),
                Column("人数", lambda r: str(r.count), 100, right=True, order=lambda r: r.count),
            ),
        )
        self.table.opened.connect(self._open)
        card = Card(padding=4)
        card.body.addWidget(self.table)
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self.charts))
        self._stack.addWidget(card)
        self.body.addWidget(self._stack, 1)

    def _open(self, item: StatisticsRow) -> None:
        if item.members:
            self._session.go(ToList(Member, tuple(item.members), f"{item.subject} {item.band}"))

    def _print(self) -> None:
        self._session.go(ToChapter("charts" if self.views.current == "charts" else "statistics"))

    def refresh(self) -> None:
        ledger, charts = self._session.ledger_of_year(), self.views.current == "charts"
        self._stack.setCurrentIndex(0 if charts else 1)
        if charts:
            self.head_facts.setText(f"{ledger.year} 年度 · 点击图上的柱子可查看名单")
            self.charts.show_figures(ledger, lambda: all_charts(ledger, self._session.reference_day()))
            return
        self.head_facts.setText(f"截至 {chinese(self._session.reference_day())} · 双击或 Enter 看名单")
        rows = party_statistics(ledger, self._session.today())
        self.table.set_rows(rows, keep=lambda r: (r.subject, r.band))


def make(session: Session) -> Page:
    """The page for a session."""
    return StatisticsPage(session)
