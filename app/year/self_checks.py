"""Self-checks in a year: their rows as they are read, beside the one before, and what they come to."""

from __future__ import annotations

from dataclasses import replace

from app.errors import Refused
from app.rules.local_rules import PERIOD_CODES
from app.scores import points
from app.work.self_checks import Scheme, Scored, SelfCheckScore
from app.year.ledger import YearLedger
from app.year.periods import Period, period_words, periods

HEADINGS = ("序号", "维度", "检查项目", "满分", "建议", "得分", "上期", "扣分原因和问题", "佐证")


def scheme_of(ledger: YearLedger, checklist: int) -> Scheme:
    """A checklist of the ledger; raises Refused when it is no longer there."""
    found = next((item for item in ledger.schemes if item.checklist.id == checklist), None)
    if found is None:
        raise Refused("这张考核清单已经不在了。")
    return found


def self_check_of(ledger: YearLedger, record: int) -> tuple[Scheme, Scored]:
    """A self-check with its checklist; raises Refused when it is no longer there."""
    for scheme in ledger.schemes:
        for scored in scheme.checks:
            if scored.check.id == record:
                return scheme, scored
    raise Refused("这次自查评分已经不在了。")


def periods_of(scheme: Scheme, year: int) -> list[Period]:
    """The periods of a year in which the checklist is scored."""
    return periods(year, PERIOD_CODES[scheme.checklist.period])


def period_title(period: str) -> str:
    """A period with its year, for reading: 2026 年第一季度, 2026 年."""
    return f"{period[:4]} 年" + ("" if len(period) == 4 else period_words(period))


def checks_of_year(ledger: YearLedger) -> list[tuple[Scheme, Scored]]:
    """Every self-check of the year, by checklist and period."""
    return [
        (scheme, scored) for scheme in ledger.schemes for scored in scheme.checks if scored.check.year == ledger.year
    ]


def score_rows(scheme: Scheme, scored: Scored) -> list[tuple[str, ...]]:
    """The items of a self-check with what was given, as the sheet and the paper show them; the sum last."""
    before = scheme.before(scored.check.period)
    rows: list[tuple[str, ...]] = []
    for number, item in enumerate(scheme.shown(scored), 1):
        score = scored.scores.get(item.id)
        last = before.scores.get(item.id) if before else None
        rows.append(
            (
                str(number),
                item.dimension,
                item.label,
                points(item.full),
                points(score.proposed) if score and score.proposed is not None else "",
                points(score.score) if score else "",
                points(last.score) if last else "",
                _words(score) if score else "",
                (score.evidence if score else "") or item.evidence,
            )
        )
    last_total = points(scheme.total(before)) if before else ""
    sums = (points(scheme.full(scored)), "", points(scheme.total(scored)), last_total)
    return [*rows, ("", "合计", "", *sums, "", "")]


def _words(score: SelfCheckScore) -> str:
    reason = f"理由：{score.reason}" if score.reason.strip() else ""
    return "；".join(part for part in (score.gap, reason) if part.strip())


def comparison(scheme: Scheme, scored: Scored) -> str:
    """How a self-check stands beside the one before, over the items that both scored; "" where there is none."""
    before = scheme.before(scored.check.period)
    if before is None or not scored.scores.keys() & before.scores.keys():
        return ""
    common = scored.scores.keys() & before.scores.keys()
    now, then = (
        scheme.total(replace(one, scores={item: one.scores[item] for item in common})) for one in (scored, before)
    )
    which = "" if scored.scores.keys() == before.scores.keys() else "两期都评了的项目"
    if now == then:
        return f"{which}与上期相同"
    return f"{which}比上期{'多' if now > then else '少'} {points(abs(now - then))} 分"


def summary(scheme: Scheme, scored: Scored) -> str:
    """What a self-check comes to, in a line."""
    total, full = scheme.total(scored), scheme.full(scored)
    told = [f"得 {points(total)} 分，满分 {points(full)} 分"]
    told += [words] if (words := comparison(scheme, scored)) else []
    passing, left = scheme.checklist.passing, len(scheme.unscored(scored))
    if passing is not None and not left:
        told.append(f"{'达到' if total >= passing else '没有达到'}达标分 {points(passing)} 分")
    share, converted = scheme.checklist.share, scheme.converted(scored)
    if share is not None and converted is not None:
        told.append(f"占单位考核 {share}%，折合 {points(converted)} 分")
    if scored.check.grade:
        told.append(f"等次：{scored.check.grade}")
    if left:
        told.append(f"还有 {left} 项没有评")
    return "；".join(told)
