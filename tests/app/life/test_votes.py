from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import Meeting, Minutes, check_minutes, entitled_voters
from app.life.votes import VoteKind, check_vote, judge
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import rulebook_of
from tests.make import full, probationary, roster, vote

RULES = rulebook_of(2026)


def test_half_opens_the_meeting_but_cannot_pass_v1() -> None:
    verdict = judge(vote(VoteKind.ORDINARY, 12, 6, 6), RULES)
    assert verdict.quorate and not verdict.passed
    assert "至少 7 票" in verdict.text


def test_admission_needs_more_than_half_present_v2() -> None:
    verdict = judge(vote(VoteKind.ADMISSION, 12, 6, 6), RULES)
    assert not verdict.quorate and "至少应有 7 人" in verdict.text


def test_majority_of_those_present_is_not_enough_v3() -> None:
    assert not judge(vote(VoteKind.ADMISSION, 12, 8, 6, 2), RULES).passed


def test_prior_written_opinion_counts_v4_and_a_late_one_does_not_v5() -> None:
    assert judge(vote(VoteKind.ADMISSION, 9, 5, 4, 1, written=1), RULES).passed
    assert not judge(vote(VoteKind.ADMISSION, 9, 5, 4, 1), RULES).passed


@pytest.mark.parametrize(("entitled", "needed"), [(10, 8), (11, 9), (12, 10), (21, 17)])
def test_election_needs_four_fifths_v6(entitled: int, needed: int) -> None:
    assert judge(vote(VoteKind.ELECTION, entitled, needed, needed), RULES).quorate
    assert not judge(vote(VoteKind.ELECTION, entitled, needed - 1, needed - 1), RULES).quorate


def test_elected_by_those_present_with_a_caution_v7() -> None:
    verdict = judge(vote(VoteKind.ELECTION, 12, 10, 6, 4), RULES)
    assert verdict.passed and "7 票" in verdict.caution


def test_exactly_half_is_not_elected_v8() -> None:
    assert not judge(vote(VoteKind.ELECTION, 12, 10, 5, 5), RULES).passed


@pytest.mark.parametrize(("seats", "candidates"), [(3, 4), (5, 6), (7, 9)])
def test_more_candidates_than_seats_v9(seats: int, candidates: int) -> None:
    assert RULES.surplus.least_candidates(seats) == candidates


def test_who_should_attend_and_who_may_vote_v10() -> None:
    people = roster(*(full(id) for id in range(1, 13)), *(probationary(id) for id in (13, 14, 15)), restricted=(1,))
    roll = [Attendance(member=id, state=AttendanceState.PRESENT) for id in range(1, 16) if id != 2]
    roll.append(Attendance(member=2, state=AttendanceState.EXCLUDED, reason="卧病，上级同意"))
    minutes = Minutes(Meeting(held_on=date(2026, 3, 1), subject="转正"), (), tuple(roll))
    assert minutes.expected == 14
    assert entitled_voters(minutes, people) == (10, 10)


def test_more_ballots_back_than_given_is_void_v11() -> None:
    void = judge(vote(VoteKind.ELECTION, 10, 10, 10, ballots_given=10, ballots_returned=11), RULES)
    valid = judge(vote(VoteKind.ELECTION, 10, 10, 9, ballots_given=10, ballots_returned=9), RULES)
    assert void.void and not void.passed
    assert not valid.void and valid.passed


def test_numbers_that_do_not_add_up_are_said() -> None:
    texts = [problem.text for problem in check_vote(vote(VoteKind.ORDINARY, 10, 8, 9, 1))]
    assert texts == ["赞成、反对、弃权合计 10 票，与实到有表决权 8 人不符"]


@given(st.sampled_from(list(VoteKind)), st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 10))
def test_every_verdict_equals_plain_fractions(
    kind: VoteKind, entitled: int, present: int, yes: int, written: int
) -> None:
    verdict = judge(vote(kind, entitled, present, yes, written=written), RULES)
    quorate = {
        VoteKind.ORDINARY: present / entitled >= 0.5,
        VoteKind.ADMISSION: present / entitled > 0.5,
        VoteKind.CONFIRMATION: present / entitled > 0.5,
        VoteKind.ELECTION: 5 * present >= 4 * entitled,
    }[kind]
    counted = yes + (written if kind in (VoteKind.ADMISSION, VoteKind.CONFIRMATION) else 0)
    whole = present if kind is VoteKind.ELECTION else entitled
    assert verdict.quorate == quorate
    assert verdict.passed == (quorate and 2 * counted > whole)


