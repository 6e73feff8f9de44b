"""Notes that the program keeps about ledgers, as somebody or a disk may leave them: none keeps a ledger shut."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from app.backups import BackupReason
from app.errors import AppError, Refused
from app.life.talks import Talk, record_talk
from app.people.members import Member, MemberStatus, enrol, remove_member
from app.people.roster import load_roster
from db.vault import FileVault

TODAY = date(2026, 7, 16)
ODD = [
    "",
    "[]",
    "null",
    "7",
    "{",
    '{"wrong": [], "until": {}, "size": [[1]]}',
    "[" * 20_000,
    '{"counts": {"a": {"b": []}}}',
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("password", ["", "Secret-2026"])
def test_a_ledger_opens_whatever_stands_in_the_notes_about_it(
    vault: FileVault, tmp_path: Path, odd: str, password: str
) -> None:
    path = tmp_path / "甲.zbtz"
    vault.create(path).close()
    if password:
        vault.change_password(path, "", password)
    vault.open(path, password).close()
    backup = vault.backup(path, BackupReason.MANUAL)
    vault.patience(path).wrong()
    notes = [file for folder in (tmp_path, vault._state) for file in folder.rglob("*.json")]
    assert len(set(notes)) >= 3
    for note in notes:
        note.write_text(odd, "utf-8")
    assert vault.patience(path).left() == 0
    assert [kept.path for kept in vault.backups(path)][:1] == [backup.path]
    assert vault.inspect(path) == []
    ledger = vault.open(path, password)
    assert list(ledger[Member].all()) == []
    ledger.close()


@pytest.mark.skipif(os.name == "nt", reason="links need a right that users of Windows do not have")
def test_a_backup_whose_file_is_a_link_to_nothing_is_listed_and_never_restored(
    vault: FileVault, tmp_path: Path, empty_file: Path
) -> None:
    path = Path(shutil.copy(empty_file, tmp_path / "甲.zbtz"))
    vault.open(path).close()
    backup = vault.backup(path, BackupReason.MANUAL)
    backup.path.unlink()
    backup.path.symlink_to(tmp_path / "没有")
    before = path.read_bytes()
    (found,) = [kept for kept in vault.backups(path) if kept.path == backup.path]
    assert not found.verified
    with pytest.raises(AppError):
        vault.restore(backup.path, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("password", ["", "Secret-2026"])
def test_a_member_whom_records_name_is_not_deleted_with_or_without_a_password(
    vault: FileVault, tmp_path: Path, empty_file: Path, password: str
) -> None:
    path = Path(shutil.copy(empty_file, tmp_path / "甲.zbtz"))
    if password:
        vault.change_password(path, "", password)
    ledger = vault.open(path, password)
    a, b = (enrol(ledger, Member(name=name), TODAY, status=MemberStatus.FULL) for name in ("张一", "李二"))
    record_talk(ledger, Talk(talked_on=TODAY, talker=a.id, partner=b.id), {a.id, b.id}, TODAY)
    with pytest.raises(Refused, match="不能删除"):
        remove_member(ledger, a.id)
    assert len(load_roster(ledger).members) == 2
    ledger.close()
