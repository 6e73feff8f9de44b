"""奖励: what a member was commended for. Disciplinary measures are in `dispositions`."""

from __future__ import annotations

from app.dates import PartialDate
from app.people.members import Member
from app.record import Record, entry, missing_entries, refuse_errors, stored
from app.store import Store


@stored
class Honour(Record, called="奖励"):
    """表彰奖励 of a member."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    given_on: PartialDate = entry("表彰日期", required=True, tells_year=True)
    name: str = entry("荣誉名称", required=True, titles=True)
    issuer: str = entry("授予单位", default="")
    note: str = entry("备注", default="")


def save_honour(store: Store, honour: Honour) -> Honour:
    """Record or correct an honour; raises Refused."""
    refuse_errors(missing_entries(honour))
    with store.transaction("修改奖励" if honour.id else "登记奖励"):
        return store[Honour].save(honour)


def remove_honour(store: Store, honour: Honour) -> None:
    """Delete an honour entered by mistake."""
    with store.transaction("删除奖励"):
        store[Honour].remove(honour.id)
