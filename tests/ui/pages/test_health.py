"""台账体检 as a list: a line a kind, known with one reason; past years folded, sealed ones left out."""

from __future__ import annotations

from datetime import date

import pytest

from app.checks.acknowledgement import Acknowledgement
from app.checks.health import Found
from app.checks.matter import Level, Matter
from app.year.seal import YearSeal
from ui.house.ways import ToView
from ui.pages.health.rows import PAST, lines


def found(kind: str, year: int | None, *levels: Level) -> list[Found]:
    return [
        Found(kind, year, Matter(level, f"{kind}{number}", key=f"{kind}:{year}:{number}"))
        for number, level in enumerate(levels)
    ]


FOUND = [
    *found("内容照抄", 2026, *[Level.WARNING] * 5),
    *found("表决", 2026, Level.WARNING, Level.ERROR),
    *found("身份证号", None, Level.ERROR),
    *found("内容照抄", 2025, *[Level.WARNING] * 3),
    *found("内容照抄", 2024, Level.WARNING),
]


def test_there_is_a_line_a_kind_the_worst_first_and_past_years_are_one() -> None:
    told = [(line.text, line.count, line.level) for line in lines(FOUND, 2026, ())]
    assert told == [
        ("▸ 表决", "2", Level.ERROR),
        ("身份证号0", "", Level.ERROR),
        ("▸ 内容照抄", "5", Level.WARNING),
        ("▸ 其他年度（2024、2025）", "4", Level.WARNING),
    ]


def test_lines_open_to_their_findings_the_worst_first() -> None:
    told = [line.text for line in lines(FOUND, 2026, {"表决", PAST})]
    assert told == [
        "▾ 表决",
        "　　表决1",
        "　　表决0",
        "身份证号0",
        "▸ 内容照抄",
        "▾ 其他年度（2024、2025）",
        "▸ 2025 年 内容照抄",
        "内容照抄0",
    ]


@pytest.fixture
def health(workspace, qtbot):
    """The page, when every year was looked at."""
    workspace.go(ToView("health"))
    page = workspace.page
    qtbot.waitUntil(lambda: not page.busy)
    return page


def test_a_kind_is_opened_and_known_with_one_reason_in_one_action(health, workspace, qtbot) -> None:
    ledger = workspace.session.ledger
    assert len(health.table.rows_model.rows) < 20 < len(health._found)
    assert health.table.choose(lambda line: line.title == "内容照抄")
    chosen = health.table.current()
    health._go(chosen)
    assert len(health.table.rows_model.rows) > len(chosen.matters)
    health.table.choose(lambda line: line.key == chosen.key)
    assert "共" in health._text.text() and health._keep.text() == "全部已知悉"
    health.why.setText("范文一样，已和各组说明")
    health.keep()
    assert len(ledger[Acknowledgement].all()) == len(chosen.matters)
    qtbot.waitUntil(lambda: not health.busy)
    assert not any(line.title == "内容照抄" for line in health.table.rows_model.rows)
    ledger.history.undo()
    assert not ledger[Acknowledgement].all()


def test_a_sealed_year_is_not_asked_again(health, workspace, qtbot) -> None:
    past = next(line for line in health.table.rows_model.rows if line.key == PAST)
    assert "2025" in past.title
    seal = YearSeal(year=2025, sealed_on=date(2026, 1, 9), action=1, digest="")
    workspace.session.ledger[YearSeal].save(seal)
    workspace.refresh()
    qtbot.waitUntil(lambda: not health.busy)
    assert not any(line.key == PAST for line in health.table.rows_model.rows)
    assert "2025 年已归档，不再检查" in health.head_facts.text()
