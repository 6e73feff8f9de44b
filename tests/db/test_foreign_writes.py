"""A save on a file that another program has changed since: nothing of the other's is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Refused
from app.people.members import Member
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
