"""The one port through which the kernel asks for storage; `db` implements it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from app.attachment_texts import AttachmentTexts
from app.backups import Backup, BackupReason
from app.blobs import Blobs
from app.drafts import Drafts
from app.history import History, Past
from app.record import Record
from app.spool import Spool

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Between:
    """A condition for `Table.all`: the field lies between both values, inclusive."""

    low: object
    high: object


WRITTEN = Between("\x01", "\U0010ffff")
"""The condition that a text field is not empty."""


class Records(Protocol[R]):
    """All records of one kind, to be read."""

    def all(self, **conditions: object) -> list[R]:
        """Every record, in order of id; with keywords only those whose fields meet the conditions.

        A plain value means equal, a set means one of, `Between` means inclusive bounds.
        """
        ...

    def get(self, id: int) -> R:
        """One record; raises NotFound."""
        ...


class Table(Records[R], Protocol[R]):
    """All records of one kind, to be read and changed."""

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


class Reader(Protocol):
    """A ledger to be read: what figures, checks, prints and a superior's collection take."""

    @property
    def blobs(self) -> Blobs:
        """The contents of attachments."""
        ...

    @property
    def history(self) -> Past:
        """Everything that was done to the records."""
        ...

    def __getitem__(self, kind: type[R]) -> Records[R]:
        """The records of one kind."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class Store(Reader, Protocol):
    """The open ledger: `store[Meeting].all()`, and changes grouped in one transaction."""

    def __getitem__(self, kind: type[R]) -> Table[R]:
        """The table of one kind of record."""
        ...

    def transaction(
        self, action: str = "", *, begins: bool = False, at: datetime | None = None
    ) -> AbstractContextManager[None]:
        """All or nothing: commit together what happens inside, or nothing when an exception leaves.

        The history keeps it as one action of that name; an action that begins the ledger cannot be undone. `at` is
        when it is said to have happened, for invented ledgers that are to be the same each time.
        """
        ...


class Ledger(Store, Protocol):
    """A ledger file that is open."""

    listeners: list[Callable[[frozenset[type[Record]]], None]]
    """Each is called after a commit with the kinds of record that changed."""

    reason_for: Callable[[frozenset[int]], str]
    """Asked, before a change of sealed years is committed, why it is made; raises Refused, or returns the reason."""

    @property
    def history(self) -> History:
        """Everything that was done to the records."""
        ...

    def apart(self, stopped: Callable[[], bool]) -> AbstractContextManager[Ledger]:
        """The same file through a connection of its own, for one long action on another thread.

        `stopped` is asked now and then; once it is true the action ends with an AppError and leaves nothing. Asks for
        reasons as this one does. What was committed is not seen here before `look_again`.
        """
        ...

    def look_again(self) -> None:
        """Take notice of what was written through another connection, and tell the listeners."""
        ...

    def check(self) -> list[str]:
        """What is wrong with the file itself, in Chinese; empty when it is sound."""
        ...

    def repair(self) -> list[str]:
        """Mend what can be mended without inventing anything; returns what was done, in Chinese."""
        ...


class Claim(Protocol):
    """A ledger that is open in this program, and in no other of this machine."""

    def release(self) -> None:
        """Let others have it."""
        ...


class Patience(Protocol):
    """The waits between passwords for one file, longer after each wrong one; a new start forgets none."""

    def left(self) -> int:
        """Seconds until the next password may be tried."""
        ...

    def wrong(self) -> int:
        """Note a wrong password; the seconds that the next one has to wait."""
        ...

    def right(self) -> None:
        """Let the wrong ones go."""
        ...


class Vault(Protocol):
    """Where ledger files come from, and their backups. What takes a path opens the file itself, on any thread."""

    def create(self, path: Path, password: str = "") -> Ledger:
        """Make a new, empty ledger file; raises Refused when something is there already."""
        ...

    def look_first(self, path: Path, password: str = "") -> None:
        """Have a file that was never opened on this machine looked at by a process of its own; raises AppError."""
        ...

    def open(self, path: Path, password: str = "") -> Ledger:
        """Open a ledger file; raises AppError: PasswordNeeded, Damaged, Refused, StorageTrouble."""
        ...

    def read(self, path: Path, password: str = "") -> Reader:
        """Open a ledger file to read it: nothing is migrated, backed up or noted, the file stays as it is.

        An older one is brought up to date in memory alone. Raises AppError as `open`.
        """
        ...

    def inspect(self, path: Path) -> list[str]:
        """What is wrong with a file, in Chinese; empty when it is sound. Reads all of it."""
        ...

    def drafts(self, path: Path) -> Drafts:
        """What was typed into the forms of this ledger and not saved."""
        ...

    def attachment_texts(self, path: Path) -> AttachmentTexts:
        """The words of this ledger's attachments, as far as they were read on this machine."""
        ...

    def backup(self, path: Path, reason: BackupReason, folder: Path | None = None) -> Backup:
        """Make a backup and prove it, in the ledger's own folder of backups or another; raises StorageTrouble."""
        ...

    def backups(self, path: Path) -> list[Backup]:
        """The backups of a ledger, newest first."""
        ...

    def thin_out(self, path: Path) -> list[Backup]:
        """Delete the backups that are no longer needed; returns them."""
        ...

    def copy_aside(self, path: Path) -> Path:
        """Copy a file that is not sound before it is repaired; raises StorageTrouble."""
        ...

    def copy_to(self, backup: Backup, folder: Path) -> Backup:
        """Bring a backup to a second place; raises StorageTrouble."""
        ...

    def package(self, path: Path, target: Path) -> None:
        """Write a ledger with everything in it as one proved file elsewhere; raises AppError."""
        ...

    def contents(self, backup: Path, password: str = "") -> tuple[int, dict[str, int]]:
        """How many actions, and records by Chinese name, a backup holds, proved anew; raises AppError."""
        ...

    def restore(self, backup: Path, path: Path, password: str = "") -> Path | None:
        """Put a backup in the place of a ledger that is not open; returns where the replaced file is kept."""
        ...

    def missing_since(self, path: Path, backup: Backup) -> list[str]:
        """What was done after a backup, as far as a damaged file can still tell."""
        ...

    def spool(self) -> Spool:
        """A new spool on the disk, readable by nobody else."""
        ...

    def place_advice(self, path: Path) -> str:
        """What is doubtful about where a ledger lies; empty when nothing is."""
        ...

    def locked_by_password(self, path: Path) -> bool:
        """Whether the file needs a password."""
        ...

    def password_of(self, path: Path) -> str:
        """The password the file was opened with; "" when it has none."""
        ...

    def right_password(self, path: Path, password: str) -> bool:
        """Whether this is the password the open file was opened with."""
        ...

    def claim(self, path: Path) -> Claim | None:
        """Claim a ledger for this program; None when another one on this machine has it open."""
        ...

    def patience(self, path: Path) -> Patience:
        """How long the next password for a file has to wait."""
        ...

    def locked(self, data: bytes, password: str) -> bytes:
        """Bytes as a file that opens with the password alone."""
        ...

    def change_password(self, path: Path, old: str, new: str) -> Path:
        """Set, change or remove the password of a ledger that is not open; returns where the old file is kept."""
        ...

    def readable_copies(self, path: Path) -> list[Path]:
        """The copies of a ledger that anybody can read."""
        ...

    def encrypt_copies(self, copies: Iterable[Path], password: str) -> None:
        """Give copies the password; raises AppError."""
        ...

    def destroy_copies(self, copies: Iterable[Path]) -> None:
        """Overwrite and delete copies; raises StorageTrouble."""
        ...
