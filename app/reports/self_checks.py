"""自查考核 on paper: one self-check with its signatures, and those of the year in the ledger."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.printing import style as s
from app.printing.text import Signature, Text
from app.reports.parts import NOTHING, grid, heading
from app.scores import points
from app.work.self_checks import Scheme, Scored
from app.year.ledger import YearLedger
from app.year.self_checks import HEADINGS, checks_of_year, period_title, score_rows, self_check_of, summary

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

WIDTHS = (1, 2.2, 5, 1.2, 1.2, 1.2, 1.2, 4.6, 3)


def _facts(ledger: YearLedger, scored: Scored) -> str:
    check = scored.check
    parts = (ledger.branch.name, period_title(check.period), f"评分日期 {check.checked_on}", _by(scored))
    return "　".join(part for part in parts if part)


def _by(scored: Scored) -> str:
    return f"评分人 {scored.check.checked_by}" if scored.check.checked_by else ""


def self_check_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """One self-check: every item with its score and what is missing, the sums of its dimensions, its signatures."""
    del today
    scheme, scored = self_check_of(ledger, record)
    source = f"依据：{scheme.checklist.source}" if scheme.checklist.source else ""
    opinion = f"总体评价：{scored.check.opinion}" if scored.check.opinion.strip() else ""
    return [
        Text(scheme.checklist.title, s.FORM_TITLE),
        Text(_facts(ledger, scored), s.NOTE),
        grid(WIDTHS, HEADINGS, score_rows(scheme, scored)),
        Text(summary(scheme, scored), s.BODY),
        *[Text(text, s.BODY) for text in (_dimensions(scheme, scored), opinion) if text],
        *[Text(text, s.NOTE) for text in (source,) if text],
        Signature("评分人（签字）：　　　　　　支部书记（签字）：　　　　　　上级党组织审核（签章）：", s.SIGN),
    ]


def _dimensions(scheme: Scheme, scored: Scored) -> str:
    told = [f"{name} {points(given)}/{points(full)}" for name, given, full in scheme.by_dimension(scored) if name]
    return "各方面得分：" + "、".join(told) if len(told) > 1 else ""


def self_checks_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """自查考核: the self-checks of the year, each with its items."""
    del today
    story: list[Flowable] = [heading("self_checks", "自查考核")]
    for scheme, scored in checks_of_year(ledger):
        story += [
            Text(f"{scheme.checklist.title}　{period_title(scored.check.period)}", s.SECTION),
            Text(_facts(ledger, scored), s.NOTE),
            grid(WIDTHS, HEADINGS, score_rows(scheme, scored)),
            Text(summary(scheme, scored), s.BODY),
        ]
    return story if len(story) > 1 else [*story, Text(NOTHING, s.BODY)]
