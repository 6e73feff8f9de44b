"""How somebody wants the columns of a list: which are shown, in which order, how wide. Kept by the name of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_LISTS, MOST_COLUMNS, WIDEST = 200, 60, 2000
"""More than that is nothing that was chosen by hand."""


@dataclass
class Wanted:
    """The columns of one list, by their titles: hidden ones, the order, widths in pixels of 100 %."""

    hidden: list[str] = field(default_factory=list[str])
    order: list[str] = field(default_factory=list[str])
    widths: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def usual(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.hidden or self.order or self.widths)

    def stored(self) -> dict[str, Any]:
        """For a file."""
        return {"hidden": self.hidden, "order": self.order, "widths": self.widths}


class ColumnMemory:
    """What is wanted for each list; `keep` is called after a change."""

    def __init__(self) -> None:
        self._lists: dict[str, Wanted] = {}
        self.keep: Callable[[], object] = lambda: None

    def of(self, name: str) -> Wanted:
        """What is wanted for a list."""
        return self._lists.get(name, Wanted())

    def note(self, name: str, wanted: Wanted) -> None:
        """Want something else for a list."""
        if wanted.usual:
            self._lists.pop(name, None)
        else:
            self._lists[name] = wanted
        self.keep()

    def stored(self) -> dict[str, Any]:
        """For a file."""
        return {name: wanted.stored() for name, wanted in self._lists.items()}

    def load(self, stored: object) -> None:
        """From a file; what is odd is left out."""
        self._lists = {}
        if not isinstance(stored, Mapping):
            return
        for name, told in list(stored.items())[:MOST_LISTS]:
            if isinstance(name, str) and isinstance(told, Mapping):
                self._lists[name] = Wanted(
                    _texts(told.get("hidden")), _texts(told.get("order")), _widths(told.get("widths"))
                )


def _texts(told: object) -> list[str]:
    if not isinstance(told, Sequence) or isinstance(told, str):
        return []
    return [text for text in told[:MOST_COLUMNS] if isinstance(text, str)]


def _widths(told: object) -> dict[str, int]:
    if not isinstance(told, Mapping):
        return {}
    return {
        name: width
        for name, width in list(told.items())[:MOST_COLUMNS]
        if isinstance(name, str) and type(width) is int and 0 < width <= WIDEST
    }


MEMORY = ColumnMemory()
"""What is wanted in this program."""
