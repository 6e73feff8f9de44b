"""Every page at small windows and large text: no button is cut, no page is wider than the window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QPushButton, QScrollArea, QToolButton, QWidget

from app.life.meetings import Meeting
from app.people.members import Member
from app.reports.catalogue import Binding
from app.ways import ToNew
from ui.house.entries import PAGES, SETTINGS
from ui.house.search import SearchDialog
from ui.house.unlock import PasswordDialog
from ui.house.ways import PLACES, ToImport, ToView
from ui.house.workspace import Workspace
from ui.kit.basic import TickText, button
from ui.kit.editors import Field
from ui.kit.grid import Grid
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.dues.grid import DuesGrid
from ui.pages.meetings.dictation import DictationDialog
from ui.pages.reports.binding import BindingDialog
from ui.pages.reports.submit import SubmitDialog
from ui.record.copying import CopyDialog

SHEETS = ("ballots", "bases", "particulars/person", "particulars/party", "rolls/3", "study_hours")
CODES = [entry.code for entry in (*PAGES, SETTINGS)]


def cut(page: Page) -> list[str]:
    """The buttons that show less than they say, but the small marks of the year's matrix."""
    return [
        made.text()
        for made in page.findChildren(QPushButton)
        if made.isVisible() and len(made.text()) > 4 and made.sizeHint().width() > made.width() + 1
    ]


def small_window(desk, percent: int) -> Workspace:
    """The least window that is promised, with text of a size; what stands in it then."""
    desk.preferences.percent = percent
    desk.window.resize(1366, 728)
    desk.change_look()
    return desk.workspace


def pages(desk) -> Iterator[Page]:
    """Every page, each shown in turn."""
    for code in CODES:
        desk.workspace.show_page(code)
        yield desk.workspace.page
    for view in SHEETS:
        desk.workspace.go(ToView("sheets", view))
        yield desk.workspace.page


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_no_button_is_cut_no_page_too_wide_and_no_list_scrolls_sideways(desk, workspace, qtbot, percent: int) -> None:
    """What a list leaves out at large text stands beside it; its first column is always there."""
    small_window(desk, percent)
    for page in pages(desk):
        room = desk.window.width() - desk.workspace.rail.width()
        qtbot.waitUntil(lambda page=page, room=room: cut(page) == [] and page.width() <= room)
        for table in (*page.findChildren(Table), *page.findChildren(Grid), *page.findChildren(DuesGrid)):
            if table.isVisible():
                assert table.horizontalScrollBar().maximum() == 0, (page.title, table.accessibleName())
                assert not table.isColumnHidden(0)


def hidden_at_the_right(desk) -> list[str]:
    """What is scrolled down alone and is wider than it is shown."""
    return [
        f"{desk.workspace.page.title}: {area.widget().minimumSizeHint().width()} > {area.viewport().width()}"
        for area in desk.workspace.findChildren(QScrollArea)
        if area.isVisible()
        and area.widget() is not None
        and area.widget().minimumSizeHint().width() > area.viewport().width() + 1
    ]


