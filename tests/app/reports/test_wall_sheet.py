"""月历挂图: a month on one sheet, nothing of a person but the anniversaries that are celebrated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.calendar import DayKind, WorkCalendar
from app.life.meetings import MeetingType
from app.life.plans import PlannedEvent
from app.reports.forms import print_form
from app.work.tasks import Task
from tests.make import full, minutes, roster, year_ledger

TODAY = date(2026, 7, 16)


def sheet(ledger, month: int) -> str:
    printed = print_form(ledger, "wall_sheet", month, TODAY)
    assert printed.pages == 1
    return pypdfium2.PdfDocument(printed.data)[0].get_textpage().get_text_range().replace("\r\n", "\n")


@pytest.fixture
def ledger():
    held = minutes(1, date(2026, 7, 6), MeetingType.GENERAL, there=(1, 2))
    planned = PlannedEvent(id=1, planned_on=date(2026, 7, 20), type=MeetingType.THEME_DAY, subject="志愿服务")
    task = Task(id=1, set_on=date(2026, 7, 1), task="完善制度上墙", due_on=date(2026, 7, 30))
    return replace(year_ledger(roster(full(1), full(2)), held), plan=(planned,), tasks=(task,))


def test_a_month_tells_what_was_held_planned_and_due(ledger) -> None:
    text = sheet(ledger, 7)
    assert "2026 年 7 月" in text and all(f"星期{word}" in text for word in "一二三四五六日")
    assert "■ 支部党员大会" in text and "□ 志愿服务" in text and "○ 7月党费日" in text
    assert "完善制度上墙" in text
    assert "□ 志愿服务" not in sheet(ledger, 8)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_one_sheet_with_all_its_days(ledger, month: int) -> None:
    words = sheet(ledger, month).split()
    last = (date(2026 + month // 12, month % 12 + 1, 1) - date(2026, month, 1)).days
    assert {str(day) for day in range(1, last + 1)} <= set(words)


def test_zero_is_a_sheet_for_each_month(ledger) -> None:
    assert print_form(ledger, "wall_sheet", 0, TODAY).pages == 12


def test_a_day_that_is_full_says_how_much_more_there_is(ledger) -> None:
    planned = tuple(
        PlannedEvent(
            id=n, planned_on=date(2026, 7, 20), type=MeetingType.THEME_DAY, subject=f"活动{n}的名称很长很长很长"
        )
        for n in range(1, 15)
    )
    text = sheet(replace(ledger, plan=planned), 7)
    assert "…另有" in text and "项" in text


def test_holidays_and_days_worked_instead_are_marked(ledger) -> None:
    kinds = {date(2026, 7, 20): DayKind.OFF, date(2026, 7, 25): DayKind.WORKED}
    text = sheet(replace(ledger, calendar=WorkCalendar(kinds)), 7)
    assert "20　休" in text and "25　班" in text


def test_nothing_of_a_person_hangs_on_the_wall(sample) -> None:
    from app.year.ledger import load_year

    year = load_year(sample, 2026)
    text = "".join(sheet(year, month) for month in range(1, 13))
    assert not any(word in text for word in ("失联", "处分", "欠", "转正", "谈话", "困难"))
