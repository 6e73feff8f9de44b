"""Every way of every matter leads to a page that shows what it is about; one duty leads to one place."""

from __future__ import annotations

from datetime import date

import pytest

from app.checks.branch import forecast
from app.checks.duties import of_duty, way_of
from app.checks.health import health_of_people, health_of_year
from app.checks.matter import Level
from app.checks.meetings import Copied
from app.checks.reminders import reminders
from app.life.meetings import Meeting
from app.life.study import OwnStudy
from app.life.talks import Talk
from app.ways import ToList, ToNew, ToRecord
from app.year.ledger import load_year
from app.year.standing import State, standing
from tests.conftest import TODAY
from ui.house.entries import PAGES
from ui.house.ways import PLACES, icon_of, page_of, word_of

CODES = {entry.code for entry in PAGES}


def matters(sample, day: date) -> list:
    year = load_year(sample, day.year)
    found = reminders(year, standing(year, day), day)
    found += health_of_year(year, {}, Copied(), day) + health_of_people(year, day)
    return found + forecast(year, day, date(day.year, 12, 31))


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 11, 20), TODAY])
def test_every_matter_leads_to_a_page_with_an_icon_and_a_word(sample, day) -> None:
    found = matters(sample, day)
    assert len(found) > 5
    for matter in found:
        assert matter.way is not None, matter.text
        assert page_of(matter.way) in CODES
        assert icon_of(matter) and word_of(matter)
        assert matter.key


def test_matters_of_a_day_have_keys_of_their_own(sample) -> None:
    keys = [matter.key for matter in reminders(load_year(sample, 2026), [], TODAY)]
    assert len(keys) == len(set(keys))


def test_every_kind_in_the_table_is_shown_by_a_page_there_is() -> None:
    assert {page for page, _, _ in PLACES.values()} <= CODES


def test_one_duty_leads_to_one_place_wherever_it_is_shown(sample) -> None:
    year = load_year(sample, 2026)
    day = date(2026, 12, 31)
    duties = standing(year, day)
    told = {matter.key: matter.way for matter in health_of_year(year, {}, Copied(), date(2027, 1, 1))}
    expected = {matter.key: matter.way for matter in forecast(year, TODAY, day)}
    for duty in duties:
        way = way_of(year, duty)
        reminder = of_duty(year, duty, day)
        assert reminder is None or reminder.way == way
        key = f"{duty.rule}:{duty.period}"
        for ways, name in ((told, f"C19:duty:{key}"), (told, f"C21:duty:{key}"), (expected, f"forecast:{key}")):
            assert type(ways.get(name, way)) is type(way), key


def test_hours_that_are_missing_lead_to_the_hours(sample) -> None:
    year = load_year(sample, 2026)
    rule = year.rulebook.hours
    duty = next(duty for duty in standing(year, TODAY) if rule and duty.rule == rule.code)
    way = way_of(year, duty)
    assert isinstance(way, ToList) and way.kind is OwnStudy
    assert page_of(way) == "study"


def test_a_missing_meeting_is_written_and_a_held_one_is_shown(sample) -> None:
    year = load_year(sample, 2026)
    duties = standing(year, TODAY)
    missing = next(d for d in duties if d.state is State.MISSING and isinstance(way_of(year, d), ToNew))
    held = next(d for d in duties if d.state is State.DONE and len(d.records) == 1 and d.rule != "talk_each_member")
    assert way_of(year, held) == ToRecord(Meeting, held.records[0])
    matter = of_duty(year, missing, TODAY)
    assert matter is not None and matter.level is Level.ERROR


def test_a_record_of_another_year_is_shown_in_its_year(workspace) -> None:
    talk = workspace.session.ledger[Talk].all(talked_on=date(2025, 3, 1)) or workspace.session.ledger[Talk].all()
    first = min(talk, key=lambda item: item.talked_on)
    assert first.talked_on.year == 2025 and workspace.session.year == 2026
    workspace.go(ToRecord(Talk, first.id))
    assert workspace.session.year == 2025
    assert workspace.page.table.current().id == first.id
