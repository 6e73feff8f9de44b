"""Search reaches every record that a page shows, also by the words of its parts."""

from __future__ import annotations

import io
import threading

import docx
import pytest
import xlsxwriter
from PySide6.QtCore import Qt

from app.attachments import Owner, attach
from app.life.meetings import AgendaItem, Meeting
from app.ways import ToRecord
from app.work.special_registers import RegisterCell, RegisterRow
from app.work.superior_documents import DocumentItem, SuperiorDocument
from app.work.tasks import Task
from ui.house.search import SearchDialog, find


def places(workspace, query: str) -> list[object]:
    return [hit.place for hit in find(workspace.session, query)]


def test_a_row_of_a_register_is_found_by_its_subject_and_by_a_cell(workspace) -> None:
    ledger = workspace.session.ledger
    row = ledger[RegisterRow].all()[0]
    assert ToRecord(RegisterRow, row.id) in places(workspace, row.title[:6])
    cell = ledger[RegisterCell].all()[0]
    assert ToRecord(RegisterRow, cell.row) in places(workspace, cell.text)


def test_a_superiors_document_is_found_by_its_number_and_its_items(workspace) -> None:
    ledger = workspace.session.ledger
    document = ledger[SuperiorDocument].all()[0]
    assert ToRecord(SuperiorDocument, document.id) in places(workspace, document.number)
    item = ledger[DocumentItem].all(document=document.id)[0]
    assert ToRecord(SuperiorDocument, document.id) in places(workspace, item.title[:8])


def test_tasks_and_what_was_said_to_an_item_are_found(workspace) -> None:
    ledger = workspace.session.ledger
    task = ledger[Task].all()[0]
    assert ToRecord(Task, task.id) in places(workspace, task.task[:6])
    item = next(item for item in ledger[AgendaItem].all() if len(item.text) > 6)
    assert ToRecord(Meeting, item.meeting) in places(workspace, item.text[:12])


def test_nothing_is_made_up(workspace) -> None:
    assert places(workspace, "这句话哪里也没有") == []


def attached(workspace, qtbot, name: str, data: bytes, document: bool = True) -> int:
    session = workspace.session
    owner = session.ledger[SuperiorDocument].all()[0].id if document else session.ledger[Meeting].all()[0].id
    attach(session.ledger, Owner.DOCUMENT if document else Owner.MEETING, owner, name, data, session.today())
    session.attached.begin()
    qtbot.waitUntil(lambda: session.attached.left == 0, timeout=20_000)
    return owner


def workbook(text: str) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_row(0, 0, ["网格员", text])
    return file.getvalue()


def word(text: str) -> bytes:
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("方案.docx", word("第三条　各支部要建立青山片区楼栋长联系制度。")),
        ("名单.xlsx", workbook("青山片区楼栋长联系制度")),
        ("通知.txt", "各支部：\n请落实青山片区\n楼栋长联系制度".encode("gb18030")),
        ("网页.html", "<p>落实青山片区<b>楼栋长</b>联系制度</p>".encode()),
    ],
)
def test_what_stands_in_an_attachment_is_found_with_its_line(workspace, qtbot, name: str, data: bytes) -> None:
    document = attached(workspace, qtbot, name, data)
    (hit,) = [hit for hit in find(workspace.session, "片区楼栋长") if hit.text.startswith("附件")]
    assert hit.place == ToRecord(SuperiorDocument, document)
    assert name in hit.text and "青山片区楼栋长联系制度" in hit.line


def test_a_picture_is_found_by_its_name_and_nothing_is_read_from_it(workspace, qtbot) -> None:
    meeting = attached(workspace, qtbot, "楼栋长合影.jpg", b"\xff\xd8\xff", document=False)
    assert ToRecord(Meeting, meeting) in places(workspace, "楼栋长合影")


def test_what_cannot_be_read_is_left_alone_and_not_tried_twice(workspace, qtbot) -> None:
    attached(workspace, qtbot, "坏的.docx", b"PK\x03\x04 broken")
    workspace.session.attached.begin()
    assert workspace.session.attached.left == 0
    assert places(workspace, "broken") == []


def test_the_words_go_with_the_attachment(workspace, qtbot) -> None:
    attached(workspace, qtbot, "方案.txt", "青山片区楼栋长联系制度".encode())
    workspace.session.step(back=True)
    assert [hit for hit in find(workspace.session, "片区楼栋长") if hit.text.startswith("附件")] == []
    workspace.session.step(back=False)
    workspace.session.attached.begin()
    qtbot.waitUntil(lambda: workspace.session.attached.left == 0, timeout=20_000)
    assert [hit for hit in find(workspace.session, "片区楼栋长") if hit.text.startswith("附件")] != []


def test_a_hit_shows_the_line_in_which_the_words_stand(workspace) -> None:
    item = max(workspace.session.ledger[AgendaItem].all(), key=lambda item: len(item.text))
    found = [hit for hit in find(workspace.session, item.text[2:10]) if hit.place == ToRecord(Meeting, item.meeting)]
    assert found and item.text[2:10] in found[0].line


def test_the_window_says_what_is_still_being_read_and_goes_to_what_was_found(workspace, qtbot) -> None:
    session = workspace.session
    document = session.ledger[SuperiorDocument].all()[0].id
    attach(session.ledger, Owner.DOCUMENT, document, "方案.txt", "青山片区楼栋长联系制度".encode(), session.today())
    others_work = threading.Event()
    session.tasks.start(others_work.wait, lambda _: None)
    workspace.search()
    dialog = workspace.findChildren(SearchDialog)[-1]
    dialog.edit.setText("楼栋长联系")
    assert "1 个附件正在读" in dialog.note.text()
    others_work.set()
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=20_000)
    assert "正在读" not in dialog.note.text()
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert workspace.current_code == "superior_documents"
