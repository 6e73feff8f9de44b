from __future__ import annotations

import sqlite3
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.branch.branch import Branch, found_branch
from app.dates import PartialDate
from app.errors import NotFound, Refused, StorageTrouble
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import Meeting, MeetingLabel, Minutes, load_minutes, record_meeting
from app.people.members import Member, MemberStatus, enrol
from app.people.roster import load_roster
from app.rules.meeting_types import MeetingType
from app.store import Between
from db.connection import driver
from db.migrate import APPLICATION_ID, newest

TODAY = date(2026, 7, 16)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PARTIALS = st.dates(date(1900, 1, 1), date(2100, 1, 1)).flatmap(
    lambda d: st.sampled_from([PartialDate.of(d), PartialDate(d.year, d.month), PartialDate(d.year)])
)


@given(name=TEXTS.filter(bool), note=TEXTS, birth=st.none() | PARTIALS)
def test_what_is_saved_is_read_again(ledger, name: str, note: str, birth: PartialDate | None) -> None:
    saved = ledger[Member].save(Member(name=name, note=note, birth=birth))
    assert ledger[Member].get(saved.id) == saved


@given(day=st.dates(), start=st.none() | st.times().map(lambda t: time(t.hour, t.minute)), content=TEXTS)
def test_meetings_keep_day_time_and_text(ledger, day: date, start: time | None, content: str) -> None:
    saved = ledger[Meeting].save(Meeting(held_on=day, start=start, subject="甲", content=content))
    assert ledger[Meeting].get(saved.id) == saved


def test_a_transaction_is_all_or_nothing(ledger) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), ledger.transaction():
        ledger[Member].save(Member(name="张一"))
        raise Stop
    assert ledger[Member].all() == []


def test_a_meeting_is_saved_with_all_its_parts_or_not_at_all(ledger) -> None:
    bad = Minutes(
        Meeting(held_on=TODAY, subject="甲"),
        (MeetingType.GENERAL,),
        (Attendance(member=99, state=AttendanceState.PRESENT),),
    )
    with pytest.raises(Refused):
        record_meeting(ledger, bad, load_roster(ledger), TODAY)
    assert (ledger[Meeting].all(), ledger[MeetingLabel].all()) == ([], [])


def test_saving_again_replaces_the_parts(ledger) -> None:
    person = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    roll = (Attendance(member=person.id, state=AttendanceState.PRESENT),)
    first = record_meeting(
        ledger, Minutes(Meeting(held_on=TODAY, subject="甲"), (MeetingType.GENERAL,), roll), load_roster(ledger), TODAY
    )
    record_meeting(ledger, Minutes(first.meeting, (MeetingType.LECTURE,), roll), load_roster(ledger), TODAY)
    (only,) = load_minutes(ledger)
    assert only.types == (MeetingType.LECTURE,) and len(only.attendance) == 1


def test_listeners_hear_the_kinds_after_the_commit(ledger) -> None:
    heard: list[frozenset[type]] = []
    ledger.listeners.append(lambda kinds: heard.append(kinds) or ledger[Member].all())
    enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    ledger[Member].save(Member(name="李二"))
    assert [sorted(kind.__name__ for kind in kinds) for kinds in heard] == [["Member", "Standing"], ["Member"]]


def test_conditions_select_rows(ledger) -> None:
    table = ledger[Meeting]
    for month in (1, 5, 9):
        table.save(Meeting(held_on=date(2026, month, 1), subject=f"{month}月"))
    assert [m.subject for m in table.all(held_on=Between(date(2026, 2, 1), date(2026, 9, 1)))] == ["5月", "9月"]
    assert [m.subject for m in table.all(id={1, 3, 77})] == ["1月", "9月"]
    assert [m.subject for m in table.all(group=None, subject="5月")] == ["5月"]
    with pytest.raises(ValueError, match="no field"):
        table.all(nothing=1)
    with pytest.raises(ValueError, match="condition"):
        table.remove_all()


def test_what_is_gone_is_said_to_be_gone(ledger) -> None:
    with pytest.raises(NotFound, match="已经不在"):
        ledger[Member].get(5)
    with pytest.raises(NotFound):
        ledger[Member].remove(5)
    with pytest.raises(NotFound):
        ledger[Member].save(Member(id=5, name="张一"))


