"""Reads the words of attachments on the worker, one after the other, so that a search finds them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.attachment_texts import AttachmentTexts, holds_words
from app.attachments import Attachment
from app.errors import NotFound
from app.store import Ledger
from ui.kit.tasks import Tasks


class AttachmentReader(QObject):
    """What is attached to the open ledger and holds words."""

    told = Signal()
    """The words of another file were read."""

    def __init__(self, ledger: Ledger, open_texts: Callable[[], AttachmentTexts], tasks: Tasks) -> None:
        super().__init__()
        self._ledger = ledger
        self._open_texts = open_texts
        self._tasks = tasks
        self._texts: AttachmentTexts | None = None
        self._left: dict[str, str] = {}
        """The names of the files that are still to be read, by their contents."""
        self._reading = False

    @property
    def left(self) -> int:
        """How many files are still to be read."""
        return len(self._left)

    def begin(self) -> None:
        """Read what was not read yet; forget what is attached to nothing any more."""
        files = {item.digest: item.name for item in self._ledger[Attachment].all() if holds_words(item.name)}
        texts = self._kept()
        known = texts.known() if files or self._texts else set[str]()
        if gone := known - files.keys():
            texts.forget(gone)
        self._left = {digest: name for digest, name in files.items() if digest not in known}
        if not self._reading:
            self._next()

    def saying(self, words: str) -> list[tuple[Attachment, str]]:
        """The attachments in which words occur, the newest first, with all of their text."""
        found = self._kept().saying(words)
        files = self._ledger[Attachment].all() if found else []
        return [(item, found[item.digest]) for item in reversed(files) if item.digest in found]

    def close(self) -> None:
        """Read no more."""
        self._left = {}
        if self._texts is not None:
            self._texts.close()
            self._texts = None

    def _kept(self) -> AttachmentTexts:
        if self._texts is None:
            self._texts = self._open_texts()
        return self._texts

    def _next(self) -> None:
        from app.exchange.attachment_words import words_of

        self._reading = bool(self._left)
        if not self._left:
            return
        digest, name = next(iter(self._left.items()))
        try:
            raw = self._ledger.blobs.get(digest)
        except NotFound:
            self._read(digest, "")
            return
        self._tasks.start(lambda: words_of(name, raw), lambda words: self._read(digest, words), owner=self)

    def _read(self, digest: str, words: str) -> None:
        if self._left.pop(digest, None) is not None and self._texts is not None:
            self._texts.keep(digest, words)
            self.told.emit()
        self._next()
