"""Work that takes longer than a blink: computed on the one worker, answered on the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

T = TypeVar("T")


class Tasks(QObject):
    """One worker. It is given frozen values only and never sees the ledger."""

    _done = Signal(object, object)

    def __init__(self, failed: Callable[[BaseException], object]) -> None:
        super().__init__()
        self._failed = failed
        self._pool = ThreadPoolExecutor(1, "worker")
        self._running = 0
        self._closed = False
        self._done.connect(self._answer)

    def start(
        self,
        work: Callable[[], T],
        answer: Callable[[T], Any],
        failed: Callable[[BaseException], Any] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Compute `work()` and give its value to `answer`; an exception goes to `failed`.

        When `owner` is gone by then, nobody is told.
        """
        if self._closed:
            return
        self._running += 1
        future = self._pool.submit(work)
        future.add_done_callback(lambda done: self._done.emit(done, (answer, failed or self._failed, owner)))

    @property
    def busy(self) -> bool:
        """Whether something is still being computed."""
        return self._running > 0

    def _answer(self, future: Future[Any], told: tuple[Callable[..., Any], Callable[..., Any], Any]) -> None:
        self._running -= 1
        answer, failed, owner = told
        if future.cancelled() or (owner is not None and not isValid(owner)):
            return
        error = future.exception()
        if error is not None:
            failed(error)
        else:
            answer(future.result())

    def close(self) -> None:
        """Wait for what is running, and take no more."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