def test_one_file_without_side_files_and_with_our_mark(ledger, tmp_path: Path) -> None:
    ledger[Member].save(Member(name="张一"))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["甲支部.zbtz"]
    plain = sqlite3.connect(tmp_path / "甲支部.zbtz")
    assert plain.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert plain.execute("PRAGMA user_version").fetchone() == (newest(),)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    loose = plain.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    assert loose == []
    plain.close()


def make_plain(path: Path, version: int, application: int = APPLICATION_ID) -> None:
    plain = sqlite3.connect(path)
    plain.executescript(
        f"PRAGMA application_id = {application}; PRAGMA user_version = {version}; CREATE TABLE IF NOT EXISTS old (a);"
    )
    plain.close()


def test_a_newer_file_is_refused_and_not_touched(vault, tmp_path: Path) -> None:
    path = tmp_path / "新.zbtz"
    make_plain(path, newest() + 1)
    before = path.read_bytes()
    with pytest.raises(Refused, match="更新版本"):
        vault.open(path)
    assert path.read_bytes() == before


def test_an_older_file_is_copied_before_it_is_migrated(vault, tmp_path: Path) -> None:
    path = tmp_path / "旧.zbtz"
    make_plain(path, 0)
    before = path.read_bytes()
    opened = vault.open(path)
    assert opened[Branch].all() == []
    opened.close()
    (copy,) = tmp_path.glob("旧-升级前-*.zbtz")
    kept = sqlite3.connect(copy)
    assert kept.execute("PRAGMA user_version").fetchone() == (0,)
    assert kept.execute("SELECT count(*) FROM old").fetchone() == (0,)
    kept.close()
    assert path.read_bytes() != before


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\xff" * 400, b"\x00" * 5000])
def test_what_is_no_ledger_is_refused_and_never_written(vault, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.zbtz"
    path.write_bytes(content)
    with pytest.raises((Refused, StorageTrouble)):
        vault.open(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(vault, tmp_path: Path) -> None:
    path = tmp_path / "别的.zbtz"
    make_plain(path, 0, application=7)
    before = path.read_bytes()
    with pytest.raises(Refused, match="不是支部台账"):
        vault.open(path)
    assert path.read_bytes() == before


def test_an_existing_file_is_never_overwritten(vault, tmp_path: Path) -> None:
    path = tmp_path / "在.zbtz"
    path.write_bytes(b"precious")
    with pytest.raises(Refused, match="已经存在"):
        vault.create(path)
    assert path.read_bytes() == b"precious"


@pytest.mark.slow
def test_a_ledger_locked_by_another_says_so(vault, ledger, tmp_path: Path) -> None:
    other = driver().connect(str(tmp_path / "甲支部.zbtz"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StorageTrouble, match="占用"):
        ledger[Member].save(Member(name="张一"))
    other.execute("ROLLBACK")
    other.close()
    assert ledger[Member].save(Member(name="张一")).id == 1


def test_a_full_disk_keeps_what_was_saved(ledger) -> None:
    ledger[Member].save(Member(name="张一"))
    pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
    ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageTrouble, match="磁盘已满"):
        ledger[Meeting].save(Meeting(held_on=TODAY, subject="甲", content="长" * 200_000))
    assert [member.name for member in ledger[Member].all()] == ["张一"]
    assert ledger.check() == []


def test_a_ledger_has_exactly_one_branch(ledger) -> None:
    with pytest.raises(Refused, match="已经有一个支部"):
        found_branch(ledger, "乙支部")


def test_a_ledger_whose_program_was_killed_in_mid_save_opens_with_what_was_saved(vault, tmp_path) -> None:
    path = tmp_path / "甲.zbtz"
    ledger = vault.create(path)
    found_branch(ledger, "甲支部")
    enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    connection = ledger._connection
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA cache_spill = ON")
    connection.executemany("INSERT INTO groups (name) VALUES (?)", [("组" * 2000,)] * 60)
    torn = tmp_path / "断电.zbtz"
    for suffix in ("", "-journal"):
        torn.with_name(torn.name + suffix).write_bytes(path.with_name(path.name + suffix).read_bytes())
    connection.execute("ROLLBACK")
    ledger.close()
    again = vault.open(torn)
    assert [member.name for member in again[Member].all()] == ["张一"]
    assert again.check() == []
    again.close()
