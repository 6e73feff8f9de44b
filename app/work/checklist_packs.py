"""Packs of checklists: those that are shipped, those on a stick; taken into a ledger, changed, written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import resources
from app.errors import Refused
from app.record import Problem, missing_entries, refuse_errors
from app.rules.local_rules import RulePeriod
from app.store import Reader, Store
from app.work.pack_text import PackText, lines
from app.work.self_checks import Checklist, ChecklistItem, SelfCheck, SelfCheckScore

FORMAT = 1
SUFFIX = ".zbkh"
TEXT = PackText("考核清单", SUFFIX, "checklist", FORMAT)
MOST_ITEMS = 200
MOST_TENTHS = 10_000


@dataclass(frozen=True)
class ChecklistPack:
    """A checklist before it is in a ledger: records without numbers."""

    checklist: Checklist
    items: tuple[ChecklistItem, ...]


@cache
def shipped_checklists() -> tuple[ChecklistPack, ...]:
    """The checklists that come with the program, in the order in which they are offered."""
    folder = resources.path("checklists")
    return tuple(read_checklist(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml")))


def checklist_file(path: Path) -> ChecklistPack:
    """The checklist in a file from a stick; raises Refused."""
    return read_checklist(TEXT.file(path))


def read_checklist(text: str) -> ChecklistPack:
    """A checklist from the text of a pack; raises Refused in words for what is wrong with it."""
    told, head = TEXT.parse(text)
    period = TEXT.text(head, "period") or RulePeriod.QUARTER.value
    if period not in {item.value for item in RulePeriod}:
        raise Refused(f"周期“{period}”不认识。", f"可以是：{'、'.join(item.value for item in RulePeriod)}。")
    checklist = Checklist(
        title=TEXT.text(head, "title"),
        code=TEXT.text(head, "code"),
        purpose=TEXT.text(head, "purpose"),
        source=TEXT.text(head, "source"),
        period=RulePeriod(period),
        passing=_tenths(head, "passing") if "passing" in head else None,
        grades=TEXT.text(head, "grades"),
        share=TEXT.number(head, "share", 0, 100) if "share" in head else None,
    )
    items = tuple(_item(raw, at) for at, raw in enumerate(TEXT.tables(told, "item"), 1))
    problems = missing_entries(checklist) + check_items(items)
    if problems:
        raise Refused(f"考核清单“{checklist.title[:20]}”不能用：{problems[0].text}。", "请改好后再加入。")
    return ChecklistPack(checklist, items)


def _tenths(raw: Mapping[str, Any], name: str, default: float | None = None) -> int:
    """Points of a pack, whole or with one decimal, in tenths."""
    value = raw.get(name, default)
    number = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value * 10 <= MOST_TENTHS
    if not number or abs(value * 10 - round(value * 10)) > 1e-6:
        raise Refused(f"考核清单里 {name} 应是 0 至 {MOST_TENTHS // 10} 的分数，最多一位小数。")
    return round(value * 10)


def _item(raw: Mapping[str, Any], at: int) -> ChecklistItem:
    judged = raw.get("judged", [])
    if not isinstance(judged, list) or not all(isinstance(code, str) and " " not in code for code in judged):
        raise Refused("考核清单里 judged 应是一列代码。")
    return ChecklistItem(
        checklist=0,
        position=at,
        dimension=TEXT.text(raw, "dimension"),
        label=TEXT.text(raw, "label"),
        full=_tenths(raw, "full"),
        deduct=_tenths(raw, "deduct", 0),
        weight=TEXT.number(raw, "weight", 1, 1000, 100),
        evidence=TEXT.text(raw, "evidence"),
        judged=" ".join(judged),
    )


def write_checklist(reader: Reader, checklist: int) -> str:
    """A checklist of a ledger as the text of a pack: what is looked at, and not one score."""
    told = reader[Checklist].get(checklist)
    made = ["[checklist]", f"format = {FORMAT}"]
    texts = {name: getattr(told, name) for name in ("title", "code", "purpose", "source", "grades")}
    made += lines(texts | {"period": told.period.value})
    made += [f"passing = {told.passing / 10}"] if told.passing is not None else []
    made += [f"share = {told.share}"] if told.share is not None else []
    for item in items_of(reader, checklist):
        if item.retired:
            continue
        made += ["", "[[item]]"]
        made += lines({"dimension": item.dimension, "label": item.label, "evidence": item.evidence})
        made += [f"full = {item.full / 10}", f"deduct = {item.deduct / 10}", f"weight = {item.weight}"]
        made.append(f"judged = [{', '.join(lines({'': code})[0].removeprefix(' = ') for code in item.measures)}]")
    return "\n".join(made) + "\n"


# --- in the ledger --------------------------------------------------------------------------------------


def items_of(reader: Reader, checklist: int) -> list[ChecklistItem]:
    """The items of a checklist in order, those no longer used too."""
    return sorted(reader[ChecklistItem].all(checklist=checklist), key=lambda item: (item.position, item.id))


def check_items(items: Sequence[ChecklistItem]) -> list[Problem]:
    """What is wrong with the items of a pack."""
    problems = [problem for item in items for problem in check_item(item)]
    if not items:
        problems.append(Problem("items", "没有检查项目"))
    if len(items) > MOST_ITEMS:
        problems.append(Problem("items", f"最多 {MOST_ITEMS} 个检查项目"))
    return problems


def check_item(item: ChecklistItem) -> list[Problem]:
    """What is wrong with an item."""
    problems = [problem for problem in missing_entries(item) if problem.field != "checklist"]
    if not 0 < item.full <= MOST_TENTHS:
        problems.append(Problem("full", f"满分应在 0.1 至 {MOST_TENTHS // 10} 分之间"))
    if item.deduct > item.full:
        problems.append(Problem("deduct", "每处扣的分比满分还多"))
    if not 1 <= item.weight <= 1000:
        problems.append(Problem("weight", "权重应在 1 至 1000 之间，平常是 100"))
    return problems


def add_checklist(store: Store, pack: ChecklistPack) -> Checklist:
    """Take a checklist into a ledger; raises Refused where one of that name is there."""
    known = store[Checklist].all()
    if any(item.title == pack.checklist.title for item in known):
        raise Refused(f"已经有“{pack.checklist.title}”这张考核清单。", "不再使用的可以恢复。")
    refuse_errors(missing_entries(pack.checklist) + [p for item in pack.items for p in check_item(item)])
    with store.transaction(f"增加考核清单“{pack.checklist.title[:16]}”"):
        position = max((item.position for item in known), default=0) + 1
        made = store[Checklist].save(replace(pack.checklist, position=position))
        store[ChecklistItem].save_all([replace(item, checklist=made.id) for item in pack.items])
    return made


def own_checklist(title: str) -> ChecklistPack:
    """A checklist of the branch's own, without an item yet."""
    return ChecklistPack(Checklist(title=title.strip()), ())


