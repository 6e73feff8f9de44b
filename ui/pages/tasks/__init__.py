"""任务清单: tasks of plans, the rectification list, and what meetings left to do."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.tasks.kinds import REGISTERS
from ui.record.registers_page import RegistersPage


class TasksPage(RegistersPage):
    """任务清单."""

    title = "任务清单"
    code = "tasks"
    registers = REGISTERS


def make(session: Session) -> Page:
    """The page for a session."""
    return TasksPage(session)
