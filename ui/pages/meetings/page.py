"""The list of the year's meetings, and the record of the chosen one beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.attachments import Owner
from app.dates import chinese, weekday
from app.figures import hours
from app.meetings import AttendanceState, Meeting, MeetingType, Minutes, check_minutes, lacks, remove_meeting
from app.votes import judge
from ui.attachments import Attachments
from ui.kit.basic import Card, Segmented, button, clear, label, line, row, scrolled, search_box
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.meetings.final_panel import FinalPanel
from ui.pages.meetings.form import MeetingForm
from ui.session import Session

FILTERS = (
    ("all", "全部", ()),
    ("general", "党员大会", (MeetingType.GENERAL,)),
    ("committee", "支委会", (MeetingType.COMMITTEE,)),
    ("group", "小组会", (MeetingType.GROUP,)),
    ("lecture", "党课", (MeetingType.LECTURE,)),
    ("theme", "主题党日", (MeetingType.THEME_DAY,)),
    ("other", "其他", (MeetingType.LIFE_MEETING, MeetingType.APPRAISAL, MeetingType.STUDY, MeetingType.OTHER)),
)
COLUMNS = (
    Column(
        "日期",
        lambda m: f"{m.meeting.held_on.isoformat()} {weekday(m.meeting.held_on)}",
        130,
        order=lambda m: m.meeting.held_on,
    ),
    Column("类型", lambda m: m.title, 150, tone=lambda _: "info"),
    Column("主题", lambda m: m.meeting.subject, 220, strong=True, stretch=True),
    Column("实到/应到", lambda m: f"{len(m.attended)}/{m.expected}" if m.expected else "未记", 84, right=True),
    Column("学时", lambda m: hours(m.minutes_of_study), 56, right=True, order=lambda m: m.minutes_of_study),
    Column("记录", lambda m: lacks(m) or "完整", 96, tone=lambda m: "due" if lacks(m) else "ok"),
)


class MeetingsPage(Page):
    """会议活动."""

    title = "会议活动"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._only: tuple[int, ...] | None = None
        self._back = button("会议活动 ›", self._leave_form, kind="link")
        self._back.setAccessibleName("返回会议活动")
        self.head.insertWidget(0, self._back)
        self._copy = self.add_action(button("复制上一次", lambda: self.form.copy_last(), kind="quiet", icon="history"))
        self._import = self.add_action(
            button("导入表格", lambda: session.go("settings", bring="meetings"), icon="arrow_import")
        )
        self._new = self.add_action(
            button("记一次会议", lambda: self.open_with({"new": None}), kind="primary", icon="edit")
        )
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        self._stack.addWidget(self._list())
        self.form = MeetingForm(session)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._leave_form)
        self._stack.addWidget(self.form)
        self._show_list()

    def _list(self) -> QWidget:
        look = theme()
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(12))
        self._segments = Segmented([(key, text) for key, text, _ in FILTERS])
        self._segments.chosen.connect(lambda _: self._drop_only())
        self.filter_box = search_box("主题、内容或拼音首字母", lambda text: self.table.filter(text))
        self._only_label = button("", self._drop_only, kind="link")
        box.addLayout(row(self._segments, self._only_label, None, self.filter_box))
        self.table = Table("会议活动列表", COLUMNS, lambda m: f"{m.meeting.subject} {m.title}")
        self.table.selected.connect(self._show_detail)
        self.table.opened.connect(self._edit)
        self.table.removed.connect(self._remove)
        card = Card(padding=4)
        card.body.addWidget(self.table)
        self._empty = label(
            "这里记支部的会议和活动。还没有记录，请点右上角“记一次会议”，或“导入表格”。", "secondary", wrap=True
        )
        card.body.addWidget(self._empty)
        self._detail = Card()
        self._detail.setFixedWidth(look.px(344))
        inner = QWidget()
        self._detail_box = QVBoxLayout(inner)
        self._detail_box.setContentsMargins(0, 0, 0, 0)
        self._detail_box.setSpacing(look.px(6))
        self._detail.body.addWidget(scrolled(inner), 1)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self._detail)
        box.addLayout(middle, 1)
        return holder

    def refresh(self) -> None:
        minutes = self._session.ledger_of_year().minutes
        for key, text, kinds in FILTERS:
            count = sum(1 for m in minutes if not kinds or any(kind in m.types for kind in kinds))
            self._segments.set_text(key, f"{text} {count}")
        kinds = next(kinds for key, _, kinds in FILTERS if key == self._segments.current)
        shown = [m for m in minutes if not kinds or any(kind in m.types for kind in kinds)]
        if self._only is not None:
            shown = [m for m in minutes if m.meeting.id in self._only]
        self._only_label.setVisible(self._only is not None)
        self.table.set_rows(list(reversed(shown)), keep=lambda m: m.meeting.id)
        self.table.setVisible(bool(minutes))
        self._empty.setVisible(not minutes)
        if self._stack.currentIndex() == 0:
            self.head_facts.setText(f"{self._session.year} 年度共 {len(minutes)} 次")
        if self.table.current() is None:
            self.table.selectRow(0)
        self._show_detail(self.table.current())

    def open_with(self, hint: dict[str, Any]) -> None:
        if "draft" in hint:
            self._show_form("继续填写草稿")
            self.form.open_draft(hint["content"])
            self.form.keeper.adopt(hint["draft"])
        elif "new" in hint:
            self._show_form("记一次会议")
            self.form.open_new(hint)
        elif "meeting" in hint:
            self._show_list()
            self._segments.choose("all")
            self._only = None
            self.refresh()
            self.table.choose(lambda m: m.meeting.id == hint["meeting"])
        elif "ids" in hint:
            self._show_list()
            self._only = tuple(hint["ids"])
            self._only_label.setText(f"只看：{hint.get('words', '')}　✕")
            self._only_label.setAccessibleName("取消只看")
            self.refresh()

    def leave(self) -> bool:
        if self._stack.currentIndex() == 0 or not self.form.dirty:
            return True
        text, advice = "这次会议还没有保存，草稿也没能存下。", "离开后会丢掉。可以先取消，再按 Ctrl+S 保存。"
        if not self.form.keeper.release() and not ask(self, text, advice, "不保存，离开"):
            return False
        self.form.forget()
        self._show_list()
        return True

    def _drop_only(self) -> None:
        self._only = None
        self.refresh()

    def _show_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self.head_title.setText(self.title)
        self._back.hide()
        self._copy.hide()
        self._import.show()
        self._new.show()

    def _show_form(self, title: str) -> None:
        self._stack.setCurrentIndex(1)
        self.head_title.setText(title)
        self.head_facts.setText("")
        self._back.show()
        self._copy.setVisible(title.startswith("记"))
        self._import.hide()
        self._new.hide()

    def _leave_form(self) -> None:
        if self.leave():
            self._show_list()
            self.refresh()
            self.table.setFocus()

    def _saved(self, meeting: int, then_print: bool) -> None:
        year = self._session.ledger[Meeting].get(meeting).held_on.year
        if year != self._session.year:
            self._session.show_year(year)
        self.open_with({"meeting": meeting})
        self.table.setFocus()
        if then_print:
            self._session.go("reports", meeting=meeting)

    def _edit(self, minutes: Minutes) -> None:
        self._show_form("修改会议记录")
        self.form.open_record(minutes)

    def _remove(self, minutes: Minutes) -> None:
        if self.attempt(lambda: remove_meeting(self._session.ledger, minutes.meeting.id)):
            self._session.say(f"已删除“{minutes.meeting.subject[:16]}”", undo=True)

    def _show_detail(self, minutes: Minutes | None) -> None:
        clear(self._detail_box)
        self._detail.setVisible(minutes is not None)
        if minutes is None:
            return
        ledger, meeting = self._session.ledger_of_year(), minutes.meeting
        box = self._detail_box
        box.addWidget(label(meeting.subject, "head", wrap=True))
        span = "—".join(f"{moment:%H:%M}" for moment in (meeting.start, meeting.end) if moment)
        box.addWidget(label(f"{chinese(meeting.held_on)} {weekday(meeting.held_on)} {span}", "secondary"))
        box.addLayout(self._detail_buttons(minutes))
        box.addWidget(line())
        names = {member.id: member.name for member in ledger.roster.members}
        absent = "、".join(
            f"{names.get(r.member or 0, r.name)}（{r.reason or '未写原因'}）"
            for r in minutes.with_state(AttendanceState.ABSENT)
        )
        observers = "、".join(names.get(r.member or 0, r.name) for r in minutes.with_state(AttendanceState.OBSERVER))
        facts = (
            ("类型", minutes.title + f" {ledger.group_names.get(meeting.group or 0, '')}"),
            ("地点", meeting.place),
            ("主持人", meeting.host),
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
        problems = check_minutes(minutes, ledger.roster, self._session.today())
        for problem in problems:
            box.addWidget(label(problem.text, "warning", wrap=True))
        box.addWidget(line())
        box.addWidget(label(meeting.content, wrap=True))
        self._show_agenda(minutes)
        box.addWidget(line())
        box.addWidget(FinalPanel(self._session, minutes, self.attempt))
        box.addWidget(line())
        files = Attachments(self._session, Owner.MEETING)
        files.show_of(meeting.id)
        box.addWidget(files)
        box.addStretch(1)

    def _show_agenda(self, minutes: Minutes) -> None:
        box = self._detail_box
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

    def _detail_buttons(self, minutes: Minutes):
        edit = button("修改", lambda: self._edit(minutes), kind="small", icon="edit")
        printing = button(
            "打印", lambda: self._session.go("reports", meeting=minutes.meeting.id), kind="small", icon="print"
        )
        away: QPushButton = button("删除", lambda: self._remove(minutes), kind="small", icon="delete")
        id = minutes.meeting.id
        story = button(
            "变更记录", lambda: self._session.go("history", record=(Meeting, id)), kind="icon", icon="history"
        )
        return row(edit, printing, away, None, story)


def _fact(name: str, text: str):
    caption = label(name, "caption")
    caption.setFixedWidth(theme().px(44))
    value = label(text, wrap=True)
    value.setStyleSheet(f"font-size: {theme().px(13)}px;")
    made = row(caption, value)
    made.setStretch(1, 1)
    return made
