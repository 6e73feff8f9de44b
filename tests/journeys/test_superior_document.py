"""A superior's plan of nineteen items from paste to printed answer, by keyboard: taken in, worked on, answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.life.meetings import Meeting
from app.rules.local_rules import LocalRule
from app.ways import ToNew, ToRecord
from app.work.superior_documents import DocumentItem, DocumentWork, SuperiorDocument
from app.work.tasks import Task
from app.year.superior_documents import document_progress, meetings_naming
from tests.app.reports.test_reports import plain, text_of
from tests.journeys.keys import Keys
from tests.ui.conftest import TODAY

PLAN = Path(__file__).parents[3] / "shared/samples/plans/001_34df374f3fcc5a38.txt"
CONTROL = Qt.KeyboardModifier.ControlModifier


def take(keys: Keys, qtbot, text: str) -> None:
    """Find the page, and read a document that was copied."""
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type("上级文件")
    keys.press(Qt.Key.Key_Return)
    # A screen that is not real does not give the window its focus back.
    keys.window.activateWindow()
    qtbot.waitActive(keys.window)
    keys.press(Qt.Key.Key_N, CONTROL)
    QApplication.clipboard().setText(text)
    keys.press(Qt.Key.Key_V, CONTROL)
    keys.press(Qt.Key.Key_A, CONTROL)


def hold(workspace, keys: Keys, title: str, day: str) -> None:
    """A meeting that studies the document."""
    workspace.go(ToNew(Meeting, {"types": ()}))
    form = workspace.page.form
    form.chips.setFocus()
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("日期")
    keys.press(Qt.Key.Key_A, CONTROL)
    keys.type(day)
    keys.tab_to("主题")
    keys.type(f"学习《{title}》")
    keys.press(Qt.Key.Key_S, CONTROL)


@pytest.mark.skipif(not PLAN.is_file(), reason="the samples of documents are not here")
def test_a_plan_of_nineteen_items_is_taken_worked_on_and_answered(workspace, keys: Keys, qtbot, tmp_path: Path) -> None:
    session = workspace.session
    before = len(session.ledger[Task].all())
    take(keys, qtbot, PLAN.read_text("utf-8").replace("2021", "2026").replace("二〇二一", "二〇二六"))
    reading = workspace.page.reading
    assert reading.year.editor.text() == "2026"
    taken = len(reading.wanted.taken)
    # An item further down is not entered, and then is.
    keys.press(Qt.Key.Key_Down, times=3)
    keys.press(Qt.Key.Key_Space, times=2)
    keys.press(Qt.Key.Key_S, CONTROL)
    (document,) = [item for item in session.ledger[SuperiorDocument].all() if "湘科协党" in item.number + item.title]
    items = session.ledger[DocumentItem].all(document=document.id)
    assert len({item.number.partition("（")[0] for item in items if item.work is DocumentWork.TASK}) >= 19
    tasks, rules = session.ledger[Task].all()[before:], session.ledger[LocalRule].all()
    assert taken >= 19 and len(tasks) >= 19 and any(rule.superior for rule in rules)
    assert keys.strokes <= 40, keys.strokes

    for day in ("2026-05-06", "2026-06-03", "2026-07-01"):
        hold(workspace, keys, document.title, day)
        assert not workspace.page.form.isVisible() or not workspace.page.form.dirty
    assert len(meetings_naming(session.ledger_of_year(), document)) == 3

    for task in tasks[:2]:
        workspace.go(ToRecord(Task, task.id))
        form = workspace.page.form.form
        form.editors["percent"].setFocus()
        keys.press(Qt.Key.Key_A, CONTROL)
        keys.type("100")
        form.editors["evidence"].setFocus()
        keys.type("工作记录")
        form.editors["closed_on"].setFocus()
        keys.type("2026-07-15")
        keys.press(Qt.Key.Key_S, CONTROL)
    progress = document_progress(session.ledger_of_year(), document.id, TODAY)
    closed = {row.item.target for row in progress if row.state == "已销号" and row.item.work is DocumentWork.TASK}
    assert closed == {task.id for task in tasks[:2]}

    workspace.go(ToRecord(SuperiorDocument, document.id))
    keys.tab_to("打印")
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workspace.current_code == "reports" and workspace.page._printed is not None, timeout=30_000)
    text = plain(text_of(workspace.page._printed.data))
    assert "落实情况" in text and text.count("已销号") >= 2 and "工作记录" in text
