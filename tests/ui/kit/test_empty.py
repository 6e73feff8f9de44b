"""An empty page says what belongs there, gives an example and leads to the first one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from app.branch.branch import found_branch
from ui.house.ways import ToView
from ui.kit.empty import Empty
from ui.record.form import RecordForm

EMPTY_PAGES = {
    "members": "新增党员",
    "meetings": "记一次会议",
    "talks": "记一次谈话",
    "develop": "新增申请人",
    "tasks": "新登记",
    "registers": "新登记",
    "study": "新登记",
    "appraisal": "新登记",
    "dues": "新增党员",
    "superior_documents": "从文件读取",
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


VIEWS = {
    "registers": ("transfers", "circumstances", "dispositions", "honours", "care", "birthdays"),
    "talks": ("log", "people", "must"),
    "study": ("hours", "study", "repository"),
    "tasks": ("tasks", "rectifications", "follow_ups", "inspections", "papers"),
    "appraisal": ("findings", "tallies", "appraisals"),
    "dues": ("month", "bases", "money", "entries"),
    "meetings": ("list", "plan"),
    "develop": ("",),
    "superior_documents": ("",),
}


@pytest.mark.parametrize(("code", "view"), [(code, view) for code, views in VIEWS.items() for view in views])
def test_no_empty_form_stands_beside_an_empty_list(empty_workspace, code: str, view: str) -> None:
    empty_workspace.go(ToView(code, view))
    page = empty_workspace.page
    assert not [form for form in page.findChildren(RecordForm) if form.isVisible()]


@pytest.mark.parametrize("code", ["registers", "talks"])
def test_a_first_record_that_is_begun_has_its_form_until_it_is_left(empty_workspace, code: str) -> None:
    empty_workspace.show_page(code)
    page = empty_workspace.page
    (shown,) = [part for part in page.findChildren(Empty) if part.isVisible()]
    shown.buttons[0].click()
    (form,) = [form for form in page.findChildren(RecordForm) if form.isVisible()]
    form.leave()
    assert not form.isVisible()


def test_a_new_ledger_begins_with_its_roster(empty_workspace) -> None:
    empty_workspace.show_page("home")
    page = empty_workspace.page
    (bring,) = [made for made in page.findChildren(QPushButton) if made.text() == "导入名册" and made.isVisible()]
    bring.click()
    assert empty_workspace.page.importing.code == "members"
