"""Bring a spreadsheet in: choose, look at what would happen, take it. Used by 设置 and by the first-run wizard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.errors import AppError
from app.exchange.sheet import Outcome
from app.exchange.tables import IMPORTS, import_table
from app.store import Ledger
from ui.kit.basic import button, label, row
from ui.kit.editors import combo
from ui.kit.import_box import FaultLine, OutcomeView
from ui.kit.messages import Bar

TABLES = "表格 (*.xlsx *.xls *.ods *.csv)"


class ImportPanel(QWidget):
    """Choose a table, see what it would bring, bring it in."""

    def __init__(
        self,
        ledger: Callable[[], Ledger],
        today: Callable[[], date],
        kind: str = "",
        before: Callable[[], object] = lambda: None,
    ) -> None:
        """`before` is called before a table is taken in, to make a backup; it may raise AppError."""
        super().__init__()
        self._ledger = ledger
        self._before = before
        self._today = today
        self._path: Path | None = None
        self.kind = combo(list(IMPORTS.values()), accessible="导入内容")
        self.kind.currentIndexChanged.connect(lambda _: self._try())
        self.file = label("还没有选表格", "secondary", wrap=True)
        choose = button("选择表格…", self.choose, icon="table")
        self.take = button("导入", self.bring, kind="primary")
        self.take.setEnabled(False)
        self.bar = Bar()
        self.outcome = OutcomeView()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        items = [choose, self.file, None, self.take]
        if kind:
            self.choose_kind(kind)
        else:
            items = [label("内容", "secondary"), self.kind, *items]
        line = row(*items)
        line.setStretch(line.indexOf(self.file), 1)
        box.addLayout(line)
        box.addWidget(self.bar)
        box.addWidget(self.outcome, 1)
        box.addStretch(0)
        box.setAlignment(Qt.AlignmentFlag.AlignTop)

    def choose_kind(self, kind: str) -> None:
        """What the table holds."""
        self.kind.setCurrentIndex(list(IMPORTS).index(kind))

    def choose(self) -> None:
        """Ask for a table file."""
        name, _ = QFileDialog.getOpenFileName(self, "选择表格", str(Path.home()), TABLES)
        if name:
            self.load(Path(name))

    def load(self, path: Path) -> None:
        """Look at a table: nothing is changed yet."""
        self._path = path
        self.file.setText(path.name)
        self._try()

    def _try(self) -> None:
        if self._path is not None:
            self._run(dry_run=True)

    def bring(self) -> None:
        """Bring the good rows in."""
        self._run(dry_run=False)

    def _run(self, *, dry_run: bool) -> None:
        assert self._path is not None
        self.bar.hide()
        kind = list(IMPORTS)[self.kind.currentIndex()]
        try:
            if not dry_run:
                self._before()
            outcome = import_table(self._ledger(), kind, self._path, self._today(), dry_run=dry_run)
        except AppError as error:
            self.bar.show_error(error)
            self.outcome.hide()
            self.take.setEnabled(False)
            return
        self.outcome.show_outcome(in_words(outcome, dry_run=dry_run), fault_lines(outcome))
        self.take.setEnabled(dry_run and bool(outcome.added + outcome.updated))


def in_words(outcome: Outcome, *, dry_run: bool) -> str:
    """The counts in a sentence."""
    will = "将" if dry_run else "已"
    rows = len({fault.row for fault in outcome.refused})
    words = f"{will}新增 {outcome.added} 条，更新 {outcome.updated} 条，{outcome.unchanged} 条没有变化"
    words += f"；{rows} 行不能导入，原因见下表，其余照常导入" if rows else "；没有不能导入的行"
    return words + ("。看过后点“导入”。" if dry_run else "。")


def fault_lines(outcome: Outcome) -> list[FaultLine]:
    """The faults as lines of a list, the refused first."""
    refused = [FaultLine(f.row, f.column, f.reason, refused=True) for f in outcome.refused]
    return refused + [FaultLine(f.row, f.column, f.reason, refused=False) for f in outcome.notices]
