"""上交与公示: what was handed up and shown, and what is still in the branch's hands."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.dues.remittances import (
    DuesNotice,
    Remittance,
    balance,
    check_remittance,
    collected,
    publish,
    remit,
    remove_notice,
    remove_remittance,
)
from app.money import yuan
from app.record import Problem
from app.ways import ToPaper
from ui.house.session import Session
from ui.kit.basic import Card, button, label, row
from ui.kit.record_fields import Fields
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.dues.book_form import BookForm


class MoneyView(QWidget):
    """What was handed up and shown, and what is still in the branch's hands."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._balance = label("", "head", wrap=True)
        ledger = session.ledger
        span = {"first_month": "如 2026-01", "last_month": "如 2026-03"}

        def check(item: Remittance) -> list[Problem]:
            dues = session.ledger_of_year().dues
            return check_remittance(item, ledger[Remittance].all(), dues, session.today())

        self.remittance = BookForm(
            session,
            "money",
            "登记上交",
            Remittance,
            Fields(
                ("first_month", "last_month", "remitted_on", "amount_fen", "voucher", "handler", "note"), hints=span
            ),
            check,
            lambda item: remit(ledger, item, session.ledger_of_year().dues, session.today()),
            lambda item: remove_remittance(ledger, item),
        )
        self.notice = BookForm(
            session,
            "money",
            "登记公示",
            DuesNotice,
            Fields(("first_month", "last_month", "shown_on", "place", "contact", "note"), hints=span),
            lambda _: [],
            lambda item: publish(ledger, item),
            lambda item: remove_notice(ledger, item),
        )
        self.remittances = Table(
            "党费上交",
            (
                Column("月份", lambda r: f"{r.first_month}—{r.last_month}", 170, strong=True),
                Column("上交日期", lambda r: str(r.remitted_on), 100),
                Column("金额（元）", lambda r: yuan(r.amount_fen), 110, right=True),
                Column("凭证号", lambda r: r.voucher, 120, stretch=True),
                Column("与收缴", self._agrees, 90, tone=lambda r: "ok" if self._agrees(r) == "相符" else "missing"),
            ),
        )
        self.notices = Table(
            "党费公示",
            (
                Column("月份", lambda r: f"{r.first_month}—{r.last_month}", 170, strong=True),
                Column("公示日期", lambda r: str(r.shown_on), 100),
                Column("方式", lambda r: r.place, 160, stretch=True),
                Column("反馈联系人", lambda r: r.contact, 120),
            ),
        )
        self._build()

    def _build(self) -> None:
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(theme().px(16))
        left = QVBoxLayout()
        left.setSpacing(theme().px(12))
        left.addWidget(self._balance)
        for title, table, form in (
            ("上交登记", self.remittances, self.remittance),
            ("公示登记", self.notices, self.notice),
        ):
            card = Card(title, padding=12)
            if table is self.notices:
                printing = button("打印公示表", self._print, kind="small", icon="print")
                card.body.addLayout(row(label("每年至少公示一次", "caption"), None, printing))
            card.body.addWidget(table)
            left.addWidget(card, 1)
            table.selected.connect(lambda item, form=form: item and form.load(dict(item.__dict__)))
        sides.addLayout(left, 1)
        forms = QVBoxLayout()
        forms.setSpacing(theme().px(12))
        for form in (self.remittance, self.notice):
            form.setFixedWidth(theme().px(300))
            forms.addWidget(form, 1)
        sides.addLayout(forms)

    def _agrees(self, item: Remittance) -> str:
        held = collected(self._session.ledger_of_year().dues, item.first_month.month, item.last_month.month)
        return "相符" if held == item.amount_fen else f"差 {yuan(abs(held - item.amount_fen))}"

    def _print(self) -> None:
        chosen = self.notices.current()
        self._session.go(ToPaper("dues_notice", chosen.id if chosen else 0))

    def refresh(self) -> None:
        """Show the books as the ledger says now."""
        ledger = self._session.ledger_of_year()
        held = balance(ledger.dues, ledger.remittances)
        large = f"；另有大额党费 {yuan(held.large_fen)} 元单独上缴中央" if held.large_fen else ""
        self._balance.setText(f"{ledger.year} 年{held.text}{large}")
        for table, items in ((self.remittances, ledger.remittances), (self.notices, ledger.dues_notices)):
            table.blockSignals(True)
            table.set_rows(items, keep=lambda r: r.id)
            table.blockSignals(False)
        for form in (self.remittance, self.notice):
            if not form.dirty:
                form.load({})

    @property
    def forms(self) -> list[BookForm]:
        """The forms that may hold unsaved text."""
        return [self.remittance, self.notice]
