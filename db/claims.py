"""Which program of this machine has a ledger open: a lock that dies with its program, in the user's own folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


class FileClaim:
    """A ledger that is open in this program; let go of when it is closed, or when the program ends."""

    def __init__(self, file: int) -> None:
        self._file = file

    def release(self) -> None:
        """Let others have it."""
        if self._file >= 0:
            with suppress(OSError):
                os.close(self._file)
            self._file = -1


def claim(lock: Path) -> FileClaim | None:
    """Claim what a lock file stands for; None when another program has it.

    Where no lock can be made at all, nobody is kept from her own ledger.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError:
        return FileClaim(-1)
    try:
        _lock(file)
    except BlockingIOError:
        os.close(file)
        return None
    except OSError:
        # A folder that knows no locks.
        os.close(file)
        return FileClaim(-1)
    return FileClaim(file)


def _lock(file: int) -> None:
    """Lock a file, or raise BlockingIOError where another program has it."""
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # pyright: ignore[reportAttributeAccessIssue]
        except PermissionError as error:
            raise BlockingIOError from error
        return
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
