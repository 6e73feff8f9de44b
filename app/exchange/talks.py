"""A log of talks as offices keep it → talks."""

from __future__ import annotations

import re
from datetime import date

from app.branch.groups import Group
from app.errors import Refused
from app.exchange.branches import own_rows
from app.exchange.days import FOUNDED, Span, read_partial_day
from app.exchange.held import take_held
from app.exchange.meetings import table_years
from app.exchange.mending import Mending
from app.exchange.persons import BETWEEN_NAMES, Finder
from app.exchange.sheet import Outcome, Row, Sheet
from app.exchange.taking import Taking
from app.life.talks import TALK_KINDS, Talk, record_talk
from app.names import close_up
from app.people.roster import load_roster
from app.store import Store

ONE = "一次谈话一行，请分成几行"


def import_talks(store: Store, sheet: Sheet, today: date, mending: Mending) -> Outcome:
    """Enter the talks of a sheet; a row that cannot be read stays out, named with its column. Raises Refused."""
    roster = load_roster(store)
    known_ids = {member.id for member in roster.members}
    rows, outcome = own_rows(store, sheet, mending)
    wrong = {fault.row for fault in outcome.refused}
    known = {_key(talk) for talk in store[Talk].all()}
    finder, years = Finder(roster, store[Group].all(), today), table_years(sheet, "talked_on")
    with store.transaction():
        for row in rows:
            reading = Taking(row, mending)
            talk = _read(reading, finder, Span(FOUNDED, today, years.get(row.title)))
            outcome.faults += reading.faults
            if talk is None or row.key in wrong:
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


_OF_A_PAIR = re.compile(rf"{BETWEEN_NAMES}|[—–~-]+|[与和同跟对]")


def _of_both(row: Row) -> dict[str, str]:
    """Who talked to whom, by the columns for them, or by one for both: the first to the second."""
    people = {name: row.text(name) for name in ("talker", "partner")}
    if row.column("talker") != row.column("partner") or people["talker"] != people["partner"]:
        return people
    parts = [part for part in _OF_A_PAIR.split(close_up(people["talker"])) if part.strip()]
    return dict(zip(people, parts, strict=True)) if len(parts) == len(people) else {}


def _read(reading: Taking, finder: Finder, span: Span) -> Talk | None:
    row = reading.row
    when = reading.read("talked_on", lambda cell: read_partial_day(cell, span))
    day = reading.take("talked_on", when)
    if (when is None and not reading.refused) or (day is not None and not day.exact):
        reading.wrong("talked_on", "缺少具体日期")
    people: list[int] = []
    if row.text("both") and row.column("both") not in (row.column("talker"), row.column("partner")):
        reading.tell("both", f"“{row.text('both')}”没有记入，谈话人和谈话对象按各自的一栏")
    named = _of_both(row)
    if not named:
        said = f"“{row.text('talker')}”看不出" if row.text("talker") else "没有写"
        reading.wrong("talker", f"{said}谁和谁谈，请写成 甲—乙，谈话人在前")
    for name, said in named.items():
        told = reading.read(name, lambda _, name=name, said=said: finder.find_one(said, row.column(name), ONE))
        if told is not None and name == "partner" and said != row.text(name):
            told = told.doubt("前面的按谈话人，后面的按谈话对象")
        person = reading.take(name, told, shown=told.value.name if told and told.value else "")
        people += [person.id] if person else []
    if day is None or len(people) < 2 or reading.refused:
        return None
    take_held(reading, "talked_on")
    if reading.refused:
        return None
    if row.words("note"):
        reading.tell("note", f"备注“{row.text('note')}”没有记入")
    told_kind = reading.words("kind")
    kind = told_kind or TALK_KINDS[0]
    if not told_kind:
        reading.tell("kind", f"没有写谈话类型，记作{kind}")
    return Talk(
        talked_on=day.first,
        talker=people[0],
        partner=people[1],
        kind=kind,
        place="，".join(dict.fromkeys(filter(None, (reading.words("way"), reading.words("place"))))),
        content=reading.words("content"),
        opinion=row.text("opinion") if row.text("opinion") == "无" else reading.words("opinion"),
    )
