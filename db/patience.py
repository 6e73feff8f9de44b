"""How long the next password for a file has to wait: longer after each wrong one, also in a program started anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from db import disk

SLOWEST = 64
"""The longest wait, in seconds."""


class FilePatience:
    """The waits of one ledger on this machine, noted in a small file."""

    def __init__(self, note: Path, now: Callable[[], datetime]) -> None:
        self._note, self._now = note, now
        self._count = 0
        """The wrong ones of this run, also where they could not be noted."""

    def left(self) -> int:
        """Seconds until the next password may be tried; a clock that was put back costs no more than one wait."""
        wrong, until = self._noted()
        if not wrong:
            return 0
        return max(0, min(_wait(wrong), int((until - self._now()).total_seconds() + 0.999)))

    def wrong(self) -> int:
        """Note a wrong password; the seconds that the next one has to wait."""
        self._count = count = max(self._noted()[0], self._count) + 1
        wait = _wait(count)
        note = {"wrong": count, "until": (self._now() + timedelta(seconds=wait)).isoformat()}
        with suppress(OSError):  # a state folder that cannot be written to keeps nobody from her own ledger
            self._note.parent.mkdir(parents=True, exist_ok=True)
            disk.write(self._note, json.dumps(note).encode())
        return wait

    def right(self) -> None:
        """Let the wrong ones go."""
        self._count = 0
        with suppress(OSError):
            self._note.unlink(missing_ok=True)

    def _noted(self) -> tuple[int, datetime]:
        try:
            found = json.loads(self._note.read_bytes())
            return int(found["wrong"]), datetime.fromisoformat(found["until"]).replace(tzinfo=None)
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return 0, self._now()


def _wait(wrong: int) -> int:
    """1, 2, 4 … seconds."""
    return min(2 ** min(wrong - 1, 30), SLOWEST) if wrong > 0 else 0
