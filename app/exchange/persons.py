"""Who a row of a sheet is, and what it tells that the roster does not know or says otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.branch.groups import Group
from app.dates import PartialDate
from app.exchange.reading import Reading, Sure
from app.names import bare_name, close_up, plain_name, tidy_name
from app.people.identity import read_id_number
from app.people.members import Member
from app.people.roster import Roster
from app.record import entries

LONGEST_NAME = 24


TITLE = re.compile(
    "(支部)?(副?书记|(组织|宣传|纪检|青年|生活|统战|群工)?委员|党?小?组长)"
    "|同志|老师|副?(主任|局长|处长|科长|院长|校长|所长|经理)"
)
"""What is said behind a name and is none of it."""
_TITLE_BEFORE = re.compile(f"党?(支部)?({TITLE.pattern})[:： ]?")


BETWEEN_NAMES = r"[、,，;；/]+|(?<=\S)\s+(?=\S)"
"""What parts the names of several in one cell."""


class People:
    """The roster while a sheet comes in, found by number and by name."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._by_id = {member.id: member for member in members}
        self._by_number = {member.id_number: member.id for member in members if member.id_number}
        self._by_name: dict[str, set[int]] = {}
        self._dotted: dict[str, set[int]] = {}
        for member in members:
            self._name(member)

    def put(self, member: Member) -> None:
        """Know a member, or know her as she is now."""
        self._by_id[member.id] = member
        if member.id_number:
            self._by_number[member.id_number] = member.id
        self._name(member)

    def _name(self, member: Member) -> None:
        name = plain_name(member.name)
        self._by_name.setdefault(name, set()).add(member.id)
        if "·" in name:
            self._dotted.setdefault(bare_name(name), set()).add(member.id)

    def get(self, id: int) -> Member | None:
        """A member by number of the ledger."""
        return self._by_id.get(id)

    def with_number(self, number: str) -> Member | None:
        """The member of this identity number."""
        found = self._by_number.get(number) if number else None
        return self._by_id[found] if found else None

    def named(self, name: str) -> list[Member]:
        """The members of this name; spaces, dots and characters that look alike are one."""
        return [self._by_id[id] for id in sorted(self._by_name.get(plain_name(name), ()))]

    def with_other_dots(self, name: str) -> list[Member]:
        """The members whose name differs from this one in its dots alone."""
        ids = self._dotted.get(bare_name(name), set())
        if "·" in name:
            ids = ids | self._by_name.get(bare_name(name), set())
        return [self._by_id[id] for id in sorted(ids - self._by_name.get(plain_name(name), set()))]

    def twins(self, member: Member) -> list[Member]:
        """Those a check has to look at: whoever has the same identity number."""
        found = self.with_number(member.id_number)
        return [found] if found else []


