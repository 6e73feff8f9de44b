"""What the records tell about the items of a checklist: what was met, what is missing, and the score that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from app.checks.check import Asked
from app.checks.matter import Level, Matter
from app.checks.registry import CHECKS
from app.life.meetings import Meeting
from app.ways import ToList, ToNew, ToRecord, Way
from app.work.self_checks import ChecklistItem, Scheme, Scored, SelfCheckScore
from app.work.special_registers import RegisterRow, SpecialRegister
from app.work.year_papers import PLANS, YearPaper, YearPaperKind
from app.year.ledger import YearLedger
from app.year.periods import Period, period_words
from app.year.standing import Duty, State, standing

MOST_GAPS = 3
"""So many gaps are named in the text of a score; all of them stand beside it on the screen."""


@dataclass(frozen=True)
class Told:
    """One thing that the records tell: whether it is met, in words, and the way to the records behind it."""

    met: bool
    text: str
    way: Way | None = None
    duty: bool = False
    """Whether it tells how a duty stands."""


@dataclass(frozen=True)
class Judgement:
    """What the records tell about an item; `proposed` is in tenths of a point, None where they tell nothing."""

    told: tuple[Told, ...]
    proposed: int | None

    @property
    def gaps(self) -> tuple[Told, ...]:
        """What is missing."""
        return tuple(item for item in self.told if not item.met)

    @property
    def gap(self) -> str:
        """What is missing, as a text; of much the first."""
        told = "；".join(item.text for item in self.gaps[:MOST_GAPS])
        return f"{told}；等 {len(self.gaps)} 处" if len(self.gaps) > MOST_GAPS else told


Find = Callable[[str], Sequence[Matter] | None]
"""What the check of a title finds, those that are known left out; None where there is no such check."""


def finder(asked: Asked, known: Mapping[str, object]) -> Find:
    """The findings of a check by its title; those whose key is among the known ones are left out."""
    checks = {check.title: check for check in CHECKS}

    @cache
    def find(title: str) -> Sequence[Matter] | None:
        check = checks.get(title)
        if check is None:
            return None
        return [m for m in check.ask(asked) if m.level is not Level.NOTICE and m.key not in known]

    return find


def measures(ledger: YearLedger, today: date) -> list[tuple[str, str]]:
    """What can be looked at, as code and words: duties of the year, checks, papers, registers."""
    found = {f"duty:{duty.rule}": f"次数：{duty.label}" for duty in standing(ledger, today)}
    found |= {f"check:{check.title}": f"体检：{check.title}" for check in CHECKS}
    found |= {f"paper:{kind.value}": f"年度材料：{kind.value}" for kind in YearPaperKind}
    found |= {
        f"register:{item.register.code or item.register.id}": f"专项台账：{item.register.title}"
        for item in ledger.registers
    }
    return list(found.items())


def judge(ledger: YearLedger, item: ChecklistItem, span: Period, today: date, find: Find) -> Judgement:
    """What the records of a span tell about an item, as of a day; what is not due yet tells nothing."""
    told = tuple(one for code in item.measures for one in _told(ledger, code, span, today, find))
    return Judgement(told, _proposed(item, told))


def _proposed(item: ChecklistItem, told: Sequence[Told]) -> int | None:
    """Full marks less what each gap costs, or by the share of what was met, a half tenth rounded up.

    None where something is asked for that is not due yet: that a check finds nothing does not tell that it was held.
    """
    held = any(code.startswith("duty:") for code in item.measures)
    if not told or (held and not any(one.duty for one in told)):
        return None
    gaps = sum(not one.met for one in told)
    if item.deduct:
        return max(0, item.full - item.deduct * gaps)
    met = len(told) - gaps
    return (2 * item.full * met + len(told)) // (2 * len(told))


def _told(ledger: YearLedger, code: str, span: Period, today: date, find: Find) -> Iterator[Told]:
    kind, _, what = code.partition(":")
    if kind == "duty":
        yield from _duties(ledger, what, span, today)
    elif kind == "check":
        yield from _findings(ledger, what, span, today, find)
    elif kind == "paper":
        yield from _paper(ledger, what, today)
    elif kind == "register":
        yield from _register(ledger, what, span, today)


def _duties(ledger: YearLedger, rule: str, span: Period, today: date) -> Iterator[Told]:
    for duty in standing(ledger, today):
        if duty.rule != rule or not span.first <= duty.due_on <= span.last:
            continue
        when = period_words(duty.period)
        if duty.state is State.DONE:
            yield Told(True, f"{when}{duty.label}：{_count(duty)}", _records(duty), duty=True)
        elif duty.state is State.MISSING:
            yield Told(False, f"{when}{duty.label}不够：{_count(duty)}", _records(duty), duty=True)


def _count(duty: Duty) -> str:
    return f"{duty.done}{duty.unit}，要求 {duty.required}{duty.unit}"


def _records(duty: Duty) -> Way | None:
    return ToList(Meeting, duty.records, duty.label) if duty.records else None


def _findings(ledger: YearLedger, title: str, span: Period, today: date, find: Find) -> Iterator[Told]:
    found = find(title)
    if found is None:
        return
    matters = [matter for matter in found if _within(ledger, matter, span, today)]
    for matter in matters:
        yield Told(False, " ".join(part for part in (matter.text, matter.detail) if part), matter.way)
    if not matters and span.first <= today:
        yield Told(True, f"体检“{title}”没有发现问题")


def _within(ledger: YearLedger, matter: Matter, span: Period, today: date) -> bool:
    """Whether a finding is of the span: by the day of its meeting, else by its last day, else by the day asked for."""
    way = matter.way
    kind, record = matter.about or ((way.kind, way.id) if isinstance(way, ToRecord) else (None, 0))
    held = ledger.minutes_by_meeting.get(record) if kind is Meeting else None
    if held is not None:
        return span.first <= held.meeting.held_on <= span.last
    if matter.until is not None and matter.until.year == ledger.year:
        return matter.until <= min(today, span.last)
    return span.first <= today


def _paper(ledger: YearLedger, what: str, today: date) -> Iterator[Told]:
    kind = next((kind for kind in YearPaperKind if kind.value == what), None)
    paper = next((item for item in ledger.papers if item.kind is kind), None)
    if paper is not None:
        yield Told(True, f"已有{what}", ToRecord(YearPaper, paper.id))
    elif kind in PLANS or (kind is not None and today >= date(ledger.year, 12, 31)):
        yield Told(False, f"还没有{what}", ToNew(YearPaper, {"kind": kind}))


def _register(ledger: YearLedger, what: str, span: Period, today: date) -> Iterator[Told]:
    kept = next((r for r in ledger.registers if what in (r.register.code, str(r.register.id))), None)
    if kept is None or kept.register.retired:
        return
    title = kept.register.title
    rows = [row for row in kept.of_year(ledger.year) if span.first <= row.dated_on <= min(span.last, today)]
    if rows:
        yield Told(True, f"{title}：{len(rows)} 条", ToRecord(SpecialRegister, kept.register.id))
    elif today >= span.last:
        yield Told(False, f"{title}没有记录", ToNew(RegisterRow, {"register": kept.register.id}))


def by_records(scheme: Scheme, scored: Scored | None, judged: Mapping[int, Judgement]) -> list[SelfCheckScore]:
    """A score for each item that has none and about which the records tell something: what they propose."""
    return [
        SelfCheckScore(self_check=0, item=item.id, score=told.proposed, proposed=told.proposed, gap=told.gap)
        for item in scheme.unscored(scored)
        if (told := judged[item.id]).proposed is not None
    ]


def judge_all(asked: Asked, scheme: Scheme, span: Period, known: Mapping[str, object]) -> dict[int, Judgement]:
    """What the records tell about each item of a checklist, by its number; of a span that is over as of its end.

    `known` are the keys of findings that are acknowledged: they are no gaps.
    """
    find = finder(replace(asked, today=min(asked.today, span.last)), known)
    return {item.id: judge(asked.year, item, span, asked.today, find) for item in scheme.items}
