"""自查考核: checklists as data, and what a branch gives itself by them, period by period.

A checklist is a scheme of a superior (五化, 五好六有, 考核) or of the own branch. Scores are tenths of a point.
What the program proposed is kept beside what was given; where they differ, a reason is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.errors import Refused
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.local_rules import RulePeriod
from app.scores import points
from app.store import Reader, Store
from app.work.rectifications import Rectification


@stored
class Checklist(Record, called="考核清单", timeless=True):
    """考核清单. `grades` are words with 、 between; `share` is its part of the appraisal of the unit, in %."""

    title: str = entry("清单名称", required=True, titles=True)
    code: str = entry("代码", default="", printed=False)
    purpose: str = entry("用途", default="", long=True)
    source: str = entry("依据", default="")
    period: RulePeriod = entry("多久评一次", default=RulePeriod.QUARTER)
    passing: int | None = entry("达标分", default=None, unit=Unit.SCORE)
    grades: str = entry("可选的等次", default="")
    share: int | None = entry("党建占单位考核的比重", default=None, unit=Unit.PERCENT)
    retired: bool = entry("不再使用", default=False)
    position: int = entry("顺序", default=0, printed=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The grades that are offered."""
        return tuple(word.strip() for word in self.grades.split("、") if word.strip())


@stored
class ChecklistItem(Record, called="清单项目", timeless=True):
    """One item; `judged` are the codes of what the records tell about it, with a space between.

    `deduct` is what each gap costs; 0 where the share of what was met decides. `weight` is in % of what is scored.
    """

    checklist: int = entry("考核清单", required=True, of=Checklist, part=True)
    position: int = entry("顺序", default=0)
    dimension: str = entry("维度", default="")
    label: str = entry("检查项目", required=True, titles=True, long=True)
    full: int = entry("满分", required=True, unit=Unit.SCORE)
    deduct: int = entry("每缺一处扣", default=0, unit=Unit.SCORE)
    weight: int = entry("权重", default=100, unit=Unit.PERCENT)
    evidence: str = entry("要看的佐证", default="", long=True)
    judged: str = entry("看哪些记录", default="", printed=False)
    retired: bool = entry("不再使用", default=False)

    @property
    def measures(self) -> tuple[str, ...]:
        """The codes of what is looked at."""
        return tuple(self.judged.split())


@stored
class SelfCheck(Record, called="自查评分"):
    """自查评分 by a checklist for one period of a year: `period` is its name, 2026-Q1."""

    checklist: int = entry("考核清单", required=True, of=Checklist, titles=True)
    year: int = entry("年度", required=True, tells_year=True)
    period: str = entry("评分期", required=True, titles=True)
    checked_on: date | None = entry("评分日期", default=None, required=True)
    checked_by: str = entry("评分人", default="")
    grade: str = entry("等次", default="")
    opinion: str = entry("总体评价", default="", long=True)


@stored
class SelfCheckScore(Record, called="项目得分"):
    """What was given for an item, beside what the records told; None where they tell nothing."""

    self_check: int = entry("自查评分", required=True, of=SelfCheck, part=True)
    item: int = entry("检查项目", required=True, of=ChecklistItem, titles=True)
    score: int = entry("得分", required=True, unit=Unit.SCORE)
    proposed: int | None = entry("记录建议的分", default=None, unit=Unit.SCORE)
    reason: str = entry("与建议不同的理由", default="", long=True)
    gap: str = entry("扣分原因和问题", default="", long=True)
    evidence: str = entry("佐证", default="", long=True)


@dataclass(frozen=True)
class Scored:
    """A self-check with its scores, by item."""

    check: SelfCheck
    scores: Mapping[int, SelfCheckScore]


@dataclass(frozen=True)
class Scheme:
    """A checklist with its items in order, and the self-checks of a year and of the year before it, oldest first."""

    checklist: Checklist
    items: tuple[ChecklistItem, ...]
    checks: tuple[Scored, ...]

    def of(self, period: str) -> Scored | None:
        """The self-check of a period."""
        return next((item for item in self.checks if item.check.period == period), None)

    def before(self, period: str) -> Scored | None:
        """The last self-check before a period."""
        return next((item for item in reversed(self.checks) if item.check.period < period), None)

    def shown(self, scored: Scored | None) -> list[ChecklistItem]:
        """The items of a self-check: those in use, and those that were scored while they were."""
        given = scored.scores if scored else {}
        return [item for item in self.items if not item.retired or item.id in given]

    def full(self, scored: Scored | None = None) -> int:
        """The full marks of a self-check in tenths, by weight."""
        return _weighted([(item, item.full) for item in self.shown(scored)])

    def total(self, scored: Scored) -> int:
        """What was given in a self-check in tenths, by weight."""
        given = scored.scores
        return _weighted([(item, given[item.id].score) for item in self.items if item.id in given])

    def permille(self, scored: Scored) -> int:
        """What was given in ‰ of the full marks of the items that were scored."""
        full = _weighted([(item, item.full) for item in self.items if item.id in scored.scores])
        return (2000 * self.total(scored) + full) // (2 * full) if full else 0

    def by_dimension(self, scored: Scored) -> list[tuple[str, int, int]]:
        """For each dimension: what was given and its full marks, in tenths."""
        names = list(dict.fromkeys(item.dimension for item in self.shown(scored)))
        found: list[tuple[str, int, int]] = []
        for name in names:
            own = [item for item in self.shown(scored) if item.dimension == name]
            given = [(item, scored.scores[item.id].score) for item in own if item.id in scored.scores]
            found.append((name, _weighted(given), _weighted([(item, item.full) for item in own])))
        return found

    def unscored(self, scored: Scored | None) -> list[ChecklistItem]:
        """The items in use that were not scored."""
        given = scored.scores if scored else {}
        return [item for item in self.items if not item.retired and item.id not in given]

    def converted(self, scored: Scored) -> int | None:
        """What the self-check counts for in the appraisal of the unit, in tenths of a point of a hundred."""
        share, full = self.checklist.share, self.full(scored)
        return (self.total(scored) * share * 20 + full) // (2 * full) if share is not None and full else None


