"""What is done about applicants: entered, led from step to step, taken back; with what follows in the roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.dates import PartialDate
from app.development.consequences import Following, give_back
from app.development.steps import (
    ADMITTED,
    APPLICATION,
    CONFIRM_MEETING,
    CONFIRMED,
    Applicant,
    Development,
    DevelopmentCheck,
    DevelopmentStep,
    Material,
    Outcome,
    PublicNotice,
    load_development,
)
from app.errors import Refused
from app.people.members import Employment, Member, MemberStatus, Standing, check_member
from app.record import Problem, Record, missing_entries, refuse_errors
from app.rules.kinds import DevelopmentRule
from app.store import Store

CHANGED: tuple[type[Record], ...] = (Member, Standing, Employment, Applicant)
"""The kinds of record that a step changes."""


def check_applicant(applicant: Applicant, members: Sequence[Member], today: date) -> list[Problem]:
    """What is wrong with an applicant's own fields: as for a member."""
    told = Member(name=applicant.name, sex=applicant.sex, birth=applicant.birth, id_number=applicant.id_number, id=-1)
    others = [member for member in members if member.id != applicant.member]
    return check_member(told, others, today)


def save_applicant(store: Store, applicant: Applicant, today: date, applied_on: date | None = None) -> Applicant:
    """Enter an applicant, with the day of the application as the first step; or correct one. Raises Refused."""
    refuse_errors(check_applicant(applicant, store[Member].all(), today))
    if applied_on and applied_on > today:
        raise Refused("递交申请书的日期在今天之后。")
    with store.transaction("修改入党申请人" if applicant.id else "登记入党申请人"):
        saved = store[Applicant].save(applicant)
        if applied_on:
            known = store[DevelopmentStep].all(applicant=saved.id, step=APPLICATION)
            step = DevelopmentStep(applicant=saved.id, step=APPLICATION, done_on=applied_on)
            store[DevelopmentStep].save(replace(known[0], done_on=applied_on) if known else step)
    return saved


def close_applicant(store: Store, applicant: Applicant, day: date, why: str) -> Applicant:
    """End the way of an applicant who withdrew or was not taken on; the record stays."""
    if not why.strip():
        raise Refused("请写明终止的原因。")
    with store.transaction("终止发展"):
        return store[Applicant].save(replace(applicant, closed_on=day, closed_why=why.strip()))


def reopen_applicant(store: Store, applicant: Applicant) -> Applicant:
    """Go on with an applicant whose way had ended."""
    with store.transaction("恢复发展"):
        return store[Applicant].save(replace(applicant, closed_on=None, closed_why=""))


def remove_applicant(store: Store, applicant: int) -> None:
    """Delete an applicant entered by mistake, with all steps; it can be undone."""
    with store.transaction("删除入党申请人"):
        for step in sorted(store[DevelopmentStep].all(applicant=applicant), key=lambda step: -step.id):
            give_back(store, step.id, CHANGED, people=True)
        store[Applicant].remove(applicant)


def record_step(store: Store, step: DevelopmentStep, rule: DevelopmentRule, today: date) -> DevelopmentStep:
    """Record a step, or correct it, with what follows from it; raises Refused.

    The branch meeting that admits makes a probationary member as of its day; the approval of the confirmation makes
    a full member as of the day probation ended, whenever meeting and approval were (细则 art. 32); the approval of a
    cancelled probation ends it. The meeting after an extension is another step of the same number. Dates that do not
    fit the terms are told by the checks and do not keep the step out.
    """
    problems = missing_entries(step)
    refuse_errors(problems)
    if not 1 <= step.step <= len(rule.steps):
        raise Refused("没有这个步骤。")
    if step.done_on > today:
        raise Refused("日期在今天之后，做完的步骤才能登记。")
    if step.until and step.until < step.done_on:
        raise Refused("结束日期早于开始日期。")
    if step.outcome is Outcome.EXTENDED and not step.months:
        raise Refused("请填延长几个月。")
    known = step.id or _corrected(store, step)
    with store.transaction(f"登记第 {step.step} 步 {rule.step(step.step).name}"):
        saved = store[DevelopmentStep].save(replace(step, id=known))
        if known:
            give_back(store, saved.id, CHANGED, people=False)
        _follow(store, saved, rule)
        _follow_again(store, saved, rule)
    return saved


def _corrected(store: Store, step: DevelopmentStep) -> int:
    """The number of the step that is corrected by one without a number; 0 where it is another one.

    After a meeting that passed nothing or extended probation comes another meeting, after it another approval.
    """
    way = _way(store, step.applicant)
    known = way.steps.get(step.step)
    if known is None:
        return 0
    again = step.step == way.open_meeting and step.done_on > known.done_on
    if step.step == CONFIRMED and len(way.meetings) > 1:
        again = known.done_on < way.meetings[-1].done_on <= step.done_on
    return 0 if again else known.id


