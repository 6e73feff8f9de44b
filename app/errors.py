"""What the program tells a user when something cannot be done: each error has a text and an advice, in Chinese."""

from __future__ import annotations


class AppError(Exception):
    """Something the user can understand and act upon; shown as a bar in the page, never as a crash."""

    def __init__(self, text: str, advice: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.text}{self.advice}"


class Refused(AppError):
    """The request was understood and not carried out; nothing has changed."""


class NotFound(AppError):
    """A record that was asked for is no longer in the ledger."""


class StorageTrouble(AppError):
    """The ledger file could not be read or written; what was saved before is untouched."""


class Damaged(StorageTrouble):
    """The ledger file is not as it was left; it is not written to, and a backup can take its place."""


class PasswordNeeded(AppError):
    """The file can only be read with its password, or not with the one that was given."""
