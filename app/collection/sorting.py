"""Which of the files that were handed up count: a copy does not, and of a branch and year the newest does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from app.collection.collection import SourceState, Taken, TurnedAway
from app.year.extract import CellKind, Row

_TEXT, _NUMBER, _DAY = CellKind.TEXT, CellKind.NUMBER, CellKind.DAY
SOURCE = (
    ("source", _NUMBER),
    ("path", _TEXT),
    ("size", _NUMBER),
    ("changed", _NUMBER),
    ("state", _TEXT),
    ("reason", _TEXT),
    ("digest", _TEXT),
    ("branch_id", _TEXT),
    ("code", _TEXT),
    ("branch", _TEXT),
    ("superior", _TEXT),
    ("year", _NUMBER),
    ("as_of", _DAY),
    ("made_on", _DAY),
    ("detail", _TEXT),
    ("head", _TEXT),
    ("seal", _TEXT),
    ("packs", _TEXT),
    ("program", _TEXT),
    ("taken_on", _DAY),
)
"""The columns of a source: the file, what became of it, and what it says of itself."""
TOLD = tuple(name for name, _ in SOURCE[7:-1])


@dataclass
class Known:
    """What is known of the sources: paths that were set aside, digests that count, the newest by branch and year."""

    aside: set[str] = field(default_factory=set[str])
    digests: dict[str, str] = field(default_factory=dict[str, str])
    current: dict[tuple[str, int], Any] = field(default_factory=dict[tuple[str, int], Any])
    """Day, day of making, detail, number and path of the source that counts."""


class Sorting:
    """The files of one batch, one after the other; `known` is brought up to date on the way."""

    def __init__(self, known: Known, on: date) -> None:
        self._known = known
        self._on = on
        self._rows: dict[int, list[Any]] = {}
        self.counted: set[int] = set()
        """The new sources whose rows count."""
        self.beaten: dict[int, str] = {}
        """Sources from before that no longer count, each with the reason."""
        self.touched: list[tuple[str, int, int]] = []
        """Files that are as they were but for their time: path, size, when it was changed."""

    def rows(self) -> list[Row]:
        """The new sources, by the columns of SOURCE."""
        return [tuple(row) for row in self._rows.values()]

    def set_aside(self, file: TurnedAway) -> None:
        """Keep a file that cannot be read."""
        state = SourceState.LOCKED if file.locked else SourceState.REFUSED
        told = (file.source, file.file.path, file.file.size, file.file.changed, state.value, file.reason, "")
        self._rows[file.source] = [*told, *(None for _ in TOLD), self._on]
        self._known.aside.add(file.file.path)

    def take(self, file: Taken) -> None:
        """Keep a file that could be read, and decide whether it counts."""
        known, path = self._known, file.file.path
        same = known.digests.get(file.digest)
        if same == path:
            self.touched.append((path, file.file.size, file.file.changed))
            return
        whose = (file.told["branch_id"], file.told["year"])
        own = (file.told["as_of"], file.told["made_on"], file.told["detail"], file.source, path)
        before = known.current.get(whose)
        if same is not None:
            self._keep(file, SourceState.SAME, f"和“{_name(same)}”内容相同")
        elif before is not None and before[:3] > own[:3]:
            self._keep(file, SourceState.OLDER, f"“{_name(before[4])}”更新")
        else:
            if before is not None:
                self._beat(before[3], f"“{_name(path)}”更新")
            known.current[whose] = own
            self.counted.add(file.source)
            self._keep(file, SourceState.TAKEN, "")
        known.digests.setdefault(file.digest, path)

    def _beat(self, source: int, reason: str) -> None:
        """A source no longer counts: one of this batch, or one from before."""
        if source in self._rows:
            self.counted.discard(source)
            self._rows[source][4:6] = SourceState.OLDER.value, reason
        else:
            self.beaten[source] = reason

    def _keep(self, file: Taken, state: SourceState, reason: str) -> None:
        seen = file.file
        told = (file.source, seen.path, seen.size, seen.changed, state.value, reason, file.digest)
        self._rows[file.source] = [*told, *(file.told.get(name) for name in TOLD), self._on]


def _name(path: str) -> str:
    return PurePath(path).name
