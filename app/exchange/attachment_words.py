"""What stands in an attached document or table, as one text."""

from __future__ import annotations

import re
from pathlib import PurePath

from app.apart import read_apart
from app.attachment_texts import TABLES
from app.documents.text import text_of_bytes
from app.errors import AppError
from app.exchange.raw import text_of, workbook

BETWEEN = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef])\\s+(?=[\u3000-\u9fff\uff00-\uffef])")
MOST = 400_000
"""Characters that are kept of one file."""


def words_of(name: str, raw: bytes) -> str:
    """The words of a file; empty where there are none or it cannot be read. It is read in a process of its own."""
    try:
        told = _table(name, raw) if PurePath(name).suffix.lower() in TABLES else text_of_bytes(name, raw)
    except AppError:
        return ""
    # A line of a page ends where the paper does, in the middle of a word too.
    return BETWEEN.sub("", told)[:MOST]


def _table(name: str, raw: bytes) -> str:
    sheets = read_apart(workbook, name, raw, name=name)
    rows = [[text for cell in row if (text := text_of(cell))] for sheet in sheets for row in sheet.grid]
    return "；".join("，".join(row) for row in rows if row)
