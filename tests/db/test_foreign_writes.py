"""A save on a file that another program has changed since: nothing of the other's is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import Refused, StorageTrouble
from app.people.members import Member
from db.database import Database
from db.vault import FileVault


def test_a_save_after_another_program_wrote_is_refused_once_and_everybody_reads_anew(
    vault: FileVault, tmp_path: Path, empty_file: Path
) -> None:
    path = tmp_path / "台账.zbtz"
    path.write_bytes(empty_file.read_bytes())
    mine, others = vault.open(path), vault.open(path)
    told: list[frozenset[type]] = []
    mine.listeners.append(told.append)
    person = mine[Member].save(Member(name="张三"))
    told.clear()
    others.close()
    others = vault.open(path)
    others[Member].save(Member(**{**vars(person), "phone": "2345678"}))
    with pytest.raises(Refused, match="另一个程序改过"):
        mine[Member].save(Member(**{**vars(person), "name": "张三丰"}))
    assert Member in told[0]
    assert mine[Member].get(person.id).phone == "2345678"
    # What was read anew can be saved.
    mine[Member].save(Member(**{**vars(mine[Member].get(person.id)), "name": "张三丰"}))
    kept = mine[Member].get(person.id)
    assert (kept.name, kept.phone) == ("张三丰", "2345678")
    others.close()
    mine.close()


@pytest.fixture
def mine(vault: FileVault, tmp_path: Path, empty_file: Path) -> Iterator[Database]:
    path = tmp_path / "台账.zbtz"
    path.write_bytes(empty_file.read_bytes())
    ledger = vault.open(path)
    yield ledger
    ledger.close()


def save_many(ledger: Database) -> None:
    with ledger.transaction("很多人"):
        for number in range(500):
            ledger[Member].save(Member(name=f"人{number}"))


def test_what_is_written_apart_is_seen_after_looking_again_and_no_foreign_write(mine: Database) -> None:
    told: list[frozenset[type]] = []
    mine.listeners.append(told.append)
    with mine.apart(lambda: False) as apart:
        save_many(apart)
    assert told == []
    mine.look_again()
    assert len(told) == 1
    assert len(mine[Member].all()) == 500
    mine[Member].save(Member(name="张三"))
    mine.history.undo()
    mine.history.undo()
    assert mine[Member].all() == []
    assert mine.history.faults() == []


@pytest.mark.parametrize("after", [0, 1, 20, 100])
def test_an_action_apart_that_is_stopped_leaves_nothing(mine: Database, after: int) -> None:
    asked = iter(range(1_000_000))
    before = mine.history.head()
    with mine.apart(lambda: next(asked) >= after) as apart, pytest.raises(StorageTrouble, match="已取消"):
        save_many(apart)
    assert mine[Member].all() == []
    assert mine.history.head() == before
    mine[Member].save(Member(name="张三"))
