"""发展党员 across its documents: order of dates, spans, people fit for their part; what comes next by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.calendar import WorkCalendar
from app.dates import add_months, chinese
from app.development import steps as d
from app.development.finding import Finding
from app.development.notices import notice_close, notice_findings
from app.development.steps import Development, NoticeStage, Outcome
from app.life.meetings import Minutes
from app.life.votes import Vote, VoteKind, judge
from app.numerals import month_span
from app.people.members import MemberStatus
from app.people.roster import Roster
from app.record import Severity
from app.rules.kinds import DevelopmentRule
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import Rulebook


@dataclass(frozen=True)
class NextStep:
    """What is next for a person: the step, its name, from when and by when, and why."""

    step: int
    name: str
    earliest: date | None
    due_on: date | None
    why: str


# Steps that may be on the day of the one before or on any day after it; the rest of the order is that of the numbers.
LASTING = (d.TRAINING_YEAR, d.PROBATION_CHECK)
# Steps that no text puts in order among themselves.
TOGETHER = ((4, 5), (9, 10, 11), (18, 19, 20))


def findings(
    way: Development, rule: DevelopmentRule, roster: Roster, calendar: WorkCalendar, today: date
) -> list[Finding]:
    """Everything that does not fit on the way of one applicant, by step."""
    found = [
        *_order(way, rule),
        *_spans(way, rule, today),
        *_people(way, rule, roster),
        *_training(way, rule),
        *notice_findings(way, rule, calendar),
        *_checks(way, rule, today),
    ]
    return sorted(found, key=lambda finding: finding.step)


def _order(way: Development, rule: DevelopmentRule) -> Iterator[Finding]:
    groups = {number: group for group in TOGETHER for number in group}
    before: tuple[int, date] | None = None
    beside: list[tuple[int, date]] = []
    for number, step in way.steps.items():
        if beside and groups.get(number) != groups.get(beside[0][0]):
            before = max(beside, key=lambda item: item[1])
            beside = []
        if before and step.done_on < before[1]:
            text = f"第 {number} 步 {step.done_on} 早于第 {before[0]} 步 {before[1]}，步骤的先后不对"
            yield Finding(number, text, Severity.ERROR)
        if number in groups:
            beside.append((number, step.done_on))
        elif number not in LASTING:
            before = (number, step.done_on)
    last = max(way.steps, default=0)
    skipped = [number for number in range(1, last) if number not in way.steps]
    for number in skipped:
        yield Finding(number, f"第 {number} 步“{rule.step(number).name}”没有记录")


def _spans(way: Development, rule: DevelopmentRule, today: date) -> Iterator[Finding]:
    applied, talked = way.day(d.APPLICATION), way.day(d.TALK)
    born = way.applicant.birth
    if applied:
        asked = rule.on(applied)
        # On every reading of a birth date that is known in part only: the earliest is the oldest.
        if born and applied < add_months(born.first, 12 * asked.youngest):
            text = f"递交申请时不满 {asked.youngest} 周岁{asked.article('age')}"
            yield Finding(d.APPLICATION, text, Severity.ERROR)
        by = add_months(applied, asked.talk_months)
        if (talked or today) > by:
            late = "还没有谈话" if talked is None else f"谈话在 {talked}"
            yield Finding(d.TALK, f"应在 {by} 前派人谈话，{late}{rule.on(talked or today).article('talk')}")
    activist, candidate = way.day(d.ACTIVIST), way.day(d.CANDIDATE)
    if activist and candidate:
        asked = rule.on(candidate)
        earliest = add_months(activist, asked.activist_months)
        if candidate < earliest:
            text = (
                f"积极分子培养教育不满{month_span(asked.activist_months)}，最早 {earliest}{asked.article('candidate')}"
            )
            yield Finding(d.CANDIDATE, text, Severity.ERROR)
    yield from _after_review(way, rule, today)
    yield from _admission_approval(way, rule, today)
    yield from _other_approvals(way, rule, today)
    yield from _oath(way, rule, today)
    yield from _probation(way, rule)


def _after_review(way: Development, rule: DevelopmentRule, today: date) -> Iterator[Finding]:
    """The meeting within a month of the superior's preliminary review: by the text of 2026, on the meeting's day."""
    reviewed, held = way.day(d.REVIEWED), way.day(d.ADMITTED)
    asked = rule.on(held or today)
    if reviewed is None or not asked.review_months or way.applicant.closed_on or (held and held < reviewed):
        return
    by = add_months(reviewed, asked.review_months)
    if (held or today) > by and (held or max(way.steps) <= d.ADMITTED):
        late = f"在 {held} 召开" if held else "还没有召开"
        months = f"{asked.review_months} 个月内（{by} 前）"
        yield Finding(d.ADMITTED, f"预审通过后应在{months}召开支部大会，{late}{asked.article('after_review')}")


def _admission_approval(way: Development, rule: DevelopmentRule, today: date) -> Iterator[Finding]:
    """Three months; by the text of 2014 six in special cases, after which it is to be done again."""
    held, approved = way.admitted, way.day(d.APPROVED)
    if held is None or way.steps[d.ADMITTED].outcome is not Outcome.PASSED:
        return
    if approved is None and way.applicant.closed_on:
        return
    seen = approved or today
    # While there is no approval yet, its term is that of the text under which it began.
    asked = rule.on(approved or held)
    by, most = add_months(held, asked.approval_months), add_months(held, asked.approval_most_months)
    least = f"{month_span(asked.approval_months)}内（{by} 前）"
    if seen > most and asked.approval_most_binds:
        text = f"超过{month_span(asked.approval_most_months)}（{most}）没有审批，应重新办理"
        yield Finding(d.APPROVED, text, Severity.ERROR)
    elif seen > by:
        special = f"特殊情况不超过 {most}"
        if not asked.approval_most_binds:
            span = month_span(asked.approval_most_months)
            special = f"2014 年细则的特殊情况为不超过{span}（{most}），新细则是否保留未见原文"
        yield Finding(d.APPROVED, f"上级党委应在{least}审批，{special}{asked.article('approval')}")


def _other_approvals(way: Development, rule: DevelopmentRule, today: date) -> Iterator[Finding]:
    """Confirmation, extension and cancellation are approved within three months each, without an exception."""
    words = {Outcome.EXTENDED: "延长预备期", Outcome.CANCELLED: "取消预备党员资格"}
    for held, approval in way.approvals:
        seen = approval.done_on if approval else today
        asked = rule.on(seen)
        by = add_months(held.done_on, asked.approval_months)
        if seen > by and not (approval is None and way.applicant.closed_on):
            what = words.get(held.outcome, "转正")
            late = f"审批在 {approval.done_on}" if approval else "还没有审批"
            text = f"{what}应由上级党委在 {asked.approval_months} 个月内（{by} 前）审批，{late}"
            yield Finding(d.CONFIRMED, text + asked.article("confirmation"))


def _oath(way: Development, rule: DevelopmentRule, today: date) -> Iterator[Finding]:
    """The oath within a month of the approval: known from one secondary source of 2026, told as such."""
    approved, sworn = way.day(d.APPROVED), way.day(d.OATH)
    asked = rule.on(sworn or today)
    if approved is None or not asked.oath_months or (sworn is None and max(way.steps) > d.OATH):
        return
    by = add_months(approved, asked.oath_months)
    # What was approved under the text before is not asked for by the new one.
    if rule.on(approved).oath_months and (sworn or today) > by and not way.applicant.closed_on:
        late = f"在 {sworn}" if sworn else "还没有记录"
        text = f"入党宣誓一般在审批后 {asked.oath_months} 个月内（{by} 前），{late}{asked.article('oath')}"
        yield Finding(d.OATH, text)


def _probation(way: Development, rule: DevelopmentRule) -> Iterator[Finding]:
    admitted, extension = way.admitted, 0
    if admitted is None:
        return
    for step in way.meetings:
        asked = rule.on(step.done_on)
        ends = d.probation_end(admitted, asked, extension)
        if step.done_on < ends and step.outcome is not Outcome.REJECTED:
            word = "延长的预备期" if extension else "预备期"
            yield Finding(d.CONFIRM_MEETING, f"{word} {ends} 才满，讨论转正的大会不能提前", Severity.ERROR)
        elif step.outcome is Outcome.PASSED and step.done_on > ends:
            late = (step.done_on - ends).days
            yield Finding(d.CONFIRM_MEETING, f"讨论转正的大会晚了 {late} 天；转正日期仍是 {chinese(ends)}")
        if step.outcome is Outcome.EXTENDED:
            yield from check_extension(step.months or 0, extension, asked)
            extension += step.months or 0


def check_extension(months: int, before: int, rule: DevelopmentRule) -> list[Finding]:
    """What is wrong with extending probation by so many months after it was extended by `before` (0: not yet)."""
    found: list[Finding] = []
    article = rule.article("probation")
    if not rule.extend_least <= months <= rule.extend_most:
        least, most = rule.extend_least, rule.extend_most
        text = f"延长预备期应为 {least} 至 {most} 个月，只能延长一次{article}"
        found.append(Finding(d.CONFIRM_MEETING, text, Severity.ERROR))
    if before:
        found.append(Finding(d.CONFIRM_MEETING, f"预备期只能延长一次{article}", Severity.ERROR))
    return found


def probation_day(way: Development, rule: DevelopmentRule) -> date | None:
    """转正日期 of a probationary member."""
    return way.confirmation_day(rule)


def _people(way: Development, rule: DevelopmentRule, roster: Roster) -> Iterator[Finding]:
    activist, born = way.day(d.ACTIVIST), way.applicant.birth
    if activist and born and not way.applicant.league_member:
        young = activist < add_months(born.first, 12 * rule.on(activist).league_age)
        if young:
            text = f"未满 {rule.on(activist).league_age} 周岁的，一般从共青团员中推荐，申请人没有记为团员"
            yield Finding(d.ACTIVIST, text)
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
    if step and not trained_enough(step.days, step.hours, asked := rule.on(step.done_on)):
        told = f"{step.days or 0} 天、{step.hours or 0} 学时"
        least = f"不够 {asked.training_days} 天也不够 {asked.training_hours} 学时"
        yield Finding(d.TRAINING, f"集中培训 {told}，{least}{asked.article('training')}")


def _checks(way: Development, rule: DevelopmentRule, today: date) -> Iterator[Finding]:
    spans = (
        (way.day(d.ACTIVIST), way.day(d.CANDIDATE), d.TRAINING_YEAR),
        (way.admitted, way.day(d.CONFIRM_MEETING) or probation_day(way, rule), d.PROBATION_CHECK),
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
                yield Finding(step, f"{before} 以后{month_span(rule.check_months)}内（{by} 前）没有考察记录")
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
        elif step.outcome is Outcome.PASSED and not (verdict := judge(vote, rulebook.on(step.done_on))).passed:
            found.append(Finding(number, f"表决没有通过：{verdict.text}", Severity.ERROR))
    return found


def vote_on(way: Development, held: Minutes, kind: VoteKind) -> Vote | None:
    """The meeting's vote on a person: the one that names her, or the only one of its kind."""
    votes = [vote for vote in held.votes if vote.kind is kind]
    named = [vote for vote in votes if way.applicant.name in vote.motion] or (votes if len(votes) == 1 else [])
    return named[0] if named else None


