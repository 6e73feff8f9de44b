"""换届选举: quorum, ballots, seats and terms by the worked examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.branch.branch import Branch, BranchKind, check_branch, the_branch
from app.errors import Refused
from app.life.elections import (
    Candidate,
    Election,
    ElectionBody,
    ElectionKind,
    ElectionPaper,
    PaperKind,
    check_candidates,
    check_election,
    count,
    keep_paper,
    load_elections,
    remove_election,
    save_election,
    take_office,
    term_of,
)
from app.people.members import Member, MemberStatus, enrol
from app.people.posts import Post, PostTitle, in_force
from app.record import Severity
from app.rules.rulebook import rulebook_of
from tests.make import full, probationary, roster

RULES = rulebook_of(2026)
DAY = date(2026, 7, 1)


def election(
    entitled: int, present: int, seats: int = 3, given: int | None = None, back: int | None = None
) -> Election:
    given = present if given is None else given
    return Election(
        held_on=DAY,
        seats=seats,
        entitled=entitled,
        present=present,
        ballots_given=given,
        ballots_returned=given if back is None else back,
    )


def candidate(id: int, yes: int, no: int = 0) -> Candidate:
    return Candidate(id=id, election=0, member=id, in_favour=yes, against=no)


@pytest.mark.parametrize(
    ("entitled", "present", "valid"),
    [(10, 8, True), (10, 7, False), (11, 9, True), (11, 8, False), (12, 10, True), (12, 9, False), (21, 17, True)],
)
def test_four_fifths_must_be_there_v6(entitled: int, present: int, valid: bool) -> None:
    assert count(election(entitled, present), [], RULES).quorate is valid
    assert count(election(21, 16), [], RULES).quorate is False


def test_more_than_half_of_those_present_elects_with_a_caution_v7() -> None:
    result = count(election(12, 10), [candidate(1, 6, 4)], RULES)
    assert [c.member for c in result.elected] == [1]
    assert "7 票" in result.candidates[0].caution


def test_exactly_half_does_not_elect_v8() -> None:
    assert count(election(12, 10), [candidate(1, 5, 5)], RULES).elected == []


@pytest.mark.parametrize(("seats", "wanted"), [(3, 4), (5, 6), (7, 9)])
def test_there_are_a_fifth_more_candidates_than_seats_v9(seats: int, wanted: int) -> None:
    def warned(number: int) -> bool:
        people = [candidate(n, 7) for n in range(1, number + 1)]
        return any(p.field == "candidates" for p in check_election(election(10, 10, seats), people, RULES))

    assert warned(wanted - 1) and not warned(wanted)


def test_more_ballots_back_than_given_is_void_v11() -> None:
    assert count(election(12, 10, given=10, back=11), [candidate(1, 9)], RULES).void
    fewer = count(election(12, 10, given=10, back=9), [candidate(1, 9)], RULES)
    assert not fewer.void and len(fewer.elected) == 1


def test_no_more_are_elected_than_there_are_seats_and_a_tie_is_voted_on_again() -> None:
    people = [candidate(1, 9), candidate(2, 8), candidate(3, 7), candidate(4, 6)]
    assert [c.member for c in count(election(10, 10, 3), people, RULES).elected] == [1, 2, 3]
    tied = [candidate(1, 9), candidate(2, 8), candidate(3, 7), candidate(4, 7)]
    result = count(election(10, 10, 3), tied, RULES)
    assert [c.member for c in result.elected] == [1, 2]
    assert "票数相等" in result.candidates[2].text and "还缺 1 名" in result.text


@given(st.integers(1, 60), st.lists(st.integers(0, 60), max_size=9), st.integers(1, 7))
def test_an_election_is_judged_as_by_hand(present: int, votes: list[int], seats: int) -> None:
    people = [candidate(n, min(yes, present)) for n, yes in enumerate(votes, 1)]
    result = count(election(present, present, seats), people, RULES)
    assert len(result.elected) <= seats
    for chosen in result.elected:
        assert 2 * chosen.in_favour > present
        better = [p for p in people if p.in_favour > chosen.in_favour]
        assert len(better) < seats
        assert all(p in result.elected for p in better)


def test_ballots_for_the_absent_are_told() -> None:
    (problem,) = check_election(election(12, 10, given=11, back=10), [], RULES)
    assert "不能委托投票" in problem.text and problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("kind", "elected", "last", "reminded"),
    [
        (BranchKind.GOVERNMENT, date(2023, 11, 25), date(2026, 11, 24), date(2026, 5, 25)),
        (BranchKind.COMMUNITY, date(2021, 3, 31), date(2026, 3, 30), date(2025, 9, 30)),
        (BranchKind.GOVERNMENT, date(2024, 2, 29), date(2027, 2, 27), date(2026, 8, 28)),
    ],
    ids=["Q7", "Q8", "Q9"],
)
def test_the_term_and_its_first_reminder(kind: BranchKind, elected: date, last: date, reminded: date) -> None:
    term = term_of(Branch(name="甲", kind=kind, elected=elected), RULES)
    assert term is not None
    assert (term.first, term.last, term.reminders[0]) == (elected, last, reminded)
    assert len(term.reminders) == 3


def test_an_extension_reaches_a_year_at_the_most_q7() -> None:
    branch = Branch(name="甲", elected=date(2023, 11, 25))
    term = term_of(branch, RULES)
    assert term is not None
    assert (term.left(date(2026, 11, 21)), term.latest) == (3, date(2027, 11, 24))
    assert term.left(date(2026, 11, 25)) == -1
    extended = Branch(name="甲", elected=date(2023, 11, 25), extended_until=date(2027, 5, 1))
    longer = term_of(extended, RULES)
    assert longer is not None and longer.left(date(2027, 4, 30)) == 1
    assert [p.field for p in check_branch(extended)] == ["extension_approval"]
    assert term_of(Branch(name="甲"), RULES) is None


def people(ledger, number: int) -> list[Member]:
    return [enrol(ledger, Member(name=f"党员{n}"), DAY, status=MemberStatus.FULL) for n in range(number)]


def test_a_new_committee_takes_its_posts_and_a_new_term_begins(ledger) -> None:
    members = people(ledger, 5)
    ledger[Post].save(Post(member=members[4].id, title=PostTitle.SECRETARY, since=date(2023, 6, 1)))
    chosen = [
        Candidate(election=0, member=m.id, post=post, in_favour=5)
        for m, post in zip(members, (PostTitle.SECRETARY, PostTitle.ORGANISATION, PostTitle.PUBLICITY), strict=False)
    ]
    saved = save_election(ledger, election(5, 5), chosen, RULES)
    held = load_elections(ledger)[0]
    take_office(ledger, saved, count(saved, held.candidates, RULES).elected, the_branch(ledger))
    posts = in_force(ledger[Post].all(), DAY)
    assert {(p.member, p.title) for p in posts} == {(c.member, c.post) for c in chosen}
    assert the_branch(ledger).elected == DAY
    old = next(p for p in ledger[Post].all() if p.member == members[4].id)
    assert old.until == date(2026, 6, 30)
    with pytest.raises(Refused, match="没有人当选"):
        take_office(ledger, saved, [], the_branch(ledger))


def test_filling_a_vacancy_leaves_the_others_and_the_term(ledger) -> None:
    members = people(ledger, 3)
    ledger[Post].save(Post(member=members[0].id, title=PostTitle.SECRETARY, since=date(2025, 6, 1)))
    ledger[Post].save(Post(member=members[1].id, title=PostTitle.PUBLICITY, since=date(2025, 6, 1)))
    vacancy = Election(**{**election(3, 3, 1).__dict__, "kind": ElectionKind.VACANCY})
    chosen = Candidate(election=0, member=members[2].id, post=PostTitle.PUBLICITY, in_favour=3)
    saved = save_election(ledger, vacancy, [chosen], RULES)
    take_office(ledger, saved, [chosen], the_branch(ledger))
    posts = {(p.member, p.title) for p in in_force(ledger[Post].all(), DAY)}
    assert posts == {(members[0].id, PostTitle.SECRETARY), (members[2].id, PostTitle.PUBLICITY)}
    assert the_branch(ledger).elected is None


def test_papers_are_kept_by_kind_and_go_with_the_election(ledger) -> None:
    saved = save_election(ledger, election(5, 5), [], RULES)
    keep_paper(ledger, ElectionPaper(election=saved.id, kind=PaperKind.REQUEST, dated_on=DAY))
    keep_paper(ledger, ElectionPaper(election=saved.id, kind=PaperKind.REQUEST, dated_on=DAY, number="甲〔2026〕1号"))
    assert [p.number for p in load_elections(ledger)[0].papers] == ["甲〔2026〕1号"]
    remove_election(ledger, saved.id)
    assert load_elections(ledger) == []
    ledger.history.undo()
    assert len(load_elections(ledger)[0].papers) == 1


def test_officers_are_elected_one_for_one() -> None:
    officers = Election(**{**election(5, 5, 1).__dict__, "body": ElectionBody.COMMITTEE})
    assert check_election(officers, [candidate(1, 5)], RULES) == []


# --- numbers that cannot be -----------------------------------------------------------------------------


def told(held: Election, *people: Candidate) -> str:
    return "；".join(problem.text for problem in check_election(held, people, RULES))


def test_nobody_is_no_quorum() -> None:
    result = count(election(0, 0), [], RULES)
    assert not result.quorate and "不能判断" in result.text


def test_before_the_regulation_of_2020_exactly_four_fifths_is_not_enough() -> None:
    then, now = replace(election(10, 8), held_on=date(2020, 7, 12)), replace(election(10, 8), held_on=date(2020, 7, 13))
    assert not count(then, [], RULES).quorate and "没有超过五分之四（至少 9 人）" in count(then, [], RULES).text
    assert count(now, [], RULES).quorate
    assert count(replace(then, present=9), [], RULES).quorate


def test_more_ballots_back_than_voters_present_is_void() -> None:
    result = count(election(20, 18, given=20, back=20), [candidate(1, 12)], RULES)
    assert result.void and "收回多于实到" in result.text
    assert "收回选票 20 张多于实到 18 人" in told(election(20, 18, given=20, back=20))


def test_more_votes_than_the_ballots_can_hold_are_told() -> None:
    people = [candidate(1, 18), candidate(2, 18), candidate(3, 13), candidate(4, 10)]
    assert "赞成票合计 59 票，18 张有效票各选 3 名，最多 54 票" in told(election(20, 18), *people)
    assert "赞成票合计" not in told(election(20, 18), *people[:3], candidate(4, 5))


@pytest.mark.parametrize(("seats", "warned"), [(7, False), (8, True), (9, True)])
def test_a_committee_of_more_than_seven_is_told(seats: int, warned: bool) -> None:
    assert ("一般不超过 7 名" in told(election(30, 30, seats))) is warned


def test_negative_numbers_are_an_error() -> None:
    for held, people in (
        (replace(election(10, 10), ballots_void=-1), []),
        (replace(election(10, 10), entitled=-3), []),
        (election(10, 10), [candidate(1, -2)]),
    ):
        problems = check_election(held, people, RULES)
        assert any(p.severity is Severity.ERROR and "负数" in p.text for p in problems)


def test_void_ballots_are_counted_and_ask_for_a_word() -> None:
    held = replace(election(10, 10), ballots_void=2)
    assert "其中废票 2 张" in count(held, [], RULES).text and "废票 2 张，请在备注里写明原因" in told(held)
    assert "废票" not in told(replace(held, note="选了四名"))


def test_only_full_members_with_their_rights_are_elected() -> None:
    who = roster(full(1), probationary(2), full(3), restricted=(3,))
    people = [candidate(1, 9), candidate(2, 9), candidate(3, 9)]
    texts = [problem.text for problem in check_candidates(election(10, 10), people, who)]
    assert [text[: len(who[2].name)] for text in texts] == [who[2].name, who[3].name]
