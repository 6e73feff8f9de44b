"""Every change is kept, chained, and can be taken back."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.branch.branch import found_branch
from app.errors import Refused
from app.history import ActionKind
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import Meeting, Minutes, record_meeting, remove_meeting
from app.life.talks import Talk, record_talk, remove_talk
from app.people.circumstances import Circumstance
from app.people.members import Employment, Member, MemberStatus, enrol, remove_member, update_member
from app.people.posts import Post, PostTitle, remove_post, save_post
from app.people.roster import load_roster
from app.rules.meeting_types import MeetingType
from db.migrate import newest
from db.tables import TABLES

TODAY = date(2026, 7, 16)
MOVED_FACTS = 5  # the schema in which work and floating became dated facts
OLD_FILES = Path(__file__).parent.parent / "old_files"


def contents(ledger) -> dict[str, list[tuple]]:
    """Every row of every record table."""
    return {table: ledger._connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in TABLES.values()}


def as_named(connection, table: str) -> list[dict]:
    """The rows of a table with the names of their columns."""
    cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY id')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def one_action(ledger, random: Random, number: int) -> None:
    """Something a clerk might do; what is refused changes nothing."""
    people = ledger[Member].all()
    meetings = ledger[Meeting].all()
    talks = ledger[Talk].all()
    choice = random.randrange(9)
    try:
        if choice == 0 or len(people) < 2:
            enrol(ledger, Member(name=f"党员{number}"), TODAY, status=MemberStatus.FULL)
        elif choice == 1:
            person = random.choice(people)
            update_member(ledger, Member(**{**person.__dict__, "note": f"备注{number}"}), TODAY)
        elif choice == 2:
            remove_member(ledger, random.choice(people).id)
        elif choice in (3, 4):
            roll = tuple(
                Attendance(member=p.id, state=random.choice(list(AttendanceState)), reason="因公")
                for p in random.sample(people, random.randrange(len(people)))
            )
            old = random.choice(meetings).id if meetings and choice == 4 else 0
            day = TODAY - timedelta(days=number)
            minutes = Minutes(Meeting(id=old, held_on=day, subject=f"会{number}"), (MeetingType.GENERAL,), roll)
            record_meeting(ledger, minutes, load_roster(ledger), TODAY)
        elif choice == 5 and meetings:
            remove_meeting(ledger, random.choice(meetings).id)
        elif choice == 6:
            a, b = random.sample(people, 2)
            record_talk(ledger, Talk(talked_on=TODAY, talker=a.id, partner=b.id), {p.id for p in people}, TODAY)
        elif choice == 7 and talks:
            remove_talk(ledger, random.choice(talks).id)
        else:
            save_post(ledger, Post(member=random.choice(people).id, title=PostTitle.MEMBER))
            if number % 3 == 0:
                remove_post(ledger, ledger[Post].all()[0].id)
    except Refused:
        pass


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@settings(max_examples=3)
def test_undoing_500_actions_gives_the_start_and_redoing_all_gives_the_end(vault, tmp_path, seed: int) -> None:
    random = Random(seed)
    ledger = vault.create(tmp_path / f"{uuid4().hex}.zbtz")
    found_branch(ledger, "甲支部")
    start = contents(ledger)
    for number in range(500):
        one_action(ledger, random, number)
    end = contents(ledger)
    assert end != start
    undone = 0
    while ledger.history.undo():
        undone += 1
    assert contents(ledger) == start
    while ledger.history.redo():
        undone -= 1
    assert undone == 0
    assert contents(ledger) == end
    assert ledger.check() == []
    ledger.close()


def test_undo_goes_on_after_a_restart(vault, tmp_path, ledger) -> None:
    before = contents(ledger)
    enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    ledger.close()
    again = vault.open(tmp_path / "甲支部.zbtz")
    assert again.history.undo().name == "登记党员"
    assert contents(again) == before
    again.close()


def test_one_import_is_one_action(ledger) -> None:
    with ledger.transaction("导入党员名册"):
        for number in range(24):
            enrol(ledger, Member(name=f"党员{number}"), TODAY, status=MemberStatus.FULL)
    last = ledger.history.actions()[-1]
    assert last.name == "导入党员名册"
    assert sum(change.kind is Member for change in ledger.history.action(last.id).changes) == 24
    ledger.history.undo()
    assert ledger[Member].all() == []


def test_the_beginning_cannot_be_undone(ledger) -> None:
    assert ledger.history.undo() is None
    with pytest.raises(Refused):
        ledger.history.take_back(1)


def test_a_new_action_ends_redoing(ledger) -> None:
    enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    ledger.history.undo()
    enrol(ledger, Member(name="张二"), TODAY, status=MemberStatus.FULL)
    assert ledger.history.redo() is None
    assert [m.name for m in ledger[Member].all()] == ["张二"]


def test_saving_without_a_change_is_no_action(ledger) -> None:
    saved = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    head = ledger.history.head()
    update_member(ledger, saved, TODAY)
    assert ledger.history.head() == head


def test_changing_one_absence_is_one_change(ledger) -> None:
    people = [enrol(ledger, Member(name=f"党员{n}"), TODAY, status=MemberStatus.FULL) for n in range(5)]
    roll = tuple(Attendance(member=p.id, state=AttendanceState.PRESENT) for p in people)
    meeting = Meeting(held_on=TODAY, subject="甲")
    saved = record_meeting(ledger, Minutes(meeting, (MeetingType.GENERAL,), roll), load_roster(ledger), TODAY)
    changed = (Attendance(member=people[0].id, state=AttendanceState.ABSENT, reason="因病"), *roll[1:])
    record_meeting(ledger, Minutes(saved.meeting, saved.types, changed), load_roster(ledger), TODAY)
    (change,) = ledger.history.action(ledger.history.head()[0]).changes
    assert change.kind is Attendance
    assert (change.before["state"], change.after["state"]) == ("出席", "缺席")


def test_the_story_of_a_record_tells_who_it_was_before(ledger) -> None:
    saved = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    update_member(ledger, Member(id=saved.id, name="张一鸣"), TODAY)
    story = ledger.history.of(Member, saved.id)
    assert [action.name for action in story] == ["登记党员", "修改党员信息"]
    assert [change.after["name"] for action in story for change in action.changes] == ["张一", "张一鸣"]


def test_the_trash_gives_back_a_deleted_meeting_much_later(ledger) -> None:
    person = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    roll = (Attendance(member=person.id, state=AttendanceState.PRESENT),)
    minutes = Minutes(Meeting(held_on=TODAY, subject="甲"), (MeetingType.GENERAL,), roll)
    saved = record_meeting(ledger, minutes, load_roster(ledger), TODAY)
    before = contents(ledger)
    remove_meeting(ledger, saved.meeting.id)
    update_member(ledger, Member(id=person.id, name="张一", note="后来"), TODAY)
    (gone,) = ledger.history.deletions()
    assert gone.name == "删除会议"
    ledger.history.take_back(gone.id)
    assert contents(ledger)["meeting"] == before["meeting"]
    assert contents(ledger)["attendance"] == before["attendance"]
    assert ledger.history.deletions() == []
    assert ledger[Member].get(person.id).note == "后来"


def test_an_old_action_is_not_taken_back_over_a_newer_change(ledger) -> None:
    saved = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    update_member(ledger, Member(id=saved.id, name="张一鸣"), TODAY)
    edited = ledger.history.head()[0]
    update_member(ledger, Member(id=saved.id, name="张一鹤"), TODAY)
    with pytest.raises(Refused):
        ledger.history.take_back(edited)
    assert ledger[Member].get(saved.id).name == "张一鹤"


def test_a_deleted_member_comes_back_with_the_dated_facts(ledger) -> None:
    saved = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    before = contents(ledger)
    remove_member(ledger, saved.id)
    assert contents(ledger) != before
    ledger.history.undo()
    assert contents(ledger) == before
    ledger.history.redo()
    assert ledger[Member].all() == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE action SET name = '别的' WHERE id = 2",
        "UPDATE action SET changes = replace(changes, '张一', '李一') WHERE id = 2",
        "UPDATE action SET made_at = '2020-01-01T00:00:00+08:00' WHERE id = 3",
        "DELETE FROM action WHERE id = 3",
        "DELETE FROM action WHERE id = 4",
        "UPDATE action SET id = -id WHERE 0 < id; ",
        "UPDATE member SET name = '李一' WHERE id = 1",
        "DELETE FROM standing WHERE id = 1",
        "INSERT INTO groups (name) VALUES ('外来党小组')",
        "DELETE FROM touched WHERE action = 2",
    ],
)
def test_tampering_is_found(ledger, tmp_path, tampering: str) -> None:
    for name in ("张一", "张二", "张三"):
        enrol(ledger, Member(name=name), TODAY, status=MemberStatus.FULL)
    assert ledger.history.faults() == []
    other = sqlite3.connect(tmp_path / "甲支部.zbtz", isolation_level=None)
    other.executescript("PRAGMA ignore_check_constraints = ON; " + tampering)
    other.close()
    assert ledger.history.faults() != []


def test_swapping_two_actions_is_found(ledger, tmp_path) -> None:
    for name in ("张一", "张二"):
        enrol(ledger, Member(name=name), TODAY, status=MemberStatus.FULL)
    other = sqlite3.connect(tmp_path / "甲支部.zbtz", isolation_level=None)
    rows = other.execute("SELECT id, changes, digest FROM action WHERE id IN (2, 3)").fetchall()
    for (id, _, _), (_, changes, digest) in zip(rows, rows[::-1], strict=True):
        other.execute("UPDATE action SET changes = ?, digest = ? WHERE id = ?", (changes, digest, id))
    other.close()
    assert any("第 2 步" in fault for fault in ledger.history.faults())


@pytest.mark.parametrize("old", sorted(OLD_FILES.glob("*.zbtz")), ids=lambda file: file.stem)
def test_a_ledger_of_an_older_program_keeps_everything_and_begins_its_history(vault, tmp_path, old: Path) -> None:
    path = tmp_path / "旧台账.zbtz"
    shutil.copyfile(old, path)
    before = sqlite3.connect(old)
    (version,) = before.execute("PRAGMA user_version").fetchone()
    there = {name for (name,) in before.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    rows = {table: before.execute(f'SELECT * FROM "{table}"').fetchall() for table in TABLES.values() if table in there}
    named = {table: as_named(before, table) for table in rows}
    (steps,) = before.execute("SELECT count(*) FROM action").fetchone() if "action" in there else (0,)
    before.close()
    ledger = vault.open(path)
    for table, old_rows in named.items():
        new_rows = as_named(ledger._connection, table)
        assert [{k: new.get(k, v) for k, v in row.items()} for row, new in zip(old_rows, new_rows, strict=True)] == [
            dict(row) for row in old_rows
        ]
    # What was a plain field of a member and is a dated fact now.
    work = {fact.member: (fact.department, fact.position) for fact in ledger[Employment].all()}
    floating = {fact.member for fact in ledger[Circumstance].all()}
    for member in named["member"]:
        if "department" in member:
            assert work.get(member["id"], ("", "")) == (member["department"], member["position"])
            assert (member["id"] in floating) == bool(member["floating"])
    assert ledger.check() == []
    added = ledger.history.actions(steps)
    # An upgrade that only adds tables changes no record and leaves no step.
    assert [action.kind for action in added] in ([], [ActionKind.BEGIN])
    assert added or version >= MOVED_FACTS
    if ledger.history.actions()[-1].id == 1:
        assert ledger.history.undo() is None
    ledger.close()
    copies = list(tmp_path.glob("旧台账-升级前-*.zbtz"))
    assert len(copies) == (version < newest())
    for copy in copies:
        kept = sqlite3.connect(copy)
        assert {table: kept.execute(f'SELECT * FROM "{table}"').fetchall() for table in rows} == rows
        kept.close()


def test_what_the_history_keeps_is_plain_json(ledger) -> None:
    enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    (text,) = ledger._connection.execute("SELECT changes FROM action WHERE id = 2").fetchone()
    table, id, before, after = json.loads(text)[0]
    assert (table, id, before, after["name"]) == ("member", 1, None, "张一")
