"""The fields of a meeting in the order the paper form has."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.rules.meeting_types import MeetingType
from ui.house.session import Session
from ui.kit.basic import Card, Flow, ToggleRow, button, label, required, row, scrolled
from ui.kit.editors import DateEdit, Field, NumberEdit, PersonEdit, TextEdit, TimeEdit, combo, line_edit
from ui.kit.theme import theme
from ui.pages.meetings.agenda import AgendaBox
from ui.pages.meetings.vote_row import VoteRow

COMMON_PLACES = ("三楼会议室", "党员活动室")


class MeetingFields(QWidget):
    """The editors of a meeting; what they mean is the form's business."""

    types_changed = Signal()
    day_changed = Signal()
    group_changed = Signal()
    vote_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.types: dict[MeetingType, QPushButton] = {}
        self.votes: list[VoteRow] = []

    def fields_card(self) -> Card:
        """The card that holds them, made once."""
        card = Card()
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(8))
        grid.setVerticalSpacing(theme().px(9))
        grid.setColumnMinimumWidth(0, theme().px(68))
        grid.setColumnStretch(1, 1)
        lines = (
            ("类型 *", self._types_line()),
            ("时间 *", self._time_line()),
            ("地点", self._people_line()),
            ("主题 *", self._subject_line()),
            ("会议内容", self._content_line()),
            ("议题事项", self._agenda_line()),
            ("表决", self._votes_line()),
        )
        for number, (name, line) in enumerate(lines):
            caption = required(name)
            grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
            caption.setMinimumHeight(theme().px(34))
            grid.addLayout(line, number, 1)
        grid.setRowStretch(4, 1)
        card.body.addWidget(scrolled(inner), 1)
        return card

    def _types_line(self):
        short = {MeetingType.APPRAISAL: "民主评议"}
        line = Flow()
        for kind in MeetingType:
            made = button(short.get(kind, kind.value), self.types_changed.emit, kind="toggle")
            made.setCheckable(True)
            made.setAccessibleName(kind.value)
            made.setToolTip(f"{kind.value}（可同时选几种）")
            made.setStyleSheet(f"padding: 0 {theme().px(5)}px; font-size: {theme().px(13)}px;")
            self.types[kind] = made
            line.addWidget(made)
        self._type_keys = ToggleRow(list(self.types.values()))
        self._type_keys.entered.connect(lambda: self.subject.setFocus())
        self.types_fault = label("", "error")
        self.types_fault.hide()
        whole = QVBoxLayout()
        whole.setSpacing(theme().px(2))
        whole.addLayout(line)
        whole.addWidget(self.types_fault)
        return whole

    def _time_line(self):
        self.day = DateEdit(self._session.today)
        self.day_field = Field("日期", self.day)
        self.day_field.setFixedWidth(theme().px(136))
        self.day.editingFinished.connect(self.day_changed)
        self._weekday = label("", "secondary")
        self._weekday.setMinimumWidth(theme().px(32))
        self.start, self.end = TimeEdit(), TimeEdit()
        self.start_field, self.end_field = Field("开始时间", self.start), Field("结束时间", self.end)
        self.minutes = NumberEdit(52)
        self.minutes.setAccessibleName("学时（分钟）")
        self.minutes.setPlaceholderText("自动")
        self.minutes.setToolTip("学时按起止时间计算；与时间不同时在这里填分钟数")
        self.group = combo([], accessible="党小组")
        self._group_label = label("党小组", "secondary")
        parts = (self.day_field, self._weekday, self.start_field, label("至", "secondary"), self.end_field)
        tail = (label("学时（分钟）", "secondary"), self.minutes, self._group_label, self.group)
        self.group.currentIndexChanged.connect(lambda _: self.group_changed.emit())
        line = row(*parts, 8, *tail, None)
        for number in range(line.count()):
            line.itemAt(number).setAlignment(Qt.AlignmentFlag.AlignTop)
            part = line.itemAt(number).widget()
            if isinstance(part, QLabel):
                part.setMinimumHeight(theme().px(34))
        return line

    def _people_line(self):
        self.place = combo([], editable=True, accessible="地点")
        self.place.setMinimumWidth(theme().px(150))
        self.host, self.recorder = PersonEdit(free=True, hint="姓名"), PersonEdit(free=True, hint="姓名")
        self.host.setAccessibleName("主持人")
        self.recorder.setAccessibleName("记录人")
        for edit in (self.host, self.recorder):
            edit.setMaximumWidth(theme().px(120))
        self.lecturer = PersonEdit(free=True, hint="姓名")
        self.lecturer.setAccessibleName("主讲人")
        self.lecturer.setMaximumWidth(theme().px(110))
        self._lecturer_label = label("主讲人", "secondary")
        words = label("主持人", "secondary"), label("记录人", "secondary")
        told = (words[0], self.host, 4, words[1], self.recorder, 4, self._lecturer_label, self.lecturer)
        return row(self.place, 8, *told, None)

    def people(self) -> tuple[PersonEdit, ...]:
        """The editors that name who presides, writes and lectures."""
        return self.host, self.recorder, self.lecturer

    def _subject_line(self):
        self.subject = line_edit(hint="例如：讨论预备党员转正")
        self.subject.returnPressed.connect(lambda: self.content.setFocus())
        self.subject_field = Field("主题", self.subject)
        return row(self.subject_field)

    def _content_line(self):
        self.content = TextEdit("按会议进程记录：传达学习、讨论发言、决议", rows=6)
        self.content_field = Field("会议内容", self.content)
        self._count = label("0 字", "caption")
        self.content.textChanged.connect(lambda: self._count.setText(f"{len(self.content.toPlainText())} 字"))
        whole = QVBoxLayout()
        whole.setSpacing(theme().px(2))
        whole.addWidget(self.content_field, 1)
        whole.addLayout(row(None, self._count))
        return whole

    def _agenda_line(self):
        self.agenda = AgendaBox(self._session.today)
        return row(self.agenda)

    def _votes_line(self):
        self._votes_box = QVBoxLayout()
        self._votes_box.setSpacing(theme().px(8))
        self.remark = line_edit(hint="情况说明（可不填）：如与规定不一致的原因")
        self.remark.setAccessibleName("情况说明")
        whole = QVBoxLayout()
        whole.setSpacing(theme().px(6))
        whole.addLayout(self._votes_box)
        whole.addLayout(row(button("添加表决", self.vote_wanted.emit, kind="link", icon="add"), self.remark))
        return whole

    @staticmethod
    def _fault_of(read) -> str:
        try:
            read()
        except ValueError as error:
            return str(error)
        return ""

    def day_or_today(self) -> date:
        """The day as typed; today while it cannot be read."""
        try:
            return self.day.day() or self._session.today()
        except ValueError:
            return self._session.today()
