"""What the user chose for the program on this machine: look, recent ledgers. No personal data."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_documents_path

from app.errors import Refused
from ui.kit.files import write_bytes

RECENT = 8
IDLE_MINUTES = (5, 10, 30, 0)
NAME = 255
"""Bytes of the longest name of a file or folder."""


@dataclass
class Preferences:
    """Kept in a small JSON file; one that cannot be read is as good as none."""

    dark: bool = False
    percent: int = 100
    recent: list[str] = field(default_factory=list[str])
    folder: str = ""
    second_place: str = ""
    """Where backups are also brought, such as a folder on a USB stick."""
    second_at: str = ""
    """The day they were last brought there, as ISO."""
    idle_minutes: int = 10
    """After how long a ledger with a password locks itself; 0 never."""

    columns: dict[str, Any] = field(default_factory=dict[str, Any])
    """What is wanted of the columns of lists, by the names of the lists."""

    course: list[str] = field(default_factory=list[str])
    """The steps of the course that were done, by their codes."""
    course_shown: bool = False

    put_aside: Path | None = field(default=None, compare=False)
    """Where a file went that was there and could not be used; not kept."""

    @staticmethod
    def file() -> Path:
        """Where they are kept."""
        return user_config_path("BranchLedger", appauthor=False) / "preferences.json"

    @classmethod
    def load(cls) -> Preferences:
        """Read them; what is missing or odd takes its default, a file that cannot be used is put aside."""
        made = cls()
        try:
            stored = json.loads(cls.file().read_text("utf-8"))
        except OSError:
            return made
        except (ValueError, RecursionError):
            stored = None
        if isinstance(stored, dict):
            made.dark = stored.get("dark") is True
            made.percent = stored["percent"] if stored.get("percent") in (100, 125, 150) else 100
            recent = stored.get("recent")
            told = [item for item in recent if isinstance(item, str)] if isinstance(recent, list) else []
            made.recent = [item for item in told if _can_be_a_path(item)]
            for name in ("folder", "second_place", "second_at"):
                if isinstance(stored.get(name), str) and _can_be_a_path(stored[name]):
                    setattr(made, name, stored[name])
            course = stored.get("course")
            made.course = [item for item in course if isinstance(item, str)] if isinstance(course, list) else []
            made.course_shown = stored.get("course_shown") is True
            made.columns = stored["columns"] if isinstance(stored.get("columns"), dict) else {}
            made.idle_minutes = stored["idle_minutes"] if stored.get("idle_minutes") in IDLE_MINUTES else 10
        else:
            made._put_aside()
        return made

    def _put_aside(self) -> None:
        """Keep a file that cannot be used beside the new one, so that nothing in it is written over."""
        aside = self.file().with_name("preferences-unreadable.json")
        with suppress(OSError, Refused):
            write_bytes(aside, self.file().read_bytes())
            self.put_aside = aside

    def save(self) -> None:
        """Keep them, whole or not at all; a disk that refuses costs only the look."""
        target = self.file()
        with suppress(OSError, Refused):
            target.parent.mkdir(parents=True, exist_ok=True)
            kept = {name: value for name, value in asdict(self).items() if name != "put_aside"}
            write_bytes(target, json.dumps(kept, ensure_ascii=False).encode())

    def ledger_folder(self) -> Path:
        """Where ledgers are looked for first: 文档/支部台账."""
        return Path(self.folder) if self.folder else user_documents_path() / "支部台账"

    def remember(self, path: Path) -> None:
        """Put a ledger at the top of the recent ones."""
        text = str(path.resolve())
        self.recent = [text, *(item for item in self.recent if item != text)][:RECENT]
        self.save()


def _can_be_a_path(text: str) -> bool:
    """Whether the system could have a file of this name; asking it about any other raises."""
    longest = max((len(os.fsencode(part)) for part in Path(text).parts), default=0) if "\0" not in text else NAME + 1
    return longest <= NAME
