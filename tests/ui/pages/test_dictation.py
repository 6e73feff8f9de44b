"""从文字填写: pasted minutes, what is ticked of them goes into the form and nothing is saved by it."""

from __future__ import annotations

import pytest

from app.life.attendance import AttendanceState
from app.life.meetings import Meeting
from app.rules.meeting_types import MeetingType
from app.ways import ToNew
from tests.ui.acting import ledger_of
from ui.pages.meetings.dictation import DictationDialog


@pytest.fixture
def told(workspace, page, qtbot):
    """The form of a new meeting and the dialog with minutes of it, who of the roster is absent."""
    meetings = page(ToNew(Meeting))
    people = workspace.session.ledger_of_year().roster.present(workspace.session.today())
    host, absent = people[0], people[5]
    dialog = DictationDialog(workspace.session, meetings.form.take_dictation, meetings)
    qtbot.addWidget(dialog)
    dialog.text.setPlainText(
        f"党员大会会议记录\n时间：2026年7月5日 15:00—16:30　地点：三楼会议室\n主持人：{host.name}\n"
        f"缺席人员：{absent.name}（出差）\n会议主题：七月份工作\n会议内容：\n传达学习有关文件。\n会议决定：\n七月二十日前办完。"
    )
    dialog.read()
    yield meetings.form, dialog, host, absent
    meetings.form.forget()


def test_what_was_pasted_is_put_into_the_form_and_not_saved(workspace, told) -> None:
    form, dialog, host, absent = told
    before = len(ledger_of(workspace)[Meeting].all())
    dialog.fill.click()
    assert form.chosen_types() == (MeetingType.GENERAL,)
    assert form.day.text() == "2026-07-05"
    assert (form.start.text(), form.end.text()) == ("15:00", "16:30")
    assert (form.place.currentText(), form.host.text(), form.subject.text()) == ("三楼会议室", host.name, "七月份工作")
    assert form.content.toPlainText() == "传达学习有关文件。"
    assert form.pane.state(absent.id) is AttendanceState.ABSENT
    assert [made.texts()[:2] for made in form.agenda.items] == [["决定", "七月二十日前办完"]]
    assert form.dirty
    assert len(ledger_of(workspace)[Meeting].all()) == before


def test_who_sat_in_is_put_beside_the_roll_once(told) -> None:
    form, dialog, _, _ = told
    dialog.text.setPlainText(dialog.text.toPlainText().replace("会议主题", "列席人员：周八（上级党委）\n会议主题"))
    dialog.read()
    form.pane.add_guest("周八（上级党委）")
    dialog.fill.click()
    guests = [row.name for row in form.roll() if row.state is AttendanceState.OBSERVER]
    assert guests == ["周八（上级党委）"]


def test_what_is_not_ticked_stays_out(told) -> None:
    form, dialog, _, absent = told
    for item, tick in dialog.ticks:
        tick.setChecked(item.field == "subject")
    dialog.fill.click()
    assert form.subject.text() == "七月份工作"
    assert form.content.toPlainText() == ""
    assert form.pane.state(absent.id) is AttendanceState.PRESENT
    assert form.agenda.items == []


def test_somebody_absent_who_was_not_expected_is_told_and_not_added(workspace, told) -> None:
    form, dialog, _, absent = told
    dialog.text.setPlainText(dialog.text.toPlainText().replace("党员大会会议记录", "支委会会议记录"))
    dialog.read()
    dialog.fill.click()
    posts = {post.member for post in workspace.session.ledger_of_year().posts}
    assert absent.id not in posts
    assert f"{absent.name}不在这次的应到名单里" in form.note.text()
    assert all(row.member != absent.id for row in form.roll())


def test_nothing_pasted_can_be_put_into_nothing(told) -> None:
    _, dialog, _, _ = told
    dialog.text.setPlainText("")
    dialog.read()
    assert not dialog.fill.isEnabled()
    assert dialog.ticks == []
