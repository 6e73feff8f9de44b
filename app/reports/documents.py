"""Papers to the superior and for the wall, set as documents (GB/T 9704-2012); what the records do not know is blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportlab.platypus import Indenter, KeepTogether, Spacer

from app.dates import PartialDate, chinese
from app.printing import style as s
from app.printing.text import Text, balanced
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from datetime import date

    from reportlab.platypus import Flowable

BLANK_DAY = "　　　　年　　月　　日"
BLANK = "　　　"
DATE_RIGHT = 4 * 16
SIGNED = replace(s.DOCUMENT_PLAIN, align="right")


def superior_of(ledger: YearLedger) -> str:
    """To whom a paper goes; room for the name where it is not known."""
    return ledger.branch.superior or BLANK * 2


def day_or_blank(day: date | PartialDate | None) -> str:
    """A day as documents write it, no more than is known; room for one where nothing is."""
    if day is None:
        return BLANK_DAY
    return day.chinese() if isinstance(day, PartialDate) else chinese(day)


def document(
    title: str, to: str, body: Sequence[str | Flowable], sender: str, day: str, number: str = ""
) -> list[Flowable]:
    """A document: title two lines below the top, addressee, body; the sender centred above the date.

    The date stands four characters from the right, where the seal goes. Both stay with the last paragraph.
    """
    parts = [Text(part, s.DOCUMENT_BODY) if isinstance(part, str) else part for part in body]
    return [
        Spacer(1, s.DOCUMENT_LEADING),
        Text(balanced(title, s.DOCUMENT_TITLE, s.DOCUMENT_WIDTH), s.DOCUMENT_TITLE),
        *([Text(number, s.DOCUMENT_CENTER)] if number else []),
        Spacer(1, s.DOCUMENT_LEADING / 2),
        *([Text(f"{to}：", s.DOCUMENT_PLAIN)] if to else []),
        *parts[:-1],
        KeepTogether(
            [
                *parts[-1:],
                Spacer(1, s.DOCUMENT_LEADING),
                *_signed(sender, _right_of(sender, day)),
                *_signed(day, DATE_RIGHT),
            ]
        ),
    ]


def _signed(text: str, right: float) -> list[Flowable]:
    return [Indenter(0, right), Text(text, SIGNED), Indenter(0, -right)]


def _right_of(sender: str, day: str) -> float:
    """How far the sender keeps from the right, so that its middle is that of the date."""
    width = SIGNED.chain.width
    return max(0.0, DATE_RIGHT + (width(day, SIGNED.size) - width(sender, SIGNED.size)) / 2)
