"""The very PDF, page by page: drawn when seen, printed through the system's dialog."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.errors import Refused
from app.spool import SpooledFile
from ui.kit.theme import theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

AHEAD = 400
A4_HEIGHT = 842.0
FINE = 300 / 72
"""Pixels a point on paper."""


def render_page(document: Any, number: int, width: int) -> QImage:
    """One page (from 0) as an image of so many pixels across."""
    page = document[number]
    bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True, prefer_bgrx=False)
    size = QSize(bitmap.width, bitmap.height)
    formats = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888, 1: QImage.Format.Format_Grayscale8}
    image = QImage(bytes(bitmap.buffer), size.width(), size.height(), bitmap.stride, formats[bitmap.n_channels])
    return image.copy()


class Preview(QScrollArea):
    """The pages of a PDF one below the other."""

    page_changed = Signal(int, int)
    chosen = Signal(int)
    """A page was clicked, from 0."""

    def __init__(self, *, narrow: bool = False) -> None:
        """`narrow` shows small pages to choose from."""
        super().__init__()
        self._narrow = narrow
        if narrow:
            self.setFixedWidth(theme().px(112))
        self.setAccessibleName("缩略图" if narrow else "打印预览")
        self.setWidgetResizable(True)
        self.setStyleSheet(f"QScrollArea {{ background: {theme().colors['sunken']}; }}")
        self._holder = QWidget()
        self._box = QVBoxLayout(self._holder)
        self._box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._box.setSpacing(theme().px(12))
        self.setWidget(self._holder)
        self._document = None
        self._holder.setStyleSheet(f"QLabel {{ background: #FFFFFF; border: 1px solid {theme().colors['line2']}; }}")
        self._pages: list[QLabel] = []
        self._tops: list[int] = []
        """Where each page begins: known before it is shown, so that a hidden preview draws none."""
        self._drawn: set[int] = set()
        self.zoom = 1.0
        self.verticalScrollBar().valueChanged.connect(lambda _: self._draw_seen())

    def show_pdf(self, file: SpooledFile) -> None:
        """Show a document from its first page."""
        import pypdfium2

        if self._document is not None:
            self._document.close()
        self._document = pypdfium2.PdfDocument(file.reader())
        self._lay_out()
        self.verticalScrollBar().setValue(0)

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self._pages)

    @property
    def current(self) -> int:
        """The page at the top of the view, from 0."""
        top = self.verticalScrollBar().value() + theme().px(40)
        return max(bisect_right(self._tops, top) - 1, 0)

    def go_to(self, number: int) -> None:
        """Bring a page (from 0) to the top."""
        if self._pages:
            number = min(max(number, 0), len(self._pages) - 1)
            # Pages that were laid out just now can be scrolled to only when the area knows how long they are.
            for part in (self.widget(), self.viewport(), self):
                QCoreApplication.sendPostedEvents(part, QEvent.Type.LayoutRequest.value)
            top, bar = self._tops[number] - theme().px(8), self.verticalScrollBar()
            bar.setMaximum(max(bar.maximum(), top))
            bar.setValue(top)

    def set_zoom(self, zoom: float) -> None:
        """1.0 fits the width."""
        at = self.current
        self.zoom = min(max(zoom, 0.4), 3.0)
        if self._document is not None:
            self._lay_out()
            self.go_to(at)

    def _lay_out(self) -> None:
        for page in self._pages:
            page.hide()
            page.deleteLater()
        self._pages, self._tops, self._drawn = [], [], set()
        assert self._document is not None
        room = theme().px(76) if self._narrow else min(self.viewport().width() - theme().px(40), theme().px(620))
        width = round(room * self.zoom)
        top = self._box.contentsMargins().top()
        for number in range(len(self._document)):
            across, down = self._document.get_page_size(number)
            page = QLabel()
            page.setFixedSize(width, round(width * down / across))
            page.setAccessibleName(f"第 {number + 1} 页")
            self._box.addWidget(page)
            self._pages.append(page)
            self._tops.append(top)
            top += page.height() + self._box.spacing()
        self._box.activate()
        self._draw_seen()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the page under the pointer."""
        place = self._holder.mapFrom(self, event.position().toPoint())
        for number, page in enumerate(self._pages):
            if page.geometry().contains(place):
                self.chosen.emit(number)
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_seen()

    def _draw_seen(self) -> None:
        if not self.isVisible():
            return
        top = self.verticalScrollBar().value() - AHEAD
        bottom = top + self.viewport().height() + 2 * AHEAD
        ratio = self.devicePixelRatioF()
        for number, (page, begin) in enumerate(zip(self._pages, self._tops, strict=True)):
            seen = begin < bottom and begin + page.height() > top
            if seen and number not in self._drawn:
                image = render_page(self._document, number, round(page.width() * ratio))
                image.setDevicePixelRatio(ratio)
                page.setPixmap(QPixmap.fromImage(image))
                self._drawn.add(number)
            elif not seen and number in self._drawn and len(self._drawn) > 12:
                page.setPixmap(QPixmap())
                self._drawn.discard(number)
        self.page_changed.emit(self.current + 1, self.count)


def print_pdf(parent: QWidget, file: SpooledFile, name: str, *, duplex: bool = False) -> bool:
    """Print through the system's dialog, which proposes both sides when told; whether it was not cancelled.

    `name` is what the printer's queue shows. Raises Refused where there is no printer, or it stops.
    """
    import pypdfium2
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    document = pypdfium2.PdfDocument(file.reader())
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setDocName(name)
    if duplex:
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, len(document))
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        # Windows shows no dialog at all where there is no printer.
        if not QPrinterInfo.availablePrinterNames():
            raise Refused(
                "这台电脑没有装打印机。", "请先在系统里添加打印机，或用“导出 PDF”存成文件，拿到别的电脑上打印。"
            )
        return False
    first = printer.fromPage() or 1
    last = min(printer.toPage() or len(document), len(document))
    if not paint_pages(document, printer, range(first - 1, last)):
        raise Refused(
            "打印机没有接收。", "台账没有受影响。请检查打印机是否联机、是否缺纸，再打印一次；也可以导出 PDF。"
        )
    return True


def paint_pages(document: Any, printer: QPrinter, numbers: range) -> bool:
    """Paint pages (from 0) on a printer, each on paper of its own size; False when the printer takes no more.

    Where a job takes paper of one size only, as on Windows, each change of the size begins another job.
    """
    from PySide6.QtGui import QPageLayout, QPageSize
    from PySide6.QtPrintSupport import QPrinter

    painter = QPainter()
    for number in numbers:
        across, down = document.get_page_size(number)
        large = max(across, down) > A4_HEIGHT * 1.1
        size = QPageSize(QPageSize.PageSizeId.A3 if large else QPageSize.PageSizeId.A4)
        if painter.isActive() and printer.pageLayout().pageSize() != size and not printer.setPageSize(size):
            painter.end()
        if not painter.isActive():
            printer.setPageSize(size)
        wide = across > down
        printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
        if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
            painter.end()
            return False
        # The painter goes on with the paper it began with, and width() of Windows is that of the page before.
        paper = QRect(QPoint(), printer.pageLayout().fullRectPixels(printer.resolution()).size())
        painter.setViewport(paper)
        painter.setWindow(paper)
        image = render_page(document, number, min(paper.width(), round(across * FINE)))
        if printer.colorMode() == QPrinter.ColorMode.GrayScale:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)  # not every driver does it
        painter.drawImage(paper, image)
    return painter.end()
