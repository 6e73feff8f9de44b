"""A page of registers: the chosen one as a list, and beside it what is selected, to be read or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.record import Record
from app.ways import ToList, ToNew, ToPaper, ToRecord
from app.year.standing import Duty
from ui.house.session import Session
from ui.house.ways import Place, ToDraft, ToView
from ui.kit.basic import Card, button, clear, row, search_box
from ui.kit.empty import Empty
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Table
from ui.kit.theme import theme
from ui.record.exporting import ask_and_write
from ui.record.following import Following
from ui.record.form import may_leave
from ui.record.progress import progress_card
from ui.record.reading import Side
from ui.record.registers import Register, RegisterForm
from ui.record.several import Several

FORM, LEAST_FORM = 344, 296
"""Pixels of 100 % that the form beside a list has, and at least has."""


class RegistersPage(Page):
    """A page of registers; `code` is the page's own, under which drafts are kept."""

    code = ""
    registers: tuple[Register, ...] = ()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._actions = {
            register.code: [
                self.add_action(button(text, lambda act=act: self.attempt(lambda: act(session)), icon=icon))
                for text, icon, act in register.actions
            ]
            for register in self.registers_of(session)
        }
        self._export_button = self.add_action(button("导出表格", self.export, icon="arrow_download"))
        self._print_button = self.add_action(button("打印", self.print_shown, icon="print"))
        self._add = self.add_action(button("新登记", self._new, kind="primary", icon="add"))
        self._progress = QHBoxLayout()
        self._progress.setSpacing(theme().px(16))
        self.body.addLayout(self._progress)
        self.views = self.make_views()
        self.views.chosen.connect(self._turn_to)
        self.filter_box = search_box("姓名或拼音首字母", lambda text: self.table.filter(text))
        self._tables, self._forms = QStackedWidget(), QStackedWidget()
        self._several = Several(self, session, "条", lambda item: self.table.rows_model.columns[0].text(item))
        self._made: dict[str, tuple[Table, RegisterForm]] = {}
        self._sides: dict[str, Side] = {}
        self._following: dict[str, Following] = {}
        card = Card(padding=4)
        card.body.addWidget(self._tables, 1)
        self._empty = Empty("", "", button("新登记", self._new, icon="add"))
        card.body.addWidget(self._empty, 1)
        self._forms.setFixedWidth(theme().px(FORM))
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self._forms)
        self.lay_out(middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow page the form leaves more of it to the list."""
        super().resizeEvent(event)
        self._forms.setFixedWidth(min(theme().px(FORM), max(theme().px(LEAST_FORM), event.size().width() * 36 // 100)))

    def registers_of(self, session: Session) -> Sequence[Register]:
        """The registers of the page."""
        del session
        return self.registers

    def make_views(self) -> Any:
        """What one register is chosen by: it has `current`, `choose` and the signal `chosen`."""
        return Segmented([(register.code, register.title) for register in self.registers])

    def lay_out(self, middle: QHBoxLayout) -> None:
        """Place the choice of registers above list and form."""
        self.body.addLayout(row(self.views, None, self.filter_box))
        self.body.addLayout(middle, 1)

    @property
    def register(self) -> Register:
        """The register that is shown."""
        return next(item for item in self.registers_of(self._session) if item.code == self.views.current)

    def make_form(self, register: Register) -> RegisterForm:
        """The form of a register."""
        return RegisterForm(self._session, self.code, register)

    def _pair(self) -> tuple[Table, RegisterForm]:
        register = self.register
        made = self._made.get(register.code)
        if made is not None and made[1].register.kind is not register.kind:
            # It is laid out otherwise now.
            for part in (self._made.pop(register.code)[0], self._sides.pop(register.code)):
                part.hide()
                part.deleteLater()
        if register.code not in self._made:
            ledger = self._session.ledger_of_year()
            session = self._session
            columns = register.columns(ledger, session.today())
            table = Table(register.title, columns, lambda item: register.searched(item, session.ledger_of_year()))
            form = self.make_form(register)
            form.load({})
            following = Following(table, form, self._show, self._is_record)
            table.selected.connect(following.follow)
            table.opened.connect(self._open)
            table.removed.connect(lambda item: (following.follow(item), form.remove()))
            form.begun.connect(self._begin)
            following.rested.connect(self._forms.setVisible)
            self._following[register.code] = following
            self._tables.addWidget(table)
            self._made[register.code] = (table, form)
            self._sides[register.code] = Side(session, form)
            self._forms.addWidget(self._sides[register.code])
            self._several.stand_in(
                table, self._forms, lambda: self._sides[self.register.code], lambda: self.following.free
            )
        # What it goes by may have changed with the ledger.
        self._made[register.code][1].register = register
        return self._made[register.code]

    @property
    def following(self) -> Following:
        """What has the form that is shown follow its list."""
        self._pair()
        return self._following[self.register.code]

    @property
    def table(self) -> Table:
        """The list that is shown."""
        return self._pair()[0]

    @property
    def form(self) -> RegisterForm:
        """The form that is shown."""
        return self._pair()[1]

    def duties(self) -> list[Duty]:
        """The duties whose progress is shown above."""
        return []

    def refresh(self) -> None:
        ledger, today = self._session.ledger_of_year(), self._session.today()
        table = self.table
        clear(self._progress)
        for duty in self.duties():
            self._progress.addWidget(progress_card(duty), 1)
        for code, buttons in self._actions.items():
            for made in buttons:
                made.setVisible(code == self.register.code)
        self._add.setVisible(self.register.makes_new)
        self._tables.setCurrentWidget(table)
        self._forms.setCurrentWidget(self._sides[self.register.code])
        table.rows_model.columns = self.register.columns(ledger, today)
        rows = list(self.register.rows(ledger, today))
        with QSignalBlocker(table):
            table.set_rows(rows, keep=self.register.key)
            table.filter(self.filter_box.text())
        # With nothing in the list and nothing begun a form would be an empty one.
        self._forms.setVisible(self.following.rest())
        self._empty.show_text(self.register.empty, self.register.example)
        for made in self._empty.buttons:
            made.setVisible(self.register.makes_new)
        self._empty.setVisible(not rows)
        self._tables.setVisible(bool(rows))
        facts = self.register.facts(ledger, today)
        self.head_facts.setText(" · ".join(part for part in (f"{len(rows)} 条", facts) if part))

    def _show(self, item: Any) -> None:
        """Load a row into the form, and have it read where it is a record that can be changed there."""
        self.form.load(dict(self.register.record_of(item, self._session.ledger_of_year())))
        register, record = self.register, self.form.record
        side = self._sides[register.code]
        if record is not None and register.makes_new:
            side.read(record, register.fields.names, register.owner)
        else:
            side.show_form()

    def _open(self, item: Any) -> None:
        """Have the form of a row's record to change it."""
        self.following.follow(item)
        self._sides[self.register.code].edit()

    def _is_record(self, item: Any, number: int) -> bool:
        return self.register.record_of(item, self._session.ledger_of_year()).get("id") == number

    def _begin(self) -> None:
        """A new record is wanted."""
        self._sides[self.register.code].show_form()
        self._forms.show()
        self.following.begin()

    def _new(self) -> None:
        self._begin()
        self.form.load({})
        self._sides[self.register.code].edit()

    def print_shown(self) -> None:
        """Show the shown list on paper."""
        self._session.go(ToPaper(self.register.form or self.register.code))

    def export(self) -> None:
        """Write the shown list as a workbook where the user says."""
        ask_and_write(self, self._session, self.register.exported or self.register.code)

    def open_with(self, place: Place) -> None:
        match place:
            case ToView() if place.view:
                self._turn_to(place.view)
            case ToDraft():
                self._turn_to(place.content["view"])
                self.form.resume(place)
                self._sides[self.register.code].show_form()
                self._forms.show()
            case ToRecord():
                self._turn_to(self._register_of(place.kind, {}).code)
                if self.table.choose(lambda item: item.id == place.id):
                    self._open(self.table.current())
            case ToNew():
                register = self._register_of(place.kind, place.values)
                self._turn_to(register.code)
                self._begin()
                self.form.load(dict(place.values))
            case ToList():
                self._turn_to(self._register_of(place.kind, {}).code)
            case _:
                self.refresh()
        first = self.form if self._forms.isVisibleTo(self) or not self._empty.buttons else self._empty.buttons[0]
        first.setFocus()

    def _turn_to(self, code: str) -> None:
        self._forget()
        self.views.choose(code)
        self.refresh()

    def _register_of(self, kind: type[Record], values: Mapping[str, Any]) -> Register:
        """The register of a kind; among several, the one whose records begin as these values say."""
        of_kind = [register for register in self.registers_of(self._session) if register.kind is kind]
        agreeing = [r for r in of_kind if r.begins and all(values.get(k) == v for k, v in r.begins.items())]
        return (agreeing or of_kind)[0]

    def leave(self) -> bool:
        if not may_leave(form for _, form in self._made.values()):
            return False
        self._forget()
        return True

    def _forget(self) -> None:
        for following in self._following.values():
            following.forget()
