"""The import: a file, where its columns are, a look at every row, and bringing the good ones in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError, Refused
from app.exchange.headings import Layout, guess
from app.exchange.mending import Mending
from app.exchange.raw import RawSheet
from app.exchange.sheet import Outcome, Sheet
from app.exchange.tables import (
    IMPORTS,
    ImportKind,
    Kind,
    Look,
    import_book,
    kind_of,
    left_over,
    likely_kind,
    look_at,
    read_tables,
    trial_of,
)
from app.people.members import Member
from app.store import Ledger
from ui.importing.bringing import Bringing
from ui.importing.preview import PreviewRow, PreviewTable, in_words, preview_rows
from ui.importing.rest import save_rest
from ui.importing.side import Side
from ui.kit.basic import button, label, row
from ui.kit.editors import combo
from ui.kit.messages import Bar
from ui.kit.segmented import Segmented
from ui.kit.tasks import Tasks
from ui.kit.theme import theme

TABLES = "表格 (*.xlsx *.xls *.ods *.csv *.txt)"
VIEWS = (("all", "全部"), ("asked", "待回答"), ("wrong", "有错"), ("told", "请看"), ("differs", "与台账不同"))
SMALL = 64 * 1024
"""Bytes of a file that is read while one waits; a larger one is read by the worker."""
AT_ONCE = 300
"""Rows that are looked at while one waits; more are looked at by the worker."""


class ImportPanel(QWidget):
    """Choose a table, see every row, answer what is asked, mend what is wrong, bring the good rows in."""

    def __init__(
        self,
        ledger: Callable[[], Ledger],
        today: Callable[[], date],
        tasks: Tasks,
        kind: Kind = "",
        before: Callable[[], object] = lambda: None,
    ) -> None:
        """`before` is called before a table is taken in, to make a backup; it may raise AppError."""
        super().__init__()
        self._ledger, self._today, self._tasks, self._before = ledger, today, tasks, before
        self.bringing = Bringing(self, tasks)
        self._fixed_kind = kind
        self._book: list[RawSheet] = []
        self._mending = Mending()
        self._sheet: Sheet | None = None
        self._outcome = Outcome()
        self._done = False
        self._looks = 0
        self.kind = combo(list(IMPORTS.values()), accessible="导入内容")
        if kind:
            self.kind.hide()
            if isinstance(kind, str):
                self.choose_kind(kind)
        self.kind.activated.connect(lambda _: self._begin())
        self.file = label("还没有选表格", "secondary", wrap=True)
        self.take = button("导入", self.bring, kind="primary")
        self.take.setEnabled(False)
        self.rest = button("没导入的存为文件…", self._save_rest, kind="small", icon="save")
        self.rest.hide()
        self.cancel = button("取消", self._give_up, kind="small")
        self.cancel.hide()
        self.bar = Bar()
        self.words = label("", wrap=True)
        self.views = Segmented(VIEWS)
        self.views.chosen.connect(lambda _: self._show_rows())
        self._sheets = combo([], accessible="工作表")
        self._sheets.activated.connect(lambda _: self._point())
        self._heading = combo([], accessible="表头在第几行")
        self._heading.activated.connect(lambda _: self._point())
        self.columns = button("列的对应", self._toggle_columns, kind="small", icon="table")
        self.left_out = button("没有取的", self._show_file, kind="small", icon="info")
        self.table = PreviewTable(self._mend)
        self.table.chosen.connect(self._show_side)
        self.side = Side(self._decide, lambda: self._ledger()[Member].all())
        self._pointing = False
        self._build(kind)
        for number in range(1, 10):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(lambda at=number - 1: self._answer(at))

    def _build(self, kind: Kind) -> None:
        choose = button("选择表格…", self.choose, icon="table")
        self.setFocusProxy(choose)
        items: list[QWidget | None] = [choose, self.file, None, self.rest, self.take]
        if not kind:
            items = [label("内容", "secondary"), self.kind, *items]
        top = row(*items)
        top.setStretch(top.indexOf(self.file), 1)
        self._tools = QWidget()
        tools = QVBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(theme().px(6))
        tools.addLayout(row(self._sheets, label("表头", "caption"), self._heading, self.columns, self.left_out, None))
        tools.addLayout(row(self.views, None, self.table.more))
        self._middle = QWidget()
        beside = QHBoxLayout(self._middle)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme().px(12))
        beside.addWidget(self.table, 1)
        beside.addWidget(self.side)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(8))
        box.addLayout(top)
        box.addWidget(self.bar)
        said = row(self.words, self.cancel)
        said.setStretch(0, 1)
        box.addLayout(said)
        box.addWidget(self._tools)
        box.addWidget(self._middle, 1)
        box.addStretch(0)
        for part in (self.words, self._tools, self._middle):
            part.hide()

    # --- file and layout ---

    def choose_kind(self, kind: str) -> None:
        """What the table holds."""
        self.kind.setCurrentIndex(list(IMPORTS).index(kind))

    @property
    def code(self) -> Kind:
        """What the table holds: the code of a kind, or the kind that was given."""
        return self._fixed_kind if isinstance(self._fixed_kind, ImportKind) else list(IMPORTS)[self.kind.currentIndex()]

    def choose(self) -> None:
        """Ask for a table file."""
        name, _ = QFileDialog.getOpenFileName(self, "选择表格", str(Path.home()), TABLES)
        if name:
            self.load(Path(name))

    def load(self, path: Path) -> None:
        """Look at a table: nothing is changed yet."""
        self.file.setText(path.name)
        self.bar.hide()
        self._book = []
        self._looks += 1
        number = self._looks
        try:
            if path.is_file() and path.stat().st_size <= SMALL:
                self._take_book(number, read_tables(path))
                return
        except AppError as error:
            self._refuse(error)
            return
        self._wait("正在读表格…")
        self._tasks.start(
            lambda: read_tables(path),
            lambda book: self._take_book(number, book),
            lambda error: self._failed(number, error),
            owner=self,
        )

    def _take_book(self, number: int, book: list[RawSheet]) -> None:
        """Look at what was read, unless another file was chosen since."""
        if number != self._looks:
            return
        self.cancel.hide()
        self._book = book
        if not self._fixed_kind:
            self.choose_kind(likely_kind(self._book))
        self._begin()

    def _wait(self, words: str) -> None:
        """Say what is being done by the worker; it can be cancelled."""
        self.words.setText(words)
        self.words.show()
        self.cancel.show()
        self.take.setEnabled(False)

    def _give_up(self) -> None:
        """Cancel what the worker is doing: nothing has been changed, and what it finds is not looked at."""
        self._looks += 1
        self.cancel.hide()
        self.words.setText("已取消，台账没有变动。")
        if not self._book:
            self.file.setText("还没有选表格")

    def _begin(self) -> None:
        """Look at the file anew, as it is guessed to be."""
        if not self._book:
            return
        self._done = False
        self.rest.hide()
        self.side.forget()
        self._mending = Mending()
        self._pointing = guess(self._book, kind_of(self.code).columns.field_of) is None
        self.views.choose("all")
        self._offer_layout()
        self._look()

    def _layout(self) -> Layout:
        """Where the table is: as it was pointed at, else as it is guessed."""
        found = self._mending.layout or guess(self._book, kind_of(self.code).columns.field_of)
        return found or Layout(0, 0, {})

    def _offer_layout(self) -> None:
        layout = self._layout()
        self._sheets.clear()
        self._sheets.addItems([sheet.name or sheet.file for sheet in self._book])
        self._sheets.setCurrentIndex(layout.sheet)
        self._sheets.setVisible(len(self._book) > 1)
        self._heading.clear()
        rows = min(20, len(self._book[layout.sheet].grid))
        self._heading.addItems([f"第 {number} 行" for number in range(1, rows + 1)])
        self._heading.setCurrentIndex(layout.heading)

    def _point(self) -> None:
        """Another sheet or heading row was chosen by hand: the columns are guessed again there."""
        number, heading = self._sheets.currentIndex(), max(0, self._heading.currentIndex())
        sheet = self._book[number]
        found = guess([replace(sheet, grid=sheet.grid[heading : heading + 3])], kind_of(self.code).columns.field_of)
        fits = found is not None and found.top == 0
        columns = found.columns if found is not None and fits else {}
        last = heading + found.heading if found is not None and fits else heading
        self._mending = Mending(layout=Layout(number, last, columns, heading))
        self._offer_layout()
        self._look()

    def _toggle_columns(self) -> None:
        self._pointing = not self._pointing
        self._show_side(self.table.current_row())

    # --- looking ---

    def _refuse(self, error: AppError) -> None:
        self.cancel.hide()
        self.bar.show_error(error)
        self.take.setEnabled(False)
        shown = bool(self._book) and isinstance(error, Refused)
        for part in (self._tools, self._middle):
            part.setVisible(shown)
        self.words.hide()
        if shown:
            self._pointing = True
            self._show_side(None)

    @property
    def _many(self) -> bool:
        """Whether the rows are too many to wait for."""
        return sum(len(sheet.grid) for sheet in self._book) > AT_ONCE

    def _look(self) -> None:
        """Try the import on a copy: what would come in, what is asked, what is wrong, what differs."""
        self.bar.hide()
        self._looks += 1
        number, code, book, mending, today = self._looks, self.code, self._book, self._mending, self._today()
        trial = trial_of(self._ledger(), code)
        if not self._many:
            try:
                self._show_look(number, look_at(trial, code, book, today, mending))
            except AppError as error:
                self._refuse(error)
            return
        self._wait("正在看每一行…")
        self._tasks.start(
            lambda: look_at(trial, code, book, today, mending),
            lambda look: self._show_look(number, look),
            lambda error: self._failed(number, error),
            owner=self,
        )

    def _failed(self, number: int, error: BaseException) -> None:
        if not isinstance(error, AppError):
            raise error
        if number == self._looks:
            self._refuse(error)

    def _show_look(self, number: int, look: Look) -> None:
        """Show what was found, unless something else was asked for since."""
        if number != self._looks:
            return
        self.cancel.hide()
        self._sheet, self._outcome = look.sheet, look.outcome
        for part in (self.words, self._tools, self._middle):
            part.show()
        self.words.setText(in_words(self._outcome, dry_run=True))
        self.take.setEnabled(bool(self._outcome.added + self._outcome.updated))
        left, told = len(self._outcome.left_out), len(self._outcome.told)
        counts = [f"没有取的 {left}"] * bool(left) + [f"表的说明 {told}"] * bool(told)
        self.left_out.setText(" · ".join(counts))
        self.left_out.setVisible(bool(counts))
        self._show_rows()

    def _show_rows(self) -> None:
        if self._sheet is None:
            return
        rows = preview_rows(self._sheet, self._outcome, self._mending.left_out)
        groups = {
            "all": rows,
            "asked": [item for item in rows if item.asked],
            "wrong": [item for item in rows if item.wrong],
            "told": [item for item in rows if item.told],
            "differs": [item for item in rows if item.differences],
        }
        for code, text in VIEWS:
            self.views.set_text(code, f"{text} {len(groups[code])}")
        shown = groups[self.views.current]
        self.table.show_rows(self._sheet, list(self._sheet.headings), shown)
        if not shown:
            self._show_side(None)

    def _show_side(self, item: PreviewRow | None) -> None:
        if self._pointing:
            self.side.show_columns(self._book, self._layout(), kind_of(self.code).columns, self._mending)
        elif item is None:
            self.side.show_nothing()
        else:
            self.side.show_row(item, self._mending, people=self.code in ("members", "dues"))

    def _show_file(self) -> None:
        self.side.show_file(self._outcome, self._mending)

    # --- decisions ---

    def _decide(self, mending: Mending) -> None:
        self._mending = mending
        self._look()

    def _mend(self, key: int, name: str, text: str) -> None:
        self._decide(replace(self._mending, edits={**self._mending.edits, (key, name): text}))

    def _answer(self, number: int) -> None:
        """Choose an answer to the questions of the row (Alt and a number)."""
        if number < len(self.side.answers):
            self.side.answers[number].click()

    # --- bringing in ---

    def bring(self) -> None:
        """Bring the good rows in, as one action."""
        self.bar.hide()
        ledger, code, book, mending, today = self._ledger(), self.code, self._book, self._mending, self._today()

        def bring(ledger: Ledger) -> Outcome:
            return import_book(ledger, code, book, today, mending)

        try:
            self._before()
            if self._many:
                self.bringing.start(ledger, bring, self._brought, self.bar.show_error)
            else:
                self._brought(bring(ledger))
        except AppError as error:
            self.bar.show_error(error)

    def _brought(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._done = True
        self._looks += 1
        self.words.setText(in_words(self._outcome, dry_run=False))
        self.take.setEnabled(False)
        self.rest.setVisible(bool(self._outcome.refused))
        self.views.choose("wrong" if self._outcome.refused else "all")
        self._show_rows()

    def _save_rest(self) -> None:
        save_rest(self, self.left_rows(), self.bar)

    def left_rows(self) -> list[list[str]]:
        """The rows that stayed out, with their reasons."""
        return left_over(self._book, self._layout(), self._outcome)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter belongs to the table; a dialog around must not take it for its default button.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused: Any = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            event.accept()
            return
        super().keyPressEvent(event)
