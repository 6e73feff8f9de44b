"""Every register as a list for a spreadsheet: its own labels, names for people, real days and numbers, sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.branch.groups import Group
from app.dates import PartialDate
from app.dues.remittances import Remittance
from app.errors import Refused
from app.exchange.export import COMPOSED, export_table, workbook
from app.life.follow_ups import FollowUp
from app.life.life_meetings import LifeFinding
from app.life.meetings import Meeting
from app.life.plans import PlannedEvent
from app.life.study import OwnStudy
from app.life.talks import Talk, TalkOccasion
from app.people.appraisals import Appraisal, AppraisalTally
from app.people.care import Care
from app.people.circumstances import Circumstance
from app.people.dispositions import Disposition
from app.people.honours import Honour
from app.people.members import Member
from app.people.transfers import Transfer
from app.record import Entry, Record, Unit, entries
from app.work.inspections import Inspection
from app.work.rectifications import Rectification, of_year
from app.work.repositories import RepositoryItem
from app.work.tasks import Task, tasks_of_year
from app.work.year_papers import YearPaper
from app.year.ledger import YearLedger
from app.year.self_checks import HEADINGS, period_title, score_rows, self_check_of
from app.year.special_registers import register_of, register_rows

COUNTED = ("序号", "满分", "建议", "得分", "上期")
"""The columns of a self-check that hold numbers; a text of digits in another stays a text."""
SUMMED = (Unit.FEN, Unit.MINUTES)


@dataclass(frozen=True)
class RecordList:
    """A list of one kind of record: its title, the kind, and which records of the year."""

    title: str
    kind: type[Record]
    records: Callable[[YearLedger], Sequence[Record]]


LISTS: dict[str, RecordList] = {
    "transfers": RecordList("组织关系转接", Transfer, lambda y: y.transfers),
    "circumstances": RecordList("党员情况", Circumstance, lambda y: y.roster.circumstances),
    "dispositions": RecordList("处置处分", Disposition, lambda y: y.dispositions),
    "honours": RecordList("表彰奖励", Honour, lambda y: y.honours),
    "care": RecordList("关怀帮扶", Care, lambda y: [c for c in y.cares if c.given_on.year == y.year]),
    "appraisals": RecordList("评议等次", Appraisal, lambda y: [a for a in y.appraisals if a.year == y.year]),
    "tallies": RecordList("民主测评票数", AppraisalTally, lambda y: y.tallies),
    "findings": RecordList("查摆问题", LifeFinding, lambda y: y.life_findings),
    "study": RecordList("个人学习", OwnStudy, lambda y: y.own_studies),
    "repository": RecordList("党支部四库", RepositoryItem, lambda y: y.repository),
    "tasks": RecordList("任务清单", Task, lambda y: tasks_of_year(y.tasks, y.year)),
    "rectifications": RecordList("整改清单", Rectification, lambda y: of_year(y.rectifications, y.year)),
    "follow_ups": RecordList("会议后续事项", FollowUp, lambda y: y.follow_ups),
    "inspections": RecordList("检查情况", Inspection, lambda y: y.inspections),
    "papers": RecordList("年度材料", YearPaper, lambda y: y.papers),
    "plan": RecordList("年度计划", PlannedEvent, lambda y: y.plan),
    "talk_records": RecordList("谈心谈话", Talk, lambda y: y.talks),
    "occasions": RecordList("必谈事由", TalkOccasion, lambda y: y.occasions),
    "remittances": RecordList("党费上交", Remittance, lambda y: y.remittances),
}


def list_titles() -> dict[str, str]:
    """Every list that can be exported, by code."""
    return COMPOSED | {code: item.title for code, item in LISTS.items() if code != "talk_records"}


def export_list(ledger: YearLedger, code: str, today: date) -> bytes:
    """One list of the year as the bytes of a workbook; raises Refused for a list that is not known."""
    if code in COMPOSED:
        return export_table(ledger, code, today)
    wanted = LISTS.get(code)
    if wanted is None:
        raise Refused(f"没有“{code}”这个表。", "可选：" + "、".join(list_titles().values()) + "。")
    fields = [field for field in entries(wanted.kind) if field.printed]
    rows: list[list[Any]] = [
        [number, *(_shown(ledger, field, getattr(record, field.name)) for field in fields)]
        for number, record in enumerate(wanted.records(ledger), 1)
    ]
    summed = [number for number, field in enumerate(fields, 1) if field.unit in SUMMED]
    if rows and summed:
        total: list[Any] = ["合计", *[""] * len(fields)]
        for number in summed:
            total[number] = sum(row[number] for row in rows if isinstance(row[number], int | float))
        rows.append(total)
    return workbook(f"{ledger.year}年{wanted.title}", ["序号", *(field.label for field in fields)], rows)


def _shown(ledger: YearLedger, field: Entry, value: Any) -> Any:
    if value is None:
        return ""
    if field.of is Member:
        return ledger.roster[value].name
    if field.of is Group:
        return ledger.group_names.get(value, "")
    if field.of is Meeting:
        return ledger.meeting_days.get(value) or ""
    if field.unit is Unit.FEN:
        return value / 100
    if field.unit is Unit.SCORE:
        return value / 10
    if isinstance(value, PartialDate):
        return value.first if value.exact and value.year >= 1900 else str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, int | float | date) else str(value)


def register_workbook(ledger: YearLedger, register: int, today: date) -> bytes:
    """The rows of a special register of the year as the bytes of a workbook; raises Refused."""
    kept = register_of(ledger, register)
    head, rows = register_rows(ledger, kept, today)
    return workbook(f"{ledger.year}年{kept.register.title}", head, rows)


def self_check_workbook(ledger: YearLedger, record: int) -> bytes:
    """The items of a self-check with their scores as the bytes of a workbook; raises Refused."""
    scheme, scored = self_check_of(ledger, record)
    counted = [place for place, head in enumerate(HEADINGS) if head in COUNTED]
    rows: list[list[Any]] = [list(row) for row in score_rows(scheme, scored)]
    for row in rows:
        for place in counted:
            row[place] = float(row[place]) if row[place] else ""
    return workbook(f"{scheme.checklist.title} {period_title(scored.check.period)}", HEADINGS, rows)