def _way(store: Store, applicant: int) -> Development:
    return next(way for way in load_development(store) if way.applicant.id == applicant)


def _follow_again(store: Store, step: DevelopmentStep, rule: DevelopmentRule) -> None:
    """What followed from an approval follows anew when a day before it was corrected."""
    approved = _way(store, step.applicant).steps.get(CONFIRMED)
    if approved is not None and approved.id != step.id and step.step in (ADMITTED, CONFIRM_MEETING):
        give_back(store, approved.id, CHANGED, people=False)
        _follow(store, approved, rule)


def _follow(store: Store, step: DevelopmentStep, rule: DevelopmentRule) -> None:
    way = _way(store, step.applicant)
    applicant, following = way.applicant, Following(store, step.id)
    passed = step.outcome is Outcome.PASSED
    if step.step == ADMITTED and passed:
        _admit(following, applicant, step.done_on)
    elif step.step == CONFIRMED and passed and applicant.member:
        meetings = [meeting for meeting in way.meetings if meeting.done_on <= step.done_on] or way.meetings
        decided = meetings[-1].outcome if meetings else Outcome.PASSED
        day = way.confirmation_day(rule)
        if decided is Outcome.PASSED and day:
            _confirm(following, applicant.member, day)
        elif decided is Outcome.CANCELLED:
            status = MemberStatus.PROBATION_CANCELLED
            since = PartialDate.of(step.done_on)
            following.make(Standing(member=applicant.member, since=since, status=status, note="上级党委批准"))


def _admit(following: Following, applicant: Applicant, day: date) -> None:
    store, joined = following.store, PartialDate.of(day)
    entered = Standing(
        member=applicant.member or 0, since=joined, status=MemberStatus.PROBATIONARY, note="支部大会接收"
    )
    if applicant.member:
        member = store[Member].get(applicant.member)
        earlier = store[Standing].all(member=member.id, status=MemberStatus.PROBATIONARY)
        same = [fact for fact in earlier if fact.since == member.joined]
        if same:
            following.change(same[0], since=joined)
        else:
            following.make(entered)
        following.change(member, joined=joined)
        return
    member = following.make(
        Member(
            name=applicant.name,
            sex=applicant.sex,
            ethnicity=applicant.ethnicity,
            birth=applicant.birth,
            id_number=applicant.id_number,
            education=applicant.education,
            phone=applicant.phone,
            joined=joined,
        )
    )
    following.make(replace(entered, member=member.id))
    if applicant.department or applicant.position:
        held = Employment(member=member.id, department=applicant.department, position=applicant.position)
        following.make(held)
    following.change(applicant, member=member.id)


def _confirm(following: Following, member: int, day: date) -> None:
    store, confirmed = following.store, PartialDate.of(day)
    person = store[Member].get(member)
    same = [
        fact for fact in store[Standing].all(member=member, status=MemberStatus.FULL) if fact.since == person.confirmed
    ]
    if same:
        following.change(same[0], since=confirmed)
    else:
        following.make(Standing(member=member, since=confirmed, status=MemberStatus.FULL, note="按期转正"))
    following.change(person, confirmed=confirmed)


def take_back_step(store: Store, step: DevelopmentStep) -> None:
    """Take back a step entered by mistake, with what followed from it in the roster."""
    with store.transaction(f"删除第 {step.step} 步"):
        give_back(store, step.id, CHANGED, people=True)
        store[DevelopmentStep].remove(step.id)


def save_check(store: Store, check: DevelopmentCheck) -> DevelopmentCheck:
    """Record or correct a half-yearly check; raises Refused."""
    refuse_errors(missing_entries(check))
    with store.transaction("登记半年考察"):
        return store[DevelopmentCheck].save(check)


def save_notice(store: Store, notice: PublicNotice) -> PublicNotice:
    """Record or correct a public notice; raises Refused."""
    refuse_errors(missing_entries(notice))
    if notice.last_day and notice.last_day < notice.first_day:
        raise Refused("公示的结束日期早于开始日期。")
    with store.transaction("登记公示"):
        return store[PublicNotice].save(notice)


def receive_material(store: Store, material: Material) -> Material:
    """Tick a paper as received; the same again corrects its day."""
    known = store[Material].all(applicant=material.applicant, step=material.step, name=material.name)
    with store.transaction("登记材料"):
        return store[Material].save(replace(material, id=known[0].id) if known else material)


def return_material(store: Store, material: Material) -> None:
    """Untick a paper."""
    with store.transaction("取消材料登记"):
        store[Material].remove(material.id)


def remove_part(store: Store, part: DevelopmentCheck | PublicNotice) -> None:
    """Delete a check or a notice entered by mistake."""
    with store.transaction("删除考察记录" if isinstance(part, DevelopmentCheck) else "删除公示"):
        store[type(part)].remove(part.id)
