"""Months, quarters and years as the rules count them, and which rule asks for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.dates import month_end
from app.rules.kinds import Quota

KINDS = {"month": (1, ""), "two_months": (2, "B"), "quarter": (3, "Q"), "half_year": (6, "H"), "year": (12, "")}
"""For each kind of period its months, and the letter in the names of those that are neither a month nor a year."""


@dataclass(frozen=True)
class Period:
    """A part of a year, from a month to the whole of it; its days are inclusive."""

    name: str
    first: date
    last: date

    @property
    def months(self) -> range:
        """Its months, 1 to 12."""
        return range(self.first.month, self.last.month + 1)


def periods(year: int, kind: str) -> list[Period]:
    """The periods of a kind in a year: 2026-03, 2026-B1, 2026-Q1, 2026-H1 or 2026."""
    months, mark = KINDS[kind]
    found: list[Period] = []
    for index, start in enumerate(range(1, 13, months), 1):
        name = str(year) if months == 12 else f"{year}-{mark}{index}" if mark else f"{year}-{start:02}"
        found.append(Period(name, date(year, start, 1), month_end(year, start + months - 1)))
    return found


def period_words(name: str) -> str:
    """2026-03 → 3月, 2026-B2 → 3—4月, 2026-Q1 → 第一季度, 2026-H1 → 上半年, 2026 → 全年."""
    mark = name[5:6]
    if mark == "B":
        return f"{2 * int(name[6:]) - 1}—{2 * int(name[6:])}月"
    if mark == "Q":
        return "第" + "一二三四"[int(name[6:]) - 1] + "季度"
    if mark == "H":
        return "上下"[int(name[6:]) - 1] + "半年"
    return f"{int(name[5:])}月" if mark else "全年"


def period_months(name: str) -> int:
    """How many months a period of this name covers."""
    marked = {mark: months for months, mark in KINDS.values() if mark}
    return marked.get(name[5:6], 1) if "-" in name else 12


def asks(quota: Quota, period: Period) -> bool:
    """Whether a rule asks for a period: a month it holds for the whole of, a longer one it holds the end of."""
    begun = quota.since <= (period.first if quota.period == "month" else period.last)
    return begun and (quota.until is None or period.last <= quota.until)


def quotas_by_period(quotas: Sequence[Quota], year: int) -> list[tuple[Quota, Period]]:
    """Every period of every rule of a year; where a rule changed within it, the version that asks for the period."""
    versions: dict[str, list[Quota]] = {}
    for quota in quotas:
        versions.setdefault(quota.code, []).append(quota)
    found: list[tuple[Quota, Period]] = []
    for known in versions.values():
        latest = max(known, key=lambda quota: quota.since)
        asked: dict[str, tuple[Quota, Period]] = {}
        for quota in sorted(known, key=lambda quota: quota.since):
            asked |= {period.name: (quota, period) for period in periods(year, quota.period) if asks(quota, period)}
        covered = {month for _, period in asked.values() for month in period.months}
        # What no version asks for is shown as not applicable.
        rest = [(latest, period) for period in periods(year, latest.period) if not covered & set(period.months)]
        found += sorted([*asked.values(), *rest], key=lambda pair: pair[1].first)
    return found
