"""What a person decided about a table before it comes in: where things are, what was mended, who is who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.exchange.headings import Layout

NEW_PERSON = 0


@dataclass(frozen=True)
class Mending:
    """Decisions about one file. Rows are told by their keys, which in a file with one table are their numbers.

    `edits` are the texts that were mended in place, `taken` the differences in which the sheet is right and `since`
    from which day, `accepted` the questions (row and field) whose proposal is right, `persons` who a row is
    (NEW_PERSON: nobody known; below it: the person of the row with that key), `left_out` the rows that are not to come
    in, `taken_rows` those that look like no rows and are, `sheets` the sheets to take where it is not the usual choice.
    `accept_all` answers every question as it is proposed.
    """

    layout: Layout | None = None
    edits: Mapping[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])
    taken: frozenset[tuple[int, str]] = frozenset()
    since: Mapping[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])
    accepted: frozenset[tuple[int, str]] = frozenset()
    persons: Mapping[int, int] = field(default_factory=dict[int, int])
    left_out: frozenset[int] = frozenset()
    taken_rows: frozenset[int] = frozenset()
    sheets: frozenset[int] | None = None
    accept_all: bool = False

    def accepts(self, row: int, field: str) -> bool:
        """Whether a question of a row is answered as it is proposed."""
        return self.accept_all or (row, field) in self.accepted

    def takes(self, row: int, field: str) -> bool:
        """Whether the sheet is right in a difference."""
        return self.accept_all or (row, field) in self.taken


AS_IT_IS = Mending()
