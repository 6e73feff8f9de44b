"""支部: the branch's own facts, its committee and groups, and its elections."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.branch.page import BranchPage


def make(session: Session) -> Page:
    """The page for a session."""
    return BranchPage(session)
