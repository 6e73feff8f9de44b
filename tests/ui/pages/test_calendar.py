"""The calendar: what lies on which day, plans moved to another, the next four weeks on the first screen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.checks.diary import DiaryKind, diary
from app.checks.reminders import reminders
from app.life.plans import PlannedEvent
from app.rules.meeting_types import MeetingType
from tests.ui.acting import told
from tests.ui.conftest import TODAY
from ui.house.ways import ToView
from ui.kit.month import FORMAT


@pytest.fixture
def event(workspace) -> PlannedEvent:
    """A theme day planned for 23 July."""
    made = PlannedEvent(planned_on=date(2026, 7, 23), type=MeetingType.THEME_DAY, subject="参观展览")
    return workspace.session.ledger[PlannedEvent].save(made)


def chip(page, text: str) -> QPushButton:
    return next(made for made in page.findChildren(QPushButton) if made.accessibleName().endswith(text))


def test_the_diary_has_every_kind_on_its_day_and_nothing_twice(workspace, event) -> None:
    session = workspace.session
    ledger = session.ledger_of_year()
    matters = reminders(ledger, session.duties(), TODAY)
    found = diary(ledger, matters, TODAY, date(2026, 7, 1), date(2026, 7, 31))
    assert {entry.kind for entry in found} == set(DiaryKind)
    assert [entry.day for entry in found] == sorted(entry.day for entry in found)
    assert all(date(2026, 7, 1) <= entry.day <= date(2026, 7, 31) for entry in found)
    assert [entry.day for entry in found if entry.text == "参观展览"] == [event.planned_on]
    held = [minutes.meeting.held_on for minutes in ledger.minutes if minutes.meeting.held_on.month == 7]
    assert [entry.day for entry in found if entry.kind is DiaryKind.HELD] == held
    dues = [entry.day for entry in found if entry.kind is DiaryKind.DUES]
    assert dues == [ledger.dues.due_days[6]]


def test_a_plan_is_moved_by_alt_and_an_arrow_and_undone(workspace, page, event) -> None:
    shown = page("calendar")
    made = chip(shown, "参观展览")
    assert made.accessibleName() == "7月23日 参观展览"
    QTest.keyClick(made, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    kept = workspace.session.ledger[PlannedEvent].get(event.id)
    assert kept.planned_on == event.planned_on + timedelta(days=7)
    assert "已移到 7月30日" in told(workspace)
    workspace.session.step(back=True)
    assert workspace.session.ledger[PlannedEvent].get(event.id).planned_on == event.planned_on


def test_a_plan_is_dropped_on_another_day(workspace, page, event) -> None:
    shown = page("calendar")
    cell = next(cell for cell in shown.sheet._days if cell.day == date(2026, 7, 28))
    content = QMimeData()
    content.setData(FORMAT, str(event.id).encode())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    cell.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.MoveAction, content, buttons, keys))
    assert workspace.session.ledger[PlannedEvent].get(event.id).planned_on == date(2026, 7, 28)


def test_what_was_held_cannot_be_moved(workspace, page) -> None:
    shown = page("calendar")
    before = workspace.session.ledger.history.head()
    meeting = next(m for m in workspace.session.ledger_of_year().minutes if m.meeting.held_on.month == 7)
    QTest.keyClick(chip(shown, meeting.title), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert workspace.session.ledger.history.head() == before


def test_the_months_go_on_over_the_turn_of_the_year(workspace, page) -> None:
    shown = page("calendar", "1")
    shown._turn(-1)
    assert (workspace.session.year, shown._title.text()) == (2025, "2025 年 12 月")
    shown._turn(1)
    assert (workspace.session.year, shown._title.text()) == (2026, "2026 年 1 月")
    shown._to_today()
    assert shown._title.text() == "2026 年 7 月"


def test_the_first_screen_has_the_next_four_weeks_and_leads_to_their_month(workspace, page, event) -> None:
    home = page("home")
    weeks = [home._weeks.itemAt(number).widget() for number in range(home._weeks.count())]
    assert [week.accessibleName().split("　")[0] for week in weeks] == ["本周", "下周", "7.27—8.2", "8.3—8.9"]
    assert "7.23 参观展览" in weeks[1].accessibleName()
    weeks[3].click()
    assert workspace.current_code == "calendar"
    assert workspace.page._title.text() == "2026 年 8 月"


def test_a_click_on_a_plan_leads_to_it(workspace, page, event) -> None:
    chip(page("calendar"), "参观展览").click()
    assert workspace.current_code == "meetings"
    assert workspace.page.plan.form.record.id == event.id
    workspace.go(ToView("calendar"))
    workspace.page.primary()
    assert workspace.page.plan.form.form.editors["planned_on"].text() == str(TODAY)


def test_in_december_the_first_screen_leads_through_the_end_of_the_year(workspace, page, desk, monkeypatch) -> None:
    assert not [made for made in page("home").findChildren(QPushButton) if made.text() == "开始整理"]
    monkeypatch.setattr(workspace.session, "today", lambda: date(2026, 12, 10))
    home = page("home")
    home.refresh()
    next(made for made in home.findChildren(QPushButton) if made.text() == "开始整理").click()
    assert workspace.current_code == "year_end"
    steps = workspace.page
    assert "已完成" in steps.head_facts.text()
    chip(steps, "会议记录定稿").click()
    assert workspace.current_code == "meetings"
    assert workspace.page._segments.current == "todo"
