"""民主评议: the life meeting's findings, the ballots, and the grades with their cap."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.appraisal.kinds import REGISTERS
from ui.record.registers_page import RegistersPage


class AppraisalPage(RegistersPage):
    """民主评议."""

    title = "民主评议"
    code = "appraisal"
    registers = REGISTERS


def make(session: Session) -> Page:
    """The page for a session."""
    return AppraisalPage(session)
