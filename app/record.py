"""Records: frozen dataclasses whose fields carry the Chinese label that form, table, spreadsheet and print share."""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypeVar

from app.errors import Refused

R = TypeVar("R")


class Severity(StrEnum):
    """How much a problem weighs: an error keeps the record out, a warning takes a reason and lets it in."""

    ERROR = "错误"
    WARNING = "提示"


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field, in words for the person who typed it."""

    field: str
    text: str
    severity: Severity = Severity.ERROR


class Unit(StrEnum):
    """What a whole number counts. An amount of money is kept in 分 and shown in 元."""

    FEN = "分"
    MINUTES = "分钟"
    HOURS = "学时"
    DAYS = "天"
    MONTHS = "个月"
    PERCENT = "%"
    TIMES = "次"
    BALLOTS = "票"
    PEOPLE = "人"
    SCORE = "得分"
    """Tenths of a point, shown as points."""


def entry(
    label: str,
    *,
    default: Any = dataclasses.MISSING,
    required: bool = False,
    of: type[Record] | str | None = None,
    of_owner: str = "",
    part: bool = False,
    unit: Unit | None = None,
    tells_year: bool = False,
    titles: bool = False,
    words: str = "",
    long: bool = False,
    printed: bool = True,
    personal: bool = False,
    ahead: bool = False,
) -> Any:
    """A field of a record: its Chinese label and what it is; without `default` it must be given when made.

    `of` is the kind of record whose number it holds, by name where that kind stands on a higher floor; `of_owner` is
    the field beside it that says of which kind, by its Chinese name. With `part` the record is a part of that other
    one and belongs to its year. `tells_year` is the day, month or year that decides to which year the record belongs;
    `titles` means that it is part of what the record is called in a list; `words` is the code of the list of words
    that are offered for it; `long` is a text of several lines; what is not
    `printed` is for the ledger alone and leaves it only when asked for; what is `personal` (a number of identity, a
    telephone, what was said in a talk) is handed up only with the whole ledger; a day that is `ahead` is a last day or
    one that is planned.
    """
    told = {
        "label": label,
        "required": required,
        "of_told": of,
        "of_owner": of_owner,
        "part": part,
        "unit": unit,
        "tells_year": tells_year,
        "titles": titles,
        "words": words,
        "long": long,
        "printed": printed,
        "personal": personal,
        "ahead": ahead,
    }
    return dataclasses.field(default=default, metadata=told, kw_only=True)


@typing.dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(entry,))
def stored(kind: type[R]) -> type[R]:
    """Make a class a kind of record or value: its fields are found here, the rest is said once in `Value`.

    To let `dataclass` write methods anew for each of the many kinds would cost every start.
    """
    return dataclass(init=False, eq=False, repr=False, kw_only=True)(kind)


@stored
class Value:
    """Something that does not change: made of fields given by name, equal to another of its kind with the same."""

    def __init__(self, **values: Any) -> None:
        """Raises TypeError for a field that the kind has not, or that is not given."""
        defaults, required = _defaults(type(self))
        if not values.keys() <= defaults.keys():
            raise TypeError(f"{type(self).__name__} has no {sorted(values.keys() - defaults.keys())}")
        if not required <= values.keys():
            raise TypeError(f"{type(self).__name__} lacks {sorted(required - values.keys())}")
        self.__dict__.update(defaults)
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *(value for value in vars(self).values() if isinstance(value, int | str))))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


@stored
class Record(Value):
    """One row of the ledger. `id` is 0 until it has been saved."""

    called: ClassVar[str] = ""
    """What the kind is called in Chinese."""
    timeless: ClassVar[bool] = False
    """Whether records of the kind belong to no year."""
    spans: ClassVar[tuple[str, str] | None] = None
    """The fields of its first and last day (or year), inclusive, where a record holds through all years between."""

    id: int = 0

    def __init_subclass__(
        cls, *, called: str = "", timeless: bool = False, spans: tuple[str, str] | None = None, **more: Any
    ) -> None:
        """Every kind of record says what it is called and to which years its records belong."""
        super().__init_subclass__(**more)
        if called:
            cls.called, cls.timeless, cls.spans = called, timeless, spans
            _KINDS[cls.__name__] = cls

    def __hash__(self) -> int:
        return hash((type(self), self.id))


_KINDS: dict[str, type[Record]] = {}


def kinds() -> tuple[type[Record], ...]:
    """Every kind of record that was imported so far."""
    return tuple(_KINDS.values())


def kept_as(kind: type[Record]) -> type[Record]:
    """The kind of which the ledger keeps the records of a kind: itself, or the one it was laid out from."""
    return next(known for known in kind.__mro__ if _KINDS.get(known.__name__) is known)


def kind_called(name: str) -> type[Record]:
    """The kind with this Chinese name; raises KeyError."""
    return next((kind for kind in _KINDS.values() if kind.called == name), None) or _KINDS[name]


@cache
def _defaults(kind: type[Value]) -> tuple[dict[str, Any], frozenset[str]]:
    """The value of each field that is not given, in order, and the fields that must be given."""
    defaults = {field.name: field.default for field in dataclasses.fields(kind)}
    return defaults, frozenset(name for name, value in defaults.items() if value is dataclasses.MISSING)


@dataclass(frozen=True)
class Entry:
    """One field of a record: name, label, type without None, whether it must or may be empty, and what it is."""

    name: str
    label: str
    type: type
    required: bool
    optional: bool
    unit: Unit | None
    tells_year: bool
    titles: bool
    part: bool
    words: str
    long: bool
    printed: bool
    personal: bool
    ahead: bool
    of_told: type[Record] | str | None
    of_owner: str

    @property
    def of(self) -> type[Record] | None:
        """The kind of record whose number the field holds; None where it is no number of a record."""
        return _KINDS[self.of_told] if isinstance(self.of_told, str) else self.of_told

    def whose(self, values: typing.Mapping[str, Any]) -> type[Record] | None:
        """The kind of record that the field points to in a record with these values."""
        owner = values.get(self.of_owner) if self.of_owner else None
        return kind_called(str(owner)) if owner else self.of


@cache
def entries(kind: type[Record]) -> tuple[Entry, ...]:
    """The labelled fields of a kind of record, in order, without `id`."""
    return tuple(
        _entry_of(field.name, field.metadata, _meaning(str(field.type), kind.__module__))
        for field in dataclasses.fields(kind)
        if field.name != "id"
    )


@cache
def _meaning(annotation: str, module: str) -> Any:
    """The type that an annotation names in its module; most fields share a few, and each is worked out once."""
    return eval(annotation, vars(sys.modules[module]))


def _entry_of(name: str, told: typing.Mapping[str, Any], hint: Any) -> Entry:
    optional = isinstance(hint, types.UnionType)
    plain: type = next(part for part in typing.get_args(hint) if part is not type(None)) if optional else hint
    return Entry(name=name, type=plain, optional=optional, **told)


@cache
def whole_of(kind: type[Record]) -> Entry | None:
    """The field that tells of which other record those of the kind are parts; None where they stand alone."""
    return next((item for item in entries(kind) if item.part), None)


def label(kind: type[Record], name: str) -> str:
    """The Chinese label of one field."""
    return next(entry.label for entry in entries(kind) if entry.name == name)


def missing_entries(record: Record) -> list[Problem]:
    """A problem for each required field that is empty."""
    return [
        Problem(entry.name, f"请填写{entry.label}")
        for entry in entries(type(record))
        if entry.required and _empty(getattr(record, entry.name))
    ]


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def refuse_errors(problems: Sequence[Problem]) -> None:
    """Raise Refused with the words of every error among the problems; warnings pass."""
    errors = [problem.text for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise Refused("；".join(errors) + "。")
