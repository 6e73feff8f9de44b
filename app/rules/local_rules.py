"""本地规则: numbers of the superior and of the branch itself beside the central rules, each for the years it holds."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import resources
from app.errors import Refused
from app.record import Problem, Record, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.kinds import HoursRule, Quota, TalkRule
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import Rulebook
from app.store import Reader, Store


class RulePeriod(StrEnum):
    """In which period the minimum is to be reached, each by itself."""

    MONTH = "每月"
    TWO_MONTHS = "每两月"
    QUARTER = "每季"
    HALF_YEAR = "每半年"
    YEAR = "每年"


class RuleAudience(StrEnum):
    """Who holds it."""

    BRANCH = "支部"
    COMMITTEE = "支委会"
    GROUP = "各党小组"


PERIOD_CODES = {
    RulePeriod.MONTH: "month",
    RulePeriod.TWO_MONTHS: "two_months",
    RulePeriod.QUARTER: "quarter",
    RulePeriod.HALF_YEAR: "half_year",
    RulePeriod.YEAR: "year",
}
PERIOD_NAMES = {code: period.value for period, code in PERIOD_CODES.items()}
AUDIENCE_CODES = {RuleAudience.BRANCH: "branch", RuleAudience.COMMITTEE: "committee", RuleAudience.GROUP: "group"}


@stored
class LocalRule(Record, called="本地规则", spans=("first_year", "last_year")):
    """A rule of the superior or the branch: so many events of a type in every period; the years are inclusive."""

    label: str = entry("规则名称", required=True, titles=True)
    type: MeetingType = entry("活动类型", required=True)
    activity: str = entry("只算哪种自定活动", default="", words="activity")
    period: RulePeriod = entry("周期", default=RulePeriod.MONTH)
    minimum: int = entry("至少几次", required=True, unit=Unit.TIMES)
    audience: RuleAudience = entry("由谁开展", default=RuleAudience.BRANCH)
    source: str = entry("依据", default="")
    first_year: int = entry("起始年度", required=True)
    last_year: int | None = entry("截止年度", default=None)
    superior: bool = entry("上级要求", default=False)


@stored
class ChosenRuleSet(Record, called="规则集", spans=("first_year", "last_year")):
    """A named set of a superior's plan that the branch works by."""

    code: str = entry("规则集", required=True, titles=True)
    first_year: int = entry("起始年度", required=True)
    last_year: int | None = entry("截止年度", default=None)


@stored
class MutedRule(Record, called="停用的规则", spans=("first_year", "last_year")):
    """A rule that does not apply to this branch, and why."""

    code: str = entry("规则", required=True, titles=True)
    first_year: int = entry("起始年度", required=True)
    last_year: int | None = entry("截止年度", default=None)
    reason: str = entry("理由", required=True)


@dataclass(frozen=True)
class RuleSet:
    """A set as shipped: its quotas and hours, and the plan they come from."""

    code: str
    title: str
    source: str
    quotas: tuple[Quota, ...]
    talks: tuple[TalkRule, ...]
    hours: tuple[int, int] | None


@cache
def rule_sets() -> dict[str, RuleSet]:
    """The sets as shipped, by code."""
    told: list[dict[str, Any]] = tomllib.loads(resources.path("rules/sets.toml").read_text("utf-8"))["set"]
    found: dict[str, RuleSet] = {}
    for raw in told:
        said: dict[str, Any] = {"source": raw["source"], "level": "上级要求", "since": date(1949, 10, 1)}
        quotas = tuple(Quota(**said, **quota) for quota in raw["quotas"])
        talks = tuple(TalkRule(**said, **talk) for talk in raw.get("talks", ()))
        hours = raw.get("hours")
        found[raw["code"]] = RuleSet(
            raw["code"], raw["title"], raw["source"], quotas, talks, (hours[0], hours[1]) if hours else None
        )
    return found


Dated = TypeVar("Dated", LocalRule, ChosenRuleSet, MutedRule)


def in_year(rules: Sequence[Dated], year: int) -> list[Dated]:
    """Those that hold in a year."""
    return [rule for rule in rules if rule.first_year <= year and (rule.last_year is None or year <= rule.last_year)]


