"""A list narrowed to the rows that a way has named, and the button that drops it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ui.kit.basic import button

T = TypeVar("T")


class Only:
    """The numbers of the rows that are shown alone, None for all; `button` says what they are and lets go of them."""

    def __init__(self, dropped: Callable[[], object]) -> None:
        """`dropped` is called when the user wants the whole list again."""
        self._ids: tuple[int, ...] | None = None
        self._dropped = dropped
        self.button = button("", self.drop, kind="link")

    def narrow(self, ids: tuple[int, ...], words: str) -> None:
        """Show these alone; `words` say what they are."""
        self._ids = ids
        self.button.setText(f"只看：{words}　✕")
        self.button.setAccessibleName("取消只看")

    def clear(self) -> None:
        """From the next time on everything is shown."""
        self._ids = None

    def drop(self) -> None:
        """Show everything again."""
        self.clear()
        self._dropped()

    def among(self, everything: Sequence[T], chosen: Sequence[T], number: Callable[[T], int]) -> Sequence[T]:
        """The named rows of everything, else the chosen ones; the button is there while it narrows."""
        self.button.setVisible(self._ids is not None)
        return chosen if self._ids is None else [row for row in everything if number(row) in self._ids]
