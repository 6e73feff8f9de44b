"""Where copies of a ledger went beside its own folder: backups in a second place, files packed to be handed over.

Noted on this machine alone, so that they can be named when the ledger is given a password.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.errors import AppError, StorageTrouble
from db import backup as backups
from db import blobs, disk
from db.cipher import rewrite
from db.connection import Form, form_of

MOST = 400
"""Places that are remembered of one ledger, the newest last."""


class Elsewhere:
    """The noted places, by the file or folder that they are copies of."""

    def __init__(self, note: Path) -> None:
        self._note = note

    def note(self, of: Path, place: Path) -> None:
        """Remember a place; that it cannot be written down is no reason not to copy."""
        told = self._read()
        known = [text for text in self._places(told, of) if text != str(place.resolve())]
        told[disk.key_of(of)] = [*known, str(place.resolve())][-MOST:]
        with suppress(OSError):
            self._note.parent.mkdir(parents=True, exist_ok=True)
            disk.write(self._note, json.dumps(told, ensure_ascii=False).encode())

    def of(self, of: Path) -> list[Path]:
        """The places that are remembered and there now."""
        with suppress(OSError):
            return [place for text in self._places(self._read(), of) if (place := Path(text)).exists()]
        return []

    def readable_copies(self, path: Path) -> list[Path]:
        """The copies of a ledger that anybody can read.

        Older files beside it, its backups also in a second place, what was packed to be handed over; not what lies on
        a stick that is not there now.
        """
        real, kept = path.resolve(), backups.folder_of(path)
        found = [file for file in real.parent.glob(f"{real.stem}-*前-*{real.suffix}") if file != real]
        found += self.of(real)
        found += [backup.path for backup in backups.listed(kept)] + blobs.pools(kept)
        away = self.of(kept)
        found += away
        for folder in {copy.parent for copy in away}:
            # Others may keep theirs in a second place too; what theirs need is left alone.
            if {backup.path for backup in backups.listed(folder)} <= set(away):
                found += blobs.pools(folder)
        return [copy for copy in dict.fromkeys(found) if _is_readable(copy)]

    def _read(self) -> dict[str, Any]:
        try:
            told = json.loads(self._note.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}  # pyright: ignore[reportUnknownVariableType]

    @staticmethod
    def _places(told: dict[str, Any], of: Path) -> list[str]:
        places = told.get(disk.key_of(of), [])
        return [place for place in places if isinstance(place, str)] if isinstance(places, list) else []


def encrypt_copies(copies: Iterable[Path], password: str) -> None:
    """Give every copy a password; raises AppError at the first that cannot be, the others are done."""
    for copy in copies:
        if copy.suffix == blobs.POOL_SUFFIX:
            blobs.rewrite(copy, password)
            continue
        draft = copy.with_name(copy.name + ".part")
        try:
            rewrite(copy, "", draft, password)
            backups.renew(copy, draft)
        finally:
            disk.sweep(draft)


def destroy_copies(copies: Iterable[Path]) -> None:
    """Overwrite and delete copies; raises StorageTrouble. A disk may still keep old blocks elsewhere."""
    for copy in copies:
        try:
            disk.destroy(copy)
            disk.remove(copy.with_name(copy.name + ".json"))
        except OSError as error:
            raise StorageTrouble(f"删不掉“{copy.name}”。", "请关闭正在使用它的程序，再试一次。") from error


def _is_readable(copy: Path) -> bool:
    """Whether a file is there and without a password; one that is just being begun is empty, and holds nothing."""
    try:
        return copy.is_file() and form_of(copy) is Form.PLAIN
    except AppError:
        return False
