"""The one form of a record: whatever was changed is noticed, kept as a draft, and comes back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.checks.explanation import Explanation, explanations_of
from app.dates import PartialDate
from app.development.steps import Applicant, DevelopmentCheck, DevelopmentStep
from app.dues.bases import DuesBasis, set_basis
from app.life.meetings import Meeting
from app.life.talks import Talk
from app.people.members import Member
from app.rules.local_rules import LocalRule
from app.rules.meeting_types import MeetingType
from app.ways import ToNew, ToRecord
from app.work.tasks import Task, save_task
from tests.ui.acting import told
from ui.house.ways import ToDraft, ToView
from ui.pages.dues.grid import FIRST_MONTH
from ui.record.earlier_drafts import as_now
from ui.record.form import RecordForm


def saved_talk(workspace) -> Talk:
    return workspace.session.ledger_of_year().talks[0]


@pytest.mark.parametrize("name", ["talked_on", "partner", "kind", "place"])
def test_whatever_is_changed_in_a_saved_talk_is_noticed_and_survives_leaving(workspace, page, name) -> None:
    talk = saved_talk(workspace)
    form = page(ToRecord(Talk, talk.id)).form
    form.load(vars(talk))
    assert not form.dirty
    other = workspace.session.ledger_of_year().roster.members[-1].name
    typed = {"talked_on": "2026-03-05", "partner": other, "kind": "退休前谈话", "place": "田间"}[name]
    form.form.set_texts({name: typed})
    assert form.dirty
    workspace.go(ToView("home"))
    (draft,) = workspace.session.drafts.all()
    workspace.go(ToDraft(draft.form, draft.content))
    assert workspace.page.form.form.texts()[name] == typed
    assert workspace.page.form.record.id == talk.id


def test_a_talk_that_was_only_looked_at_leaves_no_draft(workspace, page) -> None:
    form = page(ToRecord(Talk, saved_talk(workspace).id)).form
    form.load(vars(saved_talk(workspace)))
    workspace.go(ToView("home"))
    assert workspace.session.drafts.all() == []


def opened(which: str, workspace, page) -> tuple[RecordForm, str]:
    """A form as a clerk comes to it, and a field of it into which a text can be typed."""
    person = workspace.session.ledger_of_year().roster.members[0].id
    if which in ("step", "check"):
        develop = page(ToRecord(Applicant, workspace.session.ledger[Applicant].all()[0].id))
        develop.way.show_view("checks" if which == "check" else "steps")
        return (develop.way.checks, "finding") if which == "check" else (develop.way.form, "note")
    if which == "basis":
        bases = page(ToNew(DuesBasis))._made["bases"]
        bases.choose(person)
        return bases.form, "note"
    if which == "election":
        return page("branch", "elections").elections.form, "presider"
    if which == "rule":
        return page("settings", "rules").rules.form, "label"
    members = page("members")
    members._edit(None)
    return members.form, "native_place"


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("which", ["step", "check", "basis", "election", "rule", "member"])
def test_every_form_keeps_what_was_typed_when_its_page_is_left(workspace, page, which, again) -> None:
    form, field = opened(which, workspace, page)
    if again:  # also when the page was left once before
        form.form.set_texts({field: "先前的话"})
        workspace.go(ToView("home"))
        form, field = opened(which, workspace, page)
    form.form.set_texts({field: "刚刚写下的话"})
    assert form.dirty
    workspace.go(ToView("home"))
    assert not form.dirty
    drafts = [draft for draft in workspace.session.drafts.all() if "刚刚写下的话" in str(draft.content)]
    assert len(drafts) == 1
    workspace.go(ToDraft(drafts[0].form, drafts[0].content))
    shown = [made for made in workspace.page.findChildren(RecordForm) if made.record_kind is form.record_kind]
    assert any(made.form.texts().get(field) == "刚刚写下的话" for made in shown)


def test_the_small_form_of_dues_warns_and_keeps_a_draft_like_the_large_one(workspace, page) -> None:
    dues = page("dues")
    dues.grid.setCurrentIndex(dues.model.index(0, 4))
    form = dues.basis
    member = form.member
    form.form.set_texts({"category": "经批准免交", "base_fen": ""})
    assert form.dirty
    assert form.save()
    kept = [item for item in workspace.session.ledger[DuesBasis].all(member=member) if item.category == "经批准免交"]
    assert len(kept) == 1
    assert "减交、免交要由支部研究" in told(workspace)
    form.form.set_texts({"base_fen": "7654.32"})
    workspace.go(ToView("home"))
    assert "7654.32" in str([draft.content for draft in workspace.session.drafts.all()])


def test_the_small_form_of_dues_keeps_what_it_does_not_show(workspace, page) -> None:
    ledger, dues = workspace.session.ledger, page("dues")
    dues.grid.setCurrentIndex(dues.model.index(0, FIRST_MONTH + 4))
    member, since = dues.basis.member, PartialDate(2026, 5)
    known = DuesBasis(member=member, since=since, base_fen=300000, note="工资单", approval="党委〔2026〕3号")
    set_basis(ledger, known, workspace.session.ledger_of_year().rulebook)
    dues.basis.form.set_texts({"since": "2026-05", "base_fen": "4000"})
    assert dues.basis.save()
    kept = next(item for item in ledger[DuesBasis].all(member=member) if item.since == since)
    assert (kept.base_fen, kept.note, kept.approval) == (400000, "工资单", "党委〔2026〕3号")


@pytest.mark.parametrize(
    ("kind", "earlier", "fields", "parts"),
    [
        (
            Talk,
            {"id": 3, "day": "7.1", "talker": "甲", "partner": "乙", "kind": "日常谈心", "place": "办公室",
             "content": "谈了", "opinion": "", "private": "", "after": ["帮助", "7.9", "", ""]},
            {"talked_on": "7.1", "content": "谈了", "follow_up": "帮助", "follow_up_due": "7.9"},
            {},
        ),
        (Applicant, {"id": 0, "texts": {"name": "赵七", "applied": "3.1"}}, {"name": "赵七"}, {"applied": "3.1"}),
        (
            Member,
            {"id": 0, "texts": {"name": "新来", "duty": "科长", "extra_2": "书法"}, "since": "2026.3",
             "choices": ["女", "预备党员", "一组"]},
            {"name": "新来", "sex": "女"},
            {"extras": {"2": "书法"}},
        ),
        (DevelopmentStep, {"applicant": 4, "step": 3, "texts": {"done_on": "3.1", "meeting": "大会"}},
         {"done_on": "3.1"}, {"meeting": "大会"}),
        (DevelopmentCheck, {"id": 0, "texts": {"by": "甲"}}, {"by": "甲"}, {}),
        (LocalRule, {"id": 0, "texts": {"label": "周学习"}}, {"label": "周学习"}, {}),
    ],
)  # fmt: skip
def test_a_draft_of_an_earlier_program_is_understood(kind, earlier, fields, parts) -> None:
    told = as_now(kind, earlier)
    assert told["fields"] | fields == told["fields"]
    assert told["parts"] | parts == told["parts"]


def test_the_reason_for_a_doubt_is_kept_with_the_record_and_shown_with_it(workspace, page, qtbot) -> None:
    ledger = workspace.session.ledger
    form = page(ToNew(Meeting, {"types": (MeetingType.STUDY,), "held_on": date(2026, 7, 2)})).form
    form.form.set_texts({"held_on": "2026-07-02", "subject": "学习"})
    assert not form.reasons.isVisible()
    assert form.save()
    number = max(item.id for item in ledger[Meeting].all())
    qtbot.mouseClick(workspace.session.toast._more, Qt.MouseButton.LeftButton)
    assert form.record.id == number
    qtbot.waitUntil(lambda: next(iter(form.reasons.edits.values())).hasFocus())
    edit = next(edit for text, edit in form.reasons.edits.items() if "内容还是空的" in text)
    qtbot.keyClicks(edit, "yuan jian cun dang an")
    assert form.dirty
    assert form.save()
    (kept,) = explanations_of(ledger, Meeting, number).values()
    assert kept.reason == "yuan jian cun dang an"
    qtbot.mouseClick(workspace.session.toast._undo, Qt.MouseButton.LeftButton)
    assert explanations_of(ledger, Meeting, number) == {}
    ledger.history.redo()
    workspace.go(ToDraft("meetings/", {"kind": "Meeting", "id": number, "given": {}, "fields": {}, "parts": {}}))
    edit = next(edit for text, edit in form.reasons.edits.items() if "内容还是空的" in text)
    assert edit.text() == "yuan jian cun dang an"
    edit.clear()
    assert form.save()
    assert explanations_of(ledger, Meeting, number) == {}


def test_what_is_not_doubtful_any_more_is_not_asked_and_the_reason_goes_with_its_record(workspace, page) -> None:
    ledger = workspace.session.ledger
    task = save_task(
        ledger, Task(task="走访", set_on=date(2026, 6, 1), closed_on=date(2026, 7, 1), percent=100), date(2026, 7, 16)
    )
    form = page(ToRecord(Task, task.id)).form
    told = [text for text in form.reasons.edits if "佐证" in text]
    form.reasons.edits[told[0]].setText("照片在网盘")
    form.form.set_texts({"progress": "补记"})
    assert form.save()
    assert ledger[Explanation].all()[0].reason == "照片在网盘"
    form = page(ToRecord(Task, task.id)).form
    form.remove()
    assert ledger[Explanation].all() == []
    ledger.history.undo()
    assert ledger[Explanation].all()[0].owner_id == task.id


def test_what_was_changed_elsewhere_is_shown_before_a_form_is_saved_over_it(workspace, page) -> None:
    ledger = workspace.session.ledger
    task = save_task(
        ledger, Task(task="迎接检查", lead="组织委员", set_on=date(2026, 7, 1), source="党委通知"), date(2026, 7, 16)
    )
    form = page(ToRecord(Task, task.id)).form
    form.form.set_texts({"partners": "宣传委员", "source": "我改的来源"})
    save_task(ledger, Task(**{**vars(task), "lead": "纪检委员", "source": "别处改的来源"}), date(2026, 7, 16))
    assert not form.save()
    assert "牵头已换成现在的内容" in form.bar.text
    assert "来源文件您也改了" in form.bar.text
    assert ledger[Task].get(task.id).source == "别处改的来源"
    assert form.save()
    kept = ledger[Task].get(task.id)
    assert (kept.lead, kept.partners, kept.source) == ("纪检委员", "宣传委员", "我改的来源")


def test_a_draft_takes_back_nothing_that_was_changed_since(workspace, page) -> None:
    ledger = workspace.session.ledger
    task = save_task(ledger, Task(task="迎接检查", lead="组织委员", set_on=date(2026, 7, 1)), date(2026, 7, 16))
    page(ToRecord(Task, task.id)).form.form.set_texts({"partners": "宣传委员"})
    page("home")
    save_task(ledger, Task(**{**vars(task), "lead": "纪检委员"}), date(2026, 7, 16))
    (draft,) = workspace.session.drafts.all()
    form = page(ToDraft(draft.form, draft.content)).form
    assert form.save()
    kept = ledger[Task].get(task.id)
    assert (kept.lead, kept.partners) == ("纪检委员", "宣传委员")
