"""The contents of attachments: in the ledger file, and once for all backups in a pool beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.blobs import digest_of
from app.errors import AppError, NotFound
from db import disk
from db.connection import connect, driver, quoted
from db.faults import NOT_WRITTEN, told

if TYPE_CHECKING:
    import sqlite3

POOL = "附件"
POOL_SUFFIX = ".zbfj"
SHAPE = "CREATE TABLE IF NOT EXISTS blob (digest TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT, WITHOUT ROWID"


class SqlBlobs:
    """The contents in an open ledger file. Each write happens inside `writing`."""

    def __init__(self, connection: sqlite3.Connection, writing: Callable[[], AbstractContextManager[None]]) -> None:
        self._connection = connection
        self._writing = writing

    def put(self, data: bytes) -> str:
        """Keep a content, once; returns its digest. One that a lost pool took away is given back by this."""
        digest = digest_of(data)
        with self._writing(), told():
            query = "INSERT INTO blob VALUES (?, ?) ON CONFLICT (digest) DO UPDATE SET data = excluded.data"
            self._connection.execute(query + " WHERE data = x''", (digest, data))
        return digest

    def get(self, digest: str) -> bytes:
        """A content; raises NotFound when the file does not hold it."""
        with told():
            row = self._connection.execute("SELECT data FROM blob WHERE digest = ?", (digest,)).fetchone()
        if row is None or not row[0]:
            raise NotFound("这个附件的内容不在台账文件里。")
        return row[0]


def faults(connection: sqlite3.Connection) -> list[str]:
    """Contents that are not what their name says, and attachments whose content was never there."""
    found = [
        f"附件内容 {digest[:12]} 被改动过"
        for digest, data in connection.execute("SELECT digest, data FROM blob WHERE data <> x''")
        if hashlib.sha256(data).hexdigest() != digest
    ]
    query = "SELECT name FROM attachment WHERE digest NOT IN (SELECT digest FROM blob)"
    return found + [f"附件“{name}”没有内容" for (name,) in connection.execute(query)]


def absent(connection: sqlite3.Connection) -> list[str]:
    """The digests of the contents that lie elsewhere."""
    return [row[0] for row in connection.execute("SELECT digest FROM blob WHERE data = x''")]


# --- the pool of a folder of backups --------------------------------------------------------------------------


def pools(folder: Path) -> list[Path]:
    """The pools in a folder, the newest last: a new password begins a new one."""
    found = folder.glob(f"{POOL}*{POOL_SUFFIX}") if folder.is_dir() else ()
    return sorted(found, key=lambda path: (len(path.name), path.name))


def pour(ledger: Path, password: str, folder: Path) -> str:
    """Bring the contents of a ledger that the pool lacks into it; returns the pool's name, "" without any content.

    Raises AppError and OSError; what was in the pool stays.
    """
    with told(), closing(connect(ledger, password, read_only=True)) as source:
        wanted = {row[0] for row in source.execute("SELECT digest FROM blob WHERE data <> x''")}
        if not wanted:
            return ""
        pool = _own_pool(folder, password)
        with closing(connect(pool, password, new=True)) as target:
            target.execute(SHAPE)
            rows = target.execute("SELECT digest, data FROM blob")
            known = {digest for digest, data in rows if digest_of(data) == digest}
            target.execute("BEGIN IMMEDIATE")
            for digest in sorted(wanted - known):
                row = source.execute("SELECT data FROM blob WHERE digest = ?", (digest,)).fetchone()
                target.execute("INSERT OR REPLACE INTO blob VALUES (?, ?)", (digest, row[0]))
            target.execute("COMMIT")
    return pool.name


def _own_pool(folder: Path, password: str) -> Path:
    known = pools(folder)
    for pool in reversed(known):
        try:
            with told(), closing(connect(pool, password, read_only=True)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return pool
        except AppError:
            continue  # another password, or damaged: a new one is begun
    number = len(known) + 1
    return folder / (f"{POOL}{POOL_SUFFIX}" if number == 1 else f"{POOL}-{number}{POOL_SUFFIX}")


def strip(path: Path, password: str) -> None:
    """Leave only the names of the contents in a file that becomes a backup."""
    with told(), closing(connect(path, password)) as connection:
        connection.execute("UPDATE blob SET data = x''")
        connection.execute("VACUUM")


def lost_of(backup: Path, folder: Path, password: str) -> list[str]:
    """The digests of a backup's contents that no pool in the folder holds whole."""
    with told(), closing(connect(backup, password, read_only=True)) as connection:
        wanted = set(absent(connection))
    for digest, _ in _in_pools(folder, password, set(wanted)):
        wanted.discard(digest)
    return sorted(wanted)


def give_back(backup: Path, password: str, target: Path) -> None:
    """Put the contents that a backup only names into its copy `target`, as far as the pools hold them."""
    with told(), closing(connect(target, password)) as connection:
        for digest, data in _in_pools(backup.parent, password, set(absent(connection))):
            connection.execute("UPDATE blob SET data = ? WHERE digest = ?", (data, digest))


def _in_pools(folder: Path, password: str, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """Those of the wanted contents that lie in a pool as their name says; each pool is opened once."""
    for pool in reversed(pools(folder)) if wanted else ():
        try:
            with told(), closing(connect(pool, password, read_only=True)) as connection:
                for digest in sorted(wanted):
                    row = connection.execute("SELECT data FROM blob WHERE digest = ?", (digest,)).fetchone()
                    if row and digest_of(row[0]) == digest:
                        wanted.discard(digest)
                        yield digest, row[0]
        except AppError:
            continue  # another password, or damaged: an older pool may have it


def rewrite(pool: Path, new: str) -> None:
    """Give a pool without password one; raises AppError and OSError, the pool is then as before."""
    draft = pool.with_name(pool.name + ".part")
    disk.remove(draft)
    try:
        with told(NOT_WRITTEN), closing(driver().connect(str(pool), isolation_level=None)) as source:
            source.execute("PRAGMA cipher_log_level = NONE")
            source.execute(f"ATTACH {quoted(str(draft))} AS target KEY {quoted(new)}")
            source.execute("SELECT sqlcipher_export('target')")
            source.execute("DETACH target")
        with told(), closing(connect(draft, new, read_only=True)) as copied:
            broken = [
                digest for digest, data in copied.execute("SELECT digest, data FROM blob") if digest_of(data) != digest
            ]
        if broken:
            raise NotFound("附件没有能加上密码：有内容读不出来。")
        disk.fsync(draft)
        disk.replace(draft, pool)
    finally:
        disk.sweep(draft)


def copy_pools(source: Path, folder: Path) -> None:
    """Bring the pools beside a backup to a second place; a pool only grows, so one of the same size is the same."""
    for pool in pools(source):
        target = folder / pool.name
        if target.exists() and target.stat().st_size == pool.stat().st_size:
            continue
        draft = target.with_name(target.name + ".part")
        disk.copy(pool, draft)
        disk.replace(draft, target)
