from __future__ import annotations

import os
import re
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from app.dates import PartialDate
from app.dues.payments import Payment
from app.life.attendance import AttendanceState
from app.life.meetings import Meeting
from app.life.talks import Talk
from app.people.members import Member
from app.rules.meeting_types import MeetingType
from app.ways import ToNew, ToRecord
from app.year.standing import State
from tests.ui.acting import settle
from ui.house.entries import PAGES, SETTINGS
from ui.house.ways import ToChapter, page_of

CODES = [entry.code for entry in (*PAGES, SETTINGS)]


# N is that of the “1+1+N” of plans.
LATIN = {"N", "Word", "Alt", "Ctrl", "Shift", "S", "K", "PDF", "xlsx", "xls", "ods", "csv", "Enter", "zbtz"}


@pytest.mark.parametrize("code", CODES)
def test_a_page_is_in_chinese_and_every_control_says_its_name(workspace, qtbot, code: str) -> None:
    workspace.show_page(code)
    settle(workspace, qtbot)
    page = workspace.page
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox):
        for widget in page.findChildren(kind):
            inner = isinstance(widget.parent(), QComboBox) or widget.objectName().startswith("qt_")
            if widget.isVisibleTo(page) and not inner and widget.metaObject().className() != "QLineEditIconButton":
                assert widget.accessibleName(), f"{code}: {widget.metaObject().className()} without a name"
                if isinstance(widget, QPushButton) and widget.text() and "Ctrl" not in widget.text():
                    shown = widget.text().replace("&", "").removesuffix("…")
                    assert widget.accessibleName() in shown or shown in widget.accessibleName() or "✓" in shown
    for widget in (*page.findChildren(QLabel), *page.findChildren(QPushButton)):
        text = widget.text()
        if os.sep in text or "/" in text or "<span" in text:
            continue  # the path of the ledger file, the red star of a caption
        assert set(re.findall(r"[A-Za-z]+", text)) <= LATIN, text


@pytest.mark.parametrize("code", CODES)
def test_the_history_of_what_is_read_on_a_page_is_one_click_away(workspace, qtbot, code: str) -> None:
    workspace.show_page(code)
    settle(workspace, qtbot)
    names = ("变更历史", "变更记录")
    for made in workspace.page.findChildren(QAbstractButton):
        if made.isVisible() and made.accessibleName() in names:
            made.click()
            assert workspace.current_code == "history"
            assert workspace.page._only.text().startswith("只看："), "the history of this record alone"
            break


def test_a_missing_cell_leads_to_the_form_already_filled_in(workspace) -> None:
    duty = next(d for d in workspace.session.duties() if d.rule == "group_meeting" and d.state is State.MISSING)
    workspace.page._open(duty)
    form = workspace.page.form
    assert workspace.current_code == "meetings"
    assert form.chosen_types() == (MeetingType.GROUP,)
    assert form.group.choice.currentText() == "第二党小组"
    assert form.day.text() == "", "the day of a meeting in June is not known and must not be guessed"
    assert {p.id for p in form.pane._people} == {
        p.id for p in workspace.session.ledger_of_year().roster.in_group(2, date(2026, 7, 16))
    }


def test_a_done_cell_leads_to_its_record(workspace) -> None:
    duty = next(d for d in workspace.session.duties() if d.rule == "general_meeting" and d.state is State.DONE)
    workspace.page._open(duty)
    assert workspace.page.table.current().meeting.id == duty.records[0]


def test_faults_stand_under_their_fields_and_nothing_else_is_lost(workspace) -> None:
    workspace.go(ToNew(Meeting))
    form = workspace.page.form
    form.content.setPlainText("很长的会议内容")
    form.day.setText("2026-02-30")
    assert form.save() is False
    assert "不是存在的日期" in form.form.fields["held_on"].fault
    form.day.setText("今天")
    assert form.save() is False
    assert form.form.fields["subject"].fault.startswith("请填写主题")
    assert "至少选一个类型" in form.chips.fault
    assert form.content.toPlainText() == "很长的会议内容"
    before = len(workspace.session.ledger[Meeting].all())
    form.types[MeetingType.LECTURE].click()
    form.subject.setText("专题党课")
    assert form.save() is True
    assert len(workspace.session.ledger[Meeting].all()) == before + 1


