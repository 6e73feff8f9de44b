"""Records that say more than anybody would: long names, addresses and file names are never cut at an edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from app.branch.groups import Group
from app.development.steps import Applicant
from app.life.meetings import Meeting
from app.life.talks import Talk
from app.people.members import Member
from app.record import Record
from app.work.rectifications import Rectification
from app.work.special_registers import RegisterColumn, RegisterRow
from app.work.superior_documents import SuperiorDocument
from app.work.tasks import Task
from tests.ui.pages.test_fits import cut, hidden_at_the_right, small_window
from ui.house.workspace import Workspace
from ui.kit.page import Page
from ui.kit.table import Table
from ui.pages.branch.page import BranchPage

NAME = "阿卜杜热合曼·买买提艾力"
SAID = "没有空格也没有标点的一句话一直写到这里http://example.invalid/a_very_long_address_without_spaces"
LONG: dict[type[Record], dict[str, str]] = {
    Member: {"name": NAME, "education": SAID, "address": SAID, "native_place": SAID, "note": SAID},
    Applicant: {"name": NAME},
    Group: {"name": SAID[:40]},
    Meeting: {"subject": SAID, "place": SAID, "host": SAID[:30], "content": SAID},
    Talk: {"content": SAID, "place": SAID, "opinion": SAID},
    Task: {"task": SAID, "source": SAID},
    Rectification: {"problem": SAID, "measure": SAID},
    RegisterColumn: {"label": SAID[:40]},
    RegisterRow: {"title": SAID},
    SuperiorDocument: {"title": SAID, "issuer": SAID},
}


CODES = ("members", "develop", "branch", "meetings", "talks", "tasks", "special_registers", "superior_documents")


def say_much(workspace: Workspace) -> None:
    ledger = workspace.session.ledger
    with ledger.transaction():
        for kind, words in LONG.items():
            for number, record in enumerate(ledger[kind].all()[:12]):
                named = {name: f"{word}{number}" for name, word in words.items() if hasattr(record, name)}
                ledger[kind].save(replace(record, **named))


def shown(workspace: Workspace) -> Iterator[Page]:
    """The pages with what is selected in their lists."""
    for code in (
        "members",
        "develop",
        "branch",
        "meetings",
        "talks",
        "tasks",
        "special_registers",
        "superior_documents",
    ):
        workspace.show_page(code)
        page = workspace.page
        if isinstance(page, BranchPage):
            yield page
            continue
        for table in page.findChildren(Table):
            if table.isVisible() and table.rows_model.rows:
                table.selectRow(0)
                yield page
                table.opened.emit(table.current())
                break
        yield page


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_that_a_record_says_makes_a_page_wider_than_its_window(desk, workspace, qtbot, percent: int) -> None:
    say_much(workspace)
    workspace = small_window(desk, percent)
    for page in shown(workspace):
        QApplication.processEvents()
        qtbot.waitUntil(lambda page=page: hidden_at_the_right(desk) == [] and cut(page) == [], timeout=3000)
        assert desk.window.width() == 1366
        for table in page.findChildren(Table):
            assert not table.isVisible() or table.horizontalScrollBar().maximum() == 0
