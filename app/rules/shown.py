"""Every figure of the rules in force, for reading: what it asks, whose it is, since when, from where."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.money import yuan
from app.record import Unit
from app.rules.entries import KINDS
from app.rules.kinds import AppraisalRule, Brackets, DevelopmentRule, Rule, figures, in_words
from app.rules.packs import name_of
from app.rules.rulebook import Rulebook

STARTS = "starts"
"""The field that stands for the first day of a version, which a branch may move."""


@dataclass(frozen=True)
class ShownFigure:
    """One figure of a rule in force. `value` is in words, an amount in 元."""

    kind: str
    code: str
    field: str
    caption: str
    value: str
    unit: str
    sentence: str
    layer: str
    level: str
    since: date
    source: str
    sure: str
    reason: str

    @property
    def told(self) -> str:
        """What it asks: its sentence, else caption and value."""
        return self.sentence or f"{self.caption} {self.value}{self.unit}"


def figures_of(book: Rulebook, named: Collection[str]) -> list[ShownFigure]:
    """The figures of these names alone, each as kind.figure."""
    found: list[ShownFigure] = []
    for rule in book.rules:
        kind = next(name for name, of in KINDS.items() if type(rule) is of)
        wanted = [figure.name for figure in figures(type(rule)) if f"{kind}.{figure.name}" in named]
        found += [_shown(kind, rule, name) for name in wanted]
    return found


def shown_figures(book: Rulebook) -> list[ShownFigure]:
    """The figures of every rule of a rulebook, in order; what a version does not know is left out."""
    found: list[ShownFigure] = []
    for rule in book.rules:
        kind = next(name for name, of in KINDS.items() if type(rule) is of)
        found += [shown for figure in figures(type(rule)) if (shown := _shown(kind, rule, figure.name)).value != "0"]
        if isinstance(rule, Brackets):
            found.append(_rates(kind, rule))
        if isinstance(rule, DevelopmentRule):
            found += [_start(kind, version) for version in rule.versions[1:]]
    return found


def _shown(kind: str, rule: Rule, field: str) -> ShownFigure:
    figure = next(item for item in figures(type(rule)) if item.name == field)
    source, value = rule.source_of(field), getattr(rule, field)
    unit = "元" if figure.unit == "分" else figure.unit.value if figure.unit else ""
    return ShownFigure(
        kind=kind,
        code=rule.code,
        field=field,
        caption=f"{name_of(rule)}：{figure.caption}",
        value=_words(rule, value, figure.unit),
        unit="" if value is None else unit,
        sentence=rule.sentence(field),
        layer=source.layer,
        level=source.level,
        since=source.since,
        source=source.source,
        sure=source.sure,
        reason=source.reason,
    )


def _words(rule: Rule, value: Any, unit: Unit | None) -> str:
    if isinstance(rule, AppraisalRule):
        return f"不超过{value.words}"
    return "不设" if value is None else in_words(value, unit)


def _rates(kind: str, rule: Brackets) -> ShownFigure:
    parts = [(f"{yuan(bound)} 元以下" if bound else "以上", f"{permille / 10:g}%") for bound, permille in rule.steps]
    words = "，".join(f"{span} {rate}" for span, rate in parts)
    return ShownFigure(
        kind=kind,
        code=rule.code,
        field="steps",
        caption=f"{name_of(rule)}：比例",
        value="、".join(rate for _, rate in parts),
        unit="",
        sentence=f"{name_of(rule)}党员每月交纳：{words}，按全部基数乘一个比例",
        layer=rule.layer,
        level=rule.level,
        since=rule.since,
        source=rule.source,
        sure=rule.sure,
        reason=rule.reason,
    )


def _start(kind: str, rule: DevelopmentRule) -> ShownFigure:
    day = rule.since
    return ShownFigure(
        kind=kind,
        code=rule.code,
        field=STARTS,
        caption=f"{rule.source}：施行日期",
        value=day.isoformat(),
        unit="",
        sentence=f"{rule.source}自 {day} 起施行，以前办的步骤按原来的规定",
        layer=rule.layer,
        level=rule.level,
        since=day,
        source=rule.source,
        sure=rule.sure,
        reason=rule.reason,
    )
