"""Months, quarters and years as the rules count them, and which rule asks for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.dates import month_end
from app.rules.kinds import Quota


@dataclass(frozen=True)
class Period:
    """A month, quarter or year; its days are inclusive."""

    name: str
    first: date
    last: date

    @property
    def months(self) -> range:
        """Its months, 1 to 12."""
        return range(self.first.month, self.last.month + 1)


def periods(year: int, kind: str) -> list[Period]:
    """The periods of a kind in a year: 2026-03, 2026-Q1 or 2026."""
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    found: list[Period] = []
    for index, start in enumerate(range(1, 13, months), 1):
        name = {"month": f"{year}-{start:02}", "quarter": f"{year}-Q{index}", "year": str(year)}[kind]
        found.append(Period(name, date(year, start, 1), month_end(year, start + months - 1)))
    return found


def period_words(name: str) -> str:
    """2026-03 → 3月, 2026-Q1 → 第一季度, 2026 → 全年."""
    if "-Q" in name:
        return "第" + "一二三四"[int(name[-1]) - 1] + "季度"
    return f"{int(name[-2:])}月" if "-" in name else "全年"


def period_months(name: str) -> int:
    """How many months a period of this name covers."""
    return 3 if "-Q" in name else 1 if "-" in name else 12


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
