"""What one row of a register of dues says was paid: by months, by spans of them, in one column beside its month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.dates import PartialDate
from app.dues.bases import DuesBasis, assess
from app.dues.months import DuesYear
from app.dues.payments import Payment, PaymentKind
from app.exchange.days import Span, read_partial_day
from app.exchange.dues_cells import FREED, PaidCell, is_unpaid, may_be_day, months_paid, paid_cell
from app.exchange.months import is_span, month_of, months_named, months_of
from app.exchange.reading import NOTHING, Reading, Sure, read_amount
from app.exchange.taking import Taking
from app.exchange.words import packed
from app.money import yuan

QUARTER = 3
MONTHLY_FEN = 10_000
"""More than this under 应交 may be what is owed for a year, where nothing else tells."""
LARGE_FEN = 100_000
"""More is hardly the dues of one month: they are capped at this, and more is a large payment (中组发〔2017〕)."""


@dataclass
class PaymentTaking(Taking):
    """One row of a register of a year while it is read, on a day."""

    dues: DuesYear
    today: date

    def amount(self, name: str, said: str | None = None) -> int | None:
        """An amount in 分 of a column, or of what is said in a part of it; None when empty or not to be read."""
        if packed(self.row.text(name)) in NOTHING:
            return None
        told = self.read_money(name, said)
        return self.take(name, told, shown=yuan(told.value or 0)) if told else None

    def payments(self, member: int, basis: DuesBasis | None, owed: int | None) -> list[Payment]:
        """What the row says was paid, a payment for each month; what is `owed` a month stands in for a tick."""
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
            try:
                told = months_paid(packed(self.row.text("month")))
            except ValueError as error:
                self.wrong("month", str(error))
                return {}
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
        if due[0] and set(due) == {due[0]} and total % due[0] == 0:
            split = split.doubt(f"正好是 {total // due[0]} 个月的，少交或预交了哪几个月请分开填", Sure.ASKED)
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
        total = self.amount(name, words.amount if words else None)
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
        if (self.dues.year, months[-1]) > (self.today.year, self.today.month):
            doubts.append((f"{months[-1]} 月还没有到，按提前交纳记入，请核对", Sure.PROPOSED))
        for why, sure in doubts:
            if self.take(name, Reading(said, total, sure, why), shown=yuan(total)) is None:
                return None
        return total

    def _may_be_of_a_year(self, month: int, member: int, basis: DuesBasis | None, owed: int | None) -> bool:
        """Whether an amount under 应交 that says no month is too much for one, beside the base or by itself."""
        if owed is None or self.row.text(f"owed{month}") or "月" in self.row.column("owed"):
            return False
        usual = self.by_base(month, member, basis)
        return owed >= 6 * usual if usual else owed > MONTHLY_FEN

    def by_base(self, month: int, member: int, basis: DuesBasis | None) -> int | None:
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
        return self.by_base(month, member, basis)

    def _paid_on(self, name: str, month: int, amount: str) -> date | None:
        """On which day it was paid, by a column or beside the amount; 5日 is of the month that it was paid for."""
        cell = self.row.cells.get(name)
        if cell is None and (words := paid_cell(self.row.text(amount))):
            name, cell = amount, words.day
        if re.fullmatch(r"\d{1,2}[日号]", packed(self.row.text(name))):
            cell = f"{month}月{packed(self.row.text(name))}"
        span = Span(date(self.dues.year - 1, 1, 1), self.today, self.dues.year)
        try:
            told = read_partial_day(cell, span)
        except ValueError as error:
            self.wrong(name, str(error))
            return None
        if told is None:
            return None
        day: PartialDate | None = self.take(name, told)
        return day.first if day and day.exact else None
