"""What can be done with several selected rows at once, in the pane beside their list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.house.session import Session
from ui.kit.basic import button, label, scrolled
from ui.kit.files import ask_workbook
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.theme import theme

NAMED = 30
"""So many rows are named; more are only counted."""
Deed = tuple[str, str, Callable[[list[Any]], object]]
"""Its words, its icon, and what is done with the rows."""


class Several(QWidget):
    """How many rows are selected, which, and the actions on all of them: each is one step back."""

    def __init__(
        self, page: Page, session: Session, noun: str, name: Callable[[Any], str], deeds: Sequence[Deed] = ()
    ) -> None:
        """`noun` counts them, as 人 or 条; `name` says a row in a few words."""
        super().__init__()
        self._page, self._session, self._noun, self._name = page, session, noun, name
        self._table: Table | None = None
        self.rows: list[Any] = []
        self.view = scrolled(self)
        look = theme()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look.px(8))
        self.head = label("", "head")
        self.named = label("", "secondary", wrap=True)
        self.body.addWidget(self.head)
        self.body.addWidget(self.named)
        self.body.addSpacing(look.px(4))
        for words, icon, deed in deeds:
            self.body.addWidget(button(words, lambda deed=deed: deed(self.rows), icon=icon))
        self.body.addWidget(button("复制成表格", self._copy, icon="table"))
        self.body.addWidget(button("导出表格…", self._ask, icon="arrow_download"))
        self.body.addWidget(label("按住 Ctrl 或 Shift 点选；点一行回到一条。", "caption", wrap=True))
        self.body.addStretch(1)

    def stand_in(
        self, table: Table, stack: QStackedWidget, usual: Callable[[], QWidget], free: Callable[[], bool] = lambda: True
    ) -> None:
        """Take the place of what `stack` shows while several rows of `table` are selected, and give it back after.

        `usual` is what comes back; where it is not `free` to go, as something is typed in it, it stays.
        """
        if stack.indexOf(self.view) < 0:
            stack.addWidget(self.view)

        def turn(rows: list[Any]) -> None:
            if rows and free():
                self.show_rows(table, rows)
                stack.setCurrentWidget(self.view)
            elif stack.currentWidget() is self.view:
                stack.setCurrentWidget(usual())

        table.several.connect(turn)

    def show_rows(self, table: Table, rows: list[Any]) -> None:
        """Show what is selected together in a list."""
        self._table, self.rows = table, rows
        self.head.setText(f"选了 {len(rows)} {self._noun}")
        names = "、".join(self._name(row) for row in rows[:NAMED])
        self.named.setText(names + (f" 等 {len(rows)} {self._noun}" if len(rows) > NAMED else ""))

    def _copy(self) -> None:
        assert self._table
        self._table.copy()
        self._session.say(f"已复制 {len(self.rows)} {self._noun}，可以贴到表格或微信里")

    def _ask(self) -> None:
        start = self._session.path.parent / f"选中的{len(self.rows)}{self._noun}.xlsx"
        if path := ask_workbook(self, "导出表格", start):
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the rows as a workbook, as the list shows them."""
        from app.exchange.export import workbook
        from ui.kit.files import write_bytes

        assert self._table
        head, *rows = self._table.selected_texts()
        title = self._table.accessibleName()
        if self._page.attempt(lambda: write_bytes(path, workbook(title, head, rows))):
            self._session.say(f"已导出 {path.name}")
