"""What a step changed in the roster, kept so that taking the step back gives back exactly what it replaced."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from app.dates import PartialDate
from app.errors import Refused
from app.people.members import Standing
from app.record import Record, entry, stored
from app.store import Store

R = TypeVar("R", bound=Record)


@stored
class Consequence(Record, called="步骤的连带变化", timeless=True):
    """One change that followed from a step: a field of a record, or with no field the record itself."""

    step: int = entry("步骤记录", required=True)
    kind: str = entry("记录种类", required=True, titles=True)
    record: int = entry("记录", required=True)
    field: str = entry("字段", default="")
    was: str = entry("原为", default="")
    became: str = entry("改为", default="")


@dataclass(frozen=True)
class Following:
    """Changes the roster as a step asks, and notes each change with it."""

    store: Store
    step: int

    def make(self, record: R) -> R:
        """A new record."""
        made = self.store[type(record)].save(record)
        self._note(made, "", "", "")
        return made

    def change(self, record: R, **fields: Any) -> R:
        """Other values in fields of a known record."""
        for name, value in fields.items():
            if getattr(record, name) != value:
                self._note(record, name, _stored(getattr(record, name)), _stored(value))
        return self.store[type(record)].save(replace(record, **fields))

    def _note(self, record: Record, field: str, was: str, became: str) -> None:
        kind = type(record).__name__
        note = Consequence(step=self.step, kind=kind, record=record.id, field=field, was=was, became=became)
        self.store[Consequence].save(note)


def give_back(store: Store, step: int, kinds: Iterable[type[Any]], *, people: bool) -> None:
    """Undo what followed from a step, the last first; what was changed by hand since stays as it is.

    `kinds` are those that a step can change. Without `people` the person whom an admission entered in the roster
    stays, for a step that is only corrected. One whom other records name stays too, without what the step gave him.
    """
    tables = {kind.__name__: store[kind] for kind in kinds}
    for note in sorted(store[Consequence].all(step=step), key=lambda note: -note.id):
        made, table = not note.field, tables[note.kind]
        enters = (made and note.kind != Standing.__name__) or note.field == "member"
        if enters and not people:
            continue
        known = next(iter(table.all(id=note.record)), None)
        if known is not None and made:
            with suppress(Refused):
                table.remove(known.id)
        elif known is not None and _stored(getattr(known, note.field)) == note.became:
            table.save(replace(known, **{note.field: _value(note)}))
        store[Consequence].remove(note.id)


def _stored(value: Any) -> str:
    return "" if value is None else str(value)


def _value(note: Consequence) -> Any:
    if note.was == "":
        return None
    return int(note.was) if note.field == "member" else PartialDate.parse(note.was)
