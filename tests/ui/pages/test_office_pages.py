"""What leaves the program: Word, workbooks, templates, text for a platform, photos, briefings; and giving up."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from app.attachments import Owner, attach
from app.exchange.copy_texts import CopiedText
from app.exchange.document_templates import DocumentTemplate
from app.life.meetings import Meeting
from app.reports.catalogue import Binding, Cover
from app.ways import ToPaper, ToRecord
from tests.app.exchange.test_office import docx, words_of
from tests.app.reports.test_reports import pages_of, plain, text_of
from tests.ui.acting import settle
from ui.pages.reports.binding import BindingDialog
from ui.record.copying import CopyDialog
from ui.record.exporting import write_list
from ui.record.record_menu import RecordMenu


@pytest.fixture
def reports(workspace, page, qtbot):
    """The page on which one form after another is asked for; the book that it begins with is not waited for."""
    shown = page("reports")
    shown.give_up()
    settle(workspace, qtbot)
    return shown


@pytest.fixture
def book(workspace, page, qtbot):
    """The page with the book of the year."""
    shown = page("reports")
    settle(workspace, qtbot)
    return shown


def pick(reports, *titles: str) -> None:
    """Choose a form as a clerk does: its subject in the menu, then its title."""
    menu = reports.contents.single.menu()
    for title in titles[:-1]:
        menu = next(inner for inner in menu.findChildren(QMenu) if inner.title() == title)
    next(action for action in menu.actions() if action.text() == titles[-1]).trigger()


def test_forms_stand_by_subject_and_none_is_twice(workspace, reports, qtbot) -> None:
    from app.reports.catalogue import FORMS

    offered = [
        a.text() for m in reports.contents.single.menu().findChildren(QMenu) for a in m.actions() if not a.menu()
    ]
    assert len(offered) == len(set(offered))
    # A letter, the sheet to sign, a register, a document's answer are printed from where what they are about is.
    of_records = ("register", "register_across", "self_check", "document_progress", "document_study")
    apart = {FORMS[code].title for code in ("transfer_letter", "sign_in", "sign_in_held", *of_records)}
    assert {form.title for form in FORMS.values()} - set(offered) == apart
    pick(reports, "党费", "党费公示表")
    settle(workspace, qtbot)
    assert "党费公示表" in plain(text_of(reports._printed.data))
    assert reports.contents.single.text() == "党费公示表"
    pick(reports, "（整本或所选章节）")
    settle(workspace, qtbot)
    assert "使用说明" in plain(text_of(reports._printed.data))


def test_page_counts_stand_beside_the_ticks_and_lead_there(workspace, book) -> None:
    tick = book.contents.ticks["minutes_group"]
    assert tick.text().endswith("页") and book.jump.count() > 15
    book.jump.setCurrentIndex(5)
    book.jump.activated.emit(5)
    assert book.preview.current + 1 == book.jump.currentData()
    book.thumbnails.chosen.emit(0)
    assert book.preview.current == 0


def test_what_is_shown_is_written_as_word(workspace, reports, qtbot, tmp_path: Path) -> None:
    reports.open_with(ToPaper("roster_full"))
    settle(workspace, qtbot)
    reports.write_word(tmp_path / "名册.docx")
    settle(workspace, qtbot)
    text = words_of((tmp_path / "名册.docx").read_bytes())
    assert all(
        person.name in text for person in workspace.session.ledger_of_year().roster.present(workspace.session.today())
    )


def test_photos_are_appended_when_ticked(workspace, book, qtbot) -> None:
    buffer = BytesIO()
    Image.new("RGB", (3000, 2000), "blue").save(buffer, "JPEG")
    meeting = workspace.session.ledger_of_year().minutes[-1].meeting
    today = workspace.session.today()
    attach(workspace.session.ledger, Owner.MEETING, meeting.id, "会场.jpg", buffer.getvalue(), today, "会场全景")
    attach(workspace.session.ledger, Owner.MEETING, meeting.id, "坏的.jpg", b"no picture", today)
    settle(workspace, qtbot)
    before = book._printed.pages
    book.contents.photos.click()
    settle(workspace, qtbot)
    qtbot.waitUntil(lambda: book._printed.pages > before, timeout=30_000)
    assert book._printed.pages == before + 1
    assert "会场全景" in plain(text_of(book._printed.data))


def test_a_print_that_is_given_up_leaves_what_was_shown(workspace, book, qtbot) -> None:
    before = book._printed
    book.contents.leave_out.click()
    book.cancel()
    settle(workspace, qtbot)
    assert book._printed is before and "取消" in book._state.text()
    # What is shown can still be printed and saved, under its own name.
    assert book._print.isEnabled() and book._save.isEnabled()
    assert book.file_name(".pdf") == "2026年度台账.pdf"


def test_a_briefing_is_made_of_the_ticked_records_of_any_kind(workspace, reports, qtbot) -> None:
    pick(reports, "党建工作简报…")
    settle(workspace, qtbot)
    assert "至少选一条" in reports.bar.text
    choice = reports.contents.briefing
    choice.records.item(0).setCheckState(Qt.CheckState.Checked)
    choice.kind.setCurrentText("任务")
    choice.kind.activated.emit(choice.kind.currentIndex())
    choice.records.item(0).setCheckState(Qt.CheckState.Checked)
    choice.number.setText("7")
    choice.note.setPlainText("编者的话")
    choice.wanted.emit()
    settle(workspace, qtbot)
    text = plain(text_of(reports._printed.data))
    newest = workspace.session.ledger_of_year().minutes[-1].meeting
    assert "第7期" in text and "编者的话" in text and plain(newest.subject) in text
    task = next(task for task in workspace.session.ledger_of_year().tasks if ("任务", task.id) in choice.chosen())
    assert plain(task.task) in text and "牵头：" in text
    # Another kind is looked at, and what was ticked before is still chosen.
    assert len(choice.chosen()) == 2 and "已选 2 条" in choice._told.text()


def test_a_form_of_one_member_alone(workspace, reports, qtbot) -> None:
    person = workspace.session.ledger_of_year().roster.members[2]
    reports.open_with(ToPaper("person_year", person.id))
    settle(workspace, qtbot)
    assert reports.contents.person.currentData() == person.id
    assert person.name in plain(text_of(reports._printed.data))


@pytest.mark.parametrize(("code", "view"), [("tasks", "tasks"), ("study", "hours"), ("appraisal", "tallies")])
def test_each_register_is_written_as_a_workbook(workspace, page, tmp_path: Path, code: str, view: str) -> None:
    shown = page(code, view=view)
    write_list(shown, workspace.session, shown.register.exported or shown.register.code, tmp_path / "表.xlsx")
    assert (tmp_path / "表.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("code", ["members", "meetings", "talks", "dues", "develop"])
def test_each_page_of_a_list_offers_it_as_a_workbook(workspace, page, monkeypatch, tmp_path: Path, code: str) -> None:
    from PySide6.QtWidgets import QFileDialog

    path = tmp_path / "表.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    shown = page(code)
    button = next(b for b in shown.findChildren(QPushButton) if b.accessibleName() == "导出表格")
    button.click()
    assert path.read_bytes().startswith(b"PK")


def test_the_settings_offer_every_list(workspace, page) -> None:
    from app.exchange.lists import LISTS

    menu = page("settings")._offer_lists()
    titles = [action.text() for action in menu.actions()]
    assert len(titles) == len(set(titles)) >= len(LISTS) + 6 and "发展党员名册" in titles
    menu.close()


def test_a_template_is_added_filled_and_taken_out_again(workspace, page, tmp_path: Path) -> None:
    settings = page("settings", "templates")
    view = settings.templates
    wrong, right = tmp_path / "错.docx", tmp_path / "月报.docx"
    wrong.write_bytes(docx("{{心情}}"))
    right.write_bytes(docx("{{会议名称}}在{{地点}}"))
    view.add(wrong)
    assert "不认识的字段：心情" in settings.bar.text
    view.add(right)
    (kept,) = workspace.session.ledger[DocumentTemplate].all()
    meeting = workspace.session.ledger_of_year().minutes[0].meeting
    shown = page(ToRecord(Meeting, meeting.id))
    menu = RecordMenu(workspace.session, "会议活动", meeting.id, shown.attempt, shown._new)
    menu.write_filled(kept, tmp_path / "填好.docx")
    assert words_of((tmp_path / "填好.docx").read_bytes()) == f"{meeting.subject}在{meeting.place}"
    menu.write_word(tmp_path / "记录.docx")
    assert meeting.subject in words_of((tmp_path / "记录.docx").read_bytes())
    page("settings", "templates")
    view.remove(kept)
    assert not workspace.session.ledger[DocumentTemplate].all()


def test_fields_are_copied_for_the_platform_and_marked(workspace) -> None:
    meeting = workspace.session.ledger_of_year().minutes[0].meeting
    dialog = CopyDialog(workspace.session, "会议活动", meeting.id, workspace)
    item = next(field for field in dialog.fields() if field.field == "会议名称")
    dialog.copy(item)
    assert QApplication.clipboard().text() == meeting.subject
    (mark,) = workspace.session.ledger[CopiedText].all()
    assert (mark.field, mark.copied_on) == ("会议名称", workspace.session.today())
    assert next(field for field in dialog.fields() if field.field == "会议名称").copied_on == workspace.session.today()
    dialog.close()


def test_a_range_is_printed_on_paper_of_each_page_s_own_size(workspace, qtbot, tmp_path: Path) -> None:
    import pypdfium2
    from PySide6.QtPrintSupport import QPrinter

    from app.reports.forms import print_form
    from ui.kit.preview import paint_pages

    year, today = workspace.session.ledger_of_year(), workspace.session.today()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setFullPage(True)

    def printed(code: str, numbers: range) -> list[tuple[int, int]]:
        printer.setOutputFileName(str(tmp_path / f"{code}.pdf"))
        document = pypdfium2.PdfDocument(print_form(year, code, 0, today).file.reader())
        assert paint_pages(document, printer, numbers)
        made = pypdfium2.PdfDocument(tmp_path / f"{code}.pdf")
        sizes = [tuple(round(edge / 2.835) for edge in made.get_page_size(n)) for n in range(len(made))]
        made.close()
        return sizes

    assert printed("talks", range(1, 3)) == [(210, 297), (210, 297)]
    assert printed("roster_full", range(1)) == [(297, 210)]
    assert printed("roster_a3", range(1)) == [(420, 297)]


def test_a_paper_of_one_applicant_is_chosen_by_name(workspace, reports, qtbot) -> None:
    way = workspace.session.ledger_of_year().development[-1]
    reports.open_with(ToPaper("development_record"))
    settle(workspace, qtbot)
    assert not reports.contents.person.isHidden()
    reports.contents.person.setCurrentIndex(reports.contents.person.findData(way.applicant.id))
    reports.contents.person.activated.emit(reports.contents.person.currentIndex())
    settle(workspace, qtbot)
    text = plain(text_of(reports._printed.data))
    others = [w.applicant.name for w in workspace.session.ledger_of_year().development[:-1]]
    assert way.applicant.name in text and not any(name in text for name in others)


def test_every_paper_of_an_applicant_and_of_an_election_is_offered(workspace, page) -> None:
    from app.reports.catalogue import FormGroup
    from ui.record.record_menu import offer_forms

    menu = offer_forms(workspace.session, page("develop"), 1, FormGroup.DEVELOPMENT)
    assert [action.text() for action in menu.actions()] == [
        "发展党员纪实表", "材料目录", "备案报告", "培养教育考察登记表", "征求意见表", "公示", "预审请示", "表决票",
        "支部大会决议", "审批请示",
    ]  # fmt: skip
    menu.close()
    menu = offer_forms(workspace.session, page("branch"), 1, FormGroup.ELECTION)
    assert [action.text() for action in menu.actions()] == [
        "选举请示", "候选人预备人选请示", "会议通知", "选举办法（草案）", "选票", "计票单", "选举结果报告",
    ]  # fmt: skip
    menu.close()


def test_a_disk_without_room_for_photos_is_told_and_what_was_shown_stays(workspace, book, qtbot, monkeypatch) -> None:
    from app.errors import StorageTrouble
    from db.spool import DiskSpool

    def full(*_: object) -> int:
        raise StorageTrouble("磁盘已满，没有保存。", "请删除不用的文件。")

    before = book._printed
    monkeypatch.setattr(DiskSpool, "put", full)
    book.contents.leave_out.click()
    settle(workspace, qtbot)
    assert "磁盘已满" in book.bar.text and book._printed is before
    assert book._state.text() == "" and book._print.isEnabled()


@pytest.mark.qt_log_ignore("QPrintDialog: Cannot be used on non-native printers")
def test_both_sides_are_proposed_to_the_printer_when_ticked(workspace, book, qtbot, monkeypatch) -> None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    # Without a printer, as here, Qt would forget it.
    proposed: list[QPrinter.DuplexMode] = []
    monkeypatch.setattr(QPrinter, "setDuplex", lambda _, mode: proposed.append(mode))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QPrintDialog.DialogCode.Rejected)
    book.print()
    assert proposed == []
    book.contents.duplex.click()
    settle(workspace, qtbot)
    book.print()
    assert proposed == [QPrinter.DuplexMode.DuplexLongSide]


def test_cover_and_binding_are_chosen_and_shown(workspace, book, qtbot) -> None:
    settle(workspace, qtbot)
    usual = book._printed.pages
    next(one for one in book.contents.findChildren(QPushButton) if one.text() == "封面和装订…").click()
    (dialog,) = book.contents.findChildren(BindingDialog)
    dialog.cover.choose(Cover.BAND.name)
    dialog.volume.setText("第一册")
    dialog.apart.setChecked(True)
    dialog.accept()
    settle(workspace, qtbot)
    assert book._printed.pages > usual
    first = pages_of(book._printed.data)[0]
    assert "第一册" in first
    assert book.contents.wanted().binding == Binding(Cover.BAND, "第一册", minutes_apart=True)
