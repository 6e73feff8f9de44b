"""谈心谈话: talks, their coverage, and what must be followed by one."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.talks.page import TalksPage


def make(session: Session) -> Page:
    """The page for a session."""
    return TalksPage(session)
