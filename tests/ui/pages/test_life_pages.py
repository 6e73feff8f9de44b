"""议题和定稿, 台账体检, 规则, 个人学习: what a clerk does there, and what the ledger then says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from app.branch.lists import add_word, hide_word
from app.checks.acknowledgement import Acknowledgement
from app.life.final_minutes import checklist
from app.life.follow_ups import FollowUp
from app.life.meetings import Meeting, load_minutes
from app.life.study import OwnStudy
from app.rules.local_rules import LocalRule, MutedRule
from app.rules.meeting_types import MeetingType
from app.ways import ToNew, ToRecord
from app.year.standing import State
from ui.house.ways import ToDraft
from ui.pages.meetings.final_panel import FinalPanel


def test_agenda_and_tasks_are_written_kept_and_closed_later(workspace, page) -> None:
    form = page(ToNew(Meeting, {"types": (MeetingType.COMMITTEE,)})).form
    form.day.setText("2026-07-15")
    form.subject.setText("研究计划")
    form.agenda.add_item().set_texts(["第一议题", "学习有关讲话", "", "集体学习。"])
    form.agenda.add_task().set_texts(["整理计划", "周佳", "2026-07-20"])
    assert form.save()
    ledger = workspace.session.ledger
    saved = load_minutes(ledger)[-1]
    assert [item.title for item in saved.agenda] == ["学习有关讲话"]
    assert saved.follow_ups[0].due_on == date(2026, 7, 20)
    # Correcting the record keeps what was not touched.
    workspace.page._edit(saved)
    workspace.page.form.subject.setText("研究下半年计划")
    assert workspace.page.form.save()
    assert load_minutes(ledger)[-1].agenda == saved.agenda
    form = page(ToNew(Meeting, {"types": (MeetingType.COMMITTEE,)})).form
    (task, tick, how), *_ = form.agenda.earlier
    assert task.task == "整理计划"
    tick.setChecked(True)
    form.subject.setText("检查落实")
    assert not form.save() and "怎么办结" in form.bar.text
    how.setText("已印发")
    assert form.save()
    closed = next(item for item in ledger[FollowUp].all() if item.task == "整理计划")
    assert (closed.how, closed.closed_on) == ("已印发", date(2026, 7, 16))


def test_agenda_survives_as_a_draft(workspace, page) -> None:
    form = page(ToNew(Meeting, {"types": (MeetingType.COMMITTEE,)})).form
    form.agenda.add_item().set_texts(["发言", "讨论", "周佳", "建议增加业务内容。"])
    workspace.show_page("home")
    (draft,) = workspace.session.drafts.all()
    workspace.go(ToDraft(draft.form, draft.content))
    again = workspace.page.form
    assert [made.texts() for made in again.agenda.items] == [["发言", "讨论", "周佳", "建议增加业务内容。"]]


def test_final_minutes_are_opened_again_with_a_reason(workspace, page, monkeypatch) -> None:
    whole = next(
        m for m in workspace.session.ledger_of_year().minutes if all(item.there for item in checklist(m) if item.needed)
    )
    meetings = page(ToRecord(Meeting, whole.meeting.id))
    meetings.findChildren(FinalPanel)[-1].finalise()
    assert workspace.session.ledger_of_year().finals[0].version == 1
    meetings._edit(whole)
    meetings.form.subject.setText("改一改")
    assert not meetings.form.save() and "已经定稿" in meetings.form.bar.text
    meetings.form.forget()
    meetings = page(ToRecord(Meeting, whole.meeting.id))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("漏记列席人员", True))
    meetings.findChildren(FinalPanel)[-1].reopen()
    assert workspace.session.ledger_of_year().finals[0].reopened_why == "漏记列席人员"


def test_the_health_check_finds_leads_and_keeps_a_reason(workspace, page) -> None:
    health = page("health")
    while health.busy:
        QTest.qWait(10)
    texts = [found.matter.text for found in health._found]
    assert "2026 年2月缺支部委员会" in texts
    before = health._found
    health._opened.add("缺少的活动")
    health._show()
    assert health.table.choose(lambda line: line.title == "2026 年2月缺支部委员会")
    health.why.setText("")
    health.keep()
    assert "理由" in health.bar.text
    health.why.setText("当月书记出差，已向上级说明")
    health.keep()
    while health.busy:
        QTest.qWait(10)
    assert len(health._found) == len(before)
    assert not health.table.choose(lambda line: line.title == "2026 年2月缺支部委员会")
    assert workspace.session.ledger[Acknowledgement].all()[0].reason == "当月书记出差，已向上级说明"


def test_rules_are_chosen_entered_and_set_aside(workspace, page, monkeypatch) -> None:
    rules = page("settings", "rules").rules
    rules._set("weekly_study", on=True)
    labels = [quota.label for quota in rules.table.rows_model.rows]
    assert "支部学习" in labels and "警示教育" in labels
    rules.form.form.set_texts(
        {"label": "季度廉政谈话会", "type": "其他", "period": "每季", "minimum": "1", "first_year": "2026"}
    )
    rules.form.save()
    assert workspace.session.ledger[LocalRule].all()[0].label == "季度廉政谈话会"
    rules.table.choose(lambda quota: quota.code == "party_lecture")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("上级统一上党课", True))
    rules.toggle()
    assert workspace.session.ledger[MutedRule].all()[0].reason == "上级统一上党课"
    states = {duty.state for duty in workspace.session.duties() if duty.rule == "party_lecture"}
    assert states == {State.NOT_APPLICABLE}
    study = next(duty for duty in workspace.session.duties() if duty.rule == "set_study")
    assert (study.required, study.unit) == (40, "次")


def test_own_study_is_a_register_and_counts(workspace, page) -> None:
    form = page(ToNew(OwnStudy, {"member": 1})).form
    before = workspace.session.ledger_of_year().studied[1]
    form.form.set_texts({"studied_on": "2026-07-10", "minutes": "480", "form": "集中培训", "title": "支部书记培训班"})
    form.save()
    study = workspace.session.ledger[OwnStudy].all()[-1]
    assert workspace.session.ledger_of_year().studied[1] == before + 480
    assert replace(study, id=0).title == "支部书记培训班"


def test_an_activity_of_the_own_branch_is_chosen_beside_the_types_and_comes_back(workspace, page) -> None:
    add_word(workspace.session.ledger, "activity", "道德讲堂")
    form = page(ToNew(Meeting, {"activity": "道德讲堂"})).form
    assert form.chosen_types() == (MeetingType.OTHER,) and not form.types[MeetingType.OTHER].isChecked()
    form.subject.setText("身边的榜样")
    workspace.show_page("home")
    (draft,) = workspace.session.drafts.all()
    workspace.go(ToDraft(draft.form, draft.content))
    form = workspace.page.form
    assert form.chips.activity == "道德讲堂"
    form.chips.own["读书分享"].click()
    assert form.chips.activity == "读书分享" and not form.chips.own["道德讲堂"].isChecked()
    form.chips.own["道德讲堂"].click()
    form.types[MeetingType.THEME_DAY].click()
    form.day.setText("2026-07-15")
    assert form.save(), form.bar.text
    saved = load_minutes(workspace.session.ledger)[-1]
    assert (saved.types, saved.meeting.activity) == ((MeetingType.THEME_DAY,), "道德讲堂")
    assert saved.title == "主题党日暨道德讲堂"
    # A word that is no longer offered stays with what it names.
    hide_word(workspace.session.ledger, "activity", "道德讲堂")
    workspace.page._edit(saved)
    assert workspace.page.form.chips.activity == "道德讲堂"
