"""自查考核 in the window: begun, scored beside the records, changed, printed, put on the rectification list."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QMenu

from app.ways import ToList, ToPaper, ToRecord
from app.work.checklist_packs import checklist_file, own_checklist, shipped_checklists
from app.work.rectifications import Rectification
from app.work.self_checks import Checklist, SelfCheck, SelfCheckScore
from ui.house.ways import ToDraft, ToView
from ui.kit.editors import put_text
from ui.pages.self_checks.kinds import code_of


@pytest.fixture
def page(workspace):
    """The page of self-checks."""
    workspace.go(ToView("self_checks"))
    return workspace.page


def choose(page, label: str) -> None:
    """Choose an item of the list."""
    assert page.table.choose(lambda row: row.item.label.startswith(label))
    page._show(page.table.current())


def type_in(page, **texts: str) -> None:
    """Type into the fields of the form, named by their labels."""
    names = {entry.label: entry.name for entry in page.form.form.entries}
    for label, text in texts.items():
        put_text(page.form.form.editors[names[label]], text)


def test_the_present_quarter_is_shown_with_what_the_records_tell(page) -> None:
    assert page.views.lists.currentText() == "党支部“五化”建设自查"
    assert page.views.parts.currentText() == "第三季度"
    choose(page, "“三会一课”")
    assert page.form.heading.text() == "“三会一课”按规定的次数召开"
    assert "满分 8 分，每缺一处扣 1 分" in page.form._about.text()
    told = page.form.told.rows_model.rows
    assert told and all(one.way == ToList(one.way.kind, one.way.ids, one.way.words) for one in told if one.way)
    assert "按记录建议" in page.form._proposed.text()


def test_an_item_is_scored_with_a_reason_and_taken_back(page, workspace) -> None:
    choose(page, "支委会健全")
    type_in(page, 得分="4.5", 扣分原因和问题="分工没有上墙")
    assert not page.form.save()
    assert page.form.form.fields["reason"].fault == "按记录建议 5 分，给别的分请写理由"
    type_in(page, 与建议不同的理由="现场看没有公示")
    assert page.form.save(), page.form.bar.text
    assert page.table.rows_model.index(1, 4).data() == "4.5"
    assert page.head_facts.text().startswith("20 条 · 得 4.5/100 分")
    workspace.session.ledger.history.undo()
    workspace.refresh()
    assert page.table.rows_model.index(1, 4).data() == "未评"


def test_scoring_by_the_records_and_the_gaps_to_the_list_are_one_action_each(page, workspace) -> None:
    ledger = workspace.session.ledger
    before = len(ledger[SelfCheckScore].all())
    page.score_by_records()
    made = ledger[SelfCheckScore].all()[before:]
    assert made and all(score.score == score.proposed for score in made)
    page.score_by_records()
    assert "没有可以按记录评的项目" in page.bar.text
    short = [score for score in made if score.gap]
    page.raise_gaps()
    listed = [item for item in ledger[Rectification].all() if item.scored]
    assert len(listed) == len(short) and listed[0].source == "党支部“五化”建设自查 2026 年第三季度"
    page.raise_gaps()
    assert "没有要列入整改清单的问题" in page.bar.text
    ledger.history.undo()
    ledger.history.undo()
    assert len(ledger[SelfCheckScore].all()) == before


def test_what_was_typed_comes_back_into_the_period_it_was_typed_for(page, workspace) -> None:
    number = page._scheme().checklist.id
    workspace.session.show_year(2025)
    workspace.refresh()
    page._turn_to(code_of(number, "2025-Q2"))
    choose(page, "活动场所")
    type_in(page, 得分="6", 扣分原因和问题="标识旧了")
    content = page.form.draft()
    page.form.load({})
    workspace.session.show_year(2026)
    workspace.go(ToDraft("self_checks/1", content))
    assert workspace.session.year == 2025 and page.views.parts.currentText() == "第二季度"
    assert page.form.form.editors["score"].text() == "6"
    assert page.form.save(), page.form.bar.text
    (check,) = [one for one in workspace.session.ledger[SelfCheck].all() if one.year == 2025]
    assert check.period == "2025-Q2"


def test_a_checklist_of_the_own_branch_gets_items_that_look_at_records(page, workspace) -> None:
    page.add(own_checklist("本单位党建考核"))
    assert page.views.parts.currentText() == "检查项目"
    page._new()
    type_in(page, 维度="组织生活", 检查项目="主题党日每月一次", 满分="10", 每缺一处扣="2")
    page.form._measures.tick("duty:theme_day", on=True)
    assert page.form._measures.words.text() == "次数：主题党日"
    assert page.form.save(), page.form.bar.text
    page._turn_to(code_of(page._scheme().checklist.id, "2026-Q1"))
    (row,) = page.table.rows_model.rows
    assert row.told.told and row.item.deduct == 20
    page._turn_to(code_of(page._scheme().checklist.id, "items"))
    page.table.selectRow(0)
    inner = page.form._measures.menu().findChildren(QMenu)
    assert [action.text() for menu in inner for action in menu.actions() if action.isChecked()] == ["主题党日"]


def test_it_is_printed_written_and_carried_on(page, workspace, tmp_path: Path, monkeypatch) -> None:
    number = page._scheme().checklist.id
    page.print_shown()
    assert "还没有评分可以打印" in page.bar.text
    page._turn_to(code_of(number, "2026-Q1"))
    page.write(tmp_path / "自查.xlsx")
    assert openpyxl.load_workbook(tmp_path / "自查.xlsx").active.max_row > 20
    page.write(tmp_path / "五化.zbkh")
    assert checklist_file(tmp_path / "五化.zbkh").checklist.code == "five_standards"
    gone: list[object] = []
    monkeypatch.setattr(workspace.session, "go", gone.append)
    page.print_shown()
    assert gone == [ToPaper("self_check", page._scheme().of("2026-Q1").check.id)]


def test_the_periods_stand_beside_each_other_with_who_scored(page, workspace) -> None:
    number = page._scheme().checklist.id
    page._turn_to(code_of(number, "checks"))
    assert [row.period for row in page.table.rows_model.rows] == ["2026-Q1", "2026-Q2"]
    page.table.selectRow(0)
    type_in(page, 评分人="甲", 总体评价="基本达标")
    assert page.form.save(), page.form.bar.text
    assert workspace.session.ledger[SelfCheck].all()[0].checked_by == "甲"


def test_a_checklist_that_is_no_longer_used_leaves_the_choice_and_comes_back(page, workspace) -> None:
    page._turn_to("0/lists")
    page.table.selectRow(0)
    type_in(page, 不再使用="是")
    assert page.form.save(), page.form.bar.text
    assert page.views.lists.count() == 1
    page._turn_to("0/lists")
    assert page.table.rows_model.index(0, 4).data() == "停用"
    checklist = workspace.session.ledger[Checklist].all()[0]
    workspace.go(ToRecord(Checklist, checklist.id))
    assert page.views.current == "0/lists"


def test_search_leads_to_the_year_and_period_of_a_self_check(page, workspace) -> None:
    check = workspace.session.ledger[SelfCheck].all()[0]
    workspace.session.show_year(2025)
    workspace.go(ToRecord(SelfCheck, check.id))
    assert workspace.session.year == 2026 and page.views.parts.currentText() == "第一季度"


def test_a_ledger_without_a_checklist_offers_those_that_are_shipped(desk, tmp_path: Path, empty_file: Path) -> None:
    desk.open(Path(shutil.copy(empty_file, tmp_path / "新支部.zbtz")))
    desk.workspace.go(ToView("self_checks"))
    page = desk.workspace.page
    assert page._stack.currentIndex() == 1
    page.add(shipped_checklists()[2])
    assert page._stack.currentIndex() == 0 and page.views.parts.currentText() == "全年"
    assert page.table.rows_model.rows[0].item.label.startswith("年度计划和总结")
