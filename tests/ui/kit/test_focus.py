"""A list that is built anew does not lose the keyboard of who is working in it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.kit.basic import button, clear, row


class Words(QWidget):
    """Rows of two buttons, with a field below them."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        outer, self.box, self.below = QVBoxLayout(self), QVBoxLayout(), QLineEdit()
        outer.addLayout(self.box)
        outer.addWidget(self.below)
        self.show_words(words)

    def show_words(self, words: Sequence[str]) -> None:
        clear(self.box)
        for word in words:
            self.box.addLayout(row(button(word, lambda: None), button(f"删除{word}", lambda: None)))

    def at(self, text: str) -> QPushButton:
        there = (made for made in self.findChildren(QPushButton) if made.isVisible())
        return next(made for made in there if made.text() == text)


@pytest.fixture
def words(qtbot) -> Words:
    made = Words(["甲", "乙", "丙"])
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


def focused() -> str:
    made = QApplication.focusWidget()
    return made.text() if isinstance(made, QPushButton) else type(made).__name__


def test_the_keyboard_stays_on_what_says_the_same(words: Words, qtbot) -> None:
    words.at("乙").setFocus()
    words.show_words(["乙", "甲", "丁", "丙"])
    qtbot.waitUntil(lambda: focused() == "乙")


def test_it_goes_to_what_stands_in_the_place_of_what_is_gone(words: Words, qtbot) -> None:
    words.at("删除乙").setFocus()
    words.show_words(["甲", "丙"])
    qtbot.waitUntil(lambda: focused() == "删除丙")


def test_it_goes_to_the_last_one_behind_the_end(words: Words, qtbot) -> None:
    words.at("删除丙").setFocus()
    words.show_words(["甲"])
    qtbot.waitUntil(lambda: focused() == "删除甲")


def test_it_is_left_where_something_else_has_put_it(words: Words, qtbot) -> None:
    words.at("乙").setFocus()
    words.show_words(["甲", "乙"])
    words.below.setFocus()
    QApplication.processEvents()
    qtbot.keyClick(words.below, Qt.Key.Key_A)
    assert focused() == "QLineEdit" and words.below.text() == "a"


def test_it_is_no_matter_of_who_works_elsewhere(words: Words, qtbot) -> None:
    words.below.setFocus()
    words.show_words(["甲"])
    QApplication.processEvents()
    assert focused() == "QLineEdit"


def test_it_goes_on_behind_a_list_that_stays_empty(words: Words, qtbot) -> None:
    words.at("乙").setFocus()
    words.show_words([])
    qtbot.waitUntil(lambda: focused() == "QLineEdit")
