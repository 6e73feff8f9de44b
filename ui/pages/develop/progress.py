"""Where each applicant stands, as the board, the list and the strip show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.dates import chinese
from app.development.checks import NextStep, findings, meeting_findings, next_step
from app.development.finding import Finding
from app.development.steps import INTRODUCERS, STAGES, Development
from app.life.meetings import Minutes
from app.rules.kinds import StepRule
from app.year.ledger import YearLedger


@dataclass(frozen=True)
class Progress:
    """One applicant: the stage, what is next by when, what does not fit, which papers are missing."""

    way: Development
    stage: str
    coming: NextStep | None
    findings: tuple[Finding, ...]
    there: int
    needed: int
    soon: int
    """Days ahead that a last day is told."""

    @property
    def id(self) -> int:
        """The applicant's number."""
        return self.way.applicant.id

    @property
    def name(self) -> str:
        """The applicant's name."""
        return self.way.applicant.name

    @property
    def step_text(self) -> str:
        """第 6 步 培养教育考察."""
        if self.coming:
            return f"第 {self.coming.step} 步 {self.coming.name}"
        return f"已终止：{self.way.applicant.closed_why}" if self.way.applicant.closed_on else "已办结"

    @property
    def detail(self) -> str:
        """By when, or why."""
        if self.coming is None:
            return ""
        if self.coming.due_on:
            return f"{chinese(self.coming.due_on)}前"
        return self.coming.why

    def chip(self, today: date) -> tuple[str, str]:
        """A word and its tone: days left, overdue, papers missing; empty when nothing presses."""
        due = self.coming.due_on if self.coming else None
        if due and due < today:
            return f"逾期 {(today - due).days} 天", "missing"
        if due and (due - today).days <= self.soon:
            return f"还有 {(due - today).days} 天", "due"
        if self.there < self.needed and not self.way.applicant.closed_on:
            return f"缺 {self.needed - self.there} 份材料", "missing"
        return "", ""

    def facts(self, ledger: YearLedger) -> str:
        """Probation and introducers, or the day of application, in a line."""
        rule, parts = ledger.rulebook.development, []
        admitted, ends = self.way.admitted, self.way.confirmation_day(rule)
        if admitted and ends:
            parts.append(f"预备期 {admitted} 至 {ends}")
        elif applied := self.way.day(1):
            parts.append(f"{applied} 递交申请")
        step = self.way.steps.get(INTRODUCERS)
        people = [p for p in (step.first_person, step.second_person) if p] if step else []
        if people:
            parts.append("介绍人 " + "、".join(ledger.roster[p].name for p in people))
        return " · ".join(parts)


def progress_of(ledger: YearLedger, minutes: dict[int, Minutes], today: date) -> list[Progress]:
    """Everybody on the way; `minutes` are those that steps name, of any year."""
    rule = ledger.rulebook.development
    found: list[Progress] = []
    for way in ledger.development:
        told = findings(way, rule, ledger.roster, ledger.calendar, today)
        told += meeting_findings(way, minutes, ledger.rulebook)
        there, needed = way.material_counts(rule)
        coming = next_step(way, rule, ledger.calendar)
        soon = ledger.rulebook.remind.soon_days
        found.append(Progress(way, way.stage(rule), coming, tuple(told), there, needed, soon))
    return found


def steps_of(ledger: YearLedger, stage: str) -> list[StepRule]:
    """The steps of one stage."""
    return [step for step in ledger.rulebook.development.steps if step.stage == stage]


def span_of(ledger: YearLedger, stage: str) -> str:
    """第 3–6 步."""
    steps = steps_of(ledger, stage)
    return f"第 {steps[0].number}–{steps[-1].number} 步"


__all__ = ["STAGES", "Progress", "progress_of", "span_of", "steps_of"]
