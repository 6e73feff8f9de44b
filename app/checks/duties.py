"""What a duty of the year that is missing or due asks to be done, and the one place it leads to."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.checks.matter import Level, Matter
from app.dates import PartialDate
from app.dues.arrears import arrears
from app.dues.payments import Payment
from app.life.meetings import Meeting
from app.life.study import OwnStudy
from app.life.talks import Talk
from app.rules.meeting_types import MeetingType
from app.ways import ToList, ToNew, ToRecord, Way
from app.year.ledger import YearLedger
from app.year.periods import period_words
from app.year.standing import Duty, State, quota_of


def way_of(ledger: YearLedger, duty: Duty) -> Way:
    """Where a duty leads, wherever it is shown: to its records when it is done, else to what it still asks for."""
    if duty.rule == ledger.rulebook.collection.code:
        return ToNew(Payment, {"month": PartialDate(duty.first.year, duty.first.month)})
    if ledger.rulebook.hours and duty.rule == ledger.rulebook.hours.code:
        return ToList(OwnStudy, duty.missing_ids, "学时不足")
    quota = quota_of(ledger, duty.rule)
    if quota is None:
        return ToNew(Talk, {"partner": duty.missing_ids[0]} if duty.missing_ids else {})
    if duty.records and duty.state is State.DONE:
        if len(duty.records) == 1:
            return ToRecord(Meeting, duty.records[0])
        return ToList(Meeting, duty.records, f"{duty.label} {period_words(duty.period)}")
    told: dict[str, Any] = {"types": (MeetingType(quota.type),)}
    if quota.activity:
        told["activity"] = quota.activity
    if duty.missing_ids:
        told["group"] = duty.missing_ids[0]
    return ToNew(Meeting, told, (duty.first, duty.due_on))


def of_duty(ledger: YearLedger, duty: Duty, today: date) -> Matter | None:
    """What a duty asks to be done; None when it is done, or its time has not come."""
    if duty.state not in (State.MISSING, State.DUE):
        return None
    told = _words(ledger, duty, today)
    if told is None:
        return None
    return Matter(
        level=Level.ERROR if duty.state is State.MISSING else Level.WARNING,
        text=told[0],
        detail=told[1],
        source=duty.source,
        code=duty.rule,
        key=f"duty:{duty.rule}:{duty.period}",
        until=duty.due_on,
        way=way_of(ledger, duty),
    )


def _words(ledger: YearLedger, duty: Duty, today: date) -> tuple[str, str] | None:
    when = period_words(duty.period)
    if duty.rule == ledger.rulebook.collection.code:
        day = f"党费日 {duty.due_on.month}月{duty.due_on.day}日"
        return f"{when}党费 {duty.required - duty.done} 人未缴", f"{duty.done}/{duty.required} 人已交 · {day}"
    if quota_of(ledger, duty.rule) is None:
        if duty.rule != "talk_each_member":
            return None
        names = "、".join(duty.missing[:4]) + ("等" if len(duty.missing) > 4 else "")
        return f"谈心谈话还差 {duty.required - duty.done} 人", f"还没有谈：{names}"
    names = "、".join(duty.missing)
    before = f"{names} · " if names else ""
    if duty.state is State.MISSING:
        late = (today - duty.due_on).days
        what = f"{duty.label}缺 {len(duty.missing)} 组" if names else f"{duty.label}缺{when}"
        return what, f"{before}{when} · 已逾期 {late} 天"
    return f"{duty.label}待开", f"{before}{duty.due_on.month}月{duty.due_on.day}日前"


def of_arrears(ledger: YearLedger, today: date) -> list[Matter]:
    """Who has not paid for so many months that it is to be told."""
    found: list[Matter] = []
    for item in arrears(ledger.dues, ledger.dues_before, today):
        if item.level:
            first = item.months[0]
            found.append(
                Matter(
                    level=Level.ERROR if item.level == "alarm" else Level.WARNING,
                    text=f"{ledger.roster[item.member].name} 党费欠缴 {item.streak} 个月",
                    detail=f"从 {first[0]}年{first[1]}月起，共 {len(item.months)} 个月",
                    source=ledger.rulebook.collection.source,
                    code="arrears",
                    key=f"arrears:{item.member}",
                    way=ToNew(Payment, {"member": item.member}),
                )
            )
    return found
