"""The steps with which a year ends, told from the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.attachments import Attachment, Owner
from app.checks.year_end import YearEndStep, year_end
from app.life.meetings import FinalMinutes, Meeting, Minutes
from app.work.tasks import Task
from app.work.year_papers import YearPaper, YearPaperKind
from app.year.ledger import YearLedger
from app.year.seal import YearSeal
from tests.make import full, roster, year_ledger

DAY = date(2026, 12, 10)


def opened(ledger: YearLedger, today: date = DAY) -> dict[YearEndStep, int | None]:
    return {item.step: item.open for item in year_end(ledger, (), today)}


def test_meetings_are_final_and_then_signed() -> None:
    meetings = tuple(Minutes(Meeting(id=n, held_on=date(2026, n, 1), subject="学习"), ()) for n in (1, 2, 3))
    ledger = replace(year_ledger(roster(full(1))), minutes=meetings)
    assert opened(ledger)[YearEndStep.FINAL] == 3
    finals = tuple(FinalMinutes(id=n, meeting=n, version=1, finalised_on=DAY, digest="") for n in (1, 2))
    final = replace(ledger, finals=finals)
    told = opened(final)
    assert (told[YearEndStep.FINAL], told[YearEndStep.SIGNED]) == (1, 2)
    page = Attachment(id=1, owner=Owner.MEETING, owner_id=1, name="签字页.jpg", digest="0", added_on=DAY)
    assert opened(replace(final, attachments=(page,)))[YearEndStep.SIGNED] == 1
    other = replace(page, owner=Owner.MEMBER)
    assert opened(replace(final, attachments=(other,)))[YearEndStep.SIGNED] == 2


def test_open_tasks_and_missing_papers_are_counted() -> None:
    tasks = (
        Task(id=1, task="甲", set_on=date(2026, 2, 1)),
        Task(id=2, task="乙", set_on=date(2026, 2, 1), closed_on=date(2026, 3, 1)),
    )
    summary = YearPaper(id=1, year=2026, kind=YearPaperKind.SUMMARY, text="总结")
    told = opened(replace(year_ledger(roster(full(1))), tasks=tasks, papers=(summary,)))
    assert (told[YearEndStep.TASKS], told[YearEndStep.PAPERS]) == (1, 1)


def test_a_year_is_sealed_when_it_is_over() -> None:
    ledger = year_ledger(roster(full(1)))
    assert opened(ledger)[YearEndStep.SEAL] is None
    assert opened(ledger, date(2027, 1, 5))[YearEndStep.SEAL] == 1
    sealed = replace(ledger, seal=YearSeal(id=1, year=2026, sealed_on=date(2027, 1, 9), action=1, digest="0"))
    assert opened(sealed, date(2027, 1, 9))[YearEndStep.SEAL] == 0


def test_what_the_records_cannot_tell_is_never_called_done() -> None:
    told = opened(year_ledger(roster(full(1))))
    by_hand = [YearEndStep.SIGNED, YearEndStep.HEALTH, YearEndStep.PRINT, YearEndStep.SEAL, YearEndStep.SUBMIT]
    assert [step for step, count in told.items() if count is None] == by_hand
