"""The rows of the health check: a line for each kind of finding, open to its findings; past years folded into one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.checks.health import Found
from app.checks.matter import LEVELS, Level, Matter

NUMBERED = re.compile(r"[A-Z]\d+|[一-龥]+")
"""Defects have a number; what is asked for by registers and plans has none that anybody would read."""
PAST = "past"
"""The key of the line into which past years are folded."""


@dataclass(frozen=True)
class Line:
    """A line of the list: a kind with its findings, one finding, or the past years."""

    key: str
    matters: tuple[Matter, ...]
    title: str
    deep: bool = False
    """Whether it is a finding below its kind."""
    opened: bool | None = None
    """Whether what is folded into it is shown; None for a line that folds nothing."""

    @property
    def level(self) -> Level:
        """The worst among its findings."""
        return min((matter.level for matter in self.matters), key=LEVELS.index)

    @property
    def text(self) -> str:
        """What the line says."""
        if self.opened is None:
            return f"　　{self.title}" if self.deep else self.title
        return f"{'▾' if self.opened else '▸'} {self.title}"

    @property
    def count(self) -> str:
        """How many findings it stands for."""
        return str(len(self.matters)) if self.opened is not None else ""

    @property
    def code(self) -> str:
        """The number of the defect, where all its findings have one."""
        codes = {matter.code for matter in self.matters}
        return next(iter(codes)) if len(codes) == 1 and NUMBERED.fullmatch(self.matters[0].code) else ""

    @property
    def source(self) -> str:
        """The rule that asks for it, where all its findings have one."""
        return self.matters[0].source if len({matter.source for matter in self.matters}) == 1 else ""


def lines(found: Sequence[Found], year: int, opened: Collection[str]) -> list[Line]:
    """The lines for findings: those of the year and of none by kind, then those of other years, folded."""
    present = [item for item in found if item.year in (None, year)]
    past = [item for item in found if item.year not in (None, year)]
    made = _by_kind(present, "", opened)
    if past:
        years = sorted({item.year for item in past if item.year is not None})
        told = "、".join(map(str, years))
        shown = PAST in opened
        made.append(Line(PAST, tuple(item.matter for item in past), f"其他年度（{told}）", opened=shown))
        if shown:
            for each in reversed(years):
                made += _by_kind([item for item in past if item.year == each], f"{each} 年 ", opened)
    return made


def _by_kind(found: Sequence[Found], before: str, opened: Collection[str]) -> list[Line]:
    kinds: dict[str, list[Matter]] = {}
    for item in found:
        kinds.setdefault(item.kind, []).append(item.matter)
    made: list[Line] = []
    for kind, matters in kinds.items():
        ordered = tuple(sorted(matters, key=lambda matter: LEVELS.index(matter.level)))
        if len(ordered) == 1:
            made.append(_line(ordered[0]))
        else:
            key = before + kind
            made.append(Line(key, ordered, before + kind, opened=key in opened))
    made.sort(key=lambda line: (LEVELS.index(line.level), -len(line.matters)))
    whole: list[Line] = []
    for line in made:
        whole.append(line)
        if line.opened:
            whole += [_line(matter, deep=True) for matter in line.matters]
    return whole


def _line(matter: Matter, *, deep: bool = False) -> Line:
    return Line(matter.key, (matter,), matter.text, deep)
