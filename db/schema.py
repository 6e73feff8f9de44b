"""Whether the structure of a file is that of this program: a stranger's views and triggers would run by themselves."""

from __future__ import annotations

import hashlib
import json
import re
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Refused
from db.connection import driver

if TYPE_CHECKING:
    import sqlite3

KNOWN = Path(__file__).parent / "schemas.json"
"""The digest of the structure of each version, as the migrations make it; `python -m db.schema` writes it."""
SECONDS = 5.0
STEPS = 10_000
MOST = 500
"""Entries of a structure that are looked at: this program has some hundred."""


def normal(text: str) -> str:
    """A statement without the spaces, quotes and case that do not matter."""
    return re.sub(r"\s+", " ", text.replace('"', "")).strip().casefold()


def digest_of(connection: sqlite3.Connection) -> str:
    """The digest of everything that a file defines; nothing of it is carried out."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE type <> 'index' OR sql IS NOT NULL LIMIT ?",
        (MOST,),
    ).fetchall()
    told = sorted(
        "|".join(normal(str(part)) for part in row)
        for row in rows
        # SQLite's own books, made where a table counts its numbers or the file was analysed; nothing in them runs.
        if not (row[0] == "table" and str(row[1]) in ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4"))
    )
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def known() -> dict[str, str]:
    """The digests by version."""
    return json.loads(KNOWN.read_text("utf-8"))


def refuse_foreign(connection: sqlite3.Connection, version: int) -> None:
    """Look at the structure before anything else is read; raises Refused when it is not that of the version."""
    ends = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: int(time.monotonic() > ends), STEPS)
    try:
        found = digest_of(connection)
    finally:
        connection.set_progress_handler(None, 0)
    if version and found != known().get(str(version)):
        advice = "文件没有打开，也没有改动。请向给您文件的人核实，或选择别的台账、从备份恢复。"
        raise Refused("这不是本程序的台账：文件里有本程序没有的结构。", advice)


def made_by_migrations() -> dict[str, str]:
    """The digests as the migrations make them now."""
    from db.migrate import migrations

    found: dict[str, str] = {}
    connection = driver().connect(":memory:", isolation_level=None)
    for number, file in enumerate(migrations(), 1):
        connection.executescript(file.read_text("utf-8"))
        found[str(number)] = digest_of(connection)
    connection.close()
    return found


if __name__ == "__main__":
    KNOWN.write_text(json.dumps(made_by_migrations(), indent=1) + "\n", "utf-8")
