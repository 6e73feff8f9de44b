"""A connection to a ledger file, plain or with a password: by SQLCipher, whose SQLite is pinned with the program.

The SQLite of the system, or that of Python, may be years old and have faults that a crafted file makes use of.
"""

from __future__ import annotations

import importlib
import os
import stat
from enum import Enum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from app.errors import Damaged, PasswordNeeded, Refused
from db.faults import told

if TYPE_CHECKING:
    import sqlite3

MAGIC = b"SQLite format 3\x00"
PAGE = 4096
# Bytes of a path that SQLite's Unix layer takes, less its own endings; a Chinese character has three.
LONGEST = 480
LONGEST_ON_WINDOWS = 245
"""Characters of a path that every Windows takes, less the endings."""
# How other files begin that are taken for a ledger by mistake: they are not asked for a password. An encrypted ledger
# begins with random bytes, so each is long enough not to be one of them by chance; texts are told by their few bytes.
FOREIGN = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"MZ\x90\x00")


class Form(Enum):
    """What the first bytes of a file say."""

    PLAIN = "plain"
    SECRET = "secret"
    """Random bytes in whole pages: encrypted, or destroyed."""
    OTHER = "other"


def form_of(path: Path) -> Form:
    """What kind of file this seems to be; raises Refused when it is missing or empty, StorageTrouble."""
    try:
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise Refused(f"“{path.name}”不是普通文件。", "请选择别的文件。")
        size = found.st_size
        with path.open("rb") as file:
            head = file.read(PAGE)
    except FileNotFoundError as error:
        raise Refused(f"找不到“{path.name}”。", "请检查文件是否移动过，或U盘是否已经拔出。") from error
    except IsADirectoryError as error:
        raise _folder(path) from error
    except PermissionError as error:
        if path.is_dir():  # Windows does not say so itself
            raise _folder(path) from error
        if getattr(error, "winerror", None) in (32, 33):
            advice = "请关闭正在使用它的程序（如网盘、杀毒软件）后再试。"
            raise Refused(f"“{path.name}”正被另一个程序占用。", advice) from error
        raise Refused(f"没有权限读取“{path.name}”。", "请检查文件和文件夹的权限。") from error
    except OSError as error:
        raise Refused(f"读不了“{path.name}”。", "请检查磁盘或U盘，然后再试。") from error
    if size == 0:
        raise Damaged(f"“{path.name}”是空文件。", "可能是上次复制没有完成。请从备份恢复，或选择别的台账文件。")
    if head.startswith(MAGIC):
        return Form.PLAIN
    random = size % PAGE == 0 and not head.startswith(FOREIGN) and len(set(head)) > 200
    return Form.SECRET if random else Form.OTHER


def password_for(path: Path, password: str) -> str:
    """The password that a file is opened with, "" for a readable one; raises Refused, PasswordNeeded."""
    form = form_of(path)
    if form is Form.OTHER:
        raise Refused("这个文件不是支部台账。", "请选择扩展名为 .zbtz 的台账文件。")
    if form is Form.SECRET and not password:
        raise PasswordNeeded("这个台账设了密码。", "请输入密码。如果从没设过密码，文件可能已损坏，可以从备份恢复。")
    return password if form is Form.SECRET else ""


def _folder(path: Path) -> Refused:
    return Refused(f"“{path.name}”是文件夹，不是支部台账。", "请选择扩展名为 .zbtz 的台账文件。")


def uri_of(path: PurePath, mode: str) -> str:
    """A file as SQLite takes it: also on a share, whose name is no authority of the address: //server/… → file:////server/…"""
    text = path.as_posix()
    return f"file://{'' if text.startswith('/') else '/'}{quote(text, safe='/:')}?mode={mode}"


def too_long(path: Path, windows: bool) -> bool:
    """Whether a path is longer than the system takes, SQLite's own endings included."""
    return len(str(path)) > LONGEST_ON_WINDOWS if windows else len(os.fsencode(path)) > LONGEST


def driver() -> Any:
    """The one driver of plain and encrypted files; it has the interface of sqlite3."""
    return importlib.import_module("sqlcipher3.dbapi2")


def connect(path: Path, password: str = "", *, read_only: bool = False, new: bool = False) -> sqlite3.Connection:
    """Open a file as it is; raises sqlite errors (see `told`), PasswordNeeded when the password is not right."""
    if too_long(path.resolve(), os.name == "nt"):
        raise Refused(f"“{path.name}”所在的文件夹太深，路径太长。", "请把台账放到浅一点的文件夹里，或缩短文件夹名称。")
    # What a killed program had begun is taken back by the first who reads; SQLite refuses to read otherwise.
    unfinished = path.with_name(path.name + "-journal").exists()
    mode = "rwc" if new else "ro" if read_only and not unfinished else "rw"
    connection: sqlite3.Connection = driver().connect(
        uri_of(path.resolve(), mode), uri=True, isolation_level=None, timeout=3
    )
    try:
        if password:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = {quoted(password)}")
            if not new:
                _try_password(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        if not read_only:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        connection.close()
        raise
    return connection


def _try_password(connection: sqlite3.Connection) -> None:
    try:
        with told():
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except Refused as error:
        advice = "请注意大小写和输入法。如果确信没有错，文件可能已损坏，可以从备份恢复。"
        raise PasswordNeeded("密码不对。", advice) from error


def quoted(text: str) -> str:
    """A text as a literal of SQL, where no parameter can stand."""
    return "'" + text.replace("'", "''") + "'"


def in_memory(source: sqlite3.Connection, path: Path, password: str) -> sqlite3.Connection:
    """A copy of an open file in memory; the source is closed."""
    copy: sqlite3.Connection = driver().connect("file::memory:", uri=True, isolation_level=None)
    try:
        if password:
            source.close()
            copy.execute(f"ATTACH DATABASE {quoted(uri_of(path.resolve(), 'ro'))} AS source KEY {quoted(password)}")
            copy.execute("SELECT sqlcipher_export('main', 'source')")
            for pragma in ("user_version", "application_id"):
                (value,) = copy.execute(f"PRAGMA source.{pragma}").fetchone()
                copy.execute(f"PRAGMA main.{pragma} = {value}")
            copy.execute("DETACH DATABASE source")
        else:
            source.backup(copy)
            source.close()
        copy.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        copy.close()
        raise
    return copy
