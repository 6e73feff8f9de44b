"""The registers of what is to be done, by its last day, each with its light."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.attachments import Owner
from app.life.follow_ups import FollowUp, save_follow_up
from app.life.meetings import Meeting
from app.record import Problem
from app.ways import ToRecord
from app.work.inspections import Inspection, check_inspection, remove_inspection, save_inspection
from app.work.rectifications import (
    Light,
    Rectification,
    check_rectification,
    of_year,
    remove_rectification,
    save_rectification,
)
from app.work.tasks import Task, check_task, remove_task, save_task, tasks_of_year
from app.work.year_papers import YearPaper, YearPaperKind, remove_paper, save_paper
from app.year.ledger import YearLedger
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.record_fields import Fields
from ui.kit.table import Column
from ui.record.progress import LIGHT_TONES
from ui.record.registers import Register


def _by_light(ledger: YearLedger, today: date) -> Any:
    order = (Light.RED, Light.AMBER, Light.GREEN, Light.CLOSED)
    day = ledger.reference_day(today)
    return lambda item: (order.index(ledger.light(item.due_on, item.closed_on, day)), item.due_on or date.max, item.id)


def _day(value: date | None) -> str:
    return str(value) if value else ""


def _light_column(ledger: YearLedger, today: date) -> Column:
    """The state of a matter: as of today, or the last day of a year that is over."""

    def of(item: Any) -> Light:
        return ledger.light(item.due_on, item.closed_on, ledger.reference_day(today))

    return Column("状态", lambda r: of(r).value, 84, keep=True, tone=lambda r: LIGHT_TONES[of(r)])


def _tasks(ledger: YearLedger, today: date) -> Sequence[Column]:
    return (
        Column("任务", lambda r: r.task, 240, strong=True, stretch=True, tip=lambda r: r.task),
        Column("牵头", lambda r: r.lead, 100),
        Column("时限", lambda r: _day(r.due_on) or "未定", 100, keep=True, order=lambda r: r.due_on or date.max),
        Column("进度", lambda r: f"{r.percent}%", 120, share=lambda r: r.percent / 100, order=lambda r: r.percent),
        _light_column(ledger, today),
    )


def _rectifications(ledger: YearLedger, today: date) -> Sequence[Column]:
    return (
        Column("问题", lambda r: r.problem, 220, strong=True, stretch=True, tip=lambda r: r.problem),
        Column("来源", lambda r: r.source, 150, tip=lambda r: r.source),
        Column("责任人", lambda r: r.who, 90),
        Column("时限", lambda r: _day(r.due_on) or "未定", 100, keep=True, order=lambda r: r.due_on or date.max),
        _light_column(ledger, today),
    )


def _follow_ups(ledger: YearLedger, today: date) -> Sequence[Column]:
    return (
        Column("事项", lambda r: r.task, 220, strong=True, stretch=True, tip=lambda r: r.task),
        Column("会议", lambda r: _day(ledger.meeting_days.get(r.meeting)), 100),
        Column("责任人", lambda r: r.who, 90),
        Column("时限", lambda r: _day(r.due_on) or "未定", 100, keep=True, order=lambda r: r.due_on or date.max),
        _light_column(ledger, today),
    )


def _inspections(ledger: YearLedger, today: date) -> Sequence[Column]:
    del ledger, today
    return (
        Column("检查日期", lambda r: str(r.inspected_on), 110),
        Column("类别", lambda r: r.kind, 90, tone=lambda _: "info"),
        Column("检查人", lambda r: r.inspector, 120),
        Column("得分", lambda r: r.score, 80),
        Column("发现的问题", lambda r: r.finding, 200, stretch=True, tip=lambda r: r.finding),
    )


def _papers(ledger: YearLedger, today: date) -> Sequence[Column]:
    del ledger, today
    return (
        Column("种类", lambda r: r.kind, 130, tone=lambda _: "info"),
        Column("日期", lambda r: _day(r.dated_on), 110),
        Column("起草人", lambda r: r.author, 100),
        Column("正文", lambda r: r.text, 220, stretch=True),
        Column("字数", lambda r: str(len(r.text)), 70, right=True, order=lambda r: len(r.text)),
    )


def _lights(ledger: YearLedger, items: Sequence[Any], today: date) -> str:
    day = ledger.reference_day(today)
    counted = {state: sum(ledger.light(i.due_on, i.closed_on, day) is state for i in items) for state in Light}
    return " · ".join(f"{state} {number}" for state, number in counted.items() if number)


def _follow_rows(ledger: YearLedger, today: date) -> Sequence[FollowUp]:
    first = date(ledger.year, 1, 1)
    shown = [
        item
        for item in ledger.follow_ups
        if ledger.meeting_days[item.meeting].year <= ledger.year and (item.closed_on is None or item.closed_on >= first)
    ]
    return sorted(shown, key=_by_light(ledger, today))


def _check_follow_up(session: Session, record: Any) -> list[Problem]:
    problems: list[Problem] = []
    if record.closed_on and not record.how.strip():
        problems.append(Problem("how", "请写明怎么办结的"))
    if record.closed_on and record.closed_on > session.today():
        problems.append(Problem("closed_on", "日期在今天之后"))
    return problems


REGISTERS = (
    Register(
        "tasks",
        "任务",
        Task,
        "这里登记上级文件和年度计划交办的任务，按时限显示红黄绿，办完销号。",
        _tasks,
        lambda ledger, today: sorted(tasks_of_year(ledger.tasks, ledger.year), key=_by_light(ledger, today)),
        Fields(
            ("task", "source", "lead", "partners", "set_on", "due_on", "percent", "progress", "evidence", "closed_on"),
            hints={"lead": "第一个写的是牵头", "source": "文件名和条目", "evidence": "材料名称或存放处"},
        ),
        lambda s, r: save_task(s.ledger, r, s.today()),
        lambda s, r: remove_task(s.ledger, r),
        lambda s, r: check_task(r, s.today()),
        lambda ledger, today: _lights(ledger, tasks_of_year(ledger.tasks, ledger.year), today),
        begins_today=("set_on",),
        key=lambda row: row.id,
        searched=lambda row, _: f"{row.task} {row.lead} {row.source}",
        owner=Owner.TASK,
        actions=(("从文件读取", "arrow_import", lambda s: s.go(ToView("superior_documents", "read"))),),
        example="完善活动室标识，来源 党委〔2026〕5号，牵头 组织委员，时限 9.30。",
    ),
    Register(
        "rectifications",
        "整改清单",
        Rectification,
        "这里登记检查反馈、组织生活会查摆出来的问题，写明措施、责任人和时限，整改完成后销号。",
        _rectifications,
        lambda ledger, today: sorted(of_year(ledger.rectifications, ledger.year), key=_by_light(ledger, today)),
        Fields(
            (
                "problem",
                "source",
                "category",
                "measure",
                "leader",
                "who",
                "raised_on",
                "due_on",
                "progress",
                "completed_on",
                "evidence",
                "checked_by",
                "closed_on",
            ),
            hints={"source": "如：季度检查、组织生活会", "evidence": "材料名称或存放处"},
        ),
        lambda s, r: save_rectification(s.ledger, r, s.today()),
        lambda s, r: remove_rectification(s.ledger, r),
        lambda s, r: check_rectification(r, s.today()),
        lambda ledger, today: _lights(ledger, of_year(ledger.rectifications, ledger.year), today),
        begins_today=("raised_on",),
        key=lambda row: row.id,
        searched=lambda row, _: f"{row.problem} {row.who} {row.source}",
        owner=Owner.RECTIFICATION,
        noun="整改事项",
        example="会议记录不规范；措施：按七项要素记录；责任人 组织委员；时限 +30。",
    ),
    Register(
        "follow_ups",
        "会议后续事项",
        FollowUp,
        "会议记录里写的后续事项都在这里，办结后填办结日期和情况；没办结的，下次会议的表里还会出现。",
        _follow_ups,
        _follow_rows,
        Fields(("task", "who", "due_on", "closed_on", "how")),
        lambda s, r: save_follow_up(s.ledger, r),
        lambda s, r: s.go(ToRecord(Meeting, r.meeting)),
        _check_follow_up,
        lambda ledger, today: _lights(ledger, _follow_rows(ledger, today), today),
        key=lambda row: row.id,
        searched=lambda row, _: f"{row.task} {row.who}",
        more=(("看会议", "people_team", lambda s, r: s.go(ToRecord(Meeting, r.meeting))),),
        makes_new=False,
    ),
    Register(
        "inspections",
        "检查情况",
        Inspection,
        "这里登记季度“五化”自查和上级检查：发现的问题、处理情况。需要整改的，再登记到整改清单。",
        _inspections,
        lambda ledger, _: sorted(ledger.inspections, key=lambda i: i.inspected_on, reverse=True),
        Fields(("inspected_on", "kind", "inspector", "score", "finding", "outcome"), hints={"score": "如：92 分"}),
        lambda s, r: save_inspection(s.ledger, r, s.today()),
        lambda s, r: remove_inspection(s.ledger, r),
        lambda s, r: check_inspection(r, s.today()),
        begins_today=("inspected_on",),
        key=lambda row: row.id,
        searched=lambda row, _: f"{row.inspector} {row.finding}",
        owner=Owner.INSPECTION,
        example="二季度“五化”自查：谈心谈话少 2 人，已列入整改。",
    ),
    Register(
        "papers",
        "年度材料",
        YearPaper,
        "这里放年度工作计划、学习计划、工作总结、书记述职报告的正文，年末随台账一起打印。程序不代写。",
        _papers,
        lambda ledger, _: sorted(ledger.papers, key=lambda p: (list(YearPaperKind).index(p.kind), p.id)),
        Fields(("kind", "year", "dated_on", "author", "text")),
        lambda s, r: save_paper(s.ledger, r),
        lambda s, r: remove_paper(s.ledger, r),
        key=lambda row: row.id,
        searched=lambda row, _: f"{row.kind} {row.author}",
        example="2026 年度党支部工作计划，正文可以从 Word 粘贴。",
    ),
)
