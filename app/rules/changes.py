"""What a ledger says about the rules: the packs that were taken in, and the figures that the branch changed itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from app.errors import Refused
from app.money import read_fen
from app.record import Problem, Record, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.entries import KINDS, Pack, Raw, shipped
from app.rules.kinds import Layer, figures
from app.rules.local_rules import AUDIENCE_CODES, PERIOD_CODES, LocalRule, MutedRule, local_rulebook
from app.rules.packs import Difference, differences, read_pack, write_pack
from app.rules.rulebook import Rulebook, rulebook_of, rulebook_on
from app.store import Reader, Store


@stored
class RulePack(Record, called="规则包", timeless=True):
    """A pack as it was taken in: its whole text is kept."""

    code: str = entry("代码", required=True)
    title: str = entry("名称", required=True, titles=True)
    layer: Layer = entry("层级", required=True)
    issuer: str = entry("制定单位", default="")
    taken_on: date = entry("导入日期", required=True)
    text: str = entry("全文", required=True, long=True, printed=False)


@stored
class RuleChange(Record, called="改动的规定", timeless=True):
    """One figure of a rule that the branch itself changed, from a day on, with the reason."""

    kind: str = entry("规则种类", required=True)
    code: str = entry("规则", required=True, titles=True)
    field: str = entry("哪一项", required=True, titles=True)
    value: str = entry("改为", required=True)
    since: date = entry("自", required=True)
    until: date | None = entry("至", default=None)
    reason: str = entry("理由", required=True)
    source: str = entry("依据", default="")


def packs_of(store: Reader) -> tuple[Pack, ...]:
    """What lies over the shipped rules in an open ledger: the packs that were taken in, then the branch's changes."""
    packs = [read_pack(item.text) for item in store[RulePack].all()]
    own = own_entries(store[RuleChange].all())
    if own:
        text = json.dumps(own, ensure_ascii=False, default=str, sort_keys=True)
        packs.append(Pack("own", "本支部的改动", Layer.BRANCH, text, entries=own))
    return tuple(packs)


def own_entries(changes: Iterable[RuleChange]) -> dict[str, tuple[Raw, ...]]:
    """The branch's own changes as entries, each of one figure."""
    found: dict[str, list[Raw]] = {}
    for item in changes:
        raw: Raw = {"code": item.code, "from": item.since, "reason": item.reason, "source": item.source or "本支部自定"}
        if item.until:
            raw["until"] = item.until
        raw[item.field] = read_figure(item.kind, item.field, item.value)
        found.setdefault(item.kind, []).append(raw)
    return {kind: tuple(raws) for kind, raws in found.items()}


def read_figure(kind: str, field: str, text: str) -> Any:
    """A figure as it is typed: 6; 6、3、1; 4/5; 超过1/2; 2026-06-01; 是. Raises ValueError in Chinese."""
    told = text.strip()
    pattern = next((raw[field] for raw in shipped()[kind] if field in raw), None)
    if field == "starts" or isinstance(pattern, date):
        try:
            return date.fromisoformat(told)
        except ValueError:
            raise ValueError(f"“{told}”不是日期，请写成 2026-06-01") from None
    if isinstance(pattern, bool) or field in ("of_present", "written"):
        if told not in ("是", "否"):
            raise ValueError("请填“是”或“否”")
        return told == "是"
    if isinstance(pattern, dict):
        found = re.fullmatch(r"(超过|不少于|不低于)?\s*(\d{1,3})\s*/\s*(\d{1,3})", told)
        if found is None or not 0 < int(found[2]) <= int(found[3]):
            raise ValueError("请写成“超过 1/2”或“不少于 4/5”")
        reach = "more_than" if found[1] == "超过" else "at_least"
        return {**pattern, "numerator": int(found[2]), "denominator": int(found[3]), "reach": reach}
    if isinstance(pattern, list):
        parts = [part for part in re.split(r"[、,，\s]+", told) if part]
        if not parts or not all(part.isdigit() for part in parts):
            raise ValueError("请填数字，用顿号隔开，如 6、3、1")
        return sorted((int(part) for part in parts), reverse=True)
    if any(figure.name == field and figure.unit is Unit.FEN for figure in figures(KINDS[kind])):
        return read_fen(told)
    if not re.fullmatch(r"\d{1,9}", told):
        raise ValueError(f"“{told}”不是整数")
    return int(told)


