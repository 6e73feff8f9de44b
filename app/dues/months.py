"""党费收缴: whose base is what from when, what is owed for each month, what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from app.calendar import WorkCalendar
from app.dates import PartialDate, month_end
from app.dues.bases import Assessment, DuesBasis, assess
from app.dues.payments import Payment, receive
from app.errors import Refused
from app.money import yuan
from app.people.members import IN_BRANCH
from app.people.roster import Roster, as_of, by_member
from app.people.transfers import Direction, Transfer
from app.rules.rulebook import Rulebook
from app.store import Between, Reader, Store

BEFORE_RECORDS = "未用本台账记录"
"""What is said of a period that ended before the ledger's first day of records."""


class MonthDues(NamedTuple):
    """One cell of the month grid. `owed_fen` is None outside membership or while no base is known.

    `here` tells the two apart: whether the member pays at this branch for the month.
    """

    member: int
    month: int
    owed_fen: int | None
    paid_fen: int
    reason: str
    due_on: date
    here: bool = True
    before_records: bool = False
    """Whether the month ended before the ledger's first day of records: it is not asked for."""
    asked_fen: int | None = None
    """What the rates ask for the month, also where nothing is owed because the ledger begins later."""

    @property
    def settled(self) -> bool:
        """Whether nothing is open for the month."""
        return self.owed_fen is not None and self.paid_fen >= self.owed_fen


@dataclass(frozen=True)
class DuesYear:
    """The dues of a branch in one year: everything the grid, the charts and the print ask for."""

    year: int
    roster: Roster
    bases: tuple[DuesBasis, ...]
    payments: tuple[Payment, ...]
    rulebook: Rulebook
    dues_day: int
    calendar: WorkCalendar = WorkCalendar({})
    transfers: tuple[Transfer, ...] = ()
    records_since: date | None = None
    """The first day of records; months that ended before it are owed only as far as something was paid for them."""

    @cached_property
    def _bases(self) -> dict[int, list[DuesBasis]]:
        return by_member(self.bases)

    @cached_property
    def _paid(self) -> dict[tuple[int, int], int]:
        paid: dict[tuple[int, int], int] = {}
        for payment in self.payments:
            if payment.counted_fen and payment.month.year == self.year:
                key = (payment.member, payment.month.month)
                paid[key] = paid.get(key, 0) + payment.counted_fen
        return paid

    @cached_property
    def _transfers(self) -> dict[int, list[Transfer]]:
        grouped: dict[int, list[Transfer]] = {}
        for transfer in self.transfers:
            grouped.setdefault(transfer.member, []).append(transfer)
        return grouped

    @cached_property
    def due_days(self) -> tuple[date, ...]:
        """The 党费日 of each month; on a day off it is the next worked day."""
        return tuple(self.calendar.due_on(self.year, month, self.dues_day) for month in range(1, 13))

    def basis(self, member: int, month: int) -> DuesBasis | None:
        """The base and category that hold in a month."""
        return as_of(self._bases.get(member, ()), month_end(self.year, month))

    def standing_basis(self, member: int) -> DuesBasis | None:
        """The base that holds in the last month a member pays here, in December where there is none."""
        here = [cell.month for cell in self.rows.get(member, ()) if cell.here]
        return self.basis(member, here[-1] if here else 12)

    def latest_basis(self, member: int) -> DuesBasis | None:
        """The base and category that hold in the last month of the year for which any is known."""
        return next((basis for month in range(12, 0, -1) if (basis := self.basis(member, month))), None)

    def owes(self, member: int, month: int) -> bool:
        """Whether the member pays here for the month.

        From the month of the meeting that admitted (art. 8). Between two branches the letter decides: dues are paid
        at the old one through the month that it names, at the new one from the month after. Where no letter says
        anything, the old branch collects through the month before that of leaving.
        """
        asked = PartialDate(self.year, month)
        for transfer in self._transfers.get(member, ()):
            elsewhere = transfer.first_month_elsewhere
            if elsewhere is None:
                continue
            moved = PartialDate(transfer.moved_on.year, transfer.moved_on.month)
            between = min(elsewhere, moved) <= asked <= max(elsewhere, moved)
            if between:
                return (asked >= elsewhere) is (transfer.direction is Direction.IN)
        last = month_end(self.year, month)
        return self.roster.status(member, last) in IN_BRANCH

    def cell(self, member: int, month: int) -> MonthDues:
        """What is owed and paid for one member and month."""
        paid = self._paid.get((member, month), 0)
        due_on = self.due_days[month - 1]
        if not self.owes(member, month):
            return MonthDues(member, month, None, paid, "不在本支部", due_on, here=False)
        assessed = self._assessed(self.basis(member, month))
        if assessed is None:
            return MonthDues(member, month, None, paid, "还没有填党费基数", due_on, before_records=self.before(month))
        owed, reason = assessed.owed_fen, assessed.reason
        if self.before(month):
            told = f"{BEFORE_RECORDS}，按标准 {yuan(owed)} 元，交了的可以补记"
            here = paid > 0
            return MonthDues(member, month, owed if here else None, paid, told, due_on, True, True, owed)
        return MonthDues(member, month, owed, paid, reason, due_on, asked_fen=owed)

    def before(self, month: int) -> bool:
        """Whether a month ended before the ledger's first day of records."""
        return self.records_since is not None and month_end(self.year, month) < self.records_since

    @cached_property
    def _assessments(self) -> dict[int, Assessment | None]:
        return {}

    def _assessed(self, basis: DuesBasis | None) -> Assessment | None:
        if basis is None:
            return None
        if basis.id not in self._assessments or not basis.id:
            self._assessments[basis.id] = assess(basis, self.rulebook)
        return self._assessments[basis.id]

    @cached_property
    def rows(self) -> dict[int, tuple[MonthDues, ...]]:
        """The month grid: for everyone who belonged to the branch in the year, twelve cells."""
        people = self.roster.ever_in(date(self.year, 1, 1), date(self.year, 12, 31))
        grid = {person.id: tuple(self.cell(person.id, month) for month in range(1, 13)) for person in people}
        # One whose membership only moves in the year, or whose letter lets no month be paid here, has no row.
        moved = {transfer.member for transfer in self.transfers}
        return {id: row for id, row in grid.items() if id not in moved or any(c.here or c.paid_fen for c in row)}

    def as_of(self, day: date) -> DuesYear:
        """The year as it stood at the end of a day: what was paid later is not in it; undated payments stay."""
        paid = tuple(payment for payment in self.payments if payment.paid_on is None or payment.paid_on <= day)
        return self if len(paid) == len(self.payments) else replace(self, payments=paid)

    def arrears(self, member: int, today: date) -> int:
        """Completed months of the year that are owed and not settled; the current month is not over yet."""
        return sum(
            1
            for cell in self.rows.get(member, ())
            if cell.owed_fen
            and not cell.settled
            and not cell.before_records
            and month_end(self.year, cell.month) < today
        )

    def totals(self, month: int) -> tuple[int, int]:
        """Owed and paid of a month over everyone, in 分."""
        cells = [row[month - 1] for row in self.rows.values()]
        return sum(cell.owed_fen or 0 for cell in cells), sum(cell.paid_fen for cell in cells)


