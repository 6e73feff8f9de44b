"""What Windows wants to be told: who this program is in the task bar, and that another window may come forward."""

from __future__ import annotations

import os
from contextlib import suppress

IDENTITY = "BranchLedger.BranchLedger"


def name_program() -> None:
    """Group the windows in the task bar under the program's own icon; nothing on other systems."""
    if os.name == "nt":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(IDENTITY)


def let_come_forward() -> None:
    """Let the program that has the ledger open bring its window to the front: Windows lets nobody else do it."""
    if os.name == "nt":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.windll.user32.AllowSetForegroundWindow(-1)
