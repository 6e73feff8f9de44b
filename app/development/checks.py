"""发展党员 across its documents: order of dates, spans, people fit for their part; what comes next by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.calendar import WorkCalendar
from app.dates import add_months, chinese
from app.development import steps as d
from app.development.steps import Development, NoticeStage, Outcome
from app.life.meetings import Minutes
from app.life.votes import Vote, VoteKind, judge
from app.people.members import MemberStatus
from app.people.roster import Roster
from app.record import Severity
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import DevelopmentRule, Rulebook


@dataclass(frozen=True)
class Finding:
    """Something about a step that does not fit, in words, with the rule it comes from."""

    step: int
    text: str
    severity: Severity = Severity.WARNING


@dataclass(frozen=True)
class NextStep:
    """What is next for a person: the step, its name, from when and by when, and why."""

    step: int
    name: str
    earliest: date | None
    due_on: date | None
    why: str


NOTICE_BEFORE = {
    NoticeStage.CANDIDATE: d.CANDIDATE,
    NoticeStage.ADMISSION: d.ADMITTED,
    NoticeStage.CONFIRMATION: d.CONFIRM_MEETING,
}
# Steps that may be on the day of the one before or on any day after it; the rest of the order is that of the numbers.
LASTING = (d.TRAINING_YEAR, d.PROBATION_CHECK)


def findings(
    way: Development, rule: DevelopmentRule, roster: Roster, calendar: WorkCalendar, today: date
) -> list[Finding]:
    """Everything that does not fit on the way of one applicant, by step."""
    found = [
        *_order(way, rule),
        *_spans(way, rule, today),
        *_people(way, rule, roster),
        *_training(way, rule),
        *_notices(way, rule, calendar),
        *_checks(way, rule, today),
    ]
    return sorted(found, key=lambda finding: finding.step)


def _order(way: Development, rule: DevelopmentRule) -> Iterator[Finding]:
    before: tuple[int, date] | None = None
    for number, step in way.steps.items():
        if before and step.done_on < before[1]:
            text = f"第 {number} 步 {step.done_on} 早于第 {before[0]} 步 {before[1]}，步骤的先后不对"
            yield Finding(number, text, Severity.ERROR)
        if number not in LASTING:
            before = (number, step.done_on)
    last = max(way.steps, default=0)
    skipped = [number for number in range(1, last) if number not in way.steps]
    for number in skipped:
        yield Finding(number, f"第 {number} 步“{rule.step(number).name}”没有记录")


def _spans(way: Development, rule: DevelopmentRule, today: date) -> Iterator[Finding]:
    applied, talked = way.day(d.APPLICATION), way.day(d.TALK)
    born = way.applicant.birth
    if applied and born and born.exact and applied < add_months(born.first, 12 * rule.youngest):
        yield Finding(d.APPLICATION, f"递交申请时不满 {rule.youngest} 周岁（第五条）", Severity.ERROR)
    if applied:
        by = add_months(applied, rule.talk_months)
        if (talked or today) > by:
            late = "还没有谈话" if talked is None else f"谈话在 {talked}"
            yield Finding(d.TALK, f"应在 {by} 前派人谈话，{late}（第七条）")
    activist, candidate = way.day(d.ACTIVIST), way.day(d.CANDIDATE)
    if activist and candidate and candidate < add_months(activist, rule.activist_months):
        earliest = add_months(activist, rule.activist_months)
        yield Finding(d.CANDIDATE, f"积极分子培养教育不满一年，最早 {earliest}（第十三条）", Severity.ERROR)
    yield from _approvals(way, rule, today)
    yield from _probation(way, rule)


def _approvals(way: Development, rule: DevelopmentRule, today: date) -> Iterator[Finding]:
    for meeting, approval in ((d.ADMITTED, d.APPROVED), (d.CONFIRM_MEETING, d.CONFIRMED)):
        held, approved = way.day(meeting), way.day(approval)
        if held is None or way.steps[meeting].outcome is not Outcome.PASSED:
            continue
        by, most = add_months(held, rule.approval_months), add_months(held, rule.approval_most_months)
        seen = approved or today
        if seen > most:
            yield Finding(approval, f"超过六个月（{most}）没有审批，应重新办理", Severity.ERROR)
        elif seen > by:
            yield Finding(approval, f"上级党委应在三个月内（{by} 前）审批，特殊情况不超过 {most}")


def _probation(way: Development, rule: DevelopmentRule) -> Iterator[Finding]:
    admitted, extension = way.day(d.ADMITTED), 0
    if admitted is None:
        return
    for step in way.meetings:
        ends = d.probation_end(admitted, rule, extension)
        if step.done_on < ends:
            word = "延长的预备期" if extension else "预备期"
            yield Finding(d.CONFIRM_MEETING, f"{word} {ends} 才满，讨论转正的大会不能提前", Severity.ERROR)
        elif step.outcome is Outcome.PASSED and step.done_on > ends:
            late = (step.done_on - ends).days
            yield Finding(d.CONFIRM_MEETING, f"讨论转正的大会晚了 {late} 天；转正日期仍是 {chinese(ends)}")
        if step.outcome is Outcome.EXTENDED:
            yield from check_extension(step.months or 0, extension, rule)
            extension += step.months or 0


def check_extension(months: int, before: int, rule: DevelopmentRule) -> list[Finding]:
    """What is wrong with extending probation by so many months after it was extended by `before` (0: not yet)."""
    found: list[Finding] = []
    if not rule.extend_least <= months <= rule.extend_most:
        least, most = rule.extend_least, rule.extend_most
        text = f"延长预备期应为 {least} 至 {most} 个月，只能延长一次（第三十二条）"
        found.append(Finding(d.CONFIRM_MEETING, text, Severity.ERROR))
    if before:
        found.append(Finding(d.CONFIRM_MEETING, "预备期只能延长一次（第三十二条）", Severity.ERROR))
    return found


def probation_day(way: Development, rule: DevelopmentRule) -> date | None:
    """转正日期 of a probationary member."""
    return way.confirmation_day(rule)


def _people(way: Development, rule: DevelopmentRule, roster: Roster) -> Iterator[Finding]:
    for number in (d.CONTACTS, d.INTRODUCERS):
        step = way.steps.get(number)
        if step is None:
            continue
        word = "培养联系人" if number == d.CONTACTS else "入党介绍人"
        people = [person for person in (step.first_person, step.second_person) if person]
        if number == d.INTRODUCERS and len(set(people)) != rule.introducers:
            yield Finding(number, f"入党介绍人应为两名正式党员，现在是 {len(set(people))} 名", Severity.ERROR)
        elif not people:
            yield Finding(number, f"没有记{word}是谁")
        for person in people:
            if roster.status(person, step.done_on) is not MemberStatus.FULL:
                name = roster[person].name if person in roster else "所选的人"
                yield Finding(number, f"{name}当时不是正式党员，不能作{word}", Severity.ERROR)
            elif number == d.INTRODUCERS and not roster.may_vote(person, step.done_on):
                yield Finding(number, f"{roster[person].name}受留党察看处分，不能作入党介绍人", Severity.ERROR)


def trained_enough(days: int | None, hours: int | None, rule: DevelopmentRule) -> bool:
    """Whether a training suffices: three days, or 24 hours; either is enough (第十七条)."""
    return (days or 0) >= rule.training_days or (hours or 0) >= rule.training_hours


def _training(way: Development, rule: DevelopmentRule) -> Iterator[Finding]:
    step = way.steps.get(d.TRAINING)
    if step and not trained_enough(step.days, step.hours, rule):
        told = f"{step.days or 0} 天、{step.hours or 0} 学时"
        yield Finding(d.TRAINING, f"集中培训 {told}，不够三天也不够二十四学时（第十七条）")


def notice_close(first: date, rule: DevelopmentRule, calendar: WorkCalendar) -> date:
    """The last day of a public notice: after its working days the next step may follow (custom: five)."""
    return calendar.end_of(first, rule.notice_days)


def _notices(way: Development, rule: DevelopmentRule, calendar: WorkCalendar) -> Iterator[Finding]:
    for notice in way.notices:
        step = NOTICE_BEFORE[notice.stage]
        until = notice_close(notice.first_day, rule, calendar)
        if notice.last_day and notice.last_day < until:
            days = calendar.count(notice.first_day, notice.last_day)
            yield Finding(step, f"{notice.stage}只有 {days} 个工作日，应满 {rule.notice_days} 个（到 {until}）")
        done = way.day(step)
        if done and notice.stage is not NoticeStage.CANDIDATE and notice.first_day <= done <= until:
            yield Finding(step, f"{notice.stage}还没有结束（{until}）就开了支部大会")
        if notice.objections.strip():
            yield Finding(step, f"{notice.stage}有反映情况，请查清再办")


def _checks(way: Development, rule: DevelopmentRule, today: date) -> Iterator[Finding]:
    spans = (
        (way.day(d.ACTIVIST), way.day(d.CANDIDATE), d.TRAINING_YEAR),
        (way.day(d.ADMITTED), way.day(d.CONFIRM_MEETING) or probation_day(way, rule), d.PROBATION_CHECK),
    )
    for first, last, step in spans:
        if first is None or way.applicant.closed_on:
            continue
        end = min(last or today, today)
        days = sorted(check.checked_on for check in way.checks if first <= check.checked_on <= end)
        before = first
        for day in (*days, end):
            by = add_months(before, rule.check_months)
            if day > by:
                yield Finding(step, f"{before} 以后半年内（{by} 前）没有考察记录")
                break
            before = day


def meeting_findings(way: Development, minutes: dict[int, Minutes], rulebook: Rulebook) -> list[Finding]:
    """Whether the meetings that a person's steps name are of that day and of the right kind, and the vote passed."""
    found: list[Finding] = []
    for number, kind in ((d.ADMITTED, VoteKind.ADMISSION), (d.CONFIRM_MEETING, VoteKind.CONFIRMATION)):
        step = way.steps.get(number)
        if step is None:
            continue
        held = minutes.get(step.meeting or 0)
        if held is None:
            found.append(Finding(number, f"第 {number} 步没有连到支部大会的会议记录"))
            continue
        if held.meeting.held_on != step.done_on:
            text = f"第 {number} 步 {step.done_on} 与会议记录的日期 {held.meeting.held_on} 不同"
            found.append(Finding(number, text, Severity.ERROR))
        if MeetingType.GENERAL not in held.types:
            found.append(Finding(number, "作出决定的会议不是支部党员大会", Severity.ERROR))
        vote = vote_on(way, held, kind)
        if vote is None:
            found.append(Finding(number, f"会议记录里没有{way.applicant.name}的“{kind}”表决"))
        elif step.outcome is Outcome.PASSED and not judge(vote, rulebook).passed:
            found.append(Finding(number, f"表决没有通过：{judge(vote, rulebook).text}", Severity.ERROR))
    return found


