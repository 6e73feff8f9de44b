"""What is being typed and not yet saved: a small file of its own, so that a crash or a full disk does not cost it.

It lives on this machine, outside the ledger, under the ledger's password. Its space is taken when it is made, and
its journal is kept from one commit to the next: on a full disk it can still be written.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.drafts import Draft
from app.errors import AppError, StorageTrouble
from db import disk
from db.connection import connect
from db.faults import told

if TYPE_CHECKING:
    import sqlite3

ROOM = 256 * 1024


def destroy_drafts(path: Path) -> None:
    """Overwrite and delete a file of drafts with its journal, which keeps older pages of it; raises StorageTrouble."""
    try:
        for file in (path, *(path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm"))):
            disk.destroy(file)
    except OSError as error:
        raise StorageTrouble("旧的草稿删不掉。", "请关闭正在使用它的程序，再试一次。") from error


class DraftFile:
    """The drafts of one ledger on this machine. A draft that cannot be kept is no reason to stop typing."""

    def __init__(self, path: Path, password: str, now: Callable[[], datetime]) -> None:
        self._path = path
        self._password = password
        self._now = now
        self._opened: sqlite3.Connection | None = None

    @property
    def _connection(self) -> sqlite3.Connection:
        """Opened when it is first needed; raises AppError."""
        if self._opened is None:
            try:
                self._opened = self._open()
            except AppError:
                # Left by another password, or damaged: what it holds can no longer be read.
                destroy_drafts(self._path)
                self._opened = self._open()
        return self._opened

    def _open(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageTrouble("草稿没能存下。", "请检查磁盘空间和权限。") from error
        with told():
            connection = connect(self._path, self._password, new=not self._path.exists())
            run = connection.execute
            run("PRAGMA journal_mode = PERSIST")
            (known,) = run("SELECT count(*) FROM sqlite_schema").fetchone()
            if not known:
                run("BEGIN IMMEDIATE")
                run("CREATE TABLE draft (form TEXT PRIMARY KEY, kept_at TEXT NOT NULL, content TEXT NOT NULL) STRICT")
                run("INSERT INTO draft VALUES ('', '', ?)", ("·" * ROOM,))
                run("COMMIT")
                run("UPDATE draft SET content = ?", ("-" * ROOM,))
                run("DELETE FROM draft")
        return connection

    def keep(self, form: str, content: dict[str, Any]) -> datetime | None:
        """Keep what a form holds now; when it was kept, None when it could not be."""
        now = self._now().astimezone()
        row = (form, now.isoformat(timespec="seconds"), json.dumps(content, ensure_ascii=False))
        try:
            with told():
                self._connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", row)
        except AppError:
            return None
        return now

    def forget(self, form: str) -> None:
        """The form was saved, or its text is not wanted."""
        try:
            with told():
                self._connection.execute("DELETE FROM draft WHERE form = ?", (form,))
        except AppError:
            return

    def all(self) -> list[Draft]:
        """The drafts, newest first."""
        if self._opened is None and not self._path.exists():
            return []
        try:
            with told():
                rows = self._connection.execute("SELECT form, kept_at, content FROM draft ORDER BY kept_at DESC")
                return [Draft(form, datetime.fromisoformat(at), json.loads(content)) for form, at, content in rows]
        except (AppError, ValueError, TypeError, RecursionError):
            return []

    def close(self) -> None:
        """Close the file."""
        if self._opened is not None:
            self._opened.close()
