"""复制到平台: the text of a record field by field for the official platform, and when each was copied."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import resources
from app.record import Record, entry, stored
from app.store import Store


@stored
class CopiedText(Record, called="已复制的文字", timeless=True):
    """That a field of a record was copied on a day; `digest` tells whether its text has changed since."""

    owner: str = entry("所属类别", required=True)
    owner_id: int = entry("所属记录", required=True, of_owner="owner")
    field: str = entry("栏目", required=True, titles=True)
    copied_on: date = entry("复制日期", required=True)
    digest: str = entry("内容校验码", required=True)


@dataclass(frozen=True)
class CopyText:
    """One field to be copied: its text, the most characters its platform takes (0: not known), when it was copied."""

    field: str
    text: str
    limit: int
    copied_on: date | None
    changed: bool

    @property
    def over(self) -> int:
        """Characters beyond the limit; 0 when it fits."""
        return max(0, len(self.text) - self.limit) if self.limit else 0


@cache
def limits(subject: str) -> dict[str, int]:
    """The limits of a subject's fields, in characters."""
    told: list[dict[str, Any]] = tomllib.loads(resources.path("rules/platform.toml").read_text("utf-8"))["field"]
    return {raw["name"]: raw["limit"] for raw in told if raw["subject"] == subject}


def copy_texts(subject: str, record: int, fields: Mapping[str, str], copied: Sequence[CopiedText]) -> list[CopyText]:
    """The fields of a record that say something, in order, each with its limit and its mark."""
    marks = {item.field: item for item in copied if item.owner == subject and item.owner_id == record}
    found: list[CopyText] = []
    for field, text in fields.items():
        if text.strip():
            mark = marks.get(field)
            changed = mark is not None and mark.digest != _digest(text)
            found.append(
                CopyText(field, text, limits(subject).get(field, 0), mark.copied_on if mark else None, changed)
            )
    return found


def note_copied(store: Store, subject: str, record: int, field: str, text: str, today: date) -> CopiedText:
    """Remember that a field was copied; the same field again replaces the mark."""
    known = store[CopiedText].all(owner=subject, owner_id=record, field=field)
    with store.transaction("标记已复制到平台"):
        made = CopiedText(
            id=known[0].id if known else 0,
            owner=subject,
            owner_id=record,
            field=field,
            copied_on=today,
            digest=_digest(text),
        )
        return store[CopiedText].save(made)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