def test_marking_by_initials_and_reason_by_one_key(workspace, qtbot) -> None:
    workspace.go(ToNew(Meeting, {"types": (MeetingType.GENERAL,)}))
    pane = workspace.page.form.pane
    person = pane._people[0]
    from app.pinyin import readings

    initials = min(readings(person.name)[0])
    same = [p for p in pane._people if initials in "".join(readings(p.name)[0])]
    pane.quick.setText(person.name if len(same) > 1 else initials)
    qtbot.keyClick(pane.quick, Qt.Key.Key_Return)
    qtbot.keyClicks(pane.quick, "2")
    roll = {row.member: row for row in pane.read()}
    assert roll[person.id].state is AttendanceState.ABSENT and roll[person.id].reason == "因病"
    assert pane.counts() == (len(pane._people) - 1, len(pane._people))
    pane.quick.setText("不存在的人")
    qtbot.keyClick(pane.quick, Qt.Key.Key_Return)
    assert "没有" in pane._fault.text()


def test_votes_follow_the_roll_and_speak(workspace) -> None:
    workspace.go(ToNew(Meeting, {"types": (MeetingType.GENERAL,)}))
    form = workspace.page.form
    vote = form.add_vote()
    assert (vote.read().entitled, vote.read().present) == (22, 22)
    form.pane.mark(form.pane._people[0].id, AttendanceState.ABSENT)
    assert (vote.read().present, vote.read().in_favour) == (21, 21)
    vote.edits["in_favour"].setText("11")
    assert "未超过" in vote._verdict.text() and "合计" in vote._verdict.text()


def test_correcting_a_record_without_a_roll_makes_none_up(workspace) -> None:
    ledger = workspace.session.ledger
    from app.life.meetings import Minutes, load_minutes, record_meeting

    bare = Minutes(Meeting(held_on=date(2026, 7, 1), subject="只有文字"), (MeetingType.GENERAL,))
    saved = record_meeting(ledger, bare, workspace.session.ledger_of_year().roster, date(2026, 7, 16))

    def roll() -> int:
        found = next(m for m in load_minutes(ledger, 2026) if m.meeting.subject == "只有文字")
        return len(found.attendance)

    workspace.go(ToRecord(Meeting, saved.meeting.id))
    page = workspace.page
    page._edit(page.table.current())
    page.form.content.setPlainText("补记内容")
    assert page.form.save() and roll() == 0
    page._edit(page.table.current())
    page.form.pane.mark(page.form.pane._people[0].id, AttendanceState.ABSENT)
    page.form.pane.set_reason(page.form.pane._people[0].id, "因病")
    assert page.form.save() and roll() == 23


def test_copying_the_last_meeting_never_takes_its_text(workspace) -> None:
    workspace.go(ToNew(Meeting))
    form = workspace.page.form
    form.copy_last()
    assert form.chosen_types() and form.place.currentText()
    assert form.content.toPlainText() == "" and form.subject.text() == ""


def test_deleting_a_meeting_has_a_way_back(workspace) -> None:
    workspace.show_page("meetings")
    page = workspace.page
    minutes = page.table.current()
    count = len(workspace.session.ledger_of_year().minutes)
    page._remove(minutes)
    assert len(workspace.session.ledger_of_year().minutes) == count - 1
    workspace.session.step(back=True)
    again = workspace.session.ledger_of_year().minutes
    assert len(again) == count
    back = next(m for m in again if m.meeting.held_on == minutes.meeting.held_on and m.types == minutes.types)
    assert [(r.member, r.state, r.reason) for r in back.attendance] == [
        (r.member, r.state, r.reason) for r in minutes.attendance
    ]


