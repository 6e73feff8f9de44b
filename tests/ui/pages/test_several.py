"""Several rows at once: what is selected together is named beside the list, printed, copied, exported, changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication

from app.exchange.raw import read_book
from app.people.members import Placement
from app.people.posts import in_force
from app.reports.forms import print_form
from app.ways import ToPaper
from app.work.tasks import Task
from tests.app.reports.test_reports import text_of
from tests.ui.acting import ledger_of, told
from ui.kit.table import Table


def select(table: Table, *rows: int) -> None:
    kind = QItemSelectionModel.SelectionFlag
    for number, row in enumerate(rows):
        how = kind.Select if number else kind.ClearAndSelect
        table.selectionModel().setCurrentIndex(table.model().index(row, 0), how | kind.Rows)


@pytest.fixture
def going(workspace):
    gone: list[object] = []
    workspace.session.going.disconnect()
    workspace.session.going.connect(gone.append)
    return gone


def test_selected_members_are_named_and_one_alone_is_read_again(page) -> None:
    members = page("members")
    select(members.table, 0, 2, 3)
    assert members.several.isVisibleTo(members)
    names = [members.table.rows_model.rows[row].member.name for row in (0, 2, 3)]
    assert members.several.head.text() == "选了 3 人"
    assert members.several.named.text() == "、".join(names)
    select(members.table, 1)
    assert not members.several.isVisibleTo(members)


def test_the_group_of_several_members_is_changed_as_one_action(workspace, page) -> None:
    ledger = ledger_of(workspace)
    members = page("members")
    select(members.table, 0, 1, 2)
    people = [person.member.id for person in members.several.rows]
    before = ledger[Placement].all()
    group = in_force(workspace.session.ledger_of_year().groups, workspace.session.reference_day())[-1]
    members.several.since.setText("2026-03-01")
    members.several.group.setCurrentIndex(members.several.group.findData(group.id))
    members.several.save_group()
    placed = [fact for fact in ledger[Placement].all() if str(fact.since) == "2026-03-01"]
    assert {(fact.member, fact.group) for fact in placed} >= {(person, group.id) for person in people}
    assert "3 人" in told(workspace)
    workspace.session.step(back=True)
    assert ledger[Placement].all() == before


def test_without_a_day_no_group_is_changed(workspace, page) -> None:
    members = page("members")
    select(members.table, 0, 1)
    before = ledger_of(workspace)[Placement].all()
    members.several.since.setText("")
    members.attempt(members.several.save_group)
    assert "请先填好从哪天起" in members.bar.text
    assert ledger_of(workspace)[Placement].all() == before


def test_names_are_copied_for_a_notice(page) -> None:
    members = page("members")
    select(members.table, 0, 1)
    members.several._copy_names(members.several.rows)
    assert QGuiApplication.clipboard().text() == members.several.named.text()


def test_selected_rows_are_exported_as_the_list_shows_them(page, tmp_path) -> None:
    members = page("members")
    select(members.table, 1, 2)
    members.several.write(tmp_path / "选中.xlsx")
    head, *rows = read_book(tmp_path / "选中.xlsx")[0].grid
    assert head[0] == "姓名"
    assert [row[0] for row in rows] == [person.member.name for person in members.several.rows]


def test_files_records_and_talks_of_several_go_to_one_paper(page, going) -> None:
    members = page("members")
    select(members.table, 0, 1)
    ids = [person.member.id for person in members.several.rows]
    members.several._print(members.several.rows)
    assert going[-1] == ToPaper("person_year", ids[0], (ids[1],))
    meetings = page("meetings")
    select(meetings.table, 0, 1, 2)
    meetings._print_several(meetings.several.rows)
    paper = going[-1]
    days = {m.meeting.id: m.meeting.held_on for m in meetings.several.rows}
    assert paper.form == "minutes"
    assert [days[one] for one in (paper.about, *paper.others)] == sorted(days.values())
    talks = page("talks")
    select(talks.table, 0, 1)
    talks._print_several(talks.several.rows)
    assert going[-1].form == "talks" and len(going[-1].others) == 1


def test_the_preview_shows_all_of_them_on_pages_of_their_own(workspace, page) -> None:
    session = workspace.session
    ledger = session.ledger_of_year()
    first, second = (m.meeting for m in ledger.minutes[:2])
    reports = page(ToPaper("minutes", first.id, (second.id,)))
    wanted = reports.contents.wanted()
    assert wanted.title(session.year) == "会议记录 2 份"
    printed = print_form(ledger, "minutes", first.id, session.today(), (second.id,))
    alone = [print_form(ledger, "minutes", one.id, session.today()) for one in (first, second)]
    assert printed.pages == sum(one.pages for one in alone)
    text = text_of(printed.data)
    assert first.subject in text and second.subject in text


def test_rows_of_every_register_can_be_taken_together(workspace, page) -> None:
    ledger = ledger_of(workspace)
    if len(ledger[Task].all()) < 2:
        for title in ("甲事", "乙事"):
            ledger[Task].save(Task(title=title))
    tasks = page("tasks")
    select(tasks.table, 0, 1)
    assert tasks._several.isVisibleTo(tasks)
    select(tasks.table, 0)
    assert not tasks._several.isVisibleTo(tasks)


def test_what_is_being_typed_stays_when_rows_are_selected(page) -> None:
    members = page("members")
    members._edit(members.table.current().member)
    select(members.table, 0, 1)
    assert members._stack.currentWidget() is members.form
    assert members.form.isVisibleTo(members)
