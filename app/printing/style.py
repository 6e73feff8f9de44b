"""The page and the styles of the printed ledger; lengths in points (1/72 inch)."""

from __future__ import annotations

from dataclasses import replace

from app.printing.faces import FANG, HEI, KAI, KAITI, SANS, SANS_BOLD, SERIF, XIAOBIAOSONG
from app.printing.text import Style

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
# GB/T 9704 asks for 37 mm above and 28 mm at the binding edge; a register may be calmer.
LEFT, RIGHT, TOP, BOTTOM = 26 * MM, 20 * MM, 25 * MM, 22 * MM
FRAME_WIDTH = PAGE_WIDTH - LEFT - RIGHT
FRAME_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

COVER_TITLE = Style(SANS_BOLD, 30, 44, "center")
COVER_LINE = Style(KAI, 16, 30, "center")
CHAPTER = Style(SANS_BOLD, 18, 28, "left", after=10, keep_with_next=True)
FORM_TITLE = Style(SANS_BOLD, 16, 26, "center", after=4)
SECTION = Style(SANS_BOLD, 13, 22, "left", before=10, after=4, keep_with_next=True)
MINUTE = Style(SANS_BOLD, 12, 20, "left", before=12, after=3, keep_with_next=True)
BODY = Style(SERIF, 11, 19, "justify", indent=2)
PLAIN = replace(BODY, indent=0)
GUIDE = replace(BODY, size=12, leading=24, after=6)
SIGN = Style(SERIF, 10.5, 30, "left")
NOTE = Style(KAI, 10.5, 17, "left", after=4)
CELL = Style(SERIF, 9.5, 14, "justify")
CELL_CENTER = replace(CELL, align="center")
CELL_RIGHT = replace(CELL, align="right")
SMALL = Style(SERIF, 7.5, 11, "center")
SMALL_RIGHT = replace(SMALL, align="right")
HEAD = Style(SANS_BOLD, 9, 13, "center")
HEAD_SMALL = Style(SANS_BOLD, 7.5, 11, "center")
LABEL = Style(SANS_BOLD, 9.5, 14, "center")
CONTENTS = Style(SERIF, 11, 19, "left")
CONTENTS_CHAPTER = Style(SANS_BOLD, 11, 19, "left")
FOOTER = Style(SERIF, 9, 12, "left", color="#333333")
CHART_LABEL = Style(SANS, 7.5, 10, "center", color="#333333")
CHART_TITLE = Style(SANS_BOLD, 10.5, 15, "left")
CHART_COLORS = ("#1F5AA6", "#E69F00", "#12876F", "#CC79A7", "#8CC4EA", "#9C968E")

# A document by GB/T 9704: 28 characters of 16 pt in 156 mm, 22 lines in 225 mm. 28 × 16 pt are 158 mm: squeezed, not
# overflowing.
DOCUMENT_LEFT, DOCUMENT_TOP, DOCUMENT_WIDTH, DOCUMENT_HEIGHT = 28 * MM, 37 * MM, 156 * MM, 225 * MM
DOCUMENT_LEADING = DOCUMENT_HEIGHT / 22
DOCUMENT_SQUEEZE = DOCUMENT_WIDTH / 28 - 16
DOCUMENT_BODY = Style(FANG, 16, DOCUMENT_LEADING, "justify", indent=2, squeeze=DOCUMENT_SQUEEZE)
DOCUMENT_PLAIN = replace(DOCUMENT_BODY, indent=0)
DOCUMENT_CENTER = replace(DOCUMENT_BODY, indent=0, align="center")
DOCUMENT_FIRST = replace(DOCUMENT_BODY, face=HEI, keep_with_next=True)
DOCUMENT_SECOND = replace(DOCUMENT_BODY, face=KAITI, keep_with_next=True)
DOCUMENT_TITLE = Style(XIAOBIAOSONG, 22, 2 * DOCUMENT_LEADING, "center")
DOCUMENT_HEAD = Style(XIAOBIAOSONG, 36, 2 * DOCUMENT_LEADING, "center", color="#C00000")
DOCUMENT_NUMBER = Style(SERIF, 14, 18, "left")
