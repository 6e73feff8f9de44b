"""会议活动: the year's list, the record beside it, and the form."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.meetings.page import MeetingsPage


def make(session: Session) -> Page:
    """The page for a session."""
    return MeetingsPage(session)
