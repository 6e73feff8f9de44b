"""Registers: what a list of one kind of record is, and the form of its records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.attachments import Owner
from app.errors import NotFound
from app.record import Entry, Problem, Record, missing_entries
from app.year.ledger import YearLedger
from ui.house.session import Session
from ui.kit.basic import button
from ui.kit.editors import Choice
from ui.kit.record_fields import Fields
from ui.kit.table import Column
from ui.record.attachments import Attachments
from ui.record.form import RecordForm


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
    example: str = ""
    """A record as it might be, in words, shown while there is none."""
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

    begun = Signal()
    """A new record is begun after one was saved."""

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

    def save_and_next(self) -> None:
        """Save and begin the next one (Ctrl+Enter)."""
        if self.save() and self.register.makes_new:
            self.load({})
            self.begun.emit()
