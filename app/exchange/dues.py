"""A register of dues with its months → bases and payments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from app.branch.groups import Group
from app.dates import PartialDate
from app.dues.bases import DuesBasis, DuesCategory, assess
from app.dues.months import DuesYear, load_dues
from app.dues.payments import Payment
from app.exchange.branches import own_rows
from app.exchange.dues_notes import paid_rows, take_note, take_payments, take_role, unkept_columns
from app.exchange.dues_payments import PaymentTaking
from app.exchange.dues_years import DuesYears
from app.exchange.mending import Mending
from app.exchange.persons import Finder
from app.exchange.reading import Reading, Sure, read_permille
from app.exchange.sheet import Outcome, Row, Sheet
from app.exchange.taking import category_of_remark
from app.exchange.titles import category_over
from app.exchange.words import read_category, read_remark
from app.money import yuan
from app.names import tidy_name
from app.people.members import Member
from app.people.roster import Roster, load_roster
from app.rules.rulebook import rulebook_of
from app.store import Store


@dataclass(frozen=True)
class _DuesRow:
    member: int
    basis: DuesBasis | None
    payments: tuple[Payment, ...]


@dataclass
class _Register:
    """What is known while a register comes in: the roster, and the dues of each year that its tables are of."""

    store: Store
    today: date
    mending: Mending
    roster: Roster
    finder: Finder
    outcome: Outcome
    dues: dict[int, DuesYear] = field(default_factory=dict[int, DuesYear])
    seen: dict[tuple[int, int, int], list[int]] = field(default_factory=dict[tuple[int, int, int], list[int]])
    """The rows that tell of a payment, by member, year and month."""
    usual: list[Row] = field(default_factory=list[Row])

    def of_year(self, year: int) -> DuesYear:
        """The dues of a year."""
        if year not in self.dues:
            self.dues[year] = load_dues(self.store, year, self.roster, rulebook_of(year), dues_day=1)
        return self.dues[year]


def import_dues(store: Store, sheet: Sheet, today: date, mending: Mending) -> Outcome:
    """Enter bases and monthly payments of a register; the year is in its title. Raises Refused."""
    roster = load_roster(store)
    rows, outcome = own_rows(store, sheet, mending)
    finder = Finder(roster, store[Group].all(), today)
    register = _Register(store, today, mending, roster, finder, outcome)
    wrong, years = {fault.row for fault in outcome.refused}, DuesYears(today, mending, outcome.faults)
    with store.transaction():
        told: list[tuple[Row, list[_Reading], list[_DuesRow]]] = []
        for row in paid_rows(rows, mending, outcome):
            parts = [
                _Reading(part, mending, register=register, dues=register.of_year(year), today=today)
                for year, part in years.parts(row)
            ]
            told.append((row, parts, [found for part in parts if (found := part.read_row()) is not None]))
        for row, parts, read in told:
            if len(read) == len(parts):
                for part, found in zip(parts, read, strict=True):
                    part.conflicts(found)
            outcome.faults += dict.fromkeys(fault for part in parts for fault in part.faults)
            if not parts or len(read) < len(parts) or row.key in wrong or any(part.refused for part in parts):
                continue
            if len(read) > 1 and read[0].basis:
                read[1:] = [replace(part, basis=None) for part in read[1:]]  # the row tells one base
            entered = [_enter(store, found, part.dues) for found, part in zip(read, parts, strict=True)]
            outcome.added += any(entered)
            outcome.unchanged += not any(entered)
    outcome.told += unkept_columns(rows)
    if register.usual:
        text = f"表里没有写明党费类别的 {len({row.key for row in register.usual})} 人按在职计，离退休的请在党费基数里改"
        outcome.told.append(text)
    return outcome


@dataclass
class _Reading(PaymentTaking):
    register: _Register

    def read_row(self) -> _DuesRow | None:
        """The row as a base and payments; None when it cannot be read."""
        person = self._person()
        if person is None:
            return None
        base = self.amount("base")
        owed = self.amount("owed")
        basis = self._basis(person.id, base, owed)
        payments = self.payments(person.id, basis, owed)
        take_note(self, paid=bool(payments))
        take_payments(self, paid=bool(payments))
        take_role(self, paid=bool(payments))
        if self.refused:
            return None
        for payment in payments:
            place = person.id, self.dues.year, payment.month.month
            self.register.seen.setdefault(place, []).append(self.row.number)
        return _DuesRow(person.id, basis, tuple(payments))

    def _person(self) -> Member | None:
        decided = self.register.mending.persons.get(self.row.key)
        if decided and decided in self.register.roster:
            return self.register.roster[decided]
        if not self.row.text("name"):
            self.wrong("name", "姓名是空的")
            return None
        told = {name: self.row.text(name) for name in ("id_number", "department", "group", "phone")}
        try:
            found = self.register.finder.find(self.row.text("name"), told)
        except ValueError as error:
            self.wrong("name", str(error))
            return None
        if re.search("代|替|含|补|垫", remark := tidy_name(self.row.text("name"))[1]):
            found = found.doubt(f"姓名后面写着“{remark}”，金额是不是这个人的，请核对", Sure.ASKED)
        return self.take("name", found, shown=found.value.name if found.value else "")

    # --- the base ---

    def _basis(self, member: int, base: int | None, owed: int | None) -> DuesBasis | None:
        if base is None:
            self._compare(member, owed)
            return None
        since = PartialDate(self.dues.year, 1)
        known = self.dues.basis(member, 1)
        category = self._category(base, known)
        if category is None:
            return None
        fixed = self.dues.rulebook.fixed_dues.get(category)
        if base == 0 and not fixed:
            self.tell("base", f"{category}的基数是 0，没有记入党费基数，请核对")
            return None
        # Where the amount is fixed a base of 0.20 is the amount again, no income.
        income = None if fixed and base <= max(fixed.high_fen, owed or 0) else base
        told = DuesBasis(member=member, since=since, category=category, base_fen=income)
        assessed = assess(told, self.dues.rulebook)
        if owed is not None and assessed and owed != assessed.owed_fen:
            text = f"表里每月 {yuan(owed)} 元，按规定应为 {yuan(assessed.owed_fen)} 元（{assessed.reason}）"
            self.tell("owed", text)
        same = known is not None and (known.category, known.base_fen) == (category, income)
        return None if same else told

    def _compare(self, member: int, owed: int | None) -> None:
        """Tell of an amount owed a month that is not the one by the base of the ledger."""
        known = self.dues.standing_basis(member)
        assessed = assess(known, self.dues.rulebook) if known else None
        if owed and assessed and assessed.owed_fen and assessed.owed_fen != owed and "月" in self.row.column("owed"):
            usual = f"按名册里的基数应为 {yuan(assessed.owed_fen)} 元"
            self.tell("owed", f"表里每月 {yuan(owed)} 元，{usual}，基数没有变，请核对")

    def _category(self, base: int, known: DuesBasis | None) -> DuesCategory | None:
        """What the sheet says, else what its rate tells, else what is known already; an unknown word is asked."""
        said = self.row.text("category")
        told = read_category(said, self.row.column("category"), self.today) if said else None
        if told is not None:
            return self.take("category", told, shown=told.value.value if told.value else "")
        usual = known.category if known else DuesCategory.EMPLOYED
        over = category_over(self.row) if known is None and not self.row.text("rate") else None
        if over is not None:
            why = f"表上写着“{over[1]}”，按{over[0]}"
            return self.take("category", Reading(over[1], over[0], Sure.PROPOSED, why), shown=over[0].value)
        rate = read_permille(self.row.text("rate"))
        tables = self.dues.rulebook.dues_brackets
        fitting = [name for name, table in tables.items() if table.permille(base) == rate]
        if fitting and usual not in fitting:
            likely = DuesCategory(fitting[0])
            why = f"没有写党费类别，按比例 {self.row.text('rate')} 像是{likely}"
            return self.take("rate", Reading(self.row.text("rate"), likely, Sure.PROPOSED, why), shown=likely.value)
        remarks = read_remark(self.row.text("note"), self.register.today) if known is None else ()
        if any(remark.category for remark in remarks):
            return category_of_remark(self, remarks)
        if known is None and not fitting:
            self.register.usual.append(self.row)
        return usual

    def conflicts(self, read: _DuesRow) -> None:
        """What the ledger or another row says of the same months: of two rows nobody knows which is right."""
        for payment in read.payments:
            month = payment.month.month
            paid = self.dues.cell(read.member, month).paid_fen
            name = f"m{month}" if f"m{month}" in self.row.cells else f"q{(month + 2) // 3}"
            name = name if name in self.row.cells else "paid"
            if paid and paid != payment.amount_fen:
                text = f"台账里已记 {yuan(paid)} 元，表里是 {yuan(payment.amount_fen)} 元，请先核对"
                self.wrong(name, text)
            others = [n for n in self.register.seen[read.member, self.dues.year, month] if n != self.row.number]
            if others:
                self.wrong(name, f"第 {others[0]} 行也有这个人 {month} 月的党费，请核对")


def _enter(store: Store, read: _DuesRow, dues: DuesYear) -> bool:
    """Save what is new of a row; whether anything was."""
    payments = [item for item in read.payments if not dues.cell(read.member, item.month.month).paid_fen]
    store[Payment].save_all(payments)
    if read.basis:
        same = [item for item in store[DuesBasis].all(member=read.member) if item.since == read.basis.since]
        for item in same:
            store[DuesBasis].remove(item.id)
        store[DuesBasis].save(read.basis)
    return bool(payments or read.basis)
