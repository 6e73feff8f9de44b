"""上交与公示: what was handed up and shown, and what is still in the branch's hands."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

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
from app.record import Problem, Record
from app.ways import ToPaper
from ui.house.session import Session
from ui.kit.basic import button, label
from ui.kit.record_fields import Fields
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.dues.book import Book
from ui.pages.dues.book_form import BookForm

REMITTANCES_EMPTY = (
    "收齐的党费上交给上级以后，在这里登记哪几个月、多少钱、凭证号，程序和收缴的合计核对。",
    "1—3 月 3,450.00 元，4 月 8 日上交，凭证号 0012。",
)
NOTICES_EMPTY = (
    "每年至少向党员公示一次党费收缴情况，公示以后在这里登记。",
    "1—12 月，12 月 20 日在公示栏，反馈联系人组织委员。",
)


class MoneyView(QWidget):
    """What was handed up and shown, and what is still in the branch's hands."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._balance = label("", "head", wrap=True)
        ledger = session.ledger

        def check(item: Remittance) -> list[Problem]:
            dues = session.ledger_of_year().dues
            return check_remittance(item, ledger[Remittance].all(), dues, session.today())

        self.remittance = BookForm(
            session,
            "money",
            "登记上交",
            Remittance,
            Fields(("first_month", "last_month", "remitted_on", "amount_fen", "voucher", "handler", "note")),
            check,
            lambda item: remit(ledger, item, session.ledger_of_year().dues, session.today()),
            lambda item: remove_remittance(ledger, item),
        )
        self.notice = BookForm(
            session,
            "money",
            "登记公示",
            DuesNotice,
            Fields(("first_month", "last_month", "shown_on", "place", "contact", "note")),
            lambda _: [],
            lambda item: publish(ledger, item),
            lambda item: remove_notice(ledger, item),
        )
        remittances = Table(
            "党费上交",
            (
                Column("月份", lambda r: f"{r.first_month}—{r.last_month}", 170, strong=True),
                Column("上交日期", lambda r: str(r.remitted_on), 100),
                Column("金额（元）", lambda r: yuan(r.amount_fen), 110, right=True),
                Column("凭证号", lambda r: r.voucher, 120, stretch=True),
                Column("与收缴", self._agrees, 90, tone=lambda r: "ok" if self._agrees(r) == "相符" else "missing"),
            ),
        )
        notices = Table(
            "党费公示",
            (
                Column("月份", lambda r: f"{r.first_month}—{r.last_month}", 170, strong=True),
                Column("公示日期", lambda r: str(r.shown_on), 100),
                Column("方式", lambda r: r.place, 160, stretch=True),
                Column("反馈联系人", lambda r: r.contact, 120),
            ),
        )
        printing = button("打印公示表", self._print, kind="small", icon="print")
        self.remittances = Book(session, "上交登记", remittances, self.remittance, REMITTANCES_EMPTY)
        self.notices = Book(session, "公示登记", notices, self.notice, NOTICES_EMPTY, printing)
        self._build()

    def _build(self) -> None:
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(theme().px(16))
        left = QVBoxLayout()
        left.setSpacing(theme().px(12))
        left.addWidget(self._balance)
        self._beside = QStackedWidget()
        self._beside.setFixedWidth(theme().px(320))
        self._beside.hide()
        for book in self.books:
            left.addWidget(book, 1)
            self._beside.addWidget(book.side)
            book.wanted.connect(lambda book=book: self._show_beside(book))
            book.done.connect(self._rest)
        sides.addLayout(left, 1)
        sides.addWidget(self._beside)

    @property
    def books(self) -> tuple[Book, Book]:
        """What was handed up, and what was shown."""
        return self.remittances, self.notices

    def _show_beside(self, book: Book) -> None:
        self._beside.setCurrentWidget(book.side)
        self._beside.show()

    def _rest(self) -> None:
        """Have beside the lists what was seen there, else the first thing there is; nothing where there is none."""
        last = next((book for book in self.books if book.side is self._beside.currentWidget()), self.remittances)
        found = next((book for book in (last, *self.books) if book.following.rest()), None)
        if found is None:
            self._beside.hide()
        else:
            self._show_beside(found)

    def _agrees(self, item: Remittance) -> str:
        held = collected(self._session.ledger_of_year().dues, item.first_month.month, item.last_month.month)
        return "相符" if held == item.amount_fen else f"差 {yuan(abs(held - item.amount_fen))}"

    def _print(self) -> None:
        chosen = self.notices.table.current()
        self._session.go(ToPaper("dues_notice", chosen.id if chosen else 0))

    def refresh(self) -> None:
        """Show the books as the ledger says now."""
        ledger = self._session.ledger_of_year()
        held = balance(ledger.dues, ledger.remittances)
        large = f"；另有大额党费 {yuan(held.large_fen)} 元单独上缴中央" if held.large_fen else ""
        self._balance.setText(f"{ledger.year} 年{held.text}{large}")
        for book, items in ((self.remittances, ledger.remittances), (self.notices, ledger.dues_notices)):
            book.show_rows(items, keep=lambda r: r.id)
        self._rest()

    def book_of(self, kind: type[Record]) -> Book:
        """The book that holds records of a kind."""
        return next(book for book in self.books if book.form.record_kind is kind)

    @property
    def forms(self) -> list[BookForm]:
        """The forms that may hold unsaved text."""
        return [self.remittance, self.notice]
