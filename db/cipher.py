"""The content of a ledger file under another password: plain to secret, secret to secret, secret to plain."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from app.errors import Damaged
from db import backup as backups
from db import disk
from db.connection import connect, driver, quoted
from db.faults import NOT_WRITTEN, told
from db.migrate import APPLICATION_ID, version


def rewrite(path: Path, old: str, target: Path, new: str) -> None:
    """Write the content of a file under another password into a new file, and prove it; "" means none.

    Raises AppError, and OSError of the disk.
    """
    disk.remove(target)
    with told(), closing(connect(path, old)) as connection:  # not read-only: what a crash left is taken back first
        found = version(connection)
    before = backups.prove(path, old)
    with told(NOT_WRITTEN), closing(_cipher(path, old)) as source:
        source.execute(f"ATTACH {quoted(str(target))} AS target KEY {quoted(new)}")
        source.execute("SELECT sqlcipher_export('target')")
        source.execute(f"PRAGMA target.application_id = {APPLICATION_ID}")
        source.execute(f"PRAGMA target.user_version = {found}")
        source.execute("DETACH target")
    disk.fsync(target)
    if before[0] or backups.prove(target, new) != before:
        raise Damaged("换了密码的新文件没有通过检查，没有使用它。", "台账没有变化。请先在设置里做一次检查。")


def _cipher(path: Path, password: str) -> Any:
    """Only SQLCipher writes both forms; it reads a plain file when it is given no key."""
    connection = driver().connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA temp_store = MEMORY")
    if password:
        connection.execute(f"PRAGMA key = {quoted(password)}")
    return connection