def check_checklist(checklist: Checklist) -> list[Problem]:
    """What is wrong with what is said of a checklist."""
    problems = missing_entries(checklist)
    if checklist.share is not None and not 0 <= checklist.share <= 100:
        problems.append(Problem("share", "比重应在 0 至 100 之间"))
    return problems


def save_checklist(store: Store, checklist: Checklist) -> Checklist:
    """Change what is said of a checklist; raises Refused, also where its period changes under what was scored."""
    refuse_errors(check_checklist(checklist))
    before = store[Checklist].get(checklist.id)
    if any(item.title == checklist.title and item.id != checklist.id for item in store[Checklist].all()):
        raise Refused(f"已经有“{checklist.title}”这张考核清单。")
    if before.period is not checklist.period and store[SelfCheck].all(checklist=checklist.id):
        raise Refused("已经评过分，多久评一次不能改。", "可以停用这张清单，另建一张。")
    with store.transaction(f"修改考核清单“{checklist.title[:16]}”"):
        return store[Checklist].save(checklist)


def remove_checklist(store: Store, checklist: Checklist) -> None:
    """Take a checklist away by which nothing was ever scored; raises Refused for another."""
    if store[SelfCheck].all(checklist=checklist.id):
        raise Refused("已经按这张清单评过分，不能删除。", "可以把它设为不再使用，评过的分都还在。")
    with store.transaction("删除考核清单"):
        store[ChecklistItem].remove_all(checklist=checklist.id)
        store[Checklist].remove(checklist.id)


def save_item(store: Store, item: ChecklistItem) -> ChecklistItem:
    """Add an item to a checklist or correct it; raises Refused where marks change under what was scored."""
    refuse_errors(check_item(item))
    before = next(iter(store[ChecklistItem].all(id=item.id)), None) if item.id else None
    marks = (before.full, before.weight) if before else None
    if marks not in (None, (item.full, item.weight)) and store[SelfCheckScore].all(item=item.id):
        raise Refused("这一项已经评过分，满分和权重不能改。", "可以把它设为不再使用，另加一项。")
    if not item.position:
        item = replace(item, position=max((i.position for i in items_of(store, item.checklist)), default=0) + 1)
    with store.transaction("修改检查项目" if item.id else "增加检查项目"):
        return store[ChecklistItem].save(item)


def remove_item(store: Store, item: ChecklistItem) -> None:
    """Take an item away that was never scored; raises Refused for one that was."""
    if store[SelfCheckScore].all(item=item.id):
        raise Refused("这一项已经评过分，不能删除。", "可以把它设为不再使用，评过的分都还在。")
    with store.transaction("删除检查项目"):
        store[ChecklistItem].remove(item.id)
