"""党员管理, 发展党员, 换届选举: what a clerk does there, and what the ledger then says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.branch.branch import the_branch
from app.dates import PartialDate
from app.development.steps import Applicant, DevelopmentStep, Material, load_development
from app.life.elections import Election, ElectionPaper
from app.people.appraisals import Appraisal, Grade
from app.people.care import Care
from app.people.circumstances import Circumstance, CircumstanceKind
from app.people.honours import Honour
from app.people.members import Member, MemberStatus
from app.people.posts import Post, PostTitle, in_force
from app.people.transfers import Transfer
from app.ways import ToNew, ToRecord
from tests.ui.acting import fill, ledger_of
from ui.house.ways import ToDraft

TODAY = date(2026, 7, 16)
TABLES = Path(__file__).parents[2] / "tables"


# --- 党员管理 -------------------------------------------------------------------------------------------


def test_a_transfer_leaves_the_roster_and_can_be_undone(workspace, page) -> None:
    registers = page(ToNew(Transfer, {"member": 6}))
    form = registers.form
    name = workspace.session.ledger_of_year().roster[6].name
    assert form.form.editors["member"].text() == name
    fill(form.form, place="示例区第二党支部", moved_on="2026-07-01", dues_through="2026-06")
    form.save()
    ledger = ledger_of(workspace)
    assert ledger[Transfer].all()[0].dues_through == PartialDate(2026, 6)
    roster = workspace.session.ledger_of_year().roster
    assert roster.status(6, TODAY) is MemberStatus.TRANSFERRED
    assert [item.member for item in registers.table.rows_model.rows] == [6]
    workspace.session.step(back=True)
    assert ledger[Transfer].all() == []
    assert workspace.session.ledger_of_year().roster.status(6, TODAY) is MemberStatus.FULL


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(workspace, page) -> None:
    form = page("registers", "transfers").form
    fill(form.form, member="没有这个人", place="", dues_through="2026", moved_on="2026-13-01")
    form.save()
    assert "请从名册里选" in form.form.fields["member"].fault
    assert "不是存在的日期" in form.form.fields["moved_on"].fault
    name = workspace.session.ledger_of_year().roster[6].name
    fill(form.form, member=name, moved_on="2026-07-01")
    form.save()
    assert form.form.fields["place"].fault == "请填写转往（来自）党支部"
    assert "写到月" in form.form.fields["dues_through"].fault
    assert ledger_of(workspace)[Transfer].all() == []


def test_a_circumstance_shows_in_the_roster_views_and_at_the_person(workspace, page) -> None:
    form = page(ToNew(Circumstance, {"member": 3})).form
    fill(form.form, kind="流动党员", since="2026-01", detail="示例省示例市")
    form.save()
    assert ledger_of(workspace)[Circumstance].all()[0].kind is CircumstanceKind.FLOATING
    members = page("members")
    assert "流动 1" in members._segments._buttons["floating"].text()


def test_a_political_birthday_is_kept_from_its_row(workspace, page) -> None:
    registers = page("registers", "birthdays")
    row = registers.table.rows_model.rows[0]
    registers._show(row)
    form = registers.form
    assert form.form.editors["kind"].currentText() == "政治生日"
    fill(form.form, content="书记谈话、送贺卡", given_on="2026-07-10")
    form.save()
    (care,) = ledger_of(workspace)[Care].all()
    assert care.member == row.member
    assert registers.table.rows_model.rows[0].kept == care


def test_a_grade_warns_over_a_third_and_is_kept(workspace, page) -> None:
    registers = page("appraisal", "appraisals")
    for number in range(1, 9):
        name = workspace.session.ledger_of_year().roster[number].name
        registers.primary()
        fill(registers.form.form, member=name, year="2026", grade="优秀")
        registers.form.save()
    assert sum(a.grade is Grade.EXCELLENT for a in ledger_of(workspace)[Appraisal].all()) == 8
    assert "优秀 8 人，一般不超过 7 人" in registers.head_facts.text()


def test_typed_text_becomes_a_draft_and_is_offered_again(workspace, page) -> None:
    form = page(ToNew(Honour, {"member": 2})).form
    fill(form.form, name="优秀党务工作者")
    workspace.show_page("home")
    (draft,) = workspace.session.drafts.all()
    workspace.go(ToDraft(draft.form, draft.content))
    assert workspace.page.register.code == "honours"
    assert workspace.page.form.form.editors["name"].text() == "优秀党务工作者"


# --- 发展党员 -------------------------------------------------------------------------------------------


def test_the_board_shows_everybody_in_the_stage_of_the_next_step(workspace, page) -> None:
    develop = page("develop")
    assert "7 人在培养" in develop.head_facts.text()
    assert set(develop.board.cards) == {way.applicant.id for way in load_development(ledger_of(workspace))}


def test_an_applicant_is_entered_and_led_to_the_next_step(workspace, page) -> None:
    develop = page("develop")
    develop.primary()
    form = develop.form
    form.save()
    assert form.form.fields["name"].fault == "" or "姓名" in form.form.fields["name"].fault
    assert "递交申请书" in form.applied.fault
    fill(form.form, name="新申请", birth="2009-01-01")
    form.applied.editor.setText("2026-7-1")
    form.save()
    way = load_development(ledger_of(workspace))[-1]
    assert (way.applicant.name, way.day(1)) == ("新申请", date(2026, 7, 1))
    person = develop._person(way.applicant.id)
    assert any("不满 18 周岁" in finding.text for finding in person.findings)
    develop._open(way.applicant.id)
    step = develop.way.form
    assert step.heading.text() == "第 2 步 党组织派人谈话"
    fill(step.form, done_on="2026-07-10", who="组织委员")
    step.save()
    assert load_development(ledger_of(workspace))[-1].day(2) == date(2026, 7, 10)
    assert develop.way.form.heading.text() == "第 3 步 推荐和确定入党积极分子"


def test_the_meeting_that_admits_makes_a_member(workspace, page) -> None:
    ledger = ledger_of(workspace)
    develop = page(ToRecord(Applicant, 7))
    rule = workspace.session.ledger_of_year().rulebook.development
    develop.way.form.show_step(develop._person(7), rule.step(15))
    fill(develop.way.form.form, done_on="2026-07-15")
    develop.way.form.save()
    way = next(w for w in load_development(ledger) if w.applicant.id == 7)
    assert way.applicant.member is not None
    assert ledger[Member].get(way.applicant.member).name == "谢明哲"
    told = [finding.text for finding in develop._person(7).findings]
    assert "第 14 步“填写入党志愿书”没有记录" in told
    assert "第 15 步没有连到支部大会的会议记录" in told


def test_papers_are_ticked_and_unticked(workspace, page) -> None:
    develop = page(ToRecord(Applicant, 6))
    form = develop.way.form
    form._tick("函调证明", on=True)
    ledger = ledger_of(workspace)
    assert [m.name for m in ledger[Material].all(applicant=6, step=10)] == ["函调证明"]
    form._tick("函调证明", on=False)
    assert ledger[Material].all(applicant=6, step=10) == []


def test_a_step_that_was_typed_survives_leaving_the_page(workspace, page) -> None:
    develop = page(ToRecord(Applicant, 6))
    fill(develop.way.form.form, document="党委〔2026〕9号")
    workspace.show_page("home")
    (draft,) = workspace.session.drafts.all()
    workspace.go(ToDraft(draft.form, draft.content))
    form = workspace.page.way.form
    assert form.heading.text() == "第 10 步 进行政治审查"
    assert form.form.editors["document"].text() == "党委〔2026〕9号"
    fill(form.form, done_on="2026-07-01")
    form.save()
    assert ledger_of(workspace)[DevelopmentStep].all(applicant=6, step=10)[0].document == "党委〔2026〕9号"
    assert workspace.session.drafts.all() == []


def test_ending_the_way_needs_a_reason(workspace, page) -> None:
    develop = page("develop")
    develop._edit(1)
    develop.form.why.setText("")
    develop.form._close()
    assert "原因" in develop.form.bar.text
    develop.form.why.setText("本人撤回")
    develop.form._close()
    assert load_development(ledger_of(workspace))[0].applicant.closed_why == "本人撤回"
    assert develop.views._buttons["ended"].text().endswith("1")


# --- 换届选举 -------------------------------------------------------------------------------------------


def test_an_election_is_judged_as_it_is_typed_and_its_winners_take_office(workspace, page, monkeypatch) -> None:
    import ui.pages.branch.election_form as module

    view = page("branch", "elections").elections
    roster = workspace.session.ledger_of_year().roster
    fill(
        view.form.form,
        held_on="2026-07-10",
        seats="3",
        entitled="22",
        present="18",
        ballots_given="18",
        ballots_returned="18",
    )
    for member, votes in ((2, "18"), (3, "15"), (4, "12"), (5, "9")):
        row = view.form.candidates.add()
        row.who.setText(roster[member].name)
        row.post.setCurrentText({2: "书记", 3: "组织委员", 4: "宣传委员", 5: "纪检委员"}[member])
        row.counts["in_favour"].setText(votes)
    assert "选出 3 名" in view.form.result.text()
    assert "未通过" in view.form.candidates.rows[3].result.text()
    view.form.save()
    ledger = ledger_of(workspace)
    assert ledger[Election].all()[0].present == 18
    monkeypatch.setattr(module, "ask", lambda *_: True)
    view.form.take_office()
    posts = {p.title: p.member for p in in_force(ledger[Post].all(), TODAY) if p.title is not PostTitle.GROUP_LEADER}
    assert posts == {PostTitle.SECRETARY: 2, PostTitle.ORGANISATION: 3, PostTitle.PUBLICITY: 4}
    assert the_branch(ledger).elected == date(2026, 7, 10)
    next(iter(view.form.papers.edits.values()))[0].editor.setText("2026-06-01")
    assert view.form.save()
    assert [paper.dated_on for paper in ledger[ElectionPaper].all()] == [date(2026, 6, 1)]


def test_an_election_without_its_day_is_not_saved(workspace, page) -> None:
    view = page("branch", "elections").elections
    fill(view.form.form, seats="3", entitled="22", present="18")
    view.form.save()
    assert view.form.form.fields["held_on"].fault == "请填写选举日期"
    assert ledger_of(workspace)[Election].all() == []


def test_every_register_is_reached_by_keyboard(workspace, page) -> None:
    registers = page("registers")
    registers.views.setFocus()
    for register in ("circumstances", "dispositions", "honours", "care"):
        QTest.mouseClick(registers.views._buttons[register], Qt.MouseButton.LeftButton)
        assert registers.register.code == register
        registers.primary()
        assert registers.form.form.editors["member"].hasFocus()
