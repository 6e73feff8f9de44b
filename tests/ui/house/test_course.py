"""新手十步: the course for a new clerk sees by itself what was done in the sample."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.backups import BackupReason
from app.development.steps import DevelopmentStep
from app.dues.payments import Payment
from app.guide import section_of
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import Meeting
from app.life.talks import Talk
from app.life.votes import Vote
from ui.house.course import STEPS
from ui.house.search import SearchDialog
from ui.house.ways import page_of


@pytest.fixture
def bar(workspace):
    workspace.begin_course()
    return workspace.course


def done(workspace) -> list[str]:
    return workspace.session.preferences.course


def meet(workspace, **more) -> Meeting:
    ledger = workspace.session.ledger
    with ledger.transaction("记录会议"):
        return ledger[Meeting].save(Meeting(held_on=workspace.session.today(), subject="新会", **more))


def test_nothing_is_done_at_the_beginning(workspace, bar) -> None:
    assert done(workspace) == [] and bar.step is STEPS[0]
    assert "1/10" in bar.count.text() and len(STEPS) == 10


def test_each_step_leads_to_a_page_that_the_guide_tells_of(workspace) -> None:
    for step in STEPS:
        assert section_of(page_of(step.place)) is not None


def test_the_steps_are_seen_in_the_records_as_they_are_done(workspace, bar, monkeypatch, qtbot) -> None:
    session, ledger = workspace.session, workspace.session.ledger
    meeting = meet(workspace)
    assert done(workspace) == ["meeting"] and bar.step.code == "absence"
    with ledger.transaction("签到"):
        person = session.ledger_of_year().roster.members[0].id
        ledger[Attendance].save(Attendance(meeting=meeting.id, member=person, state=AttendanceState.PRESENT))
    assert bar.step.code == "absence", "somebody who was there is no absentee"
    with ledger.transaction("签到"):
        held = ledger[Attendance].all(meeting=meeting.id)[0]
        ledger[Attendance].save(
            Attendance(id=held.id, meeting=meeting.id, member=person, state=AttendanceState.ABSENT, reason="因病")
        )
        ledger[Vote].save(Vote(**{**vars(ledger[Vote].all()[0]), "id": 0, "meeting": meeting.id}))
    assert bar.step.code == "dues"
    with ledger.transaction("收党费"):
        paid = ledger[Payment].all()[0]
        ledger[Payment].save(Payment(**{**vars(paid), "id": 0}))
    with ledger.transaction("记录谈话"):
        ledger[Talk].save(Talk(talked_on=session.today(), talker=1, partner=2))
    assert bar.step.code == "develop"
    with ledger.transaction("登记步骤"):
        step = ledger[DevelopmentStep].all()[0]
        ledger[DevelopmentStep].save(DevelopmentStep(**{**vars(step), "note": "补充"}))
    assert bar.step.code == "search"
    workspace.search()
    dialog = workspace.findChildren(SearchDialog)[-1]
    dialog.edit.setText("报表")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert bar.step.code == "undo"
    session.step(back=True)
    assert bar.step.code == "backup"
    session.safekeeping.now(BackupReason.MANUAL)
    assert bar.step.code == "paper"
    session.did.emit("paper")
    assert bar.step is None and "都做好了" in bar.title.text()
    bar.begin()
    assert bar.step is STEPS[0] and done(workspace) == [], "once more from the beginning"


def test_a_finished_course_stays_finished_when_the_window_is_built_anew(workspace, bar, desk, qtbot) -> None:
    workspace.session.preferences.course = [step.code for step in STEPS]
    desk.change_look()
    qtbot.waitUntil(lambda: desk.workspace.course is not None)
    assert desk.workspace.course.step is None and "都做好了" in desk.workspace.course.title.text()


def test_what_was_done_stays_done_when_it_is_taken_back(workspace, bar) -> None:
    meet(workspace)
    workspace.session.step(back=True)
    assert "meeting" in done(workspace)


def test_the_button_leads_there_and_the_course_can_be_put_away(workspace, bar) -> None:
    bar.act.click()
    assert workspace.current_code == "meetings" and workspace.page.form is not None
    workspace.page.form.forget()
    bar.put_away()
    assert not bar.isVisible() and not workspace.session.preferences.course_shown
    workspace.show_page("help")
    workspace.session.course_wanted.emit()
    assert bar.isVisible()


def test_the_sample_begins_with_the_course_and_an_own_ledger_has_none(desk, qtbot, tmp_path, empty_file) -> None:
    desk.window.centralWidget().open_sample()
    qtbot.waitUntil(lambda: desk.workspace.course is not None and desk.workspace.course.isVisible())
    desk.put_away()
    path = tmp_path / "甲.zbtz"
    path.write_bytes(empty_file.read_bytes())
    desk.open(path)
    QApplication.processEvents()
    assert desk.workspace.course is None