def test_space_pays_and_takes_back_a_month(workspace, qtbot) -> None:
    workspace.show_page("dues")
    page = workspace.page
    row = next(n for n, r in enumerate(page.model.rows) if not r.cells[6].paid_fen and r.cells[6].owed_fen)
    member = page.model.rows[row].member
    page.grid.setCurrentIndex(page.model.index(row, 9))
    qtbot.keyClick(page.grid, Qt.Key.Key_Space)
    assert page.model.rows[row].cells[6].settled
    qtbot.keyClick(page.grid, Qt.Key.Key_Space)
    assert workspace.session.ledger[Payment].all(member=member, month=PartialDate(2026, 7)) == []


def test_typing_an_amount_sets_it_and_nonsense_is_refused(workspace) -> None:
    workspace.show_page("dues")
    page = workspace.page
    page.grid.setCurrentIndex(page.model.index(0, 9))
    page.set_amount("12.5")
    assert page.model.rows[0].cells[6].paid_fen == 1250
    page.set_amount("12.345")
    assert "两位小数" in page.bar.text and page.model.rows[0].cells[6].paid_fen == 1250


def test_a_month_is_collected_by_one_action_with_a_way_back(workspace, qtbot) -> None:
    workspace.show_page("dues")
    page = workspace.page
    before = page.dues.totals(7)
    qtbot.keyClick(page.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    owed, paid = page.dues.totals(7)
    assert owed == paid > before[1]
    workspace.session.step(back=True)
    assert page.dues.totals(7) == before


def test_a_talk_is_recorded_and_with_oneself_refused(workspace) -> None:
    workspace.go(ToNew(Talk, {"partner": 12}))
    form = workspace.page.form
    count = len(workspace.session.ledger[Talk].all())
    name = form.talker.text()
    form.partner.setText(name)
    assert form.save() is False and "同一个人" in form.form.fields["partner"].fault
    form.partner.set_key(12)
    form.content.setPlainText("谈了工作")
    assert form.save() is True
    assert len(workspace.session.ledger[Talk].all()) == count + 1


def test_roster_is_filtered_by_initials_and_views(workspace) -> None:
    workspace.show_page("members")
    page = workspace.page
    name = page.table.rows_model.rows[3].member.name
    page.filter_box.setText(name)
    assert [p.member.name for p in page.table.rows_model.rows] == [name]
    page.filter_box.setText("")
    page._segments.choose("gone")
    page.refresh()
    assert len(page.table.rows_model.rows) == 1


def test_a_person_is_corrected_with_faults_beside_the_fields(workspace) -> None:
    workspace.show_page("members")
    page = workspace.page
    person = page.table.current().member
    page._edit(person)
    page.form.edits["birth"].setText("1972.13")
    page.form.save()
    assert page.form.fields["birth"].fault
    page.form.edits["birth"].setText("1972.5")
    page.form.edits["name"].setText("")
    page.form.save()
    assert page.form.fields["name"].fault == "请填写姓名"
    page.form.edits["name"].setText("改名")
    page.form.save()
    assert workspace.session.ledger[Member].get(person.id).name == "改名"
    assert str(workspace.session.ledger[Member].get(person.id).birth) == "1972-05"


def test_search_finds_people_meetings_and_pages_by_initials(workspace, qtbot) -> None:
    from ui.house.search import SearchDialog, find

    assert any(page_of(hit.place) == "dues" for hit in find(workspace.session, "dfsj"))
    person = workspace.session.ledger_of_year().roster.members[0]
    assert any(hit.place == ToRecord(Member, person.id) for hit in find(workspace.session, person.name))
    assert any(page_of(hit.place) == "meetings" for hit in find(workspace.session, "zwtp")) is False
    workspace.search()
    dialog = workspace.findChildren(SearchDialog)[-1]
    dialog.edit.setText("报表")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert workspace.current_code == "reports"


def test_another_year_is_shown_everywhere(workspace) -> None:
    workspace.show_page("meetings")
    workspace.session.show_year(2025)
    assert all(m.meeting.held_on.year == 2025 for m in workspace.page.table.rows_model.rows)
    assert workspace.rail._year.text() == "2025 年度"


def test_preview_shows_the_very_pdf(workspace, qtbot, tmp_path) -> None:
    from app.reports.book import print_book

    workspace.show_page("reports")
    qtbot.waitUntil(lambda: workspace.page._printed is not None, timeout=20_000)
    page = workspace.page
    data = print_book(workspace.session.ledger_of_year(), date(2026, 7, 16)).data
    assert page.preview.count == page._printed.pages
    page.write(tmp_path / "台账.pdf")
    assert (tmp_path / "台账.pdf").read_bytes() == data
    assert "4 项缺" in page._gaps.text


def test_only_one_chapter_is_previewed_when_asked_for(workspace, qtbot) -> None:
    workspace.go(ToChapter("dues"))
    qtbot.waitUntil(lambda: 0 < workspace.page.preview.count < 5, timeout=20_000)
    assert workspace.page.contents.wanted().chosen == ("dues",)


def test_composition_is_taken_before_saving(workspace, qtbot) -> None:
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    workspace.go(ToNew(Meeting, {"types": (MeetingType.LECTURE,)}))
    form = workspace.page.form
    form.subject.setFocus()
    QApplication.sendEvent(form.subject, QInputMethodEvent("zhuanti", []))
    qtbot.keyClick(form.subject, Qt.Key.Key_Return)
    assert workspace.page._stack.currentIndex() == 1, "Enter must not submit while something is being composed"
    commit = QInputMethodEvent()
    commit.setCommitString("专题")
    QApplication.sendEvent(form.subject, commit)
    assert form.subject.text() == "专题"


@pytest.mark.parametrize(("dark", "percent"), [(True, 100), (False, 150)])
def test_every_look_is_drawn(desk, workspace, qtbot, dark: bool, percent: int) -> None:
    desk.preferences.dark, desk.preferences.percent = dark, percent
    workspace.session.look_changed.emit()
    shown = desk.workspace
    assert shown is not workspace and shown.current_code == "settings"
    for code in CODES:
        shown.show_page(code)
        settle(shown, qtbot)
        assert not shown.page.grab().isNull()


def test_charts_open_the_rows_behind_a_bar(workspace, qtbot) -> None:
    workspace.show_page("statistics")
    qtbot.waitUntil(lambda: len(workspace.page.charts.charts) == 7)
    chart = workspace.page.charts.charts[0]
    chart.open_bar(chart.data.bars[0])
    assert workspace.current_code == "meetings"
    assert {m.meeting.id for m in workspace.page.table.rows_model.rows} == {
        id for part in chart.data.bars[0].rows for id in part
    }


def test_keys_of_the_window(workspace, desk) -> None:
    desk.window.activateWindow()
    QTest.keyClick(workspace, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert workspace.current_code == "members"
    QTest.keyClick(workspace, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert workspace.current_code == "reports"


def test_the_agenda_stands_above_the_contents_of_a_general_meeting_alone(workspace) -> None:
    workspace.go(ToNew(Meeting, {"types": (MeetingType.GENERAL,)}))
    form = workspace.page.form

    def above(one, other) -> bool:
        return one.mapTo(form, QPoint()).y() < other.mapTo(form, QPoint()).y()

    QApplication.processEvents()
    assert above(form.agenda, form.content)
    form.subject.setFocus()
    QTest.keyClick(form.subject, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.agenda.adders[0]
    form.chips.choose((MeetingType.THEME_DAY,))
    form.refresh_people()
    QApplication.processEvents()
    assert above(form.content, form.agenda)
    form.subject.setFocus()
    QTest.keyClick(form.subject, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.content
    form.forget()
