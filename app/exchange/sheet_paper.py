"""How a sheet of a workbook is printed: on paper that is large enough, as wide as a page, its head on every page."""

# pyright: strict, reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

A3, A4 = 8, 9
UPRIGHT, ACROSS = 90, 190
"""Widths of all columns, in characters of 11 points, that can still be read on A4 upright and across."""
MARGIN, ABOVE, BELOW = 0.5, 0.75, 0.7
"""Inches."""


def lay_on_paper(sheet: Any, title: str, widths: Sequence[float], rows: int) -> None:
    """Set up the print of a sheet with one head row and so many rows below it; widths are those of its columns."""
    total = sum(widths)
    sheet.set_paper(A4 if total <= ACROSS else A3)
    if total > UPRIGHT:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(rows, 1), max(len(widths) - 1, 0))
    sheet.center_horizontally()
    sheet.set_margins(MARGIN, MARGIN, ABOVE, BELOW)
    # An ampersand begins a code of the spreadsheet.
    sheet.set_header(f"&C&12 {title.replace('&', '&&')}")
    sheet.set_footer("&C第 &P 页　共 &N 页")
