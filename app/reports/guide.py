"""程序使用手册: the guide as a book of its own, with the pages of the program as pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak, Image, NextPageTemplate, PageBreak, Spacer

from app import PROGRAM, VERSION
from app.guide import Section, sections
from app.printing import style as s
from app.printing.contents import contents_pages
from app.printing.pdf import Heading
from app.printing.text import Style, Text
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

PICTURE_WIDTH = s.FRAME_WIDTH
ROOM = 120
"""Points that a section needs to begin on a page."""
BODY = Style(s.BODY.face, 11.5, 20, "justify", indent=2, after=4)
ITEM = Style(s.BODY.face, 11.5, 20, "left", after=2)
MARKS = re.compile(r"\*\*|`")
NUMBERED = re.compile(r"(\d+)\. ")


def guide_story(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """A title page, the contents, and every section, those about a page of the program with its picture."""
    del ledger, record, today
    told = enumerate(sections(), 1)
    body = [flowable for number, section in told for flowable in _section(number, section)]
    return [
        Spacer(1, 200),
        Text(PROGRAM, s.COVER_TITLE),
        Text("使用手册", s.COVER_LINE),
        Spacer(1, 260),
        Text(f"版本 {VERSION}　打开程序按 F1 也能看", s.COVER_LINE),
        NextPageTemplate("upright"),
        PageBreak(),
        Text("目　录", s.CHAPTER),
        *contents_pages(body),
        *body,
    ]


def _section(number: int, section: Section) -> Iterator[Flowable]:
    title = Heading(section.title, s.SECTION, 0, f"guide{number}")
    first, *rest = list(_blocks(section.text))
    # A page of the program has a page of the book; what is about none goes on below.
    if section.picture is not None:
        yield from (PageBreak(), title, first, _picture(section))
    else:
        yield from (CondPageBreak(ROOM), title, first)
    yield from rest
    yield Spacer(1, 10)


def _picture(section: Section) -> Flowable:
    image = Image(str(section.picture))
    scale = PICTURE_WIDTH / image.imageWidth
    image.drawWidth, image.drawHeight = PICTURE_WIDTH, image.imageHeight * scale
    image.spaceAfter = 6
    return image


def _blocks(text: str) -> Iterator[Flowable]:
    """The paragraphs and the items of lists."""
    for line in (line for block in text.split("\n\n") for line in block.split("\n")):
        plain = MARKS.sub("", line).strip()
        if plain.startswith("- "):
            yield Text(f"· {plain[2:]}", ITEM)
        elif found := NUMBERED.match(plain):
            yield Text(f"{found[1]}. {plain[found.end() :]}", ITEM)
        elif plain:
            yield Text(plain, BODY)
