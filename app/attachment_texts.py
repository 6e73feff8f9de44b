"""The words of attached documents and tables, read once so that a search finds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Protocol

TABLES = (".xlsx", ".xls", ".et", ".ods")
DOCUMENTS = (".docx", ".pdf", ".txt", ".htm", ".html")


def holds_words(name: str) -> bool:
    """Whether words can be read from a file of this name; a scan may turn out to have none."""
    return PurePath(name).suffix.lower() in TABLES + DOCUMENTS


class AttachmentTexts(Protocol):
    """The words of a ledger's attachments by the digest of their content, kept on this machine under its password.

    They can be read anew at any time: what cannot be kept is no reason to stop.
    """

    def known(self) -> set[str]:
        """The contents that were read."""
        ...

    def keep(self, digest: str, words: str) -> None:
        """Keep the words of a content; none for one in which there are none."""
        ...

    def forget(self, digests: Iterable[str]) -> None:
        """Forget contents that belong to no record any more."""
        ...

    def saying(self, words: str) -> Mapping[str, str]:
        """The contents in which words occur, with all of their text."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...
