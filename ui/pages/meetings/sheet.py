"""The sheet of a meeting: its fields and parts, laid out as the paper form has them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from app.life.meetings import Meeting
from ui.kit.basic import Card, button, label, narrow, required, row, scrolled, together
from ui.kit.flow import Flow
from ui.kit.record_fields import Fields, RecordFields
from ui.kit.theme import theme
from ui.pages.meetings.agenda import AgendaBox
from ui.pages.meetings.attendance import AttendancePane
from ui.pages.meetings.parts import GroupChoice, TypeChips, Votes
from ui.pages.meetings.vote_row import VoteRow
from ui.record.form import RecordForm
from ui.record.part import Part

COMMON_PLACES = ("三楼会议室", "党员活动室")
PEOPLE = ("host", "recorder", "lecturer")
FIELDS = Fields(
    ("held_on", "start", "end", "study_minutes", "place", *PEOPLE, "subject", "content", "remark"),
    words={"place": COMMON_PLACES},
    hints={
        "subject": "例如：讨论预备党员转正",
        "content": "按会议进程记录：传达学习、讨论发言、决议",
        "remark": "情况说明（可不填）：如与规定不一致的原因",
    },
    named=PEOPLE,
    rows={"content": 6},
)


class MeetingSheet(RecordForm):
    """The editors of a meeting; what they mean is the form's business."""

    def make_fields(self, fields: Fields) -> RecordFields:
        made = RecordFields(Meeting, fields, self._session.today, placed=True, parent=self)
        edits = made.editors
        self.day, self.start, self.end, self.minutes = (edits[n] for n in ("held_on", "start", "end", "study_minutes"))
        self.place, self.host, self.recorder = edits["place"], edits["host"], edits["recorder"]
        self.lecturer, self.subject, self.content = edits["lecturer"], edits["subject"], edits["content"]
        made.fields["held_on"].setFixedWidth(theme().px(136))
        self.minutes.setFixedWidth(theme().px(64))
        self.minutes.setPlaceholderText("自动")
        self.minutes.setToolTip("学时按起止时间计算；与时间不同时在这里填分钟数")
        self.place.setMinimumWidth(theme().px(150))
        for name, width in (("host", 120), ("recorder", 120), ("lecturer", 110)):
            edits[name].setMaximumWidth(theme().px(width))
        # The content takes the room that is left over.
        self.content.setMaximumHeight(16_777_215)
        return made

    def make_parts(self) -> dict[str, Part]:
        session = self._session
        self.chips, self.group = TypeChips(), GroupChoice()
        self.types = self.chips.buttons
        self.pane = AttendancePane()
        self.vote_box = Votes(lambda: session.ledger_of_year().rulebook)
        self.agenda = AgendaBox(session.today)
        self.chips.changed.connect(self.refresh_people)
        self.chips.entered.connect(lambda: self.subject.setFocus())
        self.group.changed.connect(self.refresh_people)
        self.pane.changed.connect(self.propose_votes)
        self.vote_box.added.connect(self.propose_votes)
        # In this order a draft is put back: who should come follows from types and group.
        return {
            "types": self.chips,
            "group": self.group,
            "roll": self.pane,
            "votes": self.vote_box,
            "agenda": self.agenda,
        }

    @property
    def votes(self) -> list[VoteRow]:
        """The votes, as rows of editors."""
        return self.vote_box.rows

    def add_vote(self) -> VoteRow:
        """One more vote, its numbers as the roll tells them."""
        return self.vote_box.add()

    def lay_out(self, title: str, padding: int) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(10))
        outer.addWidget(self.bar)
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(16))
        middle.addWidget(self._fields_card(), 1)
        middle.addWidget(self.pane)
        outer.addLayout(middle, 1)
        self.save_print = button("保存并打印记录", self.save_and_print)
        cancel = button("取消", self.leave, kind="quiet")
        self.open_elements = label("", "caption")
        self.open_elements.setAccessibleName("还缺的要素")
        outer.addLayout(row(self.note, self.open_elements, None, cancel, self.save_print, self.save_button))

    def _fields_card(self) -> Card:
        card, inner = Card(), QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme().px(9))
        fields = self.form.fields
        self._line("类型 *", row(self.chips))
        self._line("时间 *", self._time_line())
        self._line("地点", self._people_line())
        self._line("主题 *", row(fields["subject"]))
        self._content = self._line("会议内容", self._content_line())
        self._lines.setStretchFactor(self._content, 1)
        self._agenda = self._line("议题事项", row(self.agenda))
        self._line("表决", self._votes_line())
        self._line("", row(self.reasons))
        card.body.addWidget(scrolled(inner), 1)
        return card

    def _line(self, name: str, content: QLayout) -> QWidget:
        """One line of the sheet: its caption and its editors."""
        caption = required(name)
        caption.setFixedWidth(theme().px(68))
        caption.setMinimumHeight(theme().px(34))
        line = QHBoxLayout()
        line.setSpacing(theme().px(8))
        line.addWidget(caption, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(content, 1)
        made = together(line)
        self._lines.addWidget(made)
        return made

    def put_agenda_first(self, first: bool) -> None:
        """The agenda above the contents, as the paper of a general meeting has it, or below them."""
        upper, lower = (self._agenda, self._content) if first else (self._content, self._agenda)
        if self._lines.indexOf(upper) < self._lines.indexOf(lower):
            return
        self._lines.insertWidget(self._lines.indexOf(lower), upper)
        self._lines.setStretchFactor(self._content, 1)
        chain = (self.subject, *self.agenda.adders, self.content) if first else (self.subject, self.content)
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def _time_line(self) -> Flow:
        fields = self.form.fields
        self._weekday = label("", "secondary")
        self._weekday.setMinimumWidth(theme().px(32))
        return Flow(
            _aligned(fields["held_on"], self._weekday),
            _aligned(fields["start"], label("至", "secondary"), fields["end"]),
            _aligned(label("学时（分钟）", "secondary"), fields["study_minutes"]),
            self.group,
            spacing=8,
        )

    def _people_line(self) -> Flow:
        fields = self.form.fields
        self._lecturer_label = label("主讲人", "secondary")
        return Flow(
            fields["place"],
            _aligned(label("主持人", "secondary"), fields["host"]),
            _aligned(label("记录人", "secondary"), fields["recorder"]),
            _aligned(self._lecturer_label, fields["lecturer"]),
            spacing=8,
        )

    def _content_line(self) -> QVBoxLayout:
        self._count = label("0 字", "caption")
        self.content.textChanged.connect(lambda: self._count.setText(f"{len(self.content.toPlainText())} 字"))
        whole = QVBoxLayout()
        whole.setSpacing(theme().px(2))
        whole.addWidget(self.form.fields["content"], 1)
        whole.addLayout(row(None, self._count))
        return whole

    def _votes_line(self) -> QVBoxLayout:
        whole = QVBoxLayout()
        whole.setSpacing(theme().px(6))
        whole.addWidget(self.vote_box)
        add = button("添加表决", self.add_vote, kind="link", icon="add")
        whole.addLayout(row(add, self.form.fields["remark"]))
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the roll leaves more room to the fields."""
        super().resizeEvent(event)
        self.pane.set_narrow(narrow(event.size().width()))

    def refresh_people(self) -> None:
        """Show who should come for what is chosen now."""

    def propose_votes(self) -> None:
        """Let the votes take their numbers from the roll."""

    def save_and_print(self) -> None:
        """Save and go on to the print."""


def _aligned(*parts: QWidget) -> QWidget:
    """Fields and words on one line, which stays so when a fault is told below a field."""
    line = row(*parts)
    for number, part in enumerate(parts):
        line.itemAt(number).setAlignment(Qt.AlignmentFlag.AlignTop)
        if isinstance(part, QLabel):
            part.setMinimumHeight(theme().px(34))
    return together(line)
