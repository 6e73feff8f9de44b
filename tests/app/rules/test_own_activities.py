"""自定活动种类: added to the types of a meeting, counted by rules of their own, in periods of every length."""

from __future__ import annotations

from datetime import date

import pytest

from app.branch.lists import add_word, offered
from app.checks.duties import way_of
from app.documents.plan import read_plan
from app.documents.taking import proposals
from app.life.meetings import Meeting, MeetingLabel, load_minutes
from app.life.plans import PlannedEvent
from app.rules.changes import own_pack
from app.rules.local_rules import LocalRule, RulePeriod, save_local_rule
from app.rules.meeting_types import MeetingType
from app.rules.packs import read_pack
from app.ways import ToNew
from app.year.ledger import load_year
from app.year.periods import period_months, period_words, periods
from app.year.planning import lay_out
from app.year.standing import State, standing

TODAY = date(2026, 7, 16)


def hold(store, day: str, activity: str, *types: MeetingType) -> int:
    """A meeting of types, called as the branch calls it."""
    meeting = store[Meeting].save(Meeting(held_on=date.fromisoformat(day), subject="会", activity=activity))
    for kind in types:
        store[MeetingLabel].save(MeetingLabel(meeting=meeting.id, type=kind))
    return meeting.id


def rule(store, period: RulePeriod, minimum: int = 1) -> LocalRule:
    told = LocalRule(
        label="青年理论学习",
        type=MeetingType.OTHER,
        activity="青年理论学习",
        period=period,
        minimum=minimum,
        first_year=2026,
    )
    return save_local_rule(store, told)


@pytest.mark.parametrize(
    ("kind", "names", "words", "months"),
    [
        ("month", ["2026-01", "2026-12"], ["1月", "12月"], 1),
        ("two_months", ["2026-B1", "2026-B6"], ["1—2月", "11—12月"], 2),
        ("quarter", ["2026-Q1", "2026-Q4"], ["第一季度", "第四季度"], 3),
        ("half_year", ["2026-H1", "2026-H2"], ["上半年", "下半年"], 6),
        ("year", ["2026", "2026"], ["全年", "全年"], 12),
    ],
)
def test_the_periods_of_every_length_cover_the_year(kind: str, names, words, months: int) -> None:
    found = periods(2026, kind)
    assert [found[0].name, found[-1].name] == names
    assert [period_words(name) for name in names] == words
    assert {period_months(period.name) for period in found} == {months} == {len(period.months) for period in found}
    assert (found[0].first, found[-1].last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert sum(len(period.months) for period in found) == 12


def test_a_rule_counts_the_activity_alone_whatever_its_types(staffed) -> None:
    made = rule(staffed, RulePeriod.TWO_MONTHS)
    first = hold(staffed, "2026-02-10", "青年理论学习", MeetingType.STUDY)
    second = hold(staffed, "2026-05-10", "青年理论学习", MeetingType.OTHER)
    hold(staffed, "2026-03-10", "读书分享", MeetingType.OTHER)
    hold(staffed, "2026-04-10", "", MeetingType.OTHER)
    duties = [duty for duty in standing(load_year(staffed, 2026), TODAY) if duty.rule == f"local_{made.id}"]
    assert [(duty.period, duty.state, duty.records) for duty in duties[:4]] == [
        ("2026-B1", State.DONE, (first,)),
        ("2026-B2", State.MISSING, ()),
        ("2026-B3", State.DONE, (second,)),
        ("2026-B4", State.DUE, ()),
    ]
    assert way_of(load_year(staffed, 2026), duties[1]) == ToNew(
        Meeting, {"types": (MeetingType.OTHER,), "activity": "青年理论学习"}, (date(2026, 3, 1), date(2026, 4, 30))
    )


def test_what_a_meeting_is_called_names_the_activity(staffed) -> None:
    hold(staffed, "2026-02-10", "读书分享", MeetingType.OTHER)
    hold(staffed, "2026-03-10", "读书分享", MeetingType.THEME_DAY)
    hold(staffed, "2026-04-10", "", MeetingType.OTHER)
    assert [minutes.title for minutes in load_minutes(staffed, 2026)] == ["读书分享", "主题党日暨读书分享", "其他"]


def test_the_plan_of_the_year_asks_for_it_once_a_period(staffed) -> None:
    made = rule(staffed, RulePeriod.HALF_YEAR, minimum=2)
    events = [e for e in lay_out(load_year(staffed, 2026), 10, TODAY) if e.rule == f"local_{made.id}"]
    assert [event.activity for event in events] == ["青年理论学习"] * 2
    assert all(event.planned_on > TODAY for event in events)
    staffed[PlannedEvent].save_all(events)
    assert not [e for e in lay_out(load_year(staffed, 2026), 10, TODAY) if e.rule == f"local_{made.id}"]


def test_the_rule_is_carried_to_another_branch_by_pack(staffed) -> None:
    rule(staffed, RulePeriod.TWO_MONTHS)
    pack = read_pack(own_pack(staffed, "本支部的规则", "甲支部", TODAY))
    (raw,) = pack.entries["quota"]
    assert (raw["activity"], raw["period"]) == ("青年理论学习", "two_months")


def test_a_document_that_asks_every_two_months_becomes_a_rule(staffed) -> None:
    told = read_plan("2026年党支部工作计划\n一、支部每两个月至少开展1次集中学习。\n二、支部每半年至少上1次党课。\n")
    rules = [item.record for item in proposals(told, TODAY) if isinstance(item.record, LocalRule)]
    assert [(item.type, item.period) for item in rules] == [
        (MeetingType.STUDY, RulePeriod.TWO_MONTHS),
        (MeetingType.LECTURE, RulePeriod.HALF_YEAR),
    ]


def test_a_word_of_the_branch_is_offered_with_those_that_are_shipped(staffed) -> None:
    add_word(staffed, "activity", "道德讲堂")
    assert offered(staffed, "activity") == ["读书分享", "青年理论学习", "道德讲堂"]
