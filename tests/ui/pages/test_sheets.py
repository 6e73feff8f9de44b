"""Sheets: many records typed at once like a spreadsheet, checked beside the cells, saved as one action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.dates import PartialDate
from app.dues.bases import DuesBasis
from app.life.attendance import Attendance, AttendanceState
from app.life.elections import Candidate, Election, save_election
from app.life.meetings import FinalMinutes
from app.life.study import OwnStudy, StudyForm
from app.people.appraisals import Appraisal, AppraisalTally, Grade
from app.people.members import Member
from app.sample.year import Plan
from tests.ui.acting import told
from tests.ui.conftest import TODAY
from ui.house.ways import ToDraft, ToView

KEYS = {
    "\n": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "\t": (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    " ": (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
    "→": (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
    "⇑": (Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier),
    "▮": (Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier),
    "⤓": (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier),
    "⟲": (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    "✓": (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier),
    "⎋": (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    "⎘": (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
}
"""Keys that are no letters, each written as one sign."""


def press(keys: str) -> int:
    """Press keys where the focus is; how many."""
    for sign in keys:
        QApplication.processEvents()
        focus = QApplication.focusWidget()
        assert focus is not None
        if sign in KEYS:
            QTest.keyClick(focus, *KEYS[sign])
        elif sign.isascii():
            QTest.keyClicks(focus, sign)
        else:
            compose(focus, sign)
    return len(keys)


def compose(widget: QWidget, text: str) -> None:
    """Type with an input method."""
    composed = QInputMethodEvent("", [])
    composed.setCommitString(text)
    QCoreApplication.sendEvent(widget, composed)


def begin(page, workspace, view: str):
    """The sheet of a view, with the cursor in its first cell that is typed."""
    shown = page("sheets", view).sheet
    QTest.qWaitForWindowActive(workspace.window())
    shown.grid.setFocus()
    return shown


def at(sheet, row: int, column: str) -> None:
    """Go to a cell."""
    names = [item.name for item in sheet.grid.grid.columns]
    sheet.grid.setCurrentIndex(sheet.grid.grid.index(row, names.index(column)))
    sheet.grid.setFocus()


def copied(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def actions(workspace) -> int:
    return workspace.session.ledger.history.head()[0]


def test_thirty_people_are_appraised_with_a_hundred_and_fifty_keys(
    desk, tmp_path: Path, sample_file: Callable[[Plan, Path], Path]
) -> None:
    desk.open(sample_file(Plan(1, 31, 4, TODAY), tmp_path / "三十人.zbtz"))
    workspace = desk.workspace
    ledger = workspace.session.ledger
    with ledger.transaction("清空"):
        for kind in (AppraisalTally, Appraisal):
            ledger[kind].remove_all(year=2026)
    workspace.go(ToView("sheets", "ballots"))
    sheet = workspace.page.sheet
    QTest.qWaitForWindowActive(desk.window)
    people = len(sheet.grid.grid.rows)
    assert people == 30
    before = actions(workspace)
    sheet.head.editors["ballots"].setFocus()
    pressed = press("28\n")
    pressed += press("18\n" * people)
    pressed += press("⇑→▮ ")  # what is left of the ballots, for all at once
    at(sheet, 0, "grade")
    pressed += press("1" * 8 + "2" * 21)
    pressed += press("✓")
    tallies = ledger[AppraisalTally].all(year=2026)
    assert not sheet.dirty, (sheet.bar.text, sheet.grid.typed())
    assert {(t.excellent, t.qualified, t.ballots) for t in tallies} == {(18, 10, 28)}
    assert len(tallies) == 30
    grades = [grade.grade for grade in ledger[Appraisal].all(year=2026)]
    assert (grades.count(Grade.EXCELLENT), grades.count(Grade.QUALIFIED)) == (8, 21)
    assert pressed <= 150
    assert actions(workspace) == before + 1
    workspace.session.step(back=True)
    assert not ledger[AppraisalTally].all(year=2026)


def test_a_sum_over_the_ballots_is_told_beside_the_row_and_not_saved(page, workspace) -> None:
    sheet = begin(page, workspace, "ballots")
    sheet.head.editors["ballots"].setText("20")
    at(sheet, 0, "excellent")
    press("19\n✓")
    first = sheet.grid.grid.texts(0)
    assert "收回测评票 20 张" in sheet.bar.text
    assert first["name"] in sheet.bar.text
    assert sheet.grid.grid.text(0, sheet.grid.grid.columns[5]).endswith("）")
    assert sheet.dirty


def test_a_grade_of_the_probationary_is_doubted(page, workspace) -> None:
    sheet = begin(page, workspace, "ballots")
    rows = len(sheet.grid.grid.rows)
    at(sheet, rows - 1, "grade")
    assert sheet.grid.grid.texts(rows - 1)["note"] == "参加评议，不评定等次"
    press("2")
    assert any("预备党员" in problem.text for problem in sheet.grid.grid.problems.values())


def test_emptied_counts_take_the_tally_away(page, workspace) -> None:
    ledger = workspace.session.ledger
    known = ledger[AppraisalTally].all(year=2026)[0]
    sheet = begin(page, workspace, "ballots")
    row = next(n for n, item in enumerate(sheet.grid.grid.rows) if item.key == known.member)
    for name in ("excellent", "qualified", "barely", "unqualified", "own_grade"):
        at(sheet, row, name)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    press("✓")
    assert not ledger[AppraisalTally].all(year=2026, member=known.member)


def test_ctrl_z_takes_back_typing_and_never_what_was_saved_before(page, workspace) -> None:
    before = actions(workspace)
    sheet = begin(page, workspace, "ballots")
    at(sheet, 6, "excellent")
    press("5\n6\n")
    press("⟲")
    assert sheet.grid.grid.texts(6)["excellent"] == "5"
    press("⟲⟲⟲⟲")
    assert not sheet.dirty
    assert actions(workspace) == before


def test_what_is_composed_with_an_input_method_goes_into_the_cell(page, workspace) -> None:
    sheet = begin(page, workspace, "particulars/person")
    at(sheet, 0, "native_place")
    compose(sheet.grid, "湖北武汉")
    press("\n✓")
    kept = workspace.session.ledger[Member].get(sheet.grid.grid.rows[0].key)
    assert kept.native_place == "湖北武汉"


def test_a_wrong_date_is_told_in_its_cell_and_nothing_is_saved(page, workspace) -> None:
    ledger = workspace.session.ledger
    sheet = begin(page, workspace, "particulars/person")
    keys = [row.key for row in sheet.grid.grid.rows[:2]]
    was = [ledger[Member].get(key) for key in keys]
    at(sheet, 0, "native_place")
    press("\n")
    sheet.grid.put({(0, "native_place"): "湖北", (1, "birth"): "十三月"})
    assert (1, "birth") in sheet.grid.grid.problems
    assert not sheet.save()
    assert "出生日期" in sheet.bar.text
    assert [ledger[Member].get(key) for key in keys] == was
    assert sheet.grid.grid.texts(0)["native_place"] == "湖北"


def test_a_number_of_identity_proposes_birth_and_sex_and_stores_neither(page, workspace) -> None:
    sheet = begin(page, workspace, "particulars/person")
    key = sheet.grid.grid.rows[0].key
    sheet.grid.put({(0, "birth"): "", (0, "sex"): ""})
    birth = next(column for column in sheet.grid.grid.columns if column.name == "birth")
    assert birth.offer(sheet.grid.grid.texts(0)) != ""
    assert sheet.save()
    assert workspace.session.ledger[Member].get(key).birth is None
    at(sheet, 0, "birth")
    press(" ✓")
    assert workspace.session.ledger[Member].get(key).birth is not None


def test_bases_are_carried_over_by_the_space_bar_and_one_is_changed(page, workspace) -> None:
    ledger = workspace.session.ledger
    sheet = begin(page, workspace, "bases")
    people = len(sheet.grid.grid.rows)
    at(sheet, 0, "category")
    press("▮ ")
    at(sheet, 0, "base_fen")
    press("▮ ")
    at(sheet, 0, "base_fen")
    press("8000.50\n✓")
    assert not sheet.dirty
    kept = [basis for basis in ledger[DuesBasis].all() if basis.since == PartialDate(2026, 1)]
    assert len(kept) == people
    assert next(b for b in kept if b.member == sheet.grid.grid.rows[0].key).base_fen == 800050
    assert f"已核定 {people}/{people} 人" in workspace.page.head_facts.text()


def test_a_base_without_its_category_is_asked_for(page, workspace) -> None:
    sheet = begin(page, workspace, "bases")
    at(sheet, 0, "base_fen")
    press("5000\n✓")
    assert "请填党费类别" in sheet.bar.text
    assert sheet.dirty


def test_a_training_of_many_is_entered_at_once(page, workspace) -> None:
    sheet = begin(page, workspace, "study_hours")
    for name, text in (("studied_on", "7.1"), ("minutes", "2天"), ("title", "集中轮训")):
        sheet.head.editors[name].setText(text)
    at(sheet, 0, "minutes")
    press("▮ ")
    at(sheet, 1, "minutes")
    press("1天\n✓")
    kept = [s for s in workspace.session.ledger[OwnStudy].all() if s.title == "集中轮训"]
    assert len(kept) == len(sheet.grid.grid.rows)
    assert {s.minutes for s in kept} == {960, 480}
    assert {(s.studied_on, s.form) for s in kept} == {(date(2026, 7, 1), StudyForm.TRAINING)}
    assert "已保存" in told(workspace)


def test_a_roll_half_filled_is_not_saved(page, workspace) -> None:
    ledger = workspace.session.ledger
    minutes = next(m for m in workspace.session.ledger_of_year().minutes if m.meeting.held_on.month > 6)
    with ledger.transaction("清空"):
        ledger[FinalMinutes].remove_all(meeting=minutes.meeting.id)
        ledger[Attendance].remove_all(meeting=minutes.meeting.id)
    sheet = begin(page, workspace, "rolls/3")
    name = f"m{minutes.meeting.id}"
    expected = [
        n
        for n, row in enumerate(sheet.grid.grid.rows)
        if next(c for c in sheet.grid.grid.columns if c.name == name).offer(row.texts)
    ]
    at(sheet, expected[0], name)
    press("3")
    press("✓")
    assert "人没有填" in sheet.bar.text
    assert not ledger[Attendance].all(meeting=minutes.meeting.id)
    at(sheet, expected[0], name)
    press("▮ ✓")
    roll = ledger[Attendance].all(meeting=minutes.meeting.id)
    assert len(roll) == len(expected)
    absent = [row for row in roll if row.state is AttendanceState.ABSENT]
    assert [row.reason for row in absent] == ["因病"]


def test_a_final_roll_is_shut(page, workspace) -> None:
    ledger = workspace.session.ledger
    minutes = next(m for m in workspace.session.ledger_of_year().minutes if m.meeting.held_on.month > 6)
    ledger[FinalMinutes].save(FinalMinutes(meeting=minutes.meeting.id, version=1, finalised_on=TODAY, digest=""))
    sheet = begin(page, workspace, "rolls/3")
    column = next(c for c in sheet.grid.grid.columns if c.name == f"m{minutes.meeting.id}")
    assert not column.typed
    at(sheet, 0, column.name)
    press("2")
    assert not sheet.dirty


def test_votes_are_typed_against_the_valid_ballots(page, workspace) -> None:
    session = workspace.session
    people = session.ledger_of_year().roster.present(TODAY)[:3]
    election = Election(held_on=TODAY, seats=2, entitled=20, present=20, ballots_given=20, ballots_returned=20)
    wanted = [Candidate(election=0, member=person.id) for person in people]
    saved = save_election(session.ledger, election, wanted, session.ledger_of_year().rulebook)
    sheet = begin(page, workspace, f"votes/{saved.id}")
    press("15\n12\n6\n")
    press("⇑→▮ ✓")
    kept = session.ledger[Candidate].all(election=saved.id)
    assert [(item.in_favour, item.against) for item in kept] == [(15, 5), (12, 8), (6, 14)]
    assert "得票" in sheet.grid.grid.texts(2)["result"] or sheet.grid.grid.texts(0)["result"]


def test_a_block_is_pasted_by_names_and_what_has_no_place_is_told(page, workspace) -> None:
    sheet = begin(page, workspace, "ballots")
    names = [row.texts["name"] for row in sheet.grid.grid.rows]
    at(sheet, 0, "excellent")
    copied(f"{names[8]}\t7\t3\n{names[7]}\t6\t4\n没有的人\t1\t1\n")
    press("⎘")
    assert sheet.grid.grid.texts(8)["excellent"] == "7"
    assert sheet.grid.grid.texts(7)["qualified"] == "4"
    assert "没有的人" in sheet.bar.text
    press("⟲")
    assert not sheet.dirty


def test_one_copied_cell_fills_the_selection_and_ctrl_d_fills_down(page, workspace) -> None:
    sheet = begin(page, workspace, "ballots")
    at(sheet, 6, "excellent")
    press("9\n")
    grid = sheet.grid
    at(sheet, 6, "excellent")
    for _ in range(3):
        QTest.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press("⤓")
    assert [grid.grid.texts(n)["excellent"] for n in (6, 7, 8, 9)] == ["9"] * 4
    copied("4")
    press("⎘")
    assert [grid.grid.texts(n)["excellent"] for n in (6, 7, 8, 9)] == ["4"] * 4


def test_typed_cells_stay_as_a_draft_and_come_back(page, workspace) -> None:
    sheet = begin(page, workspace, "ballots")
    at(sheet, 6, "excellent")
    press("9\n")
    page("home")
    assert "草稿" in told(workspace)
    draft = workspace.session.drafts.all()[0]
    shown = page(ToDraft(draft.form, draft.content)).sheet
    assert shown.grid.grid.texts(6)["excellent"] == "9"
    assert shown.dirty
    assert shown.save()
    assert not workspace.session.drafts.all()


@pytest.mark.parametrize("view", ["ballots", "bases", "particulars/party", "rolls/1", "study_hours", "votes"])
def test_a_sheet_leads_back_to_the_page_it_is_of(page, workspace, view: str) -> None:
    sheet = begin(page, workspace, view)
    press("⎋")
    assert workspace.current_code == sheet.sheet.back.page


def test_a_row_changed_elsewhere_is_shown_before_it_is_saved_over(page, workspace) -> None:
    ledger = workspace.session.ledger
    sheet = begin(page, workspace, "particulars/reach")
    key = sheet.grid.grid.rows[0].key
    at(sheet, 0, "address")
    compose(sheet.grid, "示例路 1 号")
    press("\n")
    ledger[Member].save(Member(**{**vars(ledger[Member].get(key)), "phone": "13900000001"}))
    assert not sheet.save()
    assert "别处改过" in sheet.bar.text
    assert sheet.grid.grid.texts(0)["phone"] == "13900000001"
    assert sheet.save()
    kept = ledger[Member].get(key)
    assert (kept.phone, kept.address) == ("13900000001", "示例路 1 号")
