"""The generic table: dataclass fields ⇄ columns of the same names. The only SQL that is built."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from app.errors import Damaged, NotFound, StorageTrouble
from app.record import Record, entries
from app.store import Between
from db.convert import reader, to_column, writer
from db.faults import DAMAGE, SAFE, told

if TYPE_CHECKING:
    import sqlite3

R = TypeVar("R", bound=Record)


class SqlTable(Generic[R]):
    """All records of one kind in one table. Each write happens inside `writing`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        kind: type[R],
        name: str,
        writing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._connection = connection
        self._kind = kind
        self._name = name
        self._writing = writing
        fields = entries(kind)
        self._fields = tuple(field.name for field in fields)
        self._names = ("id", *self._fields)
        self._readers = [(at, read) for at, field in enumerate(fields, 1) if (read := reader(field.type)) is not None]
        self._writers = [(field.name, writer(field.type)) for field in fields]
        columns = ", ".join(f'"{field}"' for field in self._fields)
        marks = ", ".join("?" for _ in self._fields)
        settings = ", ".join(f'"{field}" = ?' for field in self._fields)
        self._select = f'SELECT id, {columns} FROM "{name}"'
        self._insert = f'INSERT INTO "{name}" ({columns}) VALUES ({marks})'
        self._update = f'UPDATE "{name}" SET {settings} WHERE id = ?'

    def all(self, **conditions: object) -> list[R]:
        """Every record that meets the conditions, in order of id."""
        where, values = self._where(conditions)
        with told():
            rows = self._connection.execute(f"{self._select}{where} ORDER BY id", values).fetchall()
        return self._records(rows)

    def get(self, id: int) -> R:
        """One record; raises NotFound."""
        with told():
            row = self._connection.execute(f"{self._select} WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise NotFound("这条记录已经不在台账里了。")
        return self._records([row])[0]

    def save(self, record: R) -> R:
        """Insert (id 0) or replace; returns the record with its id."""
        return self.save_all([record])[0]

    def save_all(self, records: list[R]) -> list[R]:
        """Save many records in order; returns them with their ids."""
        saved: list[R] = []
        if not records:
            return saved
        with self._writing(), told():
            for record in records:
                values = self._values(record)
                if record.id:
                    found = self._connection.execute(self._update, (*values, record.id)).rowcount
                    if not found:
                        raise NotFound("这条记录已经不在台账里了。")
                    saved.append(record)
                else:
                    done = self._connection.execute(self._insert, values)
                    id = done.lastrowid
                    if done.rowcount != 1 or not id:
                        raise StorageTrouble("没有存进去。", f"{SAFE}请在设置里检查台账文件，然后再保存一次。")
                    saved.append(self._made([*record.__dict__.items(), ("id", id)]))
        return saved

    def remove(self, id: int) -> None:
        """Delete one record; raises NotFound, or Refused when others name it."""
        with self._writing(), told():
            if not self._connection.execute(f'DELETE FROM "{self._name}" WHERE id = ?', (id,)).rowcount:
                raise NotFound("这条记录已经不在台账里了。")

    def remove_all(self, **conditions: object) -> None:
        """Delete the records that meet the conditions; one must be given."""
        if not conditions:
            raise ValueError("remove_all needs a condition")
        where, values = self._where(conditions)
        with self._writing(), told():
            self._connection.execute(f'DELETE FROM "{self._name}"{where}', values)

    def _values(self, record: R) -> tuple[Any, ...]:
        return tuple(
            None if (value := getattr(record, name)) is None else write(value) if write else value
            for name, write in self._writers
        )

    def _records(self, rows: list[tuple[Any, ...]]) -> list[R]:
        """The records of rows, read column by column: a year has thousands of them."""
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        try:
            for at, read in self._readers if rows else ():
                columns[at] = [None if value is None else read(value) for value in columns[at]]
        except (KeyError, ValueError, TypeError) as error:
            # A word or a date that this program never writes.
            raise Damaged(*DAMAGE) from error
        return [self._made(zip(self._names, values, strict=True)) for values in zip(*columns, strict=True)]

    def _made(self, values: Iterable[tuple[str, Any]]) -> R:
        # Records hold their fields in their dictionary and check nothing when made.
        record = object.__new__(self._kind)
        record.__dict__.update(values)
        return record

    def _where(self, conditions: dict[str, object]) -> tuple[str, list[Any]]:
        parts: list[str] = []
        values: list[Any] = []
        for field, condition in conditions.items():
            if field != "id" and field not in self._fields:
                raise ValueError(f"{self._kind.__name__} has no field {field}")
            if isinstance(condition, Between):
                parts.append(f'"{field}" BETWEEN ? AND ?')
                values += [to_column(condition.low), to_column(condition.high)]
            elif isinstance(condition, set | frozenset):
                chosen: list[Any] = [to_column(value) for value in condition]  # pyright: ignore
                parts.append(f'"{field}" IN (SELECT value FROM json_each(?))')
                values.append(json.dumps(chosen))
            else:
                parts.append(f'"{field}" IS ?')
                values.append(to_column(condition))
        return (" WHERE " + " AND ".join(parts) if parts else ""), values
