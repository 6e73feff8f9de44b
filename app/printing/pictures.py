"""Photos as small JPEG pictures; for a process of its own, as the file may be a stranger's."""

# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

import warnings
from io import BytesIO

Picture = tuple[bytes, int, int]
"""A JPEG, its width and its height in pixels."""
FORMATS = ("JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF")
"""The kinds of picture that are opened, whatever a file is called: others start programs of their own."""
MOST_PIXELS = 60_000_000
"""Pixels of a picture when it is decoded; more would take all the memory."""


def upright(data: bytes, edge: int, quality: int) -> list[Picture]:
    """A photo whose longest edge is so many pixels at most, upright as the camera meant it, on white where it is clear.

    Nothing for what is none.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.init()
    formats = [name for name in FORMATS if name in Image.OPEN]
    try:
        with warnings.catch_warnings():
            # The size is looked at here, after a large photo was asked for smaller.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(data), formats=formats)
        with opened:
            opened.draft("RGB", (edge, edge))
            if opened.size[0] * opened.size[1] > MOST_PIXELS:
                return []
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((edge, edge))
            if picture.has_transparency_data:
                above = picture.convert("RGBA")
                picture = Image.new("RGBA", above.size, "white")
                picture.alpha_composite(above)
            buffer = BytesIO()
            picture.convert("RGB").save(buffer, "JPEG", quality=quality)
            return [(buffer.getvalue(), *picture.size)]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return []
