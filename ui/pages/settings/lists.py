"""名单和节假日: the words offered for fields, the branch's own fields, and which days are worked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.branch.lists import add_word, hide_word, offered, word_lists
from app.calendar import DayKind, Holiday, remove_holiday, set_holiday
from app.dates import weekday
from app.people.extra_fields import ExtraField, add_extra_field, remove_extra_field
from ui.house.session import Session
from ui.kit.basic import Card, button, clear, label, row, scrolled
from ui.kit.editors import DateEdit, combo, line_edit
from ui.kit.messages import ask
from ui.kit.table import Column, Table
from ui.kit.theme import theme


class ListsView(QWidget):
    """Three cards side by side."""

    def __init__(self, session: Session, attempt: Callable[[Callable[[], Any]], bool]) -> None:
        super().__init__()
        self._session = session
        self._attempt = attempt
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(16))
        for card in (self._words_card(), self._fields_card(), self._holidays_card()):
            box.addWidget(card, 1)

    def _words_card(self) -> Card:
        card = Card("名单", padding=14)
        self._codes = list(word_lists())
        self.list = combo([shipped.title for shipped in word_lists().values()], accessible="名单")
        self.list.activated.connect(lambda _: self.refresh())
        self._source = label("", "caption", wrap=True)
        inner = QWidget()
        self._words = QVBoxLayout(inner)
        self._words.setContentsMargins(0, 0, theme().px(4), 0)
        self._words.setSpacing(theme().px(2))
        self.word = line_edit(hint="增加一个词")
        self.word.setAccessibleName("增加一个词")
        self.word.returnPressed.connect(self.add_word)
        self._add = button("增加", self.add_word, kind="small", icon="add")
        for part in (self.list, self._source, scrolled(inner)):
            card.body.addWidget(part)
        card.body.addLayout(row(self.word, self._add))
        return card

    def _fields_card(self) -> Card:
        card = Card("名册自设项目", padding=14)
        card.body.addWidget(
            label("除了规定的项目，名册里还想记的，如特长、志愿服务。最多 6 项。", "caption", wrap=True)
        )
        self._fields = QVBoxLayout()
        card.body.addLayout(self._fields)
        self.field = line_edit(hint="项目名称")
        self.field.setAccessibleName("自设项目名称")
        self.field.returnPressed.connect(self.add_field)
        card.body.addLayout(row(self.field, button("增加", self.add_field, kind="small", icon="add")))
        card.body.addStretch(1)
        return card

    def _holidays_card(self) -> Card:
        card = Card("节假日", padding=14)
        text = "按国务院办公厅每年的通知填放假和调休。党费日、公示的工作日都按这里算。"
        card.body.addWidget(label(text, "caption", wrap=True))
        columns = (
            Column("日期", lambda h: f"{h.day} {weekday(h.day)}", 140, strong=True),
            Column("安排", lambda h: h.kind, 84, tone=lambda h: "ok" if h.kind is DayKind.OFF else "due"),
            Column("节日", lambda h: h.name, 80, stretch=True),
        )
        self.holidays = Table("节假日", columns)
        self.holidays.removed.connect(self._remove_holiday)
        card.body.addWidget(self.holidays, 1)
        self.day = DateEdit(self._session.today)
        self.day.setAccessibleName("节假日日期")
        self.day_kind = combo([kind.value for kind in DayKind], accessible="安排")
        self.day_name = line_edit(hint="节日名称")
        self.day_name.setAccessibleName("节日名称")
        card.body.addLayout(row(self.day, self.day_kind))
        gone = button("删除所选", lambda: self._remove_holiday(self.holidays.current()), kind="small")
        card.body.addLayout(row(self.day_name, gone, button("登记", self.add_holiday, kind="small", icon="add")))
        return card

    def refresh(self) -> None:
        """Show everything as the ledger says now."""
        ledger = self._session.ledger
        shipped = word_lists()[self._codes[self.list.currentIndex()]]
        self._source.setText(f"{shipped.source}" + ("" if shipped.editable else "。国家标准代码，不能改"))
        self.word.setEnabled(shipped.editable)
        self._add.setEnabled(shipped.editable)
        clear(self._words)
        for word in offered(ledger, shipped.code):
            made = row(label(word), None)
            if shipped.editable:
                made.addWidget(
                    button(f"不再提供“{word}”", lambda word=word: self._hide_word(word), kind="icon", icon="dismiss")
                )
            self._words.addLayout(made)
        self._words.addStretch(1)
        clear(self._fields)
        for field in ledger[ExtraField].all():
            gone = button(
                f"删除“{field.name}”", lambda field=field: self._remove_field(field), kind="icon", icon="dismiss"
            )
            self._fields.addLayout(row(label(field.name), None, gone))
        self.holidays.set_rows(sorted(ledger[Holiday].all(), key=lambda h: h.day, reverse=True), keep=lambda h: h.id)

    def add_word(self) -> None:
        """Add a word to the shown list."""
        code = self._codes[self.list.currentIndex()]
        if self._attempt(lambda: add_word(self._session.ledger, code, self.word.text())):
            self.word.clear()

    def _hide_word(self, word: str) -> None:
        code = self._codes[self.list.currentIndex()]
        if self._attempt(lambda: hide_word(self._session.ledger, code, word)):
            self._session.say(f"不再提供“{word}”，已经填过的不变", undo=True)

    def add_field(self) -> None:
        """Give the roster one more field."""
        if self._attempt(lambda: add_extra_field(self._session.ledger, self.field.text())):
            self.field.clear()

    def _remove_field(self, field: ExtraField) -> None:
        text, advice = f"删除自设项目“{field.name}”？", "每个人在这一项里填的内容也会删除，可以撤销。"
        if ask(self, text, advice, "删除") and self._attempt(
            lambda: remove_extra_field(self._session.ledger, field.id)
        ):
            self._session.say(f"已删除“{field.name}”", undo=True)

    def add_holiday(self) -> None:
        """Enter a holiday or a worked weekend."""
        try:
            day = self.day.day()
        except ValueError as error:
            self._session.say(str(error))
            return
        if day is None:
            self._session.say("请填日期")
            self.day.setFocus()
            return
        told = Holiday(day=day, kind=DayKind(self.day_kind.currentText()), name=self.day_name.text().strip())
        if self._attempt(lambda: set_holiday(self._session.ledger, told)):
            self.day.set(None)
            self.day.setFocus()

    def _remove_holiday(self, holiday: Holiday | None) -> None:
        if holiday and self._attempt(lambda: remove_holiday(self._session.ledger, holiday)):
            self._session.say(f"已删除 {holiday.day}", undo=True)
