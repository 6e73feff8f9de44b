"""党员名册: the list as of the shown year, and the chosen person beside it."""

from __future__ import annotations

from ui.kit.page import Page
from ui.pages.members.page import MembersPage
from ui.session import Session


def make(session: Session) -> Page:
    """The page for a session."""
    return MembersPage(session)
