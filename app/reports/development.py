"""发展党员 on paper: the chapter, and the sheets of one applicant that stay in the branch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from app.development.checks import next_step
from app.development.steps import ACTIVIST, ADMITTED, CONFIRM_MEETING, CONTACTS, INTRODUCERS, STAGES, Development
from app.errors import Refused
from app.printing import style as s
from app.printing.text import Signature, Text
from app.reports.parts import apart, grid, heading, in_year, listed, partial
from app.rules.kinds import StepRule
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def development_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """入党申请人、积极分子、发展对象、预备党员: who is at which step, and what was done in the year."""
    day = ledger.reference_day(today)
    rule = ledger.rulebook.development
    ways = [way.as_of(day) for way in ledger.development if (way.day(1) or day) <= day]
    story: list[Flowable] = [heading("development", "发展党员")]
    going = [way for way in ways if not way.finished and not way.applicant.closed_on]
    if not going:
        story.append(Text("没有正在培养的人。", s.BODY))
    for stage in STAGES:
        rows = [
            (a.name, a.sex or "", str(way.day(1) or ""), _last_done(way, rule.steps), _next(way, ledger))
            for way, a in ((way, way.applicant) for way in going)
            if way.stage(rule) == stage
        ]
        head = ["姓名", "性别", "递交申请", "已办到", "下一步"]
        if rows:
            story += listed(f"{stage}（{len(rows)} 人）", [1.6, 0.8, 1.8, 3.6, 3.6], head, rows)
    done = [
        (str(step.done_on), way.applicant.name, f"第 {number} 步 {rule.step(number).name}", step.document, step.who)
        for way in ways
        for number, step in way.steps.items()
        if in_year(ledger, step.done_on) and step.done_on <= day
    ]
    head = ["日期", "姓名", "步骤", "文号", "经办人"]
    story += listed("本年办理的步骤", [1.7, 1.5, 4, 2.4, 1.5], head, sorted(done))
    return story


def _last_done(way: Development, steps: Sequence[StepRule]) -> str:
    number = max(way.steps, default=0)
    return f"第 {number} 步 {steps[number - 1].name}（{way.day(number)}）" if number else ""


def _next(way: Development, ledger: YearLedger) -> str:
    coming = next_step(way, ledger.rulebook.development, ledger.calendar)
    if coming is None:
        return ""
    return f"第 {coming.step} 步 {coming.name}" + (f"，{coming.due_on} 前" if coming.due_on else "")


def each_applicant(
    ledger: YearLedger, record: int, make: Callable[[YearLedger, Development], list[Flowable]]
) -> list[Flowable]:
    """The paper of one applicant, or (record 0) of everybody who has come to it, each on a page.

    Everybody is who is on the way or did a step of it in the year.
    """
    ways = [way for way in ledger.development if (_current(ledger, way) if record == 0 else way.applicant.id == record)]
    if not ways:
        raise Refused("没有找到这位申请人。" if record else "没有正在培养的人。")
    stories: list[list[Flowable]] = []
    for way in ways:
        try:
            stories.append(make(ledger, way))
        except Refused:
            if record:
                raise
    if not stories:
        raise Refused("还没有人走到这一步。")
    return apart(stories)


def _current(ledger: YearLedger, way: Development) -> bool:
    going = not way.finished and not way.applicant.closed_on
    return going or any(in_year(ledger, step.done_on) for step in way.steps.values())


def head_of(ledger: YearLedger, way: Development, title: str, more: str = "") -> list[Flowable]:
    """The title of a sheet and who it is about."""
    person = way.applicant
    facts = f"姓名：{person.name}　　性别：{person.sex or ''}　　出生：{partial(person.birth)}"
    return [Text(title, s.FORM_TITLE), Text(f"{facts}　　{ledger.branch.name}{more}", s.NOTE)]


def reached(way: Development, number: int, ledger: YearLedger) -> date:
    """The day of a step that a paper is about; raises Refused when it has not come."""
    day = way.day(number)
    if day is None:
        name = ledger.rulebook.development.step(number).name
        raise Refused(f"{way.applicant.name}还没有办到第 {number} 步“{name}”。", "先在“发展党员”页登记这一步。")
    return day


def people_of(ledger: YearLedger, way: Development, number: int) -> str:
    """The contacts or introducers that a step names."""
    step = way.steps.get(number)
    ids = (step.first_person, step.second_person) if step else ()
    return "、".join(dict.fromkeys(ledger.roster[id].name for id in ids if id))


def materials_story(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """发展党员材料目录: every paper of the 25 steps, whether it is there and since when."""
    del today
    return each_applicant(ledger, record, _materials)


def _materials(ledger: YearLedger, way: Development) -> list[Flowable]:
    there = {(material.step, material.name): material for material in way.materials}
    rows: list[Sequence[Any]] = []
    for step in ledger.rulebook.development.steps:
        for name in step.materials:
            kept = there.get((step.number, name))
            done = way.day(step.number)
            state = str(kept.received_on) if kept else "缺" if done else ""
            rows.append([str(len(rows) + 1), f"{step.number}", step.name, name, str(done or ""), state])
    have, needed = way.material_counts(ledger.rulebook.development)
    head = ["序号", "步", "步骤", "材料", "办理日期", "收到日期"]
    return [
        *head_of(ledger, way, "发展党员材料目录", f"　　应有 {needed} 份，现有 {have} 份"),
        grid([0.9, 0.7, 3.2, 3, 1.8, 1.8], head, rows),
    ]


def development_record(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """发展党员纪实表: the 25 steps with day, people, number of the paper and what was noted; blank where not done."""
    del today
    return each_applicant(ledger, record, _record)


def _record(ledger: YearLedger, way: Development) -> list[Flowable]:
    rows: list[Sequence[Any]] = []
    for rule in ledger.rulebook.development.steps:
        step = way.steps.get(rule.number)
        days = " 至 ".join(str(day) for day in (step.done_on, step.until) if day) if step else ""
        who = "、".join(part for part in (people_of(ledger, way, rule.number), step.who if step else "") if part)
        told = [step.document, trained_for(step.days, step.hours), step.note] if step else []
        if step and rule.number in (ADMITTED, CONFIRM_MEETING):
            told.insert(0, step.outcome + (f" {step.months} 个月" if step.months else ""))
        rows.append((str(rule.number), rule.name, days, who, "；".join(part for part in told if part)))
    head = ["步", "步骤", "日期", "有关人员", "文号、结果、备注"]
    return [
        *head_of(ledger, way, "发展党员纪实表"),
        grid([0.6, 3.2, 1.9, 2, 3.4], head, rows),
        Signature("支部书记（签字）：　　　　　　　　组织委员（签字）：", s.SIGN),
    ]


def trained_for(days: int | None, hours: int | None) -> str:
    """How long a training was: 3 天，24 学时."""
    return "，".join(part for part in (f"{days} 天" if days else "", f"{hours} 学时" if hours else "") if part)


def development_checks_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """培养教育考察登记表: the half-yearly checks in order, with room for the branch's opinion."""
    del today
    return each_applicant(ledger, record, _checks)


def _checks(ledger: YearLedger, way: Development) -> list[Flowable]:
    reached(way, ACTIVIST, ledger)
    contacts = [people_of(ledger, way, number) for number in (CONTACTS, INTRODUCERS)]
    rows: list[Sequence[Any]] = [
        (str(number), str(check.checked_on), check.by, check.finding)
        for number, check in enumerate(sorted(way.checks, key=lambda c: (c.checked_on, c.id)), 1)
    ]
    title = "预备党员教育考察登记表" if ADMITTED in way.steps else "入党积极分子培养教育考察登记表"
    told = f"　　联系人：{'、'.join(dict.fromkeys(part for part in contacts if part))}"
    head = ["序号", "考察日期", "考察人", "考察意见"]
    return [
        *head_of(ledger, way, title, told),
        grid([0.8, 1.8, 1.6, 7], head, rows) if rows else Text("还没有考察记录。", s.BODY),
        Signature("联系人（签字）：　　　　　　　　支部书记（签字）：", s.SIGN),
    ]
