"""Files of our own beside SQLite's: written whole, synchronised, put in place in one step."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

NETWORKS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "davfs", "ncpfs")


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_of(path: Path) -> str:
    """A short name for a path, in which it cannot be read, for what this machine notes about it."""
    return hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def fsync(path: Path) -> None:
    """Have a file or a folder on the disk before going on."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no such thing for folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


HELD = (5, 32, 33)
"""What Windows says while another program, such as one that looks for viruses, holds a file for a moment."""
PATIENCE = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.2)
"""Seconds between the tries, under three in all."""


def patiently(action: Callable[[], T]) -> T:
    """Do something to a file, again a little later where another program holds it; raises the last OSError."""
    for pause in PATIENCE:
        try:
            return action()
        except OSError as error:
            if getattr(error, "winerror", None) not in HELD:
                raise
            time.sleep(pause)
    return action()


def remove(path: Path) -> None:
    """Delete a file, which need not be there."""
    patiently(lambda: path.unlink(missing_ok=True))


def destroy(path: Path) -> None:
    """Overwrite a file and delete it, which need not be there. A disk may still keep old blocks elsewhere."""
    if path.is_file():
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(os.urandom(min(left, 1 << 20)))
        fsync(path)
    remove(path)


def sweep(*paths: Path) -> None:
    """Delete what is left of something that was begun; a disk that refuses is swept the next time."""
    for path in paths:
        with suppress(OSError):
            remove(path)


def replace(source: Path, target: Path) -> None:
    """Put a finished file in the place of another, or where none was."""
    patiently(lambda: source.replace(target))
    # From here on it is done. Should the folder not be on the disk when the power fails, the old file is there
    # again, whole: nothing that was promised is lost, so there is no failure to report.
    with suppress(OSError):
        fsync(target.parent)


def on_network(path: Path) -> bool:
    """Whether a file lies on another machine, where a lost connection can cost a save; False when not known."""
    text = str(path.resolve())
    if text.startswith(("\\\\", "//")):
        return True
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text("utf-8", "replace").splitlines()]
    except OSError:
        return False
    held = [(mount[1], mount[2]) for mount in mounts if len(mount) > 2 and text.startswith(mount[1].rstrip("/") + "/")]
    return bool(held) and max(held, key=lambda mount: len(mount[0]))[1] in NETWORKS


def copy(source: Path, target: Path) -> None:
    """Copy a file that nobody writes to; the copy is on the disk when this returns."""
    shutil.copyfile(source, target)
    fsync(target)


def write(path: Path, data: bytes) -> None:
    """Write a small file, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(data)
    fsync(draft)
    replace(draft, path)
