"""The year's book with so many different photos, made and shown in a process of its own: prints the peak of its memory.

`python -m bench.photos NUMBER`, in kB
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.reports.appendix import Photo
    from app.spool import Spool


def photos(number: int, spool: Spool) -> tuple[Photo, ...]:
    """So many photos of 1600 × 1200 pixels, each made small and put aside before the next one comes."""
    from PIL import Image, ImageFilter

    from app.reports.appendix import keep_photos

    base = Image.effect_noise((1600, 1200), 80).filter(ImageFilter.GaussianBlur(3)).convert("RGB")

    def taken(count: int) -> Photo:
        base.paste((count % 256, count // 256, 0), (0, 0, 64, 64))
        buffer = BytesIO()
        base.save(buffer, "JPEG")
        (made,) = keep_photos(buffer.getvalue(), f"照片{count}　党员大会", spool)
        return made

    return tuple(taken(count) for count in range(number))


def show(number: int) -> None:
    """What the page of reports does: gather, print, draw page after page of the very file."""
    import pypdfium2

    from app.reports.book import BookOptions, print_book
    from app.year.ledger import load_year
    from bench.ledgers import UNTIL, YEAR, opened, vault
    from ui.kit.preview import render_page

    ledger = opened(10)
    year = load_year(ledger, YEAR)
    ledger.close()
    spool = vault().spool()
    printed = print_book(year, UNTIL, None, BookOptions(photos=photos(number, spool)), spool=spool)
    document = pypdfium2.PdfDocument(printed.file.reader())
    for page in range(printed.pages - 20, printed.pages):
        render_page(document, page, 800)


if __name__ == "__main__":
    show(int(sys.argv[1]))
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")), flush=True)
