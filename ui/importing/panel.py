"""The import: a file, where its columns are, a look at every row, and bringing the good ones in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import AppError, Refused
from app.exchange.export import workbook
from app.exchange.mending import NEW_PERSON, Mending
from app.exchange.raw import RawSheet, read_book
from app.exchange.sheet import Layout, Outcome, Sheet, guess, heading_of, lay_out
from app.exchange.tables import IMPORTS, KINDS, import_book, left_over, likely_kind
from app.people.members import Member, plain_name
from app.record import Severity
from app.store import Ledger
from ui.importing.preview import PreviewRow, PreviewTable, preview_rows
from ui.kit.basic import Card, Segmented, button, clear, label, line, row, scrolled
from ui.kit.editors import combo
from ui.kit.files import write_bytes
from ui.kit.messages import Bar
from ui.kit.theme import theme

TABLES = "表格 (*.xlsx *.xls *.ods *.csv *.txt)"
NOT_THERE = "（表里没有）"


class ImportPanel(QWidget):
    """Choose a table, see every row, mend what is wrong, bring the good rows in."""

    def __init__(
        self,
        ledger: Callable[[], Ledger],
        today: Callable[[], date],
        kind: str = "",
        before: Callable[[], object] = lambda: None,
    ) -> None:
        """`before` is called before a table is taken in, to make a backup; it may raise AppError."""
        super().__init__()
        self._ledger, self._today, self._before = ledger, today, before
        self._fixed_kind = kind
        self._book: list[RawSheet] = []
        self._mending = Mending()
        self._sheet: Sheet | None = None
        self._outcome = Outcome()
        self._done = False
        self.kind = combo(list(IMPORTS.values()), accessible="导入内容")
        self.kind.setVisible(not kind)
        if kind:
            self.choose_kind(kind)
        self.kind.activated.connect(lambda _: self._begin())
        self.file = label("还没有选表格", "secondary", wrap=True)
        self.take = button("导入", self.bring, kind="primary")
        self.take.setEnabled(False)
        self.rest = button("没导入的存为文件…", self.save_rest, kind="small", icon="save")
        self.rest.hide()
        self.bar = Bar()
        self.words = label("", wrap=True)
        self.views = Segmented([("all", "全部"), ("wrong", "有问题"), ("differs", "与台账不同")])
        self.views.chosen.connect(lambda _: self._show_rows())
        self._sheets = combo([], accessible="工作表")
        self._sheets.activated.connect(lambda _: self._point())
        self._heading = combo([], accessible="表头在第几行")
        self._heading.activated.connect(lambda _: self._point())
        self.columns = button("列的对应", self._toggle_columns, kind="small", icon="table")
        self.table = PreviewTable(self._mend)
        self.table.chosen.connect(self._show_row)
        self._side = Card(padding=12)
        self._side.setFixedWidth(theme().px(272))
        inner = QWidget()
        self._side_box = QVBoxLayout(inner)
        self._side_box.setContentsMargins(0, 0, theme().px(4), 0)
        self._side.body.addWidget(scrolled(inner), 1)
        self._pointing = False
        self._build(kind)

    def _build(self, kind: str) -> None:
        choose = button("选择表格…", self.choose, icon="table")
        items: list[QWidget | None] = [choose, self.file, None, self.rest, self.take]
        if not kind:
            items = [label("内容", "secondary"), self.kind, *items]
        top = row(*items)
        top.setStretch(top.indexOf(self.file), 1)
        self._tools = QWidget()
        where = row(self._sheets, label("表头", "caption"), self._heading, self.columns, None, self.views)
        self._tools.setLayout(where)
        self._middle = QWidget()
        beside = QHBoxLayout(self._middle)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme().px(12))
        beside.addWidget(self.table, 1)
        beside.addWidget(self._side)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(8))
        box.addLayout(top)
        box.addWidget(self.bar)
        box.addWidget(self.words)
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
    def code(self) -> str:
        """The code of what the table holds."""
        return list(IMPORTS)[self.kind.currentIndex()]

    def choose(self) -> None:
        """Ask for a table file."""
        name, _ = QFileDialog.getOpenFileName(self, "选择表格", str(Path.home()), TABLES)
        if name:
            self.load(Path(name))

    def load(self, path: Path) -> None:
        """Look at a table: nothing is changed yet."""
        self.file.setText(path.name)
        self.bar.hide()
        try:
            self._book = read_book(path)
        except AppError as error:
            self._book = []
            self._refuse(error)
            return
        if not self._fixed_kind:
            self.choose_kind(likely_kind(self._book))
        self._begin()

    def _begin(self) -> None:
        """Look at the file anew, as it is guessed to be."""
        if not self._book:
            return
        self._done = False
        self.rest.hide()
        layout = guess(self._book, KINDS[self.code].synonyms)
        self._mending = Mending(layout=layout or Layout(0, 0, {}))
        self._offer_layout()
        self._pointing = layout is None
        self._look()

    def _offer_layout(self) -> None:
        layout = self._mending.layout
        assert layout
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
        sheet, heading = self._sheets.currentIndex(), max(0, self._heading.currentIndex())
        alone = [replace(self._book[sheet], grid=self._book[sheet].grid[heading:])]
        found = guess(alone, KINDS[self.code].synonyms)
        columns = found.columns if found and found.heading <= 1 else {}
        self._mending = Mending(layout=Layout(sheet, heading, columns))
        self._offer_layout()
        self._look()

    def _toggle_columns(self) -> None:
        self._pointing = not self._pointing
        self._show_side(None)

    def _set_column(self, name: str, column: int) -> None:
        layout = self._mending.layout
        assert layout
        columns = {key: at for key, at in layout.columns.items() if key != name and at != column}
        if column >= 0:
            columns[name] = column
        ordered = dict(sorted(columns.items(), key=lambda item: item[1]))
        self._mending = replace(self._mending, layout=replace(layout, columns=ordered))
        self._look()

    # --- looking ---

    def _refuse(self, error: AppError) -> None:
        self.bar.show_error(error)
        self.take.setEnabled(False)
        shown = bool(self._book) and isinstance(error, Refused)
        for part in (self._tools, self._middle):
            part.setVisible(shown)
        self.words.hide()
        if shown:
            self._pointing = True
            self._show_side(None)

    def _look(self) -> None:
        """Try the import and take it back: what would come in, what is wrong, what differs."""
        self.bar.hide()
        try:
            ledger, today = self._ledger(), self._today()
            self._outcome = import_book(ledger, self.code, self._book, today, self._mending, dry_run=True)
        except AppError as error:
            self._refuse(error)
            return
        assert self._mending.layout
        self._sheet = lay_out(self._book, self._mending.layout, self._mending.edits)
        for part in (self.words, self._tools, self._middle):
            part.show()
        self.words.setText(in_words(self._outcome, dry_run=True))
        self.take.setEnabled(bool(self._outcome.added + self._outcome.updated))
        self._show_rows()

    def _rows(self) -> list[PreviewRow]:
        assert self._sheet
        return preview_rows(self._sheet, self._outcome, self._mending.left_out)

    def _show_rows(self) -> None:
        if self._sheet is None or self._mending.layout is None:
            return
        rows = self._rows()
        groups = {
            "all": rows,
            "wrong": [item for item in rows if item.faults],
            "differs": [item for item in rows if item.differences],
        }
        for code, text in (("all", "全部"), ("wrong", "有问题"), ("differs", "与台账不同")):
            self.views.set_text(code, f"{text} {len(groups[code])}")
        self.table.show_rows(self._sheet, list(self._mending.layout.columns), groups[self.views.current])
        if not groups[self.views.current]:
            self._show_side(None)

    def _show_row(self, item: PreviewRow | None) -> None:
        self._show_side(item)

    def _show_side(self, item: PreviewRow | None) -> None:
        clear(self._side_box)
        if self._pointing:
            self._show_columns()
        elif item is None:
            self._side_box.addWidget(label("没有这样的行。", "secondary"))
        else:
            self._show_details(item)
        self._side_box.addStretch(1)

    def _show_columns(self) -> None:
        layout = self._mending.layout
        assert layout
        sheet = self._book[layout.sheet]
        width = max((len(cells) for cells in sheet.grid), default=0)
        words = [NOT_THERE, *(heading_of(sheet, layout.heading, column) for column in range(width))]
        self._side_box.addWidget(label("每一项在表里是哪一列", "head"))
        for name, synonyms in KINDS[self.code].synonyms.items():
            needed = name in KINDS[self.code].needed
            box = combo(words, accessible=synonyms[0])
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
            box.setCurrentIndex(layout.columns.get(name, -1) + 1)
            box.activated.connect(lambda at, name=name: self._set_column(name, at - 1))
            caption = label(synonyms[0] + (" *" if needed else ""), "secondary")
            caption.setFixedWidth(theme().px(92))
            made = row(caption, box)
            made.setStretch(1, 1)
            self._side_box.addLayout(made)

    def _show_details(self, item: PreviewRow) -> None:
        number = item.row.number
        self._side_box.addWidget(label(f"第 {number} 行", "head"))
        for fault in item.faults:
            kind = "error" if fault.severity is Severity.ERROR else "warning"
            self._side_box.addWidget(label(f"{fault.column}：{fault.reason}", kind, wrap=True))
        if not item.faults:
            self._side_box.addWidget(label("没有问题。", "secondary"))
        if item.differences:
            self._side_box.addWidget(line())
            self._side_box.addWidget(label("与名册不同的，勾上的改成表里的", "secondary", wrap=True))
        for difference in item.differences:
            tick = QCheckBox(f"{difference.label}：{difference.was} → {difference.new}")
            tick.setAccessibleName(f"{difference.label}改成{difference.new}")
            tick.setChecked(difference.taken)
            tick.clicked.connect(lambda on, name=difference.field: self._take(number, name, on=on))
            self._side_box.addWidget(tick)
        if self.code == "members":
            self._offer_persons(item)
        self._side_box.addWidget(line())
        out = QCheckBox("不导入这一行")
        out.setChecked(item.left_out)
        out.clicked.connect(lambda on: self._leave_out(number, on=on))
        self._side_box.addWidget(out)
        self._side_box.addWidget(label("双击或按 Enter 就地改一个单元格。", "caption", wrap=True))

    def _offer_persons(self, item: PreviewRow) -> None:
        """Who a row is, where somebody of the same name is known."""
        name, number = plain_name(item.row.text("name")), item.row.number
        known = [member for member in self._ledger()[Member].all() if name and plain_name(member.name) == name]
        if not known:
            return
        choices = [(None, "由程序判断"), (NEW_PERSON, "新增为另一人")]
        choices += [(m.id, f"名册里的{m.name} {m.birth or ''}") for m in known]
        box = combo([text for _, text in choices], accessible="这一行是谁")
        keys = [key for key, _ in choices]
        box.setCurrentIndex(keys.index(self._mending.persons.get(number)))
        box.activated.connect(lambda at: self._decide(number, keys[at]))
        self._side_box.addWidget(label("这一行是", "secondary"))
        self._side_box.addWidget(box)

    # --- decisions ---

    def _mend(self, number: int, name: str, text: str) -> None:
        self._mending = replace(self._mending, edits={**self._mending.edits, (number, name): text})
        self._look()

    def _take(self, number: int, name: str, *, on: bool) -> None:
        key = frozenset({(number, name)})
        taken = self._mending.taken | key if on else self._mending.taken - key
        self._mending = replace(self._mending, taken=taken)
        self._look()

    def _leave_out(self, number: int, *, on: bool) -> None:
        out = self._mending.left_out | {number} if on else self._mending.left_out - {number}
        self._mending = replace(self._mending, left_out=out)
        self._look()

    def _decide(self, number: int, person: int | None) -> None:
        persons = {row: who for row, who in self._mending.persons.items() if row != number}
        if person is not None:
            persons[number] = person
        self._mending = replace(self._mending, persons=persons)
        self._look()

    # --- bringing in ---

    def bring(self) -> None:
        """Bring the good rows in, as one action."""
        self.bar.hide()
        try:
            self._before()
            self._outcome = import_book(self._ledger(), self.code, self._book, self._today(), self._mending)
        except AppError as error:
            self._refuse(error)
            return
        self._done = True
        self.words.setText(in_words(self._outcome, dry_run=False))
        self.take.setEnabled(False)
        self.rest.setVisible(bool(self._outcome.refused))
        self.views.choose("wrong" if self._outcome.refused else "all")
        self._show_rows()

    def save_rest(self) -> None:
        """Save the rows that stayed out, each with its reason, where the user says."""
        name, _ = QFileDialog.getSaveFileName(
            self, "没导入的存为文件", str(Path.home() / "没有导入的行.xlsx"), "Excel 表格 (*.xlsx)"
        )
        if name:
            self.write_rest(Path(name))

    def write_rest(self, path: Path) -> None:
        """Write the rows that stayed out."""
        assert self._mending.layout
        table = left_over(self._book, self._mending.layout, self._outcome)
        try:
            write_bytes(path, workbook("没有导入的行", table[0], table[1:]))
        except AppError as error:
            self.bar.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter belongs to the table; a dialog around must not take it for its default button.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)


def in_words(outcome: Outcome, *, dry_run: bool) -> str:
    """The counts in a sentence."""
    will = "将" if dry_run else "已"
    rows = len({fault.row for fault in outcome.refused})
    words = f"{will}新增 {outcome.added} 条，更新 {outcome.updated} 条，{outcome.unchanged} 条没有变化"
    words += f"；{rows} 行不能导入，可以就地改好，其余照常导入" if rows else "；没有不能导入的行"
    return words + ("。看过后点“导入”。" if dry_run else "。整批可以一次撤销（Ctrl+Z）。")
