"""党费的各页, 名册, 名单, 导入, 移交: what a clerk does there, and what the ledger then says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.branch.lists import ListWord
from app.calendar import Holiday
from app.dates import PartialDate
from app.development.steps import DevelopmentStep
from app.dues.bases import DuesBasis
from app.dues.pay import PayItem
from app.dues.payments import Payment, PaymentKind
from app.dues.remittances import DuesNotice, Remittance
from app.people.circumstances import Circumstance
from app.people.extra_fields import ExtraField, ExtraValue
from app.people.members import Employment, Member
from app.people.transfers import Transfer
from app.ways import ToNew, ToPaper, ToRecord
from app.year.seal import seal_year
from db.vault import FileVault
from tests.ui.acting import fill, ledger_of, settle
from ui.house.ways import ToImport
from ui.importing.rest import write_rest

TODAY = date(2026, 7, 16)
TABLES = Path(__file__).parents[2] / "tables"


# --- 党费 -----------------------------------------------------------------------------------------------


def test_a_base_is_fixed_by_the_pay_slip(workspace, page) -> None:
    dues = page("dues", "bases")
    view = dues._made["bases"]
    view.choose(2)
    view.form.calculator.fields["应发合计"].editor.setText("8200")
    view.form.calculator.fields["住房公积金"].editor.setText("984")
    assert view.form.calculator.result.text() == "8,200.00 − 984.00（住房公积金） ＝ 7,216.00 元"
    view.form.save()
    ledger = ledger_of(workspace)
    basis = next(b for b in ledger[DuesBasis].all(member=2) if b.since == PartialDate(2026, 1))
    assert basis.base_fen == 721600
    assert [item.deducted for item in ledger[PayItem].all(basis=basis.id)] == [False, True]


def test_last_years_bases_are_carried_over_in_one_action(workspace, page) -> None:
    view = (page("dues", "bases"))._made["bases"]
    assert "24" in view.segments._buttons["open"].text()
    view.carry_over()
    assert view.segments._buttons["open"].text().endswith(" 0")
    workspace.session.step(back=True)
    assert view.segments._buttons["open"].text().endswith(" 24")


def test_what_was_handed_up_is_not_overwritten(workspace, page) -> None:
    dues = page("dues", "money")
    view = dues._made["money"]
    year = workspace.session.ledger_of_year().dues
    held = sum(year.totals(month)[1] for month in (1, 2, 3))
    view.remittances.begin()
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
    view.notices.begin()
    fill(view.notice.form, first_month="2026-01", last_month="2026-06", shown_on="2026-07-01", place="公示栏")
    view.notice.save()
    assert ledger[DuesNotice].all()[0].place == "公示栏"
    dues = page(ToNew(Payment, {"month": PartialDate(2026, 2)}))
    before = len(ledger[Payment].all())
    cell = dues.model.cell(dues.grid.currentIndex())
    assert cell and (cell.month, cell.paid_fen > 0) == (2, True)
    dues.set_amount("1")
    assert "已在 2026-04-02 上交" in dues.bar.text
    assert len(ledger[Payment].all()) == before


def test_an_empty_book_says_what_belongs_there_and_shows_no_form(workspace, page) -> None:
    view = page("dues", "money")._made["money"]
    for book, words in ((view.remittances, "上交给上级"), (view.notices, "公示")):
        assert words in book._empty.text and not book._empty.isHidden() and book.table.isHidden()
    assert view._beside.isHidden()
    view.remittances._empty.buttons[0].click()
    assert not view._beside.isHidden() and view._beside.currentWidget() is view.remittances.side
    assert view.remittance.form.editors["first_month"].placeholderText() == "如 2026.3"
    view.remittance.leave()
    assert view._beside.isHidden()


def test_what_is_selected_in_a_book_is_read_beside_it(workspace, page) -> None:
    view = page("dues", "money")._made["money"]
    view.notices.begin()
    fill(view.notice.form, first_month="2026-01", last_month="2026-06", shown_on="2026-07-01", place="公示栏")
    assert view.notice.save()
    assert view.notices.side.reads and not view._beside.isHidden()
    assert view.notices._empty.isHidden() and view.notices.table.current().place == "公示栏"
    view.notices.side.reading.edit_button.click()
    assert not view.notices.side.reads and view.notice.record.place == "公示栏"
    view.notice.leave()
    assert view.notices.side.reads
    view.notices.side.edit()
    view.notice.remove()
    assert view._beside.isHidden() and not view.notices._empty.isHidden()


def test_the_latest_entry_is_read_beside_the_entries_of_the_year(workspace, page) -> None:
    view = page("dues", "entries")._made["entries"]
    assert view.book.side.reads and view.form.record == view.table.current()
    view.book._new.click()
    assert not view.book.side.reads and view.form.record is None
    assert view.form.form.editors["paid_on"].text() == str(workspace.session.today())


def test_a_record_of_a_book_is_opened_from_elsewhere(workspace, page) -> None:
    view = page("dues", "money")._made["money"]
    view.notices.begin()
    fill(view.notice.form, first_month="2026-01", last_month="2026-06", shown_on="2026-07-01", place="公示栏")
    view.notice.save()
    (notice,) = ledger_of(workspace)[DuesNotice].all()
    page("home")
    view = page(ToRecord(DuesNotice, notice.id))._made["money"]
    assert view.notice.record == notice and not view.notices.side.reads


def test_a_refund_takes_a_reason_and_lowers_the_month(workspace, page) -> None:
    dues = page("dues", "entries")
    form = dues._made["entries"].form
    dues._made["entries"].book.begin()
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
    dues = page("dues", "entries")
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
    assert (form.edits["birth"].text(), form.edits["sex"].currentText()) == ("1985-06-15", "女")
    assert "15 位" in form.fields["id_number"].fault
    form.arrival.work["department"].setText("科研处")
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
    lists = page("settings", "lists").lists
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


def test_a_bad_cell_is_mended_in_the_preview(workspace, page, tmp_path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("姓名,性别,入党时间\n新一,男,2004.13\n新二,女,2005.5\n", "utf-8")
    panel = page(ToImport("members")).importing
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


def large_roster(path) -> None:
    digits = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")
    names = (f"{number:04}".translate(digits) for number in range(1500))
    rows = "".join(f"{name},男,2004.5,{'示例单位' * 9}\n" for name in names)
    path.write_text("姓名,性别,入党时间,工作单位\n" + rows, "utf-8")


def test_a_large_table_is_read_and_looked_at_by_the_worker(workspace, page, tmp_path, qtbot) -> None:
    path = tmp_path / "大名册.csv"
    large_roster(path)
    panel = page(ToImport("members")).importing
    panel.load(path)
    assert panel.words.text() == "正在读表格…"
    assert not panel.cancel.isHidden()
    qtbot.waitUntil(lambda: "将新增 1500 条" in panel.words.text(), timeout=60_000)
    assert panel.cancel.isHidden()
    assert panel.take.isEnabled()


def test_looking_at_a_large_table_can_be_cancelled(workspace, page, tmp_path, qtbot) -> None:
    path = tmp_path / "大名册.csv"
    large_roster(path)
    panel = page(ToImport("members")).importing
    panel.load(path)
    panel.cancel.click()
    assert "已取消" in panel.words.text()
    settle(workspace, qtbot)
    assert "已取消" in panel.words.text()
    assert not panel.take.isEnabled()


def looked_at(page, path, qtbot):
    large_roster(path)
    panel = page(ToImport("members")).importing
    panel.load(path)
    qtbot.waitUntil(lambda: "将新增 1500 条" in panel.words.text(), timeout=60_000)
    return panel


def test_a_large_table_is_brought_in_by_the_worker_as_one_action(workspace, page, tmp_path, qtbot) -> None:
    panel = looked_at(page, tmp_path / "大名册.csv", qtbot)
    before = len(ledger_of(workspace)[Member].all())
    panel.bring()
    assert panel.bringing.box.isVisible()
    assert not panel._done
    qtbot.waitUntil(lambda: panel._done, timeout=60_000)
    assert panel.bringing.box is None
    assert "可以一次撤销" in panel.words.text()
    assert len(ledger_of(workspace)[Member].all()) == before + 1500
    # What was written by the worker is no foreign write: the window saves on, and takes all of it back in one step.
    with ledger_of(workspace).transaction("又一人"):
        ledger_of(workspace)[Member].save(Member(name="乙一"))
    workspace.session.step(back=True)
    workspace.session.step(back=True)
    assert len(ledger_of(workspace)[Member].all()) == before


def test_bringing_in_can_be_cancelled_and_leaves_nothing(workspace, page, tmp_path, qtbot) -> None:
    panel = looked_at(page, tmp_path / "大名册.csv", qtbot)
    before = len(ledger_of(workspace)[Member].all())
    panel.bring()
    panel.bringing.box.findChild(QPushButton).click()
    settle(workspace, qtbot)
    assert "已取消，台账没有变动" in panel.bar.text
    assert panel.take.isEnabled()
    assert not panel._done
    assert len(ledger_of(workspace)[Member].all()) == before
    assert ledger_of(workspace).check() == []


def test_the_worker_asks_for_the_reason_of_a_sealed_year_in_the_window(workspace, page, tmp_path, qtbot) -> None:
    path = tmp_path / "补录谈话.csv"
    ledger = ledger_of(workspace)
    one, other = [member.name for member in ledger[Member].all() if member.joined][:2]
    days = [f"2025.{month}.{day}" for month in range(1, 13) for day in range(1, 27)]
    path.write_text("日期,谈话人,谈话对象,内容\n" + "".join(f"{day},{one},{other},补记\n" for day in days), "utf-8")
    seal_year(ledger, 2025, TODAY)
    asked: list[frozenset[int]] = []

    def reason(years: frozenset[int]) -> str:
        assert QThread.currentThread() is workspace.thread()
        asked.append(years)
        return "补录纸质记录"

    ledger.reason_for = reason
    panel = page(ToImport("talks")).importing
    panel.load(path)
    qtbot.waitUntil(panel.take.isEnabled, timeout=60_000)
    panel.bring()
    qtbot.waitUntil(lambda: panel._done, timeout=60_000)
    assert asked == [frozenset({2025})]
    assert "补录纸质记录" in ledger.history.action(ledger.history.head()[0]).name


def test_rows_left_over_are_saved_as_a_table_that_can_be_read_again(workspace, page, tmp_path) -> None:
    from app.exchange.raw import read_book

    path, rest = tmp_path / "名册.csv", tmp_path / "剩下.xlsx"
    path.write_text("姓名,性别\n新一,男\n新二,男女\n", "utf-8")
    panel = page(ToImport("members")).importing
    panel.load(path)
    panel.bring()
    assert not panel.rest.isHidden()
    write_rest(rest, panel.left_rows())
    grid = read_book(rest)[0].grid
    assert grid[0] == ("姓名", "性别", "没有导入的原因")
    assert grid[1][0] == "新二" and "性别应为男或女" in grid[1][2]


def test_columns_are_pointed_at_by_hand(workspace, page, tmp_path) -> None:
    path = tmp_path / "怪表.csv"
    path.write_text("甲,乙\n2004.5,新一\n", "utf-8")
    panel = page(ToImport("members")).importing
    panel.load(path)
    assert "没有找到需要的列" in panel.bar.text
    for name, column in (("name", 1), ("joined", 0)):
        panel.side.set_column(panel._layout(), panel._mending, name, column)
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
    form = page(ToNew(Transfer, {"member": 6})).form
    fill(form.form, place="示例区第二党支部", moved_on="2026-07-01", number="2026012")
    form.save()
    letter = ledger_of(workspace)[Transfer].all()[0].id
    reports = page(ToPaper("transfer_letter", letter))
    QTest.qWait(50)
    while workspace.session.tasks.busy:
        QTest.qWait(20)
    assert "组织关系介绍信 · 共 1 页" in reports._state.text()
    assert reports.file_name(".pdf") == "2026-组织关系介绍信.pdf"
