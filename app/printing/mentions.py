"""On which pages of a print names are said, found while the pages are drawn."""

# pyright: strict, reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.printing.text import Line


class Mentions:
    """The pages of each name, in order; a name within a longer one of the same list counts for the longer."""

    def __init__(self, names: Iterable[str]) -> None:
        longest = sorted({name for name in names if name}, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest))) if longest else None
        self.pages: dict[str, list[int]] = {}
        self.first = 1
        """The first page that is looked at."""

    def look(self, page: int, lines: Sequence[Line]) -> None:
        """Note the names in lines of one text, also where a name goes on in the next line."""
        if self._any is None or page < self.first:
            return
        said = "".join(piece.text for line in lines for piece in line.pieces)
        for name in self._any.findall(said):
            pages = self.pages.setdefault(name, [])
            if not pages or pages[-1] != page:
                pages.append(page)


def page_ranges(pages: Sequence[int]) -> str:
    """Pages as an index tells them: 3、5—7、9."""
    spans: list[list[int]] = []
    for page in pages:
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return "、".join(f"{first}" if first == last else f"{first}—{last}" for first, last in spans)
