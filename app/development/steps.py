"""发展党员: applicants as people, and the 25 steps each of them goes through with date, papers and who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.dates import PartialDate, add_months
from app.errors import Refused, refuse_errors
from app.life.meetings import Meeting
from app.people.members import Employment, Member, MemberStatus, Sex, Standing, change_status, check_member
from app.record import Problem, Record, Unit, entry, missing_entries, stored
from app.rules.rulebook import DevelopmentRule
from app.store import Reader, Store


@stored
class Applicant(Record, called="入党申请人", timeless=True):
    """入党申请人, from the application on; `member` is set when the branch meeting has admitted."""

    name: str = entry("姓名", required=True, titles=True)
    sex: Sex | None = entry("性别", default=None)
    ethnicity: str = entry("民族", default="", words="ethnicity")
    birth: PartialDate | None = entry("出生日期", default=None)
    id_number: str = entry("身份证号", default="")
    education: str = entry("学历", default="", words="education")
    department: str = entry("工作部门", default="")
    position: str = entry("工作岗位", default="", words="position")
    phone: str = entry("联系电话", default="")
    league_member: bool = entry("共青团员", default=False)
    member: int | None = entry("党员", default=None, of=Member)
    closed_on: date | None = entry("终止日期", default=None)
    closed_why: str = entry("终止原因", default="")
    note: str = entry("备注", default="", long=True)


class Outcome(StrEnum):
    """What a meeting or a superior decided about a probationary member (细则 art. 32)."""

    PASSED = "通过"
    EXTENDED = "延长预备期"
    CANCELLED = "取消预备党员资格"
    REJECTED = "未通过"


@stored
class DevelopmentStep(Record, called="发展党员步骤"):
    """One step of an applicant as done. `until` ends a step that lasts, `months` is that of an extension."""

    applicant: int = entry("入党申请人", required=True, of=Applicant, titles=True)
    step: int = entry("步骤", required=True, titles=True)
    done_on: date = entry("日期", required=True, tells_year=True, titles=True)
    until: date | None = entry("结束日期", default=None)
    first_person: int | None = entry("联系人或介绍人一", default=None, of=Member)
    second_person: int | None = entry("联系人或介绍人二", default=None, of=Member)
    who: str = entry("经办人", default="")
    document: str = entry("文号", default="")
    meeting: int | None = entry("作出决定的会议", default=None, of=Meeting)
    days: int | None = entry("培训天数", default=None, unit=Unit.DAYS)
    hours: int | None = entry("培训学时", default=None, unit=Unit.HOURS)
    outcome: Outcome = entry("结果", default=Outcome.PASSED)
    months: int | None = entry("延长（月）", default=None, unit=Unit.MONTHS)
    note: str = entry("备注", default="")


@stored
class DevelopmentCheck(Record, called="考察记录"):
    """半年考察 of an activist or a probationary member."""

    applicant: int = entry("入党申请人", required=True, of=Applicant, titles=True)
    checked_on: date = entry("考察日期", required=True, tells_year=True, titles=True)
    by: str = entry("考察人", default="")
    finding: str = entry("考察意见", default="", long=True)


class NoticeStage(StrEnum):
    """When a public notice is put up."""

    CANDIDATE = "发展对象公示"
    ADMISSION = "接收预备党员公示"
    CONFIRMATION = "转正公示"


@stored
class PublicNotice(Record, called="公示"):
    """公示; its days are inclusive."""

    applicant: int = entry("入党申请人", required=True, of=Applicant, titles=True)
    stage: NoticeStage = entry("公示类别", required=True, titles=True)
    first_day: date = entry("开始日期", required=True, tells_year=True)
    last_day: date | None = entry("结束日期", default=None)
    place: str = entry("地点", default="")
    objections: str = entry("反映情况", default="", long=True)


@stored
class Material(Record, called="发展材料"):
    """A paper of an applicant that was received; which ones are needed is in the rules."""

    applicant: int = entry("入党申请人", required=True, of=Applicant, titles=True)
    step: int = entry("步骤", required=True)
    name: str = entry("材料", required=True, titles=True)
    received_on: date = entry("收到日期", required=True, tells_year=True)
    note: str = entry("备注", default="")


STAGES = ("申请入党", "入党积极分子", "发展对象", "接收预备党员", "教育考察和转正")
APPLICATION, TALK, ACTIVIST, CONTACTS, TRAINING_YEAR, CANDIDATE = 1, 2, 3, 5, 6, 7
INTRODUCERS, VETTING, TRAINING, EXAMINED, ADMITTED, APPROVED = 9, 10, 11, 12, 15, 17
PROBATION_CHECK, CONFIRM_REQUEST, CONFIRM_MEETING, CONFIRMED, FILED = 21, 22, 23, 24, 25


@dataclass(frozen=True)
class Development:
    """One applicant with everything that was recorded on the way."""

    applicant: Applicant
    steps: dict[int, DevelopmentStep]
    checks: tuple[DevelopmentCheck, ...] = ()
    notices: tuple[PublicNotice, ...] = ()
    materials: tuple[Material, ...] = ()

    def day(self, step: int) -> date | None:
        """The day of a step; None while it is not done."""
        found = self.steps.get(step)
        return found.done_on if found else None

    @cached_property
    def extension(self) -> int:
        """Months by which probation was extended; 0 when it was not."""
        step = self.steps.get(CONFIRM_MEETING)
        return (step.months or 0) if step and step.outcome is Outcome.EXTENDED else 0

    def as_of(self, day: date) -> Development:
        """The way as it stood at the end of a day: what was done later is not in it."""
        steps = {number: step for number, step in self.steps.items() if step.done_on <= day}
        closed = self.applicant.closed_on
        applicant = (
            replace(self.applicant, closed_on=None, closed_why="") if closed and closed > day else self.applicant
        )
        return replace(
            self,
            applicant=applicant,
            steps=steps,
            checks=tuple(check for check in self.checks if check.checked_on <= day),
            materials=tuple(material for material in self.materials if material.received_on <= day),
        )

    @property
    def finished(self) -> bool:
        """Whether nothing more is to be done for this person."""
        ended = self.steps.get(CONFIRM_MEETING)
        return FILED in self.steps or bool(ended and ended.outcome is Outcome.CANCELLED)

    @property
    def next_step(self) -> int:
        """The number of the step that comes next; 26 when all are done.

        The first that is open after the last one done: a step that was skipped is a matter for the checks, and
        putting a person back for it would hide where she really stands.
        """
        last = max(self.steps, default=0)
        return last + 1

    def stage(self, rule: DevelopmentRule) -> str:
        """The stage the person is in: that of the next step."""
        return rule.step(min(self.next_step, len(rule.steps))).stage

    def confirmation_day(self, rule: DevelopmentRule) -> date | None:
        """转正日期: the day probation ends, by calendar from the day of admission in one step (细则 art. 32)."""
        admitted = self.day(ADMITTED)
        return probation_end(admitted, rule, self.extension) if admitted else None

    def lacking(self, rule: DevelopmentRule) -> list[tuple[int, str]]:
        """The papers that the steps done so far should have left and that are not there: step and name."""
        there = {(material.step, material.name) for material in self.materials}
        return [
            (step.number, name)
            for step in rule.steps
            if step.number in self.steps
            for name in step.materials
            if (step.number, name) not in there
        ]

    def material_counts(self, rule: DevelopmentRule) -> tuple[int, int]:
        """How many of the papers needed so far are there, and how many are needed."""
        needed = sum(len(step.materials) for step in rule.steps if step.number in self.steps)
        return needed - len(self.lacking(rule)), needed


def probation_end(admitted: date, rule: DevelopmentRule, extension: int = 0) -> date:
    """The day of confirmation: the anniversary of admission, or that of the extended term.

    Always counted from the day of admission in one step, so that 2024-02-29 and six months more is 2025-08-29.
    """
    return add_months(admitted, rule.probation_months + extension)


def load_development(store: Reader) -> list[Development]:
    """Everybody on the way, in order of application."""
    steps: dict[int, dict[int, DevelopmentStep]] = {}
    for step in store[DevelopmentStep].all():
        steps.setdefault(step.applicant, {})[step.step] = step
    checks, notices, materials = (store[DevelopmentCheck].all(), store[PublicNotice].all(), store[Material].all())
    return [
        Development(
            applicant,
            dict(sorted(steps.get(applicant.id, {}).items())),
            tuple(sorted((c for c in checks if c.applicant == applicant.id), key=lambda c: c.checked_on)),
            tuple(n for n in notices if n.applicant == applicant.id),
            tuple(m for m in materials if m.applicant == applicant.id),
        )
        for applicant in store[Applicant].all()
    ]


# --- verbs ----------------------------------------------------------------------------------------------


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
        store[Applicant].remove(applicant)


def record_step(store: Store, step: DevelopmentStep, rule: DevelopmentRule, today: date) -> DevelopmentStep:
    """Record a step, or correct it, with what follows from it; raises Refused.

    The branch meeting that admits makes a probationary member as of its day; the approval of the confirmation makes
    a full member as of the day probation ended, whenever meeting and approval were (细则 art. 32). Dates that do not
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
    known = store[DevelopmentStep].all(applicant=step.applicant, step=step.step)
    with store.transaction(f"登记第 {step.step} 步 {rule.step(step.step).name}"):
        saved = store[DevelopmentStep].save(replace(step, id=known[0].id) if known else step)
        _follow(store, saved, rule)
    return saved


