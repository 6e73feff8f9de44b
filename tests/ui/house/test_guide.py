"""The guide in the program: F1 on every page, search, and the same text that is read outside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.guide import found, section_of, sections
from ui.house.entries import PAGES, SETTINGS
from ui.house.keys import KEYS
from ui.house.search import find
from ui.house.ways import ToView

CODES = [entry.code for entry in (*PAGES, SETTINGS)]


def test_every_page_has_a_section_of_its_own_with_its_picture() -> None:
    for code in CODES:
        section = section_of(code)
        assert section is not None and len(section.text) > 80, code
        assert section.picture is not None and section.picture.stat().st_size < 150_000, code
    assert len({section.title for section in sections()}) == len(sections())
    assert all(section.text for section in sections())


def test_every_page_that_the_guide_names_is_one_of_the_program() -> None:
    assert {section.page for section in sections() if section.page} == {*CODES, "sheets"}


@pytest.mark.parametrize("code", ["home", "dues", "branch", "settings"])
def test_f1_shows_what_the_guide_says_of_the_page_and_leads_back(workspace, code: str) -> None:
    workspace.show_page(code)
    workspace.show_help()
    page = workspace.page
    section = section_of(code)
    assert section is not None and page._heading.text() == section.title
    assert len(page.text.toPlainText()) > 30
    workspace.show_help()
    page._back.click()
    assert workspace.current_code == code


def test_a_picture_below_a_list_stands_by_itself_as_wide_as_there_is_room(workspace) -> None:
    workspace.resize(1120, 660)
    workspace.go(ToView("help", "statistics"))
    page = workspace.page
    last = page.text.document().lastBlock()
    assert last.previous().textList() is not None
    assert last.textList() is None
    assert page.text.horizontalScrollBar().maximum() == 0


def test_the_key_is_f1(workspace, qtbot) -> None:
    qtbot.waitActive(workspace.window())
    QTest.keyClick(workspace, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: workspace.current_code == "help")


def test_help_is_found_by_its_words_and_by_initials(workspace) -> None:
    assert found("dfsj")[0].title == "党费收缴"
    assert "成表录入" in [section.title for section in found("向下填充")]
    assert found("没有这样的词") == []
    hits = [hit for hit in find(workspace.session, "换届") if hit.text.startswith("帮助")]
    assert hits
    workspace.go(hits[0].place)
    assert workspace.page._heading.text() == hits[0].text.split("　")[1]


def test_the_keys_are_those_of_the_program(workspace) -> None:
    workspace.go(ToView("help", "常用键"))
    text = workspace.page.text.toPlainText()
    assert all(words in text for _, words in KEYS)
    section = next(section for section in sections() if section.title == "常用键")
    assert section.text.split("\n") == [f"- **{key}**　{words}" for key, words in KEYS]


def test_searching_in_the_help_shows_what_is_meant(workspace) -> None:
    workspace.go(ToView("help", "home"))
    page = workspace.page
    page.filter_box.setText("忘记密码")
    page._search("忘记密码")
    assert page._heading.text() == "设置"
    page._search("没有这样的词")
    assert page._heading.text() == "没有找到"
