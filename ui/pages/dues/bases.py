"""核定基数: whose base is fixed for the year, by which arithmetic and whose approval; the calculator."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.dates import PartialDate
from app.dues.bases import DuesBasis, assess, set_basis
from app.errors import AppError
from app.money import yuan
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.basic import Card, button, row, search_box
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.dues.basis_form import BasisForm
from ui.record.form import RecordForm


@dataclass(frozen=True)
class BasisRow:
    """One member: the base that holds, whether it was fixed for the shown year."""

    member: int
    name: str
    basis: DuesBasis | None
    fixed: bool
    monthly: str
    why: str


class BasesView(QWidget):
    """The list of members and the form of the chosen one's base."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._row: BasisRow | None = None
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
        self.form = BasisForm(session)
        self.form.setFixedWidth(theme().px(344))
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(12))
        middle.addWidget(card, 1)
        middle.addWidget(self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme().px(12))
        sheet = button("成表核定", lambda: session.go(ToView("sheets", "bases")), kind="small", icon="table")
        whole.addLayout(row(self.segments, self.carry, sheet, None, self.filter_box))
        whole.addLayout(middle, 1)

    def _rows(self) -> list[BasisRow]:
        ledger = self._session.ledger_of_year()
        dues, rows = ledger.dues, []
        for member in dues.rows:
            basis = dues.standing_basis(member)
            fixed = basis is not None and basis.fixed_in(dues.year)
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
        self.table.blockSignals(False)
        self._show(self.table.rest_on_a_row())

    def choose(self, member: int) -> None:
        """Show one member."""
        self.segments.choose("all")
        self.refresh()
        self.table.choose(lambda r: r.member == member)
        self.form.setFocus()

    def _show(self, found: BasisRow | None) -> None:
        same = found is not None and self._row is not None and found.member == self._row.member
        if same and self.form.dirty:
            return
        self._row = found
        if found is not None:
            self.form.show_of(found.member, found.name, found.basis, PartialDate(self._session.year, 1))

    @property
    def forms(self) -> list[RecordForm]:
        """The forms that may hold unsaved text."""
        return [self.form]

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
            self.form.bar.show_error(error)
            return
        self._session.say(f"{len(waiting)} 人沿用上年标准，收入有变的请再改", undo=True)
