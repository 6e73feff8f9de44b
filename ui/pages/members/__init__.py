"""党员名册: the list as of the shown year, and the chosen person beside it."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.members.page import MembersPage


def make(session: Session) -> Page:
    """The page for a session."""
    return MembersPage(session)
