"""What leaves the program is whole: nothing cut without a word, no face missing in a print, no crash on odd text."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook

from app.exchange.calendar_file import calendar_file
from app.exchange.document_templates import DocumentTemplate
from app.exchange.export import workbook
from app.exchange.filling import fill
from app.life.plans import PlannedEvent
from app.lines import LONGEST_CELL, with_lines
from app.reports.book import print_book
from app.reports.forms import print_form
from app.rules.meeting_types import MeetingType
from app.year.ledger import load_year
from app.year.standing import standing
from tests.app.exchange.test_office import docx, words_of
from tests.app.reports.test_reports import text_of
from tests.conftest import TODAY
from tests.make import with_every_matter


@pytest.mark.parametrize("text", ["甲\x0b乙", "甲\u2028乙", "甲\u2029乙", "甲\r\n乙", "甲\r乙", "甲\x85乙", "甲\x0c乙"])
def test_the_line_breaks_of_every_program_are_one(text: str) -> None:
    assert with_lines(text) == "甲\n乙"


def test_what_nothing_can_show_is_left_out() -> None:
    assert with_lines("甲\x00\x07乙\ufffe丙\ud800丁") == "甲乙丙丁"


def sheet_of(data: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(data)).active.iter_rows()]


def test_a_text_too_long_for_a_cell_goes_on_below_and_says_so() -> None:
    text = "".join(chr(0x4E00 + n % 5000) for n in range(2 * LONGEST_CELL))
    head, first, *rest, last = sheet_of(workbook("表", ["序号", "内容"], [[1, text], [2, "短"]]))
    assert head == ["序号", "内容"] and last == [2, "短"] and len(rest) == 2
    parts = [str(row[1]) for row in (first, *rest)]
    assert all(len(part) <= LONGEST_CELL for part in parts)
    assert all(part.endswith("（下接下一行）") for part in parts[:-1]) and all(
        p.startswith("（续）") for p in parts[1:]
    )
    assert "".join(part.removesuffix("（下接下一行）").removeprefix("（续）") for part in parts) == text


def template(name: str) -> DocumentTemplate:
    return DocumentTemplate(name="表", subject="会议活动", file_name=name, digest="—", added_on=TODAY)


@pytest.mark.parametrize("odd", ["甲\x0b乙", "甲\x00乙", "甲\x1f乙", "甲\ufffe乙"])
def test_a_template_takes_any_text(odd: str) -> None:
    book = Workbook()
    book.active["A1"] = "内容：{{会议内容}}"
    buffer = BytesIO()
    book.save(buffer)
    (row,) = sheet_of(fill(template("表.xlsx"), buffer.getvalue(), {"会议内容": odd}))
    assert row == [f"内容：{with_lines(odd)}"]
    assert "乙" in words_of(fill(template("表.docx"), docx("{{会议内容}}"), {"会议内容": odd}))


def test_a_cell_of_a_template_that_is_too_small_says_how_much_is_missing() -> None:
    book = Workbook()
    book.active["A1"] = "{{会议内容}}"
    buffer = BytesIO()
    book.save(buffer)
    ((cell,),) = sheet_of(fill(template("表.xlsx"), buffer.getvalue(), {"会议内容": "字" * 40_000}))
    assert len(str(cell)) <= LONGEST_CELL and str(cell).endswith("（全文 40000 字，一格放不下，其余见台账）")


@pytest.mark.slow
def test_no_print_names_a_face_that_is_not_in_it(sample) -> None:
    year = load_year(sample, 2026)
    prints = [print_book(year, TODAY).data, print_form(year, "minutes", year.minutes[0].meeting.id, TODAY).data]
    for data in prints:
        faces = set(re.findall(rb"/BaseFont ?/([\w+-]+)", data))
        assert faces and all(re.match(rb"[A-Z]{6}\+", face) for face in faces), faces


def test_the_count_sheet_has_room_for_others(sample) -> None:
    year = with_every_matter(load_year(sample, 2026))
    held = year.elections[0]
    text = "".join(text_of(print_form(year, "count_sheet", held.election.id, TODAY).data).split())
    assert text.count("另选他人") >= 2  # a row, and what to write into it
    empty = replace(held, election=replace(held.election, present=0))
    blank = replace(year, elections=(empty,))
    text = "".join(text_of(print_form(blank, "count_sheet", held.election.id, TODAY).data).split())
    assert text.count("另选他人") == 4


def uids(data: bytes) -> dict[str, str]:
    plain = data.decode().replace("\r\n ", "")
    return dict(re.findall(r"SUMMARY:(.*)\r\n(?:.*\r\n)*?UID:(.*)\r\n", plain))


def test_entries_of_a_calendar_keep_their_names_when_others_come_and_go(sample) -> None:
    def named(events: tuple[PlannedEvent, ...], day: date) -> dict[str, str]:
        ledger = replace(load_year(sample, 2026), plan=events, minutes=())
        return uids(calendar_file(ledger, standing(ledger, day), day))

    day = date(2026, 7, 16)
    first = PlannedEvent(id=5, planned_on=date(2026, 9, 1), type=MeetingType.LECTURE, subject="第一课")
    second = PlannedEvent(id=9, planned_on=date(2026, 10, 1), type=MeetingType.LECTURE, subject="第二课")
    both = named((first, second), day)
    moved = named((replace(second, planned_on=date(2026, 11, 2)),), day)
    for title, uid in moved.items():
        assert both.get(title, uid) == uid
    assert len(set(both.values())) == len(both)
    assert any("第二课" in title for title in moved)


def xml_of(data: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return ElementTree.fromstring(file.read("xl/worksheets/sheet1.xml"))


S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize(
    ("columns", "paper", "turned"), [(3, "9", "portrait"), (14, "9", "landscape"), (40, "8", "landscape")]
)
def test_a_list_is_printed_as_wide_as_a_page_with_its_head_on_each(
    columns: int, paper: str, turned: str | None
) -> None:
    rows = [[f"内容{n}" for n in range(columns)] for _ in range(200)]
    data = workbook("2026年A&B名册", [f"第{n}列" for n in range(columns)], rows)
    sheet = xml_of(data)
    page = sheet.find(f"{S}pageSetup")
    assert (page.get("paperSize"), page.get("orientation"), page.get("fitToHeight")) == (paper, turned, "0")
    assert sheet.find(f"{S}sheetPr/{S}pageSetUpPr").get("fitToPage") == "1"
    assert sheet.find(f"{S}headerFooter/{S}oddHeader").text == "&C&12 2026年A&&B名册"
    with zipfile.ZipFile(BytesIO(data)) as file:
        names = file.read("xl/workbook.xml").decode()
    assert "_xlnm.Print_Titles" in names and "$1:$1" in names
    assert "_xlnm.Print_Area" in names and "$201" in names


ROWS = [["短", "一行"], ["长", "很长的内容" * 60], ["多行", "甲\n乙\n丙"], ["极长", "字" * 9000]]


def test_a_row_is_as_high_as_its_text_also_where_the_office_program_does_not_look() -> None:
    data = workbook("会议", ["主题", "内容"], ROWS)
    heights = [float(row.get("ht", 15)) for row in xml_of(data).iter(f"{S}row")][1:]
    assert heights[0] == 15 and heights[1] >= 5 * 15 and heights[2] == 45 and 409 >= heights[3] > 400
