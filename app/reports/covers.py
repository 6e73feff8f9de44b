"""封面: three to choose from, with the unit, the year and the volume."""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable as _Flowable
from reportlab.platypus import Spacer

from app.dates import chinese
from app.people.posts import secretary_on
from app.printing import style as s
from app.printing.text import Style, Text, draw_text, set_lines
from app.reports.catalogue import USUAL, Binding, Cover
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

TITLE = "党支部工作台账"
RED = "#B9242A"
BAND_TITLE = Style(s.COVER_TITLE.face, 34, 48, "center", color="#FFFFFF")
BAND_YEAR = Style(s.COVER_LINE.face, 18, 28, "center", color="#FFFFFF")
FRAME_TITLE = Style(s.COVER_TITLE.face, 36, 54, "center", color=RED)
UNIT = Style(s.COVER_TITLE.face, 20, 32, "center")


def cover(ledger: YearLedger, today: date, binding: Binding = USUAL) -> list[Flowable]:
    """封面, of the chosen kind."""
    branch = ledger.branch
    day = ledger.reference_day(today)
    held = secretary_on(ledger.posts, day)
    secretary = ledger.roster[held].name if held else ""
    sample = "示例台账，内容均为虚构" if branch.sample else ""
    if binding.cover is not Cover.PLAIN:
        below = [line for line in (branch.superior, f"党支部书记　{secretary}", chinese(day)) if line.strip("　")]
        return [_Drawn(binding.cover, branch.name, f"{ledger.year} 年度", binding.volume, below, sample)]
    lines = [f"支部名称：{branch.name}", f"上级党组织：{branch.superior}", f"党支部书记：{secretary}", "记录人："]
    volume = [Text(binding.volume, s.COVER_LINE)] if binding.volume else []
    return [
        Spacer(1, 130),
        Text(TITLE, s.COVER_TITLE),
        Text(f"（{ledger.year} 年度）", s.COVER_LINE),
        *volume,
        Spacer(1, 60),
        *([Text(sample, s.COVER_LINE)] if sample else []),
        Spacer(1, 90),
        *(Text(line, s.COVER_LINE) for line in lines),
        Spacer(1, 40),
        Text(chinese(day), s.COVER_LINE),
    ]


class _Drawn(_Flowable):
    """A cover that fills its page: a double frame, or a red band with the title on it."""

    def __init__(self, kind: Cover, unit: str, year: str, volume: str, below: list[str], sample: str) -> None:
        super().__init__()
        self.kind = kind
        self.unit = unit
        self.year = "　".join(part for part in (year, volume) if part)
        self.below = below
        self.sample = sample

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The whole page."""
        self.width, self.height = aW, aH - 1
        return aW, aH - 1

    def draw(self) -> None:
        """Draw frame or band, the title, the unit, and the lines below."""
        banded = self.kind is Cover.BAND
        middle, high = self.width / 2, self.height
        if banded:
            self.canv.setFillColor(RED)
            self.canv.rect(0, high - 300, self.width, 230, stroke=0, fill=1)
        else:
            self.canv.setStrokeColor(RED)
            for inset, line in ((0, 2.4), (6, 0.8)):
                self.canv.setLineWidth(line)
                self.canv.rect(inset, inset, self.width - 2 * inset, high - 2 * inset, stroke=1, fill=0)
        title, year = (BAND_TITLE, BAND_YEAR) if banded else (FRAME_TITLE, s.COVER_LINE)
        draw_text(self.canv, middle, high - 185, TITLE, title)
        draw_text(self.canv, middle, high - 240, self.year, year)
        if self.sample:
            draw_text(self.canv, middle, high - 330, self.sample, s.COVER_LINE)
        self._centred(self.unit, UNIT, 300)
        for number, text in enumerate(reversed(self.below)):
            draw_text(self.canv, middle, 70 + 32 * number, text, s.COVER_LINE)

    def _centred(self, text: str, style: Style, top: float) -> None:
        """A text that may be long, line by line."""
        for number, line in enumerate(set_lines(text, style, self.width - 60)):
            told = "".join(piece.text for piece in line.pieces)
            draw_text(self.canv, self.width / 2, top - style.leading * number, told, style)
