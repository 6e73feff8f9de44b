from __future__ import annotations

from datetime import date

import pytest

from app.dates import PartialDate
from app.errors import Refused
from app.life.talks import Talk, record_talk
from app.people import identity
from app.people.members import Member, MemberStatus, Sex, change_status, check_member, enrol, place, remove_member
from app.people.roster import Roster, load_roster
from app.record import Severity
from tests.make import full, partial, probationary, roster

TODAY = date(2026, 7, 16)


@pytest.mark.parametrize(
    ("number", "birth", "male"),
    [
        ("11010519491231002X", PartialDate(1949, 12, 31), False),
        ("440524188001010014", PartialDate(1880, 1, 1), True),
        ("34052419800101001x", PartialDate(1980, 1, 1), True),
        ("110101200002290018", PartialDate(2000, 2, 29), True),
        ("110101198001010061", PartialDate(1980, 1, 1), False),
    ],
    ids=["I1", "I2", "I3", "I4", "I9"],
)
def test_sound_identity_numbers(number: str, birth: PartialDate, male: bool) -> None:
    read = identity.read_id_number(number)
    assert identity.fault_of(read, TODAY) == ""
    assert identity.birth_of(read) == birth
    assert identity.is_male(read) is male


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("110101190002290011", "不存在"),
        ("110101202302290019", "不存在"),
        ("110105194912310021", "校验位"),
        ("430102850615234", "18 位"),
        ("", "18 位"),
    ],
    ids=["I5", "I6", "I7", "I8", "empty"],
)
def test_faulty_identity_numbers_say_why(number: str, word: str) -> None:
    assert word in identity.fault_of(number, TODAY)


def test_file_birth_date_may_differ_from_the_number_with_a_word() -> None:
    person = Member(name="张一", id_number="11010519491231002X", birth=PartialDate(1949, 12, 30), sex=Sex.MALE)
    problems = check_member(person, (), TODAY)
    assert {(p.field, p.severity) for p in problems} == {("birth", Severity.WARNING), ("sex", Severity.WARNING)}
    month_only = Member(name="张一", id_number="11010519491231002X", birth=PartialDate(1949, 12))
    assert check_member(month_only, (), TODAY) == []


def test_same_number_twice_is_refused() -> None:
    known = Member(id=1, name="张一", id_number="11010519491231002X")
    problems = check_member(Member(name="李二", id_number="11010519491231002X"), (known,), TODAY)
    assert [p.text for p in problems if p.severity is Severity.ERROR] == ["与张一的身份证号相同"]


def test_any_past_day_can_be_asked() -> None:
    who = roster(probationary(1, "2024-05-17"), full(1, "2025-05-17"), full(2, "1980"), groups={1: 7})
    assert who.status(1, date(2024, 5, 16)) is None
    assert who.status(1, date(2024, 5, 17)) is MemberStatus.PROBATIONARY
    assert who.status(1, date(2025, 5, 17)) is MemberStatus.FULL
    assert who.may_vote(1, date(2025, 5, 16)) is False and who.may_vote(1, date(2025, 5, 17)) is True
    assert who.status(2, date(1980, 1, 1)) is MemberStatus.FULL
    assert who.group(1, TODAY) == 7 and who.group(2, TODAY) is None


def test_enrolled_with_both_dates_a_member_was_probationary_between(ledger) -> None:
    person = Member(name="张一", joined=partial("1984-02-27"), confirmed=partial("1985-02-27"))
    saved = enrol(ledger, person, TODAY, status=MemberStatus.FULL)
    who = load_roster(ledger)
    assert who.status(saved.id, date(1984, 12, 1)) is MemberStatus.PROBATIONARY
    assert who.status(saved.id, TODAY) is MemberStatus.FULL


def test_joiners_and_leavers_of_a_year(ledger) -> None:
    old = enrol(
        ledger, Member(name="张一", joined=partial("1990"), confirmed=partial("1991")), TODAY, status=MemberStatus.FULL
    )
    new = enrol(ledger, Member(name="李二", joined=partial("2025-06-01")), TODAY, status=MemberStatus.PROBATIONARY)
    came = enrol(ledger, Member(name="王三"), TODAY, status=MemberStatus.FULL, since=partial("2026-02-03"))
    change_status(ledger, new.id, partial("2026-06-01"), MemberStatus.FULL)
    change_status(ledger, old.id, partial("2026-03"), MemberStatus.TRANSFERRED, "转往乙支部")
    changes = load_roster(ledger).changes(date(2026, 1, 1), date(2026, 12, 31))
    assert [(c.member.name, c.kind) for c in changes] == [("王三", "转入"), ("张一", "已转出"), ("李二", "转正")]
    assert next(m for m in load_roster(ledger).members if m.id == new.id).confirmed == partial("2026-06-01")
    assert came.id == 3


def test_a_status_corrected_for_the_same_day_replaces_it(ledger) -> None:
    person = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.PROBATIONARY, since=partial("2026-01-05"))
    change_status(ledger, person.id, partial("2026-01-05"), MemberStatus.FULL)
    assert [fact.status for fact in load_roster(ledger).history(person.id)] == [MemberStatus.FULL]


def test_group_changes_keep_their_days(ledger) -> None:
    from app.branch.groups import Group, save_group

    first = save_group(ledger, Group(name="第一党小组"))
    second = save_group(ledger, Group(name="第二党小组"))
    person = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL, group=first.id)
    place(ledger, person.id, partial("2026-05"), second.id)
    who: Roster = load_roster(ledger)
    assert who.group(person.id, date(2026, 4, 30)) == first.id
    assert who.group(person.id, date(2026, 5, 1)) == second.id


def test_a_member_with_records_is_not_deleted(ledger) -> None:
    a = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    b = enrol(ledger, Member(name="李二"), TODAY, status=MemberStatus.FULL)
    record_talk(ledger, Talk(talked_on=TODAY, talker=a.id, partner=b.id), {a.id, b.id}, TODAY)
    with pytest.raises(Refused, match="不能删除"):
        remove_member(ledger, a.id)
    assert len(load_roster(ledger).members) == 2


@pytest.mark.parametrize("name", ["", " \n\u3000", "名" * 41])
def test_a_member_needs_a_name_of_at_most_forty_characters(ledger, name: str) -> None:
    with pytest.raises(Refused, match="姓名"):
        enrol(ledger, Member(name=name), TODAY, status=MemberStatus.FULL)
    assert load_roster(ledger).members == ()