def check_change(change: RuleChange) -> list[Problem]:
    """What is wrong with a change of the branch's own."""
    problems = missing_entries(change)
    if change.kind not in KINDS:
        return [*problems, Problem("kind", "没有这种规则")]
    if change.field not in {figure.name for figure in figures(KINDS[change.kind])} | {"starts"}:
        return [*problems, Problem("field", "这一项不能在这里改")]
    if change.value.strip():
        try:
            read_figure(change.kind, change.field, change.value)
        except ValueError as error:
            problems.append(Problem("value", str(error)))
    if change.until and change.until < change.since:
        problems.append(Problem("until", "截止日期早于起始日期"))
    return problems


def save_change(store: Store, change: RuleChange) -> RuleChange:
    """Change a figure from a day on, or correct such a change; raises Refused."""
    refuse_errors(check_change(change))
    with store.transaction("改动一项规定"):
        return store[RuleChange].save(change)


def remove_change(store: Store, change: RuleChange) -> None:
    """Let a figure be again what the layer below says."""
    with store.transaction("恢复一项规定"):
        store[RuleChange].remove(change.id)


def take_pack(store: Store, text: str, today: date) -> RulePack:
    """Take a pack in; one of the same code takes the place of the earlier. Raises Refused, and nothing has changed."""
    pack = read_pack(text)
    known = next(iter(store[RulePack].all(code=pack.code)), None)
    if known and known.text == text:
        raise Refused(f"规则包“{pack.title}”已经导入过，内容相同。")
    item = RulePack(
        id=known.id if known else 0,
        code=pack.code,
        title=pack.title,
        layer=pack.layer,
        issuer=pack.issuer,
        taken_on=today,
        text=text,
    )
    with store.transaction(f"导入规则包“{pack.title}”"):
        return store[RulePack].save(item)


def changes_by(store: Reader, pack: Pack, day: date) -> list[Difference]:
    """What a pack changes on a day in a ledger, whether it was taken in already or not."""
    others = tuple(known for known in packs_of(store) if known.code != pack.code)
    return differences(rulebook_on(day, others), rulebook_on(day, (*others, pack)))


def remove_pack(store: Store, pack: RulePack) -> None:
    """Work no longer by a pack."""
    with store.transaction(f"移除规则包“{pack.title}”"):
        store[RulePack].remove(pack.id)


def year_rules(store: Reader, year: int) -> Rulebook:
    """The rules that a year of an open ledger is judged by: shipped, packs, the branch's changes, sets, own rules."""
    return local_rulebook(store, rulebook_of(year, packs_of(store)), year)


def own_pack(store: Reader, title: str, issuer: str, today: date) -> str:
    """The branch's own rules as the text of a pack; raises Refused where it has none.

    A rule that was set aside is one that asks for nothing.
    """
    entries = {kind: list(raws) for kind, raws in own_entries(store[RuleChange].all()).items()}
    quotas = [_of_local(rule) for rule in store[LocalRule].all()]
    known = {raw["code"] for raw in shipped()["quota"]}
    quotas += [_of_muted(rule) for rule in store[MutedRule].all() if rule.code in known]
    if quotas:
        entries["quota"] = entries.get("quota", []) + quotas
    if not entries:
        raise Refused("本支部还没有自定的规则，没有可以导出的。")
    return write_pack(f"own-{today:%Y%m%d}", title, Layer.BRANCH, issuer, today, entries)


def _of_local(rule: LocalRule) -> Raw:
    last = {"until": date(rule.last_year, 12, 31)} if rule.last_year else {}
    return {
        "code": f"own_{rule.id}",
        "label": rule.label,
        "type": rule.type.value,
        **({"activity": rule.activity} if rule.activity else {}),
        "period": PERIOD_CODES[rule.period],
        "minimum": rule.minimum,
        "audience": AUDIENCE_CODES[rule.audience],
        "source": rule.source or "本支部自定",
        "from": date(rule.first_year, 1, 1),
        **last,
    }


def _of_muted(rule: MutedRule) -> Raw:
    last = {"until": date(rule.last_year, 12, 31)} if rule.last_year else {}
    return {"code": rule.code, "minimum": 0, "reason": rule.reason, "from": date(rule.first_year, 1, 1), **last}
