"""支部一览: every branch and every duty of a span of days, and the figures of all of them with what lies behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.collection.collection import Collection
from app.dates import month_end
from app.money import yuan
from app.year.extract import FIGURES, Detail


@dataclass(frozen=True)
class Span:
    """Days of a year, both inclusive: the year, a quarter or a month."""

    words: str
    first: date
    last: date


def spans(year: int) -> list[Span]:
    """The spans of a year that can be looked at: the whole, its quarters, its months."""
    quarters = [
        Span(f"第{word}季度", date(year, 3 * n + 1, 1), month_end(year, 3 * n + 3)) for n, word in enumerate("一二三四")
    ]
    months = [Span(f"{n} 月", date(year, n, 1), month_end(year, n)) for n in range(1, 13)]
    return [Span("全年", date(year, 1, 1), date(year, 12, 31)), *quarters, *months]


class DutyCell(NamedTuple):
    """One duty of one branch in a span: what was asked and done, and how many periods stand how."""

    rule: str
    label: str
    unit: str
    required: int
    done: int
    missing: int
    due: int
    met: int

    @property
    def text(self) -> str:
        """Done of what was asked; its share where that is more than fits a column, a dash where nothing is asked."""
        if not self.required:
            return "—"
        return f"{self.done}/{self.required}" if self.required < 100 else f"{100 * self.done // self.required}%"

    @property
    def tone(self) -> str:
        """Its colour: what is missing weighs most."""
        if not self.required:
            return ""
        return "missing" if self.missing else "due" if self.due else "ok" if self.met else "plain"

    @property
    def words(self) -> str:
        """In a sentence."""
        if not self.required:
            return f"{self.label}：不要求"
        parts = [f"{self.label}：应 {self.required} {self.unit}，已 {self.done} {self.unit}"]
        parts += [f"{number} 期{word}" for number, word in ((self.missing, "缺"), (self.due, "待办")) if number]
        return "，".join(parts)


NOTHING = DutyCell("", "", "", 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class BranchRow:
    """One branch of a year: where its figures come from, and how it stands."""

    source: int
    branch_id: str
    code: str
    name: str
    general_branch: str
    committee: str
    as_of: date
    made_on: date
    detail: Detail
    digest: str
    seal: str
    file: str
    term_ends: date | None
    missing: int
    due: int
    wrong: int
    cells: Mapping[str, DutyCell]

    @property
    def place(self) -> str:
        """Where it stands in the committee."""
        return " › ".join(part for part in (self.committee, self.general_branch) if part)

    @property
    def origin(self) -> str:
        """Where its figures come from: day, file, and the first digits of the file's digest."""
        sealed = "，已归档" if self.seal else ""
        return f"截至 {self.as_of}，{self.made_on} 导出，{self.file}，校验码 {self.digest[:12]}{sealed}"

    def cell(self, rule: str) -> DutyCell:
        """How it stands with a rule."""
        return self.cells.get(rule, NOTHING)


@dataclass(frozen=True)
class Overview:
    """Every branch of a year over a span; `rules` are the duties by code and label, in order."""

    year: int
    span: Span
    rules: tuple[tuple[str, str], ...]
    rows: tuple[BranchRow, ...]


YEAR = "全年数字"
FIGURE_PLACES = {code: place for place, (code, _, _) in enumerate(FIGURES)}
# The order of the columns; rules of the branches' own come after.
FIRST_RULES = (
    "general_meeting",
    "committee_meeting",
    "group_meeting",
    "party_lecture",
    "theme_day",
    "life_meeting",
    "appraisal",
    "talk_each_member",
    "talk_committee",
    "talk_committee_member",
    "study_hours",
    "dues_collection",
)


def overview(collection: Collection, year: int, span: Span) -> Overview:
    """Every branch of which something counts for the year, the most missing first."""
    asked: dict[str, Any] = {"year": year, "first": span.first, "last": span.last}
    cells: dict[int, dict[str, DutyCell]] = {}
    named = {told[0]: told for told in collection.ask("rules", year=year)}
    for source, rule, *counts in collection.ask("matrix", **asked):
        cells.setdefault(source, {})[rule] = DutyCell._make((*named[rule], *counts))
    used = {rule for told in cells.values() for rule in told}
    rows = tuple(_row(row, cells.get(row[0], {})) for row in collection.ask("branches", **asked))
    known = [rule for rule in FIRST_RULES if rule in used]
    order = [*known, *sorted(used - set(FIRST_RULES))]
    return Overview(year, span, tuple((rule, named[rule][1]) for rule in order), rows)


