"""The one port through which the kernel asks for storage; `db` implements it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from app.history import History
from app.record import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Between:
    """A condition for `Table.all`: the field lies between both values, inclusive."""

    low: object
    high: object


class Table(Protocol[R]):
    """All records of one kind."""

    def all(self, **conditions: object) -> list[R]:
        """Every record, in order of id; with keywords only those whose fields meet the conditions.

        A plain value means equal, a set means one of, `Between` means inclusive bounds.
        """
        ...

    def get(self, id: int) -> R:
        """One record; raises NotFound."""
        ...

    def save(self, record: R) -> R:
        """Insert (id 0) or replace; returns the record with its id. Raises StorageTrouble."""
        ...

    def save_all(self, records: list[R]) -> list[R]:
        """Save many records of the kind, in order; returns them with their ids."""
        ...

    def remove(self, id: int) -> None:
        """Delete one record; raises NotFound when it is not there, Refused when others name it."""
        ...

    def remove_all(self, **conditions: object) -> None:
        """Delete the records whose fields meet the conditions (as in `all`); one must be given."""
        ...


class Store(Protocol):
    """The open ledger: `store[Meeting].all()`, and changes grouped in one transaction."""

    def __getitem__(self, kind: type[R]) -> Table[R]:
        """The table of one kind of record."""
        ...

    def transaction(self, action: str = "", *, begins: bool = False) -> AbstractContextManager[None]:
        """All or nothing: commit together what happens inside, or nothing when an exception leaves.

        The history keeps it as one action of that name; an action that begins the ledger cannot be undone.
        """
        ...


class Ledger(Store, Protocol):
    """A ledger file that is open."""

    listeners: list[Callable[[frozenset[type[Record]]], None]]
    """Each is called after a commit with the kinds of record that changed."""

    @property
    def history(self) -> History:
        """Everything that was done to the records."""
        ...

    def check(self) -> list[str]:
        """What is wrong with the file itself, in Chinese; empty when it is sound."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class Vault(Protocol):
    """Where ledger files come from."""

    def create(self, path: Path) -> Ledger:
        """Make a new, empty ledger file; raises Refused when something is there already."""
        ...

    def open(self, path: Path) -> Ledger:
        """Open a ledger file; raises AppError."""
        ...
