"""Bring a ledger file to the schema of this program; migrations are never edited once released."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Refused

if TYPE_CHECKING:
    import sqlite3

FOLDER = Path(__file__).parent / "migrations"
# "ZBTZ" as a 32-bit number in the header of every ledger file.
APPLICATION_ID = 0x5A42545A


def migrations() -> list[Path]:
    """The migration files in order; their number is the schema version."""
    return sorted(FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def newest() -> int:
    """The schema version of this program."""
    return len(migrations())


def version(connection: sqlite3.Connection) -> int:
    """The schema version of an open file; raises Refused when it is not a ledger or newer than the program."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (application or tables or found):
        raise Refused("这个文件不是支部台账。", "请选择扩展名为 .zbtz 的台账文件。")
    if found > newest():
        raise Refused("这个台账是用更新版本的程序建立的，本程序没有改动它。", "请先升级支部台账再打开。")
    return found


def migrate(connection: sqlite3.Connection, finish: Callable[[], object]) -> None:
    """Apply the missing migrations and call `finish`, all in one transaction together with the version number."""
    missing = migrations()[version(connection) :]
    if not missing:
        return
    scripts = "\n".join(file.read_text("utf-8") for file in missing)
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{scripts}\nPRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {newest()};"
        )
        finish()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