class Finder:
    """Finds whom a name in a table of another kind means, by all that the table tells of the person."""

    def __init__(self, roster: Roster, groups: Sequence[Group], day: date) -> None:
        self._people = People(roster.members)
        self._roster, self._day = roster, day
        self._groups = {group.id: group.name for group in groups}

    def find(self, said: str, told: Mapping[str, str] | None = None) -> Reading[Member]:
        """The one member that is meant; namesakes are asked; raises ValueError in Chinese when nobody is.

        `told` are the columns beside the name: id_number, department, group, phone. A name may have one of them, or
        a month of birth, in brackets.
        """
        name, remark = tidy_name(said)
        hints = {key: text for key, text in (told or {}).items() if text}
        number = read_id_number(hints.get("id_number", ""))
        known = self._people.with_number(number)
        named = self._people.named(name)
        if known is not None:
            if known in named or not name:
                return Reading(said, known, Sure.READ)
            why = f"姓名写法与名册里的“{known.name}”不同，已按身份证号对上"
            return Reading(said, known, Sure.PROPOSED, why)
        fitting = [person for person in named if not (number and person.id_number)]
        if not fitting and not named and (called := self._with_title(name)) is not None:
            start, title = called
            found = self.find(start, told)
            if found.value is None:
                return found
            where = "前面" if name.startswith(title) else "后面"
            return Reading(said, found.value, Sure.PROPOSED, f"姓名{where}的“{title}”没有当作姓名，已按“{start}”")
        if not name:
            raise ValueError("姓名是空的" if not said.strip() else f"“{said}”不像姓名，请改正")
        if not fitting and not named and len(alike := self._people.with_other_dots(name)) == 1:
            why = f"名册里是“{alike[0].name}”，是这个人请勾选"
            return Reading(said, alike[0], Sure.ASKED, why)
        if not fitting:
            why = f"名册里“{name}”的身份证号与表里不同" if named else f"“{name}”不在名册里"
            raise ValueError(why)
        if len(fitting) > 1:
            fitting = self._narrowed(fitting, hints, remark)
        if len(fitting) == 1:
            return Reading(said, fitting[0], Sure.READ)
        why = f"名册里有 {len(fitting)} 位“{name}”，分不清是哪一位，请选一位"
        return Reading(said, None, Sure.ASKED, why, tuple(self.described(person) for person in fitting))

    def find_one(self, said: str, heading: str = "", advice: str = "这里只能写一个人") -> Reading[Member]:
        """The one member of a cell that may say more; raises as `find`, with `advice` where it names several.

        Below a `heading` of names and duties the words beside a name are none of it.
        """
        try:
            return self.find(said)
        except ValueError:
            several = [part for part in re.split(BETWEEN_NAMES, close_up(said)) if part]
            named = [part for part in several if self.begins(part)]
            if len(named) == 1 and re.search("职务|单位|部门", heading):
                return self.find(named[0]).doubt(f"“{said}”里的姓名按“{named[0]}”")
            if len(several) > 1 and len(named) == len(several):
                raise ValueError(f"写了 {len(several)} 个人：{advice}") from None
            raise

    def begins(self, text: str) -> str:
        """The longest beginning of a text that is the name of somebody, as written; empty when none is."""
        for length in range(min(len(text), LONGEST_NAME), 1, -1):
            if self._people.named(text[:length]):
                return text[:length]
        return ""

    def _with_title(self, text: str) -> tuple[str, str] | None:
        """A name and the title behind or before it, as in 王芳书记, 书记王芳; None where it is something else."""
        before = _TITLE_BEFORE.match(text)
        if before and self._people.named(text[before.end() :]):
            return text[before.end() :], before[0]
        start = self.begins(text)
        title = text[len(start) :]
        return (start, title) if start and TITLE.fullmatch(title) else None

    def _narrowed(self, people: list[Member], hints: Mapping[str, str], remark: str) -> list[Member]:
        """Those of several namesakes whom the hints do not rule out; all of them when they rule out all."""
        texts = [re.sub(r"\s", "", text) for key, text in hints.items() if key != "id_number"]
        texts += [part for part in remark.split("、") if part]
        for text in texts:
            fitting = [person for person in people if self._fits(person, text)]
            if fitting and len(fitting) < len(people):
                people = fitting
        return people

    def _fits(self, person: Member, text: str) -> bool:
        return any(text in fact or (len(fact) > 1 and fact in text) for fact in self._facts(person) if fact)

    def _facts(self, person: Member) -> list[str]:
        work = self._roster.employment(person.id, self._day)
        group = self._roster.group(person.id, self._day)
        return [
            work.department if work else "",
            work.duty if work else "",
            self._groups.get(group, "") if group else "",
            person.phone,
            person.id_number[-4:],
            str(person.birth or ""),
            person.sex.value if person.sex else "",
        ]

    def described(self, person: Member) -> str:
        """A namesake with what tells him from the others, as it can be typed: 张伟（办公室）."""
        facts = self._facts(person)
        same = [other for other in self._people.named(person.name) if other.id != person.id]
        telling = [fact for fact in facts if fact and all(not self._fits(other, fact) for other in same)]
        return f"{person.name}（{telling[0]}）" if telling else person.name


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
