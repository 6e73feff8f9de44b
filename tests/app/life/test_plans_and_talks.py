"""Planned events, what must be followed by a talk, the calendar file, and what the next inspection will miss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import DayKind, WorkCalendar
from app.checks.branch import forecast
from app.checks.reminders import reminders
from app.errors import Refused
from app.exchange.calendar_file import calendar_file
from app.life.meetings import Meeting, Minutes, record_meeting
from app.life.minutes_templates import MinutesTemplate, agenda_of, remove_template, save_template
from app.life.plans import PlannedEvent, check_planned, plan_year, remove_planned, save_planned
from app.life.talks import DISPOSED, SIGNS, Talk, TalkOccasion, check_talk, record_talk, save_occasion
from app.people.roster import load_roster
from app.rules.meeting_types import MeetingType
from app.year.ledger import load_year
from app.year.must_talks import must_talks
from app.year.planning import lay_out, notice, open_events
from app.year.standing import standing
from tests.conftest import TODAY
from tests.make import committee, full, minutes, roster, year_ledger

WHO = roster(*(full(n) for n in range(1, 9)))


def test_the_year_is_laid_out_once_for_every_period_that_is_still_to_come() -> None:
    ledger = year_ledger(WHO, posts=committee(1, 2, 3))
    events = lay_out(ledger, 20, date(2026, 7, 1))
    by_rule: dict[str, list[PlannedEvent]] = {}
    for event in events:
        by_rule.setdefault(event.rule, []).append(event)
    # July to December for what is asked monthly, two quarters, and once what is asked once a year.
    assert {rule: len(own) for rule, own in by_rule.items()} == {
        "general_meeting": 2,
        "committee_meeting": 6,
        "party_lecture": 2,
        "theme_day": 6,
        "life_meeting": 1,
        "appraisal": 1,
    }
    assert [event.planned_on for event in by_rule["theme_day"]][:2] == [date(2026, 7, 20), date(2026, 8, 20)]
    assert by_rule["general_meeting"][0].planned_on == date(2026, 9, 21)  # the 20th is a Sunday
    assert all(event.planned_on >= date(2026, 7, 1) for event in events)


def test_what_is_held_or_planned_already_is_not_planned_again() -> None:
    held = minutes(1, date(2026, 7, 2), MeetingType.THEME_DAY, there=(1, 2))
    ledger = year_ledger(WHO, held)
    first = lay_out(ledger, 10, date(2026, 7, 3))
    assert not [event for event in first if event.rule == "theme_day" and event.planned_on.month == 7]
    planned = replace(ledger, plan=tuple(replace(event, id=n) for n, event in enumerate(first, 1)))
    assert lay_out(planned, 10, date(2026, 7, 3)) == []


def test_a_branch_without_committee_or_groups_plans_neither() -> None:
    ledger = year_ledger(roster(*(full(n) for n in range(1, 6))))
    kinds = {event.type for event in lay_out(ledger, 20, date(2026, 1, 1))}
    assert MeetingType.COMMITTEE not in kinds and MeetingType.GROUP not in kinds


def test_several_a_year_are_spread_and_days_off_are_avoided() -> None:
    from app.rules.local_rules import ChosenRuleSet, with_local

    ledger = year_ledger(WHO)
    rules = with_local(ledger.rulebook, 2026, (), (ChosenRuleSet(code="weekly_study", first_year=2026),), ())
    holidays = WorkCalendar({date(2026, 10, day): DayKind.OFF for day in range(1, 8)})
    events = lay_out(replace(ledger, rulebook=rules, calendar=holidays), 15, date(2026, 1, 1))
    studies = [event.planned_on for event in events if event.type is MeetingType.STUDY]
    assert len(studies) == 40 and studies == sorted(studies)
    assert all(holidays.worked(day) for day in studies)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 31))
def test_no_planned_day_lies_in_the_past_or_on_a_day_off(today: date, day: int) -> None:
    ledger = year_ledger(WHO, posts=committee(1, 2, 3))
    for event in lay_out(ledger, day, today):
        assert event.planned_on >= today
        assert ledger.calendar.worked(event.planned_on)


def test_a_day_off_is_told_and_kept() -> None:
    (problem,) = check_planned(PlannedEvent(planned_on=date(2026, 7, 4), type=MeetingType.STUDY), WorkCalendar({}))
    assert "不上班" in problem.text


@pytest.fixture
def branch(staffed):
    return staffed


def test_a_planned_event_becomes_minutes_and_may_be_taken_out_again(branch) -> None:
    ledger = load_year(branch, 2026)
    event = save_planned(
        branch,
        PlannedEvent(planned_on=TODAY, type=MeetingType.THEME_DAY, subject="志愿服务", start=time(15)),
        ledger.calendar,
    )
    assert open_events(load_year(branch, 2026)) == [event]
    meeting = Meeting(held_on=TODAY, subject="志愿服务", planned=event.id)
    saved = record_meeting(branch, Minutes(meeting, (MeetingType.THEME_DAY,)), load_roster(branch), TODAY)
    assert open_events(load_year(branch, 2026)) == []
    remove_planned(branch, event)
    assert branch[Meeting].get(saved.meeting.id).planned is None
    branch.history.undo()
    assert branch[Meeting].get(saved.meeting.id).planned == event.id


def test_the_plan_is_one_action_that_can_be_undone(branch) -> None:
    ledger = load_year(branch, 2026)
    number = plan_year(branch, lay_out(ledger, 20, TODAY))
    assert number and len(branch[PlannedEvent].all()) == number
    branch.history.undo()
    assert not branch[PlannedEvent].all()


def test_a_notice_leaves_open_what_is_not_known() -> None:
    event = PlannedEvent(planned_on=date(2026, 7, 20), type=MeetingType.COMMITTEE, subject="研究发展党员")
    text = notice(year_ledger(WHO, posts=committee(1, 2, 3)), event)
    assert "全体支部委员" in text and "2026年7月20日（星期一）" in text and "应到：3 人" in text
    assert "　　时" in text  # no time was set, none is made up


def test_a_calendar_file_holds_events_and_last_days_and_no_name_of_a_person() -> None:
    from icalendar import Calendar

    who = roster(*(full(n) for n in range(1, 9)))
    event = PlannedEvent(
        id=4, planned_on=date(2026, 7, 20), start=time(15), type=MeetingType.THEME_DAY, subject="志愿服务"
    )
    ledger = replace(year_ledger(who), plan=(event,))
    today = date(2026, 7, 16)
    data = calendar_file(ledger, standing(ledger, today), today)
    assert data == calendar_file(ledger, standing(ledger, today), today)
    entries = list(Calendar.from_ical(data).walk("VEVENT"))
    titles = [str(entry["SUMMARY"]) for entry in entries]
    assert "志愿服务" in titles and any(title.startswith("最迟：支部党员大会") for title in titles)
    assert not any(person.name in title for title in titles for person in who.members)
    (planned,) = [entry for entry in entries if str(entry["SUMMARY"]) == "志愿服务"]
    assert planned["DTSTART"].dt.hour == 15


def test_what_happened_asks_for_a_talk_until_there_was_one_of_that_kind() -> None:
    signs = TalkOccasion(id=1, member=4, kind=SIGNS, happened_on=date(2026, 3, 2), note="情绪低落")
    ledger = replace(year_ledger(WHO), occasions=(signs,))
    (item,) = must_talks(ledger, date(2026, 3, 3))
    assert item.open
    early = Talk(id=1, talked_on=date(2026, 3, 1), talker=1, partner=4, kind=SIGNS)
    other = Talk(id=2, talked_on=date(2026, 3, 4), talker=1, partner=4)
    assert must_talks(replace(ledger, talks=(early, other)), date(2026, 3, 5))[0].open
    right = replace(other, kind=SIGNS)
    assert not must_talks(replace(ledger, talks=(early, right)), date(2026, 3, 5))[0].open
    waived = replace(signs, waived_why="本人休假在外，已由家属沟通")
    assert not must_talks(replace(ledger, occasions=(waived,)), date(2026, 3, 5))[0].open
    assert must_talks(ledger, date(2026, 3, 1)) == []  # not before it happened


def test_a_disposition_and_a_changed_post_are_told_by_their_own_records() -> None:
    from app.people.dispositions import Disposition, DispositionKind

    posts = committee(1, 2, 3, since=date(2026, 5, 6))
    decided = Disposition(
        id=1, member=7, kind=DispositionKind.RECTIFY, decided_on=date(2026, 6, 1), reason="不参加活动"
    )
    ledger = replace(year_ledger(WHO, posts=posts), dispositions=(decided,))
    kinds = [(item.member, item.kind) for item in must_talks(ledger, TODAY)]
    assert (7, DISPOSED) in kinds and len(kinds) == 4
    elected = replace(ledger, branch=replace(ledger.branch, elected=date(2026, 5, 6)))
    assert [item.kind for item in must_talks(elected, TODAY)] == [DISPOSED]


def test_a_talk_that_promised_something_comes_back_until_it_is_closed(branch) -> None:
    talk = Talk(talked_on=TODAY, talker=1, partner=2, follow_up="帮助联系就医", follow_up_due=TODAY + timedelta(days=3))
    saved = record_talk(branch, talk, {1, 2}, TODAY)
    assert any("就医" in item.detail for item in reminders(load_year(branch, 2026), [], TODAY))
    silent = check_talk(replace(saved, followed_up_on=TODAY, followed_up_how=" "), {1, 2}, TODAY)
    assert [problem.field for problem in silent] == ["followed_up_how"]
    record_talk(branch, replace(saved, followed_up_on=TODAY, followed_up_how="已联系好医院"), {1, 2}, TODAY)
    assert not load_year(branch, 2026).open_talks


def test_a_last_day_without_words_is_refused(branch) -> None:
    with pytest.raises(Refused, match="还没有写要办什么"):
        record_talk(branch, Talk(talked_on=TODAY, talker=1, partner=2, follow_up_due=TODAY), {1, 2}, TODAY)
    with pytest.raises(Refused, match="今天之后"):
        save_occasion(branch, TalkOccasion(member=1, kind=SIGNS, happened_on=TODAY + timedelta(days=1)), TODAY)


def test_the_next_inspection_tells_missing_now_and_what_will_be() -> None:
    ledger = year_ledger(WHO)
    found = forecast(ledger, date(2026, 7, 16), date(2026, 10, 15))
    texts = [finding.text for finding in found]
    assert any("主题党日 1月" in text and "现在就缺" in text for text in texts)
    assert any("主题党日 8月" in text and "2026-08-31 前不办" in text for text in texts)
    assert any("组织生活会" in text and "还没到期" in text for text in texts)
    assert not any("主题党日 11月" in text for text in texts)


def test_a_template_holds_the_frame_and_never_what_was_said(branch) -> None:
    kept = save_template(
        branch,
        MinutesTemplate(name="月度支委会", type=MeetingType.COMMITTEE, agenda="第一议题：\n讨论：上月工作\n其它事"),
    )
    items = agenda_of(kept.agenda)
    assert [(item.kind.value, item.title, item.text) for item in items] == [
        ("第一议题", "", ""),
        ("讨论", "上月工作", ""),
        ("讨论", "其它事", ""),
    ]
    again = save_template(branch, MinutesTemplate(name="月度支委会", type=MeetingType.COMMITTEE))
    assert again.id == kept.id and len(branch[MinutesTemplate].all()) == 1
    remove_template(branch, again)
    assert not branch[MinutesTemplate].all()
