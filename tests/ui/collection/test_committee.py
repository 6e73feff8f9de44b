"""The committee's window: branches hand up through the window, are collected, looked at, sampled, reported."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.branch.branch import Branch
from app.collection.charts import charts
from app.sample.year import Plan
from app.year.extract import Detail
from db.collection import DuckCollection, DuckCollections
from db.vault import FileVault
from tests.app.collection.handing_up import packed
from tests.ui.pages.test_fits import cut
from ui.collection.branches import BranchesPage
from ui.collection.documents import DocumentsPage
from ui.collection.figures import FiguresPage
from ui.collection.sampling import SamplingPage
from ui.collection.sources import SourcesPage
from ui.collection.view import CollectionView
from ui.house.desk import Desk
from ui.kit.table import Table
from ui.pages.reports.page import ReportsPage
from ui.pages.reports.submit import SubmitDialog

TODAY = date(2026, 7, 16)
NAMES = ("一车间支部", "二车间支部", "机关支部")


@pytest.fixture
def handed(vault: FileVault, tmp_path: Path, sample_file: Callable[[Plan, Path], Path]) -> Path:
    """A folder with three branches, one of them twice, one late for the half-year, one damaged file."""
    folder = tmp_path / "报送"
    folder.mkdir()
    for seed, name in enumerate(NAMES, 1):
        path = sample_file(Plan(1, 9, seed, TODAY), tmp_path / f"{seed}.zbtz")
        with closing(vault.open(path)) as ledger:
            ledger[Branch].save(replace(ledger[Branch].all()[0], name=name, superior="示例单位党委"))
            (folder / f"{name}.zbbs").write_bytes(packed(ledger, Detail.LISTS, TODAY, 2026))
            if seed == 1:
                (folder / "一车间支部 旧.zbbs").write_bytes(packed(ledger, Detail.FIGURES, date(2026, 3, 31), 2026))
    shutil.copy(folder / "二车间支部.zbbs", folder / "二车间支部 再报.zbbs")
    (folder / "坏的.zbbs").write_bytes((folder / "机关支部.zbbs").read_bytes()[:500])
    return folder


@pytest.fixture
def view(desk: Desk, tmp_path: Path) -> Iterator[CollectionView]:
    desk.collections = DuckCollections()
    desk.open_collection(tmp_path / "汇总.zbhz")
    shown = desk.window.centralWidget()
    assert isinstance(shown, CollectionView)
    yield shown
    desk.put_away()


def page_of(view: CollectionView, kind: type) -> object:
    number = next(number for number, page in enumerate(view.pages) if isinstance(page, kind))
    view.show_page(number)
    return view.page


def gathered(view: CollectionView, folder: Path, qtbot: QtBot) -> SourcesPage:
    page = page_of(view, SourcesPage)
    assert isinstance(page, SourcesPage)
    page.gather(folder)
    qtbot.waitUntil(lambda: not page.busy, timeout=30_000)
    return page


def test_a_branch_hands_up_from_its_own_window(page, tmp_path: Path) -> None:
    reports = page("reports")
    assert isinstance(reports, ReportsPage)
    dialog = SubmitDialog(reports._session, reports)
    assert dialog.detail is Detail.FIGURES
    assert "不含任何人的姓名" in dialog.choices[Detail.FIGURES].accessibleDescription()
    dialog.choices[Detail.LISTS].setChecked(True)
    dialog.write(tmp_path / "a.zbbs")
    with closing(DuckCollection(tmp_path / "h.zbhz", new=True)) as collection:
        from app.collection.collecting import Order, collect
        from db.intake import take

        assert collect(collection, Order((tmp_path / "a.zbbs",), 2026, TODAY, TODAY), take).taken == 1
        assert collection.ask("sources")[0][8] == "lists"


def test_two_passwords_that_differ_are_told(page, tmp_path: Path) -> None:
    dialog = SubmitDialog(page("reports")._session, page("reports"))
    dialog.password.setText("报送用的密码")
    dialog.again.setText("报送用的密玛")
    dialog.export()
    assert "不一样" in dialog.bar.text


def test_the_committee_sees_every_branch_and_what_was_set_aside(
    view: CollectionView, handed: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    sources = gathered(view, handed, qtbot)
    told = {Path(row[1]).name: row[2] for row in sources.table.rows_model.rows}
    assert told == {
        "一车间支部.zbbs": "采用",
        "一车间支部 旧.zbbs": "已有更新的",
        "二车间支部.zbbs": told["二车间支部.zbbs"],
        "二车间支部 再报.zbbs": told["二车间支部 再报.zbbs"],
        "机关支部.zbbs": "采用",
        "坏的.zbbs": "没有收下",
    }
    assert {told["二车间支部.zbbs"], told["二车间支部 再报.zbbs"]} == {"采用", "重复"}
    assert "没有收下 1 个" in sources.bar.text
    table = tmp_path / "架构.csv"
    table.write_text("支部\n" + "\n".join([*NAMES, "后勤支部"]), "utf-8-sig")
    sources.take_structure(table)
    assert sources.absent.toPlainText() == "后勤支部"
    table.write_text("支部,并入\n一车间支部,机关支部\n后勤支部,机关支部\n机关支部,\n二车间支部,\n", "utf-8-sig")
    sources.take_structure(table)
    assert sources.absent.toPlainText() == "都报了。"
    assert "一车间支部 → 机关支部，2026 年还报了，请核对；后勤支部 → 机关支部" in sources._renamed.text()
    branches = page_of(view, BranchesPage)
    assert isinstance(branches, BranchesPage)
    assert {branch.name for branch in branches.table.rows_model.rows} == set(NAMES)
    first = branches.table.rows_model.rows[0]
    branches.table.choose(lambda branch: branch is first)
    branches.table.opened.emit(first)
    assert "校验码" in branches.one._origin.text()
    assert len(branches.one.tables["duties"].rows_model.rows) > 30
    branches.one.views.choose("records")
    branches.one.show_again()
    assert any(row[0] == "会议活动" for row in branches.one.tables["records"].rows_model.rows)


def test_a_figure_leads_to_its_branches(view: CollectionView, handed: Path, qtbot: QtBot) -> None:
    gathered(view, handed, qtbot)
    figures = page_of(view, FiguresPage)
    assert isinstance(figures, FiguresPage)
    (members,) = [figure for figure in figures.table.rows_model.rows if figure.name == "党员"]
    figures.table.choose(lambda figure: figure is members)
    behind = figures.behind.rows_model.rows
    assert sum(row[2] for row in behind) == members.value
    figures.behind.opened.emit(behind[0])
    assert isinstance(view.page, BranchesPage)
    assert view.page.one._name.text() == behind[0][1]


def test_a_sample_is_the_same_for_the_same_number(
    view: CollectionView, handed: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    gathered(view, handed, qtbot)
    sampling = page_of(view, SamplingPage)
    assert isinstance(sampling, SamplingPage)
    sampling.count.setText("2")
    sampling.draw()
    assert "抽签号码" in sampling.bar.text
    drawn: list[set[str]] = []
    for _ in range(2):
        sampling.seed.setText("20260716")
        sampling.draw()
        drawn.append({row[1] for row in sampling.table.rows_model.rows})
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2
    sampling.result.setCurrentText("有问题")
    sampling.note.setPlainText("二月支委会没有记录")
    sampling.save()
    sampling.write(tmp_path / "抽查.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "抽查.xlsx").active.values)
    assert ("有问题", "二月支委会没有记录") in {(row[3], row[4]) for row in rows}
    assert all("20260716" in row[6] for row in rows[1:])


def test_the_papers_say_what_the_branches_said(
    view: CollectionView, handed: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    gathered(view, handed, qtbot)
    branches = page_of(view, BranchesPage)
    assert isinstance(branches, BranchesPage)
    for what, suffix in (("通报", "pdf"), ("通报", "docx"), ("各支部情况", "pdf"), ("汇总表", "xlsx")):
        path = tmp_path / f"{what}.{suffix}"
        branches.write(what, path)
        qtbot.waitUntil(path.exists, timeout=30_000)
    book = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")
    sheet = book["全年数字"]
    assert sheet.cell(1, 3).value == "党员（人）"
    assert sheet.cell(5, 3).value == "=SUM(C2:C4)"
    assert sum(sheet.cell(row, 3).value for row in (2, 3, 4)) == 27
    with pypdfium2.PdfDocument(tmp_path / "通报.pdf") as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "已报送 3 个" in text.replace("\r\n", "")
    with pypdfium2.PdfDocument(tmp_path / "各支部情况.pdf") as pdf:
        assert len(pdf) >= 3


def test_the_branchs_own_program_offers_no_collection(desk: Desk) -> None:
    assert "汇总下级支部" not in [made.text() for made in desk.window.findChildren(QPushButton)]


def test_the_dataset_and_the_reminder_are_taken_along(
    view: CollectionView, handed: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    sources = gathered(view, handed, qtbot)
    table = tmp_path / "架构.csv"
    table.write_text("支部\n后勤支部\n", "utf-8-sig")
    sources.take_structure(table)
    sources.copy()
    assert "后勤支部" in QGuiApplication.clipboard().text()
    sources.write_dataset(tmp_path / "数据集")
    assert list((tmp_path / "数据集" / "duty").rglob("*.parquet"))
    documents = page_of(view, DocumentsPage)
    assert isinstance(documents, DocumentsPage)
    item = documents.table.rows_model.rows[0]
    documents.table.choose(lambda row: row is item)
    assert {row[1] for row in documents.branches.rows_model.rows} == set(NAMES)
    documents.show_item(None)
    assert documents.branches.rows_model.rows == []


def test_a_bar_opens_the_branches_behind_it_and_another_year_is_shown(
    view: CollectionView, handed: Path, qtbot: QtBot
) -> None:
    gathered(view, handed, qtbot)
    figures = page_of(view, FiguresPage)
    assert isinstance(figures, FiguresPage)
    dues = charts(view.office.collection, 2026)[1]
    behind = next(bar for bar in dues.bars if bar.rows[0])
    figures.walls.opened.emit(behind.label, dues.kind, behind.rows[0])
    assert len(figures.behind.rows_model.rows) == len(behind.rows[0])
    view._turn(-1)
    assert view.office.year == 2025
    view.show_page(0)
    assert "还没有收到" in view.page.bar.text
    qtbot.keyClick(view, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    view.go_back()
    assert view.window() is not view


def test_a_folder_that_is_gone_is_told(view: CollectionView, tmp_path: Path, qtbot: QtBot) -> None:
    sources = gathered(view, tmp_path / "没有", qtbot)
    assert sources.table.rows_model.rows == []
    assert "找不到" in sources.bar.text


def test_a_collection_is_opened_from_the_first_screen(desk: Desk, tmp_path: Path, monkeypatch) -> None:
    desk.collections = DuckCollections()
    desk.show_welcome()
    wanted = tmp_path / "新汇总"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(wanted), ""))
    welcome = desk.window.centralWidget()
    (made,) = [found for found in welcome.findChildren(QPushButton) if found.text() == "汇总下级支部"]
    made.click()
    assert isinstance(desk.window.centralWidget(), CollectionView)
    assert wanted.with_suffix(".zbhz").exists()
    desk._leave_collection()
    wanted.with_suffix(".zbhz").write_bytes(b"x" * 100)
    desk.show_welcome()
    welcome = desk.window.centralWidget()
    welcome._collect()
    assert "不是汇总" in welcome.bar.text


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_no_page_of_the_committee_is_cut_or_scrolls_sideways(
    desk: Desk, handed: Path, tmp_path: Path, qtbot: QtBot, percent: int
) -> None:
    desk.preferences.percent = percent
    desk.window.resize(1366, 728)
    desk.change_look()
    desk.collections = DuckCollections()
    desk.open_collection(tmp_path / "汇总.zbhz")
    shown = desk.window.centralWidget()
    assert isinstance(shown, CollectionView)
    gathered(shown, handed, qtbot)
    for number in range(len(shown.pages)):
        shown.show_page(number)
        page = shown.page
        qtbot.waitUntil(lambda page=page: cut(page) == [] and page.width() <= 1366)
        for table in page.findChildren(Table):
            if table.isVisible():
                assert table.horizontalScrollBar().maximum() == 0, (page.title, table.accessibleName())
                assert not table.isColumnHidden(0)
    desk.put_away()
