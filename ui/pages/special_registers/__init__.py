"""专项台账: registers that superiors ask for, as packs, and those of the branch's own."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.special_registers.page import SpecialRegistersPage


def make(session: Session) -> Page:
    """The page for a session."""
    return SpecialRegistersPage(session)
