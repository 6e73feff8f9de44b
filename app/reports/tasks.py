"""What was to be done on paper: tasks, rectification, follow-ups, inspections; the chronicle and the list of files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from app.attachments import Attachment, Owner
from app.printing import style as s
from app.printing.text import Signature, Text
from app.reports.parts import NOTHING, grid, heading, listed
from app.work.rectifications import of_year
from app.work.tasks import tasks_of_year
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def _day(value: date | None) -> str:
    return str(value) if value else ""


def tasks_part(ledger: YearLedger, today: date) -> list[Flowable]:
    """任务清单 of the year."""
    day = ledger.reference_day(today)
    rows: list[Sequence[Any]] = [
        (
            str(number),
            item.task,
            item.source,
            item.lead + (f"\n（配合：{item.partners}）" if item.partners else ""),
            _day(item.due_on),
            f"{item.percent}%",
            ledger.light(item.due_on, item.closed_on, day),
        )
        for number, item in enumerate(tasks_of_year(ledger.tasks, ledger.year), 1)
    ]
    head = ["序号", "任务", "来源", "责任", "时限", "进度", "状态"]
    return listed("任务清单", [0.9, 4, 2.2, 2, 1.8, 1, 1.4], head, rows)


def rectifications_part(ledger: YearLedger, today: date) -> list[Flowable]:
    """整改清单 of the year with what was done and who closed it."""
    day = ledger.reference_day(today)
    rows: list[Sequence[Any]] = [
        (
            str(number),
            item.problem + (f"\n（{item.source}）" if item.source else ""),
            item.measure,
            "、".join(part for part in (item.leader, item.who) if part),
            _day(item.due_on),
            item.progress + (f"\n佐证：{item.evidence}" if item.evidence else ""),
            ledger.light(item.due_on, item.closed_on, day)
            + (f"\n{item.closed_on} {item.checked_by}" if item.closed_on else ""),
        )
        for number, item in enumerate(of_year(ledger.rectifications, ledger.year), 1)
    ]
    head = ["序号", "问题", "整改措施", "责任人", "时限", "进展", "销号"]
    return listed("整改清单", [0.9, 3.2, 3, 1.5, 1.8, 2.4, 1.8], head, rows)


def rectifications_register(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """整改清单 across the page with every field (as inspectors ask for it)."""
    del record
    day = ledger.reference_day(today)
    rows: list[Sequence[Any]] = [
        (
            str(number),
            item.problem,
            item.source,
            item.category,
            item.measure,
            item.leader,
            item.who,
            _day(item.due_on),
            item.progress,
            _day(item.completed_on),
            item.evidence,
            "\n".join(part for part in (item.checked_by, _day(item.closed_on)) if part),
            ledger.light(item.due_on, item.closed_on, day),
        )
        for number, item in enumerate(of_year(ledger.rectifications, ledger.year), 1)
    ]
    columns = {
        "序号": 1,
        "问题": 4,
        "来源": 2,
        "类别": 1.6,
        "整改措施": 4,
        "责任领导": 1.7,
        "责任人": 1.7,
        "时限": 2.1,
        "进展": 2.6,
        "完成日期": 2.1,
        "佐证": 2,
        "销号审核": 2.1,
        "状态": 1.5,
    }
    return [
        Text("整改清单", s.FORM_TITLE),
        Text(f"{ledger.branch.name}　{ledger.year} 年度", s.NOTE),
        grid(list(columns.values()), list(columns), rows) if rows else Text(NOTHING, s.BODY),
        Signature("支部书记（签字）：　　　　　　　　　　上级党组织审核（签字）：", s.SIGN),
    ]


def follow_ups_part(ledger: YearLedger) -> list[Flowable]:
    """会议后续事项 of the year's meetings."""
    rows: list[Sequence[Any]] = [
        (
            str(ledger.meeting_days[item.meeting]),
            item.task,
            item.who,
            _day(item.due_on),
            f"{item.closed_on} {item.how}" if item.closed_on else "未办结",
        )
        for item in ledger.follow_ups
        if ledger.meeting_days[item.meeting].year == ledger.year
    ]
    return listed("会议后续事项", [1.8, 4, 1.5, 1.8, 3.4], ["会议", "事项", "责任人", "时限", "办结情况"], rows)


