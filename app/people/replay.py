"""What follows from transfers and dispositions: facts of the roster that are told, not stored, and go with their event.

What somebody is in the Party and whether he is in this branch are two things: a transfer moves a person and changes no
status. So nothing is overwritten by an event that is entered late, corrected or deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.dates import PartialDate, add_months
from app.people.dispositions import ENDING, Disposition, DispositionKind
from app.people.members import IN_BRANCH, Member, MemberStatus, Restriction, Standing, VotingRestriction
from app.people.transfers import Direction, Transfer, note_of
from app.record import stored
from app.rules.rulebook import FIRST_DAY, rulebook_on


@stored
class FollowingStanding(Standing):
    """A status that follows from a transfer or a disposition; it is nowhere stored. `id` is that of the event."""


@stored
class FollowingRestriction(VotingRestriction):
    """A restriction that follows from a disposition, or its end."""


def order(fact: Standing) -> tuple[date, bool, int]:
    """The key that sorts facts by time: what has no day first, what follows from an event after what was entered."""
    return (fact.since.first if fact.since else date.min, isinstance(fact, FollowingStanding), fact.id)


def standings_with_events(
    member: Member, standings: Sequence[Standing], transfers: Sequence[Transfer], dispositions: Sequence[Disposition]
) -> list[Standing]:
    """The statuses of a member in order of time: those that were entered, and those that follow from events."""
    told = [*_entered(standings, transfers, dispositions), *_ended(dispositions)]
    told.sort(key=order)
    if not transfers:
        return told
    moves = sorted(transfers, key=lambda item: (item.moved_on, item.id))
    away = list(_away(moves))
    shown = [fact for fact in told if not (fact.status in IN_BRANCH and _within(fact, away))]
    for move in moves:
        status = MemberStatus.TRANSFERRED
        if move.direction is Direction.IN:
            was = status_before(member, told, move.moved_on)
            if was is None:
                continue
            status = was
        shown.append(
            FollowingStanding(
                id=move.id, member=member.id, since=PartialDate.of(move.moved_on), status=status, note=note_of(move)
            )
        )
    return sorted(shown, key=order)


def _entered(
    standings: Sequence[Standing], transfers: Sequence[Transfer], dispositions: Sequence[Disposition]
) -> Iterator[Standing]:
    """The statuses that were entered; what earlier programs stored beside an event is that event."""
    out = {(PartialDate.of(item.moved_on), note_of(item)) for item in transfers if item.direction is Direction.OUT}
    ended = {(PartialDate.of(item.approved_on), item.kind.value) for item in dispositions if item.approved_on}
    for fact in standings:
        left = fact.status is MemberStatus.TRANSFERRED and (fact.since, fact.note) in out
        expelled = fact.status is MemberStatus.EXPELLED and (fact.since, fact.note) in ended
        if not left and not expelled:
            yield fact


def _ended(dispositions: Iterable[Disposition]) -> Iterator[Standing]:
    """Who is expelled or removed leaves on the day of the superior's approval (党章 art. 42), not before."""
    for item in dispositions:
        if item.kind in ENDING and item.approved_on:
            yield FollowingStanding(
                id=item.id,
                member=item.member,
                since=PartialDate.of(item.approved_on),
                status=MemberStatus.EXPELLED,
                note=item.kind.value,
                leaving=item.leaving,
            )


def _away(moves: Sequence[Transfer]) -> Iterator[tuple[date, date]]:
    """The spans in which somebody was in another branch, from the first day to the day before the return.

    Before the first coming it is all the time. After the last leaving the span is open, and a status entered there by
    hand is a return that somebody told without a letter.
    """
    left: date | None = date.min
    for move in moves:
        if move.direction is Direction.IN and left is not None:
            yield left, move.moved_on
            left = None
        elif move.direction is Direction.OUT:
            left = move.moved_on
        else:
            left = None


def _within(fact: Standing, spans: Iterable[tuple[date, date]]) -> bool:
    first = fact.since.first if fact.since else date.min
    return any(begin <= first < end for begin, end in spans)


def status_before(member: Member, told: Sequence[Standing], day: date) -> MemberStatus | None:
    """What somebody is in the Party on a day, wherever; None when nothing tells.

    By the last status that was entered, else by the days of confirmation and joining.
    """
    held = [fact for fact in told if (fact.since.first if fact.since else date.min) <= day]
    own = [fact.status for fact in held if fact.status is not MemberStatus.TRANSFERRED]
    if own:
        return own[-1]
    if member.confirmed is not None and member.confirmed.first <= day:
        return MemberStatus.FULL
    later = [fact.status for fact in told if fact.status in IN_BRANCH]
    if member.joined is None:
        return later[0] if later else None
    rule = rulebook_on(max(member.joined.last, FIRST_DAY)).development
    over = add_months(member.joined.last, rule.probation_months + rule.extend_most) <= day
    return MemberStatus.FULL if over and MemberStatus.PROBATIONARY not in later else MemberStatus.PROBATIONARY


def restrictions_with_events(
    restrictions: Sequence[VotingRestriction], dispositions: Sequence[Disposition]
) -> list[VotingRestriction]:
    """What restricts a vote: 留党察看 from the approval to the decision that ends it, never by the calendar."""
    mine = [item for item in dispositions if item.kind is DispositionKind.PARTY_PROBATION]
    word = DispositionKind.PARTY_PROBATION.value
    earlier = (word, f"{word}期满")
    told = [fact for fact in restrictions if not (mine and fact.note in earlier)]
    for item in mine:
        if item.approved_on is None:
            continue
        spans = [(item.approved_on, Restriction.PARTY_PROBATION)]
        spans += [(item.ended_on, Restriction.NONE)] if item.ended_on else []
        for day, restriction in spans:
            told.append(
                FollowingRestriction(
                    id=item.id, member=item.member, since=PartialDate.of(day), restriction=restriction, note=word
                )
            )
    return told