def _follow(store: Store, step: DevelopmentStep, rule: DevelopmentRule) -> None:
    applicant = store[Applicant].get(step.applicant)
    passed = step.outcome is Outcome.PASSED
    if step.step == ADMITTED and passed:
        _admit(store, applicant, step.done_on)
    elif step.step == CONFIRM_MEETING and step.outcome is Outcome.CANCELLED and applicant.member:
        day = PartialDate.of(step.done_on)
        change_status(store, applicant.member, day, MemberStatus.PROBATION_CANCELLED, "支部大会决定")
    elif step.step == CONFIRMED and passed and applicant.member:
        development = next(d for d in load_development(store) if d.applicant.id == applicant.id)
        day = development.confirmation_day(rule)
        if day:
            _confirm(store, applicant.member, day)


def _admit(store: Store, applicant: Applicant, day: date) -> None:
    joined = PartialDate.of(day)
    if applicant.member:
        member = store[Member].get(applicant.member)
        for fact in store[Standing].all(member=member.id, status=MemberStatus.PROBATIONARY):
            store[Standing].save(replace(fact, since=joined))
        store[Member].save(replace(member, joined=joined))
        return
    member = store[Member].save(
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
    store[Standing].save(
        Standing(member=member.id, since=joined, status=MemberStatus.PROBATIONARY, note="支部大会接收")
    )
    if applicant.department or applicant.position:
        held = Employment(member=member.id, department=applicant.department, position=applicant.position)
        store[Employment].save(held)
    store[Applicant].save(replace(applicant, member=member.id))


def _confirm(store: Store, member: int, day: date) -> None:
    confirmed = PartialDate.of(day)
    for fact in store[Standing].all(member=member, status=MemberStatus.FULL):
        store[Standing].remove(fact.id)
    change_status(store, member, confirmed, MemberStatus.FULL, "按期转正" if day else "")
    store[Member].save(replace(store[Member].get(member), confirmed=confirmed))


def take_back_step(store: Store, step: DevelopmentStep) -> None:
    """Take back a step entered by mistake; what followed from it is told to the user and stays."""
    with store.transaction(f"删除第 {step.step} 步"):
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
