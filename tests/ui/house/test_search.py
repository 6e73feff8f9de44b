"""Search reaches every record that a page shows, also by the words of its parts."""

from __future__ import annotations

from app.life.meetings import AgendaItem, Meeting
from app.ways import ToRecord
from app.work.special_registers import RegisterCell, RegisterRow
from app.work.superior_documents import DocumentItem, SuperiorDocument
from app.work.tasks import Task
from ui.house.search import find


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