def vote_on(way: Development, held: Minutes, kind: VoteKind) -> Vote | None:
    """The meeting's vote on a person: the one that names her, or the only one of its kind."""
    votes = [vote for vote in held.votes if vote.kind is kind]
    named = [vote for vote in votes if way.applicant.name in vote.motion] or (votes if len(votes) == 1 else [])
    return named[0] if named else None


def next_step(way: Development, rule: DevelopmentRule, calendar: WorkCalendar) -> NextStep | None:
    """What comes next for a person and by when; None when the way has ended."""
    if way.finished or way.applicant.closed_on:
        return None
    number = way.next_step
    if way.extended:
        ends = probation_day(way, rule)
        return NextStep(d.CONFIRM_MEETING, "延长期满，支部大会讨论", ends, ends, f"延长 {way.extension} 个月")
    name = rule.step(number).name
    return NextStep(number, name, *_terms(way, rule, number))


def _terms(way: Development, rule: DevelopmentRule, number: int) -> tuple[date | None, date | None, str]:
    """From when, by when, and why, for the step that comes next."""
    why = rule.step(number).rule
    applied, activist, admitted = way.day(d.APPLICATION), way.day(d.ACTIVIST), way.day(d.ADMITTED)
    if number == d.TALK and applied:
        return applied, add_months(applied, rule.talk_months), why
    if number in (d.TRAINING_YEAR, d.CANDIDATE) and activist:
        year = add_months(activist, rule.activist_months)
        if number == d.CANDIDATE:
            return year, None, f"满一年 {year}"
        days = [check.checked_on for check in way.checks if check.checked_on >= activist]
        return activist, add_months(max(days, default=activist), rule.check_months), f"满一年 {year}"
    if number in (d.APPROVED - 1, d.APPROVED) and admitted:
        return admitted, add_months(admitted, rule.approval_months), why
    ends = probation_day(way, rule)
    if number in (d.PROBATION_CHECK, d.CONFIRM_REQUEST, d.CONFIRM_MEETING) and ends:
        return (ends if number == d.CONFIRM_MEETING else None), ends, f"预备期至 {ends - timedelta(days=1)}"
    held = way.day(d.CONFIRM_MEETING)
    if number == d.CONFIRMED and held:
        return held, add_months(held, rule.approval_months), why
    return None, None, why
