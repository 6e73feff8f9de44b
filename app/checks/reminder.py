"""One thing to do next, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

LEVELS = ("missing", "due", "info")


@dataclass(frozen=True)
class Reminder:
    """One thing to do: how pressing, what, a line of detail, the button's word, and where it leads."""

    level: str
    title: str
    detail: str
    action: str
    page: str
    icon: str = "warning"
    hint: dict[str, Any] = field(default_factory=dict[str, Any], compare=False)
    due_on: date | None = field(default=None, compare=False)
    """The day it is due, or was; None where it has none."""
