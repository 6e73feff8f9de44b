"""专项台账 in the window: begun, filled in, laid out, found again, printed and written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.ways import ToNew, ToRecord
from app.work.register_packs import own_register, register_file, shipped_registers
from app.work.special_registers import ColumnPart, RegisterCount, RegisterRow, SpecialRegister, columns_of
from ui.house.ways import ToDraft, ToView
from ui.kit.editors import put_text


@pytest.fixture
def page(workspace):
    """The page of registers."""
    workspace.go(ToView("special_registers"))
    return workspace.page


def type_in(page, **texts: str) -> None:
    """Type into the fields of the form, named by their labels."""
    form = page.form.form
    names = {entry.label: entry.name for entry in form.entries}
    for label, text in texts.items():
        put_text(form.editors[names[label]], text)


def test_a_shipped_register_is_begun_filled_in_and_taken_back(page, workspace) -> None:
    pack = next(pack for pack in shipped_registers() if pack.register.code == "political_matters")
    page.add(pack)
    assert page.views.currentText() == "政治要件台账"
    page._new()
    type_in(page, 收件日="3.2", 要件="落实某项部署", 责任人="甲", 时限="2026-06-30")
    assert page.form.save(), page.form.bar.text
    (row,) = page.table.rows_model.rows
    assert (row.title, row.due_on) == ("落实某项部署", date(2026, 6, 30))
    assert page.table.rows_model.index(0, 3).data() == "已超期"
    workspace.session.ledger.history.undo()
    workspace.refresh()
    assert not page.table.rows_model.rows
    workspace.session.ledger.history.undo()
    workspace.refresh()
    assert "政治要件台账" not in [page.views.itemText(n) for n in range(page.views.count())]


def test_what_cannot_be_read_is_said_below_its_field_and_kept_as_a_draft(page, workspace) -> None:
    page.views.choose("register-2")
    page.refresh()
    page._new()
    type_in(page, 项目="植树", 时长="两小时", 日期="昨天")
    assert not page.form.save()
    faults = [field.fault for field in page.form.form.fields.values() if field.fault]
    assert faults == ["请从名册里选党员，可以打拼音首字母"]
    content = page.form.draft()
    page.form.load({})
    workspace.go(ToDraft(page.form.keeper.new_key(), content))
    assert "植树" in page.form.form.texts().values()


def test_ways_lead_to_a_row_and_to_a_new_one(page, workspace) -> None:
    rows = workspace.session.ledger[RegisterRow].all()
    workspace.go(ToRecord(RegisterRow, rows[-1].id))
    assert page.form.record.id == rows[-1].id
    workspace.go(ToNew(RegisterRow, {"register": 1}))
    assert page.form.record is None and page.shown_register.id == 1
    workspace.go(ToRecord(SpecialRegister, 2))
    assert page.shown_register.id == 2


def test_a_register_is_laid_out_in_the_window(page, workspace) -> None:
    page._add_register(own_register("读报小组"))
    page.lay_out_register()
    panel = page.layout_panel
    panel.add_column()
    assert not panel.save() and "没有写名称" in panel.bar.text
    panel.rows[-1].label.setText("人数")
    panel.rows[-1].kind.setCurrentText("数量")
    panel._move(panel.rows[-1], -1)
    panel.count_label.setText("读报")
    panel.count_minimum.setText("6")
    panel.add_count()
    assert panel.save()
    register = page.shown_register
    assert [c.label for c in columns_of(workspace.session.ledger, register.id)][-2:] == ["人数", "备注"]
    assert [c.minimum for c in workspace.session.ledger[RegisterCount].all(register=register.id)] == [6]
    assert "读报 0/6" in page.head_facts.text()
    page._new()
    type_in(page, 日期="3.2", 事项="读党报", 人数="12")
    assert page.form.save()


def test_a_register_is_written_as_a_sheet_and_as_a_pack(page, workspace, tmp_path: Path) -> None:
    page.views.choose("register-2")
    page.refresh()
    page.write(tmp_path / "志愿.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "志愿.xlsx").active
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("植树" in str(cell) or "环境整治" in str(cell) for row in told for cell in row)
    page.write(tmp_path / "志愿.zbzt")
    assert register_file(tmp_path / "志愿.zbzt").register.title == "志愿服务台账"
    page.print_shown()
    assert workspace.current_code == "reports"


def test_a_table_comes_into_the_shown_register_and_can_be_undone(page, tmp_path) -> None:
    shown, session = page, page._session
    register = shown.shown_register
    before = len(session.ledger[RegisterRow].all(register=register.id))
    shown.import_table()
    title, day = (
        next(c.label for c in columns_of(session.ledger, register.id) if c.part is part)
        for part in (ColumnPart.SUBJECT, ColumnPart.DAY)
    )
    table = tmp_path / "表.csv"
    table.write_text(f"{title},{day}\n导入的一条,2026-03-05\n", "utf-8-sig")
    shown.importing.load(table)
    shown.importing.bring()
    assert len(session.ledger[RegisterRow].all(register=register.id)) == before + 1
    session.ledger.history.undo()
    assert len(session.ledger[RegisterRow].all(register=register.id)) == before
