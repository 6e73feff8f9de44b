"""上级文件: the items of every document over all branches, and how far each branch is with one of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from ui.collection.office import Office
from ui.kit.basic import Card, label
from ui.kit.page import Page
from ui.kit.table import Column, Table
from ui.kit.theme import theme

TONES = {"已销号": "ok", "进行中": "info", "快到期": "due", "已超期": "missing"}


def _share(item: Any) -> float:
    """The share of the branches that closed an item."""
    return item[5] / item[4]


class DocumentsPage(Page):
    """上级文件."""

    title = "上级文件"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.table = Table(
            "上级文件条目",
            (
                Column("文件", lambda i: i[0], 200, tip=lambda i: f"{i[0]} {i[1]}"),
                Column("条目", lambda i: f"{i[2]} {i[3]}", 260, strong=True, stretch=True, tip=lambda i: i[3]),
                Column("已销号", lambda i: f"{i[5]}/{i[4]}", 110, share=_share, order=_share),
                Column("超期", lambda i: str(i[6]), 52, right=True, order=lambda i: i[6]),
            ),
            lambda i: f"{i[0]} {i[3]}",
        )
        self.table.selected.connect(self.show_item)
        self.branches = Table(
            "各支部进展",
            (
                Column("支部", lambda b: b[1], 170, strong=True),
                Column("状态", lambda b: b[2], 84, tone=lambda b: TONES.get(b[2], "plain")),
                Column("时限", lambda b: str(b[4] or ""), 96),
                Column("进展", lambda b: b[3] or "", 160, stretch=True, tip=lambda b: b[3] or ""),
            ),
        )
        self.branches.opened.connect(lambda branch: office.branch_wanted.emit(branch[0]))
        self._title = label("点左边一条，看各支部进展", "head")
        card = Card()
        card.body.addWidget(self._title)
        card.body.addWidget(self.branches, 1)
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(12))
        middle.addWidget(self.table, 1)
        middle.addWidget(card, 1)
        self.body.addLayout(middle, 1)

    def refresh(self) -> None:
        found = self._office.collection.ask("documents", year=self._office.year)
        self.table.set_rows(found, keep=lambda item: item[:4])
        self.head_facts.setText(f"{self._office.year} 年度 · {len(found)} 个条目")

    def show_item(self, item: Any) -> None:
        """Show how far every branch is with an item."""
        if item is None:
            self.branches.set_rows(())
            return
        document, _, number, title, branches, closed, _ = item
        self._title.setText(f"{title}：{closed}/{branches} 个支部已销号")
        asked = {"year": self._office.year, "document": document, "item": number, "title": title}
        self.branches.set_rows(self._office.collection.ask("item_branches", **asked))
