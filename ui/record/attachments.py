"""The attachments of one record: added, looked at, saved elsewhere, taken away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QMimeData, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPainter,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.apart import read_apart
from app.attachments import LARGEST, Attachment, Owner, attach, attachments_of, describe, detach, same_content
from app.errors import AppError, Refused
from app.printing.pictures import upright
from app.whole_files import whole
from ui.house.session import Session
from ui.kit.basic import button, clear, label, row
from ui.kit.editors import line_edit
from ui.kit.files import write_bytes
from ui.kit.messages import Bar, ask
from ui.kit.theme import theme

LARGE = 1500 * 1024
"""Bytes from which a picture is offered to be shrunk."""
LONGEST_EDGE = 2000
"""Pixels; a page of A4 printed at 170 dpi."""
QUALITY = 82


class Attachments(QWidget):
    """A list of files with a record; without one yet, nothing."""

    def __init__(self, session: Session, owner: Owner) -> None:
        super().__init__()
        self._session = session
        self._owner = owner
        self._id = 0
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(4))
        self._add = button("添加照片或扫描件…", self.choose, kind="small", icon="add")
        self._paste = button("粘贴", self.paste, kind="small", tip="粘贴截图、照片或文件")
        box.addLayout(row(label("附件", "head"), None, self._paste, self._add))
        self.setAcceptDrops(True)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.paste)
        self.bar = Bar()
        box.addWidget(self.bar)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme().px(4))
        box.addLayout(self._list)

    def show_of(self, id: int) -> None:
        """Show those of one record."""
        self._id = id
        self.bar.hide()
        clear(self._list)
        found = attachments_of(self._session.ledger, self._owner, id) if id else []
        if not found:
            self._list.addWidget(
                label("没有附件。签到表、照片、材料扫描件可以加在这里，也可以拖进来、粘贴进来。", "caption", wrap=True)
            )
        for item in found:
            size = (
                f"{item.size / 1024 / 1024:.1f} MB" if item.size >= 1024 * 1024 else f"{max(1, item.size // 1024)} KB"
            )
            name = button(item.name, lambda item=item: self.open(item), kind="link")
            name.setToolTip(f"{item.name}　{item.added_on}　{size}")
            save = button("另存", lambda item=item: self.save_as(item), kind="icon", icon="arrow_download")
            gone = button("删除附件", lambda item=item: self.remove(item), kind="icon", icon="delete")
            self._list.addLayout(row(name, label(size, "caption"), None, save, gone, spacing=4))
            caption = line_edit(hint="说明，印在附件目录和照片下面")
            caption.setText(item.caption)
            caption.setAccessibleName(f"{item.name}的说明")
            caption.editingFinished.connect(lambda item=item, caption=caption: self.describe(item, caption.text()))
            self._list.addWidget(caption)

    def choose(self) -> None:
        """Ask for files and add them."""
        names, _ = QFileDialog.getOpenFileNames(self, "添加附件", str(Path.home()), "照片和文件 (*)")
        self.add(*(Path(name) for name in names))

    def add(self, *paths: Path) -> None:
        """Add files, all or none; large pictures are offered to be shrunk, once for all; one used before is told."""
        found: list[tuple[str, bytes]] = []
        shrink: bool | None = None
        try:
            for path in paths:
                # A photo that is too large is offered to be shrunk.
                data = whole(path, 2 * LARGEST, "请压缩或拆分后再加入。")
                small = shrunk(data) if len(data) > LARGE else b""
                worth = 0 < len(small) < len(data) * 0.7
                if worth and shrink is None:
                    text = f"“{path.name}”有 {_megabytes(data)} MB，缩小后约 {_megabytes(small)} MB。"
                    more = "这次加的照片都这样办。" if len(paths) > 1 else ""
                    shrink = ask(self, text, f"打印出来看不出差别。{more}", "缩小后加入")
                found.append((f"{path.stem}.jpg", small) if worth and shrink else (path.name, data))
        except AppError as error:
            self.bar.show_error(error)
            return
        self._keep(found)

    def paste(self) -> None:
        """Add what was copied: files, or a picture from another program."""
        # None where another program holds the clipboard.
        self._take(QGuiApplication.clipboard().mimeData() or QMimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._id and (_files(event.mimeData()) or event.mimeData().hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _take(self, told: QMimeData) -> None:
        """Files that were copied or dragged here, else a picture."""
        if not self._id:
            return
        paths = _files(told)
        image = told.imageData() if not paths and told.hasImage() else None
        if paths:
            self.add(*paths)
        elif isinstance(image, QImage) and not image.isNull():
            self._keep([("粘贴的图片.jpg", _as_photo(image))])
        else:
            self.bar.show_text("剪贴板里没有图片或文件。先在微信、截图工具或文件夹里复制，再点“粘贴”。", "warning")

    def _keep(self, files: list[tuple[str, bytes]]) -> None:
        """Keep files with the record as one action, and say which were used before."""
        ledger = self._session.ledger
        used = [first for _, data in files for first in same_content(ledger, data)[:1]]
        try:
            with ledger.transaction("加入附件"):
                for name, data in files:
                    attach(ledger, self._owner, self._id, name, data, self._session.today())
        except AppError as error:
            self.bar.show_error(error)
            return
        self.show_of(self._id)
        if used:
            first = used[0]
            self.bar.show_text(
                f"同一张照片已经用在别处（{first.added_on} 加入，{first.owner}），检查时会被问到。", "warning"
            )

    def open(self, item: Attachment) -> None:
        """Show a picture; other files are saved first."""
        if not item.picture:
            self.save_as(item)
            return
        try:
            data = self._session.ledger.blobs.get(item.digest)
        except AppError as error:
            self.bar.show_error(error)
            return
        image = QImage.fromData(shrunk(data))
        if image.isNull():
            self.bar.show_text(f"“{item.name}”不是能显示的图片，可以另存后用别的程序打开。", "warning")
            return
        dialog = QDialog(self)
        dialog.setWindowTitle("查看附件")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = label()
        edge = Qt.AspectRatioMode.KeepAspectRatio
        size = self.window().size() * 0.8
        shown.setPixmap(QPixmap.fromImage(image).scaled(size, edge, Qt.TransformationMode.SmoothTransformation))
        shown.setAccessibleName(item.name)
        box = QVBoxLayout(dialog)
        box.addWidget(shown)
        box.addLayout(row(label(item.name, "secondary"), None, button("关闭", dialog.close)))
        dialog.show()

    def describe(self, item: Attachment, caption: str) -> None:
        """Give a file the words that are printed with it; the same words again change nothing."""
        ledger = self._session.ledger
        known = next((found for found in attachments_of(ledger, self._owner, self._id) if found.id == item.id), None)
        if known is None or known.caption == caption.strip():
            return
        try:
            describe(ledger, known, caption)
        except AppError as error:
            self.bar.show_error(error)

    def save_as(self, item: Attachment) -> None:
        """Write a file where the user says."""
        name, _ = QFileDialog.getSaveFileName(self, "另存附件", str(Path.home() / item.name))
        if name:
            try:
                write_bytes(Path(name), self._session.ledger.blobs.get(item.digest))
            except AppError as error:
                self.bar.show_error(error)

    def remove(self, item: Attachment) -> None:
        """Take a file away; it can be undone."""
        try:
            detach(self._session.ledger, item.id)
        except AppError as error:
            self.bar.show_error(error)
            return
        self.show_of(self._id)
        self._session.say("已删除一个附件", undo=True)


def _megabytes(data: bytes) -> str:
    return f"{len(data) / 1024 / 1024:.1f}"


def _files(told: QMimeData) -> list[Path]:
    """The files that were copied or dragged."""
    return [Path(url.toLocalFile()) for url in told.urls() if url.isLocalFile()]


def _as_photo(image: QImage) -> bytes:
    """A picture of the clipboard as JPEG on white, its longest edge cut down."""
    if max(image.width(), image.height()) > LONGEST_EDGE:
        edge = Qt.AspectRatioMode.KeepAspectRatio
        image = image.scaled(LONGEST_EDGE, LONGEST_EDGE, edge, Qt.TransformationMode.SmoothTransformation)
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    paper.save(buffer, "JPG", QUALITY)  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(buffer.data().data())


def shrunk(data: bytes) -> bytes:
    """A picture as JPEG, upright, with its longest edge cut down; empty when it is no picture.

    It may be a stranger's: a process of its own looks at it.
    """
    try:
        found = read_apart(upright, data, LONGEST_EDGE, QUALITY, name="照片")
    except Refused:
        return b""
    return found[0][0] if found else b""
