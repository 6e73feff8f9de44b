"""台账体检: what an inspector would find in the records, with the way to each and the word that it is known."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.health.page import HealthPage


def make(session: Session) -> Page:
    """The page for a session."""
    return HealthPage(session)
