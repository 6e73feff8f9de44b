"""Whatever stands in a column that is known is kept or spoken of: nothing is dropped without a word."""

from __future__ import annotations

import pytest

from app.exchange.columns import COLUMNS
from app.exchange.tables import KINDS
from app.life.meetings import AgendaItem, load_minutes
from tests.app.exchange.bringing import Office, dues

GOOD = {
    "members": {"name": "乙二", "sex": "男", "joined": "2001.7.1", "confirmed": "2002.7.1"},
    "meetings": {"held_on": "2026.3.5", "types": "党员大会", "subject": "学习"},
    "talks": {"talked_on": "2026.3.5", "talker": "甲一", "partner": "丙三", "kind": "日常谈心", "content": "谈心"},
    "dues": {"name": "甲一", "m1": "25"},
}
HINTS = ("id_number", "department", "group", "phone")
"""The columns of other tables than rosters that only tell namesakes apart."""
PLACES = ("month", "dom", "year")
"""The parts of a day, of which words beside a whole day say nothing."""
FIELDS = [
    (kind, name)
    for kind, columns in COLUMNS.items()
    for name in columns.offered()
    if name not in GOOD[kind]
    and not (kind != "members" and name in HINTS)
    and not (name in PLACES or name.startswith("is_"))
]


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_an_odd_word_is_kept_or_spoken_of(office: Office, kind: str, name: str) -> None:
    office.has("甲一", "丙三")
    row = {**GOOD[kind], name: "怪词"}
    office.takes(kind, [[COLUMNS[kind].title(field) for field in row], list(row.values())], "2026年.xlsx")
    kept = [
        record
        for type_ in (*KINDS[kind].looks_at, AgendaItem)
        for record in office.ledger[type_].all()
        if any("怪词" in str(value) for value in vars(record).values())
    ]
    faults = [
        fault for fault in office.outcome.faults if "怪词" in f"{fault.said}{fault.reason}" or fault.field == name
    ]
    words = ("怪词", COLUMNS[kind].title(name))
    told = [text for text in (*office.outcome.told, *office.left) if any(word in text for word in words)]
    assert kept or faults or told


def test_parts_of_a_day_that_contradict_the_whole_are_asked(office: Office) -> None:
    head = ["年", "日", "时间", "类型", "主题"]
    office.takes("meetings", [head, ["2025", "", "2026.3.5", "党课", "一"], ["", "6", "2026.3.5", "党课", "二"]])
    assert load_minutes(office.ledger) == [] and [fault.field for fault in office.outcome.asked] == ["held_on"] * 2


def test_what_is_owed_by_a_sheet_is_compared_with_the_base_of_the_ledger(office: Office) -> None:
    office.has("甲一")
    dues(office, [["姓名", "党费基数", "1月"], ["甲一", 3000, 15]])
    dues(office, [["姓名", "月应交", "2月"], ["甲一", 20, 20]])
    assert office.paid["甲一 2026-02"] == 2000 and office.says("按名册里的基数应为 15.00 元")
    dues(office, [["姓名", "月应交", "3月"], ["甲一", 15, 15]])
    assert office.outcome.faults == []