def load_dues(
    store: Reader,
    year: int,
    roster: Roster,
    rulebook: Rulebook,
    dues_day: int,
    calendar: WorkCalendar = WorkCalendar({}),  # noqa: B008  an empty, frozen value
    transfers: tuple[Transfer, ...] = (),
    records_since: date | None = None,
) -> DuesYear:
    """The dues of one year of an open ledger."""
    span = Between(PartialDate(year, 1), PartialDate(year, 12))
    payments = tuple(store[Payment].all(month=span))
    bases = tuple(store[DuesBasis].all())
    return DuesYear(year, roster, bases, payments, rulebook, dues_day, calendar, transfers, records_since)


def receive_month(
    store: Store, dues: DuesYear, month: int, today: date, members: Sequence[int] | None = None
) -> list[Payment]:
    """Record what is still open for a month as paid today, for everyone or the given members."""
    chosen = dues.rows if members is None else members
    cells = [dues.rows[member][month - 1] for member in chosen]
    batch = [
        Payment(
            member=cell.member,
            month=PartialDate(dues.year, month),
            amount_fen=cell.asked_fen - cell.paid_fen,
            paid_on=today,
        )
        for cell in cells
        if cell.asked_fen and cell.paid_fen < cell.asked_fen
    ]
    return receive(store, batch, dues.roster, today) if batch else []


def receive_quarter(store: Store, dues: DuesYear, member: int, quarter: int, today: date) -> list[Payment]:
    """Record what is open of the three months of a quarter as paid together today; quarters count from 1."""
    cells = [dues.rows[member][month - 1] for month in range(3 * quarter - 2, 3 * quarter + 1)]
    batch = [
        Payment(
            member=member,
            month=PartialDate(dues.year, cell.month),
            amount_fen=cell.asked_fen - cell.paid_fen,
            paid_on=today,
            method="季交",
        )
        for cell in cells
        if cell.asked_fen and cell.paid_fen < cell.asked_fen
    ]
    if not batch:
        raise Refused(f"第{'一二三四'[quarter - 1]}季度没有要交的党费。")
    return receive(store, batch, dues.roster, today)
