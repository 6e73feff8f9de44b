"""Registers: lists of one kind of record, each with its form beside it; several of them make a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.attachments import Owner
from app.errors import NotFound
from app.record import Entry, Problem, Record, missing_entries
from app.ways import ToList, ToNew, ToPaper, ToRecord
from app.year.ledger import YearLedger
from app.year.standing import Duty
from ui.house.session import Session
from ui.house.ways import Place, ToDraft, ToView
from ui.kit.basic import Card, Segmented, button, clear, label, row, search_box
from ui.kit.editors import Choice
from ui.kit.page import Page
from ui.kit.record_fields import Fields
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.record.attachments import Attachments
from ui.record.exporting import ask_and_write
from ui.record.form import RecordForm, may_leave
from ui.record.progress import progress_card

FORM, LEAST_FORM = 344, 296
"""Pixels of 100 % that the form beside a list has, and at least has."""


def no_problems(session: Session, record: Any) -> list[Problem]:
    """The required fields alone."""
    del session
    return missing_entries(record)


def member_column(ledger: YearLedger) -> Column:
    """Whose a row is."""
    return Column("姓名", lambda r: ledger.roster[r.member].name, 120, strong=True, avatar=True)


def member_of(row: Any, ledger: YearLedger) -> str:
    """What a row about a member is searched by."""
    return ledger.roster[row.member].name


@dataclass(frozen=True)
class Register:
    """One register: what it is called, what its rows are, and how a record of it is checked, kept and taken away."""

    code: str
    title: str
    kind: type[Record]
    empty: str
    columns: Callable[[YearLedger, date], Sequence[Column]]
    rows: Callable[[YearLedger, date], Sequence[Any]]
    fields: Fields
    save: Callable[[Session, Any], Record]
    remove: Callable[[Session, Any], object]
    check: Callable[[Session, Any], list[Problem]] = no_problems
    facts: Callable[[YearLedger, date], str] = lambda _ledger, _today: ""
    begins: dict[str, Any] = field(default_factory=dict[str, Any])
    """What a new record begins with."""
    begins_today: tuple[str, ...] = ()
    """The days of a new record that are today's."""
    record_of: Callable[[Any, YearLedger], dict[str, Any]] = field(default=lambda row, ledger: row.__dict__)
    """The values of the record that a row stands for; without `id` a new one begins with them."""
    key: Callable[[Any], Any] = field(default=lambda row: (getattr(row, "member", 0), row.id))
    searched: Callable[[Any, YearLedger], str] = member_of
    more: tuple[tuple[str, str, Callable[[Session, Any], object]], ...] = ()
    """Further buttons of a known record: text, icon, what it does."""
    actions: tuple[tuple[str, str, Callable[[Session], object]], ...] = ()
    """Further buttons of the page: text, icon, what it does."""
    words: dict[str, Callable[[Session], Sequence[str]]] = field(
        default_factory=dict[str, Callable[[Session], Sequence[str]]]
    )
    """Words to choose from in a field, as the ledger has them."""
    exported: str = ""
    """The code of the list that is exported; the code of the register where none is given."""
    form: str = ""
    """The code of what 打印 prints; the code of the register where none is given."""
    makes_new: bool = True
    noun: str = ""
    """What one record is called, where the title of the register does not say so."""
    find: Callable[[Session, int], Any] | None = None
    """A known record by its number, where its kind is not one that the ledger stores as it is."""
    choices: Callable[[Session, Entry], list[Choice] | None] = field(default=lambda session, entry: None)
    """What a field that means a record is chosen from; None for the usual."""
    owner: Owner | None = None
    """What files kept with a record belong to; None where it has none."""


