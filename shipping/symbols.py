"""Which version of the C library a packaged program asks for: the newest that any of its shared objects names."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path


def glibc_of(file: Path) -> tuple[int, ...]:
    """The newest version of glibc that a shared object or program names; empty for other files."""
    with file.open("rb") as opened:
        if opened.read(4) != b"\x7fELF":
            return ()
    told = subprocess.run(["objdump", "-T", file], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"\bGLIBC_([0-9.]+)", told)
    return max((tuple(map(int, version.split("."))) for version in found), default=())


def newest_glibc(folder: Path) -> tuple[int, ...]:
    """The newest version that anything in a folder names."""
    return max(glibc_of(file) for file in folder.rglob("*") if file.is_file())
