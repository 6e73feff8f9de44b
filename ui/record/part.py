"""What a form of a record holds beside the fields of the record."""

from __future__ import annotations

from typing import Any, Protocol


class Part(Protocol):
    """What a form holds beside its fields: a roll, votes, the parts of a pay slip."""

    def typed(self) -> Any:
        """What stands in it, as plain values."""
        ...

    def type_again(self, typed: Any, /) -> None:
        """Put what was typed back."""
        ...
