"""Who was what on any day: the dated facts about the members, asked as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from app.dates import PartialDate
from app.people.circumstances import Circumstance, CircumstanceKind, holding
from app.people.dispositions import Disposition
from app.people.members import (
    IN_BRANCH,
    Employment,
    Member,
    MemberStatus,
    Placement,
    Restriction,
    Standing,
    VotingRestriction,
)
from app.people.replay import FollowingRestriction, FollowingStanding, restrictions_with_events, standings_with_events
from app.people.transfers import Transfer
from app.store import Reader


@dataclass(frozen=True)
class Roster:
    """Everybody of a ledger with the dated facts about them: who was what on any day."""

    members: tuple[Member, ...]
    standings: tuple[Standing, ...] = ()
    placements: tuple[Placement, ...] = ()
    restrictions: tuple[VotingRestriction, ...] = ()
    employments: tuple[Employment, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()

    @cached_property
    def _members(self) -> dict[int, Member]:
        return {member.id: member for member in self.members}

    @cached_property
    def _standings(self) -> dict[int, list[Standing]]:
        return by_member(self.standings)

    @cached_property
    def _placements(self) -> dict[int, list[Placement]]:
        return by_member(self.placements)

    @cached_property
    def _restrictions(self) -> dict[int, list[VotingRestriction]]:
        return by_member(self.restrictions)

    @cached_property
    def _employments(self) -> dict[int, list[Employment]]:
        return by_member(self.employments)

    def __getitem__(self, id: int) -> Member:
        return self._members[id]

    def __contains__(self, id: int) -> bool:
        return id in self._members

    def history(self, member: int) -> list[Standing]:
        """All statuses of a member in order of time."""
        return self._standings.get(member, [])

    def status(self, member: int, day: date) -> MemberStatus | None:
        """The member's status on a day; None before the first."""
        fact = as_of(self.history(member), day)
        return fact.status if fact else None

    def group(self, member: int, day: date) -> int | None:
        """The id of the member's group on a day."""
        fact = as_of(self._placements.get(member, ()), day)
        return fact.group if fact else None

    def employment(self, member: int, day: date) -> Employment | None:
        """Where the member works on a day, as far as it is known."""
        return as_of(self._employments.get(member, ()), day)

    def department(self, member: int, day: date) -> str:
        """The member's department on a day; empty when it is not known."""
        held = self.employment(member, day)
        return held.department if held else ""

    def holding(self, kind: CircumstanceKind, day: date) -> dict[int, Circumstance]:
        """With whom something is the case on a day, by member."""
        return holding(self.circumstances, kind, day)

    def restriction(self, member: int, day: date) -> Restriction:
        """What restricts the member's vote on a day."""
        fact = as_of(self._restrictions.get(member, ()), day)
        return fact.restriction if fact else Restriction.NONE

    def present(self, day: date) -> list[Member]:
        """The members of the branch on a day, full and probationary, in roster order."""
        return [member for member in self.members if self.status(member.id, day) in IN_BRANCH]

    def in_group(self, group: int, day: date) -> list[Member]:
        """The members of a group on a day."""
        return [member for member in self.present(day) if self.group(member.id, day) == group]

    def belonged(self, member: int, first: date, last: date) -> bool:
        """Whether the member was in the branch on any day of the span, inclusive."""
        return self.status(member, first) in IN_BRANCH or any(
            fact.status in IN_BRANCH and fact.since is not None and first <= fact.since.first <= last
            for fact in self.history(member)
        )

    def ever_in(self, first: date, last: date) -> list[Member]:
        """Who belonged to the branch on any day of the span, inclusive."""
        return [member for member in self.members if self.belonged(member.id, first, last)]

    def may_vote(self, member: int, day: date) -> bool:
        """Whether the member may vote on a day: full and unrestricted (党章 art. 7, 选举条例 art. 5)."""
        full = self.status(member, day) is MemberStatus.FULL
        return full and self.restriction(member, day) is Restriction.NONE

    def changes(self, first: date, last: date) -> list[Change]:
        """Who joined, was confirmed or left within the span, inclusive, in order of time."""
        found: list[Change] = []
        for member in self.members:
            before: MemberStatus | None = None
            for fact in self.history(member.id):
                if fact.since is not None and first <= fact.since.first <= last:
                    found.append(Change(member, fact, _change_kind(before, fact.status)))
                before = fact.status
        return sorted(found, key=lambda change: (order(change.fact), change.member.id))


@dataclass(frozen=True)
class Change:
    """One coming, going or confirmation, with the dated fact that tells it."""

    member: Member
    fact: Standing
    kind: str


def _change_kind(before: MemberStatus | None, after: MemberStatus) -> str:
    if after is MemberStatus.PROBATIONARY and before is None:
        return "接收预备党员"
    if after is MemberStatus.FULL and before is MemberStatus.PROBATIONARY:
        return "转正"
    if after in IN_BRANCH:
        return "转入" if before is None else "恢复"
    return after.value


class Dated(Protocol):
    """A fact about a member that holds from a day on."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def member(self) -> int:
        """Whom it is about."""
        ...

    @property
    def since(self) -> PartialDate | None:
        """The first day it holds; None: as long as the ledger knows."""
        ...


F = TypeVar("F", bound=Dated)


def order(fact: Dated) -> tuple[date, bool, int]:
    """The key that sorts dated facts by time; what has no day comes first, what follows from an event last."""
    follows = isinstance(fact, FollowingStanding | FollowingRestriction)
    return (fact.since.first if fact.since else date.min, follows, fact.id)


def by_member(facts: Iterable[F]) -> dict[int, list[F]]:
    """Dated facts grouped by member, each in order of time."""
    grouped: dict[int, list[F]] = {}
    for fact in sorted(facts, key=order):
        grouped.setdefault(fact.member, []).append(fact)
    return grouped


def as_of(facts: Sequence[F], day: date) -> F | None:
    """The fact that holds on a day: the last one that began on it or before (facts in order of time)."""
    held = None
    for fact in facts:
        if fact.since is not None and fact.since.first > day:
            break
        held = fact
    return held


def _with_events(
    members: Sequence[Member],
    standings: Sequence[Standing],
    transfers: Sequence[Transfer],
    dispositions: Sequence[Disposition],
) -> Iterator[Standing]:
    moved, judged = _grouped(transfers), _grouped(dispositions)
    if not moved and not judged:
        yield from standings
        return
    entered = _grouped(standings)
    for member in members:
        id = member.id
        if id in moved or id in judged:
            yield from standings_with_events(member, entered.get(id, ()), moved.get(id, ()), judged.get(id, ()))
        else:
            yield from entered.get(id, ())


E = TypeVar("E", Standing, Transfer, Disposition)


def _grouped(records: Iterable[E]) -> dict[int, list[E]]:
    grouped: dict[int, list[E]] = {}
    for record in records:
        grouped.setdefault(record.member, []).append(record)
    return grouped


def load_roster(store: Reader) -> Roster:
    """The roster of an open ledger, with what follows from transfers and dispositions."""
    members, transfers, dispositions = store[Member].all(), store[Transfer].all(), store[Disposition].all()
    return Roster(
        tuple(members),
        tuple(_with_events(members, store[Standing].all(), transfers, dispositions)),
        tuple(store[Placement].all()),
        tuple(restrictions_with_events(store[VotingRestriction].all(), dispositions)),
        tuple(store[Employment].all()),
        tuple(store[Circumstance].all()),
    )