def _row(told: Sequence[Any], cells: Mapping[str, DutyCell]) -> BranchRow:
    source, branch_id, code, name, general, committee, as_of, made_on, detail, digest, seal, path, ends, *counts = told
    missing, due, wrong = counts
    return BranchRow(
        source=source,
        branch_id=branch_id,
        code=code,
        name=name,
        general_branch=general,
        committee=committee,
        as_of=as_of,
        made_on=made_on,
        detail=Detail(detail),
        digest=digest,
        seal=seal,
        file=path.replace("\\", "/").rpartition("/")[2],
        term_ends=ends,
        missing=missing,
        due=due,
        wrong=wrong,
        cells=cells,
    )


@dataclass(frozen=True)
class Figure:
    """One figure of all branches, with that of the year before; `query` tells the branches behind it.

    Amounts are in 分, study in minutes, as `unit` says.
    """

    subject: str
    label: str
    value: int
    before: int | None
    unit: str
    branches: int
    query: str
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What is counted."""
        return self.label if self.subject == YEAR else f"{self.subject}：{self.label}"

    @property
    def text(self) -> str:
        """The value for reading; a share is the mean of the branches."""
        return ("平均 " if self.unit == "‰" else "") + in_words(self.value, self.unit)

    @property
    def change(self) -> str:
        """Against the year before; empty where that year is not there."""
        return "" if self.before is None else in_words(self.before, self.unit)


READ_AS = {"分": (100, "元"), "分钟": (60, "学时"), "‰": (10, "%")}
"""Units of the extract that are read as others: how many make one, and what that is called."""


def in_words(value: int, unit: str) -> str:
    """A value of the extract for reading: 分 as 元, minutes as 学时, ‰ as %."""
    if unit == "‰":
        return f"{value / 10:g}%"
    if unit == "分":
        return f"{yuan(value)} 元"
    if unit == "分钟":
        return f"{value / 60:,.1f} 学时"
    return f"{value:,}" + (f" {unit}" if unit else "")


def figures(collection: Collection, year: int) -> list[Figure]:
    """The figures of all branches, year beside year: members by band, the year's sums, development, findings."""
    found = _by_year(collection.ask("figures", year=year), year)
    made = [
        Figure(YEAR, label, value, before, unit, branches, "figure_branches", {"year": year, "code": code})
        for (code, label, unit), value, before, branches in found
    ]
    for (subject, band), value, before, branches in _statistics(collection, year):
        asked = {"year": year, "subject": subject, "band": band}
        made.append(Figure(subject, band, value, before, "人", branches, "statistic_branches", asked))
    until = date(year, 12, 31)
    ending = collection.ask("terms", year=year, until=until)
    asked = {"year": year, "until": until}
    made.append(Figure("换届", "年底前届满", len(ending), None, "个支部", len(ending), "terms", asked))
    for stage, people, branches in collection.ask("stages", year=year):
        made.append(
            Figure("发展党员", stage, people, None, "人", branches, "stage_branches", {"year": year, "stage": stage})
        )
    for title, level, _, count, branches in collection.ask("findings", year=year):
        asked = {"year": year, "title": title, "level": level}
        made.append(Figure(f"体检发现的{level}", title, count, None, "处", branches, "finding_branches", asked))
    return made


def _by_year(rows: Sequence[Any], year: int) -> list[tuple[tuple[str, str, str], int, int | None, int]]:
    before = {row[0]: _whole(row) for row in rows if row[3] == year - 1}
    found = [(row[:3], _whole(row), before.get(row[0]), row[5]) for row in rows if row[3] == year]
    return sorted(found, key=lambda item: figure_place(item[0][0]))


def _whole(row: Any) -> int:
    """The figure of all branches: their sum, for a share their mean."""
    _, _, unit, _, value, branches = row
    return round(value / branches) if unit == "‰" and branches else value


def figure_place(code: str) -> int:
    """Where a single figure stands among the others; one of a later program comes last."""
    return FIGURE_PLACES.get(code, len(FIGURE_PLACES))


def _statistics(collection: Collection, year: int) -> list[tuple[tuple[str, str], int, int | None, int]]:
    rows = collection.ask("statistics", year=year)
    before = {row[:2]: row[3] for row in rows if row[2] == year - 1}
    return [(row[:2], row[3], before.get(row[:2]), row[4]) for row in rows if row[2] == year]
