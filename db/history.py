"""Every change of every record, before and after, chained by SHA-256; undo, trash and audit all read it.

Temporary triggers put each changed row into `pending`; what lies there when a transaction ends becomes one action.
Nothing that this program writes can go past them: cascades and repairs are kept like any other change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.errors import AppError, Damaged, NotFound, Refused
from app.history import Action, ActionKind, Change
from app.record import Record
from db.faults import DAMAGE, told

if TYPE_CHECKING:
    import sqlite3

State = dict[tuple[str, int], Mapping[str, Any]]
COLUMNS = "id, made_at, name, kind, target, digest"


def _read(changes: str) -> Any:
    """What a step keeps; raises Damaged where it is not what was written any more."""
    try:
        return json.loads(changes)
    except (ValueError, RecursionError) as error:
        raise Damaged(*DAMAGE) from error


class SqlHistory:
    """The history of one open ledger. `begin` opens a transaction for undoing: name, kind, target."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        tables: Mapping[type[Record], str],
        now: Callable[[], datetime],
        begin: Callable[[str, ActionKind, int | None], AbstractContextManager[None]],
    ) -> None:
        self._connection = connection
        self._tables = tables
        self._kinds = {table: kind for kind, table in tables.items()}
        self._now = now
        self._begin = begin
        self._watching = False
        # What can be undone and redone, as far as the history has been read.
        self._standing: list[int] = []
        self._undone: list[int] = []
        self._stacked = 0

    # --- writing ----------------------------------------------------------------------------------------

    def watch(self) -> None:
        """Let every change of a record table from now on be kept; done before the first change."""
        if self._watching:
            return
        run = self._connection.execute
        columns = 'seq INTEGER PRIMARY KEY, "table" TEXT, record INTEGER, before TEXT, after TEXT'
        run(f"CREATE TEMP TABLE IF NOT EXISTS pending ({columns})")
        for table in self._tables.values():
            columns = self._columns(table)
            old, new = (_as_object(row, columns) for row in ("OLD", "NEW"))
            differ = f"({_row('OLD', columns)}) IS NOT ({_row('NEW', columns)})"
            for event, id, before, after, when in (
                ("INSERT", "NEW.id", "NULL", new, ""),
                ("UPDATE", "NEW.id", old, new, f"WHEN {differ}"),
                ("DELETE", "OLD.id", old, "NULL", ""),
            ):
                run(
                    f'CREATE TEMP TRIGGER IF NOT EXISTS "{table}_{event}" AFTER {event} ON main."{table}" {when} BEGIN '
                    'INSERT INTO pending ("table", record, before, after) '
                    f"VALUES ('{table}', {id}, {before}, {after}); END"
                )
        self._watching = True

    def keep(self, name: str, kind: ActionKind, target: int | None, at: datetime | None = None) -> set[type[Record]]:
        """Make one action of what has changed since the last; returns the kinds of record, empty when none."""
        if not self._watching:
            return set()
        run = self._connection.execute
        touched = [row[0] for row in run('SELECT DISTINCT "table" FROM pending')]
        if not touched:
            return set()
        (changes,) = run(
            'SELECT json_group_array(json_array("table", record, json(before), json(after))) '
            "FROM (SELECT * FROM pending ORDER BY seq)"
        ).fetchone()
        last, digest = self.head()
        made_at = (at or self._now()).astimezone().isoformat(timespec="seconds")
        row = (last + 1, made_at, name, kind.value, target, changes)
        run("INSERT INTO action VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, chained(digest, row)))
        run('INSERT INTO touched SELECT DISTINCT "table", record, ? FROM pending', (last + 1,))
        run("DELETE FROM pending")
        return {self._kinds[table] for table in touched}

    def pending(self) -> list[Change]:
        """What the present transaction has changed so far."""
        if not self._watching:
            return []
        rows = self._connection.execute('SELECT "table", record, before, after FROM pending ORDER BY seq')
        return [
            Change(self._kinds[table], record, before and json.loads(before), after and json.loads(after))
            for table, record, before, after in rows
        ]

    def start(self) -> None:
        """Take into the history what a migration made of the records; a ledger without history gets its first action.

        Belongs to the transaction that migrates the file.
        """
        self.watch()
        if self.head()[0]:
            self.adopt()
            self.keep("升级台账", ActionKind.BEGIN, None)
            return
        run = self._connection.execute
        for table in self._tables.values():
            after = _as_object("rows", self._columns(table))
            run(
                f"INSERT INTO pending (\"table\", record, after) SELECT '{table}', id, {after} "
                f'FROM main."{table}" AS rows ORDER BY id'
            )
        self.keep("历史从此开始", ActionKind.BEGIN, None)

    # --- reading ----------------------------------------------------------------------------------------

    def head(self) -> tuple[int, str]:
        """Number and digest of the last action; (0, "") when there is none."""
        row = self._connection.execute("SELECT id, digest FROM action ORDER BY id DESC LIMIT 1").fetchone()
        return (row[0], row[1]) if row else (0, "")

    def actions(self, since: int = 0) -> list[Action]:
        """The actions after number `since`, without their changes, oldest first."""
        with told():
            rows = self._connection.execute(f"SELECT {COLUMNS} FROM action WHERE id > ? ORDER BY id", (since,))
            return [self._action(row) for row in rows]

    def action(self, id: int) -> Action:
        """One action with its changes; raises NotFound."""
        with told():
            row = self._connection.execute(f"SELECT {COLUMNS}, changes FROM action WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise NotFound("这一步操作不在台账的历史里。")
        return self._action(row[:-1], row[-1])

    def of(self, kind: type[Record], record: int) -> list[Action]:
        """The actions that touched one record, oldest first, each with its changes of that record only."""
        table = self._tables[kind]
        query = (
            f"SELECT {COLUMNS}, (SELECT json_group_array(json(value)) FROM json_each(action.changes) "
            "WHERE json_extract(value, '$[0]') = ?1 AND json_extract(value, '$[1]') = ?2) "
            'FROM action WHERE id IN (SELECT action FROM touched WHERE "table" = ?1 AND record = ?2) ORDER BY id'
        )
        with told():
            rows = self._connection.execute(query, (table, record)).fetchall()
        return [self._action(row[:-1], row[-1]) for row in rows]

    def entered(self, kind: type[Record]) -> dict[int, datetime]:
        """When each record of a kind was first entered, by its number."""
        query = (
            "SELECT record, made_at FROM action JOIN (SELECT record, MIN(action) AS first FROM touched "
            'WHERE "table" = ? GROUP BY record) ON action.id = first'
        )
        with told():
            rows = self._connection.execute(query, (self._tables[kind],)).fetchall()
        return {record: datetime.fromisoformat(made_at) for record, made_at in rows}

    def deletions(self) -> list[Action]:
        """The actions that took records away and whose records are still gone, newest first, with changes."""
        with told():
            rows = self._connection.execute(
                f"SELECT {COLUMNS}, changes FROM action WHERE kind IN ('do', 'redo') AND changes != '[]' AND NOT EXISTS"
                " (SELECT 1 FROM json_each(changes) WHERE json_extract(value, '$[3]') IS NOT NULL) ORDER BY id DESC"
            ).fetchall()
        found = (self._action(row[:-1], row[-1]) for row in rows)
        return [action for action in found if self._still_gone(action)]

    def _still_gone(self, action: Action) -> bool:
        return all(self.stored(self._tables[change.kind], change.record) is None for change in action.changes)

    def _action(self, row: tuple[Any, ...], changes: str = "[]") -> Action:
        id, made_at, name, kind, target, digest = row
        try:
            parsed = tuple(
                Change(self._kinds[table], record, before, after)
                for table, record, before, after in _read(changes)
                if table in self._kinds
            )
            return Action(id, datetime.fromisoformat(made_at), name, ActionKind(kind), target, digest, parsed)
        except (ValueError, TypeError) as error:
            raise Damaged(*DAMAGE) from error

    # --- undoing ----------------------------------------------------------------------------------------

    def undo(self) -> Action | None:
        """Take back the last action that still stands; None when there is none."""
        standing, _ = self._stacks()
        if not standing:
            return None
        action = self.action(standing[-1])
        with self._begin(f"撤销：{action.name}", ActionKind.UNDO, action.id):
            self._apply((change.kind, change.record, change.after, change.before) for change in action.changes[::-1])
        return action

    def redo(self) -> Action | None:
        """Do again what was taken back last; None when there is nothing."""
        _, undone = self._stacks()
        if not undone:
            return None
        action = self.action(undone[-1])
        with self._begin(f"重做：{action.name}", ActionKind.REDO, action.id):
            self._apply((change.kind, change.record, change.before, change.after) for change in action.changes)
        return action

    def take_back(self, id: int) -> Action:
        """Reverse one action of any age as a new one; raises Refused when its records were changed since."""
        action = self.action(id)
        if action.kind is ActionKind.BEGIN:
            raise Refused("建立台账这一步不能撤销。")
        with self._begin(f"撤回：{action.name}", ActionKind.DO, action.id):
            self._apply((change.kind, change.record, change.after, change.before) for change in action.changes[::-1])
        return action

    def _stacks(self) -> tuple[list[int], list[int]]:
        """The numbers of the actions that stand and of those taken back, each in the order of going back."""
        rows = self._connection.execute(
            "SELECT id, kind, target FROM action WHERE id > ? ORDER BY id", (self._stacked,)
        )
        for id, kind, target in rows:
            self._stacked = id
            if kind == ActionKind.DO:
                self._standing.append(id)
                self._undone.clear()
            elif kind == ActionKind.UNDO and self._standing[-1:] == [target]:
                self._undone.append(self._standing.pop())
            elif kind == ActionKind.REDO and self._undone[-1:] == [target]:
                self._standing.append(self._undone.pop())
        return self._standing, self._undone

    def _apply(
        self, steps: Iterable[tuple[type[Record], int, Mapping[str, Any] | None, Mapping[str, Any] | None]]
    ) -> None:
        run = self._connection.execute
        run("PRAGMA defer_foreign_keys = ON")
        for kind, record, now, wanted in steps:
            table = self._tables[kind]
            found = self.stored(table, record)
            if wanted is None and found is None:
                continue  # gone already with the record it belongs to
            if not _same(found, now):
                raise Refused("这条记录后来又改过，不能直接撤回。", "请打开这条记录，按历史里的内容改回来。")
            if wanted is None:
                run(f'DELETE FROM main."{table}" WHERE id = ?', (record,))
                continue
            columns = [name for name in self._columns(table) if name in wanted]
            names = ", ".join(f'"{name}"' for name in columns)
            values = [wanted[name] for name in columns]
            if now is None:
                marks = ", ".join("?" for _ in range(len(columns) + 1))
                run(f'INSERT INTO main."{table}" (id, {names}) VALUES ({marks})', (record, *values))
            else:
                settings = ", ".join(f'"{name}" = ?' for name in columns)
                run(f'UPDATE main."{table}" SET {settings} WHERE id = ?', (*values, record))

    def stored(self, table: str, record: int) -> dict[str, Any] | None:
        """A row as the history would keep it; None when it is not there."""
        shape = _as_object("rows", self._columns(table))
        row = self._connection.execute(f'SELECT {shape} FROM main."{table}" AS rows WHERE id = ?', (record,)).fetchone()
        return json.loads(row[0]) if row else None

    def _columns(self, table: str) -> list[str]:
        rows = self._connection.execute(f'PRAGMA main.table_info("{table}")')
        return [row[1] for row in rows if row[1] != "id"]

    # --- proof ------------------------------------------------------------------------------------------

    def faults(self) -> list[str]:
        """What is wrong with the chain, or differs between history and records, in Chinese."""
        found: list[str] = []
        for look in (self._chain_faults, self._record_faults):
            try:
                with told():
                    found += look()
            except (AppError, ValueError, TypeError):
                found.append("历史里有读不出来的内容")
        return found

    def _chain_faults(self) -> Iterator[str]:
        digest, expected = "", 1
        rows = self._connection.execute(f"SELECT {COLUMNS}, changes FROM action ORDER BY id")
        for id, made_at, name, kind, target, kept, changes in rows:
            if id != expected:
                yield f"历史第 {expected} 步缺失"
            digest = chained(digest, (id, made_at, name, kind, target, changes))
            if digest != kept:
                yield f"历史第 {id} 步被改动过"
                digest = kept
            expected = id + 1

    def _record_faults(self) -> Iterator[str]:
        for table, record, known, stored in self._differences():
            if known is None:
                yield f"表 {table} 第 {record} 行不是经本程序写入的"
            elif stored is None:
                yield f"表 {table} 第 {record} 行按历史应当存在，却不见了"
            else:
                yield f"表 {table} 第 {record} 行与历史不一致"
        if self._index() != set(self._connection.execute('SELECT "table", record, action FROM touched')):
            yield "历史的索引与历史不一致"

    def _index(self) -> set[tuple[str, int, int]]:
        rows = self._connection.execute(
            "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), action.id "
            "FROM action, json_each(action.changes)"
        )
        return set(rows)

    def _differences(self) -> Iterator[tuple[str, int, Mapping[str, Any] | None, Mapping[str, Any] | None]]:
        """Each record that is not as the history tells: table, id, as told, as stored."""
        told_state: State = {}
        for (changes,) in self._connection.execute("SELECT changes FROM action ORDER BY id"):
            for table, record, _, after in _read(changes):
                if after is None:
                    told_state.pop((table, record), None)
                else:
                    told_state[table, record] = after
        for table in self._tables.values():
            shape = _as_object("rows", self._columns(table))
            for record, text in self._connection.execute(f'SELECT id, {shape} FROM main."{table}" AS rows'):
                known = told_state.pop((table, record), None)
                stored = json.loads(text)
                # A column that a later schema gave up is still in the history; only what is there can differ.
                if known is None or any(stored[name] != value for name, value in known.items() if name in stored):
                    yield table, record, known, stored
        for (table, record), known in told_state.items():
            yield table, record, known, None

    def adopt(self) -> tuple[int, int]:
        """Make history and records agree again after changes outside the program; returns how many of each kind.

        What was changed or added is taken into the history, what was taken away is put back from it. Belongs to a
        transaction. The index is made anew. A chain that was tampered with stays broken: it cannot be
        mended without lying.
        """
        run = self._connection.execute
        found = list(self._differences())
        changed = [item for item in found if item[3] is not None]
        run("PRAGMA defer_foreign_keys = ON")
        for table, record, known, _ in found:
            if known is not None and (table, record) not in {(c[0], c[1]) for c in changed}:
                names = [name for name in self._columns(table) if name in known]
                columns = ", ".join(f'"{name}"' for name in names)
                marks = ", ".join("?" for _ in range(len(names) + 1))
                row = (record, *(known[name] for name in names))
                run(f'INSERT INTO main."{table}" (id, {columns}) VALUES ({marks})', row)
                run('DELETE FROM pending WHERE "table" = ? AND record = ?', (table, record))
        for table, record, known, stored in changed:
            sides = [None if side is None else json.dumps(side, ensure_ascii=False) for side in (known, stored)]
            run('INSERT INTO pending ("table", record, before, after) VALUES (?, ?, ?, ?)', (table, record, *sides))
        run("DELETE FROM touched")
        run(
            "INSERT INTO touched SELECT DISTINCT json_extract(value, '$[0]'), json_extract(value, '$[1]'), action.id "
            "FROM action, json_each(action.changes)"
        )
        return len(changed), len(found) - len(changed)


def chained(before: str, row: tuple[int, str, str, str, int | None, str]) -> str:
    """The digest of an action: SHA-256 over the digest before it and everything it says."""
    return hashlib.sha256(json.dumps([before, *row], ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def _same(found: Mapping[str, Any] | None, told: Mapping[str, Any] | None) -> bool:
    """Whether a row is as the history told it, as far as the schema of today still has its columns."""
    if found is None or told is None:
        return found is told
    return all(found[name] == value for name, value in told.items() if name in found)


def _as_object(row: str, columns: list[str]) -> str:
    return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns) + ")"


def _row(row: str, columns: list[str]) -> str:
    return ", ".join(f'{row}."{name}"' for name in columns)
