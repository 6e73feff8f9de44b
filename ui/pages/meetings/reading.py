"""One record of a meeting as it is read beside the list: facts, votes, text, files and its final version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.attachments import Owner
from app.dates import chinese, weekday
from app.life.attendance import AttendanceState
from app.life.meetings import Meeting, Minutes, absent_with_reasons, attendee, check_minutes
from app.life.study import hours
from app.life.votes import judge
from app.ways import ToPaper
from ui.house.session import Session
from ui.house.ways import ToHistory
from ui.kit.basic import button, clear, column, label, line, row
from ui.kit.theme import theme
from ui.pages.meetings.final_panel import FinalPanel
from ui.record.attachments import Attachments
from ui.record.record_menu import more_button


class MeetingReading(QWidget):
    """The chosen record, with the buttons that change, print and delete it."""

    def __init__(
        self,
        session: Session,
        edit: Callable[[Minutes], object],
        remove: Callable[[Minutes], object],
        attempt: Callable[[Callable[[], Any]], bool],
    ) -> None:
        super().__init__()
        self._session, self._edit, self._remove, self._attempt = session, edit, remove, attempt
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme().px(6))

    def show_minutes(self, minutes: Minutes | None) -> None:
        """Show one record, or none."""
        clear(self._box)
        if minutes is None:
            return
        ledger, meeting = self._session.ledger_of_year(), minutes.meeting
        box = self._box
        box.addWidget(label(meeting.subject, "head", wrap=True))
        span = "—".join(f"{moment:%H:%M}" for moment in (meeting.start, meeting.end) if moment)
        box.addWidget(label(f"{chinese(meeting.held_on)} {weekday(meeting.held_on)} {span}", "secondary"))
        box.addLayout(self._buttons(minutes))
        box.addWidget(line())
        absent = absent_with_reasons(minutes, ledger.roster, "、")
        observers = "、".join(attendee(r, ledger.roster) for r in minutes.with_state(AttendanceState.OBSERVER))
        facts = (
            ("类型", minutes.title + f" {ledger.group_names.get(meeting.group or 0, '')}"),
            ("地点", meeting.place),
            ("主持人", meeting.host),
            ("主讲人", meeting.lecturer),
            ("记录人", meeting.recorder),
            ("出席", f"实到 {len(minutes.attended)} / 应到 {minutes.expected}"),
            ("缺席", absent),
            ("列席", observers),
            ("学时", f"{hours(minutes.minutes_of_study)} 学时"),
            ("说明", meeting.remark),
        )
        for name, text in facts:
            if text.strip():
                box.addLayout(_fact(name, text.strip()))
        for vote in minutes.votes:
            box.addLayout(_fact("表决", f"{vote.motion or vote.kind}：{judge(vote, ledger.rulebook).text}"))
        entered = self._session.ledger.history.entered(Meeting).get(meeting.id)
        late = (entered.date() - meeting.held_on).days if entered else 0
        if late > self._session.ledger_of_year().rulebook.remind.late_days:
            text = f"补录：{entered:%Y-%m-%d} 录入，会后 {late} 天" if entered else ""
            box.addWidget(label(text, "warning", wrap=True))
        problems = check_minutes(minutes, ledger.roster, self._session.today())
        for problem in problems:
            box.addWidget(label(problem.text, "warning", wrap=True))
        box.addWidget(line())
        box.addWidget(label(meeting.content, wrap=True))
        self._show_agenda(minutes)
        box.addWidget(line())
        box.addWidget(FinalPanel(self._session, minutes, self._attempt))
        box.addWidget(line())
        files = Attachments(self._session, Owner.MEETING)
        files.show_of(meeting.id)
        box.addWidget(files)
        box.addStretch(1)

    def _show_agenda(self, minutes: Minutes) -> None:
        box = self._box
        for number, item in enumerate(minutes.agenda, 1):
            who = f"{item.speaker}：" if item.speaker else ""
            box.addWidget(label(f"{number}. {item.kind}　{item.title}", wrap=True))
            if item.text.strip():
                box.addWidget(label(f"{who}{item.text}", "secondary", wrap=True))
        for task in minutes.follow_ups:
            due = f"，{task.due_on} 前" if task.due_on else ""
            done = f"{task.closed_on} 办结：{task.how}" if task.closed_on else "还没有办结"
            text = f"后续：{task.task}（{task.who or '未定责任人'}{due}）{done}"
            box.addWidget(label(text, "ok" if task.closed_on else "warning", wrap=True))

    def _buttons(self, minutes: Minutes) -> QVBoxLayout:
        edit = button("修改", lambda: self._edit(minutes), kind="small", icon="edit")
        printing = button(
            "打印", lambda: self._session.go(ToPaper("minutes", minutes.meeting.id)), kind="small", icon="print"
        )
        away: QPushButton = button("删除", lambda: self._remove(minutes), kind="icon", icon="delete")
        id = minutes.meeting.id
        sheet = button("签到表", lambda: self._session.go(ToPaper("sign_in_held", id)), kind="small")
        story = button("变更记录", lambda: self._session.go(ToHistory(Meeting, id)), kind="icon", icon="history")
        more = more_button(self._session, "会议活动", lambda: id, self._attempt)
        return column(row(edit, printing, None, away, story), row(sheet, more, None))


def _fact(name: str, text: str) -> QHBoxLayout:
    caption = label(name, "caption")
    caption.setFixedWidth(theme().px(44))
    value = label(text, wrap=True)
    value.setStyleSheet(f"font-size: {theme().px(13)}px;")
    made = row(caption, value)
    made.setStretch(1, 1)
    return made
