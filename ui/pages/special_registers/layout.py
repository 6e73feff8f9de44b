"""How a register is laid out: its name and purpose, its columns with their order, and how often it asks for a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from app.errors import AppError
from app.record import Problem
from app.rules.local_rules import RulePeriod
from app.work.register_packs import NEEDED, check_layout, drop_count, lay_out, set_count
from app.work.special_registers import ColumnKind, RegisterColumn, RegisterCount, SpecialRegister, columns_of
from ui.house.session import Session
from ui.kit.basic import Card, button, clear, column, label, row, scrolled
from ui.kit.editors import NumberEdit, combo, line_edit
from ui.kit.flow import Flow
from ui.kit.messages import Bar
from ui.kit.record_fields import Fields, RecordFields
from ui.kit.segmented import Segmented
from ui.kit.theme import theme


class ColumnRow(QWidget):
    """One column: its name, what it holds, words to choose from, whether it must be filled in, whether it is shown."""

    def __init__(self, column: RegisterColumn, move: Callable[[Any, int], None]) -> None:
        super().__init__()
        self.column = column
        self.label = line_edit(column.label)
        self.label.setAccessibleName("栏目名称")
        self.kind = combo([kind.value for kind in ColumnKind], accessible=f"“{column.label}”的内容")
        self.kind.setCurrentText(column.kind.value)
        # What a column holds is not changed under what was typed into it.
        self.kind.setEnabled(not column.id)
        self.words = line_edit(column.words, hint="可选的词，用顿号分开")
        self.words.setAccessibleName("可选的词")
        self.mandatory, self.hidden = QCheckBox("必填"), QCheckBox("不显示")
        self.mandatory.setChecked(column.mandatory or column.part in NEEDED)
        self.hidden.setChecked(column.hidden)
        fixed = column.part in NEEDED
        self.mandatory.setEnabled(not fixed)
        self.hidden.setEnabled(not fixed)
        part = label(column.part.value if column.part else "", "caption")
        part.setFixedWidth(theme().px(36))
        self.label.setMinimumWidth(theme().px(100))
        self.words.setMinimumWidth(theme().px(90))
        self.kind.setFixedWidth(theme().px(110))
        up = button("↑", lambda: move(self, -1), kind="small", tip="上移")
        down = button("↓", lambda: move(self, 1), kind="small", tip="下移")
        up.setAccessibleName(f"“{column.label}”上移")
        down.setAccessibleName(f"“{column.label}”下移")
        made = row(up, down, self.label, part, self.kind, self.words, self.mandatory, self.hidden, spacing=6)
        made.setStretch(2, 2)
        made.setStretch(5, 3)
        self.setLayout(made)

    def read(self) -> RegisterColumn:
        """The column as it stands."""
        return replace(
            self.column,
            label=self.label.text().strip(),
            kind=ColumnKind(self.kind.currentText()),
            words=self.words.text().strip(),
            mandatory=self.mandatory.isChecked(),
            hidden=self.hidden.isChecked(),
        )


class LayoutPanel(QWidget):
    """The layout of one register; emits `left` when it is done with."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._register = SpecialRegister(title="")
        self.rows: list[ColumnRow] = []
        self.bar = Bar()
        names = ("title", "noun", "source", "purpose", "across", "in_book", "retired")
        self.form = RecordFields(
            SpecialRegister, Fields(names, rows={"purpose": 2}, hints={"noun": "如 要件、活动"}), session.today
        )
        self.form.setMaximumWidth(theme().px(480))
        self._columns = QVBoxLayout()
        self._columns.setSpacing(theme().px(2))
        self._counts = QVBoxLayout()
        self._counts.setSpacing(theme().px(4))
        columns, counts = QWidget(), QWidget()
        add = button("加一栏", self.add_column, kind="small", icon="add")
        columns.setLayout(column(self._columns, row(add, None), None))
        told = label("不够会在待办和台账体检里提醒；从当前年度起算。", "secondary", wrap=True)
        counts.setLayout(column(told, self._counts, self._new_count(), None))
        kept = QWidget()
        kept.setLayout(column(self.form, None))
        self.views = Segmented((("columns", "栏目"), ("counts", "次数要求"), ("about", "台账信息")))
        stack = QStackedWidget()
        for part in (columns, counts, kept):
            stack.addWidget(scrolled(part))
        self.views.chosen.connect(lambda code: stack.setCurrentIndex(("columns", "counts", "about").index(code)))
        card = Card(padding=12)
        card.body.addLayout(row(self.views, None))
        card.body.addWidget(stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.bar)
        whole.addWidget(card, 1)
        save = button("保存格式", self.save, kind="primary")
        whole.addLayout(
            row(
                label("不显示的栏目，写过的内容都还在。", "caption"),
                None,
                button("返回", self.leave, kind="quiet"),
                save,
            )
        )

    def _new_count(self) -> Any:
        self.count_label = line_edit(hint="要求，如 专题研究")
        self.count_label.setAccessibleName("要求")
        self.count_column = combo([], accessible="看哪一栏")
        self.count_column.setMinimumWidth(theme().px(150))
        self.count_word = line_edit(hint="栏里写的词")
        self.count_word.setAccessibleName("栏里写的词")
        self.count_minimum = NumberEdit(56)
        self.count_minimum.setAccessibleName("至少几次")
        self.count_period = combo([period.value for period in RulePeriod], accessible="周期")
        self.count_period.setCurrentText(RulePeriod.YEAR.value)
        made = Flow(spacing=8)
        add = button("加上", self.add_count, kind="small", icon="add")
        for part in (self.count_label, self.count_column, self.count_word, self.count_period):
            made.addWidget(part)
        for part in (label("至少"), self.count_minimum, label("次"), add):
            made.addWidget(part)
        return made

    # --- what is shown ---

    def show_register(self, register: int) -> None:
        """Show one register as it is laid out."""
        ledger = self._session.ledger
        self._register = ledger[SpecialRegister].get(register)
        self.bar.hide()
        self.views.choose("columns")
        self.views.chosen.emit("columns")
        self.form.load(vars(self._register))
        self._show_columns(list(columns_of(ledger, register)))
        self._show_counts()

    def _show_columns(self, columns: list[RegisterColumn]) -> None:
        clear(self._columns)
        self.rows = [ColumnRow(column, self._move) for column in columns]
        for made in self.rows:
            self._columns.addWidget(made)
        self.count_column.clear()
        self.count_column.addItems(["（每一条都算）", *(item.label for item in columns if item.id)])

    def _show_counts(self) -> None:
        clear(self._counts)
        labels = {column.id: column.label for column in columns_of(self._session.ledger, self._register.id)}
        for count in self._session.ledger[RegisterCount].all(register=self._register.id):
            where = f"（{labels.get(count.column or 0, '')}：{count.word}）" if count.column else ""
            years = f"{count.first_year} 年起" + (f"至 {count.last_year} 年" if count.last_year else "")
            text = f"{count.label}{where}　{count.period.value}至少 {count.minimum} 次　{years}"
            gone = button("删除", lambda count=count: self.remove_count(count), kind="small", icon="delete")
            gone.setAccessibleName(f"删除要求“{count.label}”")
            self._counts.addLayout(row(label(text, wrap=True), None, gone))

    def _move(self, made: ColumnRow, step: int) -> None:
        here = self.rows.index(made)
        there = here + step
        if 0 <= there < len(self.rows):
            columns = [item.read() for item in self.rows]
            columns[here], columns[there] = columns[there], columns[here]
            self._show_columns(columns)
            self.rows[there].label.setFocus()

    def add_column(self) -> None:
        """One more column, at the end."""
        columns = [item.read() for item in self.rows]
        columns.append(RegisterColumn(register=self._register.id, label="", position=len(columns) + 1))
        self._show_columns(columns)
        self.rows[-1].label.setFocus()

    # --- what is kept ---

    def _attempt(self, action: Callable[[], Any]) -> bool:
        self.bar.hide()
        try:
            action()
        except AppError as error:
            self.bar.show_error(error)
            return False
        return True

    def save(self) -> bool:
        """Keep the layout, and go back; whether it was kept."""
        values = self.form.read()
        if values is None:
            return False
        register = replace(self._register, **values)
        columns = [item.read() for item in self.rows]
        problems = check_layout(register, columns)
        told: list[Problem] = [problem for problem in problems if problem.field == "columns"]
        self.form.show_problems(problems)
        if problems and not told:
            self.views.choose("about")
            self.views.chosen.emit("about")
        if told:
            self.bar.show_text(told[0].text)
        if problems or not self._attempt(lambda: lay_out(self._session.ledger, register, columns)):
            return False
        self._session.say("已保存台账格式", undo=True)
        self.left.emit()
        return True

    def add_count(self) -> None:
        """Ask for so many rows in each period from the shown year on."""
        try:
            minimum = self.count_minimum.read()
        except ValueError as error:
            self.bar.show_text(str(error))
            return
        columns = columns_of(self._session.ledger, self._register.id)
        at = self.count_column.currentIndex()
        count = RegisterCount(
            register=self._register.id,
            label=self.count_label.text().strip(),
            column=columns[at - 1].id if at > 0 else None,
            word=self.count_word.text().strip() if at > 0 else "",
            minimum=minimum or 0,
            period=RulePeriod(self.count_period.currentText()),
            source=self._register.source,
            first_year=self._session.year,
        )
        if self._attempt(lambda: set_count(self._session.ledger, count)):
            for editor in (self.count_label, self.count_word, self.count_minimum):
                editor.clear()
            self._show_counts()
            self._session.say("已加上次数要求", undo=True)

    def remove_count(self, count: RegisterCount) -> None:
        """Take a count away."""
        if self._attempt(lambda: drop_count(self._session.ledger, count)):
            self._show_counts()
            self._session.say("已删除次数要求", undo=True)

    def leave(self) -> None:
        """Back without keeping anything."""
        self.left.emit()
