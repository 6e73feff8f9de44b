"""Whatever way a table is written, what is stored is what it says; the rest is asked or told, and no row is lost."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.dates import PartialDate
from app.dues.payments import Payment
from app.exchange.mending import Mending
from app.exchange.tables import Look, look_at, read_tables, trial_of
from app.exchange.trial import Trial
from app.life.meetings import load_minutes
from app.people.members import Member, MemberStatus, enrol
from db.database import Database
from tests.app.exchange.bringing import TODAY, xlsx
from tests.app.exchange.writing import (
    AMOUNTS,
    CLOCKS,
    DAYS,
    DAYS_OF_THE_YEAR,
    MONTH_HEADINGS,
    MONTHS,
    Writing,
    names,
    with_clock,
)

ANY_DAY = st.dates(date(2026, 1, 1), date(2026, 10, 31))
HALF_HOURS = st.none() | st.builds(time, st.integers(8, 20), st.sampled_from((0, 30)))
MANY = settings(max_examples=60)


class Table:
    """Rows that are brought to an empty branch, or one of some people, without changing it."""

    def __init__(self, ledger: Database, folder: Path, kind: str, people: list[str] | None = None) -> None:
        self._path, self._kind = folder / "表.xlsx", kind
        self.trial: Trial = trial_of(ledger, kind)
        for name in people or ():
            enrol(self.trial, Member(name=name, joined=PartialDate(2001, 7, 1)), TODAY, status=MemberStatus.FULL)

    def look(self, rows: list[list[Any]]) -> Look:
        self._path.write_bytes(xlsx({"Sheet1": rows}))
        return look_at(self.trial, self._kind, read_tables(self._path), TODAY, Mending())


def asked(look: Look) -> set[int]:
    """The rows that stay out until somebody answers or mends them."""
    return {fault.number for fault in look.outcome.refused}


def shuffled(draw: Any, columns: list[str]) -> list[str]:
    return draw(st.permutations(columns))


@MANY
@given(data=st.data())
def test_days_and_times_of_meetings(ledger: Database, tmp_path: Path, data: st.DataObject) -> None:
    held = data.draw(st.lists(st.tuples(ANY_DAY, HALF_HOURS), min_size=1, max_size=4, unique_by=lambda told: told[0]))
    table = Table(ledger, tmp_path, "meetings")
    ways: tuple[Writing, ...] = (*DAYS, *DAYS_OF_THE_YEAR)
    rows: list[list[Any]] = []
    said: list[tuple[date, time | None]] = []
    columns = shuffled(data.draw, ["日期", "类型", "主题", "地点"])
    for number, (day, at) in enumerate(held):
        cell = data.draw(st.sampled_from(ways))(day)
        clocked = with_clock(cell, at, data.draw(st.sampled_from(CLOCKS)))
        said.append((day, at if clocked is not cell else None))
        told = {"日期": clocked, "类型": "党课", "主题": f"学习{'甲乙丙丁'[number]}", "地点": "会议室"}
        rows.append([told[column] for column in columns])
    look = table.look([["2026年会议台账"], columns, *rows])
    found = {minutes.meeting.subject: minutes.meeting for minutes in load_minutes(table.trial)}
    for number, (day, at) in enumerate(said):
        meeting = found.pop(f"学习{'甲乙丙丁'[number]}", None)
        if meeting is None:
            assert number + 3 in asked(look), rows[number]
        else:
            assert (meeting.held_on, meeting.start) == (day, at), rows[number]
    assert not found


@MANY
@given(people=names, data=st.data())
def test_days_of_members(ledger: Database, tmp_path: Path, people: list[str], data: st.DataObject) -> None:
    ways: tuple[Writing, ...] = (*DAYS, *MONTHS)
    lives: dict[str, tuple[date, date, date]] = {}
    rows: list[list[Any]] = []
    columns = shuffled(data.draw, ["姓名", "出生年月", "入党时间", "转正时间", "备注", "联系电话"])
    for name in people:
        born = data.draw(st.dates(date(1945, 1, 1), date(1995, 12, 28)))
        joined = date(born.year + data.draw(st.integers(19, 25)), born.month, min(born.day, 28))
        lives[name] = born, joined, joined.replace(year=joined.year + 1)
        written = [data.draw(st.sampled_from(ways))(day) for day in lives[name]]
        told = dict(zip(("出生年月", "入党时间", "转正时间"), written, strict=True))
        told |= {
            "姓名": name,
            "备注": data.draw(st.sampled_from(("", "2027年退休", "原支部书记"))),
            "联系电话": "13900000000",
        }
        rows.append([told[column] for column in columns])
    heads = [["党员花名册"]] * data.draw(st.booleans())
    tails = [["合计", f"{len(people)}人"], ["填表人：张三", "", "审核：李四"]][: data.draw(st.integers(0, 2))]
    table = Table(ledger, tmp_path, "members")
    look = table.look([*heads, columns, *rows, *tails])
    found = {member.name: member for member in table.trial[Member].all()}
    for number, name in enumerate(people):
        member = found.pop(name, None)
        if member is None:
            assert len(heads) + number + 2 in asked(look), rows[number]
            continue
        stored = member.birth, member.joined, member.confirmed
        for told, day in zip(stored, lives[name], strict=True):
            assert told is not None and told.first <= day <= told.last, rows[number]
    assert not found


@MANY
@given(people=names, data=st.data())
def test_months_and_amounts_of_dues(ledger: Database, tmp_path: Path, people: list[str], data: st.DataObject) -> None:
    heading = data.draw(st.sampled_from(MONTH_HEADINGS))
    last = data.draw(st.integers(3, 10))
    paid: dict[tuple[str, int], int] = {}
    rows: list[list[Any]] = []
    for name in people:
        row: list[Any] = [name]
        for month in range(1, last + 1):
            fen = data.draw(st.just(0) | st.integers(20, 2000).map(lambda number: number * 10))
            if fen:
                paid[name, month] = fen
            written = data.draw(st.sampled_from(AMOUNTS))(fen)
            row.append(written if fen else data.draw(st.sampled_from(("", 0, "—", "未交"))))
        rows.append(row)
    table = Table(ledger, tmp_path, "dues", people)
    look = table.look([["2026年党费收缴表"], ["姓名", *(heading(2026, month) for month in range(1, last + 1))], *rows])
    named = {member.id: member.name for member in table.trial[Member].all()}
    stored: dict[tuple[str, int], int] = {}
    for payment in table.trial[Payment].all():
        assert payment.month.year == 2026
        stored[named[payment.member], payment.month.month] = payment.amount_fen
    out = {people[number - 3] for number in asked(look)}
    assert stored == {place: fen for place, fen in paid.items() if place[0] not in out}