def inspections_part(ledger: YearLedger) -> list[Flowable]:
    """检查情况 of the year."""
    rows: list[Sequence[Any]] = [
        (str(item.inspected_on), item.kind, item.inspector, item.score, item.finding, item.outcome)
        for item in sorted(ledger.inspections, key=lambda i: (i.inspected_on, i.id))
    ]
    head = ["日期", "类别", "检查人", "得分", "发现的问题", "处理情况"]
    return listed("检查情况", [1.8, 1.4, 1.6, 1.1, 3.6, 3], head, rows)


def rectifications_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """问题整改清单和销号."""
    return [
        heading("rectifications", "任务和整改清单"),
        *tasks_part(ledger, today),
        *rectifications_part(ledger, today),
        *follow_ups_part(ledger),
    ]


def inspections_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """检查情况."""
    del today
    return [heading("inspections", "检查情况"), *inspections_part(ledger)[1:]]


def chronicle(ledger: YearLedger, today: date) -> list[tuple[date, str]]:
    """大事记: what the records of the year tell, day by day; nothing is added."""
    day = ledger.reference_day(today)
    found: list[tuple[date, str]] = [
        (m.meeting.held_on, f"{m.title}：{m.meeting.subject}（实到 {len(m.attended)} 人）") for m in ledger.minutes
    ]
    found += [
        (change.fact.since.first, f"{change.member.name} {change.kind}")
        for change in ledger.roster.changes(date(ledger.year, 1, 1), day)
        if change.fact.since and change.fact.since.exact
    ]
    for honour in ledger.honours:
        if honour.given_on.year == ledger.year and honour.given_on.exact:
            found.append((honour.given_on.first, f"{ledger.roster[honour.member].name}获“{honour.name}”"))
    found += [
        (item.election.held_on, f"{item.election.kind}：{item.election.body}")
        for item in ledger.elections
        if item.election.held_on.year == ledger.year
    ]
    found += [(item.inspected_on, f"{item.kind} {item.inspector}".strip()) for item in ledger.inspections]
    return sorted((when, text) for when, text in found if when <= day)


def chronicle_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """大事记和附件目录."""
    events = [(str(when), text) for when, text in chronicle(ledger, today)]
    story: list[Flowable] = [heading("chronicle", "大事记和附件目录")]
    story += listed("大事记", [1.6, 9], ["日期", "事项"], events)
    return [*story, *attachments_part(ledger)]


def year_files(ledger: YearLedger) -> list[tuple[Attachment, str]]:
    """The files kept with the year's meetings, and those added in the year to other records, with what they are of."""
    meetings = {item.meeting.id: item.meeting for item in ledger.minutes}
    found: list[tuple[Attachment, str]] = []
    for item in ledger.attachments:
        if item.owner is Owner.MEETING:
            meeting = meetings.get(item.owner_id)
            if meeting:
                found.append((item, f"{meeting.held_on} {meeting.subject}"))
        elif item.added_on.year == ledger.year:
            found.append((item, item.owner.value))
    return sorted(found, key=lambda pair: (pair[1], pair[0].id))


def attachments_part(ledger: YearLedger) -> list[Flowable]:
    """附件目录."""
    rows: list[Sequence[Any]] = [
        (str(number), item.name, of, item.caption, str(item.added_on))
        for number, (item, of) in enumerate(year_files(ledger), 1)
    ]
    head = ["序号", "文件", "所属记录", "说明", "加入日期"]
    return listed("附件目录", [0.9, 3.4, 4.2, 2.4, 1.8], head, rows)
