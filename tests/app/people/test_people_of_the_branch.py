"""What is told about the committee, about who left, and about spans that end on a shorter month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.branch.branch import Branch
from app.checks.check import Asked, Shown
from app.checks.meetings import of_absence
from app.checks.registry import ask
from app.dates import PartialDate
from app.life.elections import Election, HeldElection, term_of
from app.people import identity
from app.people.appraisals import Appraisal, Grade, check_appraisal
from app.people.circumstances import Circumstance, CircumstanceKind
from app.people.dispositions import (
    Disposition,
    DispositionKind,
    Removal,
    check_disposition,
    rejoin_from,
    save_disposition,
)
from app.people.fitness import check_appointment
from app.people.members import Leaving, Member, MemberStatus, Standing, check_member, enrol
from app.people.posts import Post, PostTitle
from app.people.roster import Roster, load_roster
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import rulebook_of
from app.year.figures import age_on
from app.year.ledger import load_year
from tests.make import committee, full, minutes, partial, probationary, roster, year_ledger

RULES = rulebook_of(2026)
TODAY = date(2026, 11, 21)


def told(ledger, today: date = TODAY) -> dict[str, str]:
    return {item.text: item.detail for item in ask(Shown.REMINDERS, Asked(ledger, today))}


def members(count: int, **confirmed: str) -> Roster:
    people = roster(*(full(id) for id in range(1, count + 1)))
    known = tuple(replace_confirmed(person, confirmed.get(f"m{person.id}", "2010-01-01")) for person in people.members)
    return Roster(known, people.standings)


def replace_confirmed(person: Member, day: str) -> Member:
    return Member(**{**vars(person), "confirmed": partial(day)})


# --- the committee --------------------------------------------------------------------------------------


def test_eight_members_of_a_committee_are_told_and_seven_are_not() -> None:
    assert "支委会人数过多" in told(year_ledger(members(12), posts=committee(*range(1, 9))))
    assert "支委会人数过多" not in told(year_ledger(members(12), posts=committee(*range(1, 8))))


def test_a_vacancy_is_told_by_the_seats_of_the_last_election() -> None:
    held = HeldElection(Election(id=1, held_on=date(2025, 3, 1), seats=5), (), ())
    ledger = replace(year_ledger(members(12), posts=committee(1, 2, 3, 4)), elections=(held,))
    assert "空缺 1 人" in told(ledger)["支委会委员空缺"]
    whole = replace(year_ledger(members(12), posts=committee(1, 2, 3, 4, 5)), elections=(held,))
    assert "支委会委员空缺" not in told(whole)


def test_a_vacancy_is_told_where_somebody_left_the_post_since_the_election() -> None:
    posts = committee(1, 2, 3, since=date(2025, 3, 1))
    gone = (*posts[:2], replace_until(posts[2], date(2026, 5, 1)))
    branch = Branch(id=1, name="甲支部", elected=date(2025, 3, 1))
    assert "空缺 1 人" in told(year_ledger(members(8), posts=gone, branch=branch))["支委会委员空缺"]


def replace_until(post: Post, day: date) -> Post:
    return Post(**{**vars(post), "until": day})


@pytest.mark.parametrize(
    ("status", "confirmed", "word"),
    [
        (full(1), "2026-03-01", "书记党龄不满 1 年"),
        (full(1), "2025-11-21", ""),
        (probationary(1), None, "预备党员没有被选举权"),
        (Standing(id=1, member=1, status=MemberStatus.TRANSFERRED), "2010-01-01", "不在本支部"),
    ],
)
def test_who_should_not_be_secretary_is_told(status: Standing, confirmed: str | None, word: str) -> None:
    person = Member(id=1, name="党员1", confirmed=partial(confirmed) if confirmed else None)
    who = Roster((person, Member(id=2, name="党员2")), (status, full(2)))
    post = Post(id=1, member=1, title=PostTitle.SECRETARY, since=date(2026, 10, 1))
    detail = told(year_ledger(who, posts=(post,))).get("党员1（书记）", "")
    assert word in detail and bool(detail) is bool(word)


def test_an_appointment_is_doubted_while_it_is_made() -> None:
    who = Roster((Member(id=1, name="甲一"),), (probationary(1),))
    post = Post(member=1, title=PostTitle.SECRETARY, since=date(2026, 10, 1))
    assert any("预备党员" in p.text for p in check_appointment(post, (), who, RULES, TODAY))
    eighth = Post(member=9, title=PostTitle.MEMBER)
    texts = [p.text for p in check_appointment(eighth, committee(*range(1, 8)), members(9), RULES, TODAY)]
    assert texts == ["支委会 8 人，一般不超过 7 人"]


@pytest.mark.parametrize(
    ("elected", "last", "latest"),
    [
        (date(2024, 3, 1), date(2027, 2, 28), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2027, 2, 27), date(2028, 2, 28)),
        (date(2023, 11, 25), date(2026, 11, 24), date(2027, 11, 24)),
        (date(2025, 3, 1), date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_the_latest_day_of_an_extended_term_is_counted_in_one_step(elected: date, last: date, latest: date) -> None:
    term = term_of(Branch(name="甲", elected=elected), RULES)
    assert term is not None and (term.last, term.latest) == (last, latest)


@pytest.mark.parametrize(
    ("until", "today", "words"),
    [
        (date(2027, 5, 14), date(2026, 11, 21), "不到 6 个月，还有 174 天"),
        (date(2027, 5, 14), date(2027, 4, 20), "不到 1 个月，还有 24 天"),
        (date(2027, 5, 14), date(2026, 11, 10), None),
    ],
)
def test_the_reminder_of_an_extended_term_says_how_long_it_is(until: date, today: date, words: str | None) -> None:
    branch = Branch(id=1, name="甲", elected=date(2023, 11, 25), extended_until=until, extension_approval="批复")
    detail = told(year_ledger(members(3), branch=branch, year=today.year), today).get("支委会换届")
    assert (detail is None) if words is None else (detail is not None and words in detail)


def test_an_extension_over_a_year_is_told() -> None:
    branch = Branch(id=1, name="甲", elected=date(2023, 11, 25), extended_until=date(2027, 11, 25))
    assert "最迟 2027-11-24" in told(year_ledger(members(3), branch=branch))["换届延期超过一年"]
    within = Branch(id=1, name="甲", elected=date(2023, 11, 25), extended_until=date(2027, 11, 24))
    assert "换届延期超过一年" not in told(year_ledger(members(3), branch=within))


# --- spans ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "day", "reached"),
    [
        ("2026-05-31", date(2026, 11, 30), True),
        ("2026-05-31", date(2026, 11, 29), False),
        ("2026-05-21", date(2026, 11, 21), True),
        ("2026-05-22", date(2026, 11, 21), False),
        ("2025-08-31", date(2026, 2, 28), True),
    ],
)
def test_lost_contact_reaches_six_months_on_the_same_day_of_the_month(ledger, since, day, reached) -> None:
    from app.year.statistics import party_statistics

    who = enrol(ledger, Member(name="甲一"), day, status=MemberStatus.FULL)
    lost = Circumstance(member=who.id, kind=CircumstanceKind.OUT_OF_CONTACT, since=PartialDate.parse(since))
    ledger[Circumstance].save(lost)
    year = load_year(ledger, day.year)
    rows = {row.band: row.count for row in party_statistics(year, day) if row.subject == "失联"}
    assert (sum(rows.values()) == 1) is reached
    assert ("甲一 失联满六个月" in told(year, day)) is reached


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2008-02-29", date(2026, 2, 27), 17),
        ("2008-02-29", date(2026, 2, 28), 18),
        ("2004-02-29", date(2024, 2, 28), 19),
        ("2004-02-29", date(2024, 2, 29), 20),
    ],
)
def test_who_was_born_on_the_29th_of_february_has_one_age(born: str, day: date, age: int) -> None:
    assert age_on(partial(born), day) == age


def test_absence_of_six_months_is_seen_across_the_turn_of_the_year(ledger) -> None:
    from app.life.attendance import Attendance, AttendanceState
    from app.life.meetings import Meeting, MeetingLabel

    people = [enrol(ledger, Member(name=name), TODAY, status=MemberStatus.FULL) for name in ("甲一", "乙二")]

    def held(day: date, away: bool) -> None:
        meeting = ledger[Meeting].save(Meeting(held_on=day, subject="学习"))
        ledger[MeetingLabel].save(MeetingLabel(meeting=meeting.id, type=MeetingType.THEME_DAY))
        states = (AttendanceState.ABSENT if away else AttendanceState.PRESENT, AttendanceState.PRESENT)
        for person, state in zip(people, states, strict=True):
            ledger[Attendance].save(Attendance(meeting=meeting.id, member=person.id, state=state))

    held(date(2025, 9, 5), away=False)
    for day in (date(2025, 10, 5), date(2025, 12, 5), date(2026, 2, 5), date(2026, 4, 4)):
        held(day, away=True)
    assert list(of_absence(load_year(ledger, 2026))) == []
    held(date(2026, 4, 5), away=True)
    (item,) = of_absence(load_year(ledger, 2026))
    assert item.text == "甲一从 2025-10-05 到 2026-04-05 连续 5 次没有参加组织生活"
    assert list(of_absence(load_year(ledger, 2025))) == []


def test_a_presence_between_ends_the_absence() -> None:
    away = [minutes(n, date(2026, n, 5), MeetingType.THEME_DAY, absent=(1,)) for n in (1, 2, 3, 4, 6, 7, 8, 9)]
    there = minutes(5, date(2026, 5, 5), MeetingType.THEME_DAY, there=(1,))
    ledger = year_ledger(roster(full(1)), *sorted([*away, there], key=lambda m: m.meeting.held_on))
    assert list(of_absence(ledger)) == []


# --- leaving --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("removal", "leaving"),
    [
        (Removal.SELF_LEFT, Leaving.SELF_LEFT),
        (Removal.REFUSED_ADVICE, Leaving.REFUSED_ADVICE),
        (Removal.OTHER, Leaving.OTHER_REMOVAL),
        (None, None),
    ],
)
def test_the_kind_of_a_removal_is_what_was_told(ledger, removal: Removal | None, leaving: Leaving | None) -> None:
    who = enrol(ledger, Member(name="甲一"), TODAY, status=MemberStatus.FULL)
    told = Disposition(
        member=who.id,
        kind=DispositionKind.REMOVED,
        decided_on=date(2026, 5, 1),
        approved_on=date(2026, 6, 1),
        removal=removal,
    )
    save_disposition(ledger, told, RULES.people)
    assert load_roster(ledger).history(who.id)[-1].leaving is leaving
    assert any(p.field == "removal" for p in check_disposition(told, RULES.people)) is (removal is None)


@pytest.mark.parametrize(
    ("approved", "until"), [(date(2023, 6, 1), None), (date(2024, 6, 15), None), (date(2024, 6, 16), date(2029, 6, 16))]
)
def test_the_five_years_begin_with_their_regulation(approved: date, until: date | None) -> None:
    gone = Disposition(member=1, kind=DispositionKind.ADVISED_OUT, decided_on=approved, approved_on=approved)
    assert rejoin_from(gone, RULES.people) == until


def test_who_left_before_the_appraisal_is_not_graded() -> None:
    left = Standing(id=9, member=1, since=partial("2026-06-01"), status=MemberStatus.TRANSFERRED)
    who = roster(full(1), left, full(2), full(3))
    told = Appraisal(member=1, year=2026, grade=Grade.QUALIFIED)
    assert "不评定等次" in check_appraisal(told, (), who)[0].text
    before = Appraisal(member=1, year=2026, grade=Grade.QUALIFIED, decided_on=date(2026, 5, 1))
    assert check_appraisal(before, (), who) == []


@pytest.mark.parametrize("region", ["00", "10", "16", "24", "38", "47", "55", "66", "72", "77", "84", "90", "99"])
def test_an_identity_number_of_no_region_is_told(region: str) -> None:
    number = with_check(f"{region}010119800101001")
    assert "地区代码" in identity.fault_of(number, TODAY)


@pytest.mark.parametrize("region", ["11", "15", "23", "37", "46", "54", "65", "71", "81", "82", "83", "91"])
def test_an_identity_number_of_a_region_is_sound(region: str) -> None:
    assert identity.fault_of(with_check(f"{region}010119800101001"), TODAY) == ""


def test_nobody_was_born_before_1900() -> None:
    texts = [p.text for p in check_member(Member(name="甲一", id_number=with_check("11010118991231001")), (), TODAY)]
    assert texts == ["身份证号里的出生日期早于 1900 年，请核对"]
    assert check_member(Member(name="甲一", id_number=with_check("11010119000101001")), (), TODAY) == []


def with_check(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
