"""Members on paper: grades, transfers and decisions, care; each as a chapter of the year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.dates import chinese
from app.money import yuan
from app.people.appraisals import Grade, excellent_cap
from app.people.care import CareKind, birthdays
from app.people.members import MemberStatus
from app.printing import style as s
from app.printing.text import Text
from app.record import Record
from app.reports.parts import NOTHING, grid, heading, in_year, listed
from app.year.ledger import YearLedger
from app.year.statistics import party_statistics

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def appraisal_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """民主评议结果 of the year."""
    day = ledger.reference_day(today)
    given = [item for item in ledger.appraisals if item.year == ledger.year]
    story: list[Flowable] = [heading("appraisal", "民主评议结果")]
    if not given:
        return [*story, Text(NOTHING, s.BODY)]
    full = [p for p in ledger.roster.present(day) if ledger.roster.status(p.id, day) is MemberStatus.FULL]
    counts = "，".join(f"{grade} {sum(item.grade is grade for item in given)} 人" for grade in Grade)
    cap = excellent_cap(len(full), ledger.rulebook.appraisal)
    text = f"评定等次 {len(given)} 人：{counts}。优秀一般不超过 {cap} 人。"
    rows = [
        (str(number), ledger.roster[item.member].name, item.grade, str(item.decided_on or ""), item.opinion)
        for number, item in enumerate(given, 1)
    ]
    return [
        *story,
        Text(text, s.NOTE),
        grid([0.9, 2, 1.4, 2, 6], ["序号", "姓名", "等次", "评定日期", "支部意见"], rows),
    ]


def transfers_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """组织关系转接、党员情况、奖励、处置处分 of the year."""
    del today
    story: list[Flowable] = [heading("transfers", "组织关系、奖惩和处置")]
    return [
        *story,
        *transfers_part(ledger),
        *circumstances_part(ledger),
        *honours_part(ledger),
        *dispositions_part(ledger),
    ]


def _name(ledger: YearLedger, record: Record) -> str:
    return ledger.roster[getattr(record, "member")].name  # noqa: B009  every register is about a member


def transfers_part(ledger: YearLedger) -> list[Flowable]:
    """组织关系转接 of the year."""
    rows = [
        (
            _name(ledger, item),
            item.direction,
            str(item.moved_on),
            item.place,
            item.number,
            item.dues_through.chinese() if item.dues_through else "",
            str(item.receipt_on or ""),
        )
        for item in ledger.transfers
        if in_year(ledger, item.moved_on)
    ]
    head = ["姓名", "方向", "日期", "转往（来自）", "介绍信编号", "党费交至", "回执"]
    return listed("组织关系转接", [1.5, 0.9, 1.7, 3.2, 2, 1.8, 1.7], head, rows)


def circumstances_part(ledger: YearLedger) -> list[Flowable]:
    """流动、失联、困难等情况 that held on any day of the year."""
    first, last = date(ledger.year, 1, 1), date(ledger.year, 12, 31)
    rows = [
        (_name(ledger, item), item.kind, str(item.since or ""), str(item.until or ""), item.detail)
        for item in ledger.roster.circumstances
        if (item.since is None or item.since.first <= last) and (item.until is None or item.until.last >= first)
    ]
    return listed("党员情况", [1.6, 2.4, 1.8, 1.8, 5], ["姓名", "情况", "起", "止", "具体情况"], rows)


def honours_part(ledger: YearLedger) -> list[Flowable]:
    """表彰奖励 of the year."""
    rows = [
        (_name(ledger, item), item.given_on.chinese(), item.name, item.issuer)
        for item in ledger.honours
        if item.given_on.year == ledger.year
    ]
    return listed("表彰奖励", [1.6, 2.4, 4.6, 4], ["姓名", "表彰日期", "荣誉名称", "授予单位"], rows)


def dispositions_part(ledger: YearLedger) -> list[Flowable]:
    """组织处置和纪律处分 decided in the year."""
    rows = [
        (
            _name(ledger, item),
            item.kind,
            str(item.decided_on),
            str(item.approved_on or ""),
            str(item.ends or ""),
            item.reason,
            item.outcome,
        )
        for item in ledger.dispositions
        if in_year(ledger, item.decided_on)
    ]
    head = ["姓名", "种类", "支部决定", "上级批准", "期满", "事由", "结果"]
    return listed("组织处置和纪律处分", [1.5, 1.7, 1.7, 1.7, 1.7, 3, 1.8], head, rows)


def care_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """关怀帮扶 and 政治生日 of the year."""
    return [heading("care", "关怀帮扶和政治生日"), *care_part(ledger), *birthdays_part(ledger, today)]


def care_part(ledger: YearLedger) -> list[Flowable]:
    """What was done for members in the year, beside the birthdays."""
    rows = [
        (
            _name(ledger, item),
            str(item.given_on),
            item.kind,
            yuan(item.amount_fen) if item.amount_fen else "",
            item.content,
        )
        for item in ledger.cares
        if in_year(ledger, item.given_on) and item.kind is not CareKind.BIRTHDAY
    ]
    return listed("关怀帮扶", [1.6, 1.8, 1.6, 1.6, 6], ["姓名", "日期", "方式", "慰问金", "内容"], rows)


def birthdays_part(ledger: YearLedger, today: date) -> list[Flowable]:
    """The political birthdays of the year, and how they were kept."""
    kept = {
        item.member: item for item in ledger.cares if item.kind is CareKind.BIRTHDAY and in_year(ledger, item.given_on)
    }
    rows = [
        (
            item.member.name,
            f"{item.day.month}月{item.day.day}日",
            f"{item.years} 周年",
            str(kept[item.member.id].given_on) if item.member.id in kept else "",
            kept[item.member.id].content if item.member.id in kept else "",
        )
        for item in birthdays(ledger.roster, ledger.branch, ledger.year, ledger.reference_day(today))
    ]
    title = f"政治生日（按{ledger.branch.birthday_by}）"
    return listed(title, [1.8, 1.6, 1.6, 2, 5], ["姓名", "政治生日", "周年", "办理日期", "内容"], rows)


def statistics_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """党员统计表 by the bands of the yearly statistics."""
    rows = [(row.subject, row.band, row.count) for row in party_statistics(ledger, today)]
    note = f"截至{chinese(ledger.reference_day(today))}，按组织关系在本支部的党员统计。"
    return [heading("statistics", "党员统计表"), Text(note, s.NOTE), grid([3, 5, 1.6], ["项目", "分档", "人数"], rows)]
