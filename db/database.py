"""An open ledger file: its tables, its transactions, and what changed after each commit."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from app.errors import Damaged, Refused
from app.history import ActionKind
from app.record import Record
from app.year.seal import REASON, touched_years
from db import blobs
from db.faults import DAMAGE, told
from db.history import SqlHistory
from db.table import SqlTable
from db.tables import TABLES

if TYPE_CHECKING:
    import sqlite3

R = TypeVar("R", bound=Record)
STEPS_UNASKED = 1000
"""Steps of SQLite's machine between two questions whether it is to stop: a saved row takes some hundred."""


class Database:
    """The ledger as a Store. One connection, rollback journal, every commit synchronised to the disk."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        now: Callable[[], datetime],
        closed: Callable[[], object] | None = None,
        again: Callable[[], sqlite3.Connection] | None = None,
    ) -> None:
        """`closed` is called after the file has been closed; `again` opens the same file once more."""
        self._connection = connection
        self._now, self._closed, self._again = now, closed, again
        self._tables: dict[type[Record], SqlTable[Any]] = {}
        self._depth = 0
        self._action = ""
        self.listeners: list[Callable[[frozenset[type[Record]]], None]] = []
        self.reason_for: Callable[[frozenset[int]], str] = refuse_without_reason
        self.history = SqlHistory(connection, TABLES, now, self._acting)
        self._seen = self._version()
        """The file as it was last read here: another number when another program has written to it since."""
        self.blobs = blobs.SqlBlobs(connection, self.transaction)

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
            elsewhere = self._version() != self._seen
            if elsewhere:
                self._connection.execute("ROLLBACK")
        if elsewhere:
            self.look_again()
            raise Refused("这个台账刚才被另一个程序改过，这次没有保存。", "现在的内容已重新读入，请看过再保存一次。")
        self._depth = 1
        try:
            yield
            with told():
                name = self._with_reason(self._action or "修改", kind)
                touched = self.history.keep(name, kind, target, at)
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

    @contextmanager
    def apart(self, stopped: Callable[[], bool]) -> Generator[Database]:
        """As `Ledger.apart`."""
        assert self._again, "a file that was opened to be read has no other connection"
        with told():
            connection = self._again()
        with closing(Database(connection, self._now)) as ledger:
            # What does not fit into memory waits there all the same: the window may read while this one writes.
            connection.execute("PRAGMA cache_spill = OFF")
            connection.set_progress_handler(stopped, STEPS_UNASKED)
            ledger.reason_for = self.reason_for
            yield ledger

    def look_again(self) -> None:
        """As `Ledger.look_again`."""
        self._seen = self._version()
        for listener in list(self.listeners):
            listener(frozenset(TABLES))

    def _version(self) -> int:
        return self._connection.execute("PRAGMA data_version").fetchone()[0]

    def _with_reason(self, action: str, kind: ActionKind) -> str:
        """The name of the action with the reason for it, where it changes a year that is sealed."""
        if kind is ActionKind.BEGIN:
            return action
        sealed = {row[0] for row in self._connection.execute("SELECT year FROM year_seal")}
        if not sealed:
            return action

        def stored(kind: type[Record], record: int) -> Iterable[Mapping[str, Any]]:
            found = self.history.stored(TABLES[kind], record)
            return (found,) if found is not None else ()

        years = touched_years(self.history.pending(), sealed, stored)
        return f"{action}（{REASON}{self.reason_for(years)}）" if years else action

    def check(self) -> list[str]:
        """What is wrong with the file itself, in Chinese; empty when it is sound."""
        try:
            gone = len(blobs.absent(self._connection))
            return proof(self._connection)[0] + ([f"{gone} 个附件的内容不在台账文件里"] if gone else [])
        except Damaged as error:
            return [error.text]

    def repair(self) -> list[str]:
        """Mend what can be mended without inventing anything; returns what was done, in Chinese.

        Indexes are made anew; what was changed outside the program is taken into the history, what was deleted there
        is put back from it; a link to a record that never was is emptied, or its row deleted, where the history
        keeps it. All of it is one action that can be undone. Pages that are destroyed and a history that was tampered
        with are not mended: a backup is for that.
        """
        done: list[str] = []
        run = self._connection.execute
        with told():
            self._seen = self._version()
            if any(row[0] != "ok" for row in run("PRAGMA integrity_check")):
                run("REINDEX")
                done.append("重建了索引")
        with self.transaction("修复台账"), told():
            adopted, restored = self.history.adopt()
            if adopted:
                done.append(f"{adopted} 处在程序外的改动补记入历史")
            if restored:
                done.append(f"{restored} 条在程序外被删掉的记录已找回")
            for table, row, parent, link in run("PRAGMA foreign_key_check").fetchall():
                if table in TABLES.values():
                    done.append(self._unlink(table, row, parent, link))
        return done

    def _unlink(self, table: str, row: int, parent: str, link: int) -> str:
        run = self._connection.execute
        column = next(r[3] for r in run(f'PRAGMA foreign_key_list("{table}")') if r[0] == link)
        required = next(r[3] for r in run(f'PRAGMA table_info("{table}")') if r[1] == column)
        if not required:
            # Where the row would say nothing without the link, the table's own check keeps it as it is.
            run(f'UPDATE OR IGNORE "{table}" SET "{column}" = NULL WHERE id = ?', (row,))
            if run(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,)).fetchone()[0] is None:
                return f"表 {table} 第 {row} 行指向的记录（{parent}）已不存在，清空了这一项"
        run(f'DELETE FROM "{table}" WHERE id = ?', (row,))
        return f"表 {table} 第 {row} 行所属的记录（{parent}）已不存在，移入回收站"

    def close(self) -> None:
        """Close the file; the Store cannot be used afterwards."""
        self._connection.close()
        if self._closed:
            self._closed()


def refuse_without_reason(years: frozenset[int]) -> str:
    """Where nobody can be asked, a sealed year is not changed."""
    named = "、".join(str(year) for year in sorted(years))
    raise Refused(f"{named} 年已经归档，补录或更正要写明原因。", "请在程序窗口里修改，会先询问原因。")


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
            faults = file_faults(connection) or [*history.faults(), *blobs.faults(connection)]
        except (ValueError, KeyError, TypeError) as error:
            # Readable to SQLite, and not what this program wrote.
            raise Damaged(*DAMAGE) from error
        counts = {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in TABLES.values()
        }
        return faults, history.head(), counts


def refuse_damage(connection: sqlite3.Connection) -> None:
    """Look at every page; raises Damaged."""
    faults = [row[0] for row in connection.execute("PRAGMA quick_check(1)") if row[0] != "ok"]
    if faults:
        raise Damaged("台账文件已损坏，程序没有写入它。", "请从备份恢复；损坏的文件会另外留存。")
