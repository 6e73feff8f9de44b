"""目录: the contents of a print on one spread; each page number is filled in when it is known."""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUntypedBaseClass=false
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, PageBreak

from app.printing import style as s
from app.printing.pdf import Entry, Heading
from app.printing.text import Style, draw_text


class ContentsPage(Flowable):
    """One page of the contents; each page number is a form, filled in when it is known."""

    ROWS, MOST_ROWS = 34, 48
    """Usual lines of a page, and as many as can still be read."""

    def __init__(self, entries: Sequence[Entry], rows: int = ROWS) -> None:
        super().__init__()
        self.entries = entries
        self._step = s.CONTENTS.leading * self.ROWS / max(rows, self.ROWS)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size at this width."""
        del aH
        self.width, self.height = aW, len(self.entries) * self._step
        return self.width, self.height

    def draw(self) -> None:
        """Draw titles and leaders, and a link over each line."""
        canvas: Any = self.canv
        for baseline, entry in self._lines():
            style = s.CONTENTS if entry.level else s.CONTENTS_CHAPTER
            left = 22.0 * entry.level
            title = _shortened(entry.title, style, self.width - left - 60)
            draw_text(canvas, left, baseline, title, style)
            begin = left + style.chain.width(title, style.size) + 6
            canvas.setStrokeColor("#999999")
            canvas.setLineWidth(0.6)
            canvas.setDash(1, 3)
            canvas.line(begin, baseline + 2, self.width - 30, baseline + 2)
            canvas.setDash()
            top = baseline + self._step - 5
            canvas.linkRect("", entry.key, (0, baseline - 5, self.width, top), relative=1, thickness=0)
            canvas.saveState()
            canvas.translate(self.width, baseline)
            canvas.doForm(entry.form)
            canvas.restoreState()
            canvas.contents.append(entry)

    def _lines(self) -> list[tuple[float, Entry]]:
        step = self._step
        return [(self.height - step * (row + 1) + 5, entry) for row, entry in enumerate(self.entries)]


def _shortened(title: str, style: Style, room: float) -> str:
    if style.chain.width(title, style.size) <= room:
        return title
    while title and style.chain.width(title + "…", style.size) > room:
        title = title[:-1]
    return title + "…"


def contents_pages(story: Sequence[Flowable]) -> list[Flowable]:
    """The contents of a story, known before it is laid out; only the page numbers come later.

    They have one spread, two facing pages: of very many entries there are the chapters alone.
    """
    entries = [Entry(item.text, item.level, item.key) for item in story if isinstance(item, Heading) and item.listed]
    if len(entries) >= 2 * ContentsPage.MOST_ROWS:
        entries = [entry for entry in entries if not entry.level]
    most = max(ContentsPage.ROWS, -(-len(entries) // 2) + 1 if len(entries) > 2 * ContentsPage.ROWS else 0)
    pages: list[Flowable] = []
    while entries:
        rows = most
        if len(entries) > rows and entries[rows - 1].level < entries[rows].level:
            rows -= 1  # a chapter goes over with its first entry
        pages += [ContentsPage(entries[:rows], most), PageBreak()]
        entries = entries[rows:]
    return pages
