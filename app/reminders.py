"""待办与提醒: what to do next, most pressing first, each with the page and the form it leads to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.branch import term_end
from app.dates import add_months, chinese, month_end
from app.dues import unpaid_streak
from app.ledger import YearLedger
from app.members import MemberStatus
from app.standing import Duty, State, period_words, type_of

LEVELS = ("missing", "due", "info")


@dataclass(frozen=True)
class Reminder:
    """One thing to do: how pressing, what, a line of detail, the button's word, and where it leads."""

    level: str
    title: str
    detail: str
    action: str
    page: str
    icon: str = "warning"
    hint: dict[str, Any] = field(default_factory=dict[str, Any], compare=False)


def reminders(ledger: YearLedger, duties: list[Duty], today: date) -> list[Reminder]:
    """Everything that is missing or due, the missing first, then by its last day."""
    found: list[tuple[int, date, Reminder]] = []
    for duty in duties:
        made = _of_duty(ledger, duty, today)
        if made:
            found.append((LEVELS.index(made.level), duty.due_on, made))
    found += [(LEVELS.index(made.level), day, made) for day, made in _people(ledger, today)]
    found += [(LEVELS.index(made.level), day, made) for day, made in _term(ledger, today)]
    found += [(LEVELS.index(made.level), today, made) for made in _arrears(ledger, today)]
    return [made for _, _, made in sorted(found, key=lambda item: item[:2])]


def _of_duty(ledger: YearLedger, duty: Duty, today: date) -> Reminder | None:
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


def _people(ledger: YearLedger, today: date) -> list[tuple[date, Reminder]]:
    found: list[tuple[date, Reminder]] = []
    for person in ledger.roster.present(today):
        if ledger.roster.status(person.id, today) is not MemberStatus.PROBATIONARY:
            continue
        if person.joined is None or not person.joined.exact:
            continue
        ends = add_months(person.joined.first, 12)
        left = (ends - today).days
        if left <= 30:
            level = "missing" if left < 0 else "due"
            text = f"{chinese(ends)}预备期满 · 应开支部党员大会讨论转正"
            title = f"{person.name} 预备期{'已满' if left < 0 else '将满'}"
            found.append((ends, Reminder(level, title, text, "办理", "members", "person", {"member": person.id})))
    return found


def _term(ledger: YearLedger, today: date) -> list[tuple[date, Reminder]]:
    branch, rule = ledger.branch, ledger.rulebook.committee
    if branch.elected is None:
        return []
    years = rule.years_village_community if branch.kind in ("村", "社区") else rule.years
    ends = term_end(branch.elected, years)
    # Months before the day after the last one: 2023-11-25 and three years remind from 2026-05-25.
    begins = add_months(add_months(branch.elected, years * 12), -max(rule.remind_months))
    if today < begins:
        return []
    left = (ends - today).days
    text = f"{chinese(ends)}届满 · " + (f"还有 {left} 天" if left >= 0 else f"已超期 {-left} 天")
    return [(ends, Reminder("info" if left >= 0 else "missing", "支委会换届", text, "查看", "branch", "building"))]


def _arrears(ledger: YearLedger, today: date) -> list[Reminder]:
    found: list[Reminder] = []
    rule = ledger.rulebook.collection
    for member, row in ledger.dues.rows.items():
        settled = [cell for cell in row if cell.settled and cell.owed_fen]
        open_cells = [cell for cell in row if cell.owed_fen and not cell.settled]
        overdue = [cell for cell in open_cells if month_end(ledger.year, cell.month) < today]
        if not overdue:
            continue
        before = [cell.month for cell in settled if cell.month < overdue[0].month]
        through = (
            date(ledger.year, max(before), 1) if before else add_months(date(ledger.year, overdue[0].month, 1), -1)
        )
        months = min(unpaid_streak(through, today), len(overdue))
        if months >= rule.warn_months:
            level = "missing" if months >= rule.alarm_months else "due"
            title = f"{ledger.roster[member].name} 党费欠缴 {months} 个月"
            found.append(
                Reminder(level, title, f"从 {overdue[0].month} 月起", "收缴", "dues", "wallet", {"member": member})
            )
    return found
