"""设置: the look, tables in and out, the ledger file; the lists and holidays that the branch edits."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.settings.page import SettingsPage


def make(session: Session) -> Page:
    """The page for a session."""
    return SettingsPage(session)
