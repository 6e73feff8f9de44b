"""A sealed year: its digest, reasons for later changes, and what the next print lists."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.dates import PartialDate
from app.errors import Refused
from app.life.meetings import Meeting, Minutes, record_meeting, remove_meeting
from app.life.talks import Talk, record_talk
from app.people.appraisals import Appraisal, Grade, save_appraisal
from app.people.care import Care, save_care
from app.people.honours import Honour, save_honour
from app.reports.book import print_book
from app.rules.meeting_types import MeetingType
from app.year.ledger import load_year
from app.year.seal import YearSeal, check_seal, corrections, seal_of, seal_year, year_digest

TODAY = date(2026, 7, 16)


def late(ledger, day: date, subject: str = "补记的会") -> None:
    minutes = Minutes(Meeting(held_on=day, subject=subject), (MeetingType.GENERAL,))
    record_meeting(ledger, minutes, load_year(ledger, 2026).roster, TODAY)


def test_only_a_year_that_is_over_is_sealed_and_only_once(sample) -> None:
    with pytest.raises(Refused, match="还没有过完"):
        seal_year(sample, 2026, TODAY)
    seal = seal_year(sample, 2025, TODAY)
    assert check_seal(sample, seal)
    with pytest.raises(Refused, match="已经归档"):
        seal_year(sample, 2025, TODAY)


def test_a_sealed_year_is_changed_only_with_a_reason(sample) -> None:
    seal = seal_year(sample, 2025, TODAY)
    before = len(sample[Meeting].all())
    with pytest.raises(Refused, match="2025 年已经归档"):
        late(sample, date(2025, 12, 30))
    assert len(sample[Meeting].all()) == before
    late(sample, date(2026, 7, 1))  # another year is free
    sample.reason_for = lambda years: "会议记录本漏记"
    late(sample, date(2025, 12, 30))
    meeting = load_year(sample, 2025).minutes[0].meeting
    record_meeting(
        sample,
        replace(load_year(sample, 2025).minutes[0], meeting=replace(meeting, place="改过的地点")),
        load_year(sample, 2025).roster,
        TODAY,
    )
    remove_meeting(sample, load_year(sample, 2025).minutes[1].meeting.id)
    told = [(c.kind, c.what, c.reason) for c in corrections(sample, seal)]
    assert told == [
        ("补录", "记会议", "会议记录本漏记"),
        ("更正", "修改会议", "会议记录本漏记"),
        ("更正", "删除会议", "会议记录本漏记"),
    ]
    assert check_seal(sample, seal), "later corrections do not break the digest of what was sealed"


def test_a_part_of_a_sealed_meeting_asks_too_and_undoing_asks_again(sample) -> None:
    seal_year(sample, 2025, TODAY)
    minutes = load_year(sample, 2025).minutes[0]
    fewer = replace(minutes, attendance=minutes.attendance[1:])
    with pytest.raises(Refused):
        record_meeting(sample, fewer, load_year(sample, 2025).roster, TODAY)
    sample.reason_for = lambda years: "签到有误"
    record_meeting(sample, fewer, load_year(sample, 2025).roster, TODAY)
    asked: list[frozenset[int]] = []
    sample.reason_for = lambda years: asked.append(years) or "改回去"
    sample.history.undo()
    assert asked == [frozenset({2025})]


def test_a_talk_moved_into_a_sealed_year_asks(sample) -> None:
    seal_year(sample, 2025, TODAY)
    people = load_year(sample, 2026).roster.members
    talk = Talk(talked_on=date(2026, 7, 1), talker=people[0].id, partner=people[1].id)
    saved = record_talk(sample, talk, {p.id for p in people}, TODAY)
    with pytest.raises(Refused):
        record_talk(sample, replace(saved, talked_on=date(2025, 7, 1)), {p.id for p in people}, TODAY)


@pytest.mark.parametrize("write", ["honour", "care", "grade"])
def test_a_record_about_a_member_in_a_sealed_year_asks(sample, write) -> None:
    seal_year(sample, 2025, TODAY)
    person = load_year(sample, 2025).roster.members[0].id

    def record() -> None:
        if write == "honour":
            save_honour(sample, Honour(member=person, given_on=PartialDate(2025, 7), name="优秀党员"))
        elif write == "care":
            save_care(sample, Care(member=person, given_on=date(2025, 7, 1)), TODAY)
        else:  # decided in the year after, about the year that is sealed
            grade = Appraisal(member=person, year=2025, grade=Grade.QUALIFIED, decided_on=date(2026, 1, 9))
            save_appraisal(sample, grade, load_year(sample, 2026).roster)

    with pytest.raises(Refused, match="2025 年已经归档"):
        record()
    sample.reason_for = lambda years: "补登漏记"
    record()


def test_the_last_page_bears_the_digest_and_lists_what_came_later(sample) -> None:
    seal = seal_year(sample, 2025, TODAY)
    sample.reason_for = lambda years: "会议记录本漏记"
    late(sample, date(2025, 12, 30))
    document = pypdfium2.PdfDocument(print_book(load_year(sample, 2025), TODAY, ["sign_off"]).data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    plain = "".join(text.split())
    assert seal.digest in plain
    assert "补录" in plain and "会议记录本漏记" in plain


def test_tampering_with_a_sealed_year_is_found(sample, tmp_path) -> None:
    seal = seal_year(sample, 2025, TODAY)
    number = seal.action
    digest = year_digest(sample.history, 2025, number)
    other = sqlite3.connect(tmp_path / "示例.zbtz", isolation_level=None)
    other.execute("UPDATE meeting SET subject = '改过' WHERE held_on LIKE '2025%'")
    other.close()
    assert year_digest(sample.history, 2025, number) == digest
    assert not check_seal(sample, seal)


def test_a_seal_of_an_earlier_program_still_holds_and_later_corrections_are_listed(sample) -> None:
    number = sample.history.head()[0]
    digest = year_digest(sample.history, 2025, number, 1)
    with sample.transaction("2025 年归档"):
        seal = sample[YearSeal].save(YearSeal(year=2025, sealed_on=TODAY, action=number, digest=digest))
    assert seal.scheme == 1
    assert check_seal(sample, seal)
    assert digest != year_digest(sample.history, 2025, number)
    sample.reason_for = lambda years: "会议记录本漏记"
    late(sample, date(2025, 12, 30))
    assert check_seal(sample, seal)
    assert [item.kind for item in corrections(sample, seal)] == ["补录"]


def test_a_year_sealed_by_a_released_program_verifies_after_its_file_was_brought_up_to_date(vault, tmp_path) -> None:
    path = tmp_path / "旧台账.zbtz"
    shutil.copy(Path(__file__).parents[2] / "old_files" / "schema-9.zbtz", path)
    ledger = vault.open(path)
    assert check_seal(ledger, seal_of(ledger, 2025))
    ledger.close()


def test_sealing_can_be_undone_at_once(sample) -> None:
    seal_year(sample, 2025, TODAY)
    sample.history.undo()
    late(sample, date(2025, 12, 30))
    assert "补记的会" in [minutes.meeting.subject for minutes in load_year(sample, 2025).minutes]
