"""What the program writes is for its user alone, where the system tells users apart."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

OWN_FOLDER = 0o700
OTHERS = 0o077
"""The rights of the group and of everybody else."""


def keep_private() -> None:
    """Let nobody else read what is written from here on, and leave no picture of the memory when the program dies.

    Windows has neither: there the folder of a user is hers by itself.
    """
    if os.name == "nt":
        return
    import resource

    os.umask(OTHERS)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def close_folder(folder: Path) -> None:
    """Shut a folder that an earlier program left open to others; one that is not ours stays as it is."""
    if os.name == "nt":
        return
    with suppress(OSError):
        if folder.stat().st_mode & OTHERS:
            folder.chmod(OWN_FOLDER)
