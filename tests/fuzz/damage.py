"""Damages as they happen and as they are made: bits, gaps, ends, doubled parts, also inside of packed files."""

from __future__ import annotations

import io
import zipfile
import zlib
from random import Random


def damaged(data: bytes, random: Random) -> bytes:
    """The bytes of a file with some of it damaged; of a packed one at times what is inside, packed anew."""
    if data[:2] == b"PK" and random.random() < 0.5:
        return _inside(data, random)
    return _bytes(data, random)


def _bytes(data: bytes, random: Random) -> bytes:
    if not data:
        return random.randbytes(16)
    kept = bytearray(data)
    start = random.randrange(len(kept))
    length = min(len(kept) - start, random.choice((1, 2, 4, 16, 64, 512)))
    how = random.randrange(7)
    if how == 0:
        for _ in range(random.choice((1, 4, 16, 64))):
            kept[random.randrange(len(kept))] ^= 1 << random.randrange(8)
    elif how == 1:
        del kept[start:]
    elif how == 2:
        del kept[start : start + length]
    elif how == 3:
        kept[start : start + length] = bytes(length)
    elif how == 4:
        kept[start:start] = kept[start : start + length]
    elif how == 5:
        kept[start:start] = random.randbytes(length)
    else:
        kept[start : start + length] = random.choice((b"\xff", b"\x00", b"9", b"<", b'"', b"\n", b"[")) * length
    return bytes(kept)


def _inside(data: bytes, random: Random) -> bytes:
    """One member of a packed file damaged, gone, or twice there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = [(info.filename, packed.read(info)) for info in packed.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError):
        return _bytes(data, random)
    place = random.randrange(len(members))
    name, content = members[place]
    how = random.randrange(6)
    if how == 0:
        del members[place]
    elif how == 1:
        members[place] = (name, b"")
    elif how == 2:
        members[place] = (random.choice(members)[0], content)
    else:
        members[place] = (name, _bytes(content, random))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in dict(members).items():
            packed.writestr(name, content)
    return made.getvalue()
