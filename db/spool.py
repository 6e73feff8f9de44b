"""Bytes put aside on the disk, encrypted: what a ledger holds never lies there readable, not for a moment."""

from __future__ import annotations

import os
import secrets
import tempfile
import weakref
from pathlib import Path
from typing import Any

from app.errors import StorageTrouble
from db import disk
from db.connection import driver
from db.faults import told

IN_MEMORY = 2 << 20
"""Bytes that stay in memory; a usual print never touches the disk."""


class DiskSpool:
    """The first pieces stay in memory; the rest goes into a temporary SQLCipher file whose key nobody else ever has.

    The file is gone when nobody holds the spool any more; what a crash leaves cannot be read.
    """

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0
        self._connection: Any = None

    def put(self, piece: bytes) -> int:
        """Keep a piece; returns its number. Raises StorageTrouble."""
        if self._connection is None and self._size + len(piece) <= IN_MEMORY:
            self._pieces.append(piece)
            self._size += len(piece)
            return len(self._pieces) - 1
        with told():
            if self._connection is None:
                self._connection = self._open()
            row = self._connection.execute("INSERT INTO piece (content) VALUES (?)", (piece,)).lastrowid
        return len(self._pieces) + row - 1

    def get(self, number: int) -> bytes:
        """A piece that was kept; raises StorageTrouble."""
        if number < len(self._pieces):
            return self._pieces[number]
        with told():
            row = number - len(self._pieces) + 1
            return self._connection.execute("SELECT content FROM piece WHERE id = ?", (row,)).fetchone()[0]

    def _open(self) -> Any:
        try:
            handle, name = tempfile.mkstemp(prefix="branch-ledger-print-")
        except OSError as error:
            advice = "请检查磁盘空间和系统临时文件夹的权限，或先不附照片。"
            raise StorageTrouble("没有地方放打印用的临时文件。", advice) from error
        os.close(handle)
        # The worker writes, the window reads; each waits for the other to be done.
        connection = driver().connect(name, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, _forget, connection, Path(name))
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
        for setting in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "locking_mode = EXCLUSIVE"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("CREATE TABLE piece (id INTEGER PRIMARY KEY, content BLOB NOT NULL)")
        if os.name != "nt":
            Path(name).unlink()  # open as it is, the name is not needed: after a crash nothing is left
        return connection


def _forget(connection: Any, path: Path) -> None:
    connection.close()
    disk.sweep(path)
