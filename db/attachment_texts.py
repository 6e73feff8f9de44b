"""The words of attachments beside the ledger, under its password: found by a search, read anew when they are lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.errors import AppError
from db.faults import told
from db.own_file import OwnFile

if TYPE_CHECKING:
    import sqlite3


class AttachmentTextFile(OwnFile):
    """The words of one ledger's attachments on this machine."""

    def prepare(self, connection: sqlite3.Connection, *, new: bool) -> None:
        """One row for each content."""
        if new:
            connection.execute("CREATE TABLE text (digest TEXT PRIMARY KEY, words TEXT NOT NULL) STRICT")

    def known(self) -> set[str]:
        """The contents that were read."""
        return {digest for (digest,) in self._rows("SELECT digest FROM text", ())}

    def keep(self, digest: str, words: str) -> None:
        """Keep the words of a content; on a full disk they are read anew another time."""
        self._write("INSERT OR REPLACE INTO text VALUES (?, ?)", [(digest, words)])

    def forget(self, digests: Iterable[str]) -> None:
        """Forget contents that belong to no record any more."""
        self._write("DELETE FROM text WHERE digest = ?", [(digest,) for digest in digests])

    def saying(self, words: str) -> dict[str, str]:
        """The contents in which words occur, with all of their text; Latin letters large or small."""
        question = "SELECT digest, words FROM text WHERE instr(lower(words), lower(?))"
        return {row[0]: row[1] for row in self._rows(question, (words,))}

    def _rows(self, question: str, values: tuple[str, ...]) -> list[tuple[str, ...]]:
        if not self.begun:
            return []
        try:
            with told():
                return self.connection.execute(question, values).fetchall()
        except AppError:
            return []

    def _write(self, change: str, rows: list[tuple[str, ...]]) -> None:
        try:
            with told():
                self.connection.executemany(change, rows)
        except AppError:
            return
