"""The bound book: its covers, what runs on, balanced tables, leaves between parts, the index of persons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from app.printing.mentions import page_ranges
from app.reports.book import BookOptions, print_book
from app.reports.catalogue import Binding, Cover
from app.year.ledger import YearLedger, load_year
from tests.app.reports.test_reports import pages_of, plain
from tests.make import full, roster, year_ledger

TODAY = date(2026, 7, 16)


@pytest.fixture
def year(sample) -> YearLedger:
    return load_year(sample, 2026)


def bound(year: YearLedger, **how) -> list[str]:
    return [plain(page) for page in pages_of(print_book(year, TODAY, None, BookOptions(binding=Binding(**how))).data)]


@pytest.mark.parametrize("cover", list(Cover))
def test_every_cover_names_unit_year_and_volume(year: YearLedger, cover: Cover) -> None:
    first = bound(year, cover=cover, volume="第一册")[0]
    assert all(
        word in first for word in ("党支部工作台账", year.branch.name, "2026年度", "第一册", year.branch.superior)
    )


@pytest.mark.parametrize("cover", [Cover.FRAMED, Cover.BAND])
def test_a_long_name_stays_on_the_cover(year: YearLedger, cover: Cover) -> None:
    name = "某某省某某市某某区某某街道某某社区第一网格退休人员和灵活就业人员联合党支部委员会"
    first = bound(replace(year, branch=replace(year.branch, name=name)), cover=cover)[0]
    assert name in first


def test_no_page_says_only_that_there_was_nothing() -> None:
    """Of a year with hardly anything: what has nothing runs on."""
    pages = bound(year_ledger(roster(full(1), full(2))))
    for number, page in enumerate(pages[3:], 4):
        words = re.sub(r"第\d+页共\d+页|甲支部2026年度党支部工作台账", "", page)
        if "本年度无" in words and number < len(pages):
            others = pages.count(page)
            assert words.count("本年度无") > 1 or len(words) > 40, (number, words, others)


def test_a_page_on_which_a_chapter_goes_on_says_which(year: YearLedger) -> None:
    book = print_book(year, TODAY)
    pages = [plain(page) for page in pages_of(book.data)]
    begun = book.pages_of["minutes_group"]
    assert "党小组会记录" in pages[begun], "the page after its first"
    assert book.pages_of["minutes_lecture"] > begun + 1


def test_each_meeting_has_a_page_of_its_own_when_that_is_wanted(year: YearLedger) -> None:
    book = print_book(year, TODAY, None, BookOptions(binding=Binding(minutes_apart=True)))
    pages = [page for key, page in book.pages_of.items() if key.startswith("meeting_")]
    assert len(pages) == len(set(pages)) > 10


def test_each_part_begins_with_a_leaf_on_a_front(year: YearLedger) -> None:
    book = print_book(year, TODAY, None, BookOptions(duplex=True, binding=Binding(dividers=True)))
    pages = [plain(page) for page in pages_of(book.data)]
    leaves = [number for number, page in enumerate(pages, 1) if re.search(r"第[一二三四五]部分", page)]
    assert len(leaves) == 5 and all(number % 2 == 1 for number in leaves)
    begins = [book.pages_of[code] for code in ("branch", "minutes_general", "dues", "rectifications", "chronicle")]
    assert begins == [number + 2 for number in leaves], "its back stays empty"
    assert "组织生活" in pages[leaves[1] - 1] and "党小组会记录" in pages[leaves[1] - 1]


def test_the_index_tells_the_pages_on_which_somebody_is_named(year: YearLedger) -> None:
    book = print_book(year, TODAY)
    pages = [plain(page) for page in pages_of(book.data)]
    index = pages[book.pages_of["persons"] - 1]
    names = sorted((member.name for member in year.roster.members), key=len, reverse=True)
    for name in names[:8]:
        here = [n for n, page in enumerate(pages, 1) if name in page and 1 < n < book.pages_of["persons"]]
        assert f"{name}{page_ranges(here)}" in index, name


def test_pages_are_told_in_spans() -> None:
    assert page_ranges([3, 5, 6, 7, 9, 10]) == "3、5—7、9—10"
    assert page_ranges([]) == ""


@pytest.mark.parametrize("count", range(18, 60))
def test_no_page_of_a_table_has_only_a_few_rows(count: int) -> None:
    people = roster(*(full(n) for n in range(1, count + 1)))
    pages = pages_of(print_book(year_ledger(people), TODAY, ["attendance"]).data)
    rows = [len(re.findall(r"人\d+号|成员\d+|党员\d+", page)) or page.count("\n") for page in pages]
    assert len(pages) == 1 or min(rows) >= 5, rows
