"""An empty page says what belongs there, gives an example and leads to the first one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from app.branch.branch import found_branch
from ui.kit.empty import Empty

EMPTY_PAGES = {
    "members": "新增党员",
    "meetings": "记一次会议",
    "talks": "记一次谈话",
    "develop": "新增申请人",
    "tasks": "新登记",
    "registers": "新登记",
}


@pytest.fixture
def empty_workspace(desk, tmp_path):
    """The window on a ledger in which nothing was recorded yet."""
    path = tmp_path / "新支部.zbtz"
    ledger = desk.vault.create(path)
    found_branch(ledger, "新建党支部")
    ledger.close()
    desk.open(path)
    return desk.workspace


@pytest.mark.parametrize("code", EMPTY_PAGES)
def test_an_empty_page_leads_to_its_first_record(empty_workspace, code: str) -> None:
    empty_workspace.show_page(code)
    (shown,) = [part for part in empty_workspace.page.findChildren(Empty) if part.isVisible()]
    assert "这里" in shown.text
    assert "例如" in shown._example.text()
    words = [made.text() for made in shown.findChildren(QPushButton) if made.isVisible()]
    assert EMPTY_PAGES[code] in words
