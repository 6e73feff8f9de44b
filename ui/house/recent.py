"""The ledgers that were opened last, as far as they can be reached in a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Thread

PATIENCE = 1.0
"""Seconds that the start may wait for a share or a stick that does not answer."""


def reachable(paths: Iterable[str], there: Callable[[Path], bool] = Path.is_file) -> list[Path]:
    """Those that are there now, in their order; a share that is gone is waited for a moment only."""
    wanted = [Path(item) for item in paths]
    found: dict[Path, bool] = {}

    def look(path: Path) -> None:
        try:
            found[path] = there(path)
        except OSError:
            found[path] = False

    looking = [Thread(target=look, args=(path,), daemon=True) for path in wanted]
    for thread in looking:
        thread.start()
    left = PATIENCE
    for thread in looking:
        thread.join(left)
        if thread.is_alive():
            left = 0.0
    return [path for path in wanted if found.get(path)]
