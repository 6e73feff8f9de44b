"""Steps judged by the text of their own day, and what goes on beside the steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.checks.development import of_development
from app.development.checks import check_due, findings, next_step
from app.development.recording import record_step, save_applicant
from app.development.steps import (
    ADMITTED,
    APPROVED,
    CONFIRM_MEETING,
    CONFIRMED,
    Applicant,
    Development,
    DevelopmentCheck,
    NoticeStage,
    Outcome,
    PublicNotice,
    load_development,
)
from app.people.members import Member, MemberStatus
from app.people.roster import load_roster
from app.rules.rulebook import rulebook_of
from tests.app.development.test_development import CALENDAR, FAR, RULE, step, told, way
from tests.make import full, roster, year_ledger


def notice(first: str, last: str | None = None) -> PublicNotice:
    ends = date.fromisoformat(last) if last else None
    return PublicNotice(applicant=1, stage=NoticeStage.CANDIDATE, first_day=date.fromisoformat(first), last_day=ends)


def with_notice(person: Development, *notices: PublicNotice) -> Development:
    return replace(person, notices=notices)


# --- two texts ------------------------------------------------------------------------------------------


def test_the_version_of_may_2026_begins_on_its_day() -> None:
    assert RULE.on(date(2026, 5, 17)).code == "development_terms"
    assert RULE.on(date(2026, 5, 18)).code == "development-2026"
    assert RULE.on(date(2001, 1, 1)).code == "development_terms"
    assert rulebook_of(2025).development.on(date(2025, 6, 1)).code == "development_terms"
    assert "转引" in RULE.on(date(2026, 6, 1)).step(8).told
    assert RULE.on(date(2026, 6, 1)).step(2).told == RULE.on(date(2020, 6, 1)).step(2).told


@pytest.mark.parametrize(
    ("reviewed", "held", "late"),
    [
        ("2026-03-01", "2026-04-20", False),
        ("2026-06-01", "2026-07-01", False),
        ("2026-06-01", "2026-07-02", True),
        ("2026-05-18", "2026-06-18", False),
        ("2026-05-18", "2026-06-19", True),
    ],
)
def test_the_meeting_follows_the_review_within_a_month_by_the_new_text(reviewed: str, held: str, late: bool) -> None:
    texts = told(way(s13=reviewed, s15=held, s17=held), ADMITTED)
    assert any("预审通过后" in text and "第十九条，据转引" in text for text in texts) is late


def test_no_meeting_a_month_after_the_review_is_told_and_due() -> None:
    waiting = way(s13="2026-06-01")
    assert told(waiting, ADMITTED, date(2026, 7, 1)) == []
    assert "还没有召开" in told(waiting, ADMITTED, date(2026, 7, 2))[0]
    coming = next_step(way(s13="2026-06-01", s14="2026-06-03"), RULE, CALENDAR)
    assert coming is not None and (coming.step, coming.due_on) == (15, date(2026, 7, 1))


@pytest.mark.parametrize(
    ("held", "approved", "word"),
    [
        ("2026-06-01", "2026-09-01", ""),
        ("2026-06-01", "2026-09-02", "2014 年细则的特殊情况为不超过六个月"),
        ("2026-06-01", "2027-01-15", "2014 年细则的特殊情况为不超过六个月"),
        ("2025-01-10", "2025-04-11", "特殊情况不超过 2025-07-10"),
        ("2025-01-10", "2025-07-11", "应重新办理"),
    ],
)
def test_the_approval_of_an_admission_by_the_text_of_its_day(held: str, approved: str, word: str) -> None:
    texts = told(way(s15=held, s17=approved), APPROVED)
    assert (texts == []) if not word else (len(texts) == 1 and word in texts[0])


def test_nothing_of_a_person_under_the_old_text_is_red_by_the_new_one() -> None:
    days = {
        "s7": "2025-02-10", "s8": "2025-02-20", "s9": "2025-02-21", "s10": "2025-03-01", "s11": "2025-03-05",
        "s12": "2025-03-10", "s13": "2025-03-12", "s14": "2025-03-20", "s15": "2025-05-20", "s16": "2025-06-01",
        "s17": "2025-06-10", "s18": "2025-06-11", "s19": "2025-06-12", "s20": "2025-09-01",
    }  # fmt: skip
    for number in (8, 9, 10, 12, 13, 15, 17, 20):
        assert told(way(**days), number, date(2026, 11, 1)) in ([], ["入党介绍人应为两名正式党员，现在是 0 名"])


@pytest.mark.parametrize(
    ("notices", "ninth", "word"),
    [
        ([], "2026-06-20", "没有公示记录"),
        ([notice("2026-06-08", "2026-06-12")], "2026-06-15", ""),
        ([notice("2026-06-08", "2026-06-12")], "2026-06-12", "早了"),
        ([notice("2026-05-20", "2026-05-28")], "2026-06-15", "应在同意之后公示"),
        ([notice("2026-06-08", "2026-06-11")], "2026-06-20", "只有 4 个工作日"),
    ],
)
def test_the_notice_stands_between_consent_and_candidate(notices, ninth: str, word: str) -> None:
    person = with_notice(way(s7="2026-05-25", s8="2026-06-05", s10=ninth), *notices)
    found = findings(person, RULE, roster(full(1)), CALENDAR, date(2026, 7, 1))
    texts = [f.text for f in found if "没有记录" not in f.text and "公示" in f.text]
    assert (texts == []) if not word else any(word in text and "第十三条，据转引" in text for text in texts)


def test_after_consent_the_notice_comes_next_and_before_2026_it_does_not() -> None:
    agreed = way(s7="2026-05-25", s8="2026-06-05")
    coming = next_step(agreed, RULE, CALENDAR)
    assert coming is not None and (coming.step, coming.name) == (8, "发展对象公示")
    closed = next_step(with_notice(agreed, notice("2026-06-08")), RULE, CALENDAR)
    assert closed is not None and (closed.step, closed.earliest) == (9, date(2026, 6, 13))
    earlier = next_step(way(s7="2026-04-25", s8="2026-05-05"), RULE, CALENDAR)
    assert earlier is not None and earlier.step == 9


def test_the_oath_is_told_from_its_one_source() -> None:
    late = told(way(s15="2026-06-01", s17="2026-06-20", s20="2026-08-01"), 20)
    assert len(late) == 1 and "一个月" not in late[0] and "转引" in late[0]
    assert told(way(s15="2026-06-01", s17="2026-06-20", s20="2026-07-20"), 20) == []
    assert told(way(s15="2026-01-10", s17="2026-02-20", s20="2026-08-01"), 20) == []


# --- what was wrong -------------------------------------------------------------------------------------


def test_no_special_case_is_claimed_for_a_confirmation() -> None:
    confirmed = way(s15="2024-01-10", s17="2024-02-01", s23="2025-01-10", s24="2025-06-20")
    (text,) = told(confirmed, CONFIRMED)
    assert "三个月" not in text and "3 个月内（2025-04-10 前）" in text and "特殊" not in text and "六个月" not in text


@pytest.mark.parametrize(
    ("outcome", "word"), [(Outcome.EXTENDED, "延长预备期"), (Outcome.CANCELLED, "取消预备党员资格")]
)
def test_the_approval_of_an_extension_or_cancellation_is_asked(outcome: Outcome, word: str) -> None:
    meeting = step(CONFIRM_MEETING, "2025-03-15", outcome=outcome, months=6 if outcome is Outcome.EXTENDED else None)
    held = way(s15="2024-03-15", s17="2024-04-01", s23=meeting)
    assert told(held, CONFIRMED, date(2025, 6, 15)) == []
    (text,) = told(held, CONFIRMED, date(2025, 6, 16))
    assert text.startswith(word) and "还没有审批" in text
    approved = way(s15="2024-03-15", s17="2024-04-01", s23=meeting, s24="2025-06-01")
    assert told(approved, CONFIRMED, date(2025, 12, 1)) == []


def test_an_extension_without_approval_is_told_also_when_a_later_meeting_was_approved() -> None:
    first = step(CONFIRM_MEETING, "2025-03-15", outcome=Outcome.EXTENDED, months=6)
    held = replace(way(s15="2024-03-15", s23="2025-09-15", s24="2025-10-08"), before=(first,))
    (text,) = told(held, CONFIRMED, date(2026, 1, 1))
    assert text.startswith("延长预备期")


def test_who_was_not_passed_has_no_day_of_confirmation_and_the_meeting_comes_again(ledger) -> None:
    save_applicant(ledger, Applicant(name="甲申"), FAR, date(2020, 1, 5))
    record_step(ledger, step(ADMITTED, "2024-03-15", outcome=Outcome.REJECTED), RULE, FAR)
    (held,) = load_development(ledger)
    assert held.confirmation_day(RULE) is None and ledger[Member].all() == []
    coming = next_step(held, RULE, CALENDAR)
    assert coming is not None and (coming.step, coming.due_on) == (ADMITTED, None)
    record_step(ledger, step(ADMITTED, "2024-09-10"), RULE, FAR)
    (held,) = load_development(ledger)
    assert held.confirmation_day(RULE) == date(2025, 9, 10)
    assert [item.outcome for item in held.before] == [Outcome.REJECTED]
    assert load_roster(ledger).status(1, date(2024, 9, 10)) is MemberStatus.PROBATIONARY


def test_a_confirmation_that_was_not_passed_is_held_again(ledger) -> None:
    save_applicant(ledger, Applicant(name="甲申"), FAR, date(2020, 1, 5))
    record_step(ledger, step(ADMITTED, "2024-03-15"), RULE, FAR)
    record_step(ledger, step(CONFIRM_MEETING, "2025-03-15", outcome=Outcome.REJECTED), RULE, FAR)
    (held,) = load_development(ledger)
    coming = next_step(held, RULE, CALENDAR)
    assert coming is not None and coming.step == CONFIRM_MEETING
    record_step(ledger, step(CONFIRM_MEETING, "2025-04-15"), RULE, FAR)
    (held,) = load_development(ledger)
    assert [item.outcome for item in held.meetings] == [Outcome.REJECTED, Outcome.PASSED]
    assert held.next_step == CONFIRMED


@pytest.mark.parametrize(
    ("born", "applied", "young"),
    [
        ("2009", "2026-06-14", True),
        ("2008", "2026-01-01", False),
        ("2008-07", "2026-06-30", True),
        ("2008-06", "2026-06-14", False),
        ("2008-06-15", "2026-06-14", True),
        ("2008-02-29", "2026-02-28", False),
    ],
)
def test_who_is_under_age_on_every_reading_of_a_birth_date_is_told(born: str, applied: str, young: bool) -> None:
    assert any("不满 18 周岁" in text for text in told(way(born, s1=applied), 1, date(2026, 7, 1))) is young


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"s10": "2025-03-05", "s11": "2025-03-01"}, False),
        ({"s9": "2025-03-05", "s10": "2025-03-01"}, False),
        ({"s4": "2025-03-05", "s5": "2025-03-01"}, False),
        ({"s18": "2025-03-05", "s19": "2025-03-01", "s20": "2025-03-03"}, False),
        ({"s11": "2025-03-05", "s12": "2025-03-01"}, True),
        ({"s9": "2025-03-05", "s10": "2025-03-01", "s11": "2025-03-02", "s12": "2025-03-04"}, True),
        ({"s8": "2025-03-05", "s11": "2025-03-01"}, True),
        ({"s17": "2025-03-05", "s19": "2025-03-01"}, True),
    ],
)
def test_only_steps_that_a_text_orders_are_out_of_order(days: dict[str, str], wrong: bool) -> None:
    found = findings(way(**days), RULE, roster(full(1)), CALENDAR, FAR)
    assert any("先后不对" in item.text for item in found) is wrong


# --- reminders ------------------------------------------------------------------------------------------


def reminded(person: Development, today: date) -> dict[str, str]:
    ledger = replace(year_ledger(roster(full(1)), year=today.year), development=(person,))
    return {item.code: item.text for item in of_development(ledger, today) if item.until}


@pytest.mark.parametrize("last", ["s3", "s5", "s6"])
def test_the_half_yearly_check_stays_due_until_the_person_is_a_candidate(last: str) -> None:
    days = {"s1": "2025-01-05", "s2": "2025-01-20", "s3": "2025-03-01", "s4": "2025-03-02", "s5": "2025-03-03"}
    days["s6"] = "2025-03-10"
    kept = {name: day for name, day in days.items() if int(name[1:]) <= int(last[1:])}
    person = way(**kept)
    assert check_due(person, RULE) == date(2025, 9, 1)
    assert any("考察" in text for text in reminded(person, date(2025, 12, 1)).values())
    checked = replace(person, checks=(DevelopmentCheck(applicant=1, checked_on=date(2025, 8, 20)),))
    assert check_due(checked, RULE) == date(2026, 2, 20)
    assert check_due(way(**days, s7="2026-03-02"), RULE) is None


@pytest.mark.parametrize("last", range(16, 23))
def test_the_end_of_probation_is_told_whatever_step_came_last(last: int) -> None:
    days = {f"s{number}": "2025-07-01" for number in range(15, last + 1)}
    person = way(**days)
    assert any("2026年7月1日" in item for item in details(person, date(2026, 6, 20)))


def details(person: Development, today: date) -> list[str]:
    ledger = replace(year_ledger(roster(full(1)), year=today.year), development=(person,))
    return [item.detail for item in of_development(ledger, today) if item.until]


def test_who_was_decided_about_is_not_told_of_the_end_of_probation() -> None:
    days = {f"s{number}": "2025-07-01" for number in range(15, 23)}
    assert not any("预备期满" in t for t in reminded(way(**days, s23="2026-07-01"), date(2026, 7, 10)).values())
