"""Where to go, as a value: to a record, a new one, a list, a paper. Which page shows it is not said here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.record import Record


@dataclass(frozen=True)
class ToRecord:
    """To one record."""

    kind: type[Record]
    id: int


@dataclass(frozen=True)
class ToNew:
    """To the form of a new record that begins with some values; `within` are the days, inclusive, it is to lie in."""

    kind: type[Record]
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    within: tuple[date, date] | None = None

    def __hash__(self) -> int:
        return hash((self.kind, tuple(self.values), self.within))


@dataclass(frozen=True)
class ToList:
    """To the list of a kind, of those with these numbers alone where some are given; `words` say which those are."""

    kind: type[Record]
    ids: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class ToPaper:
    """To a form to be printed, by its code, and the number of the record it is about; 0 where it is about the year."""

    form: str
    about: int = 0
    others: tuple[int, ...] = ()
    """Further records of the kind it is about, each on pages of its own."""

    @classmethod
    def of_all(cls, form: str, records: Sequence[int]) -> ToPaper:
        """To one paper about several records, in this order."""
        return cls(form, records[0], tuple(records[1:]))


Way = ToRecord | ToNew | ToList | ToPaper
