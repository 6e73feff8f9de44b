"""上级文件: documents of superiors, read into work, and how far the branch is with each."""

from __future__ import annotations

from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.superior_documents.page import SuperiorDocumentsPage


def make(session: Session) -> Page:
    """The page for a session."""
    return SuperiorDocumentsPage(session)
