"""Every page of every kind of print walked: no box outside its frame, no glyph missing, nothing lost between parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from app.errors import Refused
from app.ledger import YearLedger, load_year
from app.meetings import MeetingType
from app.members import MemberStatus, Standing
from app.reports import style as s
from app.reports.appendix import Photo, small
from app.reports.book import BookOptions, print_book
from app.reports.briefing import Briefing, print_briefing
from app.reports.faces import FANG, HEI, SERIF, document_face
from app.reports.forms import FORMS, print_form
from app.reports.pdf import Stopped
from app.reports.text import set_lines
from app.roster import Roster
from tests.app.test_reports import plain, text_of
from tests.conftest import TODAY
from tests.make import full, member, minutes, roster, year_ledger

SLACK = 1.5  # points: side bearings of a glyph


def boxes_outside(data: bytes) -> list[str]:
    """The texts whose box crosses the margin of its page; margins of 10 mm hold for every kind of page here."""
    document = pypdfium2.PdfDocument(data)
    margin = 10 * s.MM
    found: list[str] = []
    for number in range(len(document)):
        page = document[number]
        across, down = page.get_size()
        texts = page.get_textpage()
        for index in range(texts.count_rects()):
            left, bottom, right, top = texts.get_rect(index)
            inside = (
                left >= margin - SLACK
                and right <= across - margin + SLACK
                and bottom >= margin - SLACK
                and top <= down - margin + SLACK
            )
            if not inside:
                found.append(f"page {number + 1}: {texts.get_text_bounded(left, bottom, right, top)!r}")
    return found


def nasty() -> YearLedger:
    """Long names, long texts without a break, rare characters, markup, empty fields."""
    names = ["欧阳娜娜·阿卜杜拉" * 4, "㐂𠮷", "<b>&</b>", "A" * 40, "甲"]
    who = Roster(
        tuple(member(n, name) for n, name in enumerate(names, 1)),
        tuple(Standing(id=n, member=n, status=MemberStatus.FULL) for n in range(1, 6)),
        (),
        (),
    )
    long = minutes(1, date(2026, 3, 6), MeetingType.GENERAL, there=(1, 2, 3), absent=(4, 5))
    meeting = replace(long.meeting, subject="学" * 200, content="无断句" * 2000, place="W" * 90, host="名" * 60)
    return year_ledger(who, replace(long, meeting=meeting))


@pytest.fixture(params=["empty", "small", "ordinary", "years", "nasty"])
def any_ledger(request, sample) -> YearLedger:
    """Five ledgers: an empty one, a small one, an ordinary one, an earlier year of it, and a nasty one."""
    kinds = {
        "empty": lambda: year_ledger(roster()),
        "small": lambda: year_ledger(
            roster(full(1), full(2)), minutes(1, date(2026, 3, 6), MeetingType.GENERAL, there=(1, 2))
        ),
        "ordinary": lambda: load_year(sample, 2026),
        "years": lambda: load_year(sample, 2025),
        "nasty": nasty,
    }
    return kinds[request.param]()


def test_no_text_of_the_book_crosses_its_frame(any_ledger) -> None:
    for duplex in (False, True):
        printed = print_book(any_ledger, TODAY, None, BookOptions(duplex=duplex))
        assert boxes_outside(printed.data) == []
        assert printed.unprintable == ()


@pytest.mark.parametrize("code", list(FORMS))
def test_no_text_of_a_form_crosses_its_frame(sample, code: str) -> None:
    year = load_year(sample, 2026)
    record = {"sign_in": year.plan[0].id, "materials": year.development[0].applicant.id}.get(code, 0)
    try:
        printed = print_form(year, code, record, TODAY)
    except Refused:
        assert code in ("transfer_letter", "remittances", "ballot")  # the sample has none of these
        return
    assert printed.pages >= 1 and boxes_outside(printed.data) == []


def test_the_checker_finds_what_crosses() -> None:
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, (s.PAGE_WIDTH, s.PAGE_HEIGHT))
    canvas.drawString(s.PAGE_WIDTH - 40, 300, "over the edge")
    canvas.save()
    assert boxes_outside(buffer.getvalue())


def test_a_part_without_records_is_left_out_by_choice() -> None:
    ledger = year_ledger(roster(full(1)))
    whole = print_book(ledger, TODAY)
    short = print_book(ledger, TODAY, None, BookOptions(leave_out_empty=True))
    assert "elections" in whole.pages_of and "elections" not in short.pages_of
    assert "本年度无" in plain(text_of(whole.data)) and short.pages < whole.pages


def test_the_binding_margin_alternates_on_both_sides_of_a_sheet(sample) -> None:
    year = load_year(sample, 2026)

    def lefts(data: bytes) -> list[float]:
        document = pypdfium2.PdfDocument(data)
        found = []
        for number in range(4, 8):
            texts = document[number].get_textpage()
            body = [texts.get_rect(index) for index in range(texts.count_rects())]
            found.append(min(left for left, _, _, _ in body))
        return found

    plain_sides = lefts(print_book(year, TODAY).data)
    turned = lefts(print_book(year, TODAY, None, BookOptions(duplex=True)).data)
    moved = [round(a - b, 1) for a, b in zip(plain_sides, turned, strict=True)]
    assert set(moved) == {0.0, round(s.LEFT - s.RIGHT, 1)}


def picture(width: int, height: int, colour: str = "red") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def test_photos_are_four_to_a_page_with_their_words() -> None:
    data = small(picture(4000, 3000))
    assert data is not None and Image.open(BytesIO(data)).size == (1100, 825)
    photos = tuple(Photo(data, f"照片{n}　2026-03-06 党员大会") for n in range(9))
    ledger = year_ledger(roster(full(1)))
    without, with_photos = print_book(ledger, TODAY), print_book(ledger, TODAY, None, BookOptions(photos=photos))
    assert with_photos.pages == without.pages + 3
    text = plain(text_of(with_photos.data))
    assert all(f"照片{n}" in text for n in range(9)) and "照片附录" in text
    assert boxes_outside(with_photos.data) == []


@pytest.mark.parametrize("data", [b"", b"no picture", picture(10, 10)[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_what_is_no_picture_is_left_out(data: bytes) -> None:
    assert small(data) is None


def test_a_print_can_be_given_up_between_pages(sample) -> None:
    heard: list[int] = []

    def told(page: int) -> bool:
        heard.append(page)
        return page < 3

    with pytest.raises(Stopped):
        print_book(load_year(sample, 2026), TODAY, told=told)
    assert heard == [1, 2, 3]


def test_a_briefing_has_28_characters_a_line_and_22_lines_a_page() -> None:
    body = set_lines("学" * 280, s.DOCUMENT_PLAIN, s.DOCUMENT_WIDTH)
    assert [line.characters for line in body] == [28] * 10
    assert all(line.width * 16 <= s.DOCUMENT_WIDTH + 1e-6 for line in body)
    assert round(s.DOCUMENT_LEADING, 2) == 28.99 and round(16 + s.DOCUMENT_SQUEEZE, 2) == 15.79


def test_a_briefing_tells_the_chosen_meetings_and_nothing_else(sample) -> None:
    year = load_year(sample, 2026)
    chosen = year.minutes[-2:]
    printed = print_briefing(year, Briefing(4, TODAY, tuple(m.meeting.id for m in chosen), "编者的话"))
    text = plain(text_of(printed.data))
    assert "2026年第4期" in text and "编者的话" in text and "党建工作简报" in text
    assert all(plain(m.meeting.subject) in text for m in chosen)
    assert boxes_outside(printed.data) == []
    with pytest.raises(Refused, match="至少选一次"):
        print_briefing(year, Briefing(1, TODAY, ()))


def test_a_face_of_the_system_is_used_only_where_it_is_whole(tmp_path) -> None:
    import resources

    (tmp_path / "simfang.ttf").write_bytes(b"no font")
    assert document_face(FANG, (str(tmp_path),)) == SERIF
    whole = tmp_path / "fonts" / "simhei.ttf"
    whole.parent.mkdir()
    whole.write_bytes(resources.path("fonts/NotoSansSC-Bold.ttf").read_bytes())
    assert document_face(HEI, (str(tmp_path),)) == str(whole)
    assert document_face(HEI, (str(tmp_path / "none"),)) == "NotoSansSC-Bold"


def test_a_persons_year_is_what_the_records_say_of_her(sample) -> None:
    year = load_year(sample, 2026)
    person = year.roster.present(TODAY)[0]
    text = plain(text_of(print_form(year, "person_year", person.id, TODAY).data))
    there = [m for m in year.minutes if any(row.member == person.id for row in m.attendance)]
    assert person.name in text
    assert all(str(m.meeting.held_on) in text for m in there)
    with pytest.raises(Refused):
        print_form(year, "person_year", 9999, TODAY)


def test_a_sign_in_sheet_prints_the_names_before_and_after_the_meeting(sample) -> None:
    year = load_year(sample, 2026)
    before = plain(text_of(print_form(year, "sign_in", year.plan[0].id, TODAY).data))
    assert all(person.name in before for person in year.roster.present(year.plan[0].planned_on))
    held = next(m for m in year.minutes if MeetingType.COMMITTEE in m.types)
    after = plain(text_of(print_form(year, "sign_in", -held.meeting.id, TODAY).data))
    assert all(year.roster[row.member].name in after for row in held.attendance if row.member)
