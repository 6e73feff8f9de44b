"""One start of the program in a process of its own: prints seconds to the first painted window, and memory.

`python -m bench.start bare|window|dashboard FILE STATE`, the state being what this machine noted when it was closed
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

BEGIN = time.perf_counter()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def resident_kb() -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1366, 728)
    window.show()
    application.processEvents()
    window.grab()


def program(path: str, state: str, *, charts: bool) -> None:
    from datetime import date, datetime

    from ui.house.application import make_application, open_first
    from ui.house.preferences import Preferences
    from ui.house.window import Window

    class NoTrace(Preferences):
        def save(self) -> None:
            return

    preferences = NoTrace()
    application = make_application(preferences)
    window = Window()
    window.show()
    application.processEvents()
    if charts:
        from db.vault import FileVault

        vault = FileVault(datetime.now, Path(state))
        desk: Any = open_first(vault, Path(path), lambda: date(2025, 12, 31), preferences, window)
        KEPT.append(desk)
        for _ in range(5):
            application.processEvents()
        assert len(desk.workspace.page.charts.charts) == 4
    window.grab()
    KEPT.append(window)


KEPT: list[object] = []

if __name__ == "__main__":
    kind, path, state = sys.argv[1:4]
    if kind == "bare":
        bare()
    else:
        program(path, state, charts=kind == "dashboard")
    seconds = time.perf_counter() - BEGIN
    print(f"{seconds:.4f} {resident_kb()}", flush=True)
    os._exit(0)
