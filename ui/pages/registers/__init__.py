"""党员管理: transfers, circumstances, decisions, honours, care and birthdays of the members."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.registers.kinds import REGISTERS
from ui.record.registers_page import RegistersPage


class MembersRegistersPage(RegistersPage):
    """党员管理."""

    title = "党员管理"
    code = "registers"
    registers = REGISTERS


def make(session: Session) -> Page:
    """The page for a session."""
    return MembersRegistersPage(session)
