"""Bytes put aside while something large is made, so that they need not all be in memory at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 1 << 16


class Spool(Protocol):
    """Pieces of bytes, kept until nobody holds the spool any more. Nobody else can read them, whatever they lie on."""

    def put(self, piece: bytes) -> int:
        """Keep a piece; returns its number. Raises StorageTrouble."""
        ...

    def get(self, number: int) -> bytes:
        """A piece that was kept; raises StorageTrouble."""
        ...


class MemorySpool:
    """A spool for what is small: everything stays in memory."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def put(self, piece: bytes) -> int:
        """Keep a piece; returns its number."""
        self._pieces.append(piece)
        return len(self._pieces) - 1

    def get(self, number: int) -> bytes:
        """A piece that was kept."""
        return self._pieces[number]


class SpooledFile:
    """A file written once from front to back, then read from anywhere, in pieces of PIECE bytes."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._numbers: list[int] = []
        self._open = bytearray()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Add to the end; returns how many bytes."""
        self._open += data
        self.size += len(data)
        while len(self._open) >= PIECE:
            self._keep(PIECE)
        return len(data)

    def done(self) -> None:
        """Nothing more is written."""
        if self._open:
            self._keep(PIECE)

    def _keep(self, length: int) -> None:
        self._numbers.append(self._spool.put(bytes(self._open[:length])))
        del self._open[:length]

    def piece(self, index: int) -> bytes:
        """The piece that begins at byte PIECE × index."""
        return self._spool.get(self._numbers[index])

    def pieces(self) -> Iterator[bytes]:
        """The whole, piece by piece."""
        return (self.piece(index) for index in range(len(self._numbers)))

    def reader(self) -> io.RawIOBase:
        """The whole as a file of its own to read from."""
        return _Reader(self)


class _Reader(io.RawIOBase):
    def __init__(self, file: SpooledFile) -> None:
        super().__init__()
        self._file = file
        self._at = 0
        self._last = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.size}[whence]
        self._at = start + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view) and self._at < self._file.size:
            index, start = divmod(self._at, PIECE)
            if self._last[0] != index:
                self._last = (index, self._file.piece(index))
            part = self._last[1][start : start + len(view) - done]
            view[done : done + len(part)] = part
            done += len(part)
            self._at += len(part)
        return done
