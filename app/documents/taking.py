"""What of a superior's document goes into the ledger: proposals first, then those that were chosen, in one action."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.attachments import Owner, attach, same_content
from app.documents.plan import PlanCount, PlanDocument, PlanItem, read_plan
from app.errors import Refused
from app.life.plans import PlannedEvent
from app.rules.local_rules import PERIOD_CODES, LocalRule, RuleAudience
from app.rules.meeting_types import MeetingType
from app.store import Reader, Store
from app.work.superior_documents import DocumentItem, DocumentWork, SuperiorDocument
from app.work.tasks import Task


class ProposalKind(StrEnum):
    """What a part of a document would become."""

    TASK = "任务"
    REPORT = "报送"
    RULE = "次数要求"
    EVENT = "计划活动"


class Change(StrEnum):
    """How a proposal stands beside what was taken from the same document before."""

    NEW = "新增"
    CHANGED = "有变化"
    KNOWN = "已记入"
    GONE = "新文件里没有"


FRESH = (Change.NEW, Change.CHANGED)
"""What may be entered where everything is asked for; what stands in the ledger unchanged is not entered again."""
WORKS = {
    ProposalKind.TASK: DocumentWork.TASK,
    ProposalKind.REPORT: DocumentWork.TASK,
    ProposalKind.RULE: DocumentWork.RULE,
    ProposalKind.EVENT: DocumentWork.EVENT,
}


@dataclass(frozen=True)
class Proposal:
    """One thing that would be entered, with the sentence it comes from; `ticked` where it concerns the branch.

    `due_on` is the last day as the document says it. `known` is the item of the same document that was taken before.
    """

    kind: ProposalKind
    item: str
    title: str
    quote: str
    ticked: bool
    record: Task | LocalRule | PlannedEvent | None
    due_on: date | None = None
    change: Change = Change.NEW
    known: DocumentItem | None = None

    @property
    def text(self) -> str:
        """Its number and what it says."""
        return self.title if self.kind is ProposalKind.RULE else f"{self.item} {self.title}".strip()


@dataclass(frozen=True)
class Received:
    """A document as it came: what was read in it, its whole text, and its file, where there is one.

    `number` is its 文号, `day` the day it was received.
    """

    told: PlanDocument
    text: str
    name: str
    data: bytes
    day: date
    number: str = ""


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
PERIODS = {code: period for period, code in PERIOD_CODES.items()}
_OURS = re.compile(r"支部|支委|党员大会|党小组")
_OTHERS = re.compile(r"^(?!.*支部)(?:党组|党委|中心组|机关党委|工会|纪委|局|县|市|省)")


# --- what each part would become ------------------------------------------------------------------------


def proposals(told: PlanDocument, today: date, known: Sequence[DocumentItem] = ()) -> list[Proposal]:
    """What each part of a document would become; nothing of it is entered.

    `known` are the items taken from the same document before: what stands there unchanged is not ticked again.
    """
    year = told.year or today.year
    found = [_task(told, item, today) for item in told.items]
    found += [rule for count in told.counts if (rule := _rule(told, count, year)) is not None]
    if not known:
        return found
    left = list(known)
    compared: list[Proposal] = []
    for proposal in found:
        before = next((item for item in left if _same(item, proposal)), None)
        if before is not None:
            left.remove(before)
        compared.append(_beside(proposal, before))
    compared += [_gone(item) for item in left]
    return compared


def _is_rule(item: DocumentItem) -> bool:
    return item.work is DocumentWork.RULE


def _core(text: str) -> str:
    return re.sub(r"[\d\s]", "", text)


_BRACKETS = re.compile(r"[\s〔〕\[\]（）()【】]")
# Numbers are written with one or the other pair.


def _same(item: DocumentItem, proposal: Proposal) -> bool:
    """Whether an item taken before is the same one: by what it says, or by its number where that was reworded."""
    if _is_rule(item) is not (proposal.kind is ProposalKind.RULE):
        return False
    if proposal.kind is ProposalKind.RULE:
        return item.number == proposal.item and _core(item.title) == _core(proposal.title)
    return _core(item.title) == _core(proposal.title) or bool(item.number and item.number == proposal.item)


def _beside(proposal: Proposal, before: DocumentItem | None) -> Proposal:
    if before is None:
        return proposal
    same = (before.title, before.due_on, before.quote) == (proposal.title, proposal.due_on, proposal.quote)
    if same:
        return replace(proposal, ticked=False, change=Change.KNOWN, known=before)
    return replace(proposal, ticked=before.work is not None, change=Change.CHANGED, known=before)


def _gone(item: DocumentItem) -> Proposal:
    kind = ProposalKind.RULE if _is_rule(item) else ProposalKind.REPORT if item.report else ProposalKind.TASK
    return Proposal(kind, item.number, item.title, item.quote, False, None, item.due_on, Change.GONE, item)


def _task(told: PlanDocument, item: PlanItem, today: date) -> Proposal:
    days = [found for found in told.dates if found.item == item.no and found.quote in item.text + found.quote]
    due = date.fromisoformat(days[0].due_on) if days else None
    report = bool(re.search(r"报送|上报|报告情况|总结", item.title + item.text)) and bool(due)
    partners = "、".join(unit for unit in item.units if unit != item.lead)
    task = Task(
        task=f"{item.no} {item.title}".strip(),
        source=told.title,
        lead=item.lead or "",
        partners=partners,
        set_on=today,
        due_on=due if due and due >= today else None,
        progress=f"文件要求 {due} 前，记入时已过" if due and due < today else "",
    )
    kind = ProposalKind.REPORT if report else ProposalKind.TASK
    quote = days[0].quote if days else item.text.split("\n")[0]
    return Proposal(kind, item.no, item.title, quote, item.for_branch, task, due)


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
        superior=True,
    )
    text = f"{period.value}{kind.value}至少 {int(number.minimum)} 次"
    return Proposal(ProposalKind.RULE, count.item, text, count.quote, ours, rule)


def kinds_for(proposal: Proposal) -> list[ProposalKind]:
    """What a proposal may be turned into: an event needs a day in the document and a kind of meeting."""
    if proposal.kind is ProposalKind.RULE or proposal.record is None:
        return [proposal.kind]
    kinds = [ProposalKind.TASK, ProposalKind.REPORT] if proposal.due_on else [ProposalKind.TASK]
    return [*kinds, ProposalKind.EVENT] if proposal.due_on and _type_in(proposal.quote + proposal.title) else kinds


def turned(proposal: Proposal, kind: ProposalKind, told: PlanDocument, today: date) -> Proposal:
    """The same part of the document as something else; a kind that it cannot be raises Refused."""
    if kind not in kinds_for(proposal):
        raise Refused(f"这一条不能作为{kind.value}。")
    if kind is not ProposalKind.EVENT:
        item = next(item for item in told.items if item.no == proposal.item and item.title == proposal.title)
        return replace(proposal, kind=kind, record=_task(told, item, today).record)
    type_ = _type_in(proposal.quote + proposal.title)
    assert type_ is not None and proposal.due_on is not None
    event = PlannedEvent(planned_on=proposal.due_on, type=type_, subject=proposal.title[:60], outline=proposal.quote)
    return replace(proposal, kind=kind, record=event)


def _type_in(text: str) -> MeetingType | None:
    return next((type_ for pattern, type_ in TYPES if re.search(pattern, text)), None)


# --- taking it in ---------------------------------------------------------------------------------------


def known_document(store: Reader, told: PlanDocument) -> SuperiorDocument | None:
    """The same document, where it was taken before: of this title, and of no other number or year; the newest."""
    found = reversed(store[SuperiorDocument].all(title=told.title))
    return next((document for document in found if _is_it(document, told)), None)


def _is_it(document: SuperiorDocument, told: PlanDocument) -> bool:
    """A number decides where both have one; else the year that both are for, where both say it."""
    if document.number and told.number:
        return _BRACKETS.sub("", document.number) == _BRACKETS.sub("", told.number)
    year = read_plan(document.text).year if told.year and document.text.strip() else None
    return year is None or year == told.year


def take_document(store: Store, received: Received, wanted: Sequence[Proposal], chosen: Collection[int]) -> int:
    """Keep a document with all its items, and enter those of `chosen`, by their place in `wanted`, in one action.

    Returns how many were entered or changed. A document in which nothing is asked, or chosen, is kept all the same.
    """
    told = received.told
    made = 0
    with store.transaction(f"从文件读取“{told.title[:20]}”"):
        document = known_document(store, replace(told, number=received.number or told.number))
        if document is None:
            document = SuperiorDocument(title=told.title, issuer=told.issuer, received_on=received.day)
        document = replace(document, text=received.text, number=received.number or told.number or document.number)
        document = store[SuperiorDocument].save(document)
        for place, proposal in enumerate(wanted):
            made += _enter(store, document, proposal, taken=place in chosen)
        if received.data and not any(
            (item.owner, item.owner_id) == (Owner.DOCUMENT, document.id) for item in same_content(store, received.data)
        ):
            attach(store, Owner.DOCUMENT, document.id, received.name, received.data, received.day)
    return made


def _enter(store: Store, document: SuperiorDocument, proposal: Proposal, *, taken: bool) -> bool:
    """Keep one item; whether something was entered or changed by it."""
    known = proposal.known
    if proposal.record is None or (known is not None and not taken):
        return False
    if not taken and proposal.kind is ProposalKind.RULE:
        return False
    item = DocumentItem(
        id=known.id if known else 0,
        document=document.id,
        number=proposal.item,
        title=proposal.title,
        quote=proposal.quote,
        due_on=proposal.due_on,
        report=proposal.kind is ProposalKind.REPORT,
    )
    if taken:
        work = WORKS[proposal.kind]
        item = replace(item, work=work, target=_entered(store, proposal))
    store[DocumentItem].save(item)
    return taken


def _entered(store: Store, proposal: Proposal) -> int:
    """The number of the record that a proposal became, changed where it was there before."""
    record, known = proposal.record, proposal.known
    assert record is not None
    table = store[type(record)]
    before = table.all(id=known.target) if known and known.work is WORKS[proposal.kind] else []
    if not before:
        return table.save(record).id
    old = before[0]
    if isinstance(record, Task) and isinstance(old, Task):
        record = replace(old, task=record.task, due_on=record.due_on, lead=record.lead, partners=record.partners)
    elif isinstance(record, LocalRule) and isinstance(old, LocalRule):
        record = replace(old, minimum=record.minimum, label=record.label)
    elif isinstance(record, PlannedEvent) and isinstance(old, PlannedEvent):
        record = replace(old, planned_on=record.planned_on)
    return store[type(record)].save(record).id
