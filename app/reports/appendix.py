"""照片附录: the year's photos and scans, four to a page, each with caption and day."""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc
from reportlab.platypus import Flowable as _Flowable
from reportlab.platypus import PageBreak

from app.apart import read_apart
from app.errors import Refused
from app.printing import style as s
from app.printing.pictures import Picture, upright
from app.printing.scans import scan_pages
from app.printing.text import Style, draw_lines, set_lines
from app.reports.parts import heading
from app.spool import Spool

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

LONGEST_EDGE = 900
"""Pixels: half a page's width at nearly 300 dots an inch."""
QUALITY = 75
GAP, WORDS = 12.0, 40.0
CAPTION = Style(s.CELL.face, 9, 12, "center")


@dataclass(frozen=True)
class Photo:
    """One picture, made small and put aside, with its size in pixels and the words below it."""

    spool: Spool
    piece: int
    width: int
    height: int
    words: str


def keep_photos(data: bytes, words: str, spool: Spool) -> list[Photo]:
    """Put a picture, or each page of a scan (PDF), aside as a JPEG whose longest edge is cut down.

    Nothing for what is neither; raises StorageTrouble.
    """
    pages = _read(scan_pages if data.startswith(b"%PDF-") else upright, data)
    kept: list[Photo] = []
    for number, (picture, width, height) in enumerate(pages, 1):
        of = f"（第 {number} 页，共 {len(pages)} 页）" if len(pages) > 1 else ""
        kept.append(Photo(spool, spool.put(picture), width, height, words + of))
    return kept


def _read(function: Callable[[bytes, int, int], list[Picture]], data: bytes) -> list[Picture]:
    """The pictures of a file; none of one that cannot be read."""
    try:
        return read_apart(function, data, LONGEST_EDGE, QUALITY, name="照片或扫描件")
    except Refused:
        return []


class _PhotoObject(pdfdoc.PDFImageXObject):
    """A photo in a document: fetched when it is written, and let go at once."""

    streamContent: Any

    def __init__(self, name: str, photo: Photo) -> None:
        super().__init__(name)
        self.photo = photo
        self.width, self.height = photo.width, photo.height
        self.bitsPerComponent = 8
        self.colorSpace = "DeviceRGB"
        self._filters = ("DCTDecode",)

    def format(self, document: Any) -> bytes:
        """The object as it is written."""
        self.streamContent = self.photo.spool.get(self.photo.piece)
        try:
            return super().format(document)
        finally:
            self.streamContent = b""


def _draw_photo(canvas: Any, photo: Photo, x: float, y: float, width: float, height: float) -> None:
    """What Canvas.drawImage does, for a picture that is not read before the document is written."""
    name = f"photo{photo.piece}"
    registered = canvas._doc.getXObjectName(name)
    if registered not in canvas._doc.idToObject:
        made = _PhotoObject(name, photo)
        canvas._doc.Reference(made, registered)
        canvas._doc.addForm(name, made)
    canvas._currentPageHasImages = 1
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(width, height)
    canvas._code.append(f"/{registered} Do")
    canvas.restoreState()
    canvas._formsinuse.append(name)


class FourPhotos(_Flowable):
    """A page of up to four pictures in two columns."""

    def __init__(self, photos: Sequence[Photo]) -> None:
        super().__init__()
        self.photos = photos

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """All the room there is, as far as it is needed."""
        rows = (len(self.photos) + 1) // 2
        self.width = aW
        self.height = min(aH, (s.FRAME_HEIGHT - 40) / 2 * rows)
        return aW, self.height

    def draw(self) -> None:
        """Draw each picture in its quarter, as large as it fits, with its words below."""
        rows = (len(self.photos) + 1) // 2
        across, down = (self.width - GAP) / 2, self.height / rows
        for number, photo in enumerate(self.photos):
            left = (number % 2) * (across + GAP)
            top = self.height - (number // 2) * down
            wide, high = photo.width, photo.height
            room = down - WORDS - GAP
            scale = min(across / wide, room / high)
            x, y = left + (across - wide * scale) / 2, top - room + (room - high * scale) / 2
            _draw_photo(self.canv, photo, x, y, wide * scale, high * scale)
            lines = set_lines(photo.words, CAPTION, across)[:3]
            draw_lines(self.canv, lines, CAPTION, across, top - room - 4, left)


def appendix(photos: Sequence[Photo]) -> list[Flowable]:
    """The appendix as a chapter: its heading, then the pages; nothing without photos."""
    story: list[Flowable] = [heading("photos", "照片附录")] if photos else []
    for start in range(0, len(photos), 4):
        story += [PageBreak()] if start else []
        story.append(FourPhotos(photos[start : start + 4]))
    return story
