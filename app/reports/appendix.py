"""照片附录: the year's photos and scans, four to a page, each with caption and day."""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable as _Flowable
from reportlab.platypus import PageBreak

from app.reports import style as s
from app.reports.parts import heading
from app.reports.text import Style, draw_lines, set_lines

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

LONGEST_EDGE = 900
"""Pixels: half a page's width at nearly 300 dots an inch."""
QUALITY = 75
GAP, WORDS = 12.0, 40.0
CAPTION = Style(s.CELL.face, 9, 12, "center")


@dataclass(frozen=True)
class Photo:
    """One picture, made small already, with the words below it."""

    data: bytes
    words: str


def small(data: bytes) -> bytes | None:
    """A picture as a JPEG whose longest edge is cut down, upright as the camera meant it; None for no picture."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as opened:
            opened.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
            picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


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
        from reportlab.lib.utils import ImageReader

        rows = (len(self.photos) + 1) // 2
        across, down = (self.width - GAP) / 2, self.height / rows
        for number, photo in enumerate(self.photos):
            left = (number % 2) * (across + GAP)
            top = self.height - (number // 2) * down
            reader: Any = ImageReader(BytesIO(photo.data))
            wide, high = reader.getSize()
            room = down - WORDS - GAP
            scale = min(across / wide, room / high)
            x, y = left + (across - wide * scale) / 2, top - room + (room - high * scale) / 2
            self.canv.drawImage(reader, x, y, wide * scale, high * scale)
            lines = set_lines(photo.words, CAPTION, across)[:3]
            draw_lines(self.canv, lines, CAPTION, across, top - room - 4, left)


def appendix(photos: Sequence[Photo]) -> list[Flowable]:
    """The appendix as a chapter: its heading, then the pages; nothing without photos."""
    story: list[Flowable] = [heading("photos", "照片附录")] if photos else []
    for start in range(0, len(photos), 4):
        story += [PageBreak()] if start else []
        story.append(FourPhotos(photos[start : start + 4]))
    return story
