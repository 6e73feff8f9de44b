"""四必谈: what happened to members in the year that asks for a talk, and whether there was one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.life.talks import DISPOSED, POST_CHANGED, Talk, TalkOccasion
from app.people.posts import PostTitle
from app.year.ledger import YearLedger


@dataclass(frozen=True)
class MustTalk:
    """One occasion: told by hand (`record`) or by other records of the ledger, with the talk that answered it."""

    member: int
    kind: str
    happened_on: date
    note: str
    record: TalkOccasion | None = None
    talk: Talk | None = None

    @property
    def id(self) -> int:
        """That of the record; 0 where other records tell of it."""
        return self.record.id if self.record else 0

    @property
    def open(self) -> bool:
        """Whether a talk is still owed."""
        return self.talk is None and not (self.record and self.record.waived_why.strip())


def must_talks(ledger: YearLedger, today: date) -> list[MustTalk]:
    """The occasions of the year up to a day, the open ones first, then by day.

    A change of post or of work and a disposition are told by their own records; bereavement and signs are entered by
    hand. A talk of the same kind on that day or later answers an occasion.
    """
    found: dict[tuple[int, str, date], MustTalk] = {}
    for item in _derived(ledger):
        found.setdefault((item.member, item.kind, item.happened_on), item)
    for record in ledger.occasions:
        if record.happened_on.year == ledger.year:
            key = (record.member, record.kind, record.happened_on)
            note = record.note or (found[key].note if key in found else "")
            found[key] = MustTalk(*key, note, record)
    answered = [_answered(ledger, item) for item in found.values() if item.happened_on <= today]
    return sorted(answered, key=lambda item: (not item.open, item.happened_on, item.member))


def _answered(ledger: YearLedger, item: MustTalk) -> MustTalk:
    talk = next(
        (
            talk
            for talk in ledger.talks
            if item.member in (talk.partner, talk.talker)
            and talk.kind == item.kind
            and talk.talked_on >= item.happened_on
        ),
        None,
    )
    return replace(item, talk=talk)


def _derived(ledger: YearLedger) -> Iterator[MustTalk]:
    for post in ledger.posts:
        # Who was elected with the whole committee has not changed her post.
        if post.title is PostTitle.GROUP_LEADER:
            continue
        if post.since and post.since.year == ledger.year and post.since != ledger.branch.elected:
            yield MustTalk(post.member, POST_CHANGED, post.since, f"任{post.title}")
        if post.until and post.until.year == ledger.year:
            yield MustTalk(post.member, POST_CHANGED, post.until, f"免{post.title}")
    for employment in ledger.roster.employments:
        since = employment.since
        if since is not None and since.exact and since.year == ledger.year:
            where = " ".join(part for part in (employment.department, employment.duty) if part)
            yield MustTalk(employment.member, POST_CHANGED, since.first, f"到{where}" if where else "工作变动")
    for disposition in ledger.dispositions:
        if disposition.decided_on.year == ledger.year:
            yield MustTalk(disposition.member, DISPOSED, disposition.decided_on, disposition.kind.value)
