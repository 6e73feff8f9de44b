"""年度归档: a year whose ledger was signed is sealed; what is changed later takes a reason and is listed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import Refused
from app.history import Action, Change, History
from app.life.meetings import Meeting
from app.record import Record, entry, stored
from app.store import Ledger, Store

REASON = "原因："
# The field that tells the day of a record; parts of a meeting have that of their meeting.
DAY_FIELDS = (
    "held_on",
    "talked_on",
    "month",
    "since",
    "moved_on",
    "decided_on",
    "given_on",
    "studied_on",
    "done_on",
    "first_month",
    "happened_on",
    "raised_on",
    "set_on",
    "inspected_on",
)


@stored
class YearSeal(Record):
    """The seal of a year: the history up to `action` and the year's records then have this digest (SHA-256)."""

    year: int = entry("年度", required=True)
    sealed_on: date = entry("归档日期", required=True)
    action: int = entry("历史步数", required=True)
    digest: str = entry("校验码", required=True)


@dataclass(frozen=True)
class Correction:
    """Something that was changed after its year was sealed."""

    day: date
    kind: str
    """补录 when a record was added, 更正 otherwise."""
    what: str
    reason: str


State = dict[tuple[type[Record], int], Mapping[str, Any]]


def state_at(history: History, action: int) -> State:
    """Every record as it was after an action, told by the history alone."""
    state: State = {}
    for number in range(1, action + 1):
        for change in history.action(number).changes:
            if change.after is None:
                state.pop((change.kind, change.record), None)
            else:
                state[change.kind, change.record] = change.after
    return state


def year_digest(history: History, year: int, action: int) -> str:
    """SHA-256 over the year's records after an action and the history's own digest there."""
    state = state_at(history, action)
    meetings = {id: values for (kind, id), values in state.items() if kind.__name__ == "Meeting"}
    rows = [
        [kind.__name__, id, dict(sorted(values.items()))]
        for (kind, id), values in sorted(state.items(), key=lambda item: (item[0][0].__name__, item[0][1]))
        if year in _years(values, meetings)
    ]
    text = json.dumps([year, history.action(action).digest, rows], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _years(values: Mapping[str, Any], meetings: Mapping[int, Mapping[str, Any]]) -> set[int]:
    """The years a record belongs to."""
    meeting = values.get("meeting")
    if isinstance(meeting, int):
        values = meetings.get(meeting, {})
    days = (values.get(field) for field in DAY_FIELDS)
    found = {int(day[:4]) for day in days if isinstance(day, str) and day[:4].isdigit()}
    # A grade, ballots and what was found in a life meeting belong to their year, whenever it was decided.
    return {int(values["year"])} if "year" in values and "sealed_on" not in values else found


def changed_years(changes: Iterable[Change], meetings: Mapping[int, Mapping[str, Any]]) -> set[int]:
    """The years whose records these changes touch; `meetings` are those the parts belong to, by id."""
    found: set[int] = set()
    known = dict(meetings)
    for change in changes:
        for values in (change.before, change.after):
            if change.kind.__name__ == "Meeting" and values:
                known[change.record] = values
    for change in changes:
        for values in (change.before, change.after):
            if values:
                found |= _years(values, known)
    return found


def seal_of(store: Store, year: int) -> YearSeal | None:
    """The seal of a year, when it has one."""
    found = store[YearSeal].all(year=year)
    return found[0] if found else None


def seal_year(ledger: Ledger, year: int, today: date) -> YearSeal:
    """Seal a year that is over; raises Refused."""
    if year >= today.year:
        raise Refused(f"{year} 年还没有过完，过完年、打印签字以后再归档。")
    if seal_of(ledger, year):
        raise Refused(f"{year} 年已经归档。")
    number, _ = ledger.history.head()
    digest = year_digest(ledger.history, year, number)
    with ledger.transaction(f"{year} 年归档"):
        return ledger[YearSeal].save(YearSeal(year=year, sealed_on=today, action=number, digest=digest))


def check_seal(ledger: Ledger, seal: YearSeal) -> bool:
    """Whether history and records up to the seal are still those that were sealed."""
    return not ledger.history.faults() and year_digest(ledger.history, seal.year, seal.action) == seal.digest


def corrections(ledger: Ledger, seal: YearSeal) -> list[Correction]:
    """What was changed in a sealed year since, in order of time."""
    later = ledger.history.actions(seal.action)
    if not later:
        return []
    meetings: dict[int, Mapping[str, Any]] = {
        meeting.id: {"held_on": meeting.held_on.isoformat()} for meeting in ledger[Meeting].all()
    }
    actions = [ledger.history.action(brief.id) for brief in later]
    return [_correction(action) for action in actions if seal.year in changed_years(action.changes, meetings)]


def _correction(action: Action) -> Correction:
    what, _, reason = action.name.partition(f"（{REASON}")
    added = any(change.before is None and "meeting" not in (change.after or {}) for change in action.changes)
    kept = all(change.before is None for change in action.changes if "meeting" not in (change.after or {}))
    return Correction(action.made_at.date(), "补录" if added and kept else "更正", what, reason.removesuffix("）"))
