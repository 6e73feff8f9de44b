"""An open ledger file: its tables, its transactions, and what changed after each commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any, TypeVar

from app.branch import Branch, Group, Post
from app.dues import DuesBasis, Payment
from app.errors import Damaged
from app.history import ActionKind
from app.meetings import Attendance, Meeting, MeetingLabel, Vote
from app.members import Member, Placement, Standing, VotingRestriction
from app.record import Record
from app.talks import Talk
from db.faults import DAMAGE, told
from db.history import SqlHistory
from db.table import SqlTable

R = TypeVar("R", bound=Record)

TABLES: dict[type[Record], str] = {
    Branch: "branch",
    Group: "groups",
    Post: "post",
    Member: "member",
    Standing: "standing",
    Placement: "placement",
    VotingRestriction: "voting_restriction",
    Meeting: "meeting",
    MeetingLabel: "meeting_label",
    Attendance: "attendance",
    Vote: "vote",
    Talk: "talk",
    DuesBasis: "dues_basis",
    Payment: "payment",
}


class Database:
    """The ledger as a Store. One connection, rollback journal, every commit synchronised to the disk."""

    def __init__(
        self, connection: sqlite3.Connection, now: Callable[[], datetime], closed: Callable[[], object] | None = None
    ) -> None:
        """`closed` is called after the file has been closed."""
        self._connection = connection
        self._closed = closed
        self._tables: dict[type[Record], SqlTable[Any]] = {}
        self._depth = 0
        self._action = ""
        self.listeners: list[Callable[[frozenset[type[Record]]], None]] = []
        self.history = SqlHistory(connection, TABLES, now, self._acting)

    def __getitem__(self, kind: type[R]) -> SqlTable[R]:
        table = self._tables.get(kind)
        if table is None:
            table = SqlTable(self._connection, kind, TABLES[kind], self.transaction)
            self._tables[kind] = table
        return table

    def transaction(
        self, action: str = "", *, begins: bool = False, at: datetime | None = None
    ) -> AbstractContextManager[None]:
        """All or nothing, kept in the history as one action; an inner transaction belongs to the outer one."""
        return self._acting(action, ActionKind.BEGIN if begins else ActionKind.DO, None, at)

    @contextmanager
    def _acting(self, action: str, kind: ActionKind, target: int | None, at: datetime | None = None) -> Generator[None]:
        self._action = self._action or action
        if self._depth:
            yield
            return
        with told():
            self.history.watch()
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            with told():
                touched = self.history.keep(self._action or "修改", kind, target, at)
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0
            self._action = ""
        if touched:
            for listener in list(self.listeners):
                listener(frozenset(touched))

    def check(self) -> list[str]:
        """What is wrong with the file itself, in Chinese; empty when it is sound."""
        try:
            return proof(self._connection)[0]
        except Damaged as error:
            return [error.text]

    def close(self) -> None:
        """Close the file; the Store cannot be used afterwards."""
        self._connection.close()
        if self._closed:
            self._closed()


def file_faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong with a file: its pages, and links to records that are not there."""
    faults = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if faults:
        return [f"文件内部有损坏：{fault}" for fault in faults]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [f"表 {row[0]} 第 {row[1]} 行指向不存在的记录" for row in orphans]


def proof(connection: sqlite3.Connection) -> tuple[list[str], tuple[int, str], dict[str, int]]:
    """Everything that proves a file: its faults, the head of its history, and how many rows each table has.

    Raises StorageTrouble when it cannot be read at all.
    """

    def never(*_: object) -> AbstractContextManager[None]:
        raise AssertionError("a file that is being proved is not written to")

    with told():
        history = SqlHistory(connection, TABLES, datetime.now, never)
        try:
            faults = file_faults(connection) or history.faults()
        except (ValueError, KeyError, TypeError) as error:
            # Readable to SQLite, and not what this program wrote.
            raise Damaged(*DAMAGE) from error
        counts = {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in TABLES.values()
        }
        return faults, history.head(), counts
