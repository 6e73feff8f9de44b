"""A nasty roster, every question answered by keyboard, and one step back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.dues.bases import DuesBasis
from app.people.members import Member, MemberStatus
from app.people.roster import load_roster
from tests.app.exchange.bringing import xlsx
from tests.journeys.keys import Keys
from tests.ui.conftest import TODAY
from ui.house.ways import ToImport, ToView

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
HEAD = ["序号", "姓名", "政治面貌", "入党时间", "转正时间", "党内职务", "党小组", "党费基数", "备注"]
ROWS = [
    [1, "新甲一", "中共党员", "1998.1", "1999.1", "党支部书记", "新一组", 6000, ""],
    [2, "新甲二", "中共党员", "201107", "201207", "党组书记", "", 2999.995, "2027年退休"],
    [3, "新甲三", "中共党员", "2001-07-01", "2009-07-01", "", "", 5000, "2025年3月去世"],
    [4, "新甲四", "中共预备党员", "2026年1月5日", "", "", "", "36,21", ""],
    [5, "新甲五", "群众", "", "", "", "", "", ""],
    [6, "努尔．新提", "中共党员", "２００５．７．１", "", "", "", 4000, "离退休"],
    ["合计", "6 人", "", "", "", "", "", 18000, ""],
]


def to_questions(workspace, keys: Keys, qtbot, every: str) -> None:
    """From the tab of every row to the rows that wait for an answer, and into them."""
    QApplication.processEvents()
    workspace.window().activateWindow()
    qtbot.waitActive(workspace.window())
    keys.tab_to(every)
    keys.press(Qt.Key.Key_Right)
    workspace.page.importing.table.setFocus()


def test_every_question_is_answered_by_keyboard_and_undone_in_one(workspace, keys: Keys, qtbot, tmp_path: Path) -> None:
    ledger = workspace.session.ledger
    before = len(ledger[Member].all())
    path = tmp_path / "名册.xlsx"
    path.write_bytes(xlsx({"在册": [["党员花名册"], HEAD, *ROWS], "旧表": [HEAD, [1, "旧一", "", "2001-07-01"]]}))
    workspace.go(ToImport("members"))
    panel = workspace.page.importing
    panel.load(path)
    assert "旧表" in str(panel._outcome.left_out) and len(ledger[Member].all()) == before

    to_questions(workspace, keys, qtbot, "全部 6")
    keys.press(Qt.Key.Key_2, ALT)  # 1998-10, which leaves 1999-10 alone
    assert [item.row.text("name") for item in panel.table.model_of_rows.rows] == ["新甲二", "新甲三"]
    keys.press(Qt.Key.Key_1, ALT)  # 2011-07, which leaves 2012-07 alone
    assert [item.row.text("name") for item in panel.table.model_of_rows.rows] == ["新甲三"]
    keys.press(Qt.Key.Key_1, ALT, times=2)  # confirmed after eight years, and deceased
    assert panel._outcome.asked == []

    keys.tab_to("待回答 0")
    keys.press(Qt.Key.Key_Right)  # to what is wrong
    panel.table.setFocus()
    model = panel.table.model_of_rows
    panel.table.setCurrentIndex(model.index(0, 2 + model.fields.index("base")))
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_A, CONTROL)
    keys.type("3621")
    keys.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert panel._outcome.refused == []

    keys.tab_to("导入")
    keys.press(Qt.Key.Key_Return)
    people = {member.name: member for member in ledger[Member].all()[before:]}
    assert list(people) == ["新甲一", "新甲二", "新甲三", "新甲四", "努尔·新提"]
    assert (str(people["新甲一"].joined), str(people["新甲一"].confirmed)) == ("1998-10", "1999-10")
    assert (str(people["新甲二"].joined), str(people["新甲二"].confirmed)) == ("2011-07", "2012-07")
    roster = load_roster(ledger)
    assert roster.status(people["新甲三"].id, TODAY) is MemberStatus.DECEASED
    assert roster.status(people["新甲四"].id, TODAY) is MemberStatus.PROBATIONARY
    bases = {basis.member: basis.base_fen for basis in ledger[DuesBasis].all()}
    assert (bases[people["新甲二"].id], bases[people["新甲四"].id]) == (300000, 362100)

    workspace.go(ToView("members"))
    keys.press(Qt.Key.Key_Z, CONTROL)
    QApplication.processEvents()
    assert len(ledger[Member].all()) == before


def test_who_of_one_name_is_whom_is_answered_by_keyboard(workspace, keys: Keys, qtbot, tmp_path: Path) -> None:
    ledger = workspace.session.ledger
    before = len(ledger[Member].all())
    days = ["2001.7.2", "2002.7.2"]
    rows = [["新甲一", *days], ["新甲一（科员）", *days], ["新甲一（主任）", *days], ["乙二", *days]]
    path = tmp_path / "名册.xlsx"
    path.write_bytes(xlsx({"在册": [["姓名", "入党时间", "转正时间"], *rows]}))
    workspace.go(ToImport("members"))
    panel = workspace.page.importing
    panel.load(path)
    asked = [fault for fault in panel._outcome.asked if fault.who]
    assert [[words for _, words in fault.who] for fault in asked] == [["新增为另一人", "与第 2 行是同一个人"]] * 2
    to_questions(workspace, keys, qtbot, "全部 4")
    keys.press(Qt.Key.Key_2, ALT)
    keys.press(Qt.Key.Key_1, ALT)
    assert panel._outcome.asked == []
    keys.tab_to("导入")
    keys.press(Qt.Key.Key_Return)
    assert sorted(member.name for member in ledger[Member].all()[before:]) == ["乙二", "新甲一", "新甲一"]
