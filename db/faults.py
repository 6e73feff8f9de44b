"""SQLite's errors in words: what happened and what to do. What is a fault of ours stays an exception."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager

from app.errors import AppError, Damaged, Refused, StorageTrouble

# What SQLite answers, as its documentation numbers it; the module of Python that names them would be another SQLite.
PERM = 3
BUSY = 5
LOCKED = 6
READONLY = 8
INTERRUPT = 9
IOERR = 10
CORRUPT = 11
FULL = 13
CANTOPEN = 14
CONSTRAINT = 19
NOTADB = 26
CONSTRAINT_FOREIGNKEY = 787
SAFE = "已经保存的内容没有受影响。"
TROUBLES = {
    FULL: ("磁盘已满，没有保存。", f"{SAFE}请删除不用的文件后再保存一次。"),
    READONLY: ("台账文件是只读的，没有保存。", f"{SAFE}请检查文件属性和所在文件夹的权限。"),
    CANTOPEN: ("打不开台账文件。", "请检查文件是否还在原处，U盘是否已经拔出，文件夹是否可以写。"),
    BUSY: ("台账文件正被另一个程序占用。", f"{SAFE}请关闭另一个程序后再试。"),
    LOCKED: ("台账文件正被另一个程序占用。", f"{SAFE}请关闭另一个程序后再试。"),
    IOERR: ("读写磁盘时出错，没有保存。", f"{SAFE}请检查磁盘空间和U盘，然后再试。"),
    INTERRUPT: ("已取消，台账没有变动。", ""),
    PERM: ("没有权限读写台账文件。", "请检查文件和文件夹的权限。"),
}
DAMAGE = ("台账文件已损坏，程序没有再写入它。", "请从备份恢复；损坏的文件会另外留存。")


def explained(error: Exception) -> AppError | None:
    """What to tell the user about an error of SQLite; None when it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Raised by the driver itself: a text that is no text.
        return Damaged(*DAMAGE) if "decode" in str(error) else None
    # SQLCipher says only that it is some constraint, and which one in words.
    linked = code == CONSTRAINT and "FOREIGN KEY" in str(error)
    if linked or code == CONSTRAINT_FOREIGNKEY:
        return Refused("还有别的记录用到它，不能删除。")
    if code & 0xFF == CORRUPT:
        return Damaged(*DAMAGE)
    if code & 0xFF == NOTADB:
        return Refused("这个文件不是支部台账。", "请选择扩展名为 .zbtz 的台账文件。")
    trouble = TROUBLES.get(code & 0xFF)
    return StorageTrouble(*trouble) if trouble else None


def _errors() -> tuple[type[Exception], ...]:
    """The errors of every driver that is loaded."""
    loaded = [sys.modules.get(name) for name in ("sqlcipher3.dbapi2", "sqlite3")]
    return tuple(module.Error for module in loaded if module is not None)


NOT_WRITTEN = ("新文件没有写成。", f"{SAFE}请检查磁盘空间、文件夹的权限，以及文件是不是正被别的程序占用。")
"""Where a whole new file is written SQLCipher says only that something went wrong, whatever it was."""


@contextmanager
def told(otherwise: tuple[str, str] | None = None) -> Generator[None]:
    """Turn the errors of SQLite and SQLCipher into AppErrors with advice; let the rest through.

    `otherwise` is what to tell about an error of theirs that says nothing itself.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        # A text of the file, or the driver's own word about it, is no text any more.
        raise Damaged(*DAMAGE) from error
    except Exception as error:
        own = isinstance(error, _errors())
        trouble = explained(error) if own else None
        if trouble is None and own and otherwise:
            trouble = StorageTrouble(*otherwise)
        if trouble is None:
            raise
        raise trouble from error
