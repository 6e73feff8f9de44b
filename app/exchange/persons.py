"""Who a row of a sheet is, and what it tells that the roster does not know or says otherwise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from app.dates import PartialDate
from app.people.members import Member, plain_name
from app.record import entries


class People:
    """The roster while a sheet comes in, found by number and by name."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._by_id = {member.id: member for member in members}
        self._by_number = {member.id_number: member.id for member in members if member.id_number}
        self._by_name: dict[str, set[int]] = {}
        for member in members:
            self._by_name.setdefault(plain_name(member.name), set()).add(member.id)

    def put(self, member: Member) -> None:
        """Know a member, or know her as she is now."""
        self._by_id[member.id] = member
        if member.id_number:
            self._by_number[member.id_number] = member.id
        self._by_name.setdefault(plain_name(member.name), set()).add(member.id)

    def get(self, id: int) -> Member | None:
        """A member by number of the ledger."""
        return self._by_id.get(id)

    def with_number(self, number: str) -> Member | None:
        """The member of this identity number."""
        found = self._by_number.get(number) if number else None
        return self._by_id[found] if found else None

    def named(self, name: str) -> list[Member]:
        """The members of this name, spaces aside."""
        return [self._by_id[id] for id in sorted(self._by_name.get(plain_name(name), ()))]

    def twins(self, member: Member) -> list[Member]:
        """Those a check has to look at: whoever has the same identity number."""
        found = self.with_number(member.id_number)
        return [found] if found else []


def may_be_same(told: Member, known: Member) -> bool:
    """Whether somebody of the same name may be the same person: no number and no birth date speaks against it."""
    if told.id_number and known.id_number and told.id_number != known.id_number:
        return False
    if told.birth is None or known.birth is None:
        return True
    return told.birth.first <= known.birth.last and known.birth.first <= told.birth.last


def complete(known: Member, told: Member, taken: Collection[str] = ()) -> tuple[Member, list[tuple[str, str, str]]]:
    """The known member with empty fields filled, dates made more precise and what is `taken` from the sheet.

    And the contradictions: field, what the roster says, what the sheet says.
    """
    changes: dict[str, Any] = {}
    differing: list[tuple[str, str, str]] = []
    for item in entries(Member):
        was, new = getattr(known, item.name), getattr(told, item.name)
        if item.name == "name" or new in ("", None, False) or new == was:
            continue
        finer = (
            isinstance(was, PartialDate)
            and isinstance(new, PartialDate)
            and was.first <= new.first <= new.last <= was.last
        )
        if was in ("", None, False) or finer:
            changes[item.name] = new
        elif not _agrees(item.name, was, new):
            differing.append((item.name, str(was), str(new)))
            if item.name in taken:
                changes[item.name] = new
    return replace(known, **changes), differing


def _agrees(name: str, was: Any, new: Any) -> bool:
    if isinstance(was, PartialDate) and isinstance(new, PartialDate):
        return new.first <= was.first <= was.last <= new.last
    return name == "ethnicity" and str(was).removesuffix("族") == str(new).removesuffix("族")
