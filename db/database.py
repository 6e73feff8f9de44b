"""An open ledger file: connection, pragmas, transactions, and what changed after each commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from app.branch import Branch, Group, Post
from app.dues import DuesBasis, Payment
from app.errors import Refused
from app.history import ActionKind
from app.meetings import Attendance, Meeting, MeetingLabel, Vote
from app.members import Member, Placement, Standing, VotingRestriction
from app.record import Record
from app.talks import Talk
from db.faults import told
from db.history import SqlHistory
from db.migrate import migrate, newest, version
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

    def __init__(self, connection: sqlite3.Connection, now: Callable[[], datetime]) -> None:
        self._connection = connection
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

    def transaction(self, action: str = "", *, begins: bool = False) -> AbstractContextManager[None]:
        """All or nothing, kept in the history as one action; an inner transaction belongs to the outer one."""
        return self._acting(action, ActionKind.BEGIN if begins else ActionKind.DO, None)

    @contextmanager
    def _acting(self, action: str, kind: ActionKind, target: int | None) -> Generator[None]:
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
                touched = self.history.keep(self._action or "修改", kind, target)
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
        with told():
            faults = [row[0] for row in self._connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found = [f"文件内部有损坏：{fault}" for fault in faults]
            orphans = self._connection.execute("PRAGMA foreign_key_check").fetchall()
            unlike = self.history.faults()
        return [*found, *(f"表 {row[0]} 第 {row[1]} 行指向不存在的记录" for row in orphans), *unlike]

    def close(self) -> None:
        """Close the file; the Store cannot be used afterwards."""
        self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=3)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


class FileVault:
    """Ledger files on the disk. `now` tells the time for the name of a copy."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def create(self, path: Path) -> Database:
        """Make a new, empty ledger file; raises Refused when something is there already."""
        if path.exists():
            raise Refused(f"“{path.name}”已经存在，没有覆盖它。", "请换一个名字。")
        if not path.parent.is_dir():
            raise Refused(f"文件夹“{path.parent.name}”不存在。", "请先建好文件夹。")
        with told():
            connection = _connect(path)
            migrate(connection)
        return Database(connection, self._now)

    def open(self, path: Path) -> Database:
        """Open a ledger file; an older one is copied beside itself before it is migrated. Raises AppError.

        The file is never written to before it has proved to be a ledger of a known version.
        """
        if not path.is_file():
            raise Refused(f"找不到“{path.name}”。", "请检查文件是否移动过，或U盘是否已经拔出。")
        if path.stat().st_size == 0:
            raise Refused(f"“{path.name}”是空文件，不是支部台账。", "请选择别的台账文件。")
        with told():
            probe = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            try:
                found = version(probe)
                if found < newest():
                    _copy_aside(probe, path, self._now())
            finally:
                probe.close()
            connection = _connect(path)
            migrate(connection)
            ledger = Database(connection, self._now)
            ledger.history.start()
        return ledger


def _copy_aside(source: sqlite3.Connection, path: Path, now: datetime) -> None:
    copy = path.with_name(f"{path.stem}-升级前-{now:%Y%m%d-%H%M%S}{path.suffix}")
    target = sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        target.close()
