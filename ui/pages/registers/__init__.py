"""党员管理: transfers, circumstances, decisions, honours, care and grades of the members."""

from __future__ import annotations

from ui.kit.page import Page
from ui.pages.registers.page import RegistersPage
from ui.session import Session


def make(session: Session) -> Page:
    """The page for a session."""
    return RegistersPage(session)