def test_no_part_of_a_page_flashes_as_a_window_of_its_own(desk, workspace) -> None:
    class Seen(QObject):
        alone: ClassVar[list[str]] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.alone.append(f"{type(watched).__name__} {watched.accessibleName()}")
            return False

    seen, application = Seen(), QApplication.instance()
    application.installEventFilter(seen)
    for _ in pages(desk):
        QApplication.processEvents()
    for kind in PLACES:
        workspace.go(ToNew(kind))
        QApplication.processEvents()
        form = getattr(workspace.page, "form", None)
        if form is not None:
            form.forget()
    application.removeEventFilter(seen)
    assert seen.alone == []


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_no_form_is_cut_at_its_right_edge(desk, workspace, qtbot, percent: int) -> None:
    workspace = small_window(desk, percent)
    for kind in PLACES:
        workspace.go(ToNew(kind))
        form = getattr(workspace.page, "form", None)
        if kind is Meeting:
            form.add_vote()
            form.agenda.add_item()
            form.agenda.add_task()
        qtbot.waitUntil(lambda: hidden_at_the_right(desk) == [], timeout=2000)
        if form is not None:
            form.forget()
        workspace.page.leave()


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_a_wide_table_before_it_comes_in_shows_what_is_wrong_without_scrolling_sideways(
    desk, workspace, qtbot, tmp_path, percent: int
) -> None:
    workspace = small_window(desk, percent)
    headings = "姓名,性别,民族,籍贯,出生年月,学历,入党时间,党内职务,工作单位,部门,党小组,联系电话,转正时间,备注"
    path = tmp_path / "名册.csv"
    path.write_text(f"{headings}\n新一,男,汉族,湖南长沙,1980.1,本科,2004.5,,,办公室,,,2005.13,\n", "utf-8")
    workspace.go(ToImport("members"))
    panel = workspace.page.importing
    panel.load(path)
    table, model = panel.table, panel.table.model_of_rows

    def shown() -> list[str]:
        return [name for n, name in enumerate(model.fields) if not table.isColumnHidden(n + 2)]

    bar = table.horizontalScrollBar()
    qtbot.waitUntil(lambda: table.isVisible() and bar.maximum() == 0 and len(shown()) < len(model.fields))
    assert {"name", "confirmed"} <= set(shown())
    assert panel.table.more.isVisible() and "备注" in panel.table.more.toolTip()
    panel.table.more.click()
    assert len(shown()) == len(model.fields)
    panel.table.more.click()
    at = model.index(0, 2 + model.fields.index("confirmed"))
    model.setData(at, "2005.5")
    assert "没有不能导入的行" in panel.words.text()
    assert "confirmed" in shown(), "what was mended does not vanish from under the hand"


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_what_is_asked_beside_a_table_before_it_comes_in_is_never_cut(
    desk, workspace, qtbot, tmp_path, percent: int
) -> None:
    people = [member.name for member in workspace.session.ledger[Member].all()]
    workspace = small_window(desk, percent)
    path = tmp_path / "名册.csv"
    rows = [f"{name},2001-06-01,2002.1" for name in people]
    path.write_text("姓名,入党时间,转正时间\n" + "\n".join(rows) + "\n", "utf-8")
    workspace.go(ToImport("members"))
    panel = workspace.page.importing
    panel.load(path)
    qtbot.waitUntil(lambda: panel.side.answers != [])
    qtbot.waitUntil(lambda: hidden_at_the_right(desk) == [] and cut(workspace.page) == [])
    panel.side.answers[0].click()

    def of_joining(kind: type[QWidget]) -> list[Any]:
        return [made for made in panel.side.findChildren(kind) if "入党时间" in (made.accessibleName() or made.text())]

    qtbot.waitUntil(lambda: of_joining(TickText) != [] and hidden_at_the_right(desk) == [])
    (tick,), (text,) = of_joining(QCheckBox), of_joining(TickText)
    assert not tick.isChecked() and text.height() > 2 * text.fontMetrics().height()
    qtbot.mouseClick(text, Qt.MouseButton.LeftButton)
    assert panel._mending.taken


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_the_side_bar_holds_every_page_without_scrolling(desk, workspace, qtbot, percent: int) -> None:
    small_window(desk, percent)
    rail = desk.workspace.rail
    qtbot.waitUntil(lambda: rail.height() > 600)
    rail.fit()
    assert rail.narrow is (percent == 150)
    qtbot.waitUntil(lambda: rail._pages_area.verticalScrollBar().maximum() == 0)
    told = {made.accessibleName() for made in rail.findChildren(QPushButton) if made.isVisible()}
    assert {"工作台", "任务和台账", "党员名册", "报表打印", "体检和历史", "设置"} <= told


