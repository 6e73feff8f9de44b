"""Garbage is collected on the thread of the window alone.

Widgets and their slots refer to each other. Left to itself, Python frees such a ring on whatever thread allocates at
the moment, and Qt objects must not die on the worker: a timer of theirs cannot be stopped there, and the program falls.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

BEAT = 1000  # ms
AFTER_START = 3000  # ms: nothing of a start is garbage, looking for it would only delay the window


class Collector(QObject):
    """Collects as Python would by itself, but only from the event loop it lives in."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        QTimer.singleShot(AFTER_START, self, lambda: self._timer.start(BEAT))

    @staticmethod
    def collect() -> None:
        """Collect the oldest generation that is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
