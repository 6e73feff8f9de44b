"""Everything the program ships that is not code, read through one function."""

from __future__ import annotations

import sys
from pathlib import Path

# PyInstaller unpacks data below sys._MEIPASS; from source it lies beside this file.
ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).parent.parent)) / "resources"


def path(name: str) -> Path:
    """Where a shipped file is, by its name below resources/; raises FileNotFoundError."""
    found = ROOT / name
    if not found.exists():
        raise FileNotFoundError(name)
    return found