# --- numbers that cannot be, and every number there is --------------------------------------------------


def test_a_vote_of_nobody_is_no_vote() -> None:
    for kind in VoteKind:
        verdict = judge(vote(kind, 0, 0, 0), RULES)
        assert not verdict.quorate and not verdict.passed and "不能判断" in verdict.text


@pytest.mark.parametrize(
    ("cast", "word"),
    [
        (vote(VoteKind.ADMISSION, 12, 10, 8, 2, written=3), "多于应到有表决权 12 人"),
        (vote(VoteKind.ADMISSION, 12, 10, 8, 2, written=-1), "不能是负数"),
        (vote(VoteKind.ELECTION, 12, 10, 8, 2, ballots_given=-1), "不能是负数"),
        (vote(VoteKind.ELECTION, 12, 10, 8, 2, ballots_given=10, ballots_returned=5), "多于收回的选票 5 张"),
        (vote(VoteKind.ELECTION, 20, 18, 18, ballots_given=20, ballots_returned=20), "多于实到有表决权 18 人"),
    ],
)
def test_numbers_that_cannot_be_are_told(cast, word: str) -> None:
    assert any(word in problem.text for problem in check_vote(cast))


def test_more_ballots_back_than_voters_is_void() -> None:
    verdict = judge(vote(VoteKind.ELECTION, 20, 18, 18, ballots_given=20, ballots_returned=20), RULES)
    assert verdict.void and not verdict.passed


@pytest.mark.parametrize(
    ("entitled", "present", "words"),
    [
        (
            7,
            7,
            [
                "应到有表决权写的是 7 人，按签到和名册是 12 人，少 5 人",
                "实到有表决权写的是 7 人，按签到和名册是 11 人，少 4 人",
            ],
        ),
        (13, 11, ["应到有表决权写的是 13 人，按签到和名册是 12 人，多 1 人"]),
        (12, 11, []),
    ],
)
def test_numbers_that_are_not_those_of_the_roll_are_told(entitled: int, present: int, words: list[str]) -> None:
    people = roster(*(full(id) for id in range(1, 13)))
    states = [AttendanceState.ABSENT, *[AttendanceState.PRESENT] * 11]
    roll = tuple(Attendance(member=n, state=state, reason="因病") for n, state in enumerate(states, 1))
    held = Meeting(held_on=date(2026, 3, 1), subject="转正", content="略")
    one = vote(VoteKind.ORDINARY, entitled, present, present)
    minutes = Minutes(held, (MeetingType.GENERAL,), roll, (one,))
    texts = [p.text for p in check_minutes(minutes, people, date(2026, 4, 1)) if p.field == "votes"]
    assert texts == words


def by_hand(kind: VoteKind, entitled: int, present: int, yes: int, written: int) -> tuple[bool, bool]:
    """Quorum and passing with fractions alone, written apart from the code."""
    if entitled == 0:
        return False, False
    part = Fraction(present, entitled)
    quorate = part >= Fraction(4, 5) if kind is VoteKind.ELECTION else part >= Fraction(1, 2)
    if kind in (VoteKind.ADMISSION, VoteKind.CONFIRMATION):
        quorate = part > Fraction(1, 2)
        return quorate, quorate and Fraction(yes + written, entitled) > Fraction(1, 2)
    if kind is VoteKind.ELECTION:
        return quorate, quorate and Fraction(yes, present) > Fraction(1, 2)
    return quorate, quorate and Fraction(yes, entitled) > Fraction(1, 2)


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(VoteKind))
def test_every_vote_of_up_to_thirty_is_judged_as_by_hand(kind: VoteKind) -> None:
    for entitled in range(31):
        for present in range(entitled + 1):
            for yes in range(present + 1):
                for written in {0, 1, entitled - present}:
                    verdict = judge(vote(kind, entitled, present, yes, present - yes, written=written), RULES)
                    assert (verdict.quorate, verdict.passed) == by_hand(kind, entitled, present, yes, written)
