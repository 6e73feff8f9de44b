"""发展党员: the board of the five stages, the list, and the way of one person."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.develop.page import DevelopPage


def make(session: Session) -> Page:
    """The page for a session."""
    return DevelopPage(session)
