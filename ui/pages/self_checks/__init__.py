"""自查考核: checklists of superiors and of the branch's own, scored period by period beside what the records tell."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.self_checks.page import SelfChecksPage


def make(session: Session) -> Page:
    """The page for a session."""
    return SelfChecksPage(session)