def next_step(way: Development, rule: DevelopmentRule, calendar: WorkCalendar) -> NextStep | None:
    """What comes next for a person and by when; None when the way has ended. `rule` is the version in force."""
    if way.finished or way.applicant.closed_on:
        return None
    number, name = way.next_step, rule.step(way.next_step).name
    if way.extended:
        ends = probation_day(way, rule)
        return NextStep(d.CONFIRM_MEETING, "延长期满，支部大会讨论", ends, ends, f"延长 {way.extension} 个月")
    if way.open_meeting:
        last = way.steps[number].done_on
        return NextStep(number, f"再次{name}", None, None, f"{chinese(last)}的大会没有通过")
    agreed = way.day(d.FILED_CANDIDATE)
    if number == d.INTRODUCERS and agreed and rule.on(agreed).notice_before_candidate:
        notice = next((item for item in way.notices if item.stage is NoticeStage.CANDIDATE), None)
        asked = rule.on(agreed)
        if notice is None:
            why = f"公示不少于 {asked.notice_days} 个工作日，没有问题才列为发展对象{asked.article('candidate')}"
            return NextStep(d.FILED_CANDIDATE, "发展对象公示", agreed, None, why)
        closes = notice_close(notice.first_day, asked, calendar)
        return NextStep(number, name, closes + timedelta(days=1), None, f"公示至 {closes}")
    return NextStep(number, name, *_terms(way, rule, number))


