"""What records and changes are called in words: for lists, for the history, for an inspection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.history import Action, Change, Past
from app.money import yuan
from app.record import Entry, Record, Unit, entries, whole_of
from app.scores import points
from app.store import Reader

MOST_TITLE = 40
"""Characters of one field in the title of a record."""


Names = Callable[[type[Record], int], str]
"""What a record of a kind is called, by its number."""


def names_of(store: Reader, history: Past) -> Names:
    """What records are called, also those that are no longer there; each is looked up once."""

    @cache
    def called(kind: type[Record], record: int) -> str:
        found = store[kind].all(id=record)
        if found:
            return title(kind, vars(found[0]), called)
        told = [side for action in history.of(kind, record) for c in action.changes for side in (c.before, c.after)]
        last = next((side for side in reversed(told) if side), None)
        return title(kind, last, called) if last else f"{record} 号"

    return called


def title(kind: type[Record], values: Mapping[str, Any], names: Names) -> str:
    """What a record with these values is called in a list: the fields that title it, two people joined by 与."""
    parts: list[str] = []
    before: Entry | None = None
    for item in entries(kind):
        text = shown(item, values, names)[:MOST_TITLE] if item.titles else ""
        if not text or text in parts:
            continue
        if before is not None and before.of is not None and before.of is item.of:
            parts[-1] += f"与{text}"
        else:
            parts.append(text)
        before = item
    return " ".join(parts)


def shown(item: Entry, values: Mapping[str, Any], names: Names) -> str:
    """One field of a record for reading, from its value or from its stored form; empty when it says nothing."""
    value = values.get(item.name)
    if value is None or value == "":
        return ""
    kind = item.whose(values)
    if kind is not None:
        return names(kind, value) if value else ""
    if item.unit is Unit.FEN:
        return f"{yuan(value)} 元"
    if item.unit is Unit.SCORE:
        return f"{points(value)} 分"
    if item.type is bool:
        return "是" if value else "否"
    return str(value)


def main_first(changes: Sequence[Change]) -> list[Change]:
    """The changes of an action with those of the record itself before those of its parts."""
    return sorted(changes, key=lambda change: whole_of(change.kind) is not None)


@dataclass(frozen=True)
class ChangeLine:
    """One change in words: what it is about, and for each field what it was and what it became."""

    about: str
    fields: tuple[tuple[str, str, str], ...]


def summary(action: Action) -> str:
    """How many records of which kind an action touched: 党员 24、人员类别 48."""
    counted = Counter(change.kind.called for change in action.changes)
    return "、".join(f"{word} {number}" if number > 1 else word for word, number in counted.items())


def in_words(change: Change, names: Names) -> ChangeLine:
    """A change for reading."""
    now = change.after or change.before or {}
    subject = title(change.kind, now, names)
    what = "新增" if change.before is None else "删除" if change.after is None else "修改"
    whole = whole_of(change.kind)
    fields: list[tuple[str, str, str]] = []
    for item in entries(change.kind):
        before, after = ((side or {}).get(item.name) for side in (change.before, change.after))
        if before != after and item.name in now and item is not whole:
            texts = (shown(item, change.before or {}, names), shown(item, change.after or {}, names))
            if any(texts):
                fields.append((item.label, *texts))
    return ChangeLine(f"{what}{change.kind.called}{'：' + subject if subject else ''}", tuple(fields))


def audit(actions: Sequence[Action], names: Names) -> list[tuple[str, ...]]:
    """The list for an inspection: number, time, action, change, field, before, after; one row a field."""
    rows: list[tuple[str, ...]] = []
    for action in actions:
        head = (str(action.id), f"{action.made_at:%Y-%m-%d %H:%M:%S}", action.name)
        for change in action.changes:
            told = in_words(change, names)
            rows += [(*head, told.about, *field) for field in told.fields] or [(*head, told.about, "", "", "")]
    return rows


AUDIT_HEADINGS = ("序号", "时间", "操作", "变更", "字段", "原值", "新值")
