"""A table comes into a special register by the register's own columns; nothing is written over or made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.exchange.mending import Mending
from app.exchange.raw import read_book
from app.exchange.sheet import Outcome
from app.exchange.tables import import_book, look_at, register_kind, trial_of
from app.life.meetings import Meeting
from app.people.members import Member, MemberStatus, enrol
from app.record import Severity
from app.work.register_packs import RegisterPack, add_register
from app.work.special_registers import (
    ColumnKind,
    ColumnPart,
    RegisterColumn,
    RegisterRow,
    SpecialRegister,
    columns_of,
    register_row,
)
from db.database import Database

TODAY = date(2026, 7, 16)
COLUMNS = (
    ("事项", ColumnKind.TEXT, ColumnPart.SUBJECT),
    ("接收日期", ColumnKind.DAY, ColumnPart.DAY),
    ("完成时限", ColumnKind.DAY, ColumnPart.DUE),
    ("责任人", ColumnKind.MEMBER, None),
    ("经费", ColumnKind.AMOUNT, None),
    ("人数", ColumnKind.NUMBER, None),
    ("已公示", ColumnKind.YES_NO, None),
    ("会议", ColumnKind.MEETING, None),
    ("备注", ColumnKind.LONG, None),
)


@pytest.fixture
def register(ledger: Database) -> SpecialRegister:
    if not ledger[Member].all():
        for name in ("周一明", "吴二华"):
            enrol(ledger, Member(name=name), date(2020, 1, 1), status=MemberStatus.FULL)
    columns = tuple(
        RegisterColumn(register=0, position=at, label=label, kind=kind, part=part)
        for at, (label, kind, part) in enumerate(COLUMNS)
    )
    pack = RegisterPack(SpecialRegister(title="办实事台账"), columns, ())
    return add_register(ledger, pack, 2026)


def bring(ledger: Database, register: SpecialRegister, text: str, folder: Path, *, dry: bool = False) -> Outcome:
    path = folder / "办实事.csv"
    path.write_text(text, "utf-8-sig")
    kind = register_kind(ledger, register)
    if dry:
        return look_at(trial_of(ledger, kind), kind, read_book(path), TODAY, Mending()).outcome
    return import_book(ledger, kind, read_book(path), TODAY, Mending())


GOOD = (
    "序号,事项,接收日期,完成时限,责任人,经费,人数,已公示,备注\n"
    '1,更换路灯,2026年3月5日,2026-04-30,周一明,"1,200.50元",12,√,已完成\n'
    "2,修缮活动室,2026.5.8,,吴二华,,,否,\n"
)


def test_every_kind_of_column_is_read(ledger: Database, register: SpecialRegister, tmp_path: Path) -> None:
    outcome = bring(ledger, register, GOOD, tmp_path)
    assert (outcome.added, outcome.refused) == (2, [])
    first, second = (register_row(ledger, row.id) for row in ledger[RegisterRow].all())
    by_label = {column.label: column.field for column in ledger[RegisterColumn].all()}

    def told(row: object, label: str) -> object:
        return getattr(row, by_label[label])

    assert (first.title, first.dated_on, first.due_on) == ("更换路灯", date(2026, 3, 5), date(2026, 4, 30))
    assert ledger[Member].get(told(first, "责任人")).name == "周一明"
    assert (told(first, "经费"), told(first, "人数"), told(first, "已公示")) == (120050, "12", True)
    assert (told(second, "已公示"), told(second, "经费"), second.due_on) == (False, None, None)


def test_the_same_table_again_adds_nothing_and_a_differing_row_is_told(
    ledger: Database, register: SpecialRegister, tmp_path: Path
) -> None:
    bring(ledger, register, GOOD, tmp_path)
    again = bring(ledger, register, GOOD, tmp_path)
    assert (again.added, again.unchanged) == (0, 2)
    changed = bring(ledger, register, GOOD.replace("已完成", "还没有完成"), tmp_path)
    assert (changed.added, changed.unchanged) == (0, 1)
    assert "备注与表里不同" in changed.refused[0].reason
    assert len(ledger[RegisterRow].all()) == 2


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("甲事,2026-13-05,,,,,,", ""),
        ("甲事,,,,,,,", "日期"),
        (",2026-03-05,,,,,,", "事项"),
        ("甲事,2026年3月,,,,,,", "缺少具体日期"),
        ("甲事,2026-03-05,,郑三,,,,", "不在名册里"),
        ("甲事,2026-03-05,,,很多,,,", "不是金额"),
        ("甲事,2026-03-05,,,,许多,,", "请填数字"),
        ("甲事,2026-03-05,,,,,大概,", "看不出是还是否"),
    ],
)
def test_what_cannot_be_read_stays_out_with_its_reason(
    ledger: Database, register: SpecialRegister, tmp_path: Path, cells: str, words: str
) -> None:
    head = "事项,接收日期,完成时限,责任人,经费,人数,已公示,备注\n好事,2026-01-05,,,,,,\n"
    outcome = bring(ledger, register, head + cells + "\n", tmp_path)
    assert outcome.added == 1
    assert any(words in fault.reason or words in fault.column for fault in outcome.refused)
    assert [row.title for row in ledger[RegisterRow].all()] == ["好事"]


def test_a_column_that_names_a_record_is_told_and_keeps_nothing_out(
    ledger: Database, register: SpecialRegister, tmp_path: Path
) -> None:
    outcome = bring(ledger, register, "事项,接收日期,会议\n甲事,2026-03-05,三月党员大会\n", tmp_path)
    assert outcome.added == 1
    assert [(fault.column, fault.severity) for fault in outcome.faults] == [("会议", Severity.WARNING)]


def test_a_look_changes_nothing(ledger: Database, register: SpecialRegister, tmp_path: Path) -> None:
    assert bring(ledger, register, GOOD, tmp_path, dry=True).added == 2
    assert ledger[RegisterRow].all() == []


def test_the_other_branchs_register_is_left_alone(ledger: Database, register: SpecialRegister, tmp_path: Path) -> None:
    other = add_register(ledger, RegisterPack(SpecialRegister(title="别的台账"), _copy(ledger, register), ()), 2026)
    bring(ledger, register, GOOD, tmp_path)
    assert {row.register for row in ledger[RegisterRow].all()} == {register.id}
    assert other.id != register.id


def _copy(ledger: Database, register: SpecialRegister) -> tuple[RegisterColumn, ...]:
    from dataclasses import replace

    return tuple(replace(column, id=0, register=0) for column in ledger[RegisterColumn].all(register=register.id))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("2026-03-06 研究办实事", "研究办实事"),
        ("研究办实事", "研究办实事"),
        ("2026-04-03", None),  # two on that day
        ("没开过的会", None),
    ],
)
def test_a_meeting_is_named_by_its_day_or_subject_where_only_one_is_meant(
    ledger: Database, register: SpecialRegister, tmp_path: Path, said: str, found: str | None
) -> None:
    for day, subject in (("2026-03-06", "研究办实事"), ("2026-04-03", "甲"), ("2026-04-03", "乙")):
        ledger[Meeting].save(Meeting(held_on=date.fromisoformat(day), subject=subject))
    text = f"事项,接收日期,会议\n修路,2026-03-02,{said}\n"
    tried = bring(ledger, register, text, tmp_path, dry=True)
    outcome = bring(ledger, register, text, tmp_path)
    assert [fault.reason for fault in tried.faults] == [fault.reason for fault in outcome.faults]
    (row,) = ledger[RegisterRow].all()
    column = next(c for c in columns_of(ledger, register.id) if c.kind is ColumnKind.MEETING)
    linked = getattr(register_row(ledger, row.id), column.field)
    assert (ledger[Meeting].get(linked).subject if linked else None) == found
    assert bool(outcome.faults) == (found is None)


def read(ledger: Database, register: SpecialRegister, tmp_path: Path, label: str, said: str) -> tuple[object, Outcome]:
    """What comes of one cell of a column, and what is told."""
    text = f"甲支部2026年办实事台账\n事项,接收日期,{label}\n更换路灯,2026.3.5,{said}\n"
    outcome = bring(ledger, register, text, tmp_path)
    field = next(column.field for column in columns_of(ledger, register.id) if column.label == label)
    rows = [register_row(ledger, row.id) for row in ledger[RegisterRow].all()]
    return (getattr(rows[0], field) if rows else None), outcome


@pytest.mark.parametrize(
    ("label", "said", "value"),
    [
        ("完成时限", "4月底", date(2026, 4, 30)),
        ("完成时限", "2026年底前", date(2026, 12, 31)),
        ("完成时限", "5月中旬", date(2026, 5, 20)),
        ("完成时限", "三季度末", date(2026, 9, 30)),
        ("完成时限", "2026.4", date(2026, 4, 30)),
        ("完成时限", "2026年6月1日前", date(2026, 6, 1)),
        ("完成时限", "—", None),
        ("经费", "12元5角", 1250),
        ("经费", "/", None),
        ("人数", "12人", "12"),
        ("人数", "３.5小时", "3.5"),
        ("已公示", "已公示", True),
        ("已公示", "未公示", False),
        ("已公示", "无", False),
        ("已公示", "/", False),
        ("责任人", "周　一　明", 1),
        ("责任人", "/", None),
        ("备注", "无", "无"),
    ],
)
def test_a_cell_is_read_as_offices_write_it(
    ledger: Database, register: SpecialRegister, tmp_path: Path, label: str, said: str, value: object
) -> None:
    kept, outcome = read(ledger, register, tmp_path, label, said)
    assert outcome.refused == [] and outcome.added == 1
    assert kept == (ledger[Member].all()[0].id if value == 1 and label == "责任人" else value)


@pytest.mark.parametrize("said", ["长期", "每月25日前", "常态化推进"])
def test_what_has_no_last_day_is_told(ledger: Database, register: SpecialRegister, tmp_path: Path, said: str) -> None:
    kept, outcome = read(ledger, register, tmp_path, "完成时限", said)
    assert kept is None and outcome.added == 1
    assert [fault.reason for fault in outcome.faults] == [f"“{said}”没有最后一天，没有记入"]


@pytest.mark.parametrize(
    ("label", "said", "words"),
    [
        ("责任人", "周一明、吴二华", "写了 2 个人"),
        ("责任人", "李九", "不在名册里"),
        ("经费", "约500", "不是金额"),
        ("已公示", "公示中", "是还是否"),
        ("人数", "3-5", "请填数字"),
        ("人数", "12余人", "请填数字"),
        ("人数", "5人左右", "请填数字"),
        ("人数", "3万人", "请填数字"),
    ],
)
def test_what_a_column_cannot_keep_stays_out_in_words(
    ledger: Database, register: SpecialRegister, tmp_path: Path, label: str, said: str, words: str
) -> None:
    _, outcome = read(ledger, register, tmp_path, label, said)
    assert outcome.added == 0 and any(words in fault.reason for fault in outcome.refused)


def test_what_is_proposed_is_shown_in_words_of_the_clerk(
    ledger: Database, register: SpecialRegister, tmp_path: Path
) -> None:
    shown = [
        fault.proposed
        for label, said in (("责任人", "书记周一明"), ("经费", "500元（自筹）"))
        for fault in read(ledger, register, tmp_path, label, said)[1].faults
        if fault.proposed
    ]
    assert shown == ["周一明", "500.00"]
