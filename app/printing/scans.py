"""The pages of a scan as small JPEG pictures; for a process of its own, as the file may be a stranger's."""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

from io import BytesIO
from typing import Any

from app.printing.pictures import Picture

MOST_PAGES = 200
"""Pages of one scan that are printed."""


def scan_pages(data: bytes, edge: int, quality: int) -> list[Picture]:
    """Each page of a PDF as a JPEG whose longest edge is so many pixels, with its size; bad pages are left out."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    found: list[Picture] = []
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
            scale: Any = edge / max(1.0, *page.get_size())
            picture = page.render(scale=scale).to_pil().convert("RGB")
        except pypdfium2.PdfiumError:
            continue
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        found.append((buffer.getvalue(), *picture.size))
    return found
