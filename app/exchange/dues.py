"""A register of dues with its months → bases and payments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.branch.groups import Group
from app.dates import PartialDate
from app.dues.bases import DuesBasis, DuesCategory, assess
from app.dues.months import DuesYear, load_dues
from app.dues.payments import Payment, PaymentKind
from app.exchange.branches import own_rows
from app.exchange.days import Span, read_partial_day
from app.exchange.dues_cells import FREED, PaidCell, is_unpaid, may_be_day, months_paid, paid_cell
from app.exchange.dues_notes import paid_rows, take_note, take_payments, take_role
from app.exchange.dues_years import DuesYears
from app.exchange.mending import Mending
from app.exchange.months import is_span, month_of, months_named, months_of
from app.exchange.persons import Finder
from app.exchange.reading import NOTHING, Reading, Sure, read_amount, read_permille
from app.exchange.sheet import Outcome, Row, Sheet
from app.exchange.taking import Taking, category_of_remark
from app.exchange.titles import category_over
from app.exchange.words import packed, read_category, read_remark
from app.money import yuan
from app.names import tidy_name
from app.people.members import Member
from app.people.roster import Roster, load_roster
from app.rules.rulebook import rulebook_of
from app.store import Store

QUARTER = 3
MONTHLY_FEN = 10_000
"""More than this under 应交 may be what is owed for a year, where nothing else tells."""
LARGE_FEN = 100_000
"""More is hardly the dues of one month: they are capped at this, and more is a large payment (中组发〔2017〕)."""


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
                _Reading(part, mending, register=register, dues=register.of_year(year))
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
    if register.usual:
        text = f"表里没有写明党费类别的 {len({row.key for row in register.usual})} 人按在职计，离退休的请在党费基数里改"
        outcome.told.append(text)
    return outcome


@dataclass
class _Reading(Taking):
    register: _Register
    dues: DuesYear

    def read_row(self) -> _DuesRow | None:
        """The row as a base and payments; None when it cannot be read."""
        person = self._person()
        if person is None:
            return None
        base = self._amount("base")
        owed = self._amount("owed")
        basis = self._basis(person.id, base, owed)
        payments = self._payments(person.id, basis, owed)
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

    def _amount(self, name: str, said: str | None = None) -> int | None:
        """An amount in 分 of a column, or of what is said in a part of it; None when empty or not to be read."""
        if packed(self.row.text(name)) in NOTHING:
            return None
        told = self.read_money(name, said)
        return self.take(name, told, shown=yuan(told.value or 0)) if told else None

    # --- the base ---

    def _basis(self, member: int, base: int | None, owed: int | None) -> DuesBasis | None:
        if base is None:
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

    def _category(self, base: int, known: DuesBasis | None) -> DuesCategory | None:
        """What the sheet says, else what its rate tells, else what is known already; an unknown word is asked."""
        said = self.row.text("category")
        told = read_category(said, self.row.column("category")) if said else None
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

    # --- the payments ---

    def _payments(self, member: int, basis: DuesBasis | None, owed: int | None) -> list[Payment]:
        amounts: dict[int, tuple[int, date | None, str]] = {}
        together = {names[0]: names for names in self.row.across}
        done = {name for names in self.row.across for name in names[1:]}
        for month in range(1, 13):
            name = f"m{month}"
            if name in done or self._of_another_year(name):
                continue
            # One cell over several months holds what was paid for all of them.
            months = [int(one[1:]) for one in together.get(name, (name,)) if re.fullmatch(r"m\d+", one)]
            parts = self._month(name, months, member, basis, owed)
            day, method = self._paid_on(f"on{month}", month, name), "季交" if len(months) == QUARTER else ""
            amounts |= {one: (fen, day, method) for one, fen in zip(months, parts, strict=False) if fen}
        for name in self.row.cells:
            if not is_span(name) or self._of_another_year(name):
                continue
            months = months_of(name)
            parts = self._month(name, months, member, basis, owed)
            day, method = self._paid_on(f"on{name}", months[-1], name), "季交" if len(months) == QUARTER else ""
            amounts |= {month: (fen, day, method) for month, fen in zip(months, parts, strict=False) if fen}
        if "paid" in self.row.cells:
            amounts |= self._named_month(member, basis, owed)
        return [
            Payment(
                member=member,
                month=PartialDate(self.dues.year, month),
                amount_fen=fen,
                kind=PaymentKind.ORDINARY,
                paid_on=day,
                method=method,
            )
            for month, (fen, day, method) in sorted(amounts.items())
        ]

    def _of_another_year(self, name: str) -> bool:
        """Whether the heading of a column tells a year that is not the register's; what stands in it is told."""
        told = month_of(self.row.headings.get(name, ""))
        if told is None or told.year in (None, self.dues.year):
            return False
        if packed(self.row.text(name)) not in NOTHING:
            self.tell(name, f"这一列是 {told.year} 年的，这次记 {self.dues.year} 年的党费，没有记入")
        return True

    def _named_month(
        self, member: int, basis: DuesBasis | None, owed: int | None
    ) -> dict[int, tuple[int, date | None, str]]:
        """What was paid where one column holds the amounts, and a column, the sheet or the title tells the month."""
        if not self.row.text("paid"):
            return {}
        if "month" in self.row.cells:
            told = months_paid(packed(self.row.text("month")))
            months = self.take("month", told, shown="、".join(f"{month}月" for month in told.value or ())) or []
        else:
            months = months_named(self.row.banner) or months_named(self.row.title)
        if self.refused:
            return {}
        if not months:
            name = "month" if "month" in self.row.cells else "paid"
            self.wrong(name, "看不出是哪个月的党费")
            return {}
        if len(months) > 1 and "月" not in self.row.column("owed"):
            owed = None  # What stands beside several months is owed for all of them.
        parts = self._month("paid", months, member, basis, owed)
        day = self._paid_on("paid_on", months[-1], "paid")
        return {month: (fen, day, "") for month, fen in zip(months, parts, strict=False) if fen}

    def _month(
        self, name: str, months: Sequence[int], member: int, basis: DuesBasis | None, owed: int | None
    ) -> list[int]:
        """What a cell says was paid for one month, or for several together, in 分 each."""
        if name not in self.row.cells:
            return []
        said = packed(self.row.text(name))
        if is_unpaid(said):
            return []
        if FREED.fullmatch(said):
            text = f"“{self.row.text(name)}”没有金额，免交请在党费基数里登记"
            self.tell(name, text)
            return []
        due = [self._owed_for(month, member, basis, owed) for month in months]
        words = paid_cell(self.row.text(name))
        if words and not words.amount:
            of_year = self._may_be_of_a_year(months[0], member, basis, owed)
            return self._as_owed(name, words, due, of_year=of_year)
        total = self._total(name, words, months, due)
        if total is None or len(months) == 1:
            return [total] if total else []
        if sum(part or 0 for part in due) == total and None not in due:
            return [part or 0 for part in due]
        each, rest = divmod(total, len(months))
        parts = [each] * (len(months) - 1) + [each + rest]
        why = f"{len(months)} 个月一起交 {yuan(total)} 元，各月记 {'、'.join(map(yuan, parts))} 元"
        split = Reading(said, parts, Sure.ASKED if rest else Sure.PROPOSED, why)
        return self.take(name, split, shown=yuan(total)) or []

    def _as_owed(self, name: str, words: PaidCell, due: list[int | None], *, of_year: bool) -> list[int]:
        """What a cell without an amount says was paid: that what was owed, told or asked."""
        said = packed(self.row.text(name))
        fen = [part for part in due if part is not None]
        if len(fen) < len(due):
            self.wrong(name, f"写着“{said}”，不知道应交多少，请填金额")
            return []
        told = Reading(said, fen, Sure.PROPOSED, f"写着“{said}”，按应交 {yuan(sum(fen))} 元")
        if not words.paid:
            told = told.doubt("是交了的请勾选", Sure.ASKED)
        if of_year:
            told = told.doubt(f"“{self.row.column('owed')}”是每月的请勾选，是全年的请填每月的金额", Sure.ASKED)
        return self.take(name, told, shown=yuan(sum(fen))) or []

    def _total(self, name: str, words: PaidCell | None, months: Sequence[int], due: Sequence[int | None]) -> int | None:
        """The amount of a cell in 分, and what may be another amount than that of its months, told or asked."""
        said, owed = packed(self.row.text(name)), sum(part or 0 for part in due)
        total = self._amount(name, words.amount if words else None)
        if not total:
            return None
        if words and words.way:
            self.tell(name, f"“{words.way}”没有记入")
        doubts: list[tuple[str, Sure]] = []
        if total > LARGE_FEN * len(months) and owed != total:
            doubts.append((f"每月 {yuan(total // len(months))} 元，请核对是不是按月交的党费", Sure.PROPOSED))
        if owed != total and (owed or words) and may_be_day(words.amount if words else self.row.text(name), months):
            doubts.append((f"“{said}”可以是金额，也可以是 {months[0]} 月的一天，是金额请勾选", Sure.ASKED))
        if beside := re.search(r"[(（]([^)）]*[含补欠预代][^)）]*)[)）]", self.row.column(name)):
            doubts.append((f"表头写着“{beside[1]}”，金额是不是这个月的，请核对", Sure.ASKED))
        if (self.dues.year, months[-1]) > (self.register.today.year, self.register.today.month):
            doubts.append((f"{months[-1]} 月还没有到，按提前交纳记入，请核对", Sure.PROPOSED))
        for why, sure in doubts:
            if self.take(name, Reading(said, total, sure, why), shown=yuan(total)) is None:
                return None
        return total

    def _may_be_of_a_year(self, month: int, member: int, basis: DuesBasis | None, owed: int | None) -> bool:
        """Whether an amount under 应交 that says no month is too much for one, beside the base or by itself."""
        if owed is None or self.row.text(f"owed{month}") or "月" in self.row.column("owed"):
            return False
        usual = self._by_base(month, member, basis)
        return owed >= 6 * usual if usual else owed > MONTHLY_FEN

    def _by_base(self, month: int, member: int, basis: DuesBasis | None) -> int | None:
        """What is owed for a month by the base of the row, else of the ledger; None where there is none."""
        held = basis or self.dues.basis(member, month)
        assessed = assess(held, self.dues.rulebook) if held else None
        return assessed.owed_fen if assessed else None

    def _owed_for(self, month: int, member: int, basis: DuesBasis | None, owed: int | None) -> int | None:
        """What is owed for a month: by the column beside it, the column of the year, the base."""
        if self.row.text(f"owed{month}"):
            try:
                return read_amount(self.row.cells.get(f"owed{month}")).value
            except ValueError:
                return None
        if owed is not None:
            return owed
        return self._by_base(month, member, basis)

    def _paid_on(self, name: str, month: int, amount: str) -> date | None:
        """On which day it was paid, by a column or beside the amount; 5日 is of the month that it was paid for."""
        cell = self.row.cells.get(name)
        if cell is None and (words := paid_cell(self.row.text(amount))):
            name, cell = amount, words.day
        if re.fullmatch(r"\d{1,2}[日号]", packed(self.row.text(name))):
            cell = f"{month}月{packed(self.row.text(name))}"
        span = Span(date(self.dues.year - 1, 1, 1), self.register.today, self.dues.year)
        try:
            told = read_partial_day(cell, span)
        except ValueError as error:
            self.wrong(name, str(error))
            return None
        if told is None:
            return None
        day: PartialDate | None = self.take(name, told)
        return day.first if day and day.exact else None

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
