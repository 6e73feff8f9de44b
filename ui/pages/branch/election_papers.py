"""换届材料: the papers of an election with their days and numbers, typed beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.life.elections import ElectionPaper, PaperKind
from ui.kit.basic import Card, button, label, row, scrolled
from ui.kit.editors import DateEdit, Field, line_edit
from ui.kit.theme import theme


class ElectionPapers(Card):
    """A day and a number for each paper; `keep` saves them with their election."""

    def __init__(self, today: Callable[[], date], keep: Callable[[], object]) -> None:
        super().__init__("换届材料", padding=14)
        self.setFixedWidth(theme().px(286))
        grid = QGridLayout()
        grid.setVerticalSpacing(theme().px(4))
        self.edits: dict[PaperKind, tuple[Field[DateEdit], QLineEdit]] = {}
        for number, kind in enumerate(PaperKind):
            day, text = Field(f"{kind}日期", DateEdit(today, hint="如 7.1")), line_edit(hint="文号")
            day.editor.setMinimumWidth(theme().px(112))
            text.setAccessibleName(f"{kind}文号")
            grid.addWidget(label(kind, "caption", wrap=True), 2 * number, 0, 1, 2)
            grid.addWidget(day, 2 * number + 1, 0)
            grid.addWidget(text, 2 * number + 1, 1)
            self.edits[kind] = (day, text)
        inner = QWidget()
        inner.setLayout(grid)
        self.body.addWidget(scrolled(inner), 1)
        self.body.addLayout(row(None, button("保存材料", keep, kind="small")))

    def load(self, papers: Iterable[ElectionPaper]) -> None:
        """Show these."""
        known = {paper.kind: paper for paper in papers}
        for kind, (day, text) in self.edits.items():
            day.editor.set(known[kind].dated_on if kind in known else None)
            day.show_fault("")
            text.setText(known[kind].number if kind in known else "")

    def read(self) -> list[tuple[PaperKind, date, str]]:
        """The papers that have a day; raises ValueError in Chinese, said under it."""
        found: list[tuple[PaperKind, date, str]] = []
        for kind, (day, text) in self.edits.items():
            dated = day.take(day.editor.day)
            if dated:
                found.append((kind, dated, text.text().strip()))
        return found

    def typed(self) -> dict[str, list[str]]:
        """What stands in it."""
        return {kind.value: [day.editor.text(), text.text()] for kind, (day, text) in self.edits.items()}

    def type_again(self, typed: Mapping[str, list[str]]) -> None:
        """Put what was typed back."""
        for kind, (day, text) in self.edits.items():
            dated, number = typed.get(kind.value, ["", ""])
            day.editor.setText(dated)
            text.setText(number)
