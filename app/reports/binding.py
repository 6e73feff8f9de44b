"""How the chapters follow each other in the book: run on, on pages of their own, with leaves between the parts."""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak, PageBreak, Spacer
from reportlab.platypus import Flowable as _Flowable

from app.numerals import counted
from app.printing import style as s
from app.printing.pdf import Heading, upright_page, wide_page
from app.printing.text import Text
from app.reports.catalogue import USUAL, Binding
from app.reports.parts import NOTHING, Chapter
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

PARTS = {
    "branch": "支部概况",
    "minutes_general": "组织生活",
    "dues": "党费和党员管理",
    "rectifications": "工作落实",
    "chronicle": "汇总和签字",
}
"""The parts of the book, each by the chapter that begins it in the order of the printed ledger."""
BETWEEN = 26.0
"""Points between a short chapter and the one before it."""
ROOM = 150.0
"""Points that a short chapter needs to go on below another."""
MUCH = 0.55 * s.FRAME_HEIGHT
"""Points that another chapter needs to go on below a short one: a page has no short ones alone."""
FACES = {s.CHAPTER.face, s.SECTION.face}
"""Of titles."""
PART_TITLE = replace(s.COVER_TITLE, size=28, after=30)


class Recto(_Flowable):
    """What follows begins on the front of a leaf: a page that is a back stays empty."""

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Nothing on a front, all the room on a back."""
        return aW, aH if self.canv.getPageNumber() % 2 == 0 else 0.0

    def draw(self) -> None:
        """Nothing is drawn."""


def compose(ledger: YearLedger, today: date, chosen: Sequence[Chapter], binding: Binding = USUAL) -> list[Flowable]:
    """The chosen chapters in a row, each on a new page; those that only say that there was nothing run on."""
    story: list[Flowable] = []
    parts = _parts(chosen) if binding.dividers else {}
    short = wide = False
    for number, chapter in enumerate(chosen):
        made = chapter.make(ledger, today)
        if binding.minutes_apart:
            made = _apart(made)
        before, short = short, _says_nothing(made)
        if chapter.code in parts:
            story += [*(upright_page() if number else ()), *_leaf(parts, chapter.code, chosen)]
            story += [*(wide_page() if chapter.wide else [PageBreak()]), Recto()]
        elif number and (short or before) and wide is chapter.wide:
            story += [Spacer(1, BETWEEN), CondPageBreak(ROOM if short else MUCH)]
        elif number:
            story += wide_page() if chapter.wide else upright_page()
        wide = chapter.wide
        story += made
    return story


def _says_nothing(story: Sequence[Flowable]) -> bool:
    """Whether a chapter has titles and says that there was nothing, and no more."""
    return all(isinstance(item, Text) and (item.text == NOTHING or item.style.face in FACES) for item in story)


def _apart(story: Sequence[Flowable]) -> list[Flowable]:
    """Minutes each on a page of its own: what comes before the first stays above it."""
    found: list[Flowable] = []
    met = False
    for item in story:
        if isinstance(item, Heading) and item.key.startswith("meeting_"):
            if met:
                found.append(PageBreak())
            met = True
        found.append(item)
    return found


def _parts(chosen: Sequence[Chapter]) -> dict[str, str]:
    """The parts by the first of their chosen chapters."""
    found: dict[str, str] = {}
    for chapter, part in zip(chosen, _part_of(chosen), strict=True):
        if part not in found.values():
            found[chapter.code] = part
    return found


def _part_of(chosen: Sequence[Chapter]) -> list[str]:
    from app.reports.chapters import chapters

    part, of = "", dict[str, str]()
    for chapter in chapters():
        part = PARTS.get(chapter.code, part)
        of[chapter.code] = part
    return [of[chapter.code] for chapter in chosen]


def _leaf(parts: dict[str, str], code: str, chosen: Sequence[Chapter]) -> list[Flowable]:
    """The leaf before a part: its number, its name, and its chapters."""
    number = list(parts).index(code) + 1
    mine = [c.title for c, part in zip(chosen, _part_of(chosen), strict=True) if part == parts[code]]
    return [
        Recto(),
        Spacer(1, 210),
        Text(f"第{counted(number)}部分", s.COVER_LINE),
        Text(parts[code], PART_TITLE),
        *(Text(title, s.COVER_LINE) for title in mine),
    ]
