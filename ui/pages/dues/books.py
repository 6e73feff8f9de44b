"""上交与公示, 流水和更正: what was handed up and shown, and every single entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.dates import PartialDate
from app.dues import (
    PAYMENT_METHODS,
    TAKEN_OFF,
    Payment,
    PaymentKind,
    check_payment,
    correct,
    receive,
    receive_quarter,
    remove_payment,
)
from app.errors import AppError
from app.money import yuan
from app.record import Problem, Record, Severity
from app.remittances import (
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
from ui.drafting import DraftKeeper
from ui.kit.basic import Card, button, label, row, scrolled
from ui.kit.editors import Choice, PersonEdit, combo, commit_composition
from ui.kit.messages import Bar
from ui.kit.record_form import Fields, RecordForm
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.session import Session

Save = Callable[[Any], object]


class BookForm(Card):
    """A small form beside a list of records of one kind."""

    def __init__(
        self,
        session: Session,
        view: str,
        title: str,
        kind: type[Record],
        fields: Fields,
        check: Callable[[Any], list[Problem]],
        save: Save,
        remove: Save,
    ) -> None:
        super().__init__(title, padding=14)
        self._session, self._view, self._title, self._kind = session, view, title, kind
        self._check, self._save, self._take_away = check, save, remove
        self._record: Record | None = None
        self._start: dict[str, str] | None = None
        self.bar = Bar()
        self.form = RecordForm(kind, fields, session.today)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme().px(4), 0)
        box.addWidget(self.form)
        box.addStretch(1)
        self.body.addWidget(self.bar)
        self.body.addWidget(scrolled(inner), 1)
        self._gone = button("删除", self.remove, kind="small", icon="delete")
        save_button = button("保存", self.save, kind="primary")
        self.body.addLayout(row(button("取消", lambda: self.load({}), kind="quiet"), self._gone, None, save_button))
        self._note = label("", "caption")
        self.body.addWidget(self._note)
        self.keeper = DraftKeeper(session, "dues", self, self)
        self.keeper.told.connect(self._note.setText)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)

    def load(self, values: dict[str, Any]) -> None:
        """A record with these values, or an empty form."""
        self.keeper.release()
        known = bool(values.get("id"))
        self._record = self._kind(**values) if known else None
        self.form.load(values)
        self._gone.setVisible(known)
        self.bar.hide()
        self._start = self.form.texts()

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self._start is not None and self._start != self.form.texts()

    def forget(self) -> None:
        """Let the text go."""
        self._start = None

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return {"title": self._title, "view": self._view, "kind": self._kind.__name__, "texts": self.form.texts()}

    def save(self) -> None:
        """Check and save; warnings are told and do not block."""
        commit_composition()
        values = self.form.read()
        if values is None:
            return
        record = self._kind(id=self._record.id if self._record else 0, **values)
        self.bar.hide()
        try:
            problems = self._check(record)
            if self.form.show_problems(problems):
                return
            self._save(record)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self.keeper.done()
        warnings = "；".join(p.text for p in problems if p.severity is Severity.WARNING)
        self._session.say("已保存" + (f"，提示：{warnings}" if warnings else ""), undo=True)
        self.load({})

    def remove(self) -> None:
        """Take the shown record away; it can be undone."""
        try:
            self._take_away(self._record)
        except AppError as error:
            self.bar.show_error(error)
            return
        self._start = None
        self._session.say("已删除", undo=True)
        self.load({})


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
        self._session.go("reports", form="dues_notice", record=chosen.id if chosen else 0)

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


class EntriesView(QWidget):
    """Every entry of the year; a new one for another's payment, a refund, a correction, a quarter at once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        names = session

        def name(item: Payment) -> str:
            return names.ledger_of_year().roster[item.member].name

        self.table = Table(
            "党费流水",
            (
                Column("交纳日期", lambda r: str(r.paid_on or ""), 100),
                Column("姓名", name, 110, strong=True),
                Column("所属月份", lambda r: str(r.month), 90),
                Column("种类", lambda r: r.kind, 110, tone=lambda r: "due" if r.kind in TAKEN_OFF else "plain"),
                Column("金额（元）", lambda r: yuan(r.amount_fen), 100, right=True, order=lambda r: r.amount_fen),
                Column("方式", lambda r: r.method, 90),
                Column("代交人", lambda r: r.payer, 80),
                Column("备注", lambda r: r.note, 140, stretch=True, tip=lambda r: r.note),
            ),
            name,
        )
        fields = Fields(
            ("member", "month", "amount_fen", "kind", "paid_on", "method", "payer", "note"),
            people=("member",),
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
        )
        self.table.selected.connect(lambda item: item and self.form.load(dict(item.__dict__)))
        self.who = PersonEdit()
        self.who.setAccessibleName("季交的党员")
        self.quarter = combo(["第一季度", "第二季度", "第三季度", "第四季度"], accessible="季度")
        card = Card(padding=4)
        card.body.addLayout(
            row(
                label("季交", "secondary"),
                self.who,
                self.quarter,
                button("登记季交", self._pay_quarter, kind="small"),
                None,
            )
        )
        card.body.addWidget(self.table)
        self.form.setFixedWidth(theme().px(320))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(16))
        box.addWidget(card, 1)
        box.addWidget(self.form)

    def _keep(self, item: Payment) -> object:
        ledger, year = self._session.ledger, self._session.ledger_of_year()
        if item.kind in TAKEN_OFF and not item.id:
            paid = year.dues.cell(item.member, item.month.month).paid_fen if item.month.year == year.year else 0
            return correct(ledger, item, year.roster, self._session.today(), paid)
        return receive(ledger, [item], year.roster, self._session.today())

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
        self.form.form.set_people(choices)
        self.who.set_choices(choices)
        self.table.blockSignals(True)
        entries = sorted(year.dues.payments, key=lambda p: (p.paid_on is None, p.paid_on or p.month.first, p.id))
        self.table.set_rows(entries[::-1], keep=lambda p: p.id)
        self.table.blockSignals(False)
        if not self.form.dirty:
            today = self._session.today()
            month = PartialDate(year.year, today.month if year.year == today.year else 12)
            self.form.load({"paid_on": today, "kind": PaymentKind.ORDINARY, "month": month})

    @property
    def forms(self) -> list[BookForm]:
        """The forms that may hold unsaved text."""
        return [self.form]
