"""Odd places and bad moments: each told in words, nothing half-done."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest

from app.backups import BackupReason
from app.branch.branch import found_branch
from app.errors import AppError, Damaged, Refused, StorageTrouble
from app.people.members import Member, MemberStatus, enrol
from db import disk
from db.connection import Form, driver, form_of
from db.faults import told
from db.vault import FileVault

TODAY = date(2026, 7, 16)


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user who may not write everywhere: root gives up the rights that set it above the file system's modes.

    It stays the same user, so that the program can be read wherever it lies.
    """
    if os.geteuid() != 0:
        yield
        return
    before = _effective_rights()
    _set_effective_rights(before & ~(1 << DAC_OVERRIDE | 1 << DAC_READ_SEARCH))
    try:
        yield
    finally:
        _set_effective_rights(before)


DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION = 0x20080522


def _capabilities() -> tuple[ctypes.Array[ctypes.c_uint32], ctypes.Array[ctypes.c_uint32]]:
    """The head and the body of the system's call: effective, permitted, inheritable, twice 32 bits each."""
    head, body = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None, use_errno=True).capget(head, body) == 0
    return head, body


def _effective_rights() -> int:
    return _capabilities()[1][0]


def _set_effective_rights(rights: int) -> None:
    head, body = _capabilities()
    body[0] = rights
    assert ctypes.CDLL(None, use_errno=True).capset(head, body) == 0


@pytest.fixture
def read_only() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="只读 "))
    path = folder / "甲.zbtz"
    vault = FileVault(datetime.now, folder / "state")
    ledger = vault.create(path)
    found_branch(ledger, "甲支部")
    ledger.close()
    path.chmod(0o444)
    (folder / "state").chmod(0o555)
    for file in (folder / "state").iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)
    (folder / "state").chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="who may write is told apart by the modes of POSIX here")
def test_a_read_only_ledger_can_be_read_and_says_so_when_it_is_to_be_changed(read_only: Path) -> None:
    before = read_only.read_bytes()
    with without_rights():
        vault = FileVault(datetime.now, read_only.parent / "state")
        ledger = vault.open(read_only)
        with pytest.raises(StorageTrouble) as caught:
            enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
        assert "没有保存" in caught.value.text and caught.value.advice
        with pytest.raises(AppError):
            vault.backup(read_only, BackupReason.MANUAL)
        drafts = vault.drafts(read_only)
        assert drafts.keep("talks/1", {"content": "甲"}) is None
        assert drafts.all() == []
        ledger.close()
    assert read_only.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="who may write is told apart by the modes of POSIX here")
def test_a_folder_without_permission_is_told_in_words(read_only: Path) -> None:
    with without_rights(), pytest.raises(AppError) as caught:
        FileVault(datetime.now, read_only.parent / "state").create(read_only.with_name("新.zbtz"))
    assert caught.value.advice
    read_only.chmod(0o000)
    with without_rights(), pytest.raises(Refused, match="没有权限"):
        FileVault(datetime.now, read_only.parent / "state").open(read_only)


