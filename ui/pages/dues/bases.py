"""核定基数: whose base is fixed for the year, by which arithmetic and whose approval; the calculator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.dates import PartialDate
from app.dues.bases import DuesBasis, assess, check_basis, set_basis
from app.dues.pay import DEDUCTIONS, GROSS, PayItem, base_of, fix_base, in_words, items_of
from app.errors import AppError
from app.money import read_fen, yuan
from ui.house.session import Session
from ui.kit.basic import Card, Segmented, button, label, line, row, scrolled, search_box
from ui.kit.editors import Field, commit_composition, line_edit
from ui.kit.messages import Bar, with_warnings
from ui.kit.record_form import Fields, RecordForm
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.record.drafting import DraftKeeper

FIELDS = Fields(
    ("since", "category", "base_fen", "fixed_fen", "note", "approval", "approved_on"),
    hints={
        "base_fen": "税后核定数，可用下面的计算",
        "fixed_fen": "只在直接核定金额时填",
        "approval": "减免时必填，如 党委〔2026〕3号",
    },
)


@dataclass(frozen=True)
class BasisRow:
    """One member: the base that holds, whether it was fixed for the shown year."""

    member: int
    name: str
    basis: DuesBasis | None
    fixed: bool
    monthly: str
    why: str


class Calculator(Card):
    """From the pay slip to the base: each part typed once, the result at once."""

    def __init__(self) -> None:
        super().__init__("按工资项目计算", padding=12)
        self.fields: dict[str, Field] = {}
        for name in (GROSS, *DEDUCTIONS):
            field = Field(name, line_edit(width=110))
            field.editor.textChanged.connect(lambda _: self.show_result())
            self.fields[name] = field
            caption = label(name if name == GROSS else f"减：{name}", "" if name == GROSS else "secondary", wrap=True)
            made = row(caption, field)
            made.setStretch(0, 1)
            self.body.addLayout(made)
        self.result = label("填了应发合计，这里就算出基数。", "caption", wrap=True)
        self.body.addWidget(self.result)

    def items(self) -> list[PayItem] | None:
        """What was typed; None when an amount cannot be read, empty when nothing was typed."""
        found: list[PayItem] = []
        wrong = False
        for name, field in self.fields.items():
            text = field.editor.text().strip()
            try:
                fen = read_fen(text) if text else 0
                field.show_fault("")
            except ValueError as error:
                field.show_fault(str(error))
                wrong = True
                continue
            if fen:
                found.append(PayItem(name=name, amount_fen=fen, deducted=name != GROSS))
        return None if wrong else found

    def show_result(self) -> None:
        """Say what comes out."""
        items = self.items()
        if not items:
            self.result.setText("填了应发合计，这里就算出基数。")
            return
        try:
            self.result.setText(in_words(items))
        except AppError as error:
            self.result.setText(str(error))

    def load(self, items: list[PayItem]) -> None:
        """Show the parts a base was fixed by."""
        amounts = {item.name: item.amount_fen for item in items}
        for name, field in self.fields.items():
            field.editor.setText(yuan(amounts[name]).replace(",", "") if name in amounts else "")
            field.show_fault("")

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.editor.text() for name, field in self.fields.items()}


class BasesView(QWidget):
    """The list of members and the form of the chosen one's base."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._row: BasisRow | None = None
        self._start: object = None
        self.segments = Segmented([("open", "本年未核定"), ("all", "全部")])
        self.segments.chosen.connect(lambda _: self.refresh())
        self.filter_box = search_box("姓名或拼音首字母", lambda text: self.table.filter(text))
        self.carry = button("沿用上年标准", self.carry_over, kind="small", icon="arrow_undo")
        columns = (
            Column("姓名", lambda r: r.name, 120, strong=True, avatar=True),
            Column("类别", lambda r: r.basis.category if r.basis else "未填", 90),
            Column(
                "基数（元）", lambda r: yuan(r.basis.base_fen) if r.basis and r.basis.base_fen else "", 110, right=True
            ),
            Column("自何月", lambda r: str(r.basis.since or "") if r.basis else "", 90),
            Column("月应交", lambda r: r.monthly, 90, right=True),
            Column("本年", lambda r: "已核定" if r.fixed else "未核定", 84, tone=lambda r: "ok" if r.fixed else "due"),
            Column("为什么", lambda r: r.why, 200, stretch=True, tip=lambda r: r.why),
        )
        self.table = Table("党费基数", columns, lambda r: r.name)
        self.table.selected.connect(self._show)
        card = Card(padding=4)
        card.body.addWidget(self.table)
        side = Card("核定", padding=14)
        side.setFixedWidth(theme().px(344))
        self._heading = side.heading
        self.bar = Bar()
        self.form = RecordForm(DuesBasis, FIELDS, session.today)
        self.calculator = Calculator()
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme().px(4), 0)
        box.addWidget(self.form)
        box.addWidget(line())
        box.addWidget(self.calculator)
        box.addStretch(1)
        save = button("保存 Ctrl+S", self.save, kind="primary")
        save.setAccessibleName("保存")
        self._note = label("", "caption")
        for part in (self.bar, scrolled(inner)):
            side.body.addWidget(part)
        side.body.addLayout(row(self._note, None, save))
        self.keeper = DraftKeeper(session, "dues", self, self)
        self.keeper.told.connect(self._note.setText)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(12))
        middle.addWidget(card, 1)
        middle.addWidget(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme().px(12))
        whole.addLayout(row(self.segments, self.carry, None, self.filter_box))
        whole.addLayout(middle, 1)

    def _rows(self) -> list[BasisRow]:
        ledger = self._session.ledger_of_year()
        dues, rows = ledger.dues, []
        for member, cells in dues.rows.items():
            here = [cell.month for cell in cells if cell.here]
            basis = dues.basis(member, here[-1] if here else 12)
            fixed = basis is not None and basis.since is not None and basis.since.year == dues.year
            assessed = assess(basis, dues.rulebook) if basis else None
            monthly = yuan(assessed.owed_fen) if assessed else ""
            why = assessed.reason if assessed else "还没有填党费基数"
            rows.append(BasisRow(member, ledger.roster[member].name, basis, fixed, monthly, why))
        return rows

    def refresh(self) -> None:
        """Show the list as the ledger says now."""
        rows = self._rows()
        waiting = [r for r in rows if not r.fixed]
        self.segments.set_text("open", f"本年未核定 {len(waiting)}")
        self.segments.set_text("all", f"全部 {len(rows)}")
        known = sum(r.basis is not None for r in waiting)
        self.carry.setText(f"沿用上年标准（{known} 人）")
        self.carry.setAccessibleName(self.carry.text())
        self.carry.setEnabled(known > 0)
        self.table.blockSignals(True)
        self.table.set_rows(waiting if self.segments.current == "open" else rows, keep=lambda r: r.member)
        self.table.filter(self.filter_box.text())
        if self.table.current() is None and self.table.rows_model.rows:
            self.table.selectRow(0)
        self.table.blockSignals(False)
        self._show(self.table.current())

    def choose(self, member: int) -> None:
        """Show one member."""
        self.segments.choose("all")
        self.refresh()
        self.table.choose(lambda r: r.member == member)
        self.form.setFocus()

    def _show(self, found: BasisRow | None) -> None:
        if found is not None and self._row is not None and found.member == self._row.member and self.dirty:
            return
        self.keeper.release()
        self._row = found
        self._heading.setText(f"核定：{found.name}" if found else "核定")
        basis = found.basis if found else None
        year = self._session.year
        values: dict[str, Any] = dict(basis.__dict__) if basis else {"category": "在职"}
        if not (found and found.fixed):
            values["since"] = PartialDate(year, 1)
        self.form.load(values)
        self.calculator.load(items_of(self._session.ledger, basis.id) if basis and found and found.fixed else [])
        self.bar.hide()
        self._start = self._typed()

    def _typed(self) -> dict[str, str]:
        return {**self.form.texts(), **self.calculator.texts()}

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self._start is not None and self._start != self._typed()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        name, member = (self._row.name, self._row.member) if self._row else ("", 0)
        return {"title": f"核定 {name}", "view": "bases", "member": member, "texts": self._typed()}

    def set_texts(self, texts: dict[str, str]) -> None:
        """Go on with what was typed and not saved."""
        self.form.set_texts(texts)
        for name, field in self.calculator.fields.items():
            field.editor.setText(texts.get(name, ""))

    def save(self) -> None:
        """Fix the base: by the parts of the pay when they were typed, else as it stands."""
        commit_composition()
        values, items = self.form.read(), self.calculator.items()
        if values is None or items is None or self._row is None:
            return
        rulebook = self._session.ledger_of_year().rulebook
        basis = DuesBasis(member=self._row.member, **values)
        ledger = self._session.ledger
        self.bar.hide()
        try:
            told = replace(basis, base_fen=base_of(items)) if items else basis
            problems = check_basis(told, rulebook)
            if self.form.show_problems(problems):
                return
            fix_base(ledger, basis, items, rulebook) if items else set_basis(ledger, basis, rulebook)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self.keeper.done()
        self._session.say(with_warnings("已核定", problems), undo=True)
        self.refresh()

    def carry_over(self) -> None:
        """Fix the year's base of everybody who has one from before, unchanged, as one action."""
        waiting = [r.basis for r in self._rows() if not r.fixed and r.basis]
        ledger, rulebook, year = self._session.ledger, self._session.ledger_of_year().rulebook, self._session.year
        try:
            with ledger.transaction(f"{year} 年沿用上年党费标准"):
                for basis in waiting:
                    since = PartialDate(year, 1)
                    set_basis(ledger, replace(basis, id=0, since=since, note="沿用上年"), rulebook)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._session.say(f"{len(waiting)} 人沿用上年标准，收入有变的请再改", undo=True)
