"""The port through which the kernel asks for what was collected; `db` implements it on an engine for many rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

Rows = list[tuple[Any, ...]]
Answers = tuple[list[dict[str, Any]], dict[str, bytes]]
"""What was read of some files: for each what it is or why it is none, and the rows of all of them as Parquet."""


class SourceState(StrEnum):
    """What became of a file that was handed up."""

    TAKEN = "采用"
    OLDER = "已有更新的"
    SAME = "重复"
    REFUSED = "没有收下"
    LOCKED = "要密码"
    """Set aside until somebody gives the password."""


@dataclass(frozen=True)
class FileSeen:
    """A file as it lay there: by its path, its size in bytes and when it was last changed, in ns."""

    path: str
    size: int
    changed: int


@dataclass(frozen=True)
class Taken:
    """A file that could be read: its SHA-256 and what it says of itself, by the columns of a source."""

    source: int
    file: FileSeen
    digest: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class TurnedAway:
    """A file that could not be taken, and why, in words; `locked` where only the password is missing."""

    source: int
    file: FileSeen
    reason: str
    locked: bool = False


@dataclass(frozen=True)
class Placed:
    """Where a branch stands in the committee: 党委 › 党总支 › 支部; the code is "" where only the name is known.

    `merged_into` is the branch that it became a part of; nothing is waited for from it any more.
    """

    branch: str
    code: str
    general_branch: str
    committee: str
    merged_into: str = ""


@dataclass(frozen=True)
class Drawn:
    """抽查: one branch of a sample, and what was found there."""

    sample: int
    branch_id: str
    result: str = ""
    note: str = ""


class Collection(Protocol):
    """What was collected, open to be read and added to."""

    def seen(self, *, locked: bool) -> dict[str, FileSeen]:
        """The files that were looked at, by path; with `locked` also those that wait for a password."""
        ...

    def next_source(self) -> int:
        """The number of the next source."""
        ...

    def add(self, taken: Sequence[Taken], away: Sequence[TurnedAway], tables: Mapping[str, bytes], on: date) -> None:
        """Add what a batch of files holds: all of it or nothing. Of a branch and year the newest counts."""
        ...

    def place(self, branches: Iterable[Placed]) -> None:
        """Keep the structure of the committee, in place of the one before."""
        ...

    def keep_sample(self, year: int, seed: int, drawn: Sequence[str], on: date) -> int:
        """Keep a sample of branches; returns its number."""
        ...

    def keep_result(self, drawn: Drawn) -> None:
        """Keep what was found at a branch of a sample."""
        ...

    def ask(self, query: str, **values: Any) -> Rows:
        """The rows of a query of resources/sql, by its name and with its values."""
        ...

    def dataset(self, folder: Path) -> int:
        """Write everything as a Parquet dataset into a folder; returns the number of files."""
        ...

    def bring_to(self, address: str) -> int:
        """Put everything on a PostgreSQL server, in place of what it has; returns the number of rows."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class Intake(Protocol):
    """Reads some files, in a process of its own."""

    def __call__(
        self, files: Sequence[tuple[int, str]], year: int, as_of: date, today: date, password: str, detail: str
    ) -> Answers:
        """What each file is; a ledger is read as of a day of a year. `password` is that of locked packages."""
        ...


class Collections(Protocol):
    """Where collections come from."""

    @property
    def available(self) -> bool:
        """Whether this program can collect: that of a branch cannot."""
        ...

    @property
    def take(self) -> Intake:
        """What reads the files that are handed up."""
        ...

    def open(self, path: Path) -> Collection:
        """Open a collection; raises AppError."""
        ...

    def create(self, path: Path) -> Collection:
        """Make an empty one; raises Refused when something is there already."""
        ...
