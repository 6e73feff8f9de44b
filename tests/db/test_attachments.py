from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attachments import Attachment, Owner, attach, attachments_of, detach, same_content
from app.backups import BackupReason
from app.branch.branch import found_branch
from app.errors import NotFound, Refused
from db.backup import folder_of
from db.blobs import pools
from db.vault import FileVault

TODAY = date(2026, 7, 16)
PHOTO = bytes(range(256)) * 400


def made(vault: FileVault, path: Path, password: str = "") -> None:
    ledger = vault.create(path, password)
    found_branch(ledger, "甲支部")
    attach(ledger, Owner.MEETING, 1, "签到表.jpg", PHOTO, TODAY)
    ledger.close()


@given(data=st.binary(min_size=1, max_size=3000))
def test_what_is_attached_is_given_back(ledger, data: bytes) -> None:
    kept = attach(ledger, Owner.MEMBER, 7, "扫描.bin", data, TODAY)
    assert ledger.blobs.get(kept.digest) == data
    assert kept in attachments_of(ledger, Owner.MEMBER, 7)


def test_the_same_picture_used_twice_is_kept_once_and_noticed(ledger) -> None:
    first = attach(ledger, Owner.MEETING, 1, "合影.jpg", PHOTO, TODAY)
    assert same_content(ledger, PHOTO) == [first]
    second = attach(ledger, Owner.MEETING, 2, "又一张.jpg", PHOTO, TODAY)
    assert first.digest == second.digest
    assert ledger._connection.execute("SELECT count(*) FROM blob").fetchone() == (1,)


def test_a_deleted_attachment_comes_back_with_its_content(ledger) -> None:
    kept = attach(ledger, Owner.MEETING, 1, "签到表.jpg", PHOTO, TODAY)
    detach(ledger, kept.id)
    assert attachments_of(ledger, Owner.MEETING, 1) == []
    ledger.history.undo()
    assert ledger.blobs.get(attachments_of(ledger, Owner.MEETING, 1)[0].digest) == PHOTO


@pytest.mark.parametrize(("name", "data"), [("空.jpg", b""), ("大.mp4", b"x" * (50 * 1024 * 1024 + 1))])
def test_an_empty_or_huge_file_is_refused_in_words(ledger, name: str, data: bytes) -> None:
    with pytest.raises(Refused, match="没有加入"):
        attach(ledger, Owner.MEETING, 1, name, data, TODAY)
    assert ledger[Attachment].all() == []


def test_a_path_in_the_name_is_dropped(ledger) -> None:
    assert attach(ledger, Owner.MEETING, 1, "C:\\照片\\..\\党日.png", PHOTO, TODAY).name == "党日.png"


