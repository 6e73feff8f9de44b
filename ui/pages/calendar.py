"""日历: what was held, what is planned, what has its last day, month by month; plans are moved by dragging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtGui import QResizeEvent

from app.calendar import DayKind
from app.checks.diary import DiaryEntry, DiaryKind, diary
from app.checks.reminders import reminders
from app.life.plans import PlannedEvent, save_planned
from app.ways import ToNew, ToPaper
from ui.house.session import Session
from ui.house.ways import Place, ToView
from ui.kit.basic import Card, button, label, row
from ui.kit.month import MonthSheet, OnDay
from ui.kit.page import Page

TONES = {
    DiaryKind.HELD: "ok",
    DiaryKind.PLANNED: "info",
    DiaryKind.DUES: "plain",
    DiaryKind.ANNIVERSARY: "plain",
    DiaryKind.LAST_DAY: "due",
}
NOTES = {DayKind.OFF: "休", DayKind.WORKED: "班", None: ""}
HINT = "计划可以拖到另一天，或选中后按 Alt+方向键"


class CalendarPage(Page):
    """日历."""

    title = "日历"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        today = session.today()
        self._month = (session.year, today.month)
        self.add_action(button("今天", self._to_today, icon="clock"))
        self.add_action(button("年度计划", lambda: session.go(ToView("meetings", "plan")), icon="calendar_ltr"))
        self.add_action(button("打印挂图", self._print, icon="print"))
        self.add_action(button("增加计划", self._plan, kind="primary", icon="add"))
        self._title = label("", "head")
        earlier = button("上个月", lambda: self._turn(-1), kind="icon", icon="chevron_left")
        later = button("下个月", lambda: self._turn(1), kind="icon", icon="chevron_right")
        self.body.addLayout(row(earlier, self._title, later, 12, label(HINT, "caption"), None))
        self.sheet = MonthSheet()
        self.sheet.opened.connect(session.go)
        self.sheet.moved.connect(self._move)
        card = Card(padding=8)
        card.body.addWidget(self.sheet, 1)
        self.body.addWidget(card, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._show_month()

    def refresh(self) -> None:
        self._month = (self._session.year, self._month[1])
        self._show_month()

    def _show_month(self) -> None:
        year, month = self._month
        ledger, today = self._session.ledger_of_year(), self._session.today()
        first, last = self.sheet.days(year, month)
        matters = reminders(ledger, self._session.duties(), today)
        entries = diary(ledger, matters, today, first, last)
        self._title.setText(f"{year} 年 {month} 月")
        here = [entry for entry in entries if entry.day.month == month]
        counts = [(kind, sum(entry.kind is kind for entry in here)) for kind in DiaryKind]
        self.head_facts.setText(" · ".join(f"{kind} {count}" for kind, count in counts if count))
        self.sheet.show_month(year, month, today, [_on_day(entry) for entry in entries], self._note)

    def _note(self, day: date) -> tuple[str, bool]:
        calendar = self._session.ledger_of_year().calendar
        return NOTES[calendar.kinds.get(day)], calendar.worked(day)

    def _turn(self, step: int) -> None:
        year, month = self._month
        month += step
        if 1 <= month <= 12:
            self._month = (year, month)
            self._show_month()
            return
        if self.attempt(lambda: self._session.show_year(year + step)):
            self._month = (year + step, 12 if step < 0 else 1)
            self._show_month()

    def _to_today(self) -> None:
        today = self._session.today()
        self._month = (today.year, today.month)
        if self._session.year != today.year:
            self.attempt(lambda: self._session.show_year(today.year))
        self._show_month()

    def _plan(self) -> None:
        year, month = self._month
        day = max(date(year, month, 1), self._session.today())
        self._session.go(ToNew(PlannedEvent, {"planned_on": day}))

    def _print(self) -> None:
        """The month that is shown, as a sheet for the wall."""
        self._session.go(ToPaper("wall_sheet", self._month[1]))

    def _move(self, event: int, day: date) -> None:
        ledger = self._session.ledger
        found = next((item for item in self._session.ledger_of_year().plan if item.id == event), None)
        if found is None or found.planned_on == day:
            return
        moved = replace(found, planned_on=day)
        if self.attempt(lambda: save_planned(ledger, moved, self._session.ledger_of_year().calendar)):
            self._session.say(f"计划已移到 {day.month}月{day.day}日", undo=True)

    def open_with(self, place: Place) -> None:
        match place:
            case ToView() if place.view:
                self._month = (self._session.year, int(place.view))
                self._show_month()
            case _:
                self.refresh()


def _on_day(entry: DiaryEntry) -> OnDay:
    key = entry.planned.id if entry.planned else 0
    return OnDay(entry.day, entry.text, TONES[entry.kind], entry.way, f"{entry.kind}：{entry.text}", key)


def make(session: Session) -> Page:
    """The page for a session."""
    return CalendarPage(session)
