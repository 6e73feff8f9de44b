"""One print being made: pages are counted on the worker and told here; it can be given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.attachments import Attachment, Owner
from app.errors import AppError
from app.printing.pdf import Stopped
from app.spool import Spool
from ui.house.session import Session

PATIENCE = 1000  # ms: from then on the progress is shown, with a way to give up


class PrintJob(QObject):
    """A print on the worker. Emits `progress` with the pages done once it takes long."""

    progress = Signal(int)
    _page = Signal(int)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = True
        self._pages = 0
        self._slow = False
        self._page.connect(self._note)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._show_slow)
        self._patience.start(PATIENCE)

    def start(
        self,
        work: Callable[[Callable[[int], bool]], Any],
        answer: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run `work(told)` on the worker, its value to `answer`; an error to `failed`, unless it was given up."""

        def told(pages: int) -> bool:
            self._page.emit(pages)
            return self._wanted

        def fail(error: BaseException) -> None:
            self._patience.stop()
            if not isinstance(error, Stopped):
                failed(error)

        def done(value: Any) -> None:
            self._patience.stop()
            if self._wanted:
                answer(value)

        self._session.tasks.start(lambda: work(told), done, fail, owner=self)

    def give_up(self) -> None:
        """Stop at the next page; nothing is kept of it."""
        self._wanted = False

    def _note(self, pages: int) -> None:
        self._pages = pages
        if self._slow:
            self.progress.emit(pages)

    def _show_slow(self) -> None:
        self._slow = True
        self.progress.emit(self._pages)


class PhotoGatherer(QObject):
    """Reads the photos of a year one by one here, makes each small on the worker and puts it aside in a spool."""

    progress = Signal(int, int)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = True
        self._photos: list[Any] = []

    def give_up(self) -> None:
        """Gather no further."""
        self._wanted = False

    def gather(
        self,
        files: list[tuple[Attachment, str]],
        spool: Spool,
        answer: Callable[[tuple[Any, ...]], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Give the small photos of these files to `answer`; what is no picture is left out."""
        self._total = len(files)
        self._spool, self._failed = spool, failed
        self._next(files, answer)

    def _next(self, files: list[tuple[Attachment, str]], answer: Callable[[tuple[Any, ...]], None]) -> None:
        if not self._wanted:
            return
        self.progress.emit(self._total - len(files), self._total)
        if not files:
            answer(tuple(self._photos))
            return
        (item, of), rest = files[0], files[1:]
        try:
            data = self._session.ledger.blobs.get(item.digest)
        except AppError:
            data = b""  # a content that the file has lost: the health check tells it

        # The day of a meeting stands before its subject; of another record only the day is known when it was kept.
        day = "" if item.owner is Owner.MEETING else str(item.added_on)
        words = "　".join(part for part in (item.caption or item.name, of, day) if part)

        def work() -> Any:
            from app.reports.appendix import keep_photos

            return keep_photos(data, words, self._spool)

        def done(made: Any) -> None:
            self._photos += made
            self._next(rest, answer)

        self._session.tasks.start(work, done, self._failed, owner=self)