def with_local(
    rulebook: Rulebook, year: int, own: Sequence[LocalRule], chosen: Sequence[ChosenRuleSet], muted: Sequence[MutedRule]
) -> Rulebook:
    """The rulebook that a year is judged by: central rules, the chosen sets, the branch's own, less what is muted."""
    quotas, talks = list(rulebook.quotas), list(rulebook.talks)
    hours: HoursRule | None = rulebook.hours
    for item in in_year(chosen, year):
        added = rule_sets().get(item.code)
        if added is None:
            continue  # a set of another edition of the program
        quotas += added.quotas
        talks += added.talks
        if added.hours and hours:
            member, leader = added.hours
            hours = replace(hours, member=max(hours.member, member), committee=max(hours.committee, leader))
    quotas += [_quota(rule) for rule in in_year(own, year)]
    reasons = {item.code: item.reason for item in in_year(muted, year)}
    return replace(rulebook, quotas=tuple(quotas), talks=tuple(talks), hours=hours, muted=reasons)


def _quota(rule: LocalRule) -> Quota:
    return Quota(
        code=f"local_{rule.id}",
        label=rule.label,
        type=rule.type.value,
        activity=rule.activity,
        period=PERIOD_CODES[rule.period],
        minimum=rule.minimum,
        audience=AUDIENCE_CODES[rule.audience],
        source=rule.source or "本支部自定",
        level="上级要求" if rule.superior else "单位自定",
        since=date(rule.first_year, 1, 1),
    )


def local_rulebook(store: Reader, rulebook: Rulebook, year: int) -> Rulebook:
    """The rulebook of a year with the sets, own rules and muted rules of an open ledger."""
    return with_local(rulebook, year, store[LocalRule].all(), store[ChosenRuleSet].all(), store[MutedRule].all())


# --- verbs ----------------------------------------------------------------------------------------------


def check_local_rule(rule: LocalRule) -> list[Problem]:
    """What is wrong with an own rule."""
    problems = missing_entries(rule)
    if rule.minimum < 1:
        problems.append(Problem("minimum", "至少一次"))
    if not 1949 <= rule.first_year <= 2199:
        problems.append(Problem("first_year", "请填四位年份"))
    if rule.last_year is not None and rule.last_year < rule.first_year:
        problems.append(Problem("last_year", "截止年度早于起始年度"))
    return problems


def save_local_rule(store: Store, rule: LocalRule) -> LocalRule:
    """Enter an own rule or correct it; raises Refused."""
    refuse_errors(check_local_rule(rule))
    with store.transaction("修改本地规则" if rule.id else "增加本地规则"):
        return store[LocalRule].save(rule)


def remove_local_rule(store: Store, rule: LocalRule) -> None:
    """Delete an own rule entered by mistake; one that no longer holds gets its last year instead."""
    with store.transaction("删除本地规则"):
        store[LocalRule].remove(rule.id)


def choose_rule_set(store: Store, code: str, year: int, *, on: bool) -> None:
    """Work by a set from a year on, or no longer from that year on; earlier years stay judged as they were."""
    title = rule_sets()[code].title
    held = [item for item in store[ChosenRuleSet].all(code=code) if item.last_year is None or item.last_year >= year]
    with store.transaction(f"{'启用' if on else '停用'}规则集“{title}”"):
        if on and not held:
            store[ChosenRuleSet].save(ChosenRuleSet(code=code, first_year=year))
        for item in held if not on else ():
            if item.first_year >= year:
                store[ChosenRuleSet].remove(item.id)
            else:
                store[ChosenRuleSet].save(replace(item, last_year=year - 1))


def mute_rule(store: Store, code: str, year: int, reason: str) -> None:
    """Set a rule aside from a year on, with the reason; raises Refused without one."""
    if not reason.strip():
        raise Refused("请写明这条规则为什么不适用。")
    with store.transaction("停用一条规则"):
        store[MutedRule].save(MutedRule(code=code, first_year=year, reason=reason.strip()))


def unmute_rule(store: Store, code: str, year: int) -> None:
    """Let a rule count again from a year on; the years in which it was set aside stay as they were."""
    with store.transaction("恢复一条规则"):
        for item in in_year(store[MutedRule].all(code=code), year):
            if item.first_year >= year:
                store[MutedRule].remove(item.id)
            else:
                store[MutedRule].save(replace(item, last_year=year - 1))
