"""The list of the year's meetings, and the record of the chosen one beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.dates import weekday
from app.life.meetings import Meeting, Minutes, lacks, remove_meeting
from app.life.minutes_templates import MinutesTemplate, remove_template, save_template
from app.life.plans import PlannedEvent
from app.life.study import hours
from app.rules.meeting_types import OPTIONAL_TYPES, MeetingType
from app.ways import ToList, ToNew, ToPaper, ToRecord
from ui.house.session import Session
from ui.house.ways import Place, ToDraft, ToImport, ToView
from ui.kit.basic import Card, button, row, scrolled, search_box
from ui.kit.empty import Empty
from ui.kit.only import Only
from ui.kit.page import Page
from ui.kit.segmented import Segmented
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.pages.meetings.form import MeetingForm
from ui.pages.meetings.plan import PlanView
from ui.pages.meetings.reading import MeetingReading
from ui.record.exporting import export_button
from ui.record.form import may_leave
from ui.record.several import Several

FILTERS = (
    ("all", "全部", ()),
    ("general", "党员大会", (MeetingType.GENERAL,)),
    ("committee", "支委会", (MeetingType.COMMITTEE,)),
    ("group", "小组会", (MeetingType.GROUP,)),
    ("lecture", "党课", (MeetingType.LECTURE,)),
    ("theme", "主题党日", (MeetingType.THEME_DAY,)),
    ("other", "其他", (MeetingType.LIFE_MEETING, MeetingType.APPRAISAL, *OPTIONAL_TYPES)),
)
TODO = "todo"
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
)


class MeetingsPage(Page):
    """会议活动."""

    title = "会议活动"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._only = Only(self.refresh)
        self._back = button("会议活动 ›", self._leave_form, kind="link")
        self._back.setAccessibleName("返回会议活动")
        self.head.insertWidget(0, self._back)
        self._copy = self.add_action(button("复制上一次", lambda: self.form.copy_last(), kind="quiet", icon="history"))
        self._dictating = self.add_action(button("从文字填写", self._dictate, kind="quiet", icon="document"))
        self._exporting = self.add_action(export_button(self, session, "meetings"))
        self._rolls = self.add_action(
            button("签到成表", lambda: session.go(ToView("sheets", "rolls")), icon="table", tip="几次会的签到一起填")
        )
        self._import = self.add_action(
            button("导入表格", lambda: session.go(ToImport("meetings")), icon="arrow_import")
        )
        self._new = self.add_action(
            button("记一次会议", lambda: self.open_with(ToNew(Meeting)), kind="primary", icon="edit")
        )
        self._views = Segmented([("list", "记录"), ("plan", "年度计划")])
        self._views.chosen.connect(lambda _: self._turn())
        self.head.insertWidget(2, self._views)
        self._frames = button("模板", self._offer_templates, kind="quiet", icon="notebook")
        self.head.insertWidget(self.head.indexOf(self._copy), self._frames)
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        self._stack.addWidget(self._list())
        self.form = MeetingForm(session)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._leave_form)
        self._stack.addWidget(self.form)
        self.plan: PlanView | None = None
        self._show_list()

    def _list(self) -> QWidget:
        look = theme()
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(12))
        self._segments = Segmented([*((key, text) for key, text, _ in FILTERS), (TODO, "待完善")])
        self._segments.chosen.connect(lambda _: self._only.drop())
        self.filter_box = search_box("主题、内容或拼音首字母", lambda text: self.table.filter(text))
        box.addLayout(row(self._segments, self._only.button, None, self.filter_box))
        state = Column("记录", self._state, 96, tone=self._tone)
        self.table = Table("会议活动列表", (*COLUMNS, state), lambda m: f"{m.meeting.subject} {m.title}")
        self.table.selected.connect(self._show_detail)
        self.table.opened.connect(self._edit)
        self.table.removed.connect(self._remove)
        card = Card(padding=4)
        card.body.addWidget(self.table)
        self._empty = Empty(
            "这里记支部的会议和活动：什么类型、谁到会、议了什么、怎么决定的。",
            "7月1日 15:00—17:00 主题党日暨党课，三楼会议室，应到 20 人实到 18 人。",
            button("记一次会议", lambda: self.open_with(ToNew(Meeting)), icon="edit"),
            button("导入表格", lambda: self._session.go(ToImport("meetings")), icon="arrow_import"),
        )
        card.body.addWidget(self._empty)
        self._detail = Card()
        self._detail.setFixedWidth(look.px(344))
        self.reading = MeetingReading(self._session, self._edit, self._remove, self.attempt)
        side, reading = QStackedWidget(), scrolled(self.reading)
        side.addWidget(reading)
        self._detail.body.addWidget(side, 1)
        deeds = (("打印会议记录", "print", self._print_several),)
        self.several = Several(self, self._session, "次会议", lambda m: f"{m.meeting.held_on:%m-%d} {m.title}", deeds)
        self.several.stand_in(self.table, side, lambda: reading)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self._detail)
        box.addLayout(middle, 1)
        return holder

    def _print_several(self, meetings: list[Minutes]) -> None:
        ordered = sorted(meetings, key=lambda m: (m.meeting.held_on, m.meeting.id))
        self._session.go(ToPaper.of_all("minutes", [m.meeting.id for m in ordered]))

    def _state(self, minutes: Minutes) -> str:
        final = minutes.meeting.id in self._session.ledger_of_year().final_minutes
        return lacks(minutes) or ("已定稿" if final else "未定稿")

    def _tone(self, minutes: Minutes) -> str:
        return {"已定稿": "ok", "未定稿": "plain"}.get(self._state(minutes), "due")

    def _turn(self) -> None:
        """Between the records and the plan of the year."""
        if self._views.current == "plan":
            if self.plan is None:
                self.plan = PlanView(self._session, self.attempt)
                self.plan.told.connect(self.head_facts.setText)
                self._stack.addWidget(self.plan)
            self._stack.setCurrentWidget(self.plan)
            self._rolls.hide()
            self._import.hide()
            self._exporting.hide()
            self.plan.refresh()
        else:
            self._show_list()
            self.refresh()

    def refresh(self) -> None:
        if self.plan is not None and self._stack.currentWidget() is self.plan:
            self.plan.refresh()
            return
        minutes = self._session.ledger_of_year().minutes
        for key, text, kinds in FILTERS:
            count = sum(1 for m in minutes if not kinds or any(kind in m.types for kind in kinds))
            self._segments.set_text(key, f"{text} {count}")
        todo = [m for m in minutes if self._state(m) != "已定稿"]
        self._segments.set_text(TODO, f"待完善 {len(todo)}")
        if self._segments.current == TODO:
            shown = todo
        else:
            kinds = next(kinds for key, _, kinds in FILTERS if key == self._segments.current)
            shown = [m for m in minutes if not kinds or any(kind in m.types for kind in kinds)]
        shown = self._only.among(minutes, shown, lambda m: m.meeting.id)
        chosen = self.table.show_rows(list(reversed(shown)), keep=lambda m: m.meeting.id)
        self.table.setVisible(bool(minutes))
        self._empty.setVisible(not minutes)
        if self._stack.currentIndex() == 0:
            self.head_facts.setText(f"{self._session.year} 年度共 {len(minutes)} 次")
        self._show_detail(chosen)

    def open_with(self, place: Place) -> None:
        match place:
            case ToDraft():
                self._open_draft(place)
            case ToView(view="plan"):
                self._open_plan()
            case ToView(view=view) if view == TODO:
                self._show_list()
                self._segments.choose(TODO)
                self.refresh()
            case ToRecord() if place.kind is PlannedEvent:
                self._open_plan()
                assert self.plan is not None
                self.plan.choose(place.id)
            case ToNew() if place.kind is PlannedEvent:
                self._open_plan()
                assert self.plan is not None
                self.plan.new(place.values.get("planned_on"))
            case ToNew() if "planned" in place.values:
                event = next((e for e in self._session.ledger_of_year().plan if e.id == place.values["planned"]), None)
                if event is not None:
                    self._show_form(f"记一次{event.type}")
                    self.form.open_planned(event)
            case ToNew():
                self._show_form("记一次会议")
                self.form.open_new(place)
            case ToRecord():
                self._show_list()
                self._segments.choose("all")
                self._only.clear()
                self.refresh()
                self.table.choose(lambda m: m.meeting.id == place.id)
            case ToList():
                self._show_list()
                self._only.narrow(place.ids, place.words)
                self.refresh()
            case _:
                self.refresh()

    def _open_draft(self, place: ToDraft) -> None:
        content = place.content
        if content.get("kind") == "PlannedEvent" or "plan" in content:
            self._open_plan()
            assert self.plan is not None
            self.plan.form.resume(place)
            return
        self._show_form("修改会议记录" if content.get("id") else "继续填写草稿")
        self.form.resume(place)

    def _open_plan(self) -> None:
        self._views.choose("plan")
        self._show_list()
        self._turn()

    def _offer_templates(self) -> None:
        """Templates to begin with; the form as a new template; those that are no longer needed."""
        menu = QMenu(self)
        known = sorted(self._session.ledger[MinutesTemplate].all(), key=lambda t: (t.type, t.name))
        for template in known:
            menu.addAction(f"{template.type}：{template.name}", lambda t=template: self.form.use_template(t))
        if known:
            menu.addSeparator()
        menu.addAction("把这份的议题存为模板…", self._keep_template)
        if known:
            gone = menu.addMenu("删除模板")
            for template in known:
                gone.addAction(template.name, lambda t=template: remove_template(self._session.ledger, t))
        menu.popup(self._frames.mapToGlobal(self._frames.rect().bottomLeft()))

    def _dictate(self) -> None:
        """Fill the form from minutes that were written as plain text."""
        from ui.pages.meetings.dictation import DictationDialog

        DictationDialog(self._session, self.form.take_dictation, self).exec()

    def _keep_template(self) -> None:
        name, taken = QInputDialog.getText(self, "存为模板", "模板名称：")
        if taken and self.attempt(lambda: save_template(self._session.ledger, self.form.as_template(name))):
            self._session.say("已存为模板：类型、主题和议题，不含讲话内容", undo=True)

    def leave(self) -> bool:
        if self.plan is not None and not may_leave((self.plan.form,)):
            return False
        if self._stack.currentWidget() is not self.form:
            return True
        if not self.form.may_leave():
            return False
        self._show_list()
        return True

    def _show_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self._views.show()
        self._frames.hide()
        self.head_title.setText(self.title)
        self._back.hide()
        self._copy.hide()
        self._dictating.hide()
        self._rolls.show()
        self._import.show()
        self._exporting.show()
        self._new.show()

    def _show_form(self, title: str) -> None:
        self._stack.setCurrentIndex(1)
        self._views.choose("list")
        self._views.hide()
        self._frames.show()
        self.head_title.setText(title)
        self.head_facts.setText("")
        self._back.show()
        self._copy.setVisible(title.startswith("记"))
        self._dictating.show()
        self._rolls.hide()
        self._import.hide()
        self._exporting.hide()
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
        self.open_with(ToRecord(Meeting, meeting))
        self.table.setFocus()
        if then_print:
            self._session.go(ToPaper("minutes", meeting))

    def _edit(self, minutes: Minutes) -> None:
        self._show_form("修改会议记录")
        self.form.open_record(minutes)

    def _remove(self, minutes: Minutes) -> None:
        if self.attempt(lambda: remove_meeting(self._session.ledger, minutes.meeting.id)):
            self._session.say(f"已删除“{minutes.meeting.subject[:16]}”", undo=True)

    def _show_detail(self, minutes: Minutes | None) -> None:
        self._detail.setVisible(minutes is not None)
        self.reading.show_minutes(minutes)
