"""The dated facts of a roster that comes in: added where the ledger has none, told where it says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from app.branch.groups import Group
from app.dates import PartialDate, read_partial
from app.dues.bases import DuesBasis, DuesCategory
from app.errors import Refused
from app.exchange.member_rows import MemberRow
from app.exchange.member_status import LEFT
from app.exchange.sheet import Difference
from app.exchange.words import group_core, leaving_in, packed
from app.money import yuan
from app.people.circumstances import Circumstance, CircumstanceKind
from app.people.members import Employment, Member, MemberStatus, Placement, Standing, change_status
from app.people.posts import Post, PostTitle, in_force
from app.people.roster import as_of, by_member
from app.record import Record
from app.store import Store

F = TypeVar("F", Standing, Placement, DuesBasis, Employment)
K = TypeVar("K", bound=Record)
KINDS: tuple[type[Any], ...] = (Standing, Placement, DuesBasis, Employment, Post, Circumstance)
WORK = ("department", "duty", "position")


class Facts:
    """The dated facts about the members while a roster comes in, read once and kept up with what is added."""

    def __init__(self, store: Store, today: date) -> None:
        self.store, self.today = store, today
        groups = store[Group].all()
        self._groups = {group_core(group.name): group.id for group in groups}
        self._names = {group.id: group.name for group in groups}
        self._held: dict[type[Any], dict[int, list[Any]]] = {}
        for kind in KINDS:
            grouped: dict[int, list[Any]] = {}
            for fact in store[kind].all():
                grouped.setdefault(fact.member, []).append(fact)
            self._held[kind] = grouped

    def all(self, kind: type[K], member: int) -> list[K]:
        """Every fact of a kind about a member."""
        return self._held[kind].get(member, [])

    def save(self, fact: Any) -> None:
        """Keep a fact; the one it replaces goes."""
        kind = type(fact)
        saved = self.store[kind].save(fact)
        others = [item for item in self.all(kind, fact.member) if item.id != saved.id]
        self._held[kind][fact.member] = [*others, saved]

    def again(self, kind: type[Any], member: int) -> None:
        """Read the facts of a kind about a member anew, after something else has changed them."""
        self._held[kind][member] = self.store[kind].all(member=member)

    def held(self, kind: type[F], member: int) -> F | None:
        """The fact of a kind that holds today."""
        return as_of(by_member(self.all(kind, member)).get(member, []), self.today)

    def group(self, name: str) -> int:
        """The number of a group; one that is not there yet is set up."""
        known = self._groups.get(group_core(name))
        if known is None:
            known = self._groups[group_core(name)] = self.store[Group].save(Group(name=name)).id
            self._names[known] = name
        return known

    def group_name(self, member: int) -> str:
        """The group a member belongs to today; empty for none."""
        fact = self.held(Placement, member)
        return self._names.get(fact.group, "") if fact and fact.group else ""

    def posts(self, member: int) -> list[Post]:
        """The posts that a member holds today."""
        return in_force(self.all(Post, member), self.today)

    def titles(self, member: int) -> set[PostTitle]:
        """The titles of the posts that a member holds today."""
        return {post.title for post in self.posts(member)}

    def secretary(self, beside: int) -> int | None:
        """Who is the secretary today, other than one member; None where nobody is."""
        held = [post for posts in self._held[Post].values() for post in posts]
        now = [post.member for post in in_force(held, self.today) if post.title is PostTitle.SECRETARY]
        return next((member for member in now if member != beside), None)

    # --- who is who ---

    def narrowed(self, people: list[Member], row: MemberRow) -> list[Member]:
        """Those of several namesakes whom department, group and phone of a row do not rule out."""
        told = [row.employment.department if row.employment else "", row.group, row.member.phone]
        for text in filter(None, map(packed, told)):
            fitting = [person for person in people if text in self._words(person)]
            people = fitting or people
        return people

    def _words(self, person: Member) -> list[str]:
        work = self.held(Employment, person.id)
        return [packed(work.department) if work else "", packed(self.group_name(person.id)), person.phone]

    def apart(self, first: MemberRow, second: MemberRow) -> str:
        """What tells two rows of one name apart, in words; empty when nothing does."""
        pairs = (
            ("出生日期", first.member.birth, second.member.birth),
            ("入党日期", first.member.joined, second.member.joined),
            ("部门", _department(first), _department(second)),
            ("党小组", first.group, second.group),
            ("性别", first.member.sex, second.member.sex),
        )
        return next((word for word, a, b in pairs if a and b and a != b), "")

    # --- what is new ---

    def add(self, row: MemberRow, member: Member, since: PartialDate, category: DuesCategory) -> bool:
        """Post, group, work and dues base of a row, where the ledger has none yet; whether one was added."""
        new: list[Any] = []
        if row.employment and not self.all(Employment, member.id):
            new.append(replace(row.employment, member=member.id))
        known = {fact.kind for fact in self.all(Circumstance, member.id)}
        if row.floating and CircumstanceKind.FLOATING not in known:
            new.append(Circumstance(member=member.id, kind=CircumstanceKind.FLOATING))
        if row.lost_on and CircumstanceKind.OUT_OF_CONTACT not in known:
            new.append(Circumstance(member=member.id, kind=CircumstanceKind.OUT_OF_CONTACT, since=row.lost_on))
        if not self.all(Post, member.id):
            new += [Post(member=member.id, title=title) for title in row.posts]
        if row.group and not self.all(Placement, member.id):
            new.append(Placement(member=member.id, group=self.group(row.group)))
        if (row.base_fen is not None or row.category is not None) and not self.all(DuesBasis, member.id):
            new.append(DuesBasis(member=member.id, since=since, category=category, base_fen=row.base_fen))
        for fact in new:
            self.save(fact)
        return bool(new)


def _department(row: MemberRow) -> str:
    return packed(row.employment.department) if row.employment else ""


def differences(facts: Facts, row: MemberRow, member: Member) -> Iterator[Difference]:
    """What a row says otherwise of a known member; a confirmation with its day follows from the day itself."""
    usual = str(_day_of(row.row.title, facts.today))

    def differ(name: str, was: str, new: str, since: str, *, taken: bool = False) -> Difference:
        return Difference(row.key, name, row.row.column(name), was, new, taken, since, row.row.text(name) or new)

    held = facts.held(Standing, member.id)
    if row.status in LEFT and held is not None and held.status is not row.status:
        day = row.left_on or (row.ends[1] if row.ends else None)
        yield differ("status", held.status, str(row.status), str(day or usual), taken=day is not None)
    elif row.status is not None and held is not None and held.status not in (row.status, row.ends and row.ends[0]):
        confirmed = row.member.confirmed
        follows = (
            held.status is MemberStatus.PROBATIONARY
            and row.status is MemberStatus.FULL
            and confirmed is not None
            and (held.since is None or held.since.first <= confirmed.first)
        )
        since = str(confirmed) if follows else usual
        yield differ("status", held.status, row.status, since, taken=follows)
    group = facts.group_name(member.id)
    if row.group and group and group_core(row.group) != group_core(group):
        yield differ("group", group, row.group, usual)
    basis = facts.held(DuesBasis, member.id)
    if row.base_fen is not None and basis is not None and basis.base_fen != row.base_fen:
        was = yuan(basis.base_fen) if basis.base_fen is not None else "没有"
        yield differ("base", was, yuan(row.base_fen), usual[:7])
    # In work is what is usual, and only a column that is kept for it says so.
    named = row.category not in (None, DuesCategory.EMPLOYED) or bool(row.row.text("dues_category"))
    if basis is not None and row.category and named and basis.category is not row.category:
        yield differ("dues_category", basis.category, str(row.category), usual[:7])
    posts = [post.title for post in facts.posts(member.id)]
    if row.posts and posts and set(posts) != set(row.posts):
        yield differ("post", "、".join(posts), "、".join(row.posts), usual)
    work = facts.held(Employment, member.id)
    if work is not None and row.employment is not None:
        for name in WORK:
            was, new = getattr(work, name), getattr(row.employment, name)
            if new and was and packed(new) != packed(was):
                yield differ(name, was, new, usual)


_AS_OF = re.compile(r"截[至止]\D{0,4}((?:19|20)\d\d)\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})")


def _day_of(title: str, today: date) -> PartialDate:
    """The day that a roster is as of, where it says so, else today."""
    found = _AS_OF.search(title)
    try:
        return PartialDate(*map(int, found.groups())) if found else PartialDate.of(today)
    except ValueError:
        return PartialDate.of(today)


def take(facts: Facts, row: MemberRow, member: Member, item: Difference) -> None:
    """What the sheet says holds from the day of the difference on; raises Refused for a day that is none."""
    try:
        since = read_partial(item.since)
    except ValueError as error:
        raise Refused(f"“{item.label}”从哪一天起：{error}") from None
    if item.field == "status" and row.status is not None:
        leave(facts, row, member, row.status, since)
    elif item.field == "group":
        _replace(facts, Placement(member=member.id, since=since, group=facts.group(row.group)))
    elif item.field in ("base", "dues_category"):
        known = facts.held(DuesBasis, member.id)
        category = row.category or (known.category if known else DuesCategory.EMPLOYED)
        base_fen = known.base_fen if known and item.field == "dues_category" else row.base_fen
        month = PartialDate(since.year, since.month or 1)
        _replace(facts, DuesBasis(member=member.id, since=month, category=category, base_fen=base_fen))
    elif item.field == "post":
        _appoint(facts, row, member, since.first)
    elif item.field in WORK and row.employment is not None:
        known_work = facts.held(Employment, member.id)
        told = {name: getattr(row.employment, name) for name in WORK if getattr(row.employment, name)}
        was = {name: getattr(known_work, name) for name in WORK} if known_work else {}
        told = {item.field: told[item.field]}
        _replace(facts, Employment(member=member.id, since=since, **(was | told)))


def leave(facts: Facts, row: MemberRow, member: Member, status: MemberStatus, since: PartialDate) -> None:
    """What somebody is from a day on; raises Refused where a later fact stands against it or the way is not told."""
    held = facts.held(Standing, member.id)
    if held is not None and held.since is not None and since.first < held.since.first:
        raise Refused(f"名册里自 {held.since} 起是{held.status}，比 {since} 晚，没有登记{status}，请核对。")
    leaving = leaving_in(packed("".join(row.row.text(name) for name in ("status", "note", "change"))))
    if status is MemberStatus.EXPELLED and leaving is None:
        raise Refused(f"没有写是开除、除名还是退党，没有登记{status}，导入后请在名册里登记。")
    leaving = leaving if status is MemberStatus.EXPELLED else None
    change_status(facts.store, member.id, since, status, row.row.text("note"), leaving)
    facts.again(Standing, member.id)


def _replace(facts: Facts, fact: Any) -> None:
    same: Sequence[Any] = [item for item in facts.all(type(fact), fact.member) if item.since == fact.since]
    facts.save(replace(fact, id=same[0].id) if same else fact)


def _appoint(facts: Facts, row: MemberRow, member: Member, day: date) -> None:
    held = facts.posts(member.id)
    for post in held:
        if post.title not in row.posts:
            facts.save(replace(post, until=day - timedelta(days=1)))
    kept = {post.title for post in held}
    for title in row.posts:
        if title not in kept:
            facts.save(Post(member=member.id, title=title, since=day))
