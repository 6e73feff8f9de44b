"""Rules of the branch's own, agenda, tasks, final minutes, study and the health check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from app.branch.branch import Branch
from app.calendar import DayKind, Holiday, WorkCalendar
from app.checks.acknowledgement import Acknowledgement, acknowledge, take_up_again
from app.checks.health import Copied, health_of_people, health_of_year
from app.errors import Refused
from app.life.attendance import Attendance, AttendanceState
from app.life.final_minutes import checklist, digest_of, finalise, reopen
from app.life.follow_ups import FollowUp, close_follow_up, open_before, save_follow_up
from app.life.meetings import (
    AgendaItem,
    AgendaKind,
    FinalMinutes,
    Meeting,
    Minutes,
    final_of,
    load_minutes,
    record_meeting,
    remove_meeting,
)
from app.life.study import OwnStudy, StudyForm, check_study, record_study
from app.life.votes import VoteKind
from app.people.roster import load_roster
from app.reports.book import print_meeting
from app.rules.local_rules import (
    LocalRule,
    MutedRule,
    RuleAudience,
    RulePeriod,
    choose_rule_set,
    local_rulebook,
    mute_rule,
    rule_sets,
    save_local_rule,
    unmute_rule,
)
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import rulebook_of
from app.ways import ToRecord
from app.year.ledger import load_year
from app.year.standing import State, standing
from tests.app.reports.test_reports import text_of
from tests.make import committee, full, minutes, probationary, roster, vote, year_ledger

TODAY = date(2026, 7, 16)
GENERAL, STUDY = MeetingType.GENERAL, MeetingType.STUDY


def duties(ledger, rule: str, year: int = 2026) -> list[tuple[str, int, State]]:
    found = standing(load_year(ledger, year), date(year, 12, 31))
    return [(duty.period, duty.required, duty.state) for duty in found if duty.rule == rule]


# --- rules ----------------------------------------------------------------------------------------------


def test_a_chosen_set_asks_from_its_year_on(staffed) -> None:
    choose_rule_set(staffed, "weekly_study", 2026, on=True)
    assert [required for _, required, _ in duties(staffed, "set_study")] == [40]
    assert duties(staffed, "set_study", 2025) == []
    choose_rule_set(staffed, "weekly_study", 2027, on=False)
    assert duties(staffed, "set_study", 2026) and duties(staffed, "set_study", 2027) == []


def test_the_sample_plan_is_told_as_its_document_has_it() -> None:
    plan = rule_sets()["weekly_study"]
    assert {quota.label: quota.minimum for quota in plan.quotas} == {
        "支部学习": 40,
        "警示教育": 4,
        "党章学习": 1,
        "列席其他支部活动": 2,
    }
    assert plan.hours == (32, 56)


def test_an_own_rule_is_a_duty_like_any_other(staffed) -> None:
    rule = LocalRule(
        label="集中学习",
        type=STUDY,
        period=RulePeriod.QUARTER,
        minimum=2,
        audience=RuleAudience.BRANCH,
        first_year=2026,
    )
    saved = save_local_rule(staffed, rule)
    found = duties(staffed, f"local_{saved.id}")
    assert [(period, required) for period, required, _ in found] == [(f"2026-Q{n}", 2) for n in (1, 2, 3, 4)]
    save_local_rule(staffed, replace(saved, last_year=2026))
    assert duties(staffed, f"local_{saved.id}", 2027) == []
    with pytest.raises(Refused, match="截止年度早于"):
        save_local_rule(staffed, replace(saved, last_year=2020))


def test_a_rule_set_aside_takes_a_reason_and_is_not_red(staffed) -> None:
    with pytest.raises(Refused, match="为什么不适用"):
        mute_rule(staffed, "party_lecture", 2026, " ")
    mute_rule(staffed, "party_lecture", 2026, "上级统一组织党课")
    found = [d for d in standing(load_year(staffed, 2026), date(2026, 12, 31)) if d.rule == "party_lecture"]
    assert {duty.state for duty in found} == {State.NOT_APPLICABLE}
    assert found[0].source == "已停用：上级统一组织党课"
    assert [state for _, _, state in duties(staffed, "party_lecture", 2025)][:3] == [State.MISSING] * 3
    unmute_rule(staffed, "party_lecture", 2027)
    assert [(item.first_year, item.last_year) for item in staffed[MutedRule].all()] == [(2026, 2026)]
    assert local_rulebook(staffed, rulebook_of(2027), 2027).muted == {}


# --- agenda, tasks, final minutes -----------------------------------------------------------------------


def held(**fields: object) -> Minutes:
    told = {
        "held_on": date(2026, 7, 1),
        "start": time(15),
        "end": time(16),
        "place": "三楼会议室",
        "host": "张一",
        "recorder": "李二",
        "subject": "讨论计划",
        "content": "通报情况。",
        **fields,
    }
    roll = tuple(Attendance(member=n, state=AttendanceState.PRESENT) for n in (1, 2, 3))
    agenda = (
        AgendaItem(position=1, kind=AgendaKind.FIRST_TOPIC, title="学习有关讲话", text="集体学习。"),
        AgendaItem(position=2, kind=AgendaKind.SPEECH, title="讨论", speaker="王三", text="建议增加业务内容。"),
        AgendaItem(position=3, kind=AgendaKind.DECISION, title="下半年计划", text="同意按计划执行。"),
    )
    tasks = (FollowUp(task="整理计划", who="李二", due_on=date(2026, 7, 10)),)
    return Minutes(Meeting(**told), (GENERAL,), roll, (), agenda, tasks)


def test_agenda_and_tasks_are_kept_with_the_meeting_and_printed(staffed) -> None:
    saved = record_meeting(staffed, held(), load_roster(staffed), TODAY)
    (read,) = load_minutes(staffed)
    assert read == saved
    assert [item.speaker for item in read.agenda] == ["", "王三", ""]
    text = text_of(print_meeting(load_year(staffed, 2026), saved.meeting.id).data).replace("\n", "")
    for word in (
        "议题1（第一议题）学习有关讲话",
        "王三：建议增加业务内容。",
        "后续事项：整理计划（李二，2026-07-10 前）",
    ):
        assert word in text
    remove_meeting(staffed, saved.meeting.id)
    assert staffed[AgendaItem].all() == [] and staffed[FollowUp].all() == []
    staffed.history.undo()
    assert load_minutes(staffed) == [saved]


def test_a_task_comes_back_until_it_is_closed(staffed) -> None:
    saved = record_meeting(staffed, held(), load_roster(staffed), TODAY)
    days = {saved.meeting.id: saved.meeting.held_on}
    assert open_before(staffed[FollowUp].all(), days, saved.meeting.held_on) == []
    (task,) = open_before(staffed[FollowUp].all(), days, date(2026, 8, 1))
    with pytest.raises(Refused, match="怎么办结"):
        close_follow_up(staffed, task, date(2026, 8, 1), " ")
    closed = close_follow_up(staffed, task, date(2026, 8, 1), "计划已印发")
    assert open_before(staffed[FollowUp].all(), days, date(2026, 9, 1)) == []
    assert save_follow_up(staffed, replace(closed, closed_on=None)).closed_on is None


def test_minutes_become_final_when_nothing_is_missing(staffed) -> None:
    bare = record_meeting(staffed, held(place="", recorder=""), load_roster(staffed), TODAY)
    with pytest.raises(Refused, match="缺：地点、记录人"):
        finalise(staffed, bare, TODAY)
    whole = record_meeting(staffed, held(), load_roster(staffed), TODAY)
    final = finalise(staffed, whole, TODAY)
    assert (final.version, final.digest) == (1, digest_of(whole))
    with pytest.raises(Refused, match="已经定稿"):
        finalise(staffed, whole, TODAY)
    changed = replace(whole, meeting=replace(whole.meeting, content="改过的内容"))
    with pytest.raises(Refused, match="已经定稿"):
        record_meeting(staffed, changed, load_roster(staffed), TODAY)
    with pytest.raises(Refused, match="为什么要改"):
        reopen(staffed, whole.meeting.id, "", TODAY)
    reopen(staffed, whole.meeting.id, "漏记一位列席人员", TODAY)
    again = record_meeting(staffed, changed, load_roster(staffed), TODAY)
    second = finalise(staffed, again, TODAY)
    assert (second.version, second.digest != final.digest) == (2, True)
    assert [item.reopened_why for item in staffed[FinalMinutes].all()] == ["漏记一位列席人员", ""]
    assert final_of(staffed, whole.meeting.id) == second


def test_what_is_not_there_may_be_explained_in_the_remark() -> None:
    told = {item.label: (item.needed, item.there) for item in checklist(held(place="", remark="线上召开"))}
    assert told["地点"] == (False, False)
    assert told["缺席原因"] == (False, True)


# --- study ----------------------------------------------------------------------------------------------


def test_own_study_counts_beside_the_events(staffed) -> None:
    record_meeting(staffed, held(), load_roster(staffed), TODAY)
    record_study(staffed, OwnStudy(member=1, studied_on=TODAY, minutes=90, title="条例"), TODAY)
    year = load_year(staffed, 2026)
    assert (year.studied[1], year.studied[2]) == (150, 60)
    assert load_year(staffed, 2025).studied == {}
    with pytest.raises(Refused, match="今天之后"):
        record_study(staffed, OwnStudy(member=1, studied_on=TODAY + timedelta(days=1), minutes=60), TODAY)
    wild = OwnStudy(member=1, studied_on=TODAY, minutes=99999, form=StudyForm.ONLINE, title="条例")
    assert [problem.field for problem in check_study(wild, TODAY)] == ["minutes"]


# --- health ---------------------------------------------------------------------------------------------


def codes(ledger, today: date = date(2027, 1, 10), created: dict[int, date] | None = None) -> set[str]:
    return {item.code for item in health_of_year(ledger, created or {}, Copied(), today)}


def meeting_codes(*held_meetings: Minutes, **fields) -> set[str]:
    who = fields.pop("who", roster(full(1), full(2), full(3)))
    calendar = fields.pop("calendar", None)
    ledger = year_ledger(who, *held_meetings, **fields)
    if calendar:
        ledger = replace(ledger, calendar=calendar)
    return codes(ledger) - {"C19", "C21", "D23", "D31"}


DAY = date(2026, 3, 6)
ONE_WAITS = roster(full(1), full(2), probationary(3))
WHOLE = minutes(1, DAY, GENERAL, there=(1, 2, 3), span=(time(9), time(11)))


def test_a_sound_meeting_has_no_finding() -> None:
    assert meeting_codes(WHOLE) == set()


@pytest.mark.parametrize(
    ("code", "held_meetings", "fields"),
    [
        ("A1", [WHOLE], {"branch": Branch(id=1, name="甲", founded=roster(full(1, "2026-06")).standings[0].since)}),
        ("A1", [WHOLE], {"who": roster(full(1), full(2), full(3, "2026-06-01"))}),
        ("A3", [WHOLE], {"calendar": WorkCalendar.of([Holiday(day=DAY, kind=DayKind.OFF)])}),
        ("A2", [WHOLE, minutes(2, DAY, STUDY, there=(1, 2, 3), span=(time(10), time(12)))], {}),
        ("B9", [minutes(1, DAY, GENERAL, there=(1, 2))], {}),
        ("B9", [minutes(1, DAY, GENERAL)], {}),
        ("B13", [replace(WHOLE, votes=(vote(VoteKind.ORDINARY, 3, 3, 2),))], {}),
        ("B14", [replace(WHOLE, votes=(vote(VoteKind.ORDINARY, 3, 3, 3),))], {"who": ONE_WAITS}),
        ("B15", [replace(WHOLE, votes=(vote(VoteKind.ADMISSION, 3, 1, 1),))], {}),
        ("B17", [replace(WHOLE, meeting=replace(WHOLE.meeting, host="旁人"))], {"posts": committee(1, 2)}),
    ],
)
def test_each_fault_of_a_meeting_is_found(code: str, held_meetings: list[Minutes], fields: dict) -> None:
    assert code in meeting_codes(*held_meetings, **fields)


def test_absence_without_a_reason_and_for_half_a_year_is_found() -> None:
    silent = replace(WHOLE, attendance=(*WHOLE.attendance[:2], Attendance(member=3, state=AttendanceState.ABSENT)))
    assert "B12" in meeting_codes(silent)
    many = [minutes(n, date(2026, n, 6), GENERAL, there=(1, 2), absent=(3,)) for n in range(1, 9)]
    assert "B18" in meeting_codes(*many)
    broken = [*many[:4], minutes(5, date(2026, 5, 6), GENERAL, there=(1, 2, 3)), *many[5:]]
    assert "B18" not in meeting_codes(*broken)


def test_copied_minutes_are_found_across_years() -> None:
    text = (
        "会议传达了上级党组织关于作风建设的文件，与会同志逐一谈了自己的看法。张一认为应先从会风改起，减少陪会；李二建议把调研"
        "放到项目一线，每季度至少两次；王三汇报了上个月整改事项的进展，其中三项已经完成，两项正在办理，预计下月底前全部办结。"
    )
    first = replace(WHOLE, meeting=replace(WHOLE.meeting, id=1, held_on=date(2025, 3, 6), content=text))
    second = replace(WHOLE, meeting=replace(WHOLE.meeting, id=2, content=text.replace("下月底", "年底")))
    own = replace(WHOLE, meeting=replace(WHOLE.meeting, id=3, content="完全不同的一次讨论，" * 12))
    seen = Copied()
    who = roster(full(1), full(2), full(3))
    assert [f for f in seen.look(year_ledger(who, first, year=2025)) if f.code == "C20"] == []
    found = list(seen.look(year_ledger(who, second, own)))
    assert [(f.code, f.way) for f in found] == [("C20", ToRecord(Meeting, 2))]
    assert "2025-03-06" in found[0].text


def test_late_entries_and_open_tasks_are_found() -> None:
    task = FollowUp(id=4, meeting=1, task="整改", due_on=date(2026, 4, 1))
    ledger = replace(year_ledger(roster(full(1), full(2), full(3)), WHOLE), follow_ups=(task,))
    assert {"G44", "G45"} <= codes(ledger, created={1: date(2026, 4, 1)})
    assert "G44" not in codes(ledger, created={1: date(2026, 3, 20)})


def test_a_finding_that_is_known_takes_a_reason(staffed) -> None:
    finding = health_of_year(load_year(staffed, 2025), {}, Copied(), TODAY)[0]
    with pytest.raises(Refused, match="理由"):
        acknowledge(staffed, [finding], "", TODAY)
    acknowledge(staffed, [finding], "当年还没有建台账", TODAY)
    acknowledge(staffed, [finding], "当年的在纸质台账里", TODAY)
    assert [item.reason for item in staffed[Acknowledgement].all()] == ["当年的在纸质台账里"]
    take_up_again(staffed, [finding])
    assert staffed[Acknowledgement].all() == []


def test_the_health_of_the_invented_branch_names_its_known_gaps(sample) -> None:
    year = load_year(sample, 2026)
    found = health_of_year(year, {}, Copied(), TODAY) + health_of_people(year, TODAY)
    texts = [item.text for item in found]
    assert "2026 年2月缺支部委员会" in texts
    assert any(item.code == "D27" for item in found)
    assert len({item.key for item in found}) == len(found)


def test_a_digest_made_by_an_earlier_program_still_holds() -> None:
    whole = minutes(1, DAY, GENERAL, there=(1, 2, 3), span=(time(9), time(11)))
    known = "88faaa547949f21ca248924f3882ac79"
    found = digest_of(whole)
    assert found == digest_of(replace(whole, meeting=replace(whole.meeting, planned=7)))
    assert found != digest_of(replace(whole, meeting=replace(whole.meeting, lecturer="周佳")))
    assert found.startswith(known)
