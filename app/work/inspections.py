"""检查情况: what was looked at, by whom, with what result: the quarterly self-check and what superiors found."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.record import Problem, Record, entry, missing_entries, refuse_errors, stored
from app.store import Store


class InspectionKind(StrEnum):
    """Who looked."""

    SELF = "支部自查"
    SUPERIOR = "上级检查"


@stored
class Inspection(Record, called="检查情况"):
    """One inspection with what was found and what became of it."""

    inspected_on: date = entry("检查日期", required=True, tells_year=True, titles=True)
    kind: InspectionKind = entry("检查类别", default=InspectionKind.SELF, titles=True)
    inspector: str = entry("检查人", default="")
    score: str = entry("得分或等次", default="")
    finding: str = entry("发现的问题", default="", long=True)
    outcome: str = entry("处理情况", default="", long=True)


def check_inspection(inspection: Inspection, today: date) -> list[Problem]:
    """What is wrong with an inspection."""
    problems = missing_entries(inspection)
    if inspection.inspected_on > today:
        problems.append(Problem("inspected_on", "日期在今天之后"))
    return problems


def save_inspection(store: Store, inspection: Inspection, today: date) -> Inspection:
    """Record or correct an inspection; raises Refused."""
    refuse_errors(check_inspection(inspection, today))
    with store.transaction("修改检查情况" if inspection.id else "登记检查情况"):
        return store[Inspection].save(inspection)


def remove_inspection(store: Store, inspection: Inspection) -> None:
    """Delete an inspection entered by mistake."""
    with store.transaction("删除检查情况"):
        store[Inspection].remove(inspection.id)
