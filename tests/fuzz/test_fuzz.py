"""A few damages of every kind; many more by `python3 dev.py fuzz`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import backup
from tests.fuzz.harness import rounds
from tests.fuzz.kinds import KINDS, Ground

ROUNDS = 12


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    made = Ground(tmp_path_factory.mktemp("fuzz"))
    yield made
    made.close()


@pytest.mark.parametrize("name", list(KINDS))
def test_a_damaged_file_is_read_or_refused_in_words(ground: Ground, name: str) -> None:
    told = rounds(ground, name, ROUNDS, seed=7)
    assert told.faults == []
    assert told.read + told.refused == ROUNDS


def test_a_step_of_the_history_that_cannot_be_read_is_told_as_damage(ground: Ground) -> None:
    path = ground.folder / "历史.zbtz"
    for changes in ("[[", '{"a": 1}', "[" * 100_000, '[["branch",1]]'):
        path.write_bytes(ground.path.read_bytes())
        opened = ground.vault.open(path)
        opened._connection.execute("UPDATE action SET changes = ? WHERE id = 1", (changes,))
        opened._connection.commit()
        assert any("历史" in fault for fault in opened.history.faults())
        opened.close()


@pytest.mark.parametrize("note", ["[]", "null", "[" * 100_000, '{"made_at": 3}', "7", "\x00"])
def test_odd_notes_keep_nothing_from_being_opened(ground: Ground, tmp_path: Path, note: str) -> None:
    path = tmp_path / "记号.zbtz"
    path.write_bytes(ground.path.read_bytes())
    before = set(ground.notes.glob("closed-*.json"))
    ground.vault.open(path).close()
    (closed,) = set(ground.notes.glob("closed-*.json")) - before
    closed.write_text(note, "utf-8")
    ground.vault.open(path).close()
    closed.write_text(note, "utf-8")
    assert ground.vault.inspect(path) == []
    kept = KINDS["backup"].sound(ground)
    assert kept
    (first, *_) = ground.vault.backups(ground.path)
    backup._note(first.path).write_text(note, "utf-8")
    assert not ground.vault.backups(ground.path)[0].verified


@pytest.mark.skipif(sys.platform == "win32", reason="links take a right of their own there")
def test_a_link_to_nothing_among_the_backups_is_no_backup_that_counts(ground: Ground) -> None:
    KINDS["backup"].sound(ground)
    folder = ground.vault.backups(ground.path)[0].path.parent
    before = len(ground.vault.backups(ground.path))
    (folder / "20260101-000000-手动.zbtz").symlink_to(folder / "没有")
    found = ground.vault.backups(ground.path)
    assert len(found) == before + 1 and sum(not item.verified for item in found) >= 1
