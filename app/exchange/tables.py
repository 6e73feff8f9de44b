"""The kinds of table that come in, behind one door."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.errors import Refused
from app.exchange.dues import import_dues
from app.exchange.meetings import import_meetings
from app.exchange.members import import_members, read_members
from app.exchange.sheet import Outcome
from app.exchange.talks import import_talks
from app.store import Store

IMPORTS = {"members": "党员名册", "meetings": "会议活动", "talks": "谈心谈话", "dues": "党费收缴"}


class _DryRun(Exception):
    """Leaves the transaction so that nothing is kept."""


def import_table(store: Store, kind: str, path: Path, today: date, *, dry_run: bool = False) -> Outcome:
    """Bring a table in, all good rows in one transaction; raises Refused when not one row could come in."""
    outcome = Outcome()
    try:
        with store.transaction(f"导入{IMPORTS[kind]}"):
            outcome = _import(store, kind, path, today)
            if dry_run:
                raise _DryRun
    except _DryRun:
        return outcome
    return outcome


def _import(store: Store, kind: str, path: Path, today: date) -> Outcome:
    if kind == "members":
        sheet, rows = read_members(path, today)
        outcome = import_members(store, sheet, rows, today)
    else:
        doors = {"meetings": import_meetings, "talks": import_talks, "dues": import_dues}
        outcome = doors[kind](store, path, today)
    if not outcome.added + outcome.updated + outcome.unchanged and outcome.refused:
        first = outcome.refused[0]
        raise Refused(
            f"没有一行能导入，共 {len(outcome.refused)} 处问题；"
            f"第一处在第 {first.row} 行“{first.column}”：{first.reason}。",
            "请改正后再导入，台账没有变化。",
        )
    return outcome
