"""The packaged programs: what they are called, how large they are, which version of the C library they ask for."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

NAME = "支部台账"
COLLECTING = f"{NAME}-汇总版"
"""The committee's program. In both folders the program itself is called by the name of the branch's."""


def size_of(bundle: Path) -> int:
    """Bytes of all its files."""
    return sum(file.stat().st_size for file in bundle.rglob("*") if file.is_file() and not file.is_symlink())


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
