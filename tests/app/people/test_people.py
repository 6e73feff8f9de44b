"""转接、失联、处置、关怀、评议: terms, and what follows from each record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.branch.branch import BirthdayBasis, Branch
from app.branch.lists import add_word, hide_word, offered, word_lists
from app.checks.reminders import reminders
from app.dates import PartialDate
from app.errors import Refused
from app.people import identity
from app.people.appraisals import Appraisal, Grade, check_appraisal, excellent_cap, save_appraisal
from app.people.care import birthdays, party_years
from app.people.circumstances import Circumstance, CircumstanceKind, check_circumstance, save_circumstance
from app.people.dispositions import (
    Disposition,
    DispositionKind,
    Removal,
    check_disposition,
    rejoin_from,
    remove_disposition,
    save_disposition,
)
from app.people.extra_fields import ExtraValue, add_extra_field, remove_extra_field, set_extra
from app.people.members import (
    Employment,
    Leaving,
    Member,
    MemberStatus,
    Restriction,
    Standing,
    change_status,
    employ,
    enrol,
)
from app.people.posts import Post, PostTitle
from app.people.roster import load_roster
from app.people.transfers import Direction, Transfer, check_transfer, remove_transfer, save_transfer
from app.record import Severity
from app.rules.rulebook import rulebook_of, rulebook_on
from app.year.ledger import load_year
from app.year.standing import standing
from tests.make import full, partial, probationary, roster

RULES = rulebook_of(2026)
RULE = RULES.people
TODAY = date(2026, 7, 16)


def person(ledger, name: str = "张一", **fields: object) -> Member:
    return enrol(ledger, Member(name=name, **fields), TODAY, status=MemberStatus.FULL)


def titles(ledger, day: date) -> list[str]:
    year = load_year(ledger, day.year)
    return [item.text for item in reminders(year, standing(year, day), day)]


def test_old_numbers_are_converted_i8() -> None:
    assert identity.from_15_digits("430102850615234") == "430102198506152349"
    assert identity.fault_of("430102198506152349", TODAY) == ""
    assert identity.is_male("430102198506152349") is False
    with pytest.raises(ValueError, match="不存在"):
        identity.from_15_digits("430102851315234")


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_every_old_number_becomes_a_sound_one(born: date, sequence: int) -> None:
    number = identity.from_15_digits(f"430102{born:%y%m%d}{sequence:03}")
    if born.year >= 1900:
        assert identity.fault_of(number, TODAY) == ""
        assert identity.birth_of(number).first == born


def test_a_number_is_masked() -> None:
    assert identity.masked("430102198506152349") == "430102********2349"
    assert identity.masked_phone("13900001234") == "139****1234"


def letter(member: int, direction: Direction = Direction.OUT, **fields: object) -> Transfer:
    told = {"moved_on": date(2026, 6, 20), "place": "乙支部", **fields}
    return Transfer(member=member, direction=direction, **told)


def test_leaving_by_a_letter_changes_the_roster_from_that_day(ledger) -> None:
    who = person(ledger)
    saved = save_transfer(ledger, letter(who.id, issued_on=date(2026, 6, 20), valid_days=30), RULE)
    now = load_roster(ledger)
    assert now.status(who.id, date(2026, 6, 19)) is MemberStatus.FULL
    assert now.status(who.id, date(2026, 6, 20)) is MemberStatus.TRANSFERRED
    assert saved.valid_through == date(2026, 7, 20)
    moved = save_transfer(ledger, Transfer(**{**saved.__dict__, "moved_on": date(2026, 6, 25)}), RULE)
    now = load_roster(ledger)
    assert now.status(who.id, date(2026, 6, 24)) is MemberStatus.FULL
    assert now.status(who.id, date(2026, 6, 25)) is MemberStatus.TRANSFERRED
    remove_transfer(ledger, moved)
    assert load_roster(ledger).status(who.id, TODAY) is MemberStatus.FULL


def test_coming_by_a_letter_makes_a_member_from_that_day(ledger) -> None:
    who = person(ledger, joined=partial("2010-05-01"), confirmed=partial("2011-05-01"))
    save_transfer(ledger, letter(who.id, Direction.IN, dues_through=PartialDate(2026, 5)), RULE)
    now = load_roster(ledger)
    assert now.status(who.id, date(2026, 6, 19)) is None
    assert now.status(who.id, date(2026, 6, 20)) is MemberStatus.FULL
    told = Member(name="李二", joined=partial("2026-01-01"))
    young = enrol(ledger, told, TODAY, status=MemberStatus.PROBATIONARY)
    save_transfer(ledger, letter(young.id, Direction.IN), RULE)
    assert load_roster(ledger).status(young.id, TODAY) is MemberStatus.PROBATIONARY


def test_a_letter_that_is_overdue_or_unanswered_is_told(ledger) -> None:
    who = person(ledger)
    fields = {"issued_on": date(2026, 4, 1), "valid_days": 30, "moved_on": date(2026, 4, 1)}
    saved = save_transfer(ledger, letter(who.id, **fields), RULE)
    assert "张一 的介绍信" in titles(ledger, date(2026, 4, 25))
    assert "张一 组织关系没有收到回执" in titles(ledger, date(2026, 6, 2))
    save_transfer(ledger, replace(saved, receipt_on=date(2026, 5, 10)), RULE)
    assert not any("张一" in title for title in titles(ledger, date(2026, 6, 2)))


def test_what_is_doubtful_about_a_letter_is_told_and_does_not_block() -> None:
    def fields(**told: object) -> list[tuple[str, Severity]]:
        return [(p.field, p.severity) for p in check_transfer(letter(1, **told), RULE)]

    assert fields(dues_through=PartialDate(2026, 5)) == []
    assert ("dues_through", Severity.WARNING) in fields()
    assert ("valid_days", Severity.WARNING) in fields(valid_days=91)
    assert ("receipt_on", Severity.ERROR) in fields(issued_on=date(2026, 6, 20), receipt_on=date(2026, 6, 1))
    assert ("dues_through", Severity.ERROR) in fields(dues_through=PartialDate(2026))
    late = {"issued_on": date(2026, 6, 1), "valid_days": 10, "receipt_on": date(2026, 7, 12)}
    assert ("receipt_on", Severity.WARNING) in fields(**late)


def test_lost_for_six_months_and_suspended_for_two_years_q12(ledger) -> None:
    who = person(ledger)
    lost = Circumstance(member=who.id, kind=CircumstanceKind.OUT_OF_CONTACT, since=partial("2026-05-21"))
    save_circumstance(ledger, lost)
    assert "张一 失联满六个月" not in titles(ledger, date(2026, 11, 20))
    assert "张一 失联满六个月" in titles(ledger, date(2026, 11, 21))
    change_status(ledger, who.id, partial("2026-12-01"), MemberStatus.SUSPENDED)
    assert "张一 停止党籍将满两年" in titles(ledger, date(2028, 11, 30))
    assert "张一 停止党籍满两年" in titles(ledger, date(2028, 12, 1))


def test_lost_without_a_day_cannot_be_counted() -> None:
    (problem,) = check_circumstance(Circumstance(member=1, kind=CircumstanceKind.OUT_OF_CONTACT))
    assert problem.field == "since"


def test_exempted_members_are_left_out_of_the_hours(ledger) -> None:
    for name in ("张一", "李二"):
        person(ledger, name)
    year = load_year(ledger, 2026)
    hours = next(duty for duty in standing(year, TODAY) if duty.rule == "study_hours")
    assert hours.required == 2
    exempt = Circumstance(member=1, kind=CircumstanceKind.EXEMPT_FROM_STUDY, detail="年老体弱")
    save_circumstance(ledger, exempt)
    year = load_year(ledger, 2026)
    hours = next(duty for duty in standing(year, TODAY) if duty.rule == "study_hours")
    assert (hours.required, hours.missing) == (1, ("李二",))


def test_party_probation_takes_the_vote_from_the_approval_until_a_decision_ends_it(ledger) -> None:
    who = person(ledger)
    given = Disposition(member=who.id, kind=DispositionKind.PARTY_PROBATION, decided_on=date(2025, 3, 10), months=12)
    saved = save_disposition(ledger, given, RULE)
    assert load_roster(ledger).may_vote(who.id, date(2025, 3, 10)) is True
    saved = save_disposition(ledger, replace(saved, approved_on=date(2025, 4, 2)), RULE)
    now = load_roster(ledger)
    assert now.may_vote(who.id, date(2025, 4, 1)) is True
    assert now.restriction(who.id, date(2025, 4, 2)) is Restriction.PARTY_PROBATION
    assert now.may_vote(who.id, date(2026, 3, 10)) is False  # the calendar alone gives nothing back
    saved = save_disposition(ledger, replace(saved, ended_on=date(2026, 3, 20), outcome="恢复权利"), RULE)
    assert load_roster(ledger).may_vote(who.id, date(2026, 3, 19)) is False
    assert load_roster(ledger).may_vote(who.id, date(2026, 3, 20)) is True
    remove_disposition(ledger, saved)
    assert load_roster(ledger).may_vote(who.id, date(2025, 6, 1)) is True


def test_nobody_leaves_before_the_superior_has_approved(ledger) -> None:
    who = person(ledger)
    decided = Disposition(
        member=who.id, kind=DispositionKind.REMOVED, decided_on=date(2026, 5, 1), removal=Removal.SELF_LEFT
    )
    saved = save_disposition(ledger, decided, RULE)
    assert load_roster(ledger).status(who.id, TODAY) is MemberStatus.FULL
    save_disposition(ledger, Disposition(**{**saved.__dict__, "approved_on": date(2026, 6, 1)}), RULE)
    now = load_roster(ledger)
    assert now.status(who.id, date(2026, 5, 31)) is MemberStatus.FULL
    assert now.status(who.id, date(2026, 6, 1)) is MemberStatus.EXPELLED
    assert now.history(who.id)[-1].leaving is Leaving.SELF_LEFT
    approved = Disposition(**{**saved.__dict__, "approved_on": date(2026, 6, 1)})
    assert rejoin_from(approved, RULE) == date(2031, 6, 1)
    warning = Disposition(member=1, kind=DispositionKind.WARNING, decided_on=TODAY)
    assert rejoin_from(warning, RULE) is None


@pytest.mark.parametrize(
    ("kind", "months", "fields"),
    [
        (DispositionKind.RECTIFY, None, ["months"]),
        (DispositionKind.RECTIFY, 6, []),
        (DispositionKind.RECTIFY, 13, ["months"]),
        (DispositionKind.PARTY_PROBATION, 18, ["months", "approved_on"]),
        (DispositionKind.PARTY_PROBATION, 24, ["approved_on"]),
        (DispositionKind.WARNING, 6, ["months"]),
        (DispositionKind.ADVISED_OUT, None, ["approved_on"]),
    ],
)
def test_each_kind_has_its_term(kind: DispositionKind, months: int | None, fields: list[str]) -> None:
    given = Disposition(member=1, kind=kind, decided_on=TODAY, months=months)
    assert [p.field for p in check_disposition(given, RULE)] == fields


def test_a_term_that_ends_is_told(ledger) -> None:
    who = person(ledger)
    given = Disposition(member=who.id, kind=DispositionKind.RECTIFY, decided_on=date(2026, 1, 31), months=6)
    save_disposition(ledger, given, RULE)
    assert "张一 限期改正期满" in titles(ledger, date(2026, 7, 20))


def test_leaving_the_party_needs_its_way(ledger) -> None:
    who = person(ledger)
    with pytest.raises(Refused, match="出党方式"):
        change_status(ledger, who.id, partial("2026-05-01"), MemberStatus.EXPELLED)
    change_status(ledger, who.id, partial("2026-05-01"), MemberStatus.EXPELLED, leaving=Leaving.RESIGNED)
    assert load_roster(ledger).history(who.id)[-1].leaving is Leaving.RESIGNED


THIRD = rulebook_on(date(2026, 1, 1)).appraisal


@pytest.mark.parametrize(("graded", "cap"), [(8, 2), (9, 3), (10, 3), (11, 3), (12, 4), (20, 6), (21, 7)])
def test_a_third_may_be_excellent_q10(graded: int, cap: int) -> None:
    assert excellent_cap(graded, THIRD) == cap
    who = roster(*(full(n) for n in range(1, graded + 1)))
    given = [Appraisal(member=n, year=2025, grade=Grade.EXCELLENT) for n in range(1, cap + 1)]
    assert check_appraisal(given[-1], given[:-1], who, THIRD) == []
    one_more = Appraisal(member=graded, year=2025, grade=Grade.EXCELLENT)
    (problem,) = check_appraisal(one_more, given, who, THIRD)
    assert problem.severity is Severity.WARNING and f"最多 {cap} 人" in problem.text


def test_probationary_members_are_not_graded_and_a_grade_is_corrected(ledger) -> None:
    who = roster(probationary(1, "2025-10-01"), full(2))
    assert "不评定等次" in check_appraisal(Appraisal(member=1, year=2025, grade=Grade.QUALIFIED), (), who)[0].text
    member = person(ledger)
    now = load_roster(ledger)
    save_appraisal(ledger, Appraisal(member=member.id, year=2025, grade=Grade.QUALIFIED), now)
    save_appraisal(ledger, Appraisal(member=member.id, year=2025, grade=Grade.BARELY), now)
    assert [item.grade for item in ledger[Appraisal].all()] == [Grade.BARELY]


def test_political_birthdays_of_a_year() -> None:
    people = {
        1: Member(id=1, name="甲", joined=partial("2004-02-29"), confirmed=partial("2005-02-28")),
        2: Member(id=2, name="乙", joined=partial("1999-07"), confirmed=partial("2000-07-01")),
        3: Member(id=3, name="丙", joined=partial("2026-01-05")),
    }
    who = roster(full(1), full(2), probationary(3))
    who = type(who)(tuple(people.values()), who.standings)
    by_joining = birthdays(who, Branch(name="甲"), 2026, TODAY)
    assert [(b.member.name, b.day, b.years) for b in by_joining] == [("甲", date(2026, 2, 28), 22)]
    by_confirmation = birthdays(who, Branch(name="甲", birthday_by=BirthdayBasis.CONFIRMED), 2026, TODAY)
    assert [(b.member.name, b.years) for b in by_confirmation] == [("甲", 21), ("乙", 26)]


def test_party_standing_counts_from_confirmation() -> None:
    member = Member(name="甲", joined=partial("2004-05-20"), confirmed=partial("2005-05-20"))
    assert party_years(member, date(2026, 5, 19)) == 20
    assert party_years(member, date(2026, 5, 20)) == 21
    assert party_years(Member(name="乙"), TODAY) is None


def test_work_is_a_dated_fact(ledger) -> None:
    who = person(ledger)
    employ(ledger, Employment(member=who.id, department="办公室"))
    employ(ledger, Employment(member=who.id, since=partial("2026-03"), department="科研处", duty="副处长"))
    now = load_roster(ledger)
    assert now.department(who.id, date(2026, 2, 28)) == "办公室"
    assert now.department(who.id, date(2026, 3, 1)) == "科研处"
    assert now.department(99, TODAY) == ""


def test_size_and_committee_are_told(ledger) -> None:
    for number in range(2):
        person(ledger, f"党员{number}")
    assert "正式党员人数不足" in titles(ledger, TODAY)
    for number in range(2, 7):
        person(ledger, f"党员{number}")
    assert "应设支部委员会" in titles(ledger, TODAY)
    for id, title in enumerate((PostTitle.SECRETARY, PostTitle.ORGANISATION, PostTitle.PUBLICITY), 1):
        ledger[Post].save(Post(member=id, title=title))
    assert "应设支部委员会" not in titles(ledger, TODAY)
    for number in range(7, 51):
        person(ledger, f"党员{number}")
    assert "党员人数超过五十" in titles(ledger, TODAY)


def test_lists_may_be_edited_where_the_standard_allows(ledger) -> None:
    add_word(ledger, "position", "编外岗位")
    hide_word(ledger, "position", "农牧渔民")
    words = offered(ledger, "position")
    assert "编外岗位" in words and "农牧渔民" not in words
    add_word(ledger, "position", "农牧渔民")
    assert "农牧渔民" in offered(ledger, "position")
    hide_word(ledger, "position", "编外岗位")
    assert offered(ledger, "position") == list(word_lists()["position"].words)
    with pytest.raises(Refused, match="国家标准"):
        add_word(ledger, "ethnicity", "某族")
    with pytest.raises(Refused, match="已经有"):
        add_word(ledger, "position", "学生")
    assert len(offered(ledger, "ethnicity")) == 56


def test_own_fields_hold_what_is_typed(ledger) -> None:
    who = person(ledger)
    field = add_extra_field(ledger, "特长")
    set_extra(ledger, who.id, {field.id: "书法"})
    set_extra(ledger, who.id, {field.id: "书法、摄影"})
    assert [value.text for value in ledger[ExtraValue].all()] == ["书法、摄影"]
    with pytest.raises(Refused, match="已经有"):
        add_extra_field(ledger, "特长")
    for number in range(5):
        add_extra_field(ledger, f"项目{number}")
    with pytest.raises(Refused, match="最多 6 个"):
        add_extra_field(ledger, "再一个")
    remove_extra_field(ledger, field.id)
    assert ledger[ExtraValue].all() == []
    ledger.history.undo()
    assert [value.text for value in ledger[ExtraValue].all()] == ["书法、摄影"]


def test_standing_without_a_day_gives_way_to_the_letter(ledger) -> None:
    who = person(ledger)
    assert [fact.since for fact in ledger[Standing].all(member=who.id)] == [None]
    saved = save_transfer(ledger, letter(who.id, Direction.IN), RULE)
    assert [str(fact.since) for fact in load_roster(ledger).history(who.id)] == ["2026-06-20"]
    remove_transfer(ledger, saved)
    assert [fact.since for fact in load_roster(ledger).history(who.id)] == [None]
