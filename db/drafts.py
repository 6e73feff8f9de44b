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
from app.errors import AppError
from db.faults import told
from db.own_file import OwnFile

if TYPE_CHECKING:
    import sqlite3

ROOM = 256 * 1024


class DraftFile(OwnFile):
    """The drafts of one ledger on this machine. A draft that cannot be kept is no reason to stop typing."""

    def __init__(self, path: Path, password: str, now: Callable[[], datetime]) -> None:
        super().__init__(path, password)
        self._now = now

    def prepare(self, connection: sqlite3.Connection, *, new: bool) -> None:
        """Take the space, and keep the journal."""
        run = connection.execute
        run("PRAGMA journal_mode = PERSIST")
        if new:
            run("BEGIN IMMEDIATE")
            run("CREATE TABLE draft (form TEXT PRIMARY KEY, kept_at TEXT NOT NULL, content TEXT NOT NULL) STRICT")
            run("INSERT INTO draft VALUES ('', '', ?)", ("·" * ROOM,))
            run("COMMIT")
            run("UPDATE draft SET content = ?", ("-" * ROOM,))
            run("DELETE FROM draft")

    def keep(self, form: str, content: dict[str, Any]) -> datetime | None:
        """Keep what a form holds now; when it was kept, None when it could not be."""
        now = self._now().astimezone()
        row = (form, now.isoformat(timespec="seconds"), json.dumps(content, ensure_ascii=False))
        try:
            with told():
                self.connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", row)
        except AppError:
            return None
        return now

    def forget(self, form: str) -> None:
        """The form was saved, or its text is not wanted."""
        try:
            with told():
                self.connection.execute("DELETE FROM draft WHERE form = ?", (form,))
        except AppError:
            return

    def all(self) -> list[Draft]:
        """The drafts, newest first."""
        if not self.begun:
            return []
        try:
            with told():
                rows = self.connection.execute("SELECT form, kept_at, content FROM draft ORDER BY kept_at DESC")
                return [Draft(form, datetime.fromisoformat(at), json.loads(content)) for form, at, content in rows]
        except (AppError, ValueError, TypeError, RecursionError):
            return []
