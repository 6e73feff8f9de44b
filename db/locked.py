"""Bytes under a password: a file of SQLCipher with one row, as safe as a ledger with a password."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from app.errors import Refused
from db.connection import Form, connect, form_of
from db.faults import told


def lock(data: bytes, password: str) -> bytes:
    """The bytes as a file that opens with the password alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "locked"
        with told(), closing(connect(path, password, new=True)) as connection:
            connection.execute("CREATE TABLE locked (content BLOB NOT NULL)")
            connection.execute("INSERT INTO locked VALUES (?)", (data,))
        return path.read_bytes()


def is_locked(path: Path) -> bool:
    """Whether a file can only be read with a password."""
    return form_of(path) is Form.SECRET


def unlock(path: Path, password: str) -> bytes:
    """What `lock` locked; raises PasswordNeeded for another password, Refused for what is no such file."""
    with told(), closing(connect(path, password, read_only=True)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
        rows = connection.execute("SELECT content FROM locked").fetchall() if tables == ["locked"] else []
    if len(rows) != 1 or not isinstance(rows[0][0], bytes):
        raise Refused("不是报送包。", "")
    return rows[0][0]
