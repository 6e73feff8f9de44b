"""Where a line may end: UAX #14 by the uniseg library, so that kinsoku holds at both ends of a line."""

# pyright: strict, reportMissingTypeStubs=false, reportUnknownVariableType=false
from __future__ import annotations

import re
from functools import lru_cache

# Two ideographs may always be parted (LB31), so only what stands between them needs the library; with every
# ideograph written as one of them, the same few patterns come back and are answered from the cache.
_IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_BETWEEN = re.compile(f"[^{_IDEOGRAPHS}]+")
_SOME_IDEOGRAPH = "中"


def break_positions(text: str) -> list[int]:
    """Positions in the text where a line may end, ascending, with its length last; the text has no newline."""
    if not text:
        return []
    allowed = set(range(1, len(text) + 1))
    for match in _BETWEEN.finditer(text):
        first, last = match.span()
        before = _SOME_IDEOGRAPH if first > 0 else ""
        after = _SOME_IDEOGRAPH if last < len(text) else ""
        inner = _positions(before + match[0] + after)
        start = first - len(before)
        end = last + len(after)
        allowed.difference_update(range(start + 1, end))
        allowed.update(start + position for position in inner)
    return sorted(allowed)


@lru_cache(maxsize=20_000)
def _positions(pattern: str) -> tuple[int, ...]:
    """The break positions of a short pattern by the library."""
    from uniseg.linebreak import line_break_boundaries

    return tuple(position for position in line_break_boundaries(pattern) if position)
