"""While a file is read apart the window lives; from a second on a box can stop it, and only it."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton

from app.apart import Apart
from app.errors import Refused
from ui.kit import waiting
from ui.kit.waiting import waited


def quick(words: str) -> str:
    return words


def slow() -> str:
    """For the other process: never within a test."""
    time.sleep(120)
    return ""


@pytest.fixture
def apart(qapp, monkeypatch):
    monkeypatch.setattr(waiting, "AT_ONCE", 0.01)
    monkeypatch.setattr(waiting, "SHOWN_AFTER", 0)
    made = Apart()
    made.around = waited
    yield made
    made.end()


def test_an_answer_comes_back_with_or_without_a_box(apart) -> None:
    assert apart.read(quick, "甲", name="甲.xlsx") == "甲"
    assert apart.read(quick, "乙", name="乙.xlsx") == "乙"


def test_a_reading_that_takes_long_is_cancelled_and_said_so(apart) -> None:
    seen: list[str] = []

    def cancel() -> None:
        boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QProgressDialog) and box.isVisible()]
        if not boxes:
            QTimer.singleShot(20, cancel)
            return
        seen.append(boxes[0].labelText())
        boxes[0].findChild(QPushButton).click()

    QTimer.singleShot(0, cancel)
    with pytest.raises(Refused, match=r"已取消读取“大文件\.pdf”"):
        apart.read(slow, name="大文件.pdf")
    assert seen == ["正在读“大文件.pdf”…"]
    assert apart.read(quick, "丙", name="丙.xlsx") == "丙", "the next one is read"


def test_what_the_file_is_refused_for_is_raised_where_it_was_asked(apart) -> None:
    with pytest.raises(Refused, match="读不懂"):
        apart.read(quick, name="少了.xlsx")
