"""汇总数字: the sums of all branches, year beside year; each opens the branches behind it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from app.collection.charts import charts
from app.collection.overview import Figure, figures, in_words
from ui.collection.office import Office
from ui.kit.basic import Card, button, column, label, row
from ui.kit.chart_wall import ChartWall
from ui.kit.page import Page
from ui.kit.table import Column, Table
from ui.kit.theme import theme


class FiguresPage(Page):
    """汇总数字."""

    title = "汇总数字"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._shown: Figure | None = None
        self.table = Table(
            "汇总数字",
            (
                Column("项目", lambda f: f.name, 190, stretch=True),
                Column("本年", lambda f: f.text, 112, right=True, order=lambda f: f.value),
                Column("上年", lambda f: f.change, 100, right=True, order=lambda f: f.before or 0),
                Column("支部", lambda f: str(f.branches), 50, right=True, order=lambda f: f.branches),
            ),
            lambda f: f.name,
        )
        self.table.selected.connect(self.show_figure)
        self.behind = Table(
            "数字来自的支部",
            (
                Column("支部", lambda b: b[1], 200, strong=True, stretch=True),
                Column("数字", self._number, 120, right=True, order=lambda b: b[2]),
            ),
        )
        self.behind.opened.connect(lambda branch: office.branch_wanted.emit(branch[0]))
        self._title = label("点左边一项，看数字来自哪些支部", "head")
        self.walls = ChartWall(2, height=190)
        self.walls.opened.connect(self._open_bar)
        right = Card()
        right.body.addWidget(self._title)
        right.body.addWidget(self.behind, 1)
        right.body.addLayout(row(None, button("看这个支部", self._open, kind="small")))
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(12))
        middle.addWidget(self.table, 3)
        middle.addLayout(column(right), 2)
        self.body.addWidget(self.walls)
        self.body.addLayout(middle, 1)

    def refresh(self) -> None:
        office = self._office
        found = figures(office.collection, office.year)
        self.table.set_rows(found, keep=lambda figure: figure.name)
        self.head_facts.setText(f"{office.year} 年度 · {len(office.overview().rows)} 个支部")
        self.walls.show_figures(office.overview(), lambda: charts(office.collection, office.year))

    def show_figure(self, figure: Figure | None) -> None:
        """Show the branches behind a figure."""
        self._shown = figure
        if figure is None:
            self.behind.set_rows(())
            return
        self._title.setText(f"{figure.name} {figure.text}，来自 {figure.branches} 个支部")
        self.behind.set_rows(self._office.collection.ask(figure.query, **figure.values))

    def _number(self, branch: Any) -> str:
        number = branch[2]
        return in_words(number, self._shown.unit) if self._shown and isinstance(number, int) else str(number)

    def _open(self) -> None:
        branch = self.behind.current()
        if branch is not None:
            self._office.branch_wanted.emit(branch[0])

    def _open_bar(self, title: str, _kind: object, sources: tuple[int, ...]) -> None:
        """The branches behind a bar of a chart."""
        rows = {branch.source: branch for branch in self._office.overview().rows}
        self._shown = None
        self._title.setText(f"{title}：{len(sources)} 个支部")
        self.behind.set_rows(
            [(source, rows[source].name, rows[source].missing) for source in sources if source in rows]
        )
