"""What is put aside while a print is made: read again as it was, never readable on the disk, gone afterwards."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import StorageTrouble
from app.spool import PIECE, MemorySpool, SpooledFile
from db.spool import IN_MEMORY, DiskSpool

SECRET = "某某同志的谈话内容".encode() * 1000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_is_put_aside_comes_back_from_memory_and_from_the_disk(folder: Path) -> None:
    spool = DiskSpool()
    pieces = [bytes([number]) * 300_000 for number in range(20)]
    numbers = [spool.put(piece) for piece in pieces]
    assert IN_MEMORY < 20 * 300_000
    assert [spool.get(number) for number in numbers] == pieces


def test_little_never_touches_the_disk(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(DiskSpool, "_open", lambda _: pytest.fail("a file was made"))
    spool = DiskSpool()
    assert spool.get(spool.put(SECRET)) == SECRET


def test_nothing_on_the_disk_can_be_read_or_is_left(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # as where an open file cannot be unlinked
    spool = DiskSpool()
    for _ in range(2 * IN_MEMORY // len(SECRET)):
        spool.put(SECRET)
    (file,) = folder.iterdir()
    content = file.read_bytes()
    assert len(content) > IN_MEMORY // 2
    assert SECRET[:27] not in content and not content.startswith(b"SQLite")
    monkeypatch.undo()
    del spool
    assert list(folder.iterdir()) == []


def test_a_full_disk_is_told(folder: Path) -> None:
    spool = DiskSpool()
    spool.put(bytes(IN_MEMORY))
    spool.put(b"first on the disk")
    spool._connection.execute("PRAGMA max_page_count = 20")
    with pytest.raises(StorageTrouble, match="磁盘已满"):
        spool.put(bytes(1 << 20))


def test_without_a_folder_for_it_nothing_else_is_lost(folder: Path) -> None:
    spool = DiskSpool()
    number = spool.put(bytes(IN_MEMORY))
    folder.rmdir()
    with pytest.raises(StorageTrouble, match="没有地方放"):
        spool.put(b"more")
    assert spool.get(number) == bytes(IN_MEMORY)


@given(st.lists(st.binary(max_size=3 * PIECE // 2), max_size=6), st.data())
def test_a_spooled_file_reads_like_a_file(parts: list[bytes], data) -> None:
    file = SpooledFile(MemorySpool())
    for part in parts:
        file.write(part)
    file.done()
    whole = b"".join(parts)
    assert b"".join(file.pieces()) == whole and file.size == len(whole)
    reader = file.reader()
    for _ in range(5):
        start, length = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, len(whole)))
        assert reader.seek(start) == start
        assert reader.read(length) == whole[start : start + length]
    assert reader.seek(0, io.SEEK_END) == len(whole) == reader.tell()
