"""Of which year what a register of dues says is: by a row, by the headings of its months, by its title; else asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from app.exchange.mending import Mending
from app.exchange.months import month_of, months_listed, year_over, years_told
from app.exchange.reading import Reading, Sure
from app.exchange.sheet import Row, RowFault
from app.exchange.words import packed

Y = TypeVar("Y", int, tuple[int, int])
AUTUMN = 9
"""A register over the turn of the year goes on in January after this month or a later one."""
_MONTH = re.compile(r"(m|on|owed)(\d{1,2})")
"""The fields of one month each: what was paid, on which day, what was owed."""


@dataclass
class DuesYears:
    """The years of the tables of a register; what is asked of a table stands at its first row."""

    today: date
    mending: Mending
    faults: list[RowFault]
    tables: dict[str, int | tuple[int, int] | None] = field(default_factory=dict[str, "int | tuple[int, int] | None"])

    def parts(self, row: Row) -> Iterator[tuple[int, Row]]:
        """A row with its year; once for each year where its months are of two. Nothing while the year is asked."""
        year = _told_by_row(row)
        told = {name: found.year for name in row.cells if (found := month_of(row.headings.get(name, "")))}
        years = sorted({one for one in told.values() if one})
        if year is None and len(years) > 1 and None not in told.values():
            for one in years:
                yield one, _only(row, {name for name, own in told.items() if own == one})
            return
        if year is None:
            if row.title not in self.tables:
                self.tables[row.title] = self._of_table(row, years, whole=None not in told.values())
            year = self.tables[row.title]
        if isinstance(year, int):
            yield year, row
        elif year is not None:
            before = _before_the_turn(row)
            yield year[0], _only(row, before)
            yield year[1], _only(row, {name for name in row.cells if _MONTH.fullmatch(name)} - before)

    def _of_table(self, row: Row, headed: list[int], *, whole: bool) -> int | tuple[int, int] | None:
        """The year of the table that a row begins, or the two that it goes over; None while it is asked.

        `headed` are the years that the headings of months name; where not all do, the title says its own.
        """
        answer = self.mending.edits.get((row.key, "year"), "").strip()
        if re.fullmatch(r"(19|20)\d\d", answer):
            return int(answer)
        if two := re.fullmatch(r"((?:19|20)\d\d)\D((?:19|20)\d\d)", answer):
            return int(two[1]), int(two[2])
        titled = years_told(row.title)
        years = sorted({*headed, *titled}) if headed and not whole else headed or titled
        above = years_told(row.title.partition("\n")[2])
        if _before_the_turn(row):
            return self._over_the_turn(row, above if len(above) == 2 else years)
        if len(years) == 1 and years[0] <= self.today.year:
            return years[0]
        if len(years) == 1:
            why = f"{years[0]} 年还没有到，是提前交纳的党费请勾选"
            return self._asked(row, years, years[0], why, (self.today.year,))
        if not years:
            why = "表里和文件名里都没有写年份，请看是不是今年的党费"
            return self._asked(row, (), self.today.year, why, (self.today.year - 1,))
        proposed = above[0] if len(above) == 1 else years[-1]
        why = f"表上写着 {'、'.join(map(str, years))} 年，分不清是哪一年的党费"
        return self._asked(row, years, proposed, why, [one for one in years if one != proposed])

    def _over_the_turn(self, row: Row, years: list[int]) -> int | tuple[int, int] | None:
        """The two years of months that begin anew: read where just these two are told, else asked."""
        if len(years) == 2 and years[1] == years[0] + 1:
            return years[0], years[1]
        first = years[0] if len(years) == 1 and years[0] < self.today.year else self.today.year - 1
        why = f"12 月后面又是 1 月，像是 {first} 年到 {first + 1} 年的；都是一年的，请填上那一年"
        return self._asked(row, years, (first, first + 1), why, years)

    def _asked(self, row: Row, said: Sequence[int], proposed: Y, why: str, others: Sequence[int]) -> Y | None:
        """What is proposed where somebody accepted it; else it is asked at the row."""
        if self.mending.accepts(row.key, "year"):
            return proposed
        shown = "-".join(map(str, proposed)) if isinstance(proposed, tuple) else str(proposed)
        asked = Reading("、".join(map(str, said)), shown, Sure.ASKED, why, tuple(map(str, others)))
        self.faults.append(replace(row.doubt("year", asked), column="年份"))
        return None


def _told_by_row(row: Row) -> int | None:
    """The year that a row tells: in a column of its own, beside its month (2026年1月), in the line over it."""
    if (own := re.fullmatch(r"((?:19|20)\d\d)年?度?", packed(row.text("year")))) is not None:
        return int(own[1])
    said = packed(row.text("month"))
    told, found = months_listed(said), re.match(r"((?:19|20)\d\d)(?:年|[-./])", said)
    if told and told[0][0]:
        return told[0][0]
    return int(found[1]) if found else year_over(row.banner)


def _before_the_turn(row: Row) -> set[str]:
    """The fields of the months before January comes again, from the left; empty where the months only go on."""
    before: set[str] = set()
    months = [(name, found) for name in row.cells if (found := _MONTH.fullmatch(name))]
    for role in ("m", "on", "owed"):  # what was owed for every month may stand before what was paid for the first
        named = [(name, int(found[2])) for name, found in months if found[1] == role]
        # From autumn to a month of spring; months that only stand the other way round are of one year.
        turns = [at for at in range(1, len(named)) if named[at][1] < named[at - 1][1] and named[at - 1][1] >= AUTUMN]
        before |= {name for name, _ in named[: turns[0]]} if len(turns) == 1 else set()
    return before


def _only(row: Row, months: set[str]) -> Row:
    """A row without the months of another year."""
    cells = {name: cell for name, cell in row.cells.items() if name in months or not _MONTH.fullmatch(name)}
    return replace(row, cells=cells, across=tuple(names for names in row.across if set(names) <= cells.keys()))
