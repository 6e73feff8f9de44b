"""The rule files as frozen values, valid on a date: a new number is data there, a new kind is code here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import resources
from app.errors import Refused
from app.record import Value, stored

RULE_FILES = ("organisation_life", "dues", "votes", "people", "development")
# The oldest regulation that a ledger cannot do without, and the day from which every kind of vote has its rule.
FIRST_DAY = date(2008, 4, 1)


@stored
class Rule(Value):
    """What every rule says about itself; the span is inclusive."""

    code: str
    source: str
    level: str
    since: date
    until: date | None = None


@stored
class Quota(Rule):
    """An activity to be held at least `minimum` times in every period of its own."""

    label: str
    type: str
    period: str
    minimum: int
    audience: str


@stored
class TalkRule(Rule):
    """Who should talk with whom at least `minimum` times a year."""

    label: str
    between: str
    minimum: int


@stored
class HoursRule(Rule):
    """Study hours per person and year."""

    label: str
    member: int
    committee: int


@stored
class CommitteeRule(Rule):
    """When a branch has a committee and how long its term is, in years; reminders in months before its end."""

    label: str
    minimum_posts: int
    most_members: int
    full_members_need_committee: int
    years: int
    years_village_community: int
    remind_months: tuple[int, ...]


@stored
class Brackets(Rule):
    """Dues in ‰ of the whole base: the first step whose upper bound (inclusive, 分) reaches the base."""

    category: str
    steps: tuple[tuple[int | None, int], ...]
    cap_fen: int
    unit_fen: int

    def permille(self, base_fen: int) -> int:
        """The one rate for this base."""
        return next(rate for bound, rate in self.steps if bound is None or base_fen <= bound)

    def round_half_up(self, fen_permille: int) -> int:
        """分 from 分·‰, rounded half up once to the rulebook's unit."""
        step = 1000 * self.unit_fen
        return (fen_permille + step // 2) // step * self.unit_fen


@stored
class FixedDues(Rule):
    """A fixed amount each month, with the range a local standard may choose from, in 分."""

    category: str
    fen: int
    low_fen: int
    high_fen: int


@stored
class CollectionRule(Rule):
    """How dues are collected: the limit of large dues, and months of arrears that warn and alarm."""

    label: str
    large_fen: int
    warn_months: int
    alarm_months: int
    most_behind_months: int
    publications: int


@stored
class PeopleRule(Rule):
    """Terms of what happens to members, in days, months or years as each name says."""

    label: str
    letter_days: int
    receipt_months: int
    away_months: int
    contact_lost_months: int
    suspended_years: int
    rectify_months: int
    rectify_most_months: int
    rejoin_years: int
    extension_months: int
    secretary_standing_years: int
    found_full_members: int
    most_members: int


@stored
class StepRule(Value):
    """One of the 25 steps of 发展党员: number, name, stage, the papers it leaves, its rule in words."""

    number: int
    name: str
    stage: str
    materials: tuple[str, ...]
    rule: str


@stored
class DevelopmentRule(Rule):
    """The terms of 发展党员 and its steps; months are calendar months, `notice_days` working days."""

    label: str
    youngest: int
    talk_months: int
    activist_months: int
    check_months: int
    training_days: int
    training_hours: int
    introducers: int
    approval_months: int
    approval_most_months: int
    probation_months: int
    extend_least: int
    extend_most: int
    notice_days: int
    league_age: int
    steps: tuple[StepRule, ...]

    def step(self, number: int) -> StepRule:
        """One step by its number, 1 to 25."""
        return self.steps[number - 1]


@stored
class Share(Value):
    """A part of a whole that must be reached or exceeded."""

    numerator: int
    denominator: int
    more_than: bool

    def met(self, count: int, whole: int) -> bool:
        """Whether `count` of `whole` is enough; of nobody nothing is."""
        if whole <= 0:
            return False
        left, right = count * self.denominator, whole * self.numerator
        return left > right if self.more_than else left >= right

    def least(self, whole: int) -> int:
        """The smallest count that is enough."""
        exact, rest = divmod(whole * self.numerator, self.denominator)
        return exact + 1 if rest or self.more_than else exact


@stored
class Majority(Rule):
    """Quorum and passing share of one kind of vote."""

    kind: str
    quorum: Share
    passing: Share
    of_present: bool
    written: bool


@stored
class Surplus(Rule):
    """How many more candidates than seats an election needs, in percent, rounded up."""

    percent: int

    def least_candidates(self, seats: int) -> int:
        """The smallest number of candidates for so many seats."""
        return seats + -(-seats * self.percent // 100)


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
    muted: dict[str, str] = field(default_factory=dict[str, str])
    """Codes of the rules that do not apply to a branch, with the reason."""

    @property
    def large_dues_fen(self) -> int:
        """From this amount on, inclusive, a voluntary payment is 大额党费."""
        return self.collection.large_fen


def _brackets(entry: dict[str, Any]) -> Brackets:
    steps = tuple((step.get("up_to_fen"), step["permille"]) for step in entry.pop("steps"))
    return Brackets(steps=steps, **entry)


def _share(entry: dict[str, Any]) -> Share:
    return Share(
        numerator=entry["numerator"], denominator=entry["denominator"], more_than=entry["reach"] == "more_than"
    )


def _majority(entry: dict[str, Any]) -> Majority:
    passing = entry.pop("passing")
    return Majority(
        quorum=_share(entry.pop("quorum")), passing=_share(passing), of_present=passing["base"] == "present", **entry
    )


def _development(entry: dict[str, Any]) -> DevelopmentRule:
    told: list[dict[str, Any]] = entry.pop("steps")
    steps = tuple(StepRule(materials=tuple(step.pop("materials")), **step) for step in (dict(raw) for raw in told))
    return DevelopmentRule(steps=steps, **entry)


def _committee(entry: dict[str, Any]) -> CommitteeRule:
    return CommitteeRule(remind_months=tuple(entry.pop("remind_months")), **entry)


@cache
def _entries() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for name in RULE_FILES:
        text = resources.path(f"rules/{name}.toml").read_text("utf-8")
        for kind, entries in tomllib.loads(text).items():
            found.setdefault(kind, []).extend(entries)
    return found


def _in_force(kind: str, day: date) -> Iterator[dict[str, Any]]:
    for raw in _entries()[kind]:
        entry = dict(raw)
        entry["since"] = entry.pop("from")
        until = entry.get("until")
        if entry["since"] <= day and (until is None or day <= until or day == date.max):
            yield entry


def _one(kind: str, day: date) -> dict[str, Any]:
    """The entry in force; before the first one, that one: what a committee or a majority is was no other then."""
    found = next(_in_force(kind, day), None)
    return found or next(_in_force(kind, date.max))


def _majorities(day: date) -> dict[str, Majority]:
    """The majorities by kind; before the first text of a kind that one: what a majority is was no other then."""
    known = list(_in_force("majority", day))
    kinds = {entry["kind"] for entry in known}
    first: dict[str, dict[str, Any]] = {}
    for entry in _in_force("majority", date.max):
        first.setdefault(entry["kind"], entry)
    known += [entry for kind, entry in first.items() if kind not in kinds]
    return {entry["kind"]: _majority(entry) for entry in known}


@cache
def rulebook_on(day: date) -> Rulebook:
    """The rules in force on a day; raises Refused for a day before the dues regulation of 2008."""
    if day < FIRST_DAY:
        raise Refused(f"{day.year} 年早于现行党费规定。", f"请选 {FIRST_DAY.year} 年以后的年度。")
    hours = next(_in_force("hours", day), None)
    return Rulebook(
        quotas=tuple(Quota(**entry) for entry in _in_force("quota", day)),
        talks=tuple(TalkRule(**entry) for entry in _in_force("talks", day)),
        hours=HoursRule(**hours) if hours else None,
        committee=_committee(_one("committee", day)),
        people=PeopleRule(**_one("people", day)),
        development=_development(_one("development", day)),
        dues_brackets={entry["category"]: _brackets(entry) for entry in _in_force("bracket", day)},
        fixed_dues={entry["category"]: FixedDues(**entry) for entry in _in_force("fixed", day)},
        collection=CollectionRule(**_one("collection", day)),
        majorities=_majorities(day),
        surplus=Surplus(**_one("surplus", day)),
    )


def rulebook_of(year: int) -> Rulebook:
    """The rules that a year is judged by: those in force at its end."""
    return rulebook_on(date(year, 12, 31))
