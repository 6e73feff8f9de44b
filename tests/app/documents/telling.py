"""Short ways to read an invented document, and to say what came of it."""

from __future__ import annotations

from app.documents.plan import PlanDocument, read_plan

YEAR = "某局机关党委2026年党建工作安排\n"


def items(told: PlanDocument) -> list[tuple[str, str]]:
    return [(item.no, item.title) for item in told.items]


def counts(told: PlanDocument) -> list[tuple[float, str, str]]:
    return [(found.count.minimum, found.count.unit, found.count.period) for found in told.counts]


def days(told: PlanDocument) -> list[str]:
    return [found.due_on for found in told.dates]


def table(*rows: str, title: str = YEAR) -> PlanDocument:
    return read_plan(title + "\n".join(row.replace("|", "\t") for row in rows))
