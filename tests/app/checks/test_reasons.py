"""Why a matter is told: by the rules of its check, in words, with their sources."""

from __future__ import annotations

from datetime import date

import pytest

from app.checks.reasons import reason_of
from app.checks.reminders import reminders
from app.rules.rulebook import rulebook_on
from app.year.figures import all_charts
from app.year.ledger import load_year
from app.year.standing import standing

TODAY = date(2026, 7, 16)


def test_nearly_every_reminder_says_why_it_is_there(sample) -> None:
    year = load_year(sample, 2026)
    found = reminders(year, standing(year, TODAY), TODAY)
    reasons = {item.text: reason_of(item, year.rulebook) for item in found}
    assert len(reasons) > 8
    assert [text for text, why in reasons.items() if not why] in ([], ["登记民主评议等次"])


@pytest.mark.parametrize(
    ("code", "words"),
    [("last_day", "提前 15 天变黄（本程序约定）"), ("must_talk", "支部工作条例"), ("birthday", "提前 7 天提醒")],
)
def test_the_number_of_the_rule_stands_in_the_reason(sample, code: str, words: str) -> None:
    year = load_year(sample, 2026)
    found = [item for item in reminders(year, standing(year, TODAY), TODAY) if item.code == code]
    assert found and all(words in reason_of(item, year.rulebook) for item in found)


def test_a_matter_that_names_no_rule_says_nothing(sample) -> None:
    year = load_year(sample, 2026)
    (item, *_) = reminders(year, standing(year, TODAY), TODAY)
    from dataclasses import replace

    assert reason_of(replace(item, source="", rules=()), rulebook_on(TODAY)) == ""


def test_every_chart_says_how_it_is_counted(sample) -> None:
    charts = all_charts(load_year(sample, 2026), TODAY)
    assert len(charts) >= 6 and all(len(chart.why) > 12 for chart in charts)
