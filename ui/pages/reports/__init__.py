"""报表打印: what is printed, the very PDF as preview, print and export."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.reports.page import ReportsPage


def make(session: Session) -> Page:
    """The page for a session."""
    return ReportsPage(session)
