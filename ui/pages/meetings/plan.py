"""年度计划: the year's events as a list, laid out from the rules in one action, each with its form beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.dates import weekday
from app.life.meetings import Meeting
from app.life.plans import PlannedEvent, check_planned, plan_year, remove_planned, save_planned
from app.record import Problem
from app.ways import ToNew, ToPaper
from app.year.planning import held_of, lay_out, notice, title_of
from ui.house.session import Session
from ui.kit.basic import Card, button, label, row
from ui.kit.editors import NumberEdit
from ui.kit.empty import Empty
from ui.kit.files import dated
from ui.kit.record_fields import Fields
from ui.kit.table import Column, Table
from ui.kit.theme import theme
from ui.record.following import Following
from ui.record.form import RecordForm

USUAL_DAY = 20


FIELDS = Fields(
    ("planned_on", "start", "type", "group", "subject", "place", "host", "outline"),
    hints={"outline": "一行一个议题，如：第一议题：学习……", "group": "党小组会才选"},
)


class PlanForm(RecordForm):
    """The form of one planned event."""

    view = "plan"
    removed_words = "已删除一项计划活动"

    def __init__(self, session: Session) -> None:
        super().__init__(session, "meetings", "增加计划活动", PlannedEvent, FIELDS)

    def inside(self, box: QVBoxLayout) -> None:
        super().inside(box)
        self._uses = QWidget()
        self._uses.setLayout(
            row(
                button("记录会议", self.write_minutes, kind="small", icon="edit"),
                button("复制通知", self.copy_notice, kind="small", icon="document"),
                button("签到表", self.print_sheet, kind="small", icon="print"),
                None,
                spacing=4,
            )
        )
        box.addWidget(self._uses)

    def check(self, record: Any) -> list[Problem]:
        """As the plan does."""
        return check_planned(record, self._session.ledger_of_year().calendar)

    def store(self, record: Any) -> PlannedEvent:
        """Into the plan."""
        return save_planned(self._session.ledger, record, self._session.ledger_of_year().calendar)

    def take_away(self, record: Any) -> None:
        """Out of the plan."""
        remove_planned(self._session.ledger, record)

    def fill(self, values: Mapping[str, Any]) -> None:
        known = self.record is not None
        self.heading.setText("修改计划活动" if known else "增加计划活动")
        self._uses.setVisible(known)

    def draft_title(self) -> str:
        return self.form.texts()["subject"]

    def write_minutes(self) -> None:
        """Begin the minutes of the shown event."""
        if self.record:
            self._session.go(ToNew(Meeting, {"planned": self.record.id}))

    def copy_notice(self) -> None:
        """Put the notice onto the clipboard, to be sent to those who should come."""
        if isinstance(self.record, PlannedEvent):
            QGuiApplication.clipboard().setText(notice(self._session.ledger_of_year(), self.record))
            self._session.say("通知已复制，可以粘贴到群里；没定的地方留了空")

    def print_sheet(self) -> None:
        """The sign-in sheet with the names printed."""
        if self.record:
            self._session.go(ToPaper("sign_in", self.record.id))


class PlanView(QWidget):
    """The plan of the year; emits `told` with a line of facts."""

    told = Signal(str)

    def __init__(self, session: Session, attempt: Any) -> None:
        super().__init__()
        self._session = session
        self._attempt = attempt
        self.day = NumberEdit(44)
        self.day.setText(str(USUAL_DAY))
        self.day.setAccessibleName("每月几号")
        lay = button("按规则排出全年", self.lay_out, icon="calendar_ltr")
        calendar = button("导出日历", self.export, icon="arrow_download", tip="存为 .ics，手机和办公日历都能导入")
        add = button("增加活动", self.new, icon="add")
        self.table = Table("年度计划", self._columns(), lambda event: f"{event.type} {event.subject}")
        self._empty = Empty(
            "这里排全年的会议和活动。填好每月几号，点“按规则排出全年”：按规则还缺的每一期各排一次，再逐个挪动。",
            "7月20日 主题党日，志愿服务进社区，社区服务站。",
            button("按规则排出全年", self.lay_out, icon="calendar_ltr"),
            button("增加活动", self.new, icon="add"),
        )
        card = Card(padding=4)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._empty)
        self.form = PlanForm(session)
        self.form.setFixedWidth(theme().px(344))
        self.form.load({})
        # Where none is selected the next one to come is.
        self._following = Following(
            self.table, self.form, lambda event: self.form.load(vars(event)), first=lambda e: self._state(e) == "待开展"
        )
        self._following.rested.connect(self.form.setVisible)
        self.form.resumes.connect(self.form.show)
        self.table.selected.connect(self._following.follow)
        self.table.opened.connect(self._following.follow)
        self.table.removed.connect(lambda event: (self._following.follow(event), self.form.remove()))
        middle = QHBoxLayout()
        middle.setSpacing(theme().px(16))
        middle.addWidget(card, 1)
        middle.addWidget(self.form)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(12))
        words = (label("每月", "secondary"), self.day, label("日开展", "secondary"))
        box.addLayout(row(*words, lay, add, None, calendar))
        box.addLayout(middle, 1)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("计划日期", lambda e: f"{e.planned_on} {weekday(e.planned_on)}", 140, order=lambda e: e.planned_on),
            Column("类型", lambda e: e.type, 120, tone=lambda _: "info"),
            Column("主题", lambda e: title_of(self._session.ledger_of_year(), e), 200, strong=True, stretch=True),
            Column("开展", self._state, 100, tone=self._tone),
        )

    def _state(self, event: PlannedEvent) -> str:
        if held_of(self._session.ledger_of_year(), event):
            return "已记录"
        return "过期未记" if event.planned_on < self._session.today() else "待开展"

    def _tone(self, event: PlannedEvent) -> str:
        return {"已记录": "ok", "过期未记": "missing"}.get(self._state(event), "plain")

    def refresh(self) -> None:
        """Show the plan as the ledger has it."""
        plan = self._session.ledger_of_year().plan
        with QSignalBlocker(self.table):
            self.table.set_rows(plan, keep=lambda event: event.id)
        self.table.setVisible(bool(plan))
        self._empty.setVisible(not plan)
        self.form.setVisible(self._following.rest())
        held = sum(self._state(event) == "已记录" for event in plan)
        self.told.emit(f"{self._session.year} 年度计划 {len(plan)} 项，已记录 {held} 项")

    def lay_out(self) -> None:
        """Plan what the rules still ask for, in one action that can be undone."""
        ledger, today = self._session.ledger_of_year(), self._session.today()
        try:
            day = min(max(self.day.read() or USUAL_DAY, 1), 31)
        except ValueError:
            self._session.say("每月几号请填 1 至 31")
            return
        events = lay_out(ledger, day, today)
        if not events:
            self._session.say("没有还要排的：规则要求的都开过或者排过了")
        elif self._attempt(lambda: plan_year(self._session.ledger, events)):
            self._session.say(f"已排出 {len(events)} 项，可以逐个挪动", undo=True)

    def new(self, day: date | None = None) -> None:
        """An event by hand, on a day where one is known."""
        self._following.begin()
        self.form.load({"planned_on": day})
        self.form.show()
        self.form.form.editors["planned_on"].setFocus()

    def choose(self, event: int) -> None:
        """Show one event."""
        if self._following.choose(event):
            self._following.follow(self.table.current())

    def export(self) -> None:
        """Write the plan and what has a last day as a calendar file."""
        start = str(self._session.path.parent / (dated(self._session.year, "支部日程") + ".ics"))
        name, _ = QFileDialog.getSaveFileName(self, "导出日历", start, "日历 (*.ics)")
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the calendar file."""
        from app.exchange.calendar_file import calendar_file
        from ui.kit.files import write_bytes

        ledger, today = self._session.ledger_of_year(), self._session.today()
        if self._attempt(lambda: write_bytes(path, calendar_file(ledger, self._session.duties(), today))):
            self._session.say(f"已导出 {path.name}")
