"""党员管理, 发展党员, 换届选举, 党费的各页, 名单: what a clerk does there, and what the ledger then says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.appraisals import Appraisal, Grade
from app.attachments import Attachment
from app.branch import Post, PostTitle, in_force, the_branch
from app.calendar import Holiday
from app.care import Care
from app.circumstances import Circumstance, CircumstanceKind
from app.dates import PartialDate
from app.development import DevelopmentStep, Material, load_development
from app.dues import DuesBasis, Payment, PaymentKind
from app.elections import Election, ElectionPaper
from app.lists import ExtraField, ExtraValue, ListWord
from app.members import Employment, Member, MemberStatus
from app.pay import PayItem
from app.remittances import DuesNotice, Remittance
from app.transfers import Transfer
from db.vault import FileVault

TODAY = date(2026, 7, 16)
TABLES = Path(__file__).parent.parent / "tables"


@pytest.fixture
def page(workspace):
    def show(code: str, **hint: object):
        workspace.go(code, hint)
        return workspace.page

    return show


def ledger_of(workspace):
    return workspace.session.ledger


def fill(form, **texts: str) -> None:
    form.set_texts(texts)


# --- 党员管理 -------------------------------------------------------------------------------------------


def test_a_transfer_leaves_the_roster_and_can_be_undone(workspace, page) -> None:
    registers = page("registers", view="transfers", member=6)
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
    form = page("registers", view="transfers").form
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
    form = page("registers", view="circumstances", member=3).form
    fill(form.form, kind="流动党员", since="2026-01", detail="示例省示例市")
    form.save()
    assert ledger_of(workspace)[Circumstance].all()[0].kind is CircumstanceKind.FLOATING
    members = page("members")
    assert "流动 1" in members._segments._buttons["floating"].text()


def test_a_political_birthday_is_kept_from_its_row(workspace, page) -> None:
    registers = page("registers", view="birthdays")
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
    registers = page("registers", view="appraisals")
    for number in range(1, 9):
        name = workspace.session.ledger_of_year().roster[number].name
        fill(registers.form.form, member=name, year="2026", grade="优秀")
        registers.form.save()
    assert sum(a.grade is Grade.EXCELLENT for a in ledger_of(workspace)[Appraisal].all()) == 8
    assert "优秀 8 人，一般不超过 7 人" in registers.head_facts.text()


def test_typed_text_becomes_a_draft_and_is_offered_again(workspace, page) -> None:
    form = page("registers", view="honours", member=2).form
    fill(form.form, name="优秀党务工作者")
    workspace.show_page("home")
    (draft,) = workspace.session.drafts.all()
    workspace.page._go_on("registers", draft)
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
    assert "递交申请书" in form.applied_field.fault
    fill(form.form, name="新申请", birth="2009-01-01")
    form.applied.setText("2026-7-1")
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
    develop = page("develop", applicant=7)
    rule = workspace.session.ledger_of_year().rulebook.development
    develop.way.form.load(develop._person(7), rule.step(15))
    fill(develop.way.form.form, done_on="2026-07-15")
    develop.way.form.save()
    way = next(w for w in load_development(ledger) if w.applicant.id == 7)
    assert way.applicant.member is not None
    assert ledger[Member].get(way.applicant.member).name == "谢明哲"
    told = [finding.text for finding in develop._person(7).findings]
    assert "第 14 步“填写入党志愿书”没有记录" in told
    assert "第 15 步没有连到支部大会的会议记录" in told


def test_papers_are_ticked_and_unticked(workspace, page) -> None:
    develop = page("develop", applicant=6)
    form = develop.way.form
    form._tick("函调证明", on=True)
    ledger = ledger_of(workspace)
    assert [m.name for m in ledger[Material].all(applicant=6, step=10)] == ["函调证明"]
    form._tick("函调证明", on=False)
    assert ledger[Material].all(applicant=6, step=10) == []


def test_a_step_that_was_typed_survives_leaving_the_page(workspace, page) -> None:
    develop = page("develop", applicant=6)
    fill(develop.way.form.form, document="党委〔2026〕9号")
    workspace.show_page("home")
    (draft,) = workspace.session.drafts.all()
    workspace.page._go_on("develop", draft)
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
    import ui.pages.branch.elections as module

    view = page("branch", view="elections").elections
    roster = workspace.session.ledger_of_year().roster
    fill(
        view.form,
        held_on="2026-07-10",
        seats="3",
        entitled="22",
        present="18",
        ballots_given="18",
        ballots_returned="18",
    )
    for member, votes in ((2, "18"), (3, "15"), (4, "12"), (5, "9")):
        row = view.add_row()
        row.who.setText(roster[member].name)
        row.post.setCurrentText({2: "书记", 3: "组织委员", 4: "宣传委员", 5: "纪检委员"}[member])
        row.counts["in_favour"].setText(votes)
    assert "选出 3 名" in view.result.text()
    assert "未通过" in view.rows[3].result.text()
    view.save()
    ledger = ledger_of(workspace)
    assert ledger[Election].all()[0].present == 18
    monkeypatch.setattr(module, "ask", lambda *_: True)
    view.take_office()
    posts = {p.title: p.member for p in in_force(ledger[Post].all(), TODAY) if p.title is not PostTitle.GROUP_LEADER}
    assert posts == {PostTitle.SECRETARY: 2, PostTitle.ORGANISATION: 3, PostTitle.PUBLICITY: 4}
    assert the_branch(ledger).elected == date(2026, 7, 10)
    next(iter(view._papers.values()))[0].setText("2026-06-01")
    view.save_papers()
    assert [paper.dated_on for paper in ledger[ElectionPaper].all()] == [date(2026, 6, 1)]


def test_an_election_without_its_day_is_not_saved(workspace, page) -> None:
    view = page("branch", view="elections").elections
    fill(view.form, seats="3", entitled="22", present="18")
    view.save()
    assert view.form.fields["held_on"].fault == "请填写选举日期"
    assert ledger_of(workspace)[Election].all() == []


# --- 党费 -----------------------------------------------------------------------------------------------


def test_a_base_is_fixed_by_the_pay_slip(workspace, page) -> None:
    dues = page("dues", view="bases")
    view = dues._made["bases"]
    view.choose(2)
    view.calculator.fields["应发合计"].editor.setText("8200")
    view.calculator.fields["住房公积金"].editor.setText("984")
    assert view.calculator.result.text() == "8,200.00 − 984.00（住房公积金） ＝ 7,216.00 元"
    view.save()
    ledger = ledger_of(workspace)
    basis = next(b for b in ledger[DuesBasis].all(member=2) if b.since == PartialDate(2026, 1))
    assert basis.base_fen == 721600
    assert [item.deducted for item in ledger[PayItem].all(basis=basis.id)] == [False, True]


def test_last_years_bases_are_carried_over_in_one_action(workspace, page) -> None:
    view = (page("dues", view="bases"))._made["bases"]
    assert "24" in view.segments._buttons["open"].text()
    view.carry_over()
    assert view.segments._buttons["open"].text().endswith(" 0")
    workspace.session.step(back=True)
    assert view.segments._buttons["open"].text().endswith(" 24")


def test_what_was_handed_up_is_not_overwritten(workspace, page) -> None:
    dues = page("dues", view="money")
    view = dues._made["money"]
    year = workspace.session.ledger_of_year().dues
    held = sum(year.totals(month)[1] for month in (1, 2, 3))
    fill(
        view.remittance.form,
        first_month="2026-01",
        last_month="2026-03",
        remitted_on="2026-04-02",
        amount_fen=f"{held // 100}.{held % 100:02}",
    )
    view.remittance.save()
    ledger = ledger_of(workspace)
    assert ledger[Remittance].all()[0].amount_fen == held
    fill(view.notice.form, first_month="2026-01", last_month="2026-06", shown_on="2026-07-01", place="公示栏")
    view.notice.save()
    assert ledger[DuesNotice].all()[0].place == "公示栏"
    dues = page("dues", month=2)
    before = len(ledger[Payment].all())
    cell = dues.model.cell(dues.grid.currentIndex())
    assert cell and (cell.month, cell.paid_fen > 0) == (2, True)
    dues.set_amount("1")
    assert "已在 2026-04-02 上交" in dues.bar.text
    assert len(ledger[Payment].all()) == before


def test_a_refund_takes_a_reason_and_lowers_the_month(workspace, page) -> None:
    dues = page("dues", view="entries")
    form = dues._made["entries"].form
    name = workspace.session.ledger_of_year().roster[1].name
    fill(form.form, member=name, month="2026-06", amount_fen="10", kind="退还", note="")
    form.save()
    assert "写明原因" in form.form.fields["note"].fault
    before = workspace.session.ledger_of_year().dues.cell(1, 6).paid_fen
    fill(form.form, note="多收")
    form.save()
    assert workspace.session.ledger_of_year().dues.cell(1, 6).paid_fen == before - 1000
    assert ledger_of(workspace)[Payment].all(kind=PaymentKind.REFUND)[0].note == "多收"


def test_a_quarter_is_paid_at_once(workspace, page) -> None:
    dues = page("dues", view="entries")
    view = dues._made["entries"]
    view.who.setText(workspace.session.ledger_of_year().roster[1].name)
    view.quarter.setCurrentIndex(3)
    view._pay_quarter()
    paid = [p for p in ledger_of(workspace)[Payment].all(member=1) if p.method == "季交"]
    assert [p.month.month for p in paid] == [10, 11, 12]


# --- 名册 -----------------------------------------------------------------------------------------------


def test_an_old_number_is_converted_in_the_form_and_fills_birth_and_sex(workspace, page) -> None:
    members = page("members")
    members._edit(None)
    form = members.form
    form.edits["name"].setText("新来")
    form.edits["id_number"].setText("430102850615234")
    form._read_number()
    assert form.edits["id_number"].text() == "430102198506152349"
    assert (form.edits["birth"].text(), form.sex.currentText()) == ("1985-06-15", "女")
    assert "15 位" in form.fields["id_number"].fault
    form.work["department"].setText("科研处")
    form.save()
    ledger = ledger_of(workspace)
    saved = ledger[Member].all()[-1]
    assert ledger[Employment].all(member=saved.id)[0].department == "科研处"


def test_numbers_are_masked_until_asked_for(workspace, page) -> None:
    members = page("members")
    person = members.table.current()
    facts = dict(members.person._facts(person))
    assert "********" in facts["身份证号"] and "****" in facts["联系电话"]
    members.person._toggle_numbers()
    assert dict(members.person._facts(person))["身份证号"] == person.member.id_number
    members.table.selectRow(1)
    assert "********" in dict(members.person._facts(members.table.current()))["身份证号"]


def test_own_fields_and_lists_are_offered_in_the_form(workspace, page) -> None:
    lists = page("settings", view="lists").lists
    lists.list.setCurrentIndex(lists._codes.index("position"))
    lists.word.setText("编外岗位")
    lists.add_word()
    lists.field.setText("特长")
    lists.add_field()
    lists.day.setText("2026-10-01")
    lists.day_name.setText("国庆节")
    lists.add_holiday()
    ledger = ledger_of(workspace)
    assert ledger[ListWord].all()[0].word == "编外岗位"
    assert ledger[Holiday].all()[0].day == date(2026, 10, 1)
    members = page("members")
    members._edit(members.table.current().member)
    (own,) = ledger[ExtraField].all()
    members.form.extras[own.id].setText("书法")
    members.form.save()
    assert ledger[ExtraValue].all()[0].text == "书法"


def test_a_photo_is_attached_to_a_person_and_its_second_use_is_told(workspace, page, tmp_path, monkeypatch) -> None:
    from ui.attachments import Attachments

    photo = tmp_path / "照片.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    page("members")
    files = workspace.page.person.findChildren(Attachments)[-1]
    files.add(photo)
    ledger = ledger_of(workspace)
    assert [item.name for item in ledger[Attachment].all()] == ["照片.png"]
    files = workspace.page.person.findChildren(Attachments)[-1]
    files.add(photo)
    assert "已经用在别处" in files.bar.text
    files.remove(ledger[Attachment].all()[0])
    assert len(ledger[Attachment].all()) == 1


# --- 导入向导 -------------------------------------------------------------------------------------------


def test_a_bad_cell_is_mended_in_the_preview(workspace, page, tmp_path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("姓名,性别,入党时间\n新一,男,2004.13\n新二,女,2005.5\n", "utf-8")
    panel = page("settings", bring="members").importing
    panel.load(path)
    assert panel.code == "members"
    assert "1 行不能导入" in panel.words.text()
    panel.views.choose("wrong")
    panel._show_rows()
    model = panel.table.model_of_rows
    assert [item.row.number for item in model.rows] == [2]
    column = 2 + model.fields.index("joined")
    assert "不是存在的日期" in model.fault(model.index(0, column)).reason
    model.setData(model.index(0, column), "2004.12")
    assert "没有不能导入的行" in panel.words.text()
    before = len(ledger_of(workspace)[Member].all())
    panel.bring()
    assert len(ledger_of(workspace)[Member].all()) == before + 2
    assert "可以一次撤销" in panel.words.text()
    workspace.session.step(back=True)
    assert len(ledger_of(workspace)[Member].all()) == before


def test_rows_left_over_are_saved_as_a_table_that_can_be_read_again(workspace, page, tmp_path) -> None:
    from app.exchange.raw import read_book

    path, rest = tmp_path / "名册.csv", tmp_path / "剩下.xlsx"
    path.write_text("姓名,性别\n新一,男\n新二,不详\n", "utf-8")
    panel = page("settings", bring="members").importing
    panel.load(path)
    panel.bring()
    assert not panel.rest.isHidden()
    panel.write_rest(rest)
    grid = read_book(rest)[0].grid
    assert grid[0] == ("姓名", "性别", "没有导入的原因")
    assert grid[1][0] == "新二" and "性别应为男或女" in grid[1][2]


def test_columns_are_pointed_at_by_hand(workspace, page, tmp_path) -> None:
    path = tmp_path / "怪表.csv"
    path.write_text("甲,乙\n2004.5,新一\n", "utf-8")
    panel = page("settings", bring="members").importing
    panel.load(path)
    assert "没有找到需要的列" in panel.bar.text
    panel._set_column("name", 1)
    panel._set_column("joined", 0)
    panel.bring()
    saved = ledger_of(workspace)[Member].all()[-1]
    assert (saved.name, str(saved.joined)) == ("新一", "2004-05")


# --- 移交 -----------------------------------------------------------------------------------------------


def test_the_package_opens_elsewhere_with_the_same_content(workspace, page, tmp_path) -> None:
    settings = page("settings")
    settings.write_package(tmp_path / "U盘")
    package = next((tmp_path / "U盘").glob("*移交*.zbtz"))
    listed = next((tmp_path / "U盘").glob("*清单.pdf"))
    assert listed.read_bytes().startswith(b"%PDF")
    elsewhere = FileVault(workspace.session.vault._now, tmp_path / "另一台电脑")
    opened, mine = elsewhere.open(package), ledger_of(workspace)
    for kind in (Member, Payment, DevelopmentStep, Circumstance):
        assert opened[kind].all() == mine[kind].all()
    assert opened.history.head() == mine.history.head()
    opened.close()
    settings.write_package(tmp_path / "U盘")
    assert "已经存在" in settings.bar.text


def test_letters_and_lists_are_printed_from_where_their_record_is(workspace, page) -> None:
    form = page("registers", view="transfers", member=6).form
    fill(form.form, place="示例区第二党支部", moved_on="2026-07-01", number="2026012")
    form.save()
    letter = ledger_of(workspace)[Transfer].all()[0].id
    reports = page("reports", form="transfer_letter", record=letter)
    QTest.qWait(50)
    while workspace.session.tasks.busy:
        QTest.qWait(20)
    assert "组织关系介绍信 · 共 1 页" in reports._state.text()
    assert reports._name() == "2026-组织关系介绍信.pdf"


def test_every_register_is_reached_by_keyboard(workspace, page) -> None:
    registers = page("registers")
    registers.views.setFocus()
    for register in ("circumstances", "dispositions", "honours", "care"):
        QTest.mouseClick(registers.views._buttons[register], Qt.MouseButton.LeftButton)
        assert registers.register.code == register
        registers.primary()
        assert registers.form.form.editors["member"].hasFocus()
