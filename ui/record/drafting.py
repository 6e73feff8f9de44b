"""Keeps what a form holds while it is being typed, and lets it go when it has been saved."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from ui.house.session import Session

UNSAVED = "填写的内容还没有保存，草稿也没能存下。"
LOST = "离开后会丢掉。可以先取消，再按 Ctrl+S 保存。"
BEAT = 3000  # ms: a crash costs no more than that


class Draftable(Protocol):
    """A form that can say what it holds."""

    @property
    def dirty(self) -> bool:
        """Whether it holds something that is not saved."""
        ...

    def draft(self) -> dict[str, Any]:
        """What it holds, as plain values."""
        ...


class DraftKeeper(QObject):
    """The drafts of one form. `told` says when the last one was kept, or that it could not be."""

    told = Signal(str)

    def __init__(self, session: Session, page: str, form: Draftable, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._page = page
        self._form = form
        self._key = ""
        self._kept: dict[str, Any] | None = None
        timer = QTimer(self)
        timer.timeout.connect(self.beat)
        timer.start(BEAT)
        session.keeping.connect(self.beat)

    def beat(self) -> None:
        """Keep what was typed since the last time."""
        if not self._form.dirty:
            return
        content = self._form.draft()
        if content == self._kept:
            return
        self._key = self._key or self.new_key()
        kept_at = self._session.drafts.keep(self._key, content)
        if kept_at is None:
            self.told.emit("草稿没能存下，磁盘可能已满。内容还在这里，请先不要关闭")
        else:
            self._kept = content
            self.told.emit(f"草稿已自动保存 {kept_at:%H:%M}")

    def new_key(self) -> str:
        """A key that no draft has yet."""
        return f"{self._page}/{uuid4().hex}"

    def release(self) -> bool:
        """The form is being left: what it holds stays as a draft. Whether nothing would be lost."""
        if self._form.dirty:
            self.beat()
            if self._kept != self._form.draft():
                return False
            self._session.say("没保存的内容已留作草稿，在工作台可以继续填写")
        self._key, self._kept = "", None
        return True

    def done(self) -> None:
        """The form was saved: the draft is no longer needed."""
        if self._key:
            self._session.drafts.forget(self._key)
        self._key, self._kept = "", None
        self.told.emit("")

    def adopt(self, key: str) -> None:
        """Go on with a draft that was kept earlier."""
        self._key, self._kept = key, None
