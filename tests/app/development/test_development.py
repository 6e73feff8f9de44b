"""发展党员: the worked examples of dates, and what follows from the decisive steps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import DayKind, Holiday, WorkCalendar
from app.dates import PartialDate, add_months
from app.development.checks import check_extension, findings, meeting_findings, next_step, notice_close, trained_enough
from app.development.recording import close_applicant, receive_material, record_step, save_applicant
from app.development.steps import (
    ACTIVIST,
    ADMITTED,
    APPLICATION,
    APPROVED,
    CANDIDATE,
    CONFIRM_MEETING,
    CONFIRMED,
    INTRODUCERS,
    TALK,
    TRAINING,
    Applicant,
    Development,
    DevelopmentCheck,
    DevelopmentStep,
    Material,
    NoticeStage,
    Outcome,
    PublicNotice,
    load_development,
    probation_end,
)
from app.errors import Refused
from app.life.meetings import Meeting, Minutes
from app.life.votes import VoteKind
from app.people.members import Member, MemberStatus
from app.people.roster import load_roster
from app.record import Severity
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import rulebook_of
from tests.make import full, probationary, roster, vote

RULES = rulebook_of(2026)
RULE = RULES.development
CALENDAR = WorkCalendar({})
FAR = date(2030, 1, 1)


def way(born: str | None = "1990-01-01", **days: str | DevelopmentStep) -> Development:
    steps = {}
    for name, day in days.items():
        number = int(name[1:])
        step = (
            day
            if isinstance(day, DevelopmentStep)
            else DevelopmentStep(applicant=1, step=number, done_on=date.fromisoformat(day))
        )
        steps[number] = step
    birth = PartialDate.parse(born) if born else None
    return Development(Applicant(id=1, name="甲申", birth=birth), dict(sorted(steps.items())))


def step(number: int, day: str, **more: object) -> DevelopmentStep:
    return DevelopmentStep(applicant=1, step=number, done_on=date.fromisoformat(day), **more)


def told(person: Development, number: int, today: date = FAR, who=None) -> list[str]:
    found = findings(person, RULE, who or roster(full(1), full(2)), CALENDAR, today)
    return [item.text for item in found if item.step == number and "没有记录" not in item.text]


@pytest.mark.parametrize(
    ("passed", "extension", "ends"),
    [
        ("2025-05-20", 0, "2026-05-20"),
        ("2024-02-29", 0, "2025-02-28"),
        ("2023-02-28", 0, "2024-02-28"),
        ("2024-08-31", 6, "2026-02-28"),
        ("2024-02-29", 6, "2025-08-29"),
    ],
    ids=["P1", "P3", "P4", "P5", "P6"],
)
def test_probation_ends_on_the_anniversary(passed: str, extension: int, ends: str) -> None:
    assert probation_end(date.fromisoformat(passed), RULE, extension) == date.fromisoformat(ends)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from([0, 6, 7, 12]))
def test_the_end_of_probation_is_computed_in_one_step(passed: date, extension: int) -> None:
    ends = probation_end(passed, RULE, extension)
    assert (ends.year * 12 + ends.month) - (passed.year * 12 + passed.month) == 12 + extension
    assert ends.day == passed.day or ends == add_months(passed, 12 + extension)


def test_a_meeting_before_the_year_is_over_is_an_error_p1() -> None:
    assert told(way(s15="2025-05-20", s23="2026-05-19"), CONFIRM_MEETING)[0].startswith("预备期 2026-05-20 才满")
    assert told(way(s15="2025-05-20", s23="2026-05-20"), CONFIRM_MEETING) == []


def test_a_late_meeting_does_not_move_the_day_p2() -> None:
    late = way(s15="2025-05-20", s23="2026-06-10", s24="2026-07-03")
    assert told(late, CONFIRM_MEETING) == ["讨论转正的大会晚了 21 天；转正日期仍是 2026年5月20日"]
    assert late.confirmation_day(RULE) == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("months", "before", "fine"), [(5, 0, False), (6, 0, True), (12, 0, True), (13, 0, False), (6, 6, False)]
)
def test_probation_is_extended_once_by_six_to_twelve_months_p7(months: int, before: int, fine: bool) -> None:
    assert (check_extension(months, before, RULE) == []) is fine


@pytest.mark.parametrize(("day", "fine"), [("2026-03-09", False), ("2026-03-10", True)])
def test_an_activist_is_trained_for_a_year_p8(day: str, fine: bool) -> None:
    assert (told(way(s3="2025-03-10", s7=day), CANDIDATE) == []) is fine


@pytest.mark.parametrize(("talked", "fine"), [("2026-02-28", True), ("2026-03-01", False)])
def test_the_talk_is_within_a_month_p9(talked: str, fine: bool) -> None:
    assert (told(way(s1="2026-01-31", s2=talked), TALK) == []) is fine
    assert "还没有谈话" in told(way(s1="2026-01-31"), TALK, date(2026, 3, 1))[0]
    assert told(way(s1="2026-01-31"), TALK, date(2026, 2, 28)) == []


@pytest.mark.parametrize(("applied", "fine"), [("2026-06-14", False), ("2026-06-15", True)])
def test_an_applicant_is_eighteen_p10(applied: str, fine: bool) -> None:
    assert (told(way("2008-06-15", s1=applied), APPLICATION) == []) is fine


def test_the_superior_approves_within_three_months_p11() -> None:
    held = way(s15="2026-03-31")
    assert told(held, APPROVED, date(2026, 6, 30)) == []
    assert "2026-06-30 前" in told(held, APPROVED, date(2026, 7, 1))[0]
    assert "超过六个月（2026-09-30）" in told(held, APPROVED, date(2026, 10, 1))[0]
    assert told(way(s15="2026-03-31", s17="2026-06-30"), APPROVED) == []


@pytest.mark.parametrize(("days", "hours", "fine"), [(2, 24, True), (2, 16, False), (3, 18, True)])
def test_either_days_or_hours_of_training_suffice_p12(days: int, hours: int, fine: bool) -> None:
    assert trained_enough(days, hours, RULE) is fine
    assert (told(way(s11=step(TRAINING, "2026-05-05", days=days, hours=hours)), TRAINING) == []) is fine


def test_a_public_notice_lasts_five_working_days_p13() -> None:
    assert notice_close(date(2026, 3, 2), RULE, CALENDAR) == date(2026, 3, 6)
    holidays = WorkCalendar.of([Holiday(day=date(2026, 5, d), kind=DayKind.OFF) for d in range(1, 6)])
    assert notice_close(date(2026, 4, 29), RULE, holidays) == date(2026, 5, 8)
    short = Development(
        Applicant(id=1, name="甲申"),
        {},
        notices=(
            PublicNotice(
                applicant=1, stage=NoticeStage.CANDIDATE, first_day=date(2026, 3, 2), last_day=date(2026, 3, 5)
            ),
        ),
    )
    assert "只有 4 个工作日" in told(short, CANDIDATE)[0]


def test_both_introducers_are_full_members_p14() -> None:
    who = roster(full(1), probationary(2, "2026-01-01"), full(3), restricted=(3,))
    both = way(s9=step(INTRODUCERS, "2026-06-01", first_person=1, second_person=2))
    assert told(both, INTRODUCERS, who=who) == ["党员2当时不是正式党员，不能作入党介绍人"]
    alone = way(s9=step(INTRODUCERS, "2026-06-01", first_person=1))
    assert "应为两名" in told(alone, INTRODUCERS, who=who)[0]
    watched = way(s9=step(INTRODUCERS, "2026-06-01", first_person=1, second_person=3))
    assert "留党察看" in told(watched, INTRODUCERS, who=who)[0]
    fine = way(s9=step(INTRODUCERS, "2026-06-01", first_person=1, second_person=2))
    assert told(fine, INTRODUCERS, who=roster(full(1), full(2))) == []


def test_steps_out_of_order_and_left_out_are_told() -> None:
    person = way(s1="2026-01-10", s2="2026-01-05", s4="2026-03-01")
    found = findings(person, RULE, roster(full(1)), CALENDAR, date(2026, 3, 2))
    assert [(item.step, item.severity) for item in found] == [(2, Severity.ERROR), (3, Severity.WARNING)]
    assert "早于第 1 步" in found[0].text and "没有记录" in found[1].text


def test_a_half_year_without_a_check_is_told() -> None:
    bare = way(s3="2025-03-10")
    assert "2025-09-10 前" in told(bare, 6, date(2025, 9, 11))[0]
    assert told(bare, 6, date(2025, 9, 10)) == []
    checks = (DevelopmentCheck(applicant=1, checked_on=date(2025, 9, 10)),)
    assert told(Development(bare.applicant, bare.steps, checks), 6, date(2026, 3, 10)) == []
    assert "2025-09-10 以后六个月内" in told(Development(bare.applicant, bare.steps, checks), 6, date(2026, 3, 11))[0]


def test_the_next_step_says_from_when_and_by_when() -> None:
    def terms(person: Development) -> tuple[int, date | None, date | None]:
        found = next_step(person, RULE, CALENDAR)
        assert found is not None
        return found.step, found.earliest, found.due_on

    assert terms(way(s1="2026-01-31")) == (2, date(2026, 1, 31), date(2026, 2, 28))
    person = way(s1="2025-01-01", s2="2025-01-05", s3="2025-03-10", s4="2025-03-20", s5="2025-03-20")
    assert terms(person) == (6, date(2025, 3, 10), date(2025, 9, 10))
    admitted = {f"s{n}": "2025-05-20" for n in range(1, 23)}
    assert terms(way(**admitted)) == (23, date(2026, 5, 20), date(2026, 5, 20))
    extended = way(**admitted, s23=step(23, "2026-05-20", outcome=Outcome.EXTENDED, months=6))
    assert terms(extended) == (23, date(2026, 11, 20), date(2026, 11, 20))
    cancelled = way(**admitted, s23=step(23, "2026-05-20", outcome=Outcome.CANCELLED))
    assert next_step(cancelled, RULE, CALENDAR) is None


def test_the_decision_is_that_of_the_meeting_and_its_vote() -> None:
    person = Development(Applicant(id=1, name="甲申"), {ADMITTED: step(ADMITTED, "2026-05-20", meeting=7)})
    ballot = vote(VoteKind.ADMISSION, 12, 8, 7, no=1)

    def told_of(day: str, *votes, types=(MeetingType.GENERAL,)) -> list[str]:
        meeting = Meeting(id=7, held_on=date.fromisoformat(day), subject="大会")
        return [item.text for item in meeting_findings(person, {7: Minutes(meeting, types, (), votes)}, RULES)]

    assert told_of("2026-05-20", ballot) == []
    assert "与会议记录的日期 2026-05-21 不同" in told_of("2026-05-21", ballot)[0]
    assert "不是支部党员大会" in told_of("2026-05-20", ballot, types=(MeetingType.COMMITTEE,))[0]
    assert "没有甲申" in told_of("2026-05-20")[0]
    failed = vote(VoteKind.ADMISSION, 12, 8, 6, no=2)
    assert "表决没有通过" in told_of("2026-05-20", failed)[0]
    assert "没有连到" in meeting_findings(person, {}, RULES)[0].text


def test_admission_and_confirmation_change_the_roster_by_the_calendar(ledger) -> None:
    today = date(2026, 7, 16)
    person = save_applicant(ledger, Applicant(name="甲申", department="办公室"), today, date(2024, 1, 5))
    record_step(ledger, step(ADMITTED, "2025-05-20", id=0), RULE, today)
    (admitted,) = load_development(ledger)
    member = ledger[Member].get(admitted.applicant.member)
    assert (member.name, str(member.joined)) == ("甲申", "2025-05-20")
    who = load_roster(ledger)
    assert who.status(member.id, date(2025, 5, 20)) is MemberStatus.PROBATIONARY
    assert who.department(member.id, today) == "办公室"
    record_step(ledger, step(CONFIRM_MEETING, "2026-06-10"), RULE, today)
    assert load_roster(ledger).status(member.id, today) is MemberStatus.PROBATIONARY
    record_step(ledger, step(CONFIRMED, "2026-07-03"), RULE, today)
    who = load_roster(ledger)
    assert who.status(member.id, date(2026, 5, 19)) is MemberStatus.PROBATIONARY
    assert who.status(member.id, date(2026, 5, 20)) is MemberStatus.FULL
    assert str(ledger[Member].get(member.id).confirmed) == "2026-05-20"
    assert person.id == 1


def test_a_corrected_day_of_admission_corrects_the_roster(ledger) -> None:
    today = date(2026, 7, 16)
    save_applicant(ledger, Applicant(name="甲申"), today, date(2024, 1, 5))
    record_step(ledger, step(ADMITTED, "2025-05-20"), RULE, today)
    record_step(ledger, step(ADMITTED, "2025-05-21"), RULE, today)
    (member,) = ledger[Member].all()
    assert str(member.joined) == "2025-05-21"
    assert [str(fact.since) for fact in load_roster(ledger).history(member.id)] == ["2025-05-21"]


def test_a_step_undone_is_undone_with_what_followed(ledger) -> None:
    today = date(2026, 7, 16)
    save_applicant(ledger, Applicant(name="甲申"), today, date(2024, 1, 5))
    record_step(ledger, step(ADMITTED, "2025-05-20"), RULE, today)
    ledger.history.undo()
    assert ledger[Member].all() == []
    assert load_development(ledger)[0].next_step == 2


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (step(26, "2026-01-01"), "没有这个步骤"),
        (step(2, "2027-01-01"), "今天之后"),
        (step(23, "2026-01-01", outcome=Outcome.EXTENDED), "延长几个月"),
        (step(6, "2026-01-01", until=date(2025, 1, 1)), "早于开始"),
    ],
)
def test_what_cannot_be_is_refused(ledger, wrong: DevelopmentStep, word: str) -> None:
    today = date(2026, 7, 16)
    save_applicant(ledger, Applicant(name="甲申"), today, date(2024, 1, 5))
    with pytest.raises(Refused, match=word):
        record_step(ledger, wrong, RULE, today)
    assert list(load_development(ledger)[0].steps) == [1]


def test_papers_are_counted_for_the_steps_done(ledger) -> None:
    today = date(2026, 7, 16)
    save_applicant(ledger, Applicant(name="甲申"), today, date(2024, 1, 5))
    (person,) = load_development(ledger)
    assert person.lacking(RULE) == [(1, "入党申请书")]
    receive_material(ledger, Material(applicant=1, step=1, name="入党申请书", received_on=today))
    (person,) = load_development(ledger)
    assert (person.lacking(RULE), person.material_counts(RULE)) == ([], (1, 1))


def test_ending_needs_a_reason_and_keeps_the_record(ledger) -> None:
    today = date(2026, 7, 16)
    person = save_applicant(ledger, Applicant(name="甲申"), today, date(2024, 1, 5))
    with pytest.raises(Refused, match="原因"):
        close_applicant(ledger, person, today, " ")
    close_applicant(ledger, person, today, "本人撤回申请")
    (ended,) = load_development(ledger)
    assert next_step(ended, RULE, CALENDAR) is None and ended.steps


def test_there_are_twenty_five_steps_in_five_stages() -> None:
    assert [s.number for s in RULE.steps] == list(range(1, 26))
    stages = list(dict.fromkeys(s.stage for s in RULE.steps))
    counts = [sum(s.stage == stage for s in RULE.steps) for stage in stages]
    assert counts == [2, 4, 5, 7, 7]
    assert ACTIVIST == 3
