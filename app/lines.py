"""Texts as they are kept: line breaks of every program as one, and no character that a file cannot hold."""

from __future__ import annotations

import re

BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
"""Line breaks of other programs: of Word, of old Macs."""
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""


def with_lines(text: str) -> str:
    """A text whose line breaks are all alike, without characters that nothing can show."""
    return text if text.isprintable() else UNSEEN.sub("", BREAKS.sub("\n", text))


def cell_parts(text: str) -> list[str]:
    """A text in as many cells of a workbook as it needs, each but the last saying that it goes on below."""
    if len(text) <= LONGEST_CELL:
        return [text]
    told, again = "（下接下一行）", "（续）"
    room = LONGEST_CELL - len(told) - len(again)
    parts = [text[start : start + room] for start in range(0, len(text), room)]
    first, *rest = parts
    begun = [first, *(again + part for part in rest)]
    return [part + told for part in begun[:-1]] + begun[-1:]


def around(text: str, words: str, before: int = 14, after: int = 46) -> str:
    """The part of a text around the first place where words occur, on one line; empty where they do not.

    `before` and `after` are characters; what is left out is told by dots. Latin letters may be large or small.
    """
    plain = " ".join(text.split())
    at = plain.casefold().find(" ".join(words.split()).casefold())
    if at < 0 or not words.strip():
        return ""
    first, last = max(0, at - before), at + len(words) + after
    return ("…" if first else "") + plain[first:last] + ("…" if last < len(plain) else "")
