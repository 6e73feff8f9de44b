from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from app.branch.branch import Branch, term_end
from app.branch.groups import Group
from app.checks.reminders import reminders
from app.dates import add_months
from app.life.meetings import audience
from app.life.study import study_minutes
from app.life.talks import Talk
from app.rules.local_rules import ChosenRuleSet, LocalRule, RuleAudience, RulePeriod, with_local
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import rulebook_of
from app.year.standing import State, required_hours, standing, study_years
from tests.make import committee, full, minutes, probationary, roster, year_ledger

END = date(2027, 1, 1)
T = MeetingType


def states(ledger, rule: str, as_of: date) -> list[str]:
    return [duty.state.value for duty in standing(ledger, as_of) if duty.rule == rule]


def people(count: int):
    return roster(*(full(id) for id in range(1, count + 1)))


def test_four_meetings_in_the_last_quarter_leave_three_missing_q1() -> None:
    held = [minutes(n, date(2026, 10, n), T.GENERAL) for n in range(1, 5)]
    ledger = year_ledger(people(8), *held)
    assert states(ledger, "general_meeting", END) == ["missing", "missing", "missing", "done"]
    assert sum(duty.done for duty in standing(ledger, END) if duty.rule == "general_meeting") == 4


def test_no_committee_and_no_groups_do_not_apply_q2() -> None:
    ledger = year_ledger(people(5))
    assert set(states(ledger, "committee_meeting", END)) == {"not_applicable"}
    assert set(states(ledger, "group_meeting", END)) == {"not_applicable"}
    assert "missing" in states(ledger, "theme_day", END)


def test_who_joined_in_july_is_expected_from_that_day_q3() -> None:
    who = roster(full(1), full(2, "2026-07-10"))
    assert [p.id for p in audience([T.GENERAL], None, date(2026, 7, 9), who, ())] == [1]
    assert [p.id for p in audience([T.GENERAL], None, date(2026, 7, 10), who, ())] == [1, 2]


@pytest.mark.parametrize(("half_hours", "leader", "short"), [(63, False, True), (64, False, False), (111, True, True)])
def test_hours_fall_short_by_half_an_hour_q4(half_hours: int, leader: bool, short: bool) -> None:
    span = (time(8, 0), time(8, 30))
    first = date(2026, 1, 1)
    held = [
        minutes(n + 1, add_months(first, n % 12).replace(day=1 + n // 12), T.STUDY, there=(1,), span=span)
        for n in range(half_hours)
    ]
    ledger = year_ledger(people(3), *held, posts=committee(1, 2, 3) if leader else ())
    duty = next(duty for duty in standing(ledger, END) if duty.rule == "study_hours")
    assert (1 in duty.missing_ids) is short


def test_an_event_of_three_types_counts_once_in_each_and_its_hours_once_q5() -> None:
    event = minutes(1, date(2026, 3, 6), T.THEME_DAY, T.GENERAL, T.LECTURE, there=(1,), span=(time(9), time(11, 30)))
    ledger = year_ledger(people(2), event)
    done = {duty.rule: duty.done for duty in standing(ledger, END) if duty.period in ("2026-03", "2026-Q1")}
    assert (done["theme_day"], done["general_meeting"], done["party_lecture"]) == (1, 1, 1)
    assert study_minutes(ledger.minutes) == {1: 150}


def test_committee_hours_apply_to_who_joined_it_in_september_q6() -> None:
    ledger = year_ledger(people(4), posts=committee(1, 2, 3, since=date(2026, 9, 1)))
    assert required_hours(ledger, 1, date(2026, 12, 31)) == 56
    assert required_hours(ledger, 1, date(2026, 8, 31)) == 32
    assert required_hours(ledger, 4, date(2026, 12, 31)) == 32


@pytest.mark.parametrize(
    ("elected", "years", "last"),
    [
        (date(2023, 11, 25), 3, date(2026, 11, 24)),
        (date(2021, 3, 31), 5, date(2026, 3, 30)),
        (date(2024, 2, 29), 3, date(2027, 2, 27)),
    ],
    ids=["Q7", "Q8", "Q9"],
)
def test_term_ends_the_day_before_its_anniversary(elected: date, years: int, last: date) -> None:
    assert term_end(elected, years) == last


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2026, 5, 24), None),
        (date(2026, 5, 25), "还有 183 天"),
        (date(2026, 11, 21), "还有 3 天"),
        (date(2026, 11, 25), "已超期 1 天"),
    ],
)
def test_reminder_of_the_election_begins_six_months_before_q7(today: date, text: str | None) -> None:
    branch = Branch(id=1, name="甲支部", elected=date(2023, 11, 25))
    ledger = year_ledger(people(3), branch=branch)
    found = [r for r in reminders(ledger, standing(ledger, today), today) if r.text == "支委会换届"]
    assert [text in r.detail for r in found] == ([] if text is None else [True])


