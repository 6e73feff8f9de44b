"""已知悉: the word that a matter is known and kept, with the reason."""

from __future__ import annotations

from datetime import date

from app.checks.matter import Matter
from app.errors import Refused
from app.record import Record, entry, stored
from app.store import Store


@stored
class Acknowledgement(Record, called="体检已知悉", timeless=True):
    """已知悉: a matter that was looked at and is kept, with the reason; `finding` is the key of the matter."""

    finding: str = entry("体检项", required=True)
    reason: str = entry("理由", required=True, titles=True)
    acknowledged_on: date = entry("日期", required=True)


def acknowledge(store: Store, matter: Matter, reason: str, today: date) -> Acknowledgement:
    """Note that a matter is known; raises Refused without a reason."""
    if not reason.strip():
        raise Refused("请写明理由，检查时会被问到。")
    known = store[Acknowledgement].all(finding=matter.key)
    with store.transaction("体检项已知悉"):
        made = Acknowledgement(
            id=known[0].id if known else 0, finding=matter.key, reason=reason.strip(), acknowledged_on=today
        )
        return store[Acknowledgement].save(made)


def take_up_again(store: Store, matter: Matter) -> None:
    """Let a matter count again."""
    with store.transaction("取消已知悉"):
        store[Acknowledgement].remove_all(finding=matter.key)
