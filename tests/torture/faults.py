"""The n-th write, truncation, synchronisation, renaming or deletion fails, for n = 1, 2, 3 … until none fails.

SQLite's own calls are reached through the table of system calls that its Unix layer keeps for tests; those of
`db.disk` are wrapped.
"""

from __future__ import annotations

import ctypes
import errno
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import _sqlite3 as driver_library

from db import disk

CALLS = {
    "write": (ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t),
    "pwrite": (ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_long),
    "pwrite64": (ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_long),
    "ftruncate": (ctypes.c_int, ctypes.c_int, ctypes.c_long),
    "fallocate": (ctypes.c_int, ctypes.c_int, ctypes.c_long, ctypes.c_long),
    "unlink": (ctypes.c_int, ctypes.c_char_p),
}


class Vfs(ctypes.Structure):
    """sqlite3_vfs, version 3."""


Vfs._fields_ = [
    ("iVersion", ctypes.c_int),
    ("szOsFile", ctypes.c_int),
    ("mxPathname", ctypes.c_int),
    ("pNext", ctypes.c_void_p),
    ("zName", ctypes.c_char_p),
    ("pAppData", ctypes.c_void_p),
    *[(name, ctypes.c_void_p) for name in ("xOpen", "xDelete", "xAccess", "xFullPathname", "xDlOpen", "xDlError")],
    *[(name, ctypes.c_void_p) for name in ("xDlSym", "xDlClose", "xRandomness", "xSleep", "xCurrentTime")],
    *[(name, ctypes.c_void_p) for name in ("xGetLastError", "xCurrentTimeInt64")],
    ("xSetSystemCall", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)),
    ("xGetSystemCall", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)),
]


class Plan:
    """Counts the calls and lets the n-th, and every later one when `lasting`, fail."""

    def __init__(self, fail_at: int, *, lasting: bool, code: int = errno.EIO) -> None:
        self.count = 0
        self.failed = False
        self._fail_at = fail_at
        self._lasting = lasting
        self.code = code

    def next_fails(self) -> bool:
        self.count += 1
        fails = self.count == self._fail_at or (self._lasting and self.count > self._fail_at)
        self.failed = self.failed or fails
        return fails


def _vfs() -> ctypes._Pointer:
    library = ctypes.CDLL(driver_library.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    return library.sqlite3_vfs_find(None)


@contextmanager
def failing(plan: Plan) -> Generator[None]:
    """Let the calls inside fail as planned."""
    vfs = _vfs()
    kept: list[object] = []
    for name, shape in CALLS.items():
        address = vfs.contents.xGetSystemCall(vfs, name.encode())
        if not address:
            continue
        function = ctypes.CFUNCTYPE(*shape, use_errno=True)
        real = function(address)

        def call(*values: object, real: Callable[..., int] = real, name: str = name) -> int:
            if plan.next_fails():
                ctypes.set_errno(plan.code)
                return -1
            return real(*values)

        wrapped = function(call)
        kept += [wrapped, real]
        vfs.contents.xSetSystemCall(vfs, name.encode(), ctypes.cast(wrapped, ctypes.c_void_p))
    real_fsync, real_replace, real_copy, real_write = disk.fsync, disk.replace, disk.copy, disk.write

    def guarded(real: Callable[..., None]) -> Callable[..., None]:
        def call(*values: Path) -> None:
            if plan.next_fails():
                raise OSError(plan.code, "made to fail")
            real(*values)

        return call

    disk.fsync, disk.replace, disk.copy, disk.write = map(guarded, (real_fsync, real_replace, real_copy, real_write))
    try:
        yield
    finally:
        disk.fsync, disk.replace, disk.copy, disk.write = real_fsync, real_replace, real_copy, real_write
        for name in CALLS:
            vfs.contents.xSetSystemCall(vfs, name.encode(), None)
        kept.clear()
