"""党费收缴: the month grid, the standard of the chosen member beside it."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.dues.page import DuesPage


def make(session: Session) -> Page:
    """The page for a session."""
    return DuesPage(session)
