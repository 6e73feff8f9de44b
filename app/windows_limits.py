"""Limits of a process on Windows: how much memory it may take, and how much it has taken."""

from __future__ import annotations

import ctypes
import subprocess
from contextlib import suppress
from typing import Any


class _Basic(ctypes.Structure):
    _fields_ = (
        ("times", ctypes.c_int64 * 2),
        ("flags", ctypes.c_uint32),
        ("sets", ctypes.c_size_t * 2),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("classes", ctypes.c_uint32 * 2),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peaks", ctypes.c_size_t * 2),
    )


class _Counters(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        ("sets_and_pools", ctypes.c_size_t * 6),
        ("committed", ctypes.c_size_t),
        ("most_committed", ctypes.c_size_t),
    )


def _kernel() -> Any:
    return ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]


def limit_memory(most: int) -> None:
    """Let this process take no more bytes than `most`; a crash ends it without a box that waits to be closed."""
    with suppress(OSError, AttributeError):
        kernel = _kernel()
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetErrorMode(0x1 | 0x2 | 0x8000)
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        # The memory of a process is limited, an unhandled crash ends it, everything ends with the job.
        told = _Extended(basic=_Basic(flags=0x100 | 0x400 | 0x2000), process_memory=most)
        kernel.SetInformationJobObject(job, 9, ctypes.byref(told), ctypes.sizeof(told))
        kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))


def memory_of(process: subprocess.Popen[Any]) -> int:
    """Bytes that a process of ours has taken for itself; 0 where that cannot be told."""
    with suppress(OSError, AttributeError):
        counters = _Counters(size=ctypes.sizeof(_Counters))
        handle = ctypes.c_void_p(int(process._handle))  # type: ignore[attr-defined]
        if _kernel().K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size):
            return counters.committed
    return 0
