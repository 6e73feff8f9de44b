"""已知悉: the word that a matter is known and kept, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
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


def acknowledge(store: Store, matters: Sequence[Matter], reason: str, today: date) -> None:
    """Note that matters are known, all with one reason and in one action; raises Refused without one."""
    if not reason.strip():
        raise Refused("请写明理由，检查时会被问到。")
    keys = list(dict.fromkeys(matter.key for matter in matters))
    known = {item.finding: item.id for item in store[Acknowledgement].all(finding=set(keys))}
    made = [
        Acknowledgement(id=known.get(key, 0), finding=key, reason=reason.strip(), acknowledged_on=today) for key in keys
    ]
    with store.transaction("体检项已知悉" if len(made) == 1 else f"体检项已知悉 {len(made)} 项"):
        store[Acknowledgement].save_all(made)


def take_up_again(store: Store, matters: Sequence[Matter]) -> None:
    """Let matters count again."""
    with store.transaction("取消已知悉"):
        store[Acknowledgement].remove_all(finding={matter.key for matter in matters})
