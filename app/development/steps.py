"""发展党员: applicants as people, and the 25 steps each of them goes through with date, papers and who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.dates import PartialDate, add_months
from app.life.meetings import Meeting
from app.people.members import Member, Sex
from app.record import Record, Unit, entry, stored
from app.rules.kinds import DevelopmentRule, StepRule
from app.store import Reader


@stored
class Applicant(Record, called="入党申请人", timeless=True):
    """入党申请人, from the application on; `member` is set when the branch meeting has admitted."""

    name: str = entry("姓名", required=True, titles=True)
    sex: Sex | None = entry("性别", default=None)
    ethnicity: str = entry("民族", default="", words="ethnicity")
    birth: PartialDate | None = entry("出生日期", default=None)
    id_number: str = entry("身份证号", default="", personal=True)
    education: str = entry("学历", default="", words="education")
    department: str = entry("工作部门", default="")
    position: str = entry("工作岗位", default="", words="position")
    phone: str = entry("联系电话", default="", personal=True)
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
FILED_CANDIDATE, INTRODUCERS, VETTING, TRAINING, EXAMINED, REVIEWED, ADMITTED, APPROVED = 8, 9, 10, 11, 12, 13, 15, 17
OATH = 20
PROBATION_CHECK, CONFIRM_REQUEST, CONFIRM_MEETING, CONFIRMED, FILED = 21, 22, 23, 24, 25


@dataclass(frozen=True)
class Development:
    """One applicant with everything that was recorded on the way."""

    applicant: Applicant
    steps: dict[int, DevelopmentStep]
    """The steps by number; of one that came again, the last."""
    checks: tuple[DevelopmentCheck, ...] = ()
    notices: tuple[PublicNotice, ...] = ()
    materials: tuple[Material, ...] = ()
    before: tuple[DevelopmentStep, ...] = ()
    """Steps that came again later, in order: the meeting that extended probation, and its approval."""

    def day(self, step: int) -> date | None:
        """The day of a step; None while it is not done."""
        found = self.steps.get(step)
        return found.done_on if found else None

    @cached_property
    def extension(self) -> int:
        """Months by which probation was extended; 0 when it was not."""
        return sum(step.months or 0 for step in self.meetings if step.outcome is Outcome.EXTENDED)

    @cached_property
    def meetings(self) -> tuple[DevelopmentStep, ...]:
        """The meetings that decided on the end of probation, in order."""
        last = self.steps.get(CONFIRM_MEETING)
        return (*(step for step in self.before if step.step == CONFIRM_MEETING), *((last,) if last else ()))

    @property
    def extended(self) -> bool:
        """Whether the last meeting extended probation, so that another meeting is to come."""
        return bool(self.meetings) and self.meetings[-1].outcome is Outcome.EXTENDED

    @property
    def open_meeting(self) -> int:
        """The meeting that is to be held again, because the last one did not pass it or extended probation; else 0."""
        again = (Outcome.EXTENDED, Outcome.REJECTED)
        if self.meetings:
            return CONFIRM_MEETING if self.meetings[-1].outcome in again else 0
        admission = self.steps.get(ADMITTED)
        return ADMITTED if admission and admission.outcome is Outcome.REJECTED else 0

    @property
    def admitted(self) -> date | None:
        """The day of the meeting that admitted; None while none has, or the last one did not pass it."""
        admission = self.steps.get(ADMITTED)
        return admission.done_on if admission and admission.outcome is not Outcome.REJECTED else None

    @property
    def approvals(self) -> tuple[tuple[DevelopmentStep, DevelopmentStep | None], ...]:
        """Each meeting on the end of probation that decided something, with the superior's approval of it if any."""
        done = [step for step in self.before if step.step == CONFIRMED]
        done += [self.steps[CONFIRMED]] if CONFIRMED in self.steps else []
        found: list[tuple[DevelopmentStep, DevelopmentStep | None]] = []
        for number, held in enumerate(self.meetings):
            after = self.meetings[number + 1].done_on if number + 1 < len(self.meetings) else date.max
            own = next((step for step in done if held.done_on <= step.done_on < after), None)
            if held.outcome is not Outcome.REJECTED:
                found.append((held, own))
        return tuple(found)

    def as_of(self, day: date) -> Development:
        """The way as it stood at the end of a day: what was done later is not in it."""
        steps, before = by_number([step for step in (*self.before, *self.steps.values()) if step.done_on <= day])
        closed = self.applicant.closed_on
        applicant = (
            replace(self.applicant, closed_on=None, closed_why="") if closed and closed > day else self.applicant
        )
        return replace(
            self,
            applicant=applicant,
            steps=steps,
            before=before,
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
        if self.open_meeting:
            return self.open_meeting
        last = max(self.steps, default=0)
        return last + 1

    def stage(self, rule: DevelopmentRule) -> str:
        """The stage the person is in: that of the next step."""
        return rule.step(min(self.next_step, len(rule.steps))).stage

    def confirmation_day(self, rule: DevelopmentRule) -> date | None:
        """转正日期: the day probation ends, by calendar from the day of admission in one step (细则 art. 32)."""
        return probation_end(self.admitted, rule, self.extension) if self.admitted else None

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

    def steps_asked(self, rule: DevelopmentRule, today: date) -> list[StepRule]:
        """The 25 steps, each by the version of its own day; those to come by the version of today."""
        return [rule.on(self.day(step.number) or today).step(step.number) for step in rule.steps]

    def material_counts(self, rule: DevelopmentRule) -> tuple[int, int]:
        """How many of the papers needed so far are there, and how many are needed."""
        needed = sum(len(step.materials) for step in rule.steps if step.number in self.steps)
        return needed - len(self.lacking(rule)), needed


def probation_end(admitted: date, rule: DevelopmentRule, extension: int = 0) -> date:
    """The day of confirmation: the anniversary of admission, or that of the extended term.

    Always counted from the day of admission in one step, so that 2024-02-29 and six months more is 2025-08-29.
    """
    return add_months(admitted, rule.probation_months + extension)


def by_number(steps: Iterable[DevelopmentStep]) -> tuple[dict[int, DevelopmentStep], tuple[DevelopmentStep, ...]]:
    """The last step of each number, and those that came before one of their number, in order of time."""
    last: dict[int, DevelopmentStep] = {}
    before: list[DevelopmentStep] = []
    for step in sorted(steps, key=lambda step: (step.done_on, step.id)):
        if step.step in last:
            before.append(last[step.step])
        last[step.step] = step
    return dict(sorted(last.items())), tuple(before)


def load_development(store: Reader) -> list[Development]:
    """Everybody on the way, in order of application."""
    steps: dict[int, list[DevelopmentStep]] = {}
    for step in store[DevelopmentStep].all():
        steps.setdefault(step.applicant, []).append(step)
    checks, notices, materials = (store[DevelopmentCheck].all(), store[PublicNotice].all(), store[Material].all())
    return [
        Development(
            applicant,
            by_number(steps.get(applicant.id, ()))[0],
            tuple(sorted((c for c in checks if c.applicant == applicant.id), key=lambda c: c.checked_on)),
            tuple(n for n in notices if n.applicant == applicant.id),
            tuple(m for m in materials if m.applicant == applicant.id),
            by_number(steps.get(applicant.id, ()))[1],
        )
        for applicant in store[Applicant].all()
    ]