def test_talk_pairs_of_three_leaders_and_five_others_q11() -> None:
    talks = (
        Talk(id=1, talked_on=date(2026, 2, 1), talker=1, partner=2),
        Talk(id=2, talked_on=date(2026, 2, 2), talker=8, partner=1),
    )
    ledger = year_ledger(people(8), posts=committee(1, 2, 3), talks=talks)
    found = {d.rule: (d.done, d.required) for d in standing(ledger, END) if d.rule.startswith("talk")}
    assert found == {"talk_committee": (1, 3), "talk_committee_member": (1, 5), "talk_each_member": (3, 8)}


def test_the_strict_reading_of_talks_is_a_rule_that_can_be_chosen_q11() -> None:
    talks = (Talk(id=1, talked_on=date(2026, 2, 2), talker=8, partner=1),)
    ledger = year_ledger(people(8), posts=committee(1, 2, 3), talks=talks)
    chosen = ChosenRuleSet(code="strict_talks", first_year=2026)
    strict = replace(ledger, rulebook=with_local(ledger.rulebook, 2026, (), (chosen,), ()))
    (duty,) = [duty for duty in standing(strict, END) if duty.rule == "talk_every_pair"]
    assert (duty.done, duty.required, len(duty.missing)) == (1, 15, 14)
    assert not [duty for duty in standing(ledger, END) if duty.rule == "talk_every_pair"]


def test_each_group_meets_by_itself_and_a_joint_meeting_counts_for_all() -> None:
    who = roster(*(full(id) for id in range(1, 5)), groups={1: 1, 2: 1, 3: 2, 4: 2})
    groups = (Group(id=1, name="第一党小组"), Group(id=2, name="第二党小组"))
    one = minutes(1, date(2026, 1, 5), T.GROUP, there=(1, 2), group=1)
    joint = minutes(2, date(2026, 2, 5), T.GROUP, there=(1, 4))
    ledger = year_ledger(who, one, joint, groups=groups)
    duties = [d for d in standing(ledger, date(2026, 3, 1)) if d.rule == "group_meeting"]
    assert [(d.done, d.required) for d in duties[:2]] == [(1, 2), (2, 2)]
    assert duties[0].missing == ("第二党小组",)


def test_a_period_is_missing_only_when_it_is_over() -> None:
    ledger = year_ledger(people(3))
    assert states(ledger, "general_meeting", date(2026, 6, 30)) == ["missing", "due", "upcoming", "upcoming"]
    assert states(ledger, "general_meeting", date(2026, 7, 1))[:2] == ["missing", "missing"]


def test_records_after_the_day_that_is_asked_for_do_not_count() -> None:
    ledger = year_ledger(people(3), minutes(1, date(2026, 3, 20), T.GENERAL))
    assert states(ledger, "general_meeting", date(2026, 3, 10))[0] == State.DUE


def test_nothing_is_owed_before_the_branch_was_founded_or_without_members() -> None:
    from tests.make import partial

    young = year_ledger(people(3), branch=Branch(id=1, name="甲支部", founded=partial("2026-04-01")))
    assert states(young, "general_meeting", END)[:2] == ["not_applicable", "missing"]
    assert set(states(year_ledger(roster()), "theme_day", END)) == {"not_applicable"}


def test_probation_that_ends_soon_is_on_the_list() -> None:
    from app.people.members import Member
    from app.people.roster import Roster
    from tests.make import partial

    person = Member(id=1, name="董一", joined=partial("2025-08-02"))
    who = Roster((person,), (probationary(1, "2025-08-02"),))
    ledger = year_ledger(who)
    today = date(2026, 7, 16)
    titles = [r.text for r in reminders(ledger, standing(ledger, today), today)]
    assert "董一 预备期将满" in titles


# --- whole periods, minimums, days ----------------------------------------------------------------------


def with_rule(ledger, **fields):
    told = {"id": 1, "label": "集中学习", "type": T.STUDY, "minimum": 2, "first_year": 2026, **fields}
    return replace(ledger, rulebook=with_local(ledger.rulebook, 2026, (LocalRule(**told),), (), ()))


def test_the_minimum_of_a_local_rule_holds_for_each_group() -> None:
    who = roster(*(full(id) for id in range(1, 5)), groups={1: 1, 2: 1, 3: 2, 4: 2})
    groups = (Group(id=1, name="第一党小组"), Group(id=2, name="第二党小组"))
    held = [minutes(n, date(2026, 1, n), T.STUDY, there=(1, 2), group=1) for n in (5, 6)]
    held.append(minutes(7, date(2026, 1, 7), T.STUDY, there=(3, 4), group=2))
    ledger = with_rule(year_ledger(who, *held, groups=groups), audience=RuleAudience.GROUP, period=RulePeriod.MONTH)
    january = next(d for d in standing(ledger, END) if d.rule == "local_1")
    assert (january.state, january.done, january.required) == (State.MISSING, 1, 2)
    assert january.missing == ("第二党小组（1/2）",) and january.missing_ids == (2,)


