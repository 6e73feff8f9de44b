"""Papers to the superior and for the wall, set as documents (规定 §7); what the records do not know is blank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlab.platypus import Indenter, Spacer

from app.reports import style as s
from app.reports.text import Style, Text

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

BLANK_DAY = "　　　　年　　月　　日"
BLANK = "　　　"


def document(title: str, to: str, paragraphs: Sequence[str], sender: str, day: str) -> list[Flowable]:
    """A document: title two lines below the top, addressee, body, sender and date four characters from the right."""
    right = Style(s.DOCUMENT_PLAIN.face, 16, s.DOCUMENT_LEADING, "right", squeeze=s.DOCUMENT_SQUEEZE)
    return [
        Spacer(1, s.DOCUMENT_LEADING),
        Text(title, s.DOCUMENT_TITLE),
        Spacer(1, s.DOCUMENT_LEADING / 2),
        *([Text(f"{to}：", s.DOCUMENT_PLAIN)] if to else []),
        *(Text(text, s.DOCUMENT_BODY) for text in paragraphs),
        Spacer(1, s.DOCUMENT_LEADING),
        Indenter(0, 4 * 16),
        Text(sender, right),
        Text(day, right),
        Indenter(0, -4 * 16),
    ]