def _weighted(given: Sequence[tuple[ChecklistItem, int]]) -> int:
    """The sum by weight, a half rounded up."""
    return (sum(tenths * item.weight for item, tenths in given) + 50) // 100


def load_schemes(reader: Reader, year: int) -> tuple[Scheme, ...]:
    """Every checklist, with the self-checks of a year and of the year before."""
    lists = sorted(reader[Checklist].all(), key=lambda item: (item.position, item.id))
    if not lists:
        return ()
    items = sorted(reader[ChecklistItem].all(), key=lambda item: (item.position, item.id))
    checks = sorted(reader[SelfCheck].all(year={year - 1, year}), key=lambda item: item.period)
    scores = reader[SelfCheckScore].all(self_check={item.id for item in checks}) if checks else ()
    given: dict[int, dict[int, SelfCheckScore]] = {}
    for score in scores:
        given.setdefault(score.self_check, {})[score.item] = score
    return tuple(
        Scheme(
            checklist,
            tuple(item for item in items if item.checklist == checklist.id),
            tuple(Scored(check, given.get(check.id, {})) for check in checks if check.checklist == checklist.id),
        )
        for checklist in lists
    )


# --- verbs ----------------------------------------------------------------------------------------------


def check_score(score: SelfCheckScore, item: ChecklistItem) -> list[Problem]:
    """What is wrong or doubtful with a score."""
    problems = missing_entries(score)
    if not 0 <= score.score <= item.full:
        problems.append(Problem("score", f"这一项满分 {points(item.full)} 分"))
    if score.proposed is not None and score.score != score.proposed and not score.reason.strip():
        problems.append(Problem("reason", f"按记录建议 {points(score.proposed)} 分，给别的分请写理由"))
    if score.score < item.full and not score.gap.strip():
        problems.append(Problem("gap", "没有得满分，请写扣分原因", Severity.WARNING))
    return problems


def check_self_check(check: SelfCheck, today: date) -> list[Problem]:
    """What is wrong with a self-check."""
    problems = missing_entries(check)
    if check.checked_on and check.checked_on > today:
        problems.append(Problem("checked_on", "日期在今天之后"))
    if check.checked_on and check.checked_on.year not in (check.year, check.year + 1):
        problems.append(Problem("checked_on", f"不是 {check.year} 年度的日期", Severity.WARNING))
    return problems


def save_self_check(store: Store, check: SelfCheck, today: date) -> SelfCheck:
    """Say when, by whom and with what grade a period was scored; raises Refused."""
    refuse_errors(check_self_check(check, today))
    with store.transaction("修改自查评分" if check.id else "登记自查评分"):
        return store[SelfCheck].save(check)


def save_scores(store: Store, check: SelfCheck, scores: Sequence[SelfCheckScore], today: date) -> int:
    """Keep scores of a self-check, which begins with the first; returns its number. Raises Refused.

    An item that is scored already is corrected.
    """
    if not scores:
        raise Refused("没有可以记的分。")
    items = {item.id: item for item in store[ChecklistItem].all(checklist=check.checklist)}
    for score in scores:
        if score.item not in items:
            raise Refused("这个检查项目已经不在清单里。")
        refuse_errors([p for p in check_score(score, items[score.item]) if p.field != "self_check"])
    with store.transaction(f"自查评分 {len(scores)} 项"):
        known = store[SelfCheck].all(checklist=check.checklist, period=check.period)
        kept = known[0] if known else store[SelfCheck].save(replace(check, checked_on=check.checked_on or today))
        given = {score.item: score.id for score in store[SelfCheckScore].all(self_check=kept.id)}
        store[SelfCheckScore].save_all(
            [replace(score, id=given.get(score.item, 0), self_check=kept.id) for score in scores]
        )
    return kept.id


def remove_score(store: Store, score: SelfCheckScore) -> None:
    """Take a score away."""
    with store.transaction("删除项目得分"):
        store[SelfCheckScore].remove(score.id)


def remove_self_check(store: Store, check: SelfCheck) -> None:
    """Delete a self-check with its scores; what was put on the rectification list stays there."""
    with store.transaction("删除自查评分"):
        store[SelfCheckScore].remove_all(self_check=check.id)
        store[SelfCheck].remove(check.id)


def to_rectify(scheme: Scheme, scored: Scored, source: str, listed: Sequence[Rectification]) -> list[Rectification]:
    """What fell short of its full marks and is not on the rectification list yet."""
    known = {item.scored for item in listed}
    found: list[Rectification] = []
    for item in scheme.shown(scored):
        score = scored.scores.get(item.id)
        if score is None or score.score >= item.full or score.id in known:
            continue
        told = score.gap.strip() or f"得 {points(score.score)} 分，满分 {points(item.full)} 分"
        found.append(
            Rectification(problem=f"{item.label}：{told}", source=source, category=item.dimension, scored=score.id)
        )
    return found
