"""姓氏笔画: names in the order of strokes, as on a ballot (选举条例 art. 24)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

import resources

T = TypeVar("T")


@cache
def _orders() -> dict[str, str]:
    lines = resources.path("strokes.txt").read_text("utf-8").splitlines()[1:]
    return {char: order for order, chars in (line.split(" ") for line in lines) for char in chars}


SEPARATORS = "·•．.・ "


def unknown(name: str) -> str:
    """The characters of a name whose strokes are not known."""
    return "".join(char for char in name if char not in _orders() and char not in SEPARATORS)


def by_strokes(people: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """People by the strokes of their surnames, then of each further character.

    Fewer strokes come first; with as many, the one whose first stroke comes first among 横、竖、撇、点、折, then the
    next stroke, and so on. A character whose strokes are not known comes after all others.
    """
    known = _orders()

    def key(person: T) -> list[tuple[int, str]]:
        orders = [known.get(char, "") for char in name(person) if char not in SEPARATORS]
        return [(len(order) or 99, order) for order in orders]

    return sorted(people, key=key)
