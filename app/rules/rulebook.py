"""The rules in force on a date, as one frozen value: a new number is data in the rule files, a new kind is code."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeVar, cast

from app.errors import Refused
from app.rules.entries import KINDS, Pack, central, changes_within, in_force, rule_of
from app.rules.kinds import (
    AbsenceRule,
    AppraisalRule,
    Brackets,
    CollectionRule,
    CommitteeRule,
    DevelopmentRule,
    FixedDues,
    HoursRule,
    Majority,
    PeopleRule,
    Quota,
    RemindRule,
    Rule,
    Surplus,
    TalkRule,
)

# The oldest regulation that a ledger cannot do without, and the day from which every kind of vote has its rule.
FIRST_DAY = date(2008, 4, 1)
R = TypeVar("R", bound=Rule)


@dataclass(frozen=True)
class Rulebook:
    """The rules in force on one date."""

    quotas: tuple[Quota, ...]
    talks: tuple[TalkRule, ...]
    hours: HoursRule | None
    committee: CommitteeRule
    people: PeopleRule
    development: DevelopmentRule
    dues_brackets: dict[str, Brackets]
    fixed_dues: dict[str, FixedDues]
    collection: CollectionRule
    majorities: dict[str, Majority]
    surplus: Surplus
    appraisal: AppraisalRule
    absence: AbsenceRule
    remind: RemindRule
    muted: dict[str, str] = field(default_factory=dict[str, str])
    """Codes of the rules that do not apply to a branch, with the reason."""
    packs: tuple[Pack, ...] = ()
    """What superiors and the branch laid over the rules that the program brings."""

    @property
    def large_dues_fen(self) -> int:
        """From this amount on, inclusive, a voluntary payment is 大额党费."""
        return self.collection.large_fen

    def on(self, day: date) -> Rulebook:
        """The rules of another day with the same packs; of the first day that is known for days before it."""
        return rulebook_on(max(day, FIRST_DAY), self.packs)

    @property
    def rules(self) -> list[Rule]:
        """Every rule, in the order in which they are shown."""
        found: list[Rule] = [*self.quotas, *self.talks, *([self.hours] if self.hours else []), self.committee]
        found += [*self.majorities.values(), self.surplus, *self.dues_brackets.values(), *self.fixed_dues.values()]
        return [*found, self.collection, self.development, self.people, self.appraisal, self.absence, self.remind]


def rulebook_on(day: date, packs: tuple[Pack, ...] = ()) -> Rulebook:
    """The rules in force on a day; raises Refused for a day before the dues regulation of 2008."""
    if day < FIRST_DAY:
        raise Refused(f"{day.year} 年早于现行党费规定。", f"请选 {FIRST_DAY.year} 年以后的年度。")
    turns = _turns(packs)
    return _rulebook(turns[bisect_right(turns, day) - 1], packs)


@lru_cache(maxsize=64)
def _turns(packs: tuple[Pack, ...]) -> tuple[date, ...]:
    """The days on which any rule begins or is over: between two of them every day has the same rules."""
    return tuple(sorted({day for kind in KINDS for day in changes_within(kind, date.min, date.max, packs)}))


@lru_cache(maxsize=128)
def _rulebook(day: date, packs: tuple[Pack, ...]) -> Rulebook:

    def many(kind: str, _: type[R]) -> tuple[R, ...]:
        return cast(tuple[R, ...], tuple(rule_of(kind, raw) for raw in in_force(kind, day, packs)))

    def one(kind: str, of: type[R]) -> R:
        return many(kind, of)[0]

    return Rulebook(
        quotas=many("quota", Quota),
        talks=many("talks", TalkRule),
        hours=next(iter(many("hours", HoursRule)), None),
        committee=one("committee", CommitteeRule),
        people=one("people", PeopleRule),
        development=_development(day, packs),
        dues_brackets={rule.category: rule for rule in many("bracket", Brackets)},
        fixed_dues={rule.category: rule for rule in many("fixed", FixedDues)},
        collection=one("collection", CollectionRule),
        majorities={rule.kind: rule for rule in many("majority", Majority)},
        surplus=one("surplus", Surplus),
        appraisal=one("appraisal_rule", AppraisalRule),
        absence=one("absence", AbsenceRule),
        remind=one("remind", RemindRule),
        packs=packs,
    )


def _development(day: date, packs: tuple[Pack, ...]) -> DevelopmentRule:
    """The version of a day with all versions: a step is judged by that of its own day."""
    last = max([*(raw["starts"] for raw in central("development", packs)), day])
    versions: list[DevelopmentRule] = []
    for start in changes_within("development", date(1949, 10, 1), last, packs):
        made = rule_of("development", in_force("development", start, packs)[0])
        told: dict[str, Any] = vars(made) | {"since": start if versions else made.since}
        if not versions or vars(versions[-1]) | {"since": start} != told:
            versions.append(DevelopmentRule(**told))
    held = next((item for item in reversed(versions) if item.since <= day), versions[0])
    whole: dict[str, Any] = vars(held) | {"versions": tuple(versions)}
    return DevelopmentRule(**whole)


def rulebook_of(year: int, packs: tuple[Pack, ...] = ()) -> Rulebook:
    """The rules that a year is judged by: those in force at its end; of an activity every version of the year."""
    book = rulebook_on(date(year, 12, 31), packs)
    return replace(book, quotas=_quotas_of(year, packs))


@lru_cache(maxsize=64)
def _quotas_of(year: int, packs: tuple[Pack, ...]) -> tuple[Quota, ...]:
    """Each version of each quota that held on a day of the year, with the days it held."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = changes_within("quota", first, last, packs)
    held: dict[str, list[Quota]] = {}
    for start, end in zip(days, [*(day - timedelta(days=1) for day in days[1:]), last], strict=True):
        for raw in in_force("quota", start, packs):
            rule = cast(Quota, rule_of("quota", raw))
            known = held.setdefault(rule.code, [])
            if known and known[-1].until == start - timedelta(days=1) and _same(known[-1], rule):
                known[-1] = _spanning(known[-1], known[-1].since, end)
            else:
                known.append(_spanning(rule, rule.since if start == first else start, end))
    found = [rule for versions in held.values() for rule in versions]
    return tuple(_spanning(rule, rule.since, None) if rule.until == last else rule for rule in found)


def _spanning(rule: Quota, since: date, until: date | None) -> Quota:
    told: dict[str, Any] = vars(rule) | {"since": since, "until": until}
    return Quota(**told)


def _same(one: Quota, other: Quota) -> bool:
    return _spanning(one, other.since, other.until) == other
