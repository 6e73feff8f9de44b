"""The columns of a list as somebody wants them, and its rows for other programs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from ui.house.application import make_application
from ui.house.preferences import Preferences
from ui.kit.columns import MEMORY, ColumnMemory
from ui.kit.table import Column, Table

PEOPLE = [("张三", "在职", "01"), ("李四", "离退休", "02"), ("王五", "在职", "03")]
COLUMNS = tuple(Column(title, lambda row, n=n: row[n], 90) for n, title in enumerate(("姓名", "类别", "编号")))


class Kept(Preferences):
    """Preferences that reach no disk."""

    def save(self) -> None:
        pass


@pytest.fixture
def preferences(qapp) -> Kept:
    made = Kept()
    make_application(made)
    return made


def listed(qtbot, **more: bool) -> Table:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(700, 300)
    table = Table("名单", COLUMNS, **more)
    table.setParent(holder)
    table.resize(600, 280)
    table.set_rows(PEOPLE)
    holder.show()
    table.holder = holder
    return table


def test_a_column_left_out_stays_out_in_the_next_window(qtbot, preferences) -> None:
    table = listed(qtbot)
    table.show_column("类别", False)
    assert table.isColumnHidden(1)
    assert preferences.columns == {"名单": {"hidden": ["类别"], "order": [], "widths": {}}}
    make_application(preferences)
    assert listed(qtbot).isColumnHidden(1)
    table.forget_columns()
    assert not table.isColumnHidden(1)
    assert preferences.columns == {}


def test_the_order_is_kept_and_the_first_column_stays_the_first(qtbot, preferences) -> None:
    table = listed(qtbot)
    table.horizontalHeader().moveSection(2, 1)
    assert preferences.columns["名单"]["order"] == ["姓名", "编号", "类别"]
    again = listed(qtbot).horizontalHeader()
    assert [again.visualIndex(number) for number in range(3)] == [0, 2, 1]


def test_a_list_of_personal_titles_is_not_remembered(qtbot, preferences) -> None:
    table = listed(qtbot, remembered=False)
    table.horizontalHeader().moveSection(2, 1)
    table.show_column("类别", False)
    assert preferences.columns == {}


def test_the_menu_offers_every_column_and_never_takes_the_first(qtbot, preferences) -> None:
    menu = listed(qtbot)._offer_columns()
    told = [(action.text(), action.isChecked(), action.isEnabled()) for action in menu.actions()[:3]]
    assert told == [("姓名", True, False), ("类别", True, True), ("编号", True, True)]
    menu.actions()[1].trigger()
    assert MEMORY.of("名单").hidden == ["类别"]


def test_selected_rows_are_copied_with_the_columns_that_are_shown(qtbot, preferences) -> None:
    table = listed(qtbot)
    table.show_column("类别", False)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "姓名\t编号\n张三\t01\n李四\t02"
    assert "<td>李四</td>" in QGuiApplication.clipboard().mimeData().html()


def test_one_key_takes_away_no_more_than_one(qtbot, preferences) -> None:
    table = listed(qtbot)
    gone: list[object] = []
    table.removed.connect(gone.append)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert gone == []
    table.selectRow(2)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert gone == [PEOPLE[2]]


@pytest.mark.parametrize(
    "odd", [None, [], "x", {"名单": 3}, {"名单": {"hidden": "甲", "widths": {"姓名": -1, "乙": True}}}]
)
def test_an_odd_file_of_columns_is_as_good_as_none(odd) -> None:
    memory = ColumnMemory()
    memory.load(odd)
    assert memory.of("名单").usual


def names(table: Table) -> list[str]:
    return [row[0] for row in table.rows_model.rows]


def test_rows_with_one_value_are_shown_alone_and_the_heading_says_so(qtbot, preferences) -> None:
    table = listed(qtbot)
    menu = QMenu()
    table.offer_values(1, menu)
    assert [action.text() for action in menu.actions()] == ["在职　2", "离退休　1"]
    menu.actions()[0].trigger()
    assert names(table) == ["张三", "王五"]
    assert table.rows_model.headerData(1, Qt.Orientation.Horizontal) == "类别▾"
    assert table.only.isVisible() and table.only.text() == "只看 类别 在职　×"
    again = QMenu()
    table.offer_values(1, again)
    assert [action.text() for action in again.actions()][:2] == ["在职　2", "离退休　1"], "other values stay on offer"
    again.actions()[1].trigger()
    assert names(table) == ["张三", "李四", "王五"]
    assert "离退休" in table.only.text() and "在职" in table.only.text()
    table.only.click()
    assert names(table) == ["张三", "李四", "王五"] and not table.only.isVisible()
    assert table.rows_model.headerData(1, Qt.Orientation.Horizontal) == "类别"


def test_values_of_two_columns_and_the_search_hold_together(qtbot, preferences) -> None:
    table = listed(qtbot)
    table.rows_model.show_only(1, frozenset({"在职"}))
    table.rows_model.show_only(2, frozenset({"03", "02"}))
    assert names(table) == ["王五"]
    assert table.rows_model.values(2) == [("01", 1), ("03", 1)]
    table.set_rows([*PEOPLE, ("赵六", "在职", "02")])
    assert names(table) == ["王五", "赵六"], "what is entered anew is judged too"


def test_the_values_are_offered_by_keyboard_and_the_selected_row_stays(qtbot, preferences) -> None:
    table = listed(qtbot)
    table.selectRow(2)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = next(menu for menu in table.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == ["姓名", "类别", "编号"]
    menu.findChildren(QMenu)[1].actions()[0].trigger()
    menu.close()
    assert table.current()[0] == "王五"
