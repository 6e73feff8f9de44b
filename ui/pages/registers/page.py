"""党员管理: the registers about members, each a list with its form beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.record import Problem
from app.transfers import Transfer
from ui.kit.basic import Card, Segmented, button, label, row, search_box
from ui.kit.editors import Choice
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.theme import theme
from ui.pages.registers.registers import REGISTERS, Register
from ui.record_card import RecordCard
from ui.session import Session


class RegisterForm(RecordCard):
    """The form of one register: a new record, or one to be corrected."""

    save_words = "保存 Ctrl+S"

    def __init__(self, session: Session, register: Register) -> None:
        self.register = register
        super().__init__(session, "registers", f"登记{register.title}", register.kind, register.fields)
        self.removed_words = f"已删除一条{register.title}"
        self.add_key("Ctrl+Return", self.save)
        self.add_key("Esc", self.reset)

    def more_buttons(self) -> list[QWidget]:
        """The letter of a transfer."""
        self._print = button("打印介绍信", self._print_letter, kind="small", icon="print")
        self._print.hide()
        return [self._print]

    def check(self, record: Any) -> list[Problem]:
        """What the register finds."""
        return self.register.check(self._session, record)

    def store(self, record: Any) -> None:
        """Into the register."""
        self.register.save(self._session, record)

    def take_away(self, record: Any) -> None:
        """Out of the register."""
        self.register.remove(self._session, record)

    def load(self, values: dict[str, Any]) -> None:
        """A record with these values; a new one begins with the usual days."""
        ledger = self._session.ledger_of_year()
        self.form.set_people([Choice(p.id, p.name) for p in ledger.roster.members])
        known = bool(values.get("id"))
        if not known:
            day = self._session.today()
            defaults = {"year": ledger.year, "given_on": day, "moved_on": day, "decided_on": day}
            values = {**defaults, **self.register.begins, **values}
        super().load(values)
        self.heading.setText(f"修改{self.register.title}" if known else f"登记{self.register.title}")
        self._print.setVisible(known and self.register.kind is Transfer)

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return {
            "title": self.register.title,
            "view": self.register.code,
            "id": self._record.id if self._record else 0,
            "texts": self.form.texts(),
        }

    def open_draft(self, content: dict[str, Any]) -> None:
        """Go on with what was typed and not saved."""
        known = self._session.ledger[self.register.kind].all(id=content["id"]) if content["id"] else []
        self.load(known[0].__dict__ if known else {})
        self.form.set_texts(content["texts"])

    def _print_letter(self) -> None:
        if self._record:
            self._session.go("reports", form="transfer_letter", record=self._record.id)


class RegistersPage(Page):
    """党员管理."""

    title = "党员管理"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.add_action(button("打印", self._print, icon="print"))
        self.add_action(button("新登记", self._new, kind="primary", icon="add"))
        self.views = Segmented([(register.code, register.title) for register in REGISTERS])
        self.views.chosen.connect(lambda _: self._turn())
        self.filter_box = search_box("姓名或拼音首字母", lambda text: self.table.filter(text))
        self.body.addLayout(row(self.views, None, self.filter_box))
        self._tables, self._forms = QStackedWidget(), QStackedWidget()
        self._made: dict[str, tuple[Table, RegisterForm]] = {}
        card = Card(padding=4)
        card.body.addWidget(self._tables, 1)
        self._empty = label("", "secondary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(theme().px(12), theme().px(8), theme().px(12), 0)
        card.body.addWidget(self._empty, 1)
        self._forms.setFixedWidth(theme().px(344))
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self._forms)
        self.body.addLayout(middle, 1)

    @property
    def register(self) -> Register:
        """The register that is shown."""
        return next(register for register in REGISTERS if register.code == self.views.current)

    def _pair(self) -> tuple[Table, RegisterForm]:
        register = self.register
        if register.code not in self._made:
            ledger = self._session.ledger_of_year()
            names = self._session

            def searched(item: Any) -> str:
                return names.ledger_of_year().roster[item.member].name

            table = Table(register.title, register.columns(ledger), searched)
            form = RegisterForm(self._session, register)
            form.load({})
            table.selected.connect(self._show)
            table.opened.connect(self._show)
            table.removed.connect(lambda item: (self._show(item), form.remove()))
            self._tables.addWidget(table)
            self._forms.addWidget(form)
            self._made[register.code] = (table, form)
        return self._made[register.code]

    @property
    def table(self) -> Table:
        """The list that is shown."""
        return self._pair()[0]

    @property
    def form(self) -> RegisterForm:
        """The form that is shown."""
        return self._pair()[1]

    def refresh(self) -> None:
        ledger, today = self._session.ledger_of_year(), self._session.today()
        table, form = self._pair()
        self._tables.setCurrentWidget(table)
        self._forms.setCurrentWidget(form)
        table.rows_model.columns = self.register.columns(ledger)
        rows = list(self.register.rows(ledger, today))
        table.blockSignals(True)
        table.set_rows(rows, keep=lambda item: (item.member, item.id))
        table.blockSignals(False)
        table.filter(self.filter_box.text())
        self._empty.setText(self.register.empty)
        self._empty.setVisible(not rows)
        self._tables.setVisible(bool(rows))
        facts = self.register.facts(ledger, today)
        self.head_facts.setText(" · ".join(part for part in (f"{len(rows)} 条", facts) if part))

    def _turn(self) -> None:
        self.refresh()

    def _show(self, item: Any) -> None:
        if item is not None:
            self.form.load(dict(self.register.record_of(item, self._session.ledger_of_year())))

    def _new(self) -> None:
        self.table.clearSelection()
        self.form.load({})
        next(iter(self.form.form.editors.values())).setFocus()

    def _print(self) -> None:
        self._session.go("reports", form=self.register.code)

    def open_with(self, hint: dict[str, Any]) -> None:
        content = hint.get("content")
        if "view" in hint or content:
            self.views.choose(content["view"] if content else hint["view"])
        self.refresh()
        if content:
            self.form.open_draft(content)
            self.form.keeper.adopt(hint["draft"])
        elif "record" in hint:
            wanted = hint["record"]
            if self.table.choose(lambda item: item.id == wanted):
                self._show(self.table.current())
        elif "member" in hint:
            self.form.load({"member": hint["member"]})
        self.form.setFocus()

    def leave(self) -> bool:
        for _, form in self._made.values():
            text, advice = "填写的内容还没有保存，草稿也没能存下。", "离开后会丢掉。可以先取消，再按 Ctrl+S 保存。"
            if form.dirty and not form.keeper.release() and not ask(self, text, advice, "不保存，离开"):
                return False
            if form.dirty:
                form.forget()  # what was typed is a draft now
                form.load({})
        return True