@pytest.mark.slow
@pytest.mark.parametrize("password", ["", "密码 123"])
def test_forty_backups_hold_an_attachment_once(vault, tmp_path, password: str) -> None:
    path = tmp_path / "甲.zbtz"
    made(vault, path, password)
    ledger = vault.open(path, password)
    for _ in range(4 if password else 40):
        vault.backup(path, BackupReason.MANUAL)
    (pool,) = pools(folder_of(path))
    backups = vault.backups(path)
    assert len(backups) >= 4 and all(backup.verified for backup in backups)
    # An empty ledger is 40 times the size of the picture; the picture itself lies in the pool alone.
    assert all(backup.size < path.stat().st_size - len(PHOTO) // 2 for backup in backups)
    assert pool.stat().st_size < 2 * len(PHOTO)
    if password:
        assert PHOTO[:64] not in pool.read_bytes()
    ledger.close()
    vault.restore(backups[0].path, path, password)
    ledger = vault.open(path, password)
    assert ledger.blobs.get(ledger[Attachment].all()[0].digest) == PHOTO
    assert ledger.check() == []
    ledger.close()


def test_a_backup_whose_pool_is_gone_still_restores_the_records_and_says_so(vault, tmp_path) -> None:
    path = tmp_path / "甲.zbtz"
    made(vault, path)
    vault.open(path).close()
    backup = vault.backup(path, BackupReason.MANUAL)
    for pool in pools(folder_of(path)):
        pool.unlink()
    assert vault.contents(backup.path)[1]["找不到内容的附件"] == 1
    vault.restore(backup.path, path)
    ledger = vault.open(path)
    kept = ledger[Attachment].all()[0]
    with pytest.raises(NotFound):
        ledger.blobs.get(kept.digest)
    assert ledger.check() == ["1 个附件的内容不在台账文件里"]
    # The same photo added anew gives the old record its content back.
    attach(ledger, Owner.MEETING, 1, "签到表.jpg", PHOTO, TODAY)
    assert ledger.blobs.get(kept.digest) == PHOTO
    assert ledger.check() == []
    ledger.close()


def test_a_damaged_pool_is_noticed_before_a_restore(vault, tmp_path) -> None:
    path = tmp_path / "甲.zbtz"
    made(vault, path)
    vault.open(path).close()
    backup = vault.backup(path, BackupReason.MANUAL)
    (pool,) = pools(folder_of(path))
    raw = bytearray(pool.read_bytes())
    middle = raw.find(PHOTO[:200])
    raw[middle + 5] ^= 0xFF
    pool.write_bytes(raw)
    assert vault.contents(backup.path)[1]["找不到内容的附件"] == 1
    # The next backup mends it from the ledger.
    vault.backup(path, BackupReason.MANUAL)
    assert "找不到内容的附件" not in vault.contents(backup.path)[1]


def test_a_changed_content_in_the_ledger_is_found(ledger) -> None:
    attach(ledger, Owner.MEETING, 1, "签到表.jpg", PHOTO, TODAY)
    ledger._connection.execute("UPDATE blob SET data = x'00'")
    assert "被改动过" in ledger.check()[0]


def test_a_second_place_gets_the_attachments_too(vault, tmp_path) -> None:
    path, stick = tmp_path / "甲.zbtz", tmp_path / "U盘"
    made(vault, path)
    vault.open(path).close()
    copied = vault.copy_to(vault.backup(path, BackupReason.MANUAL), stick)
    vault.restore(copied.path, tmp_path / "新机器.zbtz")
    ledger = vault.open(tmp_path / "新机器.zbtz")
    assert ledger.blobs.get(ledger[Attachment].all()[0].digest) == PHOTO
    ledger.close()


@pytest.mark.slow
def test_setting_a_password_leaves_no_readable_pool(vault, tmp_path) -> None:
    path = tmp_path / "甲.zbtz"
    made(vault, path)
    vault.open(path).close()
    backup = vault.backup(path, BackupReason.MANUAL)
    vault.change_password(path, "", "新密码")
    copies = vault.readable_copies(path)
    assert {copy.suffix for copy in copies} == {".zbtz", ".zbfj"}
    vault.encrypt_copies(copies, "新密码")
    assert vault.readable_copies(path) == []
    assert PHOTO[:64] not in pools(folder_of(path))[0].read_bytes()
    assert "找不到内容的附件" not in vault.contents(backup.path, "新密码")[1]


def test_a_package_is_one_file_with_everything(vault, tmp_path) -> None:
    path = tmp_path / "甲.zbtz"
    made(vault, path)
    vault.open(path).close()
    vault.package(path, tmp_path / "移交.zbtz")
    elsewhere = FileVault(vault._now, tmp_path / "另一台")
    ledger = elsewhere.open(tmp_path / "移交.zbtz")
    assert ledger.blobs.get(ledger[Attachment].all()[0].digest) == PHOTO
    assert ledger.check() == []
    ledger.close()
    with pytest.raises(Refused, match="已经存在"):
        vault.package(path, tmp_path / "移交.zbtz")


def test_a_pool_that_is_just_being_begun_is_no_readable_copy(vault, tmp_path) -> None:
    """Right after a password was set the first backup with it may be at work."""
    path = tmp_path / "甲.zbtz"
    made(vault, path)
    backup = vault.backup(path, BackupReason.MANUAL)
    known = vault.readable_copies(path)
    (backup.path.parent / "附件-9.zbfj").touch()
    assert vault.readable_copies(path) == known
