"""党费收缴: people × months; Space pays or takes back, typing sets an amount, one action collects a month."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.dates import PartialDate
from app.dues.arrears import arrears
from app.dues.bases import DuesBasis
from app.dues.months import DuesYear, MonthDues, receive_month
from app.dues.payments import Payment, check_payment, receive, voluntary_kind
from app.dues.remittances import change_doubt, change_paid
from app.money import read_fen, yuan
from app.people.members import Member
from app.pinyin import matches
from app.ways import ToList, ToNew, ToRecord
from ui.house.session import Session
from ui.house.ways import Place, ToChapter, ToDraft, ToImport, ToView
from ui.kit.basic import Card, button, clear, column, label, line, narrow, row, search_box, together, why
from ui.kit.editors import Field, line_edit
from ui.kit.empty import Empty
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.theme import theme
from ui.pages.dues.bases import BasesView
from ui.pages.dues.basis_form import BasisForm
from ui.pages.dues.books import MoneyView
from ui.pages.dues.entries import EntriesView
from ui.pages.dues.grid import FIRST_MONTH, DuesGrid, DuesModel, DuesRow, Index
from ui.record.exporting import export_button
from ui.record.form import RecordForm, may_leave

VIEWS = (("month", "月度登记"), ("bases", "核定基数"), ("money", "上交与公示"), ("entries", "流水和更正"))


class DuesPage(Page):
    """党费收缴."""

    title = "党费收缴"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        look = theme()
        self._month = session.today().month
        self._only: tuple[int, ...] | None = None
        self.views = Segmented(VIEWS)
        self.views.chosen.connect(lambda _: self._turn())
        self.head.insertWidget(2, self.views)
        self._made: dict[str, Any] = {}
        self.add_action(export_button(self, session, "dues"))
        self.add_action(button("导入登记表", lambda: session.go(ToImport("dues")), icon="arrow_import"))
        self.add_action(button("打印登记表", lambda: session.go(ToChapter("dues")), icon="print"))
        self._collect = self.add_action(button("", self.collect_month, kind="primary", icon="money"))
        self._strip = QHBoxLayout()
        self._strip.setSpacing(look.px(16))
        # The month grid is the first of the views; the others are made when they are first shown.
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        monthly = QWidget()
        inside = QVBoxLayout(monthly)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(12))
        self._stack.addWidget(monthly)
        inside.addLayout(self._strip)
        self._segments = Segmented(
            [("all", "全部"), ("open", "本月未缴"), ("behind", "有欠缴"), ("nobase", "没有基数")]
        )
        self._segments.chosen.connect(lambda _: self._drop_only())
        self.filter_box = search_box("姓名或拼音首字母", lambda _: self.refresh())
        self._hint = label("空格登记或取消，直接打数字改金额", "caption")
        self._ask_side = button("交纳标准", self._show_side, kind="small")
        self._ask_side.hide()
        inside.addLayout(row(self._segments, self._hint, None, self._ask_side, self.filter_box))
        self.model = DuesModel()
        self.grid = DuesGrid(self.model, session, self.toggle, self.set_amount)
        self.grid.selectionModel().currentChanged.connect(lambda now, _: self._show_person(now))
        card = Card(padding=4)
        card.body.addWidget(self.grid)
        self._who = label("")
        self._side = Card("交纳标准", self._who)
        self._side.setFixedWidth(look.px(232))
        self._build_side()
        middle = QHBoxLayout()
        middle.setSpacing(look.px(12))
        middle.addWidget(card, 1)
        middle.addWidget(self._side)
        inside.addLayout(middle, 1)
        self._nobody = Card(padding=4)
        self._nobody.body.addWidget(
            Empty(
                "这里按月登记党费，一人一行、一月一格；名册里有了党员就能登记。",
                "王芳，在职，月收入基数 6000 元，1月交 60 元。",
                button("新增党员", lambda: session.go(ToNew(Member)), icon="person_add"),
            )
        )
        self.body.addWidget(self._nobody, 1)

    def _turn(self) -> None:
        code = self.views.current
        if code != "month" and code not in self._made:
            made = {"bases": BasesView, "money": MoneyView, "entries": EntriesView}[code](self._session)
            self._made[code] = made
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._made[code] if code != "month" else self._stack.widget(0))
        self._collect.setVisible(code == "month")
        self.refresh()

    def leave(self) -> bool:
        if not may_leave(self._forms()):
            return False
        self._person = None
        return True

    def _forms(self) -> list[RecordForm]:
        forms: list[RecordForm] = [self.basis]
        for made in self._made.values():
            forms += made.forms
        return forms

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the months have all the room; why an amount is what it is is asked for."""
        super().resizeEvent(event)
        tight = narrow(event.size().width())
        if tight is not self._ask_side.isHidden():
            return
        self._ask_side.setVisible(tight)
        self._side.setVisible(not tight)
        self._hint.setVisible(not tight)

    def _show_side(self) -> None:
        self._side.setVisible(self._side.isHidden())

    def _build_side(self) -> None:
        self._person: DuesRow | None = None
        self._why = label("请在左边选一位党员", "caption", wrap=True)
        self.basis = BasisForm(self._session, self._open_bases)
        self.extra = Field("自愿多交（元）", line_edit(hint="满 1000 元为大额党费"))
        body = self._side.body
        for part in (self._why, line()):
            body.addWidget(part)
        body.addWidget(self.basis, 1)
        body.addWidget(line())
        # What is seldom needed leaves its room to the form above, until it is asked for.
        more = together(column(self.extra, row(None, button("登记多交", self.save_extra, kind="small"))))
        more.hide()
        ask = button("自愿多交…", lambda: self._ask_extra(more, ask), kind="link")
        body.addLayout(row(ask, None))
        body.addWidget(more)

    def _ask_extra(self, more: QWidget, ask: QWidget) -> None:
        ask.hide()
        more.show()
        self.extra.editor.setFocus()

    def _open_bases(self) -> None:
        if self._person:
            self.views.choose("bases")
            self._turn()
            self._made["bases"].choose(self._person.member)

    @property
    def dues(self) -> DuesYear:
        """The dues of the shown year."""
        return self._session.ledger_of_year().dues

    def refresh(self) -> None:
        nobody = self.views.current in ("month", "bases") and not self.dues.rows
        self._nobody.setVisible(nobody)
        self._stack.setHidden(nobody)
        if self.views.current != "month":
            self._made[self.views.current].refresh()
            return
        ledger, today = self._session.ledger_of_year(), self._session.today()
        everyone = [
            DuesRow(member, ledger.roster[member].name, self._basis(member), cells)
            for member, cells in self.dues.rows.items()
        ]
        groups = {
            "all": everyone,
            "open": [r for r in everyone if r.cells[self._month - 1].owed_fen and not r.cells[self._month - 1].settled],
            "behind": [r for r in everyone if self.dues.arrears(r.member, today)],
            "nobase": [r for r in everyone if r.basis is None],
        }
        words = {"all": "全部", "open": f"{self._month}月未缴", "behind": "有欠缴", "nobase": "没有基数"}
        for key, rows in groups.items():
            self._segments.set_text(key, f"{words[key]} {len(rows)}")
        shown = groups[self._segments.current]
        if self._only is not None:
            shown = [r for r in everyone if r.member in self._only]
        shown = [r for r in shown if matches(r.name, self.filter_box.text())]
        where = self.grid.currentIndex()
        at = (where.row(), where.column()) if where.isValid() else (0, FIRST_MONTH + self._month - 1)
        self.model.show_rows(shown)
        if shown:
            self.grid.setCurrentIndex(self.model.index(min(at[0], len(shown) - 1), at[1]))
        self._show_strip(everyone)
        waiting = len(groups["open"])
        self._collect.setText(f"{self._month}月全部收齐" if waiting else f"{self._month}月已收齐")
        self._collect.setAccessibleName(self._collect.text())
        self._collect.setEnabled(bool(waiting))
        due = self.dues.due_days[self._month - 1]
        self._hint.setText(f"空格登记或取消，打数字改金额 · {self._month}月党费日 {due.month}月{due.day}日")

    def _basis(self, member: int) -> DuesBasis | None:
        return self.dues.latest_basis(member)

    def _show_strip(self, everyone: list[DuesRow]) -> None:
        clear(self._strip)
        owed, paid = self.dues.totals(self._month)
        today = self._session.today()
        year_owed = sum(c.owed_fen or 0 for r in everyone for c in r.cells)
        year_paid = sum(r.paid_fen for r in everyone)
        behind = sum(self.dues.arrears(r.member, today) for r in everyone)
        figures = (
            (f"{self._month}月应交", f"{yuan(owed)} 元", "这个月在支部、要交党费的人，按各自的基数和比例算出来的合计"),
            (f"{self._month}月实交", f"{yuan(paid)} 元", "算在这个月的交纳，退还的已经减去"),
            ("全年应交", f"{yuan(year_owed)} 元", "一至十二月应交的合计；没有核定基数的人不在里面"),
            ("全年实交", f"{yuan(year_paid)} 元", "算在今年各月的交纳合计"),
            ("欠缴", f"{behind} 人次", "一个人过了党费日还没有交清一个月，算一人次"),
        )
        for name, text, asked in figures:
            card = Card(padding=14)
            card.body.setSpacing(0)
            card.body.addLayout(row(label(name, "caption"), why(asked), None, spacing=4))
            card.body.addWidget(label(text, "head"))
            self._strip.addWidget(card, 1)

    def open_with(self, place: Place) -> None:
        match place:
            case ToDraft():
                self._turn_to(place.content["view"])
                self._go_on(place)
            case ToView() if place.view:
                self._turn_to(place.view)
            case ToRecord() | ToNew() | ToList() if place.kind is DuesBasis:
                self._turn_to("bases")
            case ToRecord() | ToNew() | ToList() if place.kind is not Payment:
                self._turn_to("money")
                book = self._made["money"].book_of(place.kind)
                if isinstance(place, ToRecord):
                    book.open_record(place.id)
                elif isinstance(place, ToNew):
                    book.begin(place.values)
            case ToList():
                self._turn_to("month")
                self._only = place.ids or None
                self.refresh()
                self.grid.setFocus()
            case ToNew():
                self._turn_to("month")
                self._show_cell(place.values.get("member"), place.values.get("month"))
            case _:
                self._turn_to("month")

    def _turn_to(self, view: str) -> None:
        self.views.choose(view)
        self._turn()

    def _show_cell(self, member: int | None, month: PartialDate | None) -> None:
        """Put the cursor on a member's row, or on a month."""
        if month is not None:
            self._month = month.month
        self.refresh()
        for number, found in enumerate(self.model.rows):
            if found.member == member:
                self.grid.setCurrentIndex(self.model.index(number, 0))
        if member is None and month is not None and self.model.rows:
            self.grid.setCurrentIndex(self.model.index(0, FIRST_MONTH + month.month - 1))
        self.grid.setFocus()

    def _go_on(self, draft: ToDraft) -> None:
        content = draft.content
        view = content["view"]
        if view == "bases":
            self._made[view].choose(content.get("given", {}).get("member") or content.get("member", 0))
        form = next(form for form in self._made[view].forms if form.holds(content["kind"] if view != "bases" else ""))
        form.resume(draft)

    def _drop_only(self) -> None:
        self._only = None
        self.refresh()

    # --- keys ---

    def toggle(self) -> None:
        """Pay what is owed for the cell's month, or take the payment back."""
        cell = self.model.cell(self.grid.currentIndex())
        if cell is None:
            return
        if cell.asked_fen is None and not cell.paid_fen:
            self.bar.show_text(f"{cell.month}月{cell.reason}，不能登记。", "warning")
            return
        self._set(cell, 0 if cell.paid_fen else cell.asked_fen or 0)

    def set_amount(self, text: str) -> None:
        """Make the cell's payment this amount in yuan; 0 takes it back."""
        cell = self.model.cell(self.grid.currentIndex())
        if cell is None:
            return
        try:
            fen = read_fen(text)
        except ValueError as error:
            self.bar.show_text(str(error), "error")
            return
        self._set(cell, fen)

    def _set(self, cell: MonthDues, fen: int) -> None:
        ledger, today = self._session.ledger, self._session.today()
        doubt = change_doubt(ledger, self.dues, cell.member, cell.month, fen)
        more = bool(doubt) and fen > cell.paid_fen
        if more and not ask(self, doubt, "原来的收款和退还都保留。", "再记一笔"):
            return
        self.attempt(lambda: change_paid(ledger, self.dues, cell.member, cell.month, fen, today, asked=more))

    def collect_month(self) -> None:
        """Record everything that is open for the month as paid today, with a way back."""
        ledger, dues, month = self._session.ledger, self.dues, self._month
        made: list[Payment] = []

        def collect() -> None:
            made.extend(receive_month(ledger, dues, month, self._session.today()))

        if self.attempt(collect) and made:
            total = yuan(sum(payment.amount_fen for payment in made))
            self._session.say(f"{month}月已登记 {len(made)} 人，共 {total} 元", undo=True)

    # --- the person beside ---

    def _show_person(self, index: Index) -> None:
        if not index.isValid() or index.row() >= len(self.model.rows):
            return
        month = index.column() - FIRST_MONTH
        if 0 <= month < 12 and self._month != month + 1:
            self._month = month + 1
            rows = [DuesRow(m, "", None, c) for m, c in self.dues.rows.items()]
            self._show_strip(rows)
            waiting = any(c.owed_fen and not c.settled for c in (r.cells[month] for r in rows))
            self._collect.setText(f"{self._month}月全部收齐" if waiting else f"{self._month}月已收齐")
            self._collect.setAccessibleName(self._collect.text())
            self._collect.setEnabled(waiting)
        found = self.model.rows[index.row()]
        self._person = found
        cell = found.cells[self._month - 1]
        self._who.setText(found.name)
        self._who.setStyleSheet("font-weight: bold;")
        owed = "" if cell.owed_fen is None else f"，应交 {yuan(cell.owed_fen)} 元"
        year = self._session.ledger_of_year()
        behind = [
            a.reason for a in arrears(year.dues, year.dues_before, self._session.today()) if a.member == found.member
        ]
        self._why.setText("\n".join([f"{self._month}月：{cell.reason}{owed}", *behind]))
        if not (self.basis.dirty and self.basis.member == found.member):
            basis = self.dues.basis(found.member, self._month)
            self.basis.show_of(found.member, found.name, basis, PartialDate(self._session.year, self._month))
        self.extra.editor.clear()
        self.extra.show_fault("")

    def save_extra(self) -> None:
        """Record a voluntary payment, outside the month grid."""
        if self._person is None:
            return
        try:
            fen = read_fen(self.extra.editor.text())
        except ValueError as error:
            self.extra.show_fault(str(error))
            return
        today = self._session.today()
        payment = Payment(
            member=self._person.member,
            month=PartialDate(self._session.year, self._month),
            amount_fen=fen,
            paid_on=today,
            kind=voluntary_kind(fen, self.dues.rulebook),
        )
        problems = check_payment(payment, self.dues.roster, today)
        if self.attempt(lambda: receive(self._session.ledger, [payment], self.dues.roster, today)):
            self._session.say(f"已登记{payment.kind} {yuan(fen)} 元" + "".join(f"，{p.text}" for p in problems))
