"""The contents of attachments, each named by what it holds."""

from __future__ import annotations

import hashlib
from typing import Protocol


class Blobs(Protocol):
    """The contents of attachments by their SHA-256. A content stays, so that the trash can give it back."""

    def put(self, data: bytes) -> str:
        """Keep a content, once; returns its digest. Raises StorageTrouble."""
        ...

    def get(self, digest: str) -> bytes:
        """A content; raises NotFound when the file does not hold it."""
        ...


def digest_of(data: bytes) -> str:
    """The name of a content."""
    return hashlib.sha256(data).hexdigest()