def check_due(way: Development, rule: DevelopmentRule) -> date | None:
    """By when an 入党积极分子 is to be checked next: every half-year until the person becomes 发展对象 (art. 11)."""
    activist = way.day(d.ACTIVIST)
    if activist is None or way.applicant.closed_on or max(way.steps) >= d.CANDIDATE:
        return None
    days = [check.checked_on for check in way.checks if check.checked_on >= activist]
    return add_months(max(days, default=activist), rule.check_months)


def probation_due(way: Development, rule: DevelopmentRule) -> date | None:
    """When probation ends for whom no meeting has decided yet, whatever step was recorded last; else None."""
    decided = bool(way.meetings) and way.open_meeting != d.CONFIRM_MEETING
    if decided or way.applicant.closed_on or d.FILED in way.steps:
        return None
    return probation_day(way, rule)


def _terms(way: Development, rule: DevelopmentRule, number: int) -> tuple[date | None, date | None, str]:
    """From when, by when, and why, for the step that comes next."""
    why = rule.step(number).told
    applied, activist, admitted = way.day(d.APPLICATION), way.day(d.ACTIVIST), way.admitted
    if number == d.TALK and applied:
        return applied, add_months(applied, rule.talk_months), why
    if number in (d.TRAINING_YEAR, d.CANDIDATE) and activist:
        year = add_months(activist, rule.activist_months)
        if number == d.CANDIDATE:
            return year, None, f"满{month_span(rule.activist_months)} {year}"
        return activist, check_due(way, rule), f"满{month_span(rule.activist_months)} {year}"
    reviewed = way.day(d.REVIEWED)
    if number in (d.REVIEWED + 1, d.ADMITTED) and reviewed and rule.review_months:
        return reviewed, add_months(reviewed, rule.review_months), why
    if number in (d.APPROVED - 1, d.APPROVED) and admitted:
        return admitted, add_months(admitted, rule.approval_months), why
    ends = probation_day(way, rule)
    if number in (d.PROBATION_CHECK, d.CONFIRM_REQUEST, d.CONFIRM_MEETING) and ends:
        return (ends if number == d.CONFIRM_MEETING else None), ends, f"预备期至 {ends - timedelta(days=1)}"
    held = way.day(d.CONFIRM_MEETING)
    if number == d.CONFIRMED and held:
        return held, add_months(held, rule.approval_months), why
    return None, None, why
