"""The entries of the rule files and of packs: dated, layered, one laid over the other field by field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import resources
from app.rules.kinds import (
    AbsenceRule,
    AppraisalRule,
    Brackets,
    CollectionRule,
    CommitteeRule,
    DevelopmentRule,
    FigureSource,
    FixedDues,
    HoursRule,
    Layer,
    Majority,
    PeopleRule,
    Quota,
    RemindRule,
    Rule,
    Share,
    StepRule,
    Surplus,
    TalkRule,
)

RULE_FILES = ("organisation_life", "dues", "votes", "people", "development")
KINDS: dict[str, type[Rule]] = {
    "quota": Quota,
    "talks": TalkRule,
    "hours": HoursRule,
    "committee": CommitteeRule,
    "bracket": Brackets,
    "fixed": FixedDues,
    "collection": CollectionRule,
    "majority": Majority,
    "surplus": Surplus,
    "people": PeopleRule,
    "appraisal_rule": AppraisalRule,
    "absence": AbsenceRule,
    "remind": RemindRule,
    "development": DevelopmentRule,
}
"""Every kind of rule by its name in the files."""
MANY = {"quota": "code", "talks": "code", "bracket": "category", "fixed": "category", "majority": "kind"}
"""The kinds of which several hold at once, by the field that tells them apart; of the others one holds."""
FOR_ALL_TIME = ("committee", "people", "development", "collection", "majority", "surplus", "appraisal_rule", "absence")
"""Kinds without which no day can be judged: before the first text of one, that text is taken."""
ABOUT_ITSELF = (
    "code",
    "from",
    "until",
    "source",
    "level",
    "sure",
    "reason",
    "amends",
    "starts",
    "sources",
    "sentences",
)
"""What an entry says of itself; all else are its figures."""

Raw = dict[str, Any]


@dataclass(frozen=True)
class Pack:
    """Rules of a superior or of the branch itself, laid over those below; told apart by its text."""

    code: str
    title: str
    layer: Layer
    text: str
    issuer: str = ""
    entries: Mapping[str, tuple[Raw, ...]] = field(default_factory=dict[str, tuple[Raw, ...]], compare=False)


@cache
def shipped() -> dict[str, tuple[Raw, ...]]:
    """The entries that the program brings, by kind, with what an amended one passes on filled in."""
    found: dict[str, list[Raw]] = {}
    for name in RULE_FILES:
        text = resources.path(f"rules/{name}.toml").read_text("utf-8")
        for kind, entries in tomllib.loads(text).items():
            for raw in entries:
                told = found.setdefault(kind, [])
                before = next((item for item in told if item["code"] == raw.get("amends")), None)
                told.append(amended(before, _with_sources(before, raw)) if before else raw)
    return {kind: tuple(entries) for kind, entries in found.items()}


def _with_sources(before: Raw, raw: Raw) -> Raw:
    """A later text with the source of each figure that it leaves as it was: the earlier text goes on there."""
    own = {name: before[name] for name in ("source", "level", "from")} | {"sure": before.get("sure", "")}
    if raw["code"] == before["code"]:
        return raw
    kept = [name for name in before if name not in ABOUT_ITSELF and name not in raw]
    return {**raw, "sources": {**dict.fromkeys(kept, own), **before.get("sources", {}), **raw.get("sources", {})}}


def amended(before: Raw, raw: Raw) -> Raw:
    """An entry with what it does not say itself taken from an earlier one; steps are told apart by their numbers."""
    made = {**{name: value for name, value in before.items() if name not in ("until", "starts")}, **raw}
    for name in ("sources", "sentences", "articles"):
        if name in before or name in raw:
            made[name] = {**before.get(name, {}), **raw.get(name, {})}
    if before.get("steps") and raw.get("steps") and "number" in before["steps"][0]:
        changed = {step["number"]: step for step in raw["steps"]}
        made["steps"] = [{**step, **changed.get(step["number"], {})} for step in before["steps"]]
    return made


def begins(raw: Raw) -> date:
    """The first day of an entry, inclusive; a branch may have moved it."""
    return raw.get("starts") or raw["from"]


def holds(raw: Raw, day: date) -> bool:
    """Whether an entry is in force on a day."""
    return begins(raw) <= day and (raw.get("until") is None or day <= raw["until"])


def _key(kind: str, raw: Raw) -> str:
    return str(raw[MANY[kind]]) if kind in MANY else ""


def central(kind: str, packs: Sequence[Pack]) -> list[Raw]:
    """The shipped entries of a kind, each from the day that a pack may have moved it to."""
    moved = {raw["code"]: raw["starts"] for pack in packs for raw in pack.entries.get(kind, ()) if raw.get("starts")}
    return [{**raw, "starts": moved.get(raw["code"], raw["from"])} for raw in shipped().get(kind, ())]


def in_force(kind: str, day: date, packs: Sequence[Pack] = ()) -> list[Raw]:
    """The entries of a kind that hold on a day, the higher layers laid over the lower, in order of the files."""
    return list(_in_force(kind, day, tuple(packs)).values())


def _in_force(kind: str, day: date, packs: tuple[Pack, ...]) -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    known = central(kind, packs)
    for raw in known:
        key = _key(kind, raw)
        if holds(raw, day) and (key not in found or begins(found[key]) <= begins(raw)):
            found[key] = {**raw, "layer": Layer.CENTRAL.value}
    if kind in FOR_ALL_TIME:
        for raw in sorted(known, key=begins):
            found.setdefault(_key(kind, raw), {**raw, "layer": Layer.CENTRAL.value})
    for layer in (Layer.SUPERIOR, Layer.BRANCH):
        for pack in packs:
            for raw in pack.entries.get(kind, ()) if pack.layer is layer else ():
                if holds({**raw, "starts": raw["from"]}, day):
                    _lay_over(found, kind, pack, raw)
    return found


def _lay_over(found: dict[str, Raw], kind: str, pack: Pack, raw: Raw) -> None:
    """Put an entry of a pack over the one it changes, or beside the others where it is a new one."""
    key = next((key for key, held in found.items() if raw["code"] in (held["code"], held.get("amends"))), None)
    if key is None:
        if not raw.get("starts"):
            found[_key(kind, raw)] = {"source": pack.title, "level": str(pack.layer), **raw, "layer": pack.layer.value}
        return
    changed = {name: value for name, value in raw.items() if name not in ABOUT_ITSELF and name != MANY.get(kind)}
    told = {
        "source": raw.get("source") or pack.title,
        "level": raw.get("level") or str(pack.layer),
        "from": raw["from"],
        "sure": raw.get("sure", ""),
        "layer": pack.layer.value,
        "reason": raw.get("reason", ""),
    }
    held = amended(found[key], {**changed, "sources": dict.fromkeys(changed, told)})
    found[key] = {**held, "code": found[key]["code"], "until": found[key].get("until")}


def changes_within(kind: str, first: date, last: date, packs: Iterable[Pack] = ()) -> list[date]:
    """The days within a span on which an entry of a kind begins or is over, with the first day of the span."""
    days = {first}
    known = [*central(kind, tuple(packs)), *(raw for pack in packs for raw in pack.entries.get(kind, ()))]
    for raw in known:
        days |= {begins(raw), raw["from"]}
        if raw.get("until"):
            days.add(date.fromordinal(raw["until"].toordinal() + 1))
    return sorted(day for day in days if first <= day <= last)


# --- from entries to rules ------------------------------------------------------------------------------


def share_of(told: Mapping[str, Any]) -> Share:
    """A part of a whole as a rule file writes it."""
    return Share(numerator=told["numerator"], denominator=told["denominator"], more_than=told["reach"] == "more_than")


def _step(told: Raw) -> StepRule:
    values: Raw = told | {"materials": tuple(told["materials"])}
    return StepRule(**values)


def _figures(kind: str, raw: Raw) -> Raw:
    made = {name: value for name, value in raw.items() if name not in ABOUT_ITSELF and name != "layer"}
    if kind == "bracket":
        made["steps"] = tuple((step.get("up_to_fen"), step["permille"]) for step in raw["steps"])
        made.setdefault("cap_fen", None)
    elif kind == "majority":
        passing = raw["passing"]
        made |= {"quorum": share_of(raw["quorum"]), "passing": share_of(passing)}
        made["of_present"] = raw.get("of_present", passing.get("base") == "present")
    elif kind == "committee":
        made["remind_months"] = tuple(raw["remind_months"])
    elif kind == "people":
        made["party_probation_months"] = tuple(raw["party_probation_months"])
    elif kind == "appraisal_rule":
        made["excellent"] = share_of(raw["excellent"])
    elif kind == "development":
        made["articles"] = tuple(raw.get("articles", {}).items())
        made["steps"] = tuple(_step(step) for step in raw["steps"])
    return made


def rule_of(kind: str, raw: Raw, versions: tuple[DevelopmentRule, ...] = ()) -> Rule:
    """An entry as a rule. Raises KeyError, TypeError or ValueError where it lacks something or says too much."""
    since = begins(raw)
    sources = tuple(
        FigureSource(
            field=name,
            source=told.get("source", raw["source"]),
            level=told.get("level", raw["level"]),
            since=told.get("from", since),
            sure=told.get("sure", ""),
            layer=told.get("layer", raw.get("layer", Layer.CENTRAL.value)),
            reason=told.get("reason", ""),
        )
        for name, told in raw.get("sources", {}).items()
    )
    values = _figures(kind, raw)
    if versions:
        values["versions"] = versions
    return KINDS[kind](
        code=raw["code"],
        source=raw["source"],
        level=raw["level"],
        since=since,
        until=raw.get("until"),
        sure=raw.get("sure", ""),
        layer=raw.get("layer", Layer.CENTRAL.value),
        reason=raw.get("reason", ""),
        sources=sources,
        sentences=tuple(raw.get("sentences", {}).items()),
        **values,
    )
