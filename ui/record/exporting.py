"""A list written as a workbook where the user says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from ui.house.session import Session
from ui.kit.basic import button
from ui.kit.files import ask_workbook, dated
from ui.kit.page import Page


def export_button(page: Page, session: Session, code: str) -> QPushButton:
    """A button that exports the list of a page."""
    return button("导出表格", lambda: ask_and_write(page, session, code), icon="arrow_download")


def ask_and_write(page: Page, session: Session, code: str) -> None:
    """Ask where, then write the list."""
    from app.exchange.lists import list_titles

    start = session.path.parent / (dated(session.year, list_titles()[code]) + ".xlsx")
    if path := ask_workbook(page, "导出表格", start):
        write_list(page, session, code, path)


def write_list(page: Page, session: Session, code: str, path: Path) -> None:
    """Write the list of the shown year."""
    from app.exchange.lists import export_list
    from ui.kit.files import write_bytes

    if page.attempt(lambda: write_bytes(path, export_list(session.ledger_of_year(), code, session.today()))):
        session.say(f"已导出 {path.name}")
