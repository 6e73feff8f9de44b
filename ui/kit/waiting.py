"""While a stranger's file is read the window stays alive: from a second on a box says so, and can stop the reading."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QProgressDialog

from app.errors import Refused

AT_ONCE = 0.3
"""Seconds within which most files are read: nothing is shown for them and nothing else happens meanwhile."""
SHOWN_AFTER = 700
"""Milliseconds from then on until the box is shown."""


class _Done(QObject):
    told = Signal()


def waited(work: Callable[[], Any], name: str, stop: Callable[[], None]) -> Any:
    """The value of `work`, done on a thread of its own; raises what it raises, Refused when it was cancelled."""
    found: list[Any] = []
    faults: list[BaseException] = []
    done, ended = Event(), _Done()

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:  # it is raised again where it was asked for
            faults.append(error)
        done.set()
        ended.told.emit()

    Thread(target=run, daemon=True).start()
    cancelled = not done.wait(AT_ONCE) and _behind_a_box(name, done, ended, stop)
    done.wait()
    if cancelled and not any(found):
        raise Refused(f"已取消读取“{name}”。", "台账没有变动。")
    if faults:
        raise faults[0]
    return found[0]


def _behind_a_box(name: str, done: Event, ended: _Done, stop: Callable[[], None]) -> bool:
    """Wait with the window alive; whether somebody cancelled."""
    loop = QEventLoop()
    ended.told.connect(loop.quit)
    # Until the box stands before the window nothing may be clicked or typed there.
    QTimer.singleShot(SHOWN_AFTER, loop.quit)
    if not done.is_set():
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if done.is_set():
        return False
    box = QProgressDialog(f"正在读“{name}”…", "取消", 0, 0, QApplication.activeWindow())
    box.setWindowTitle("请稍候")
    box.setWindowModality(Qt.WindowModality.ApplicationModal)
    box.setMinimumDuration(0)
    box.canceled.connect(stop)
    box.show()
    if not done.is_set():
        loop.exec()
    cancelled = box.wasCanceled()
    box.canceled.disconnect()
    box.close()
    box.deleteLater()
    return cancelled
