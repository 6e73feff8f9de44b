"""流水和更正: every entry of the year, and one more."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.dates import PartialDate
from app.dues.months import receive_quarter
from app.dues.payments import (
    PAYMENT_METHODS,
    TAKEN_OFF,
    Payment,
    PaymentKind,
    check_payment,
    correct,
    receive,
    remove_payment,
)
from app.errors import AppError
from app.money import yuan
from app.record import Problem
from ui.house.session import Session
from ui.kit.basic import button, label
from ui.kit.editors import Choice, PersonEdit, combo
from ui.kit.record_fields import Fields
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.dues.book import Book
from ui.pages.dues.book_form import BookForm

EMPTY = (
    "这里是这一年的每一笔：交纳、退还、更正、大额党费；月度登记里登记的也在。",
    "3 月 8 日退还某人 2 月多收的 10 元，写明原因。",
)


class EntriesView(QWidget):
    """Every entry of the year; a new one for another's payment, a refund, a correction, a quarter at once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.table = Table("党费流水", self._columns(), self._name)
        fields = Fields(
            ("member", "month", "amount_fen", "kind", "paid_on", "method", "payer", "note"),
            words={"method": PAYMENT_METHODS},
            hints={"payer": "家属或其他党员代交时填", "note": "退还、更正要写原因"},
        )

        def check(item: Payment) -> list[Problem]:
            return check_payment(item, session.ledger_of_year().roster, session.today())

        self.form = BookForm(
            session,
            "entries",
            "登记一笔",
            Payment,
            fields,
            check,
            self._keep,
            lambda p: remove_payment(session.ledger, p),
            self._begins,
        )
        self.who = PersonEdit()
        self.who.setAccessibleName("季交的党员")
        self.quarter = combo(["第一季度", "第二季度", "第三季度", "第四季度"], accessible="季度")
        quarterly = button("登记季交", self._pay_quarter, kind="small")
        tools = (label("季交", "secondary"), self.who, self.quarter, quarterly)
        self.book = Book(session, "", self.table, self.form, EMPTY, *tools)
        self.book.side.setFixedWidth(theme().px(320))
        self.book.wanted.connect(self.book.side.show)
        self.book.done.connect(self.book.side.hide)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(16))
        box.addWidget(self.book, 1)
        box.addWidget(self.book.side)

    def _name(self, item: Payment) -> str:
        return self._session.ledger_of_year().roster[item.member].name

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("交纳日期", lambda r: str(r.paid_on or ""), 100),
            Column("姓名", self._name, 110, strong=True),
            Column("所属月份", lambda r: str(r.month), 90),
            Column("种类", lambda r: r.kind, 110, tone=lambda r: "due" if r.kind in TAKEN_OFF else "plain"),
            Column("金额（元）", lambda r: yuan(r.amount_fen), 100, right=True, order=lambda r: r.amount_fen),
            Column("方式", lambda r: r.method, 90),
            Column("代交人", lambda r: r.payer, 80),
            Column("备注", lambda r: r.note, 140, stretch=True, tip=lambda r: r.note),
        )

    def _keep(self, item: Payment) -> Payment:
        ledger, year = self._session.ledger, self._session.ledger_of_year()
        if item.kind in TAKEN_OFF and not item.id:
            paid = year.dues.cell(item.member, item.month.month).paid_fen if item.month.year == year.year else 0
            return correct(ledger, item, year.roster, self._session.today(), paid)
        return receive(ledger, [item], year.roster, self._session.today())[0]

    def _pay_quarter(self) -> None:
        self.who.settle()
        member = self.who.key()
        if member is None:
            self.form.bar.show_text("请先从名册里选季交的党员。")
            return
        year = self._session.ledger_of_year()
        self.form.bar.hide()
        try:
            made = receive_quarter(
                self._session.ledger, year.dues, member, self.quarter.currentIndex() + 1, self._session.today()
            )
        except AppError as error:
            self.form.bar.show_error(error)
            return
        total = yuan(sum(payment.amount_fen for payment in made))
        self._session.say(f"已登记{self.quarter.currentText()} {len(made)} 个月，共 {total} 元", undo=True)

    def refresh(self) -> None:
        """Show the entries as the ledger says now."""
        year = self._session.ledger_of_year()
        choices = [Choice(p.id, p.name) for p in year.roster.members if p.id in year.dues.rows]
        self.who.set_choices(choices)
        entries = sorted(year.dues.payments, key=lambda p: (p.paid_on is None, p.paid_on or p.month.first, p.id))
        self.book.show_rows(entries[::-1], keep=lambda p: p.id)
        self.book.side.setVisible(self.book.following.rest())

    def _begins(self) -> dict[str, Any]:
        year, today = self._session.year, self._session.today()
        month = PartialDate(year, today.month if year == today.year else 12)
        return {"paid_on": today, "kind": PaymentKind.ORDINARY, "month": month}

    @property
    def forms(self) -> list[BookForm]:
        """The forms that may hold unsaved text."""
        return [self.form]
