"""年度归档: a year whose ledger was signed is sealed; what is changed later takes a reason and is listed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import Refused
from app.history import Action, Change, Past
from app.life.meetings import Meeting
from app.record import Record, entries, entry, stored, whole_of
from app.store import Ledger, Reader

REASON = "原因："
SCHEME = 2
"""How the digest of a seal made today is computed; 1 is that of programs that knew fewer kinds of a year."""


@stored
class YearSeal(Record, called="年度归档", timeless=True):
    """The seal of a year: the history up to `action` and the year's records then have this digest (SHA-256)."""

    year: int = entry("年度", required=True, titles=True)
    sealed_on: date = entry("归档日期", required=True)
    action: int = entry("历史步数", required=True)
    digest: str = entry("校验码", required=True)
    scheme: int = entry("校验方式", default=1)


@dataclass(frozen=True)
class Correction:
    """Something that was changed after its year was sealed."""

    day: date
    kind: str
    """补录 when a record was added, 更正 otherwise."""
    what: str
    reason: str


State = dict[tuple[type[Record], int], Mapping[str, Any]]


def state_at(history: Past, action: int) -> State:
    """Every record as it was after an action, told by the history alone."""
    state: State = {}
    for number in range(1, action + 1):
        for change in history.action(number).changes:
            if change.after is None:
                state.pop((change.kind, change.record), None)
            else:
                state[change.kind, change.record] = change.after
    return state


Values = Mapping[str, Any]
Wholes = Callable[[type[Record], int], Iterable[Values]]
"""What is known of a record that parts belong to, by kind and number: as it was and as it is."""
NEVER, ALWAYS = -1, 9999


def belongs(kind: type[Record], values: Values, year: int, wholes: Wholes) -> bool:
    """Whether a record with these values (or their stored forms) belongs to a year, itself or as a part of another."""
    if kind.timeless:
        return False
    if kind.spans:
        first, last = (values.get(name) for name in kind.spans)
        return (_year_of(first) or NEVER) <= year <= (_year_of(last) or ALWAYS)
    told = [item for item in entries(kind) if item.tells_year]
    if told:
        return any(_year_of(values.get(item.name)) == year for item in told)
    part = whole_of(kind)
    whole = part and part.whose(values)
    if part is None or whole is None:
        return False
    return any(belongs(whole, known, year, wholes) for known in wholes(whole, values[part.name]))


def _year_of(value: Any) -> int | None:
    """The year of a day, a month or a year, as value or stored; None where nothing is told."""
    if value is None or value == "":
        return None
    if isinstance(value, int):
        return value
    return int(value[:4]) if isinstance(value, str) else value.year


def touches(change: Change, year: int, wholes: Wholes) -> bool:
    """Whether a change alters what a year tells: the record belonged to it or belongs to it now.

    A span whose end alone was moved is changed only between the old and the new end.
    """
    sides = [values for values in (change.before, change.after) if values is not None]
    moved = _moved_end(change)
    if moved is not None:
        low, high = sorted(_year_of(side.get(moved)) or ALWAYS for side in sides)
        return low <= year <= high
    return any(belongs(change.kind, values, year, wholes) for values in sides)


def _moved_end(change: Change) -> str | None:
    """The last day of a span, where nothing else was changed."""
    spans, before, after = change.kind.spans, change.before, change.after
    if spans is None or before is None or after is None:
        return None
    differing = [name for name in after if before.get(name) != after[name]]
    return spans[1] if differing == [spans[1]] else None


def touched_years(changes: Sequence[Change], years: Iterable[int], stored: Wholes) -> frozenset[int]:
    """Those of the years that the changes alter; `stored` tells of records that are not among the changes."""
    wholes = _with_changes(changes, stored)
    return frozenset(year for year in years if any(touches(change, year, wholes) for change in changes))


def _with_changes(changes: Iterable[Change], stored: Wholes) -> Wholes:
    told: dict[tuple[type[Record], int], list[Values]] = {}
    for change in changes:
        sides = [values for values in (change.before, change.after) if values is not None]
        told.setdefault((change.kind, change.record), []).extend(sides)

    def wholes(kind: type[Record], record: int) -> Iterable[Values]:
        return told.get((kind, record)) or stored(kind, record)

    return wholes


def year_digest(history: Past, year: int, action: int, scheme: int = SCHEME) -> str:
    """SHA-256 over the year's records after an action and the history's own digest there."""
    state = state_at(history, action)

    def wholes(kind: type[Record], record: int) -> Iterable[Values]:
        known = state.get((kind, record))
        return (known,) if known is not None else ()

    within = _within_first if scheme == 1 else belongs
    rows = [
        [kind.__name__, id, dict(sorted(values.items()))]
        for (kind, id), values in sorted(state.items(), key=lambda item: (item[0][0].__name__, item[0][1]))
        if within(kind, values, year, wholes)
    ]
    text = json.dumps([year, history.action(action).digest, rows], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


# The columns that told the year of a record, and those of meetings alone of their parts, when the first seals were
# made. Signed prints bear those digests, so this never changes.
FIRST_COLUMNS = (
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


def _within_first(kind: type[Record], values: Values, year: int, wholes: Wholes) -> bool:
    del kind
    meeting = values.get("meeting")
    if isinstance(meeting, int):
        known = [*wholes(Meeting, meeting)]
        values = known[0] if known else {}
    if "year" in values and "sealed_on" not in values:
        return int(values["year"]) == year
    days = (values.get(column) for column in FIRST_COLUMNS)
    return any(isinstance(day, str) and day[:4] == str(year) for day in days)


def seal_of(store: Reader, year: int) -> YearSeal | None:
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
        made = YearSeal(year=year, sealed_on=today, action=number, digest=digest, scheme=SCHEME)
        return ledger[YearSeal].save(made)


def check_seal(ledger: Reader, seal: YearSeal) -> bool:
    """Whether history and records up to the seal are still those that were sealed."""
    return (
        not ledger.history.faults() and year_digest(ledger.history, seal.year, seal.action, seal.scheme) == seal.digest
    )


def corrections(ledger: Reader, seal: YearSeal) -> list[Correction]:
    """What was changed in a sealed year since, in order of time."""
    later = ledger.history.actions(seal.action)
    if not later:
        return []
    actions = [ledger.history.action(brief.id) for brief in later]

    def stored(kind: type[Record], record: int) -> Iterable[Values]:
        found = ledger[kind].all(id=record)
        return (vars(found[0]),) if found else ()

    found: list[Correction] = []
    # A part may belong to a record that another of these actions has taken away.
    known = _with_changes((change for action in actions for change in action.changes), stored)
    for action in actions:
        wholes = _with_changes(action.changes, known)
        touching = [change for change in action.changes if touches(change, seal.year, wholes)]
        if touching:
            found.append(_correction(action, touching))
    return found


def _correction(action: Action, touching: Sequence[Change]) -> Correction:
    what, _, reason = action.name.partition(f"（{REASON}")
    alone = [change for change in touching if whole_of(change.kind) is None]
    added = bool(alone) and all(change.before is None for change in alone)
    return Correction(action.made_at.date(), "补录" if added else "更正", what, reason.removesuffix("）"))
