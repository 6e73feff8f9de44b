"""A ledger that was never opened on this machine is looked at by a process of its own, with limits, before this one."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from app.apart import SECONDS, read_apart
from app.errors import PasswordNeeded
from db.connection import connect
from db.database import refuse_damage
from db.faults import told
from db.migrate import version
from db.schema import refuse_foreign

SLOWEST = 2_000_000
"""Bytes that a slow disk reads in a second."""
ADVICE = "文件没有打开，也没有改动。它可能已损坏，或者不是您的台账；请向给您文件的人核实，或从备份恢复。"


def look_apart(path: Path, password: str) -> None:
    """Have a file looked at whole; raises AppError, also where reading it dies or takes too much memory or time."""
    if path.with_name(path.name + "-journal").exists():
        return  # a program was killed over it: that is put right when it is opened, not by looking
    seconds = SECONDS + path.stat().st_size / SLOWEST
    read_apart(look, str(path), password, name=path.name, seconds=seconds, advice=ADVICE)


def look(path: str, password: str) -> None:
    """Look at the structure and at every page of a file; raises AppError. A wrong password is asked for later."""
    with suppress(PasswordNeeded), told(), closing(connect(Path(path), password, read_only=True)) as connection:
        refuse_foreign(connection, version(connection))
        refuse_damage(connection)
