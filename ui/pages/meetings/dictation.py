"""Minutes pasted as plain text: what they say of the meeting stands beside them, to be ticked and put into the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.exchange.dictation import Dictation, Said, kept_of, read_dictation
from app.exchange.persons import Finder
from app.exchange.reading import Sure
from ui.house.session import Session
from ui.kit.basic import button, clear, label, row, scrolled, sized
from ui.kit.theme import theme

PAUSE = 250
"""Milliseconds after the last key before the text is read again."""
EXAMPLE = """党员大会会议记录
时间：2026年7月5日 15:00—16:30　地点：三楼会议室
主持人：……　记录人：……
应到：20人　实到：18人
缺席人员：张某（出差）、李某（因病）
会议内容：……
会议决定：……"""


class DictationDialog(QDialog):
    """Paste at the left, tick at the right; `take` is given what was ticked, by field. Nothing is saved by it."""

    def __init__(self, session: Session, take: Callable[[dict[str, Any]], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._take = session, take
        self.setWindowTitle("从文字填写")
        look = theme()
        sized(self, 940, 600)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("会议记录的文字")
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("把写好的会议记录粘贴到这里，例如：\n\n" + EXAMPLE)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.read)
        self.text.textChanged.connect(self._pause.start)
        self.ticks: list[tuple[Said, QCheckBox]] = []
        found = QWidget()
        self._found = QVBoxLayout(found)
        self._found.setContentsMargins(0, 0, look.px(8), 0)
        self._found.setSpacing(look.px(8))
        self.fill = button("填入表单", self._fill, kind="primary")
        self.fill.setEnabled(False)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(self.text, 1)
        middle.addWidget(scrolled(found), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        box.setSpacing(look.px(12))
        box.addWidget(
            label(
                "粘贴写好的会议记录，右边列出读到的内容，勾上的才会填进表单，填完再核对、保存。", "secondary", wrap=True
            )
        )
        box.addLayout(middle, 1)
        box.addLayout(row(None, button("取消", self.reject), self.fill))
        self._show(Dictation())

    def read(self) -> None:
        """Read what stands there now."""
        self._pause.stop()
        ledger, today = self._session.ledger_of_year(), self._session.today()
        finder = Finder(ledger.roster, ledger.groups, today)
        self._show(read_dictation(self.text.toPlainText(), finder, today))

    def _show(self, told: Dictation) -> None:
        clear(self._found)
        self.ticks = []
        if not told.said:
            self._found.addWidget(
                label(
                    "还没有读到什么。认得“时间、地点、主持人、缺席、内容、决定”等写法，也认得成段的文字。",
                    "caption",
                    wrap=True,
                )
            )
        for item in told.said:
            tick = QCheckBox(item.caption)
            tick.setChecked(item.sure in (Sure.LITERAL, Sure.READ, Sure.PROPOSED))
            tick.setAccessibleName(f"{item.caption}：{item.shown}")
            self.ticks.append((item, tick))
            self._found.addWidget(tick)
            self._found.addWidget(_under(label(item.shown, wrap=True)))
            if item.why:
                self._found.addWidget(_under(label(item.why, "warning", wrap=True)))
        for doubt in told.doubts:
            self._found.addWidget(label("没有读出：" + doubt, "warning", wrap=True))
        self._found.addStretch(1)
        self.fill.setEnabled(bool(told.said))

    def _fill(self) -> None:
        self._take(kept_of([item for item, tick in self.ticks if tick.isChecked()]))
        self.accept()


def _under(widget: QWidget) -> QWidget:
    """Set in below the tick it belongs to."""
    widget.setContentsMargins(theme().px(24), 0, 0, 0)
    return widget
