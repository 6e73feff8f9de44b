"""成表录入: the sheets in which many records are typed at once."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.sheets.page import SheetsPage


def make(session: Session) -> Page:
    """The page."""
    return SheetsPage(session)
