"""报表打印: what is printed, the very PDF as preview, print and export."""

from __future__ import annotations

from ui.kit.page import Page
from ui.pages.reports.page import ReportsPage
from ui.session import Session


def make(session: Session) -> Page:
    """The page for a session."""
    return ReportsPage(session)
