"""Files of our own beside SQLite's: written whole, synchronised, put in place in one step."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

NETWORKS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "davfs", "ncpfs")


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fsync(path: Path) -> None:
    """Have a file or a folder on the disk before going on."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no such thing for folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(source: Path, target: Path) -> None:
    """Put a finished file in the place of another, or where none was."""
    source.replace(target)
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
