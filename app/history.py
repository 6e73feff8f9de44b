"""变更历史: what was done to the records, when, and what each was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from app.record import Record


class ActionKind(StrEnum):
    """What an action was: the beginning of the ledger cannot be taken back."""

    BEGIN = "begin"
    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Change:
    """One record before and after; None means it was not there. Values are in their stored form."""

    kind: type[Record]
    record: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Action:
    """One thing the user did, with everything it changed; `target` is the action that was undone or redone."""

    id: int
    made_at: datetime
    name: str
    kind: ActionKind
    target: int | None
    digest: str
    changes: tuple[Change, ...] = ()


class Past(Protocol):
    """Every action upon the records of a ledger, oldest first, chained by SHA-256."""

    def actions(self, since: int = 0) -> list[Action]:
        """The actions after number `since`, without their changes, oldest first."""
        ...

    def action(self, id: int) -> Action:
        """One action with its changes; raises NotFound."""
        ...

    def of(self, kind: type[Record], record: int) -> list[Action]:
        """The actions that touched one record, oldest first, each with its changes of that record only."""
        ...

    def entered(self, kind: type[Record]) -> dict[int, datetime]:
        """When each record of a kind was first entered, by its number."""
        ...

    def deletions(self) -> list[Action]:
        """The actions that took records away and whose records are still gone, newest first, with changes."""
        ...

    def head(self) -> tuple[int, str]:
        """Number and digest of the last action; (0, "") when there is none."""
        ...

    def faults(self) -> list[str]:
        """What is wrong with the chain, or differs between history and records, in Chinese."""
        ...


class History(Past, Protocol):
    """The past of an open ledger, and the ways back."""

    def undo(self) -> Action | None:
        """Take back the last action that still stands; None when there is none. Raises Refused."""
        ...

    def redo(self) -> Action | None:
        """Do again what was taken back last; None when there is nothing. Raises Refused."""
        ...

    def take_back(self, id: int) -> Action:
        """Reverse one action of any age as a new one; raises Refused when its records were changed since."""
        ...