@pytest.mark.parametrize(
    ("since", "until", "march"),
    [
        (date(2026, 3, 31), None, "not_applicable"),
        (date(2026, 3, 2), None, "not_applicable"),
        (date(2026, 3, 1), None, "missing"),
        (None, date(2026, 3, 30), "not_applicable"),
        (None, date(2026, 3, 31), "missing"),
    ],
)
def test_a_committee_owes_only_what_it_stood_through(since: date | None, until: date | None, march: str) -> None:
    posts = tuple(replace(post, until=until) for post in committee(1, 2, 3, since=since))
    assert states(year_ledger(people(8), posts=posts), "committee_meeting", END)[2] == march


@pytest.mark.parametrize(("since", "month"), [(date(2026, 3, 15), "not_applicable"), (date(2026, 3, 1), "missing")])
def test_a_group_set_up_within_a_month_does_not_owe_it(since: date, month: str) -> None:
    who = roster(full(1), full(2), groups={1: 1, 2: 1})
    ledger = year_ledger(who, groups=(Group(id=1, name="第一党小组", since=since),))
    assert states(ledger, "group_meeting", END)[2] == month
    assert states(ledger, "group_meeting", END)[3] == "missing"


def test_the_first_year_of_the_regulation_owes_nothing_before_it() -> None:
    ledger = year_ledger(people(8), posts=committee(1, 2, 3), year=2018)
    end = date(2019, 1, 1)
    assert states(ledger, "theme_day", end) == ["not_applicable"] * 10 + ["missing"] * 2
    assert states(ledger, "committee_meeting", end) == ["not_applicable"] * 10 + ["missing"] * 2
    assert states(ledger, "general_meeting", end) == ["not_applicable"] * 3 + ["missing"]
    assert states(ledger, "life_meeting", end) == ["missing"]
    assert rulebook_of(2017).quotas == ()


def test_study_after_the_day_asked_for_is_not_counted() -> None:
    held = [
        minutes(1, date(2026, 3, 3), T.STUDY, there=(1,), span=(time(8), time(10))),
        minutes(2, date(2026, 9, 3), T.STUDY, there=(1,), span=(time(8), time(18))),
    ]
    ledger = year_ledger(people(3), *held)
    assert [row.minutes for row in study_years(ledger, date(2026, 6, 30))] == [120, 0, 0]
    assert study_years(ledger, date(2026, 9, 3))[0].minutes == 720


def test_a_member_needs_one_of_the_committee_and_a_comrade_does_not_do() -> None:
    talks = (
        Talk(id=1, talked_on=date(2026, 2, 1), talker=4, partner=5),
        Talk(id=2, talked_on=date(2026, 3, 1), talker=2, partner=6),
    )
    ledger = year_ledger(people(6), posts=committee(1, 2, 3), talks=talks)
    (duty,) = [duty for duty in standing(ledger, END) if duty.rule == "talk_committee_member"]
    assert (duty.required, duty.done, duty.missing_ids) == (3, 1, (4, 5))
    none = year_ledger(people(5), talks=talks)
    assert states(none, "talk_committee_member", END) == ["not_applicable"]


# --- the beginning of records ---------------------------------------------------------------------------


def begun(day: date, *held, **fields):
    return year_ledger(people(3), *held, branch=Branch(id=1, name="甲支部", records_since=day), **fields)


def test_periods_before_the_first_day_of_records_are_neither_done_nor_missing() -> None:
    ledger = begun(date(2026, 4, 1), minutes(1, date(2026, 2, 3), T.THEME_DAY))
    assert states(ledger, "theme_day", date(2026, 6, 2))[:6] == [
        "before_records",
        "done",
        "before_records",
        "missing",
        "missing",
        "due",
    ]
    assert states(ledger, "general_meeting", date(2026, 6, 2))[:2] == ["before_records", "due"]
    assert states(ledger, "life_meeting", END) == ["missing"]
    assert State.BEFORE_RECORDS.words == "未用本台账记录"


def test_a_ledger_that_begins_today_is_not_behind_with_anything() -> None:
    today = date(2026, 11, 25)
    ledger = begun(today)
    assert [duty for duty in standing(ledger, today) if duty.state is State.MISSING] == []


def test_a_period_that_runs_on_the_first_day_of_records_is_asked_for() -> None:
    ledger = begun(date(2026, 3, 31))
    assert states(ledger, "theme_day", END)[:3] == ["before_records", "before_records", "missing"]
