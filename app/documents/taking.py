"""What of a superior's document goes into the ledger: proposals first, then those that were chosen, in one action."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.attachments import Owner, attach
from app.documents.plan import PlanCount, PlanDocument, PlanItem
from app.errors import Refused
from app.rules.local_rules import LocalRule, RuleAudience, RulePeriod
from app.rules.meeting_types import MeetingType
from app.store import Store
from app.work.tasks import Task


class ProposalKind(StrEnum):
    """What a part of a document would become."""

    TASK = "任务"
    REPORT = "报送"
    RULE = "次数要求"


@dataclass(frozen=True)
class Proposal:
    """One thing that would be entered, with the sentence it comes from; `ticked` where it concerns the branch."""

    kind: ProposalKind
    item: str
    text: str
    quote: str
    ticked: bool
    record: Task | LocalRule


TYPES = (
    (r"警示", MeetingType.WARNING_EDUCATION),
    (r"主题党日|党员活动日", MeetingType.THEME_DAY),
    (r"组织生活会", MeetingType.LIFE_MEETING),
    (r"党员大会", MeetingType.GENERAL),
    (r"支委会|支部委员会", MeetingType.COMMITTEE),
    (r"党小组会", MeetingType.GROUP),
    (r"党课", MeetingType.LECTURE),
    (r"党章", MeetingType.CONSTITUTION),
    (r"志愿服务|义诊|帮扶", MeetingType.VOLUNTEERING),
    (r"结对|共建", MeetingType.PARTNERSHIP),
    (r"支部.{0,8}学习|集中学习|专题学习|学习", MeetingType.STUDY),
)
"""The kind of meeting by what is counted, the narrower first."""
PERIODS = {"month": RulePeriod.MONTH, "quarter": RulePeriod.QUARTER, "year": RulePeriod.YEAR}
_OURS = re.compile(r"支部|支委|党员大会|党小组")
_OTHERS = re.compile(r"^(?!.*支部)(?:党组|党委|中心组|机关党委|工会|纪委|局|县|市|省)")


def proposals(told: PlanDocument, today: date) -> list[Proposal]:
    """What each part of a document would become; nothing of it is entered."""
    year = told.year or today.year
    found: list[Proposal] = []
    for item in told.items:
        found.append(_task(told, item, today))
    for count in told.counts:
        rule = _rule(told, count, year)
        if rule is not None:
            found.append(rule)
    return found


def _task(told: PlanDocument, item: PlanItem, today: date) -> Proposal:
    days = [found for found in told.dates if found.item == item.no and found.quote in item.text + found.quote]
    due = date.fromisoformat(days[0].due_on) if days else None
    report = bool(re.search(r"报送|上报|报告情况|总结", item.title + item.text)) and bool(due)
    partners = "、".join(unit for unit in item.units if unit != item.lead)
    text = f"{item.no} {item.title}".strip()
    task = Task(
        task=text,
        source=told.title,
        lead=item.lead or "",
        partners=partners,
        set_on=today,
        due_on=due if due and due >= today else None,
        progress=f"文件要求 {due} 前，记入时已过" if due and due < today else "",
    )
    kind = ProposalKind.REPORT if report else ProposalKind.TASK
    quote = days[0].quote if days else item.text.split("\n")[0]
    return Proposal(kind, item.no, text, quote, item.for_branch, task)


def _rule(told: PlanDocument, count: PlanCount, year: int) -> Proposal | None:
    """A count of meetings that the branch can be measured by; None for every other number."""
    number = count.count
    period = PERIODS.get(number.period)
    whole = number.told or number.what
    kinds = [type_ for text in (number.what, whole) for pattern, type_ in TYPES if re.search(pattern, text)]
    kind = kinds[0] if kinds else None
    if period is None or kind is None or number.unit not in ("次", "场", "堂", "期", "节") or number.minimum < 1:
        return None
    item = next((item for item in told.items if item.no == count.item), None)
    ours = bool(_OURS.search(number.who + number.what)) or bool(item and item.for_branch and not number.who)
    if _OTHERS.search(number.who) or (number.who and not ours):
        return None
    rule = LocalRule(
        label=f"{kind.value}（{told.title[:20]}）",
        type=kind,
        period=period,
        minimum=int(number.minimum),
        audience=RuleAudience.GROUP if kind is MeetingType.GROUP else RuleAudience.BRANCH,
        source=f"{told.title} {count.item}".strip(),
        first_year=year,
        last_year=year,
    )
    text = f"{period.value}{kind.value}至少 {int(number.minimum)} 次"
    return Proposal(ProposalKind.RULE, count.item, text, count.quote, ours, rule)


def take_document(
    store: Store, told: PlanDocument, chosen: Sequence[Proposal], name: str, data: bytes, today: date
) -> int:
    """Enter the chosen proposals in one action, the document kept with the first task; returns how many are new.

    What was taken from the same document before is not entered twice. Raises Refused where nothing was chosen.
    """
    if not chosen:
        raise Refused(f"“{told.title}”里没有要记入的内容。", "文件里没有要求支部做的事，或者都没有勾选。")
    tasks = {(task.source, task.task) for task in store[Task].all()}
    rules = {(rule.source, rule.type, rule.period, rule.minimum) for rule in store[LocalRule].all()}
    made = 0
    with store.transaction(f"从文件读取“{told.title[:20]}”"):
        first = 0
        for item in chosen:
            record = item.record
            if isinstance(record, Task):
                if (record.source, record.task) in tasks:
                    continue
                kept = store[Task].save(record)
                first = first or kept.id
            elif (record.source, record.type, record.period, record.minimum) not in rules:
                store[LocalRule].save(record)
            else:
                continue
            made += 1
        if first:
            attach(store, Owner.TASK, first, name, data, today, told.title)
    return made
