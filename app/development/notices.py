"""公示 on the way of an applicant: long enough, closed before the next step, at its place in the order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.calendar import WorkCalendar
from app.development import steps as d
from app.development.finding import Finding
from app.development.steps import Development, NoticeStage
from app.rules.kinds import DevelopmentRule

NOTICE_BEFORE = {
    NoticeStage.CANDIDATE: d.CANDIDATE,
    NoticeStage.ADMISSION: d.ADMITTED,
    NoticeStage.CONFIRMATION: d.CONFIRM_MEETING,
}


def notice_close(first: date, rule: DevelopmentRule, calendar: WorkCalendar) -> date:
    """The last day of a public notice: after its working days the next step may follow (custom: five)."""
    return calendar.end_of(first, rule.notice_days)


def notice_findings(way: Development, rule: DevelopmentRule, calendar: WorkCalendar) -> Iterator[Finding]:
    """Notices that are too short, closed too late or answered, and those that are asked for and not there."""
    for notice in way.notices:
        step, asked = NOTICE_BEFORE[notice.stage], rule.on(notice.first_day)
        until = notice_close(notice.first_day, asked, calendar)
        unknown = calendar.note(notice.first_day, until)
        if notice.last_day and notice.last_day < until:
            days = calendar.count(notice.first_day, notice.last_day)
            text = f"{notice.stage}只有 {days} 个工作日，应满 {asked.notice_days} 个（到 {until}）"
            article = asked.article("candidate") if asked.notice_before_candidate else ""
            yield Finding(step, text + article + unknown)
        done = way.day(step)
        if done and notice.stage is not NoticeStage.CANDIDATE and notice.first_day <= done <= until:
            yield Finding(step, f"{notice.stage}还没有结束（{until}）就开了支部大会{unknown}")
        if notice.objections.strip():
            yield Finding(step, f"{notice.stage}有反映情况，请查清再办")
    yield from _before_candidate(way, rule, calendar)


def _before_candidate(way: Development, rule: DevelopmentRule, calendar: WorkCalendar) -> Iterator[Finding]:
    """By the text of 2026 the notice stands between the superior's consent (8) and being a 发展对象."""
    agreed = way.day(d.FILED_CANDIDATE)
    if agreed is None or not (asked := rule.on(agreed)).notice_before_candidate:
        return
    article = asked.article("candidate")
    notice = next((item for item in way.notices if item.stage is NoticeStage.CANDIDATE), None)
    later = next((way.steps[number] for number in way.steps if d.FILED_CANDIDATE < number <= d.ADMITTED), None)
    if notice is None:
        if later:
            text = f"上级党委同意后应先公示 {asked.notice_days} 个工作日以上，没有问题才列为发展对象，没有公示记录"
            yield Finding(d.FILED_CANDIDATE, text + article)
        return
    if notice.first_day < agreed:
        text = f"发展对象公示 {notice.first_day} 早于上级党委同意 {agreed}，应在同意之后公示"
        yield Finding(d.FILED_CANDIDATE, text + article)
    until = max(notice_close(notice.first_day, asked, calendar), notice.last_day or notice.first_day)
    if later and later.done_on <= until:
        text = f"发展对象公示 {until} 才结束，第 {later.step} 步 {later.done_on} 早了"
        yield Finding(later.step, text + article)
