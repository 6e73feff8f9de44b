"""A store in memory to try an import on: what is there is read once, what is added stays here."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from app.blobs import Blobs
from app.errors import NotFound
from app.history import Past
from app.record import Record
from app.store import Between, Reader, Table

R = TypeVar("R", bound=Record)


class TrialTable(Generic[R]):
    """The records of one kind, found by the fields they are asked for."""

    def __init__(self, records: Iterable[R]) -> None:
        self._records: dict[int, R] = {record.id: record for record in records}
        self._next = max(self._records, default=0) + 1
        self._indexes: dict[str, dict[object, dict[int, R]]] = {}

    def all(self, **conditions: object) -> list[R]:
        """As `Records.all`."""
        if not conditions:
            return [self._records[id] for id in sorted(self._records)]
        first = next((name for name, wanted in conditions.items() if not isinstance(wanted, set | Between)), None)
        found = self._records if first is None else self._index(first).get(conditions[first], {})
        return [
            record
            for _, record in sorted(found.items())
            if all(_meets(getattr(record, name), wanted) for name, wanted in conditions.items())
        ]

    def _index(self, name: str) -> dict[object, dict[int, R]]:
        if name not in self._indexes:
            index: dict[object, dict[int, R]] = {}
            for record in self._records.values():
                index.setdefault(getattr(record, name), {})[record.id] = record
            self._indexes[name] = index
        return self._indexes[name]

    def get(self, id: int) -> R:
        """As `Records.get`."""
        if id not in self._records:
            raise NotFound("这条记录已经不在台账里了。")
        return self._records[id]

    def save(self, record: R) -> R:
        """As `Table.save`."""
        if not record.id:
            known = vars(record)
            record = object.__new__(type(record))
            vars(record).update(known, id=self._next)  # as `replace`, for thousands of rows
            self._next += 1
        elif record.id in self._records:
            self._forget(record.id)
        self._records[record.id] = record
        for name, index in self._indexes.items():
            index.setdefault(getattr(record, name), {})[record.id] = record
        return record

    def save_all(self, records: list[R]) -> list[R]:
        """As `Table.save_all`."""
        return [self.save(record) for record in records]

    def remove(self, id: int) -> None:
        """As `Table.remove`."""
        self.get(id)
        self._forget(id)
        del self._records[id]

    def remove_all(self, **conditions: object) -> None:
        """As `Table.remove_all`."""
        for record in self.all(**conditions):
            self.remove(record.id)

    def _forget(self, id: int) -> None:
        record = self._records[id]
        for name, index in self._indexes.items():
            index[getattr(record, name)].pop(id, None)


def _meets(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, Between):
        return value is not None and wanted.low <= value <= wanted.high  # type: ignore[operator]
    return value in wanted if isinstance(wanted, set) else value == wanted


class Trial:
    """A store that begins with what another one holds and leaves that as it is."""

    def __init__(self, store: Reader, kinds: Iterable[type[Record]]) -> None:
        """Reads the records of these kinds at once; nothing of the other store is looked at later."""
        self._tables: dict[type[Any], TrialTable[Any]] = {kind: TrialTable(store[kind].all()) for kind in kinds}
        self._blobs, self._history = store.blobs, store.history

    def __getitem__(self, kind: type[R]) -> Table[R]:
        return cast("Table[R]", self._tables[kind])

    @property
    def blobs(self) -> Blobs:
        """The contents of attachments; no import touches them."""
        return self._blobs

    @property
    def history(self) -> Past:
        """What was done to the ledger itself."""
        return self._history

    @contextmanager
    def transaction(self, action: str = "", *, begins: bool = False, at: datetime | None = None) -> Generator[None]:
        """Nothing is ever kept."""
        del action, begins, at
        yield

    def close(self) -> None:
        """Nothing to close."""
