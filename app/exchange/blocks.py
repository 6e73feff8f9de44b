"""The columns of a heading as tables side by side: which field each is, where a name comes again, what only adds up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.exchange.months import is_span, months_of
from app.exchange.paths import TICK, FieldOf

INSTEAD = {
    "types": ("title", "subject", "content"),
    "subject": ("title", "types", "content"),
    "held_on": ("dom",),
    "talker": ("both",),
    "partner": ("both",),
}
"""Where the first is needed and has no column of its own one of the others tells it: 会议名称 says what was held."""
AGAIN = {
    "held_on": "clock",
    "absent": "absent_too",
    "absent_too": "absent_more",
    "status": "status_too",
    "birth": "birth_too",
    "joined": "joined_too",
    "confirmed": "confirmed_too",
}
"""What the next column of a name is in one table: 时间 beside 日期 is the time of day, 旷会 beside 请假 others."""


Columns = Sequence[tuple[str, ...]]
"""What stands above each column, from the left."""


def blocks_of(columns: Columns, field_of: FieldOf, needed: Sequence[str]) -> list[dict[str, int]]:
    """The known columns, in tables side by side; a table has two of them, and all that are needed.

    What stands below 支部党员大会 is one table and what stands below 支委会 another; both have the columns beside them.
    """
    apart = _by_kinds(columns, field_of)
    return [block for own in apart or [columns] for block in _side_by_side(own, field_of, needed)]


def _by_kinds(columns: Columns, field_of: FieldOf) -> list[Columns]:
    """The columns below each of several kinds of meetings, with those of all; none where no word comes again."""
    held: dict[str, set[tuple[str, ...]]] = {}
    for path in columns:
        if len(path) > 1 and (field_of(path[:1]) or "").startswith(TICK):
            held.setdefault(path[0], set()).add(path[1:])
    if len(held) < 2 or not set.intersection(*held.values()):
        return []
    return [
        [path[1:] if path[:1] == (word,) else () if path and path[0] in held else path for path in columns]
        for word in held
    ]


def _side_by_side(columns: Columns, field_of: FieldOf, needed: Sequence[str]) -> list[dict[str, int]]:
    blocks: list[dict[str, int]] = [{}]
    for position, path in enumerate(columns):
        name = field_of(path) if path else None
        if name is None:
            continue
        name = _lost_zero(name, path, blocks[-1])
        if name in blocks[-1] and columns[blocks[-1][name]] != path[:-1]:  # 1月 above 实交 says more than 1月 alone
            other = AGAIN.get(name) if columns[blocks[-1][name]] != path else None
            while other in blocks[-1] and other in AGAIN:
                other = AGAIN[other]
            if other or name not in needed or not is_enough(blocks[-1], needed):
                blocks[-1].setdefault(other or name, position)
                continue
            blocks.append({})
        blocks[-1][name] = position
    blocks = _joined(blocks, needed)
    for block in blocks:
        ticks = [name for name in block if name.startswith(TICK)]
        if len(ticks) == 1:
            del block[ticks[0]]  # one such word alone is a cell below 类型, or a column of something else
        own = block.copy()
        for name in (name for name in INSTEAD if name in needed and name not in own):
            if other := next((other for other in INSTEAD[name] if other in own), ""):
                block[name] = own[other]
        if block != own:
            for name in ("title", "both"):
                block.pop(name, None)  # it is the column of a type or a subject, of talker and partner now
    return [_without_sums(block) for block in blocks if len(block) >= 2 and set(needed) <= block.keys()]


def _joined(blocks: Sequence[dict[str, int]], needed: Sequence[str]) -> list[dict[str, int]]:
    """The tables side by side; columns that lack what a table needs belong to the one before them."""
    joined: list[dict[str, int]] = []
    for block in blocks:
        if joined and not is_enough(block, needed):
            joined[-1] |= {name: place for name, place in block.items() if name not in joined[-1]}
        else:
            joined.append(block)
    return joined


def is_enough(known: Mapping[str, object], needed: Sequence[str]) -> bool:
    """Whether what a table must say has a column, or another that tells it."""
    return all(not known.keys().isdisjoint((name, *INSTEAD.get(name, ()))) for name in needed)


def _lost_zero(name: str, path: tuple[str, ...], block: Mapping[str, int]) -> str:
    """2026.1 that comes again after September is October: a number keeps no final zero."""
    again = name == "m1" and name in block and "m9" in block and "m10" not in block
    return "m10" if again and re.fullmatch(r"\d{4}\.1", path[0]) else name


def _without_sums(block: Mapping[str, int]) -> dict[str, int]:
    """The columns of a table without those that only add up its months: 一季度 behind 1月 to 3月, 实交 behind all.

    One span beside 实交 is what the amounts are for, or what was owed: nothing says which, so it is no amount.
    """
    months = {month for name in block if re.fullmatch(r"m\d+", name) for month in months_of(name)}
    spans = {name: set(months_of(name)) for name in block if is_span(name)}
    sums = {name for name, held in spans.items() if held & months or any(held > other for other in spans.values())}
    if len(spans) == 1 and not months and "paid" in block:
        sums |= spans.keys()
    elif months or spans:
        sums |= {"paid", "month"} & block.keys()
    return {name: column for name, column in block.items() if name not in sums}
