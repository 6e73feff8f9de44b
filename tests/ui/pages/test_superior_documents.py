"""上级文件 in the window: a document read, looked at, entered, and answered item by item."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from app.documents.plan import read_plan
from app.rules.local_rules import LocalRule
from app.ways import ToRecord
from app.work.superior_documents import DocumentItem, SuperiorDocument
from app.work.tasks import Task
from ui.house.ways import ToView
from ui.pages.superior_documents.reading import find_quote

TITLE = "某支部2026年工作安排"
TEXT = """某支部2026年工作安排
一、重点任务
1. 制定支部年度计划。9月底前完成。
2. 支部开展主题党日，每月1次。
3. 支部召开组织生活会，8月31日前召开。
"""


@pytest.fixture
def page(workspace):
    """The page while a document is read."""
    workspace.go(ToView("superior_documents", "read"))
    return workspace.page


def test_pasted_text_is_read_ticked_and_entered_in_one_action(page, workspace) -> None:
    reading, session = page.reading, workspace.session
    reading.read_typed()
    assert "还没有文字" in reading.bar.text
    reading.document.setPlainText(TEXT)
    reading.read_typed()
    assert reading.title.editor.text() == TITLE
    assert reading.take.accessibleName() == "记入 4 项" and not session.ledger[Task].all(source=TITLE)
    reading.wanted.table.selectRow(2)
    reading.wanted.toggle()
    assert reading.take.accessibleName() == "记入 3 项"
    reading.wanted.table.selectRow(0)
    assert reading.document.textCursor().blockNumber() == 2
    reading.wanted.text.editor.setPlainText("起草年度计划")
    reading.wanted.due.editor.setText("2026-09-20")
    reading.wanted._redate()
    reading.bring()
    task = session.ledger[Task].all(source=TITLE)[0]
    assert (task.task, task.due_on) == ("起草年度计划", date(2026, 9, 20))
    assert [rule.superior for rule in session.ledger[LocalRule].all()][-1:] == [True]
    shown = page.items.rows_model.rows
    assert [item.state for item in shown][2:3] == ["不涉及"] and page.documents.current().title in TEXT
    page.items.selectRow(0)
    page._open_current()
    assert workspace.current_code == "tasks"
    session.ledger.history.undo()
    assert not session.ledger[SuperiorDocument].all(title=TITLE)
    assert not session.ledger[DocumentItem].all(title="制定支部年度计划")


def test_a_year_that_the_document_does_not_say_is_asked_for(page) -> None:
    reading = page.reading
    reading.document.setPlainText(TEXT.replace("2026年", ""))
    reading.read_typed()
    assert "请填" in reading.year.fault
    assert not any(row.proposal.due_on for row in reading.wanted.table.rows_model.rows)
    reading.year.editor.setText("2026")
    reading._read_again()
    assert date(2026, 9, 30) in [row.proposal.due_on for row in reading.wanted.table.rows_model.rows]


def test_a_document_that_cannot_be_read_says_why_and_nothing_is_kept(page, workspace, tmp_path: Path, qtbot) -> None:
    old = tmp_path / "通知.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 100)
    page.reading.load(old)
    qtbot.waitUntil(lambda: bool(page.reading.bar.text))
    assert "另存为 .docx" in page.reading.bar.text
    page.reading.leave()
    assert len(workspace.session.ledger[SuperiorDocument].all()) == 1, "that of the sample alone"


def test_what_is_said_of_a_document_is_corrected_in_its_form(page, workspace) -> None:
    reading = page.reading
    reading.document.setPlainText(TEXT)
    reading.read_typed()
    reading.bring()
    (document,) = workspace.session.ledger[SuperiorDocument].all(title=TITLE)
    workspace.go(ToRecord(SuperiorDocument, document.id))
    page.form.form.editors["number"].setText("某党发〔2026〕1号")
    assert page.form.save()
    assert workspace.session.ledger[SuperiorDocument].get(document.id).number == "某党发〔2026〕1号"
    page.form.remove()
    assert not workspace.session.ledger[SuperiorDocument].all(title=TITLE)
    assert workspace.session.ledger[Task].all(source=TITLE), "what came from it stays"


def test_a_quotation_is_found_whatever_the_white_space() -> None:
    assert find_quote("甲 乙\n丙丁", "乙丙") == (2, 5)
    assert find_quote("甲乙", "丙") is None and find_quote("甲乙", " ") is None
    assert read_plan(TEXT).year == 2026


def test_reading_a_file_can_be_given_up_and_what_comes_later_is_not_shown(page, workspace, qtbot, tmp_path) -> None:
    plan = tmp_path / "要点.txt"
    plan.write_text("一、各支部每月开展一次主题党日。", "utf-8")
    held = threading.Event()
    workspace.session.tasks.start(held.wait, lambda _: None)
    page.reading.load(plan)
    assert not page.reading.cancel.isHidden() and "正在读" in page.reading.file.text()
    page.reading.cancel.click()
    held.set()
    qtbot.waitUntil(lambda: not workspace.session.tasks.busy)
    assert page.reading.file.text() == "已取消" and page.reading.document.toPlainText() == ""
    page.reading.load(plan)
    qtbot.waitUntil(lambda: "主题党日" in page.reading.document.toPlainText())
    assert page.reading.cancel.isHidden()
