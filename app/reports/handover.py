"""台账移交清单: what is handed over when the clerk changes: counts, open items, arrears, missing papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from reportlab.platypus import KeepTogether

from app.checks.reminders import reminders
from app.dates import chinese
from app.dues.arrears import arrears
from app.dues.remittances import balance
from app.life.meetings import lacks
from app.money import yuan
from app.printing import style as s
from app.printing.text import Style, Text
from app.reports.parts import grid
from app.year.ledger import YearLedger
from app.year.standing import State, standing

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def counts(ledger: YearLedger, today: date) -> list[tuple[str, str]]:
    """What there is, by name: members, records of the year, money."""
    day = ledger.reference_day(today)
    present = ledger.roster.present(day)
    return [
        ("在册党员", f"{len(present)} 人"),
        ("名册中的全部人员", f"{len(ledger.roster.members)} 人"),
        ("在培养的申请人", f"{sum(not w.finished and not w.applicant.closed_on for w in ledger.development)} 人"),
        (f"{ledger.year} 年会议活动", f"{len(ledger.minutes)} 次"),
        (f"{ledger.year} 年谈心谈话", f"{len(ledger.talks)} 次"),
        (f"{ledger.year} 年党费", balance(ledger.dues, ledger.remittances).text),
        ("组织关系转接", f"{len(ledger.transfers)} 份"),
        (
            "没有收到回执的介绍信",
            f"{sum(t.receipt_on is None and t.issued_on is not None for t in ledger.transfers)} 份",
        ),
    ]


def open_items(ledger: YearLedger, today: date) -> list[tuple[str, str]]:
    """Everything that is missing or due, as the workbench tells it."""
    duties = standing(ledger, today)
    found = reminders(ledger, duties, today)
    return [(item.text, item.detail) for item in found] or [
        (duty.label, f"{duty.period} 缺") for duty in duties if duty.state is State.MISSING
    ]


def missing_papers(ledger: YearLedger) -> list[tuple[str, str]]:
    """Minutes that would print with a blank, and papers of applicants that are not there."""
    rule = ledger.rulebook.development
    rows = [
        (f"{m.meeting.held_on} {m.title}", f"{m.meeting.subject[:20]}：{lacks(m)}") for m in ledger.minutes if lacks(m)
    ]
    for way in ledger.development:
        if way.applicant.closed_on is None:
            lacking = [f"第 {step} 步 {name}" for step, name in way.lacking(rule)]
            if lacking:
                rows.append((f"{way.applicant.name} 发展材料", "、".join(lacking)))
    return rows


def handover_story(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """The list, with boxes for who hands over, who takes over, and who is present."""
    del record

    def section(
        title: str, head: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float]
    ) -> list[Flowable]:
        numbered = [(str(number), *row) for number, row in enumerate(rows, 1)]
        table = grid([1, *widths], ["序号", *head], numbered) if rows else Text("无。", s.BODY)
        return [Text(f"{title}（{len(rows)} 项）", s.SECTION), table]

    behind = [
        (ledger.roster[item.member].name, f"{len(item.months)} 个月", yuan(item.open_fen), item.reason)
        for item in arrears(ledger.dues, ledger.dues_before, today)
    ]
    sign = Style(s.PLAIN.face, 10.5, 32, "left", before=6)
    return [
        Text("台账移交清单", Style(s.CHAPTER.face, 18, 28, "center", after=4)),
        Text(f"{ledger.branch.name}　截至{chinese(today)}", s.NOTE),
        *section("一、现有记录", ["项目", "数量"], counts(ledger, today), [3, 7]),
        *section("二、没有办完的事项", ["事项", "说明"], open_items(ledger, today), [4, 6]),
        *section("三、党费欠缴", ["姓名", "欠缴", "金额", "说明"], behind, [1.6, 1.4, 1.6, 6]),
        *section("四、缺的记录和材料", ["记录", "缺什么"], missing_papers(ledger), [4, 6]),
        KeepTogether(
            [
                Text("移交人（签字）：　　　　　　　接收人（签字）：　　　　　　　监交人（签字）：", sign),
                Text("移交日期：　　　　年　　月　　日", sign),
            ]
        ),
    ]