class RegisterForm(RecordForm):
    """The form of one register: a new record, or one to be corrected."""

    def __init__(self, session: Session, page: str, register: Register) -> None:
        self.register = register
        self.noun = register.noun or register.title
        self.view = register.code
        self.removed_words = f"已删除一条{self.noun}"
        super().__init__(session, page, f"登记{self.noun}", register.kind, register.fields)

    def inside(self, box: QVBoxLayout) -> None:
        super().inside(box)
        self._files = Attachments(self._session, self.register.owner) if self.register.owner else None
        if self._files is not None:
            box.addWidget(self._files)

    def choices(self, entry: Entry) -> list[Choice]:
        found = self.register.choices(self._session, entry)
        return super().choices(entry) if found is None else found

    def known(self, record: int) -> Mapping[str, Any] | None:
        if self.register.find is None:
            return super().known(record)
        try:
            return vars(self.register.find(self._session, record))
        except NotFound:
            return None

    def more_buttons(self) -> list[QWidget]:
        """What this register can do with a known record."""
        self._more = [
            button(text, lambda act=act: self.record and act(self._session, self.record), kind="small", icon=icon)
            for text, icon, act in self.register.more
        ]
        return list(self._more)

    def check(self, record: Any) -> list[Problem]:
        """What the register finds."""
        return self.register.check(self._session, record)

    def store(self, record: Any) -> Any:
        """Into the register."""
        return self.register.save(self._session, record)

    def take_away(self, record: Any) -> None:
        """Out of the register."""
        self.register.remove(self._session, record)

    def begins(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The usual days and words of a new record."""
        days = dict.fromkeys(self.register.begins_today, self._session.today())
        return {"year": self._session.year, **days, **self.register.begins, **values}

    def offer(self) -> None:
        super().offer()
        for name, words in self.register.words.items():
            self.form.set_words(name, words(self._session))

    def fill(self, values: Mapping[str, Any]) -> None:
        known = self.record is not None
        if self._files is not None:
            self._files.setVisible(known)
            self._files.show_of(values["id"] if known else 0)
        begins = f"登记{self.noun}" if self.register.makes_new else f"选一条{self.noun}"
        self.heading.setText(f"修改{self.noun}" if known else begins)
        for made in self._more:
            made.setVisible(known)
        self.setEnabled(known or self.register.makes_new)

    def draft_title(self) -> str:
        return self.register.title


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
        self.views.chosen.connect(lambda _: self.refresh())
        self.filter_box = search_box("姓名或拼音首字母", lambda text: self.table.filter(text))
        self._tables, self._forms = QStackedWidget(), QStackedWidget()
        self._made: dict[str, tuple[Table, RegisterForm]] = {}
        card = Card(padding=4)
        card.body.addWidget(self._tables, 1)
        self._empty = label("", "secondary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(theme().px(12), theme().px(8), theme().px(12), 0)
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
            for part in self._made.pop(register.code):
                part.hide()
                part.deleteLater()
        if register.code not in self._made:
            ledger = self._session.ledger_of_year()
            session = self._session
            columns = register.columns(ledger, session.today())
            table = Table(register.title, columns, lambda item: register.searched(item, session.ledger_of_year()))
            form = self.make_form(register)
            form.load({})
            table.selected.connect(self._show)
            table.opened.connect(self._show)
            table.removed.connect(lambda item: (self._show(item), form.remove()))
            self._tables.addWidget(table)
            self._forms.addWidget(form)
            self._made[register.code] = (table, form)
        # What it goes by may have changed with the ledger.
        self._made[register.code][1].register = register
        return self._made[register.code]

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
        table, form = self._pair()
        clear(self._progress)
        for duty in self.duties():
            self._progress.addWidget(progress_card(duty), 1)
        for code, buttons in self._actions.items():
            for made in buttons:
                made.setVisible(code == self.register.code)
        self._add.setVisible(self.register.makes_new)
        self._tables.setCurrentWidget(table)
        self._forms.setCurrentWidget(form)
        table.rows_model.columns = self.register.columns(ledger, today)
        rows = list(self.register.rows(ledger, today))
        table.blockSignals(True)
        table.set_rows(rows, keep=self.register.key)
        table.blockSignals(False)
        table.filter(self.filter_box.text())
        self._empty.setText(self.register.empty)
        self._empty.setVisible(not rows)
        self._tables.setVisible(bool(rows))
        facts = self.register.facts(ledger, today)
        self.head_facts.setText(" · ".join(part for part in (f"{len(rows)} 条", facts) if part))

    def _show(self, item: Any) -> None:
        if item is not None:
            self.form.load(dict(self.register.record_of(item, self._session.ledger_of_year())))

    def _new(self) -> None:
        self.table.clearSelection()
        self.form.load({})
        next(iter(self.form.form.editors.values())).setFocus()

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
            case ToRecord():
                self._turn_to(self._register_of(place.kind, {}).code)
                if self.table.choose(lambda item: item.id == place.id):
                    self._show(self.table.current())
            case ToNew():
                register = self._register_of(place.kind, place.values)
                self._turn_to(register.code)
                self.form.load(dict(place.values))
            case ToList():
                self._turn_to(self._register_of(place.kind, {}).code)
            case _:
                self.refresh()
        self.form.setFocus()

    def _turn_to(self, code: str) -> None:
        self.views.choose(code)
        self.refresh()

    def _register_of(self, kind: type[Record], values: Mapping[str, Any]) -> Register:
        """The register of a kind; among several, the one whose records begin as these values say."""
        of_kind = [register for register in self.registers_of(self._session) if register.kind is kind]
        agreeing = [r for r in of_kind if r.begins and all(values.get(k) == v for k, v in r.begins.items())]
        return (agreeing or of_kind)[0]

    def leave(self) -> bool:
        return may_leave(form for _, form in self._made.values())
