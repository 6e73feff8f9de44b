"""Every page of every kind of print walked: no box outside its frame, no glyph missing, nothing lost between parts."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops

from app.errors import Refused
from app.life.plans import PlannedEvent
from app.life.talks import Talk
from app.people.members import MemberStatus, Standing
from app.people.roster import Roster
from app.printing import style as s
from app.printing.faces import FANG, HEI, SERIF, document_face
from app.printing.pdf import Stopped
from app.printing.text import set_lines
from app.reports.appendix import keep_photos
from app.reports.book import BookOptions, print_book
from app.reports.briefing import Briefing, pieces, print_briefing
from app.reports.catalogue import FORMS
from app.reports.forms import print_form
from app.rules.meeting_types import MeetingType
from app.sample.year import Plan, fill_sample
from app.spool import MemorySpool
from app.work.year_papers import YearPaper, YearPaperKind
from app.year.ledger import YearLedger, load_year
from db.vault import FileVault
from tests.app.reports.test_reports import EXPECTED, plain, text_of
from tests.conftest import TODAY
from tests.make import full, member, minutes, partial, roster, with_every_matter, year_ledger

SLACK = 1.5  # points: side bearings of a glyph
pytestmark = pytest.mark.slow


def frame_of(number: int, across: float, down: float, *, document: bool, duplex: bool) -> tuple[float, float]:
    """Left and right edge of the frame on a page (from 0) of that size."""
    if document:
        return s.DOCUMENT_LEFT, s.DOCUMENT_LEFT + s.DOCUMENT_WIDTH
    if across > down:
        return 20 * s.MM, across - 20 * s.MM
    left, right = (s.RIGHT, s.LEFT) if duplex and number % 2 else (s.LEFT, s.RIGHT)
    return left, across - right


def boxes_outside(data: bytes, *, document: bool = False, duplex: bool = False) -> list[str]:
    """The texts whose box crosses the sides of the frame, or the 10 mm that stay free above and below."""
    made = pypdfium2.PdfDocument(data)
    margin = 10 * s.MM
    found: list[str] = []
    for number in range(len(made)):
        page = made[number]
        across, down = page.get_size()
        first, last = frame_of(number, across, down, document=document, duplex=duplex)
        texts = page.get_textpage()
        for index in range(texts.count_rects()):
            left, bottom, right, top = texts.get_rect(index)
            running = top > down - 20 * s.MM or bottom < 20 * s.MM  # stays where it is on both sides of a sheet
            sides = (margin, across - margin) if running else (first, last)
            inside = (
                left >= sides[0] - SLACK
                and right <= sides[1] + SLACK
                and bottom >= margin - SLACK
                and top <= down - margin + SLACK
            )
            if not inside:
                found.append(f"page {number + 1}: {texts.get_text_bounded(left, bottom, right, top)!r}")
    return found


def boxes_overlapping(data: bytes) -> list[str]:
    """The characters that lie on another one: by more than half of the smaller box."""
    made = pypdfium2.PdfDocument(data)
    found: list[str] = []
    for number in range(len(made)):
        texts = made[number].get_textpage()
        whole = texts.get_text_range()
        near: dict[tuple[int, int], list[tuple[float, float, float, float, str]]] = {}
        for index in range(min(texts.count_chars(), len(whole))):
            if whole[index].isspace():
                continue
            left, bottom, right, top = texts.get_charbox(index)
            place = (int(left // 20), int(bottom // 20))
            cells = [(x, y) for x in range(place[0] - 1, place[0] + 2) for y in range(place[1] - 1, place[1] + 2)]
            for other in (box for cell in cells for box in near.get(cell, ())):
                across = min(right, other[2]) - max(left, other[0])
                down = min(top, other[3]) - max(bottom, other[1])
                smaller = min((right - left) * (top - bottom), (other[2] - other[0]) * (other[3] - other[1]))
                if across > 0 and down > 0 and smaller > 0.5 and across * down > smaller / 2:
                    found.append(f"page {number + 1}: {whole[index]} on {other[4]}")
            near.setdefault(place, []).append((left, bottom, right, top, whole[index]))
    return found


def nasty() -> YearLedger:
    """Long names, long texts without a break, rare characters, markup, empty fields."""
    names = ["欧阳娜娜·阿卜杜拉" * 4, "㐂𠮷", "<b>&</b>", "A" * 40, "甲"]
    who = Roster(
        tuple(member(n, name, joined=partial("1996-07-01")) for n, name in enumerate(names, 1)),
        tuple(Standing(id=n, member=n, status=MemberStatus.FULL) for n in range(1, 6)),
        (),
        (),
    )
    long = minutes(1, date(2026, 3, 6), MeetingType.GENERAL, there=(1, 2, 3), absent=(4, 5))
    meeting = replace(long.meeting, subject="学" * 200, content="无断句" * 2000, place="W" * 90, host="名" * 60)
    types = (MeetingType.GENERAL, MeetingType.THEME_DAY)
    talk = Talk(id=1, talked_on=date(2026, 3, 6), talker=1, partner=4, content="无断句" * 900, opinion="A" * 300)
    paper = YearPaper(id=1, year=2026, kind=YearPaperKind.SUMMARY, text="总结" * 3000 + "\n" + "W" * 200)
    ledger = year_ledger(who, replace(long, meeting=meeting, types=types), talks=(talk,))
    return replace(ledger, papers=(paper,))


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory) -> YearLedger:
    """The last year of a ledger of ten."""
    folder = tmp_path_factory.mktemp("ten")
    ledger = FileVault(lambda: datetime(2026, 7, 16, 9, 30), folder).create(folder / "十年.zbtz")  # noqa: DTZ001
    fill_sample(ledger, Plan(10, 40, 3, TODAY))
    year = load_year(ledger, 2026)
    ledger.close()
    return year


@pytest.fixture(params=["empty", "small", "ordinary", "ten_years", "nasty"])
def any_ledger(request, sample, ten_years) -> YearLedger:
    """Five ledgers: an empty one, a small one, an ordinary one, one of ten years, and a nasty one."""
    kinds = {
        "empty": lambda: year_ledger(roster()),
        "small": lambda: year_ledger(
            roster(full(1), full(2)), minutes(1, date(2026, 3, 6), MeetingType.GENERAL, there=(1, 2))
        ),
        "ordinary": lambda: load_year(sample, 2026),
        "ten_years": lambda: ten_years,
        "nasty": nasty,
    }
    return kinds[request.param]()


def test_no_text_of_the_book_crosses_its_frame(any_ledger) -> None:
    for duplex in (False, True):
        printed = print_book(any_ledger, TODAY, None, BookOptions(duplex=duplex))
        assert boxes_outside(printed.data, duplex=duplex) == []
        assert printed.unprintable == ()
    assert boxes_overlapping(printed.data) == []


def about(year) -> dict[str, int]:
    """The record of each form that is of one record only."""
    return {
        "sign_in": year.plan[0].id,
        "sign_in_held": year.minutes[0].meeting.id,
        "transfer_letter": year.transfers[0].id,
        "document_progress": year.documents[0].id,
        "document_study": year.documents[0].id,
        "self_check": year.schemes[0].checks[0].check.id,
        "register": year.registers[0].register.id,
        "register_across": year.registers[0].register.id,
    }


@pytest.mark.parametrize("code", list(FORMS))
def test_no_text_of_a_form_crosses_its_frame(sample, code: str) -> None:
    year = with_every_matter(load_year(sample, 2026))
    record = about(year).get(code, 0)
    printed = print_form(year, code, record, TODAY)
    assert printed.pages >= 1 and printed.unprintable == ()
    assert boxes_outside(printed.data, document=FORMS[code].paper == "document") == []


@pytest.mark.parametrize("code", list(FORMS))
def test_no_form_of_a_nasty_ledger_crosses_its_frame(code: str) -> None:
    """Long names, texts without a break, rare characters, markup: nothing is cut, nothing is taken for markup."""
    event = PlannedEvent(id=1, planned_on=TODAY, type=MeetingType.GENERAL, subject="长" * 120, place="会" * 60)
    year = replace(with_every_matter(nasty()), plan=(event,))
    record = about(year).get(code, 0)
    printed = print_form(year, code, record, TODAY)
    assert boxes_outside(printed.data, document=FORMS[code].paper == "document") == []


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
    spool, data = MemorySpool(), picture(4000, 3000)
    photos = tuple(photo for n in range(9) for photo in keep_photos(data, f"照片{n}　2026-03-06 党员大会", spool))
    assert {(photo.width, photo.height) for photo in photos} == {(900, 675)}
    ledger = year_ledger(roster(full(1)))
    without, with_photos = print_book(ledger, TODAY), print_book(ledger, TODAY, None, BookOptions(photos=photos))
    assert with_photos.pages == without.pages + 3
    text = plain(text_of(with_photos.data))
    assert all(f"照片{n}" in text for n in range(9)) and "照片附录" in text
    assert boxes_outside(with_photos.data) == []


@pytest.mark.parametrize(
    "data", [b"", b"no picture", b"%PDF-1.4 broken", picture(10, 10)[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 50]
)
def test_what_is_no_picture_is_left_out(data: bytes) -> None:
    assert keep_photos(data, "", MemorySpool()) == []


def test_a_scan_is_shown_page_by_page_and_what_is_transparent_is_white() -> None:
    spool = MemorySpool()
    scan = print_form(year_ledger(roster(full(1))), "roster_a3", 0, TODAY).data
    whole = print_book(year_ledger(roster(full(1))), TODAY)
    (one,) = keep_photos(scan, "介绍信", spool)
    assert (one.width, one.words) == (900, "介绍信")
    pages = keep_photos(whole.data, "台账扫描", spool)
    assert len(pages) == whole.pages and pages[1].words == f"台账扫描（第 2 页，共 {whole.pages} 页）"
    buffer = BytesIO()
    Image.new("RGBA", (40, 30), (255, 0, 0, 0)).save(buffer, "PNG")
    (clear,) = keep_photos(buffer.getvalue(), "", spool)
    assert min(Image.open(BytesIO(spool.get(clear.piece))).convert("L").tobytes()) > 250


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
    printed = print_briefing(year, Briefing(4, TODAY, tuple(("会议活动", m.meeting.id) for m in chosen), "编者的话"))
    text = plain(text_of(printed.data))
    assert "2026年第4期" in text and "编者的话" in text and "党建工作简报" in text
    assert all(plain(m.meeting.subject) in text for m in chosen)
    assert boxes_outside(printed.data) == []
    with pytest.raises(Refused, match="至少选一条"):
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
    after = plain(text_of(print_form(year, "sign_in_held", held.meeting.id, TODAY).data))
    assert all(year.roster[row.member].name in after for row in held.attendance if row.member)


def test_the_new_parts_say_what_the_records_say(sample) -> None:
    year = load_year(sample, 2026)

    def part(code: str) -> str:
        return plain(text_of(print_book(year, TODAY, [code]).data))

    tasks = part("rectifications")
    assert all(plain(item.task) in tasks and f"{item.percent}%" in tasks for item in year.tasks)
    assert all(plain(item.problem) in tasks and plain(item.measure) in tasks for item in year.rectifications)
    assert all(plain(item.task) in tasks for item in year.follow_ups)
    assert all(plain(item.finding) in part("inspections") for item in year.inspections)
    assert all(plain(event.subject) in part("plan") for event in year.plan)
    assert all(plain(paper.text.replace("\n", "")) in part("plan") for paper in year.papers)
    study = part("study")
    assert all(plain(item.title) in study for item in year.own_studies)
    assert all(person.name in study for person in year.roster.present(TODAY))
    life = part("minutes_life_meeting")
    assert all(plain(item.problem) in life and plain(item.criticism) in life for item in year.life_findings)
    appraised = part("appraisal")
    assert all(f"{tally.excellent}{tally.qualified}" in appraised for tally in year.tallies)
    chronicle = part("chronicle")
    assert all(str(m.meeting.held_on) in chronicle and plain(m.meeting.subject) in chronicle for m in year.minutes)
    assert all(plain(item.title) in part("minutes_lecture") for item in year.repository)


def contact_sheet(data: bytes, across: int = 90) -> Image.Image:
    """Every page of a PDF small and grey, side by side, as a picture to compare with a stored one."""
    document = pypdfium2.PdfDocument(data)
    pages = [
        document[n].render(scale=across / document[n].get_width()).to_pil().convert("L") for n in range(len(document))
    ]
    down = max(page.height for page in pages)
    sheet = Image.new("L", (across * min(12, len(pages)), down * -(-len(pages) // 12)), 255)
    for number, page in enumerate(pages):
        sheet.paste(page, (number % 12 * across, number // 12 * down))
    return sheet


def test_pages_look_as_they_did(any_ledger, request) -> None:
    name = f"pages-{request.node.callspec.params['any_ledger']}.png"
    stored = EXPECTED / name
    found = contact_sheet(print_book(any_ledger, TODAY).data)
    if os.environ.get("STORE_EXPECTED"):
        found.save(stored, optimize=True)
    kept = Image.open(stored).convert("L")
    assert found.size == kept.size, "another number of pages"
    difference = ImageChops.difference(found, kept)
    assert difference.getextrema()[1] < 64, f"{name} looks otherwise at {difference.getbbox()}"


def test_a_signature_never_stands_alone_on_a_page(sample) -> None:
    year = load_year(sample, 2026)
    for lines in range(20, 60):
        minutes_of = year.minutes[0]
        meeting = replace(minutes_of.meeting, content="\n".join(f"第{n}项记录内容" for n in range(lines)))
        ledger = replace(year, minutes=(replace(minutes_of, meeting=meeting),))
        document = pypdfium2.PdfDocument(print_form(ledger, "minutes", 0, TODAY).data)
        last = plain(document[len(document) - 1].get_textpage().get_text_range())
        assert "签字" in last and "记录内容" in last


def test_a_briefing_can_tell_of_every_kind_of_record_in_its_own_words(sample) -> None:
    year = with_every_matter(load_year(sample, 2026))
    found = pieces(year)
    kinds = {piece.kind for piece in found}
    assert {"会议活动", "任务", "整改事项", "检查情况", "入库资料", "自建台账"} <= kinds
    printed = print_briefing(year, Briefing(1, TODAY, tuple(piece.key for piece in found)))
    text = plain(text_of(printed.data))
    assert all(plain(piece.title) in text for piece in found)
    assert boxes_outside(printed.data, document=True) == []
