"""草稿: what a form holds that has not been saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Draft:
    """The content of one form, when it was kept; `form` names the page and the record."""

    form: str
    kept_at: datetime
    content: dict[str, Any]


class Drafts(Protocol):
    """The drafts of one ledger on this machine."""

    def keep(self, form: str, content: dict[str, Any]) -> datetime | None:
        """Keep what a form holds now; when it was kept, None when it could not be."""
        ...

    def forget(self, form: str) -> None:
        """The form was saved, or its text is not wanted."""
        ...

    def all(self) -> list[Draft]:
        """The drafts, newest first."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...