def test_ctrl_b_leaves_the_icons_alone_and_brings_the_words_back(desk, workspace, qtbot) -> None:
    rail = workspace.rail
    wide = rail.width()
    QTest.keyClick(workspace, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert rail.narrow and rail.width() < wide / 2
    home = rail._buttons["home"]
    assert (home.text(), home.accessibleName(), bool(home.toolTip())) == ("", "工作台", True)
    assert rail._years.isVisible() and rail._years.text() == "2026"
    workspace.refresh()
    assert rail.narrow, "a change of the ledger does not bring the words back"
    QTest.keyClick(workspace, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert (rail.narrow, rail.width(), home.text()) == (False, wide, "工作台")


def test_pages_of_a_family_stand_beside_each_other_and_lead_to_each_other(workspace) -> None:
    workspace.show_page("tasks")
    tabs = workspace.page.tabs
    assert [made.text() for made in tabs] == ["任务清单", "上级文件", "专项台账"]
    assert [bool(made.property("current")) for made in tabs] == [True, False, False]
    tabs[2].click()
    assert workspace.current_code == "special_registers"
    assert workspace.rail._buttons["tasks"].property("current")
    assert not workspace.page.head_title.isVisible()
    workspace.show_page("reports")
    assert workspace.page.tabs == [] and workspace.page.head_title.isVisible()


def within(made: QWidget, qtbot) -> QWidget:
    """A window around a widget that lets it be of any size, in the look of the program."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme().apply(application)
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(1000, 400)
    made.setParent(holder)
    holder.show()
    return holder


def test_a_choice_without_room_becomes_a_list_that_chooses_the_same(qtbot) -> None:
    made = Segmented([("a", "全部记录 35"), ("b", "支部党员大会 2"), ("c", "主题党日 6")])
    holder = within(made, qtbot)
    made.resize(made.sizeHint())
    assert made._buttons["a"].isVisible() and not made._list.isVisible()
    made.resize(150, made.height())
    assert made._list.isVisible() and not made._buttons["a"].isVisible()
    heard: list[str] = []
    made.chosen.connect(heard.append)
    made._list.setCurrentIndex(2)
    made._list.activated.emit(2)
    assert heard == ["c"] and made.current == "c" and holder.isVisible()
    made.choose("b")
    assert made._list.currentText() == "支部党员大会 2"
    made.resize(made.sizeHint())
    assert made._buttons["b"].isVisible() and made._buttons["b"].isChecked()


def test_actions_without_room_become_icons_that_still_say_what_they_do(qtbot) -> None:
    page = Page()
    plain = page.add_action(button("导出全部表格", icon="arrow_download"))
    main = page.add_action(button("新登记一条", kind="primary", icon="add"))
    holder = within(page, qtbot)
    page.resize(900, 300)
    holder.show()
    assert (plain.text(), main.text()) == ("导出全部表格", "新登记一条")
    page.resize(260, 300)
    assert (plain.text(), plain.toolTip(), plain.accessibleName()) == ("", "导出全部表格", "导出全部表格")
    assert main.text() == "新登记一条", "the main one keeps its words"
    page.resize(900, 300)
    assert plain.text() == "导出全部表格"


def test_a_narrow_list_leaves_out_words_at_the_right_first_and_brings_them_back(qtbot) -> None:
    plain = [Column(name, str, 100) for name in ("甲", "乙", "丙")]
    table = Table("表", (*plain, Column("状态", str, 80, tone=lambda _: "ok")))
    holder = within(table, qtbot)
    table.set_rows(["一"])
    table.resize(theme().px(600), 200)
    assert [table.isColumnHidden(number) for number in range(4)] == [False] * 4
    table.resize(theme().px(300), 200)
    assert [table.isColumnHidden(number) for number in range(4)] == [False, False, True, False]
    table.resize(theme().px(190), 200)
    assert [table.isColumnHidden(number) for number in range(4)] == [False, True, True, False]
    table.resize(theme().px(600), 200)
    assert holder.isVisible() and not table.isColumnHidden(2)


def test_the_months_have_the_room_in_a_narrow_window_and_the_reason_is_asked_for(desk, workspace, qtbot) -> None:
    small_window(desk, 150)
    workspace = desk.workspace
    workspace.show_page("dues")
    qtbot.wait(1)
    page = workspace.page
    assert page._side.isHidden() and not page._ask_side.isHidden()
    assert not any(page.grid.isColumnHidden(column) for column in range(3, 15)), "every month is there"
    page._ask_side.click()
    assert page._side.isVisible() and "应交" in page._why.text()


def test_a_question_mark_is_read_by_mouse_keyboard_and_voice(workspace, qtbot) -> None:
    workspace.show_page("dues")
    qtbot.wait(1)
    asked = [one for one in workspace.page.findChildren(QToolButton) if one.accessibleName() == "为什么"]
    assert len(asked) == 5
    for one in asked:
        assert one.toolTip() == one.accessibleDescription() and len(one.toolTip()) > 10
        assert one.focusPolicy() & Qt.FocusPolicy.TabFocus


def dialogs(workspace: Workspace) -> Iterator[QDialog]:
    """Every window that is opened over a page."""
    session, window = workspace.session, workspace.window()
    yield SearchDialog(session, window)
    yield DictationDialog(session, lambda _: None, window)
    yield SubmitDialog(session, window)
    yield CopyDialog(session, "谈心谈话", session.ledger_of_year().talks[-1].id, window)
    yield BindingDialog(Binding(), window)
    yield PasswordDialog(window, "更改密码", lambda _: True)


def low_fields(dialog: QDialog) -> list[QWidget]:
    """The fields that have less than the height of what they show."""
    fields: list[QWidget] = dialog.findChildren(Field)
    return [made for made in fields if made.isVisible() and made.height() < _needs(made)]


def _needs(made: QWidget) -> int:
    return made.heightForWidth(made.width()) if made.hasHeightForWidth() else made.minimumSizeHint().height()


@pytest.mark.parametrize("percent", [100, 150])
def test_a_window_over_a_page_is_no_larger_than_the_screen(desk, workspace, qtbot, percent: int) -> None:
    workspace = small_window(desk, percent)
    for dialog in dialogs(workspace):
        qtbot.addWidget(dialog)
        dialog.show()
        room = dialog.screen().availableSize()
        assert dialog.width() <= room.width() and dialog.height() <= room.height(), type(dialog).__name__
        if isinstance(dialog, PasswordDialog):
            dialog._finish()  # what is wrong is said below the fields
            assert dialog.new.fault
        qtbot.waitUntil(lambda dialog=dialog: low_fields(dialog) == [])
