"""The registers of §7.1: their columns, how their tables are set, and how pages are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pypdfium2
import pytest

from app.dates import PartialDate
from app.dues.bases import DuesBasis, DuesCategory
from app.dues.payments import Payment
from app.printing import style as s
from app.printing.contents import ContentsPage, contents_pages
from app.printing.grid import Grid
from app.printing.pdf import Heading, print_story
from app.printing.text import Signature, Text
from app.reports.book import print_book
from app.reports.forms import print_form
from app.reports.parts import grid
from app.rules.meeting_types import MeetingType
from app.work.rectifications import Rectification
from app.year.ledger import YearLedger
from tests.app.reports.test_reports import pages_of, plain, text_of
from tests.conftest import TODAY
from tests.make import full, minutes, partial, roster, year_ledger


def month(number: int) -> PartialDate:
    return PartialDate(2026, number)


def year() -> YearLedger:
    """One member who pays 1 % of 4 000 yuan: January in time, February in April, March by another."""
    basis = DuesBasis(id=1, member=1, since=partial("2020-01"), category=DuesCategory.EMPLOYED, base_fen=4_000_00)
    paid = (
        Payment(id=1, member=1, month=month(1), amount_fen=40_00, paid_on=date(2026, 1, 10)),
        Payment(id=2, member=1, month=month(2), amount_fen=40_00, paid_on=date(2026, 4, 2)),
        Payment(id=3, member=1, month=month(3), amount_fen=40_00, paid_on=date(2026, 3, 9), payer="张一"),
    )
    held = (
        minutes(1, date(2026, 3, 6), MeetingType.GENERAL, there=(1,)),
        minutes(2, date(2026, 6, 5), MeetingType.GENERAL, MeetingType.LECTURE, there=(1,)),
    )
    return year_ledger(roster(full(1, "2004-05-20")), *held, bases=(basis,), payments=paid)


def text(ledger: YearLedger, code: str) -> str:
    return plain(text_of(print_form(ledger, code, 0, TODAY).data))


def test_the_register_of_dues_shows_rate_difference_and_remarks() -> None:
    printed = text(year(), "dues_register")
    assert "4,000.001%40.00" in printed and "-360.00" in printed
    assert "备注：党员1：2月04-02补交；3月张一代交" in printed and "收款人（签字）" in printed


def test_the_large_register_has_the_day_of_each_payment_and_room_to_sign() -> None:
    printed = text(year(), "dues_register_a3")
    assert "40.0001-10" in printed and "签名" in printed and "2月04-02补交；3月张一代交" in printed


def test_the_full_roster_has_every_field_and_the_posted_one_no_address() -> None:
    ledger = year()
    person = replace(
        ledger.roster.members[0],
        native_place="湖南长沙",
        work_started=partial("1999-07"),
        technical_title="工程师",
        address="示例路1号",
        note="老党员",
        id_number="430199198603051012",
    )
    ledger = replace(ledger, roster=replace(ledger.roster, members=(person,)))
    for code in ("roster_full", "roster_a3"):
        printed = text(ledger, code)
        for word in ("湖南长沙", "1999.07", "工程师", "示例路1号", "老党员", "430199198603051012"):
            assert word in printed, word
    posted = text(ledger, "roster_posted")
    assert "示例路" not in posted and "430199198603051012" not in posted and "老党员" not in posted


def test_the_list_of_rectification_has_its_columns() -> None:
    item = Rectification(
        id=1,
        problem="记录不全",
        source="季度自查",
        category="组织生活",
        measure="补全",
        leader="张一",
        who="李二",
        raised_on=date(2026, 4, 1),
        due_on=date(2026, 5, 1),
        completed_on=date(2026, 4, 20),
        evidence="照片",
        checked_by="王三",
        closed_on=date(2026, 4, 25),
    )
    printed = text(replace(year(), rectifications=(item,)), "rectifications")
    for word in ("季度自查", "组织生活", "张一", "李二", "2026-04-20", "照片", "王三", "2026-04-25"):
        assert word in printed, word


def test_minutes_say_which_of_the_year_they_are() -> None:
    printed = text(year(), "minutes")
    assert "支部党员大会（第1次）" in printed and "支部党员大会（第2次）暨党课（第1次）" in printed


def rights(table: Grid, *words: str) -> list[float]:
    """The right ends of these texts in a table printed alone."""
    page = pypdfium2.PdfDocument(print_story([table], "upright", "", "", "").data)[0].get_textpage()
    boxes = [page.get_rect(index) for index in range(page.count_rects())]
    found = {page.get_text_bounded(*box).strip(): box[2] for box in boxes}
    return [round(found[word], 0) for word in words]


def test_amounts_stand_right_under_one_another_and_numbers_of_documents_do_not() -> None:
    table = grid([1, 1], ["金额", "文号"], [("1,334.13", "003"), ("15.00", "12345"), ("", "7")])
    first, second = rights(table, "1,334.13", "15.00")
    assert first == second
    assert len(set(rights(table, "003", "12345", "7"))) == 3


def test_a_number_is_not_parted_where_there_is_room() -> None:
    rows = [["长" * 60, "2026.07.01", "430199198603051012"]]
    data = print_story([grid([10, 1, 1], ["说明", "日期", "号码"], rows)], "upright", "", "", "").data
    lines = text_of(data).splitlines()
    assert any("2026.07.01" in line for line in lines) and any("430199198603051012" in line for line in lines)


def test_a_table_too_wide_for_its_numbers_is_set_smaller() -> None:
    table = grid([1] * 12, [f"{n}月" for n in range(12)], [["1,234.56"] * 12])
    data = print_story([table], "upright", "", "", "").data
    assert text_of(data).count("1,234.56") == 12
    assert table.rows[0][0].style.size < s.CELL.size


def test_a_short_line_is_not_pulled_apart() -> None:
    """The day in brackets does not fit beside the words before it: these stand together, not spread over the line."""
    words = Text("第1步递交入党申请（2026-10-29）", replace(s.CELL, size=10))
    lines = words.lines(110)
    assert len(lines) == 2
    story = [grid([1, 3.5], ["已办到", ""], [["第1步递交入党申请（2026-10-29）", ""]])]
    page = pypdfium2.PdfDocument(print_story(story, "upright", "", "", "").data)[0].get_textpage()
    at = page.get_text_range().index("第1步")
    boxes = [page.get_charbox(at + number) for number in range(4)]
    gaps = [second[0] - first[2] for first, second in pairwise(boxes)]
    assert max(gaps) < 0.35 * s.CELL.size


def test_no_chapter_stands_last_on_a_page_of_the_contents() -> None:
    headings = [Heading(f"部分{n}", s.CHAPTER, 0, f"c{n}") for n in range(ContentsPage.ROWS)]
    headings.append(Heading("会议", s.MINUTE, 1, "m"))
    first, _, second, _ = contents_pages(headings)
    assert isinstance(first, ContentsPage) and isinstance(second, ContentsPage)
    assert [entry.title for entry in second.entries] == [f"部分{ContentsPage.ROWS - 1}", "会议"]


def test_the_contents_lie_open_on_one_spread_and_how_the_ledger_is_read_follows() -> None:
    pages = [plain(page) for page in pages_of(print_book(year(), TODAY).data)]
    assert "目录" in pages[1] and "使用说明" in pages[2]


@pytest.mark.parametrize("count", [10, 60, 80, 94, 300])
def test_the_contents_never_have_more_than_two_pages(count: int) -> None:
    chapters = [Heading(f"部分{n}", s.CHAPTER, 0, f"c{n}") for n in range(10)]
    story = [*chapters, *(Heading(f"会议{n}", s.MINUTE, 1, f"m{n}") for n in range(count))]
    pages = [item for item in contents_pages(story) if isinstance(item, ContentsPage)]
    assert len(pages) <= 2
    assert all(item.wrap(400, 700)[1] <= s.FRAME_HEIGHT - 40 for item in pages)
    titles = [entry.title for item in pages for entry in item.entries]
    assert titles[:10] == [f"部分{n}" for n in range(10)]
    assert len(titles) == (count + 10 if count < 86 else 10), "of very many the chapters alone"


def test_a_card_and_a_ballot_have_neither_head_nor_page_number() -> None:
    ledger = year()
    person = replace(ledger.roster.members[0], joined=partial("2003-05-20"))
    card = text(replace(ledger, roster=replace(ledger.roster, members=(person,))), "birthday_cards")
    assert "入党23周年" in card and "页" not in card


def rows_on_pages(count: int) -> list[int]:
    """How many of so many rows stand on each page, above a signature."""
    story = [grid([1, 5], ["序号", "内容"], [(str(n), f"第{n}行") for n in range(count)]), Signature("签字：", s.PLAIN)]
    pages = [plain(page) for page in pages_of(print_story(story, "upright", "", "", "").data)]
    assert "签字：" in pages[-1]
    return [page.count("行") for page in pages]


def test_neither_one_row_nor_the_signature_goes_to_the_next_page_alone() -> None:
    whole = next(count for count in range(20, 60) if len(rows_on_pages(count)) == 2) - 1
    assert rows_on_pages(whole) == [whole]
    for more in range(1, 6):
        on_pages = rows_on_pages(whole + more)
        assert sum(on_pages) == whole + more and on_pages[1] >= 2, on_pages


def test_a_long_remark_above_the_signature_may_break() -> None:
    story = [grid([1], ["内容"], [("行",)]), Text("备注" * 3000, s.NOTE), Signature("签字：", s.PLAIN)]
    assert "签字：" in text_of(print_story(story, "upright", "", "", "").data)
