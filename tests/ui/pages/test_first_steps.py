"""Pages that are still empty say what belongs there and lead to the first record; no form stands there for ever."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from app.life.elections import Election
from app.life.plans import remove_planned
from app.life.talks import TalkOccasion
from app.rules.local_rules import LocalRule
from tests.ui.acting import fill, ledger_of
from ui.house.ways import ToDraft


def test_no_election_yet_says_what_belongs_there_and_begins_with_a_button(workspace, page) -> None:
    view = page("branch", "elections").elections
    assert "换届" in view.empty.text and "本届任期至" in view._first_term.text()
    assert view._elections.isHidden() and not view._first.isHidden()
    view.empty.buttons[0].click()
    assert view._first.isHidden() and not view._elections.isHidden()
    view.form.leave()
    assert view._elections.isHidden()
    view.begin()
    fill(view.form.form, held_on="2026-07-10", seats="3", entitled="22", present="18")
    view.refresh()
    assert view.form.dirty and not view._elections.isHidden(), "what is typed stays in sight"
    assert view.form.save()
    assert view.form.record == ledger_of(workspace)[Election].all()[0] and view._first.isHidden()


def test_a_draft_of_the_first_election_is_gone_on_with(workspace, page) -> None:
    view = page("branch", "elections").elections
    view.begin()
    fill(view.form.form, held_on="2026-07-10", seats="3")
    view.form.keeper.beat()
    (draft,) = workspace.session.drafts.all()
    workspace.show_page("home")
    workspace.go(ToDraft(draft.form, draft.content))
    view = workspace.page.elections
    assert not view._elections.isHidden() and view.form.form.texts()["seats"] == "3"


def test_the_first_occasion_is_shown_beside_the_list_and_a_new_one_is_begun_with_a_button(workspace, page) -> None:
    talks = page("talks", "must")
    assert talks.occasion.record == talks.must.current().record
    talks._add_occasion.click()
    assert talks.occasion.record is None and talks.must.current() is None
    talks.occasion.leave()
    assert talks.occasion.record == talks.must.current().record


def test_without_an_occasion_the_page_says_what_belongs_there(workspace, page) -> None:
    ledger = ledger_of(workspace)
    for occasion in ledger[TalkOccasion].all():
        ledger[TalkOccasion].remove(occasion.id)
    talks = page("talks", "must")
    assert "家里有变故" in talks._no_occasion.text and not talks._no_occasion.isHidden()
    assert talks._side.isHidden()
    talks._no_occasion.buttons[0].click()
    assert not talks._side.isHidden()
    page("talks", "log")
    assert talks._no_occasion.isHidden() and not talks._side.isHidden()


def test_what_cannot_be_deleted_here_has_no_button_for_it_anywhere(workspace, page) -> None:
    members = page("members")
    members._edit(members.table.current().member)
    assert members.form.remove_button.isHidden()
    members.form.forget()
    dues = page("dues", "bases")
    view = dues._made["bases"]
    view.carry_over()
    view.choose(workspace.session.ledger_of_year().roster.members[0].id)
    assert view.form.record is not None and view.form.remove_button.isHidden()


def test_no_backup_yet_leads_to_one(workspace, page, monkeypatch) -> None:
    monkeypatch.setattr(workspace.session.vault, "backups", lambda _: [])
    history = page("history", "backups")
    assert "另存的整本台账" in history._empty.text and not history._empty.buttons[0].isHidden()
    page("history", "trash")
    assert history._empty.buttons[0].isHidden()


def test_the_plan_shows_what_comes_next_and_says_what_belongs_there_while_empty(workspace, page) -> None:
    plan = page("meetings", "plan").plan
    assert plan.form.record == plan.table.current() and plan._state(plan.table.current()) == "待开展"
    plan.new()
    assert plan.form.record is None and plan.table.current() is None
    plan.form.leave()
    assert plan.form.record == plan.table.current()
    for event in workspace.session.ledger_of_year().plan:
        remove_planned(ledger_of(workspace), event)
    plan = page("meetings", "plan").plan
    assert "排全年" in plan._empty.text and plan.form.isHidden()
    plan._empty.buttons[1].click()
    assert not plan.form.isHidden()


def test_the_selected_rule_is_read_and_an_own_one_is_changed(workspace, page) -> None:
    rules = page("settings", "rules").rules
    told = [made.text() for made in rules._reading.findChildren(QLabel)]
    assert rules.table.current().label in told and rules.table.current().source in told
    rules.begin()
    rules.form.form.set_texts({"label": "季度廉政谈话会", "type": "其他", "period": "每季", "minimum": "1"})
    rules.refresh()
    assert rules._beside.currentWidget() is rules.form, "what is typed stays in sight"
    assert rules.form.save()
    (own,) = ledger_of(workspace)[LocalRule].all()
    assert rules.table.current().code == f"local_{own.id}" and rules.form.record == own
    rules.table.selectRow(0)
    assert rules._beside.currentWidget() is rules._reading


def test_while_a_rule_is_begun_none_can_be_set_aside(page) -> None:
    rules = page("settings", "rules").rules
    assert rules._toggle.isVisible()
    rules.begin()
    rules.refresh()
    assert rules.table.current() is None and not rules._toggle.isVisible()
    rules.form.leave()
    assert rules.table.current() is not None and rules._toggle.isVisible()
