"""Bringing many rows in: on the worker, behind a box that says so and can cancel, so that the window stays alive."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.errors import AppError
from app.store import Ledger
from ui.kit.tasks import Tasks

T = TypeVar("T")


class Bringing(QObject):
    """One long action on the ledger at a time. Nothing else is saved meanwhile: the box is in front of the window."""

    _asked = Signal(object, object)

    def __init__(self, owner: QWidget, tasks: Tasks) -> None:
        super().__init__(owner)
        self._owner, self._tasks = owner, tasks
        self.box: QProgressDialog | None = None
        self._asked.connect(self._ask)

    def start(
        self,
        ledger: Ledger,
        action: Callable[[Ledger], T],
        done: Callable[[T], object],
        refused: Callable[[AppError], object],
    ) -> None:
        """Do `action` whole or, when it is cancelled or fails, not at all."""
        stop = Event()
        box = QProgressDialog("正在导入，请稍候…", "取消", 0, 0, self._owner)
        box.setWindowTitle("导入")
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.setMinimumDuration(0)
        box.canceled.connect(stop.set)
        self.box = box

        def work() -> T:
            with ledger.apart(stop.is_set) as apart:
                apart.reason_for = self._reason_of(ledger)
                return action(apart)

        def answer(result: T) -> None:
            self._put_away()
            ledger.look_again()
            done(result)

        def failed(error: BaseException) -> None:
            self._put_away()
            if not isinstance(error, AppError):
                raise error
            refused(error)

        box.show()
        self._tasks.start(work, answer, failed, owner=self)

    def _put_away(self) -> None:
        if self.box is not None:
            self.box.deleteLater()
            self.box = None

    def _reason_of(self, ledger: Ledger) -> Callable[[frozenset[int]], str]:
        """Asks for the reason of a change in a sealed year here, while the worker waits for the answer."""

        def wait(years: frozenset[int]) -> str:
            answer: Future[str] = Future()
            self._asked.emit(lambda: ledger.reason_for(years), answer)
            return answer.result()

        return wait

    @staticmethod
    def _ask(question: Callable[[], str], answer: Future[str]) -> None:
        try:
            answer.set_result(question())
        except AppError as error:
            answer.set_exception(error)