def test_a_file_locked_by_another_is_told_and_saved_later(vault, ledger, tmp_path, monkeypatch) -> None:
    ledger._connection.execute("PRAGMA busy_timeout = 1")
    # By the same driver: two of them in one process do not see each other's locks.
    other = driver().connect(str(tmp_path / "甲支部.zbtz"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StorageTrouble, match="占用"):
        enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    other.execute("ROLLBACK")
    other.close()
    enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    assert len(ledger[Member].all()) == 1


WINDOWS = os.name == "nt"
ODD_NAMES = ["支部 台账 2026", "账😀本", "百分%23号#", "甲" * 20, "…", "a'b"] + ([] if WINDOWS else ['a"b', "百分?"])
LONG = 170 if WINDOWS else 250
"""Windows has 260 characters for the names of backups too."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_and_a_long_path_will_do(vault, tmp_path, name: str) -> None:
    folder = tmp_path
    while len(str(folder)) < LONG - len(name) - 6:
        folder = folder / ("机关 deep folder 2026 " * 3)[: LONG - len(name) - 6 - len(str(folder))].strip()
        if len(str(folder)) > LONG - 20 - len(name):
            break
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.zbtz"
    ledger = vault.create(path)
    found_branch(ledger, "甲支部")
    ledger.close()
    backup = vault.backup(path, BackupReason.MANUAL)
    vault.change_password(path, "", "很长的密码 2026")
    vault.open(path, "很长的密码 2026").close()
    vault.restore(backup.path, path)
    again = vault.open(path)
    assert again.check() == []
    again.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows takes long paths, the Unix layer of SQLite 512 bytes")
def test_a_path_that_is_too_long_for_the_storage_is_refused_in_words(vault, tmp_path) -> None:
    folder = tmp_path / ("很长的文件夹" * 12) / ("还有一层" * 15) / ("再一层" * 15)
    folder.mkdir(parents=True)
    with pytest.raises(Refused, match="路径太长"):
        vault.create(folder / "甲.zbtz")
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody remove a file that is open")
def test_a_stick_that_was_pulled_is_told_in_words(vault, tmp_path) -> None:
    folder = tmp_path / "U盘"
    folder.mkdir()
    path = folder / "甲.zbtz"
    ledger = vault.create(path)
    found_branch(ledger, "甲支部")
    shutil.rmtree(folder)
    with pytest.raises(StorageTrouble) as caught:
        enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    assert "没有保存" in caught.value.text or "打不开" in caught.value.text
    with pytest.raises(AppError):
        vault.backup(path, BackupReason.CLOSING)
    ledger.close()
    with pytest.raises(Refused, match="找不到"):
        vault.open(path)


def test_a_clock_set_back_does_no_harm(tmp_path) -> None:
    clock = [datetime(2026, 7, 16, 9)]  # noqa: DTZ001
    vault = FileVault(lambda: clock[0], tmp_path / "state")
    path = tmp_path / "甲.zbtz"
    ledger = vault.create(path)
    found_branch(ledger, "甲支部")
    vault.backup(path, BackupReason.DAILY)
    clock[0] = datetime(2020, 1, 1, 9)  # noqa: DTZ001
    enrol(ledger, Member(name="张一"), date(2020, 1, 1), status=MemberStatus.FULL)
    vault.backup(path, BackupReason.DAILY)
    assert vault.thin_out(path) == []
    assert ledger.check() == []
    assert ledger.history.undo().name == "登记党员"
    ledger.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows is asked for the kind of its drives instead of a list of mounts")
@pytest.mark.parametrize(
    ("mounts", "path", "told"),
    [
        ("/dev/sda1 / ext4 rw 0 0\nserver:/home /mnt/共享 nfs4 rw 0 0\n", "/mnt/共享/甲.zbtz", True),
        ("/dev/sda1 / ext4 rw 0 0\nserver:/home /mnt/共享 nfs4 rw 0 0\n", "/home/甲.zbtz", False),
        ("//s/d /mnt/d cifs rw 0 0\n/dev/sdb1 /mnt/d/盘 vfat rw 0 0\n", "/mnt/d/盘/甲.zbtz", False),
    ],
)
def test_a_network_folder_is_known(monkeypatch, mounts: str, path: str, told: bool) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_: mounts)
    assert disk.on_network(Path(path)) is told


@pytest.mark.parametrize("first", [b"{", b"<", b"PK", b"MZ", b"\xff\xd8", b"%P"])
def test_an_encrypted_ledger_may_begin_with_any_bytes(tmp_path, first: bytes) -> None:
    """Its first bytes are a random salt: one in a hundred begins like another kind of file."""
    path = tmp_path / "甲.zbtz"
    path.write_bytes(first + bytes(range(256)) * 16 + b"x" * (4096 - len(first)))
    assert form_of(path) is Form.SECRET


@pytest.mark.parametrize("text", ['{"a": "' + "中文" * 3000 + '"}', "<html>" + "文字" * 4000])
def test_a_text_is_no_ledger(tmp_path, text: str) -> None:
    path = tmp_path / "甲.zbtz"
    path.write_bytes(text.encode().ljust(4096 * 8)[: 4096 * 8])
    assert form_of(path) is Form.OTHER


def test_a_text_of_the_file_that_is_no_text_any_more_is_damage() -> None:
    with pytest.raises(Damaged), told():
        b"\xa0".decode("utf-8")
