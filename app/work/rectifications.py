"""整改清单: problems to be mended: whose, by when, how far, proved by what, and who closed them (销号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from app.errors import Refused
from app.record import Problem, Record, Severity, entry, missing_entries, refuse_errors, stored
from app.store import Store


class Light(StrEnum):
    """How a matter with a last day stands: closed, in time, near its last day, past it."""

    CLOSED = "已销号"
    GREEN = "进行中"
    AMBER = "快到期"
    RED = "已超期"


def light(due_on: date | None, closed_on: date | None, today: date, soon: int) -> Light:
    """The light of a matter on a day; near is `soon` days ahead, inclusive; one without a last day is in time."""
    if closed_on is not None:
        return Light.CLOSED
    if due_on is None:
        return Light.GREEN
    if due_on < today:
        return Light.RED
    return Light.AMBER if due_on <= today + timedelta(days=soon) else Light.GREEN


def open_in(begun: date, closed: date | None, year: int) -> bool:
    """Whether a matter was open on a day of a year."""
    return begun.year <= year and (closed is None or closed.year >= year)


@stored
class Rectification(Record, called="整改事项"):
    """整改事项, with the columns of the usual 整改清单. `finding` or `scored` is what it came from."""

    problem: str = entry("问题", required=True, titles=True, long=True)
    source: str = entry("来源", default="")
    category: str = entry("类别", default="")
    measure: str = entry("整改措施", default="", long=True)
    leader: str = entry("责任领导", default="")
    who: str = entry("责任人", default="")
    raised_on: date | None = entry("提出日期", default=None, required=True, tells_year=True)
    due_on: date | None = entry("时限", default=None, ahead=True)
    progress: str = entry("进展", default="", long=True)
    completed_on: date | None = entry("完成日期", default=None, tells_year=True)
    evidence: str = entry("佐证", default="")
    checked_by: str = entry("销号审核人", default="")
    closed_on: date | None = entry("销号日期", default=None, tells_year=True)
    finding: int | None = entry("查摆问题", default=None, of="LifeFinding", printed=False)
    scored: int | None = entry("自查得分", default=None, of="SelfCheckScore", printed=False)


def check_rectification(item: Rectification, today: date) -> list[Problem]:
    """What is wrong or doubtful with an entry."""
    problems = missing_entries(item)
    for field in ("raised_on", "completed_on", "closed_on"):
        day = getattr(item, field)
        if day is not None and day > today:
            problems.append(Problem(field, "日期在今天之后"))
    if item.closed_on and item.completed_on and item.closed_on < item.completed_on:
        problems.append(Problem("closed_on", "销号日期早于完成日期"))
    if item.closed_on and not item.evidence.strip():
        problems.append(Problem("evidence", "销号没有写佐证，检查时会被问到", Severity.WARNING))
    if item.closed_on and not item.checked_by.strip():
        problems.append(Problem("checked_by", "没有写销号审核人", Severity.WARNING))
    if not item.closed_on and item.due_on is None:
        problems.append(Problem("due_on", "没有定时限", Severity.WARNING))
    return problems


def save_rectification(store: Store, item: Rectification, today: date) -> Rectification:
    """Put a problem on the list, or say how far it is; raises Refused."""
    refuse_errors(check_rectification(item, today))
    with store.transaction("修改整改事项" if item.id else "登记整改事项"):
        return store[Rectification].save(item)


def raise_all(store: Store, items: Sequence[Rectification], today: date) -> int:
    """Put several problems on the list in one action; returns how many. Raises Refused when there are none."""
    if not items:
        raise Refused("没有要列入整改清单的问题。", "先登记查摆问题；已经在清单里的不会重复列入。")
    with store.transaction(f"列入整改清单 {len(items)} 项"):
        return len(store[Rectification].save_all([replace(item, raised_on=today) for item in items]))


def remove_rectification(store: Store, item: Rectification) -> None:
    """Take an entry off the list that was made by mistake."""
    with store.transaction("删除整改事项"):
        store[Rectification].remove(item.id)


def of_year(items: Sequence[Rectification], year: int) -> list[Rectification]:
    """Those that were open on a day of the year: raised by its end and not closed before it."""
    return [item for item in items if item.raised_on and open_in(item.raised_on, item.closed_on, year)]
