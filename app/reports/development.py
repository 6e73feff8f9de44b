"""发展党员 on paper: the chapter, and the papers of one applicant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Spacer

from app.dates import chinese
from app.development import STAGES, Development
from app.development_checks import next_step
from app.errors import Refused
from app.ledger import YearLedger
from app.reports import style as s
from app.reports.documents import BLANK, BLANK_DAY, document
from app.reports.parts import NOTHING, grid, heading, in_year, listed
from app.reports.text import Style, Text
from app.rulebook import StepRule

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


def materials_story(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """发展党员材料目录 of one person: every paper of the 25 steps, whether it is there and since when."""
    del today
    way = next((item for item in ledger.development if item.applicant.id == record), None)
    if way is None:
        return [Text("发展党员材料目录", s.CHAPTER), Text("没有找到这位申请人。", s.BODY)]
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
        Text("发展党员材料目录", s.CHAPTER),
        Text(
            f"姓名：{way.applicant.name}　　{ledger.branch.name}　　已办步骤应有 {needed} 份，现有 {have} 份。", s.NOTE
        ),
        grid([0.9, 0.7, 3.2, 3, 1.8, 1.8], head, rows),
    ]


def _way(ledger: YearLedger, record: int) -> Development:
    way = next((item for item in ledger.development if item.applicant.id == record), None)
    if way is None:
        raise Refused("没有找到这位申请人。")
    return way


def development_notice(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """发展党员公示 of one applicant: the latest public notice that was entered, else with blank days."""
    del today
    way, branch = _way(ledger, record), ledger.branch
    person = way.applicant
    notice = max(way.notices, key=lambda item: item.first_day, default=None)
    stage = notice.stage.value if notice else "发展对象"
    first = chinese(notice.first_day) if notice else BLANK_DAY
    last = chinese(notice.last_day) if notice and notice.last_day else BLANK_DAY
    birth = person.birth.chinese() if person.birth else BLANK_DAY
    facts = "，".join(
        part for part in (person.name, person.sex or BLANK, f"{birth}出生", person.education, person.department) if part
    )
    applied = chinese(way.steps[1].done_on) if 1 in way.steps else BLANK_DAY
    body = [
        f"经党支部研究，现对{stage}人选予以公示。",
        f"{facts}，{applied}提出入党申请。",
        f"公示时间：自{first}起，",
        f"至{last}止，不少于5个工作日。",
        "党员和群众对公示对象如有意见，请在公示期内向党支部反映，反映情况应当实事求是。",
        f"公示地点：{notice.place if notice and notice.place else BLANK * 3}",
        f"受理人：{BLANK * 2}　联系电话：{BLANK * 2}",
    ]
    return document(f"关于{stage}人选的公示", "", body, branch.name, first)


def development_checks_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """培养教育考察登记表 of one applicant: the half-yearly checks in order, with room for the branch's opinion."""
    del today
    way = _way(ledger, record)
    person = way.applicant
    contacts = [
        ledger.roster[id].name
        for step in (5, 9)
        if step in way.steps
        for id in (way.steps[step].first_person, way.steps[step].second_person)
        if id
    ]
    rows: list[Sequence[Any]] = [
        (str(number), str(check.checked_on), check.by, check.finding)
        for number, check in enumerate(sorted(way.checks, key=lambda c: (c.checked_on, c.id)), 1)
    ]
    told = f"姓名：{person.name}　　性别：{person.sex or ''}　　培养联系人：{'、'.join(dict.fromkeys(contacts))}"
    head = ["序号", "考察日期", "考察人", "考察意见"]
    sign = Style(s.PLAIN.face, 10.5, 30, "left")
    return [
        Text("入党积极分子培养教育考察登记表", s.FORM_TITLE),
        Text(ledger.branch.name, s.NOTE),
        Text(told, s.PLAIN),
        Spacer(1, 6),
        grid([0.8, 1.8, 1.6, 7], head, rows) if rows else Text(NOTHING, s.BODY),
        Text("培养联系人（签字）：　　　　　　　　支部书记（签字）：", sign),
    ]
