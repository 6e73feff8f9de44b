"""A log of talks as offices keep it → talks."""

from __future__ import annotations

from datetime import date

from app.errors import Refused
from app.exchange.meetings import find_person
from app.exchange.mending import Mending
from app.exchange.sheet import Outcome, Row, RowFault, Sheet, date_of
from app.life.talks import Talk, record_talk
from app.people.members import Member
from app.store import Store

SYNONYMS: dict[str, tuple[str, ...]] = {
    "talked_on": ("谈话时间", "时间", "日期", "谈话日期"),
    "talker": ("谈话人", "谈心人"),
    "partner": ("谈话对象", "对象", "被谈话人"),
    "kind": ("谈话类型", "类型", "谈话类别"),
    "place": ("方式/地点", "地点", "方式", "谈话地点", "谈话方式"),
    "content": ("谈话内容", "内容", "主要内容"),
    "opinion": ("意见建议", "对象意见", "意见"),
}


def import_talks(store: Store, sheet: Sheet, today: date, mending: Mending) -> Outcome:
    """Enter the talks of a sheet; a row that cannot be read stays out, named with its column. Raises Refused."""
    del mending
    members = store[Member].all()
    known_ids = {member.id for member in members}
    outcome = Outcome(faults=list(sheet.faults))
    wrong = {fault.row for fault in outcome.refused}
    known = {_key(talk) for talk in store[Talk].all()}
    with store.transaction():
        for row in sheet.rows:
            talk, faults = _read(row, members)
            outcome.faults += faults
            if talk is None or row.number in wrong:
                continue
            if _key(talk) in known:
                outcome.unchanged += 1
                continue
            try:
                record_talk(store, talk, known_ids, today)
            except Refused as refusal:
                outcome.faults.append(row.fault("partner", refusal.text))
                continue
            known.add(_key(talk))
            outcome.added += 1
    return outcome


def _key(talk: Talk) -> tuple[date, int, int, str, str]:
    return talk.talked_on, talk.talker, talk.partner, talk.kind, talk.content


def _read(row: Row, members: list[Member]) -> tuple[Talk | None, list[RowFault]]:
    faults: list[RowFault] = []
    day = None
    try:
        day = date_of(row.cells.get("talked_on"))
        if day is None or not day.exact:
            faults.append(row.fault("talked_on", "缺少具体日期"))
    except ValueError as error:
        faults.append(row.fault("talked_on", str(error)))
    people: list[int] = []
    for name in ("talker", "partner"):
        found = find_person(row.text(name), members)
        if isinstance(found, str):
            faults.append(row.fault(name, found))
        else:
            people.append(found.id)
    if faults or day is None:
        return None, faults
    talk = Talk(
        talked_on=day.first,
        talker=people[0],
        partner=people[1],
        kind=row.text("kind") or "日常谈心",
        place=row.text("place"),
        content=row.text("content"),
        opinion=row.text("opinion"),
    )
    return talk, faults
