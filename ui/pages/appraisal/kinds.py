"""The registers of the year's life meeting and appraisal: findings, ballots, grades."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.errors import Refused
from app.life.life_meetings import LifeFinding, check_finding, remove_finding, save_finding, to_rectify
from app.people.appraisals import (
    Appraisal,
    AppraisalTally,
    Grade,
    check_appraisal,
    check_tally,
    excellent_cap,
    remove_appraisal,
    remove_tally,
    save_appraisal,
    save_tally,
)
from app.people.members import MemberStatus
from app.record import Problem
from app.work.rectifications import raise_all
from app.year.appraisals import MemberRow, member_rows
from app.year.ledger import YearLedger
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.record_fields import Fields
from ui.kit.table import Column
from ui.record.registers import Register, member_column

GRADE_TONES = {Grade.EXCELLENT: "ok", Grade.QUALIFIED: "info", Grade.BARELY: "due", Grade.UNQUALIFIED: "missing"}


def _votes(name: str) -> Any:
    return lambda row: str(getattr(row.tally, name)) if row.tally else ""


def _grade(row: MemberRow) -> str:
    if row.grade:
        return row.grade.grade.value
    return "未评" if row.graded else "不评等次"


def _tone(row: MemberRow) -> str:
    if row.grade:
        return GRADE_TONES[row.grade.grade]
    return "due" if row.graded else "plain"


def _tallies(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    return (
        member_column(ledger),
        Column("优秀", _votes("excellent"), 60, right=True),
        Column("合格", _votes("qualified"), 60, right=True),
        Column("基本合格", _votes("barely"), 76, right=True),
        Column("不合格", _votes("unqualified"), 68, right=True),
        Column("合计", lambda r: str(r.tally.ballots) if r.tally else "", 60, right=True),
        Column("自评", lambda r: (r.tally.own_grade or "") if r.tally else "", 90),
        Column("评定等次", _grade, 100, tone=_tone, stretch=True),
    )


def _grades(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    return (
        member_column(ledger),
        Column("等次", _grade, 100, tone=_tone),
        Column("优秀票", _votes("excellent"), 70, right=True),
        Column("评定日期", lambda r: str(r.grade.decided_on or "") if r.grade else "", 110),
        Column("支部意见", lambda r: r.grade.opinion if r.grade else "", 200, stretch=True),
    )


def _findings(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    listed = {item.finding for item in ledger.rectifications}
    return (
        member_column(ledger),
        Column("查摆问题", lambda r: r.problem, 220, stretch=True, tip=lambda r: r.problem),
        Column("批评意见", lambda r: r.criticism, 180, tip=lambda r: r.criticism),
        Column(
            "整改",
            lambda r: "已列入" if r.id in listed else "未列入",
            84,
            tone=lambda r: "ok" if r.id in listed else "plain",
        ),
    )


def _cap_facts(ledger: YearLedger, today: date) -> str:
    rows = member_rows(ledger, today)
    graded = [row for row in rows if row.graded]
    best = sum(row.grade is not None and row.grade.grade is Grade.EXCELLENT for row in rows)
    done = sum(row.grade is not None for row in graded)
    waiting = [row for row in rows if not row.graded]
    cap = excellent_cap(len(graded), ledger.rulebook.appraisal)
    text = f"已评 {done}/{len(graded)} 人 · 优秀 {best} 人，一般不超过 {cap} 人"
    return f"{text} · {len(waiting)} 人参加、不评等次" if waiting else text


def _tally_facts(ledger: YearLedger, today: date) -> str:
    counted = sum(row.tally is not None for row in member_rows(ledger, today) if row.graded)
    return f"已录入 {counted} 人的票数 · {_cap_facts(ledger, today)}"


def _tally_of(row: Any, ledger: YearLedger) -> dict[str, Any]:
    return row.tally.__dict__ if row.tally else {"member": row.member, "year": ledger.year}


def _grade_of(row: Any, ledger: YearLedger) -> dict[str, Any]:
    return row.grade.__dict__ if row.grade else {"member": row.member, "year": ledger.year}


def _check_tally(session: Session, tally: Any):
    ledger = session.ledger_of_year()
    problems = check_tally(tally, ledger.tallies)
    if ledger.roster.status(tally.member, session.reference_day()) is not MemberStatus.FULL:
        problems += [p for p in check_appraisal(_as_grade(tally), (), ledger.roster) if p.field == "member"]
    return problems


def _check_grade(ledger: YearLedger, grade: Any) -> list[Problem]:
    return check_appraisal(grade, ledger.appraisals, ledger.roster, ledger.rulebook.appraisal)


def _as_grade(tally: AppraisalTally) -> Appraisal:
    return Appraisal(member=tally.member, year=tally.year, grade=Grade.QUALIFIED)


def _to_sheet(session: Session) -> None:
    session.go(ToView("sheets", "ballots"))


def _raise(session: Session) -> None:
    ledger = session.ledger_of_year()
    if not ledger.life_findings:
        raise Refused("还没有登记查摆问题。", "先登记每位党员的查摆问题和整改措施。")
    names = {person.id: person.name for person in ledger.roster.members}
    wanted = to_rectify(ledger.life_findings, ledger.rectifications, names)
    number = raise_all(session.ledger, wanted, session.today())
    session.say(f"已列入整改清单 {number} 项，请到任务清单定时限", undo=True)


REGISTERS = (
    Register(
        "findings",
        "组织生活会",
        LifeFinding,
        "这里登记组织生活会上每位党员查摆的问题、批评意见和整改措施，可以一次列入整改清单。",
        _findings,
        lambda ledger, _: sorted(ledger.life_findings, key=lambda f: (f.member, f.id)),
        Fields(("member", "problem", "criticism", "measure")),
        lambda s, r: save_finding(s.ledger, r),
        lambda s, r: remove_finding(s.ledger, r),
        lambda _, r: check_finding(r),
        lambda ledger, _: f"{len({f.member for f in ledger.life_findings})} 人已查摆",
        actions=(("列入整改清单", "clipboard_task", _raise),),
        form="life_findings",
        noun="查摆问题",
        example="李明：理论学习不够系统；措施：每周自学两次，九月底前交一篇体会。",
    ),
    Register(
        "tallies",
        "民主测评",
        AppraisalTally,
        "名册里有了党员，这里就按人列出来。先在“党员名册”里新增或导入。",
        _tallies,
        member_rows,
        Fields(("member", "excellent", "qualified", "barely", "unqualified", "own_grade", "own_words", "mutual_words")),
        lambda s, r: save_tally(s.ledger, r),
        lambda s, r: remove_tally(s.ledger, r),
        _check_tally,
        _tally_facts,
        record_of=_tally_of,
        actions=(("成表录入", "table", _to_sheet),),
        form="appraisal_tally",
        noun="测评票数",
        example="王芳：优秀 12 票，合格 3 票。",
    ),
    Register(
        "appraisals",
        "评定等次",
        Appraisal,
        "名册里有了党员，这里就按人列出来。先在“党员名册”里新增或导入。",
        _grades,
        member_rows,
        Fields(("member", "year", "grade", "decided_on", "opinion")),
        lambda s, r: save_appraisal(s.ledger, r, s.ledger_of_year().roster),
        lambda s, r: remove_appraisal(s.ledger, r),
        lambda s, r: _check_grade(s.ledger_of_year(), r),
        _cap_facts,
        record_of=_grade_of,
        actions=(("成表录入", "table", _to_sheet),),
        noun="评议等次",
        example="王芳，优秀，12月20日支部党员大会评定。",
    ),
)
