"""自查考核 as registers: the items of a period with their scores, the periods, the items, the checklists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.checks.acknowledgement import Acknowledgement
from app.checks.check import Asked
from app.checks.self_checks import Judgement, judge_all
from app.life.meetings import Meeting
from app.scores import points
from app.work.checklist_packs import (
    check_checklist,
    check_item,
    remove_checklist,
    remove_item,
    save_checklist,
    save_item,
)
from app.work.self_checks import (
    Checklist,
    ChecklistItem,
    Scheme,
    SelfCheck,
    SelfCheckScore,
    check_score,
    check_self_check,
    remove_score,
    remove_self_check,
    save_scores,
    save_self_check,
)
from app.year.ledger import YearLedger
from app.year.periods import Period, period_words
from app.year.self_checks import comparison, period_title, scheme_of
from ui.house.session import Session
from ui.kit.record_fields import Fields
from ui.kit.table import Column
from ui.record.registers import Register

CHECKS, ITEMS, LISTS = "checks", "items", "0/lists"
"""The views beside the periods: what they came to, the items of the checklist, the checklists themselves."""


def code_of(checklist: int, part: str) -> str:
    """The code of a view of a checklist: a period by its name, or one of the others."""
    return f"{checklist}/{part}"


@dataclass(frozen=True)
class ScoreRow:
    """An item in a period: what was given, what was given the last time, what the records tell."""

    id: int
    item: ChecklistItem
    score: SelfCheckScore | None
    before: SelfCheckScore | None
    told: Judgement


def judged(session: Session, scheme: Scheme, span: Period) -> dict[int, Judgement]:
    """What the records of a span tell about each item, as of today."""
    ledger = session.ledger
    created = {id: at.date() for id, at in ledger.history.entered(Meeting).items()}
    known = {item.finding: item for item in ledger[Acknowledgement].all()}
    return judge_all(Asked(session.ledger_of_year(), session.today(), created=created), scheme, span, known)


def score_register(session: Session, scheme: Scheme, span: Period, told: dict[int, Judgement]) -> Register:
    """The items of a checklist in a period."""
    number, items = scheme.checklist.id, {item.id: item for item in scheme.items}

    def rows(ledger: YearLedger, today: date) -> Sequence[ScoreRow]:
        del today
        now = scheme_of(ledger, number)
        scored, before = now.of(span.name), now.before(span.name)
        given, last = scored.scores if scored else {}, before.scores if before else {}
        return [
            ScoreRow(item.id, item, given.get(item.id), last.get(item.id), told[item.id])
            for item in now.shown(scored)
            if item.id in told
        ]

    def record(row: ScoreRow, ledger: YearLedger) -> dict[str, Any]:
        del ledger
        if row.score is not None:
            return vars(row.score)
        return {"self_check": 0, "item": row.id, "proposed": row.told.proposed, "gap": row.told.gap}

    def whole(score: SelfCheckScore) -> SelfCheckScore:
        return replace(score, proposed=told[score.item].proposed) if score.item in told else score

    def save(s: Session, score: SelfCheckScore) -> SelfCheckScore:
        check = SelfCheck(checklist=number, year=s.year, period=span.name, checked_on=s.today())
        kept = save_scores(s.ledger, check, [whole(score)], s.today())
        return s.ledger[SelfCheckScore].all(self_check=kept, item=score.item)[0]

    return Register(
        code_of(number, span.name),
        "项目得分",
        SelfCheckScore,
        "这张清单还没有检查项目。在右上角“评什么”里选“检查项目”，先加项目。",
        _score_columns,
        rows,
        Fields(("score", "reason", "gap", "evidence"), rows={"reason": 2, "gap": 3, "evidence": 2}),
        save,
        lambda s, r: remove_score(s.ledger, r),
        lambda s, r: check_score(whole(r), items[r.item]) if r.item in items else [],
        lambda ledger, _: _sum(scheme_of(ledger, number), span.name),
        record_of=record,
        key=lambda row: row.id,
        searched=lambda row, _: f"{row.item.dimension} {row.item.label}",
        form="self_check",
        makes_new=False,
    )


def _score_columns(ledger: YearLedger, today: date) -> Sequence[Column]:
    del ledger, today
    return (
        Column("维度", lambda r: r.item.dimension, 120, tip=lambda r: r.item.dimension),
        Column("检查项目", lambda r: r.item.label, 200, strong=True, stretch=True, tip=lambda r: r.item.label),
        Column("满分", lambda r: points(r.item.full), 56, right=True),
        Column("建议", lambda r: _points(r.told.proposed), 56, right=True, tip=lambda r: r.told.gap),
        Column("得分", lambda r: points(r.score.score) if r.score else "未评", 72, keep=True, tone=_tone),
        Column("上期", lambda r: points(r.before.score) if r.before else "", 56, right=True),
    )


def _points(tenths: int | None) -> str:
    return "" if tenths is None else points(tenths)


def _tone(row: ScoreRow) -> str:
    if row.score is None:
        return "plain"
    return "ok" if row.score.score == row.item.full else "missing" if row.score.score == 0 else "due"


def _sum(scheme: Scheme, period: str) -> str:
    scored = scheme.of(period)
    if scored is None:
        return "还没有评分"
    told = [f"得 {points(scheme.total(scored))}/{points(scheme.full(scored))} 分", comparison(scheme, scored)]
    left = len(scheme.unscored(scored))
    return " · ".join(part for part in (*told, f"{left} 项未评" if left else "") if part)


def checks_register(scheme: Scheme) -> Register:
    """What the periods of the year came to, with day, by whom, and the grade."""
    number = scheme.checklist.id

    def columns(ledger: YearLedger, today: date) -> Sequence[Column]:
        del today
        now = scheme_of(ledger, number)
        by_id = {scored.check.id: scored for scored in now.checks}
        return (
            Column("评分期", lambda r: period_words(r.period), 100, strong=True),
            Column("得分", lambda r: points(now.total(by_id[r.id])), 70, right=True),
            Column("满分", lambda r: points(now.full(by_id[r.id])), 70, right=True),
            Column("折合", lambda r: _points(now.converted(by_id[r.id])), 70, right=True),
            Column("与上期比", lambda r: comparison(now, by_id[r.id]), 150, stretch=True),
            Column("等次", lambda r: r.grade, 80),
            Column("评分日期", lambda r: str(r.checked_on or ""), 110),
        )

    return Register(
        code_of(number, CHECKS),
        "自查评分",
        SelfCheck,
        "本年度还没有评分。在“评什么”里选一期，逐项评分后这里看得到各期的总分。",
        columns,
        lambda ledger, _: [s.check for s in scheme_of(ledger, number).checks if s.check.year == ledger.year],
        Fields(
            ("checked_on", "checked_by", "grade", "opinion"),
            words={"grade": scheme.checklist.words},
            named={"checked_by"},
        ),
        lambda s, r: save_self_check(s.ledger, r, s.today()),
        lambda s, r: remove_self_check(s.ledger, r),
        lambda s, r: check_self_check(r, s.today()),
        key=lambda row: row.id,
        searched=lambda row, _: f"{period_title(row.period)} {row.checked_by}",
        form="self_check",
        makes_new=False,
    )


def items_register(scheme: Scheme) -> Register:
    """The items of a checklist, to be changed."""
    number = scheme.checklist.id
    return Register(
        code_of(number, ITEMS),
        "检查项目",
        ChecklistItem,
        "还没有检查项目。点“新登记”，写明维度、检查项目和满分；能由记录判断的，选上看哪些记录。",
        _item_columns,
        lambda ledger, _: scheme_of(ledger, number).items,
        Fields(
            ("dimension", "label", "full", "deduct", "weight", "evidence", "position", "retired"),
            rows={"label": 2, "evidence": 2},
            hints={"deduct": "分，0 是按比例", "dimension": "如 组织生活正常化"},
        ),
        lambda s, r: save_item(s.ledger, r),
        lambda s, r: remove_item(s.ledger, r),
        lambda _, r: check_item(r),
        lambda ledger, _: f"满分 {points(scheme_of(ledger, number).full())} 分",
        begins={"checklist": number, "weight": 100},
        key=lambda row: row.id,
        searched=lambda row, _: f"{row.dimension} {row.label}",
    )


def _item_columns(ledger: YearLedger, today: date) -> Sequence[Column]:
    del ledger, today
    return (
        Column("维度", lambda r: r.dimension, 130, tip=lambda r: r.dimension),
        Column("检查项目", lambda r: r.label, 220, strong=True, stretch=True, tip=lambda r: r.label),
        Column("满分", lambda r: points(r.full), 56, right=True),
        Column("每缺扣", lambda r: points(r.deduct) if r.deduct else "按比例", 76),
        Column("状态", lambda r: "停用" if r.retired else "在用", 72, tone=lambda r: "plain" if r.retired else "ok"),
    )


def lists_register() -> Register:
    """Every checklist, with what is said of it."""
    return Register(
        LISTS,
        "考核清单",
        Checklist,
        "还没有考核清单。",
        _list_columns,
        lambda ledger, _: [scheme.checklist for scheme in ledger.schemes],
        Fields(
            ("title", "period", "passing", "share", "grades", "source", "purpose", "retired"),
            rows={"purpose": 2},
            hints={"grades": "如 好、较好、一般、差", "passing": "分，没有可以不填"},
        ),
        lambda s, r: save_checklist(s.ledger, r),
        lambda s, r: remove_checklist(s.ledger, r),
        lambda _, r: check_checklist(r),
        key=lambda row: row.id,
        searched=lambda row, _: row.title,
        makes_new=False,
    )


def _list_columns(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    schemes = {scheme.checklist.id: scheme for scheme in ledger.schemes}
    return (
        Column("清单名称", lambda r: r.title, 240, strong=True, stretch=True, tip=lambda r: r.purpose),
        Column("多久评一次", lambda r: r.period.value, 90),
        Column("项目", lambda r: str(sum(not i.retired for i in schemes[r.id].items)), 60, right=True),
        Column("满分", lambda r: points(schemes[r.id].full()), 60, right=True),
        Column("状态", lambda r: "停用" if r.retired else "在用", 72, tone=lambda r: "plain" if r.retired else "ok"),
    )
