"""What a person decided about a table before it comes in: where things are, what was mended, who is who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.exchange.sheet import Layout

NEW_PERSON = 0


@dataclass(frozen=True)
class Mending:
    """Decisions about one file. Rows are numbered as the spreadsheet shows them.

    `edits` are the texts that were mended in place, `taken` the differences in which the sheet is right, `persons` who
    a row is (NEW_PERSON: nobody known), `left_out` the rows that are not to come in.
    """

    layout: Layout | None = None
    edits: Mapping[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])
    taken: frozenset[tuple[int, str]] = frozenset()
    persons: Mapping[int, int] = field(default_factory=dict[int, int])
    left_out: frozenset[int] = frozenset()


AS_IT_IS = Mending()
