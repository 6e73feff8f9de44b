"""One matter: what is to be done, what was found, what is missing. Every list of such things is made of these."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.record import Record
from app.ways import ToRecord, Way


class Level(StrEnum):
    """How much a matter weighs: it is missing or wrong, it is due or doubtful, it is only told."""

    ERROR = "错误"
    WARNING = "警告"
    NOTICE = "提示"


LEVELS = tuple(Level)


@dataclass(frozen=True)
class Matter:
    """What does not fit or is to be done, and the way there."""

    level: Level
    text: str
    detail: str = ""
    """A second line: by when, who, how much."""
    source: str = ""
    """The rule that asks for it."""
    code: str = ""
    """The kind of check."""
    key: str = ""
    """Names the matter for good, also when others come and go."""
    until: date | None = field(default=None, compare=False)
    """The day by which it is to be done; None where it has none."""
    way: Way | None = field(default=None, compare=False)
    about: tuple[type[Record], int] | None = field(default=None, compare=False)
    """The record it is about, by kind and number."""
    rules: tuple[str, ...] = field(default=(), compare=False)
    """The rules that the check goes by, as kind.figure."""


def of_record(
    code: str,
    kind: type[Record],
    record: int,
    level: Level,
    text: str,
    detail: str,
    until: date | None = None,
    way: Way | None = None,
) -> Matter:
    """A matter of one record; it leads there unless another way is given."""
    key = f"{code}:{kind.__name__}:{record}"
    return Matter(level, text, detail, "", code, key, until, way or ToRecord(kind, record), (kind, record))


def finding(code: str, level: Level, text: str, source: str, key: str, way: Way | None = None) -> Matter:
    """A matter that a check found in the records."""
    return Matter(level, text, "", source, code, key, None, way)
