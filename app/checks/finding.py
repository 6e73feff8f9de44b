"""One finding of the ledger's health check, and the word that it is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.errors import Refused
from app.record import Record, entry, stored
from app.store import Store


class Gravity(StrEnum):
    """How much a finding weighs."""

    ERROR = "错误"
    WARNING = "警告"
    NOTICE = "提示"


@dataclass(frozen=True)
class Finding:
    """What does not fit: its code (规定 §10), the words, the rule, and where it leads; `key` names it for good."""

    code: str
    gravity: Gravity
    text: str
    rule: str
    key: str
    page: str
    hint: dict[str, Any] = field(default_factory=dict[str, Any], compare=False)


@stored
class Acknowledgement(Record, called="体检已知悉", timeless=True):
    """已知悉: a finding that was looked at and is kept, with the reason."""

    finding: str = entry("体检项", required=True)
    reason: str = entry("理由", required=True, titles=True)
    acknowledged_on: date = entry("日期", required=True)


def acknowledge(store: Store, finding: Finding, reason: str, today: date) -> Acknowledgement:
    """Note that a finding is known; raises Refused without a reason."""
    if not reason.strip():
        raise Refused("请写明理由，检查时会被问到。")
    known = store[Acknowledgement].all(finding=finding.key)
    with store.transaction("体检项已知悉"):
        made = Acknowledgement(
            id=known[0].id if known else 0, finding=finding.key, reason=reason.strip(), acknowledged_on=today
        )
        return store[Acknowledgement].save(made)


def take_up_again(store: Store, finding: Finding) -> None:
    """Let a finding count again."""
    with store.transaction("取消已知悉"):
        store[Acknowledgement].remove_all(finding=finding.key)
