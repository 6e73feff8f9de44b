"""The pages of the year beside the minutes: plan, tasks, study, appraisal, occasions, the day of inspection."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from app.life.attendance import AttendanceState
from app.life.follow_ups import FollowUp
from app.life.meetings import Meeting
from app.life.minutes_templates import MinutesTemplate
from app.life.plans import PlannedEvent
from app.life.study import OwnStudy
from app.life.talks import Talk, TalkOccasion
from app.people.appraisals import Appraisal, AppraisalTally, Grade
from app.rules.meeting_types import MeetingType
from app.ways import ToNew, ToRecord
from app.work.rectifications import Rectification
from app.work.tasks import Task
from tests.ui.acting import told
from tests.ui.conftest import TODAY
from ui.house.ways import ToDraft, page_of


def fill(card, **texts: str) -> None:
    for name, text in texts.items():
        editor = card.form.editors[name]
        for put in ("setPlainText", "setCurrentText", "setText"):
            if hasattr(editor, put):
                getattr(editor, put)(text)
                break
        if hasattr(editor, "settle"):
            editor.settle()


def test_a_task_is_entered_and_closed_in_one_card(workspace, page) -> None:
    form = page("tasks", "tasks").form
    workspace.page.primary()
    fill(form, task="迎接检查", lead="组织委员", due_on="8.1", percent="50")
    form.save()
    kept = workspace.session.ledger[Task].all()[-1]
    assert (kept.task, kept.due_on, kept.set_on, kept.percent) == ("迎接检查", date(2026, 8, 1), TODAY, 50)
    page(ToRecord(Task, kept.id))
    fill(form, closed_on="今天", percent="100")
    form.save()
    assert workspace.session.ledger[Task].get(kept.id).closed_on == TODAY
    assert "没有写佐证" in told(workspace)


def test_what_a_form_does_not_show_is_not_lost(workspace, page) -> None:
    ledger = workspace.session.ledger
    tasks = page("tasks", "follow_ups")
    tasks.table.selectRow(0)
    shown = tasks.table.current()
    fill(tasks.form, who="别人")
    tasks.form.save()
    kept = ledger[type(shown)].get(shown.id)
    assert (kept.who, kept.meeting) == ("别人", shown.meeting)


def test_findings_become_rectifications_by_one_button(workspace, page) -> None:
    appraisal = page("appraisal", "findings")
    before = len(workspace.session.ledger[Rectification].all())
    (button,) = appraisal._actions["findings"]
    button.click()
    assert len(workspace.session.ledger[Rectification].all()) == before + 3
    button.click()
    assert "没有要列入" in appraisal.bar.text


def test_ballots_and_grades_are_entered_member_by_member(workspace, page) -> None:
    appraisal = page("appraisal", "tallies")
    row = next(r for r in appraisal.table.rows_model.rows if r.tally is None and r.graded)
    appraisal.table.choose(lambda item: item.member == row.member)
    fill(appraisal.form, excellent="9", qualified="11")
    appraisal.form.save()
    (tally,) = [t for t in workspace.session.ledger[AppraisalTally].all() if t.member == row.member]
    assert (tally.year, tally.excellent, tally.ballots) == (2026, 9, 20)
    grades = page("appraisal", "appraisals")
    for number in range(3, 9):
        grades.table.selectRow(number)
        fill(grades.form, grade="优秀")
        grades.form.save()
    best = [item for item in workspace.session.ledger[Appraisal].all() if item.grade is Grade.EXCELLENT]
    assert len(best) == 8
    assert "最多 7 人，连这一位 8 人" in told(workspace)
    assert "优秀 8 人，一般不超过 7 人" in grades.head_facts.text()


def test_own_study_begins_with_the_member_that_was_clicked(workspace, page) -> None:
    study = page("study", "hours")
    study.table.selectRow(0)
    short = study.table.current().member
    fill(study.form, minutes="600", title="培训", form="集中培训")
    study.form.save()
    assert workspace.session.ledger[OwnStudy].all()[-1].member == short


def test_the_plan_is_laid_out_moved_and_becomes_minutes(workspace, page) -> None:
    meetings = page("meetings", "plan")
    plan = meetings.plan
    plan.day.setText("25")
    plan.lay_out()
    events = workspace.session.ledger[PlannedEvent].all()
    assert len(events) > 10 and all(event.planned_on >= TODAY for event in events)
    plan.lay_out()
    assert "没有还要排的" in told(workspace)
    event = next(item for item in workspace.session.ledger_of_year().plan if item.subject == "志愿服务进社区")
    plan.choose(event.id)
    fill(plan.form, planned_on="2026-07-16", outline="第一议题：学习\n讨论：分工")
    plan.form.save()
    plan.choose(event.id)
    plan.form.copy_notice()
    assert "社区服务站" in QApplication.clipboard().text()
    plan.form.write_minutes()
    form = meetings.form
    assert form.day.day() == TODAY and form.place.currentText() == "社区服务站"
    assert form.chosen_types() == (MeetingType.THEME_DAY,)
    assert [made.title.text() for made in form.agenda.items] == ["学习", "分工"]
    form.content.setPlainText("打扫社区")
    assert form.save()
    held = workspace.session.ledger[Meeting].all(planned=event.id)
    assert [item.subject for item in held] == ["志愿服务进社区"]


def test_a_sign_in_sheet_is_printed_before_the_meeting(workspace, page, qtbot) -> None:
    plan = page("meetings", "plan").plan
    plan.choose(workspace.session.ledger_of_year().plan[0].id)
    plan.form.print_sheet()
    qtbot.waitUntil(lambda: workspace.page._printed is not None and not workspace.session.tasks.busy)
    assert "签到表" in workspace.page._state.text()


def test_the_plan_is_written_as_a_calendar(workspace, page, tmp_path) -> None:
    plan = page("meetings", "plan").plan
    plan.write(tmp_path / "日程.ics")
    assert (tmp_path / "日程.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_an_occasion_leads_to_its_talk(workspace, page) -> None:
    talks = page("talks", "must")
    (item,) = talks.must.rows_model.rows
    talks._talk_about(item)
    assert talks.form.partner.key() == item.member and talks.form.kind.currentText() == "家庭变故"
    talks.form.content.setPlainText("慰问")
    talks.form.follow_up.setText("帮助请假")
    talks.form.due.setText("7.20")
    assert talks.form.save()
    kept = workspace.session.ledger[Talk].all()[-1]
    assert (kept.follow_up, kept.follow_up_due) == ("帮助请假", date(2026, 7, 20))
    talks.refresh()
    assert not any(item.open for item in talks.must.rows_model.rows)


def test_an_occasion_is_entered_by_hand_and_survives_as_a_draft(workspace, page) -> None:
    talks = page("talks", "must")
    talks._begin_occasion()
    fill(talks.occasion, kind="苗头性问题", happened_on="昨天")
    talks.occasion.form.editors["member"].set_key(3)
    talks.occasion.keeper.beat()
    (draft,) = workspace.session.drafts.all()
    workspace.show_page("home")
    workspace.go(ToDraft(draft.form, draft.content))
    talks.occasion.save()
    assert workspace.session.ledger[TalkOccasion].all()[-1].kind == "苗头性问题"


def test_a_cell_of_the_matrix_opens_the_talk_of_the_two(workspace, page) -> None:
    talks = page("talks", "people")
    talks.people.selectRow(0)
    person = talks.people.current()
    talks._cell_clicked(talks.people.rows_model.index(0, 3))
    assert talks.form.partner.key() == person.id and talks.form.talker.key() is not None


def test_the_day_of_inspection_is_kept_and_tells_what_will_be_missing(workspace, page, qtbot) -> None:
    health = page("health")
    qtbot.waitUntil(lambda: not health.busy)
    health.inspected.setText("10.15")
    health._set_day()
    assert workspace.session.ledger_of_year().branch.inspected_on == date(2026, 10, 15)
    rows = health.table.rows_model.rows
    assert rows and all(finding.code == "预测" for finding in rows)
    health._go(next(finding for finding in rows if page_of(finding.matters[0].way) == "meetings"))
    assert workspace.page.form.chosen_types()


def test_left_early_is_two_more_clicks_and_an_exclusion_keeps_its_approval(workspace, page) -> None:
    form = page(ToNew(Meeting, {"types": (MeetingType.GENERAL,)})).form
    member = form.pane._people[0].id
    seen = []
    for _ in range(4):
        form.pane._turn(member)
        seen.append(form.pane.state(member))
    assert seen == [AttendanceState.ABSENT, AttendanceState.LATE, AttendanceState.LEFT_EARLY, AttendanceState.PRESENT]
    there, expected = form.pane.counts()
    form.pane.exclude(member, "长期卧床生活不能自理", "党委〔2026〕3 号")
    assert form.pane.counts() == (there - 1, expected - 1)
    row = next(item for item in form.pane.read() if item.member == member)
    assert (row.state, row.approval) == (AttendanceState.EXCLUDED, "党委〔2026〕3 号")
    kept = form.draft()
    form.open_draft(kept)
    assert next(item for item in form.pane.read() if item.member == member).approval == "党委〔2026〕3 号"


def test_a_template_fills_the_form_and_a_lecture_asks_who_speaks(workspace, page) -> None:
    meetings = page(ToNew(Meeting))
    form = meetings.form
    (template,) = workspace.session.ledger[MinutesTemplate].all()
    form.use_template(template)
    assert form.subject.text() == "研究支部月度工作" and len(form.agenda.items) == 3
    assert form.lecturer.isHidden()
    form.types[MeetingType.LECTURE].setChecked(True)
    form.chips.changed.emit()
    assert not form.lecturer.isHidden()
    assert form.as_template("新的").agenda.startswith("第一议题")


@pytest.mark.parametrize("view", ["tasks", "rectifications", "follow_ups", "inspections"])
def test_each_list_can_be_printed(workspace, page, qtbot, view) -> None:
    page("tasks", view).print_shown()
    qtbot.waitUntil(lambda: workspace.page._printed is not None and not workspace.session.tasks.busy)
    assert workspace.page.preview.count >= 1


def test_what_is_still_missing_is_told_while_it_is_typed(workspace, page) -> None:
    form = page(ToNew(Meeting, {"types": (MeetingType.LECTURE,)})).form
    assert form.open_elements.text() == "还缺：主题、起止时间、主讲人、议题和内容"
    form.subject.setText("党章里的支部")
    form.start.setText("9:00")
    form.end.setText("10:30")
    form.lecturer.setText("周佳")
    form.content.setPlainText("讲授")
    form.show_checklist()
    assert form.open_elements.text() == "要素齐全"
    form.pane.exclude(form.pane._people[0].id, "服刑", "")
    form.show_checklist()
    assert "不计入应到的批准依据" in form.open_elements.text()


def test_the_next_year_is_planned_before_it_begins(workspace, page) -> None:
    session = workspace.session
    assert not workspace.rail._later.isEnabled()
    session.today = lambda: date(2026, 11, 25)
    session.changed.emit()
    assert workspace.rail._later.isEnabled()
    workspace.rail._later.click()
    assert session.year == 2027
    plan = page("meetings", "plan").plan
    plan.lay_out()
    days = [event.planned_on for event in session.ledger[PlannedEvent].all() if event.planned_on.year == 2027]
    assert len(days) > 30 and min(days).month == 1
    for code in ("home", "tasks", "study", "appraisal", "talks", "members", "dues"):
        workspace.show_page(code)
        assert workspace.current_code == code


def test_where_records_come_from_elsewhere_no_empty_form_stands_beside_an_empty_list(workspace, page) -> None:
    ledger = workspace.session.ledger
    shown = page("tasks", "follow_ups")
    assert shown._forms.isVisible() is bool(ledger[FollowUp].all())
    with ledger.transaction():
        for item in ledger[FollowUp].all():
            ledger[FollowUp].remove(item.id)
    shown = page("tasks", "follow_ups")
    assert not shown._forms.isVisible() and "会议记录里写的后续事项" in shown._empty.text
    assert page("tasks", "tasks")._forms.isVisible()
