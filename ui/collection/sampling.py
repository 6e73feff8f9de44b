"""抽查: a sample that can be drawn again from its seed, what to look at in each branch, and what was found there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit

from app.collection.collection import Drawn
from app.collection.sampling import draw, to_look_at
from app.errors import Refused
from app.exchange.export import workbook
from ui.collection.office import Office
from ui.kit.basic import Card, button, label, row, scrolled
from ui.kit.editors import NumberEdit, combo, commit_composition
from ui.kit.files import write_bytes
from ui.kit.page import Page
from ui.kit.table import Column, Table
from ui.kit.theme import theme

NOT_YET = "还没有查"
RESULTS = (NOT_YET, "通过", "有问题", "没有查成")
TONES = {"通过": "ok", "有问题": "missing", "没有查成": "due"}


class SamplingPage(Page):
    """抽查."""

    title = "抽查"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._drawn: Any = None
        self.add_action(button("导出抽查表", self._export, icon="table"))
        self.count, self.seed = NumberEdit(64), NumberEdit(120, digits=9)
        self.count.setText("5")
        self.count.setAccessibleName("抽查支部数")
        self.seed.setAccessibleName("抽签号码")
        self.seed.setPlaceholderText("如 20261126")
        self.samples = combo([], accessible="以前的抽查")
        self.samples.setMinimumWidth(theme().px(220))
        self.samples.currentIndexChanged.connect(lambda _: self._show_sample())
        go = button("抽取", self.draw, kind="primary")
        line = row(label("抽"), self.count, label("个支部，抽签号码"), self.seed, go, None, self.samples)
        self.body.addLayout(line)
        self.body.addWidget(label("同样的支部、同样的抽签号码，抽出来的总是一样，可以当众再抽一遍。", "caption"))
        self.table = Table(
            "抽到的支部",
            (
                Column("支部", lambda d: d[2], 150, strong=True),
                Column("上级", lambda d: d[3], 120),
                Column("结果", lambda d: d[4] or NOT_YET, 90, tone=lambda d: TONES.get(d[4], "plain")),
                Column("记录", lambda d: d[5], 160, stretch=True, tip=lambda d: d[5]),
            ),
        )
        self.table.selected.connect(self._show)
        card = Card("查什么，查到什么")
        self._what = label("", "secondary", wrap=True)
        self._what.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.result = combo(list(RESULTS), accessible="抽查结果")
        self.note = QPlainTextEdit()
        self.note.setAccessibleName("抽查记录")
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(theme().px(64))
        self._source = label("", "caption", wrap=True)
        # What is looked at may be long: it scrolls, and leaves room to write what was found.
        card.body.addWidget(scrolled(self._what), 2)
        card.body.addWidget(self._source)
        card.body.addWidget(self.result)
        card.body.addWidget(self.note, 1)
        self.save_button = button("保存", self.save, kind="primary")
        card.body.addLayout(row(None, self.save_button))
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(12))
        middle.addWidget(self.table, 3)
        middle.addWidget(card, 2)
        self.body.addLayout(middle, 1)

    def refresh(self) -> None:
        chosen = self.samples.currentData()
        self.samples.blockSignals(True)
        self.samples.clear()
        for number, year, seed, day in self._office.collection.ask("samples"):
            if year == self._office.year:
                self.samples.addItem(f"{day} 抽签号码 {seed}", number)
        self.samples.setCurrentIndex(max(0, self.samples.findData(chosen)))
        self.samples.blockSignals(False)
        self._show_sample()

    def draw(self) -> None:
        """Draw a sample and keep it."""
        with self.telling():
            try:
                count, seed = self.count.read() or 0, self.seed.read()
            except ValueError as error:
                raise Refused(str(error)) from error
            if seed is None:
                raise Refused("请填抽签号码。", "任何一个数都可以，例如当天的日期。")
            office = self._office
            ids = draw(office.overview().rows, count, seed)
            number = office.collection.keep_sample(office.year, seed, ids, office.today())
            self.refresh()
            self.samples.setCurrentIndex(self.samples.findData(number))
            office.said.emit(f"已抽取 {len(ids)} 个支部，抽签号码 {seed}")

    def _rows(self) -> list[Any]:
        number = self.samples.currentData()
        return self._office.collection.ask("drawn", sample=number) if number is not None else []

    def _show_sample(self) -> None:
        rows = self._rows()
        self.table.set_rows(rows, keep=lambda drawn: drawn[1])
        done = sum(bool(drawn[4]) for drawn in rows)
        self.head_facts.setText(f"{len(rows)} 个支部，已查 {done} 个" if rows else "还没有抽取")
        if rows and self.table.current() is None:
            self.table.selectRow(0)
        self._show(self.table.current())

    def _show(self, drawn: Any) -> None:
        self._drawn = drawn
        self.save_button.setEnabled(drawn is not None)
        branch = self._branch(drawn)
        points = to_look_at(branch) if branch else []
        self._what.setText("\n".join(f"□ {point}" for point in points))
        self._source.setText(branch.origin if branch else "")
        self.result.setCurrentText((drawn[4] if drawn else "") or NOT_YET)
        self.note.setPlainText(drawn[5] if drawn else "")

    def _branch(self, drawn: Any) -> Any:
        rows = self._office.overview().rows
        return next((row for row in rows if drawn and row.branch_id == drawn[1]), None)

    def save(self) -> None:
        """Keep what was found at the branch."""
        commit_composition()
        number = self.samples.currentData()
        if self._drawn is None or number is None:
            return
        found = Drawn(number, self._drawn[1], self._result(), self.note.toPlainText().strip())
        if self.attempt(lambda: self._office.collection.keep_result(found)):
            self._show_sample()
            self._office.said.emit("已保存")

    def _result(self) -> str:
        """What was found; empty as long as nobody looked."""
        chosen = self.result.currentText()
        return "" if chosen == NOT_YET else chosen

    def leave(self) -> bool:
        """Keep what was typed rather than ask."""
        drawn = self._drawn
        if drawn and (self._result(), self.note.toPlainText().strip()) != (drawn[4], drawn[5]):
            self.save()
        return True

    def _export(self) -> None:
        rows = self._rows()
        if not rows:
            self.bar.show_text("还没有抽取，没有可以导出的。", "info")
            return
        start = str(self._office.path.parent / f"{self._office.year}年度抽查表.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, "抽查表", start, "抽查表 (*.xlsx)")
        if chosen:
            self.attempt(lambda: self.write(Path(chosen)))

    def write(self, path: Path) -> None:
        """Write the sample as a workbook: the seed, every branch, what to look at, what was found."""
        seed = self.samples.currentText()
        lines: list[tuple[str, ...]] = []
        for drawn in self._rows():
            branch = self._branch(drawn)
            points = "\n".join(to_look_at(branch)) if branch else ""
            lines.append((drawn[2], drawn[3], points, drawn[4], drawn[5], branch.origin if branch else "", seed))
        heads = ("支部", "上级", "查什么", "结果", "记录", "数据来源", "抽签")
        write_bytes(path, workbook("抽查表", heads, lines))
        self._office.said.emit(f"已导出“{path.name}”")
