"""Check and repair: each seeded fault is found, mended without inventing anything, and a second run finds nothing."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from app.people.members import Member
from tests.db.test_history import contents

TODAY = date(2026, 7, 16)
MENDED = [
    "UPDATE member SET name = '李外来' WHERE id = 1",
    "DELETE FROM standing WHERE id = 1",
    "INSERT INTO groups (name) VALUES ('外来党小组')",
    "DELETE FROM touched WHERE action = 1",
    "INSERT INTO touched VALUES ('member', 999, 1)",
    'UPDATE placement SET "group" = 99 WHERE id = 1',
    "UPDATE attendance SET meeting = 9999 WHERE id = 1",
    "DELETE FROM member WHERE id = 3",
    "UPDATE talk SET partner = 9999 WHERE id = 2",
]


def harm(path, script: str) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.executescript("PRAGMA foreign_keys = OFF; " + script)
    other.close()


@pytest.mark.parametrize("script", MENDED)
def test_a_fault_is_found_mended_and_gone(sample, tmp_path, script: str) -> None:
    harm(tmp_path / "示例.zbtz", script)
    assert sample.check()
    sample.repair()
    assert sample.check() == []
    head = sample.history.head()
    assert sample.repair() == []
    assert sample.history.head() == head


def test_all_faults_together(sample, tmp_path) -> None:
    harm(tmp_path / "示例.zbtz", ";".join(MENDED))
    assert sample.check()
    sample.repair()
    assert sample.check() == []


def test_a_repair_can_be_undone(sample, tmp_path) -> None:
    before = contents(sample)
    harm(tmp_path / "示例.zbtz", MENDED[0])
    sample.repair()
    assert sample[Member].get(1).name == "李外来"
    sample.history.undo()
    assert contents(sample) == before
    assert sample.check() == []


def test_a_tampered_history_is_not_mended_but_told(sample, tmp_path) -> None:
    sample[Member].save(Member(name="张一"))
    harm(tmp_path / "示例.zbtz", "UPDATE action SET name = '别的' WHERE id = 2")
    sample.repair()
    assert any("第 2 步" in fault for fault in sample.check())
