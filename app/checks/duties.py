"""What a duty of the year that is missing or due asks to be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.checks.reminder import Reminder
from app.dues.arrears import arrears
from app.year.ledger import YearLedger
from app.year.standing import Duty, State, period_words, type_of


def of_duty(ledger: YearLedger, duty: Duty, today: date) -> Reminder | None:
    """What a duty asks to be done; None when it is done, or its time has not come."""
    if duty.state not in (State.MISSING, State.DUE):
        return None
    level = "missing" if duty.state is State.MISSING else "due"
    when = period_words(duty.period)
    if duty.rule == ledger.rulebook.collection.code:
        left = duty.required - duty.done
        text = f"{duty.done}/{duty.required} 人已交 · 党费日 {duty.due_on.month}月{duty.due_on.day}日"
        return Reminder(level, f"{when}党费 {left} 人未缴", text, "收缴", "dues", "wallet", {"month": duty.first.month})
    kind = type_of(ledger, duty.rule)
    if kind is None:
        if duty.rule != "talk_each_member":
            return None
        text = "还没有谈：" + "、".join(duty.missing[:4]) + ("等" if len(duty.missing) > 4 else "")
        hint = {"partner": duty.missing_ids[0]} if duty.missing_ids else {}
        title = f"谈心谈话还差 {duty.required - duty.done} 人"
        return Reminder(level, title, text, "谈话", "talks", "chat_multiple", hint)
    names = "、".join(duty.missing)
    if level == "missing":
        late = (today - duty.due_on).days
        detail = f"{names + ' · ' if names else ''}{when} · 已逾期 {late} 天"
        title = f"{duty.label}缺{when}" if not names else f"{duty.label}缺 {len(duty.missing)} 组"
    else:
        detail = f"{names + ' · ' if names else ''}{duty.due_on.month}月{duty.due_on.day}日前"
        title = f"{duty.label}待开"
    return Reminder(
        level,
        title,
        detail,
        "补记" if level == "missing" else "记录",
        "meetings",
        "warning" if level == "missing" else "clock",
        form_hint(ledger, duty),
    )


def form_hint(ledger: YearLedger, duty: Duty) -> dict[str, Any]:
    """What the form of a missing meeting is filled in with: type, group, and the day where it is certain."""
    hint: dict[str, Any] = {"new": type_of(ledger, duty.rule), "period": (duty.first, duty.due_on)}
    if duty.missing_ids:
        hint["group"] = duty.missing_ids[0]
    return hint


def of_arrears(ledger: YearLedger, today: date) -> list[Reminder]:
    """Who has not paid for so many months that it is to be told."""
    found: list[Reminder] = []
    for item in arrears(ledger.dues, ledger.dues_before, today):
        if item.level:
            title = f"{ledger.roster[item.member].name} 党费欠缴 {item.streak} 个月"
            level = "missing" if item.level == "alarm" else "due"
            first = item.months[0]
            text = f"从 {first[0]}年{first[1]}月起，共 {len(item.months)} 个月"
            found.append(Reminder(level, title, text, "收缴", "dues", "wallet", {"member": item.member}))
    return found
