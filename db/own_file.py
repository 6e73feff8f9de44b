"""A small file of this machine about one ledger, outside it and under its password."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError, StorageTrouble
from db import disk
from db.connection import connect
from db.faults import told

if TYPE_CHECKING:
    import sqlite3


def destroy_own(path: Path) -> None:
    """Overwrite and delete such a file with its journal, which keeps older pages of it; raises StorageTrouble."""
    try:
        for file in (path, *(path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm"))):
            disk.destroy(file)
    except OSError as error:
        raise StorageTrouble(f"“{path.name}”删不掉。", "请关闭正在使用它的程序，再试一次。") from error


class OwnFile:
    """The file, opened when it is first needed; one that cannot be read any more is destroyed and begun anew."""

    def __init__(self, path: Path, password: str) -> None:
        self.path = path
        self._password = password
        self._opened: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """Opened when it is first needed; raises AppError."""
        if self._opened is None:
            try:
                self._opened = self._open()
            except AppError:
                # Left by another password, or damaged: what it holds can no longer be read.
                destroy_own(self.path)
                self._opened = self._open()
        return self._opened

    @property
    def begun(self) -> bool:
        """Whether there is anything to read."""
        return self._opened is not None or self.path.exists()

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageTrouble("程序自己的文件没能存下。", "请检查磁盘空间和权限。") from error
        with told():
            connection = connect(self.path, self._password, new=not self.path.exists())
            (known,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            self.prepare(connection, new=not known)
        return connection

    def prepare(self, connection: sqlite3.Connection, *, new: bool) -> None:
        """Set the file up; `new` when it holds no table yet."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the file."""
        if self._opened is not None:
            self._opened.close()
