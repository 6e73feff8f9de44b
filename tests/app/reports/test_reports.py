from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.branch.branch import Branch
from app.errors import Refused
from app.people.appraisals import graded_members
from app.people.posts import Post, PostTitle
from app.people.roster import Roster
from app.printing import style as s
from app.printing.faces import GETA, to_unicode_map
from app.printing.line_breaking import break_positions
from app.printing.text import Style, set_lines
from app.reports.book import print_book, print_meeting, printed_chapters
from app.reports.chapters import chapters
from app.reports.forms import print_form
from app.rules.meeting_types import MeetingType
from app.year.ledger import load_year
from tests.make import full, member, minutes, roster, year_ledger

TODAY = date(2026, 12, 31)
EXPECTED = Path(__file__).parents[2] / "expected"
# What may not stand at the beginning or at the end of a line.
NOT_FIRST = "，。！？；：、）》」』】〉”’…"
NOT_LAST = "（《「『【〈“‘"


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_range().replace("\r\n", "\n"))
        text.close()
        page.close()
    document.close()
    return texts


def text_of(data: bytes) -> str:
    return "\n".join(pages_of(data))


def plain(text: str) -> str:
    return re.sub(r"\s|\ufffe", "", text)


def one_minute(content: str, subject: str = "学习"):
    item = minutes(1, date(2026, 3, 6), MeetingType.GENERAL, there=(1,), span=(time(9), time(11)))
    item = replace(item, meeting=replace(item.meeting, content=content, subject=subject))
    return year_ledger(roster(full(1)), item)


@pytest.fixture(scope="module")
def sample_year(tmp_path_factory: pytest.TempPathFactory):
    from datetime import datetime

    from app.sample.year import Plan, fill_sample
    from db.vault import FileVault

    folder = tmp_path_factory.mktemp("账")
    made = FileVault(datetime.now, folder / "state").create(folder / "示例.zbtz")
    fill_sample(made, Plan(2, 24, 1, TODAY))
    year = load_year(made, 2026)
    made.close()
    return year


@pytest.mark.slow
def test_contents_give_the_right_pages(sample_year) -> None:
    book = print_book(sample_year, TODAY)
    pages = pages_of(book.data)
    assert len(pages) == book.pages
    for chapter in printed_chapters(sample_year):
        assert chapter.title in pages[book.pages_of[chapter.code] - 1], chapter.title
    contents = plain("".join(pages[1:4]))
    for chapter in printed_chapters(sample_year):
        assert f"{chapter.title}{book.pages_of[chapter.code]}" in contents


@pytest.mark.slow
def test_every_page_is_numbered_of_all_but_the_cover(sample_year) -> None:
    pages = pages_of(print_book(sample_year, TODAY).data)
    assert "页" not in pages[0]
    for number, text in enumerate(pages[1:], 2):
        assert f"第{number}页共{len(pages)}页" in plain(text)


@pytest.mark.slow
def test_bookmarks_and_metadata(sample_year) -> None:
    document = pypdfium2.PdfDocument(print_book(sample_year, TODAY).data)
    titles = [item.get_title() for item in document.get_toc()]
    printed = [chapter.title for chapter in printed_chapters(sample_year)]
    assert [title for title in titles if title in {c.title for c in chapters()}] == printed
    metadata = document.get_metadata_dict()
    assert metadata["Title"] == "2026年度党支部工作台账" and metadata["Author"] == "示例党支部"
    document.close()


@pytest.mark.slow
def test_the_same_ledger_gives_the_same_bytes(sample_year) -> None:
    assert print_book(sample_year, TODAY).data == print_book(sample_year, TODAY).data


@pytest.mark.slow
def test_what_is_recorded_is_what_is_printed(sample_year) -> None:
    text = plain(text_of(print_book(sample_year, TODAY).data))
    for item in sample_year.minutes:
        assert plain(item.meeting.subject) in text
    for person in sample_year.roster.present(TODAY):
        assert person.name in text
    for talk in sample_year.talks:
        assert plain(talk.opinion) in text
    for _, paid in (sample_year.dues.totals(month) for month in range(1, 13)):
        assert f"{paid / 100:,.2f}" in text


def test_all_fonts_are_embedded(sample_year) -> None:
    data = print_book(sample_year, TODAY, ["branch"]).data
    assert data.count(b"/FontFile2") == data.count(b"/Subtype /TrueType") >= 2


@pytest.mark.parametrize(
    "nasty",
    [
        "<b>&amp;</b> <img src=file:///etc/passwd> </para>",
        "甲\x00\x07\x1b乙\u200b丙\ufeff丁",
        "“引号”与（括号）、《书名》……——！",
        "a" * 500,
        "\n\n\n",
        "\U0002cb56\U0002b5af䶮㼆",
        "العربية हिन्दी",
    ],
)
def test_any_text_is_safe(nasty: str) -> None:
    book = print_book(one_minute(nasty), TODAY)
    text = plain(text_of(book.data))
    for char in set(nasty):
        if char in book.unprintable or char.isspace() or unicodedata.category(char) in ("Cc", "Cf"):
            continue
        assert char in text, repr(char)


def test_characters_beyond_the_bmp_are_searched_as_themselves() -> None:
    rare = "\U0002cc56\U000241fe\U0002b4b6"
    known = [c for c in rare if not s.BODY.chain.missing(c)]
    text = text_of(print_book(one_minute("".join(known)), TODAY).data)
    assert known and all(char in text for char in known)
    assert "<01> <D873DC56>" in to_unicode_map("F", [0, 0x2CC56])


def test_a_character_no_face_has_is_printed_as_geta_and_named() -> None:
    book = print_book(one_minute("甲\U0003134a乙"), TODAY)
    assert book.unprintable == ("\U0003134a",)
    assert f"甲{GETA}乙" in plain(text_of(book.data))


def test_what_is_only_invisible_is_not_named_as_missing() -> None:
    people = Roster((member(1, "张\x00\u202e一"),), roster(full(1)).standings)
    assert print_book(year_ledger(people), TODAY).unprintable == ()


def test_thirty_thousand_characters_in_one_minute() -> None:
    content = "".join(chr(0x4E00 + number % 6000) for number in range(30_000))
    book = print_book(one_minute(content), TODAY)
    text = re.sub(r"(支部党员大会记录)?第\d+页共\d+页甲支部2026年度党支部工作台账", "", plain(text_of(book.data)))
    assert content in text


def test_a_cell_taller_than_a_page_and_a_long_name() -> None:
    from app.life.talks import Talk

    long_name = "阿卜杜热合曼·买买提依明·吐尔逊江·艾力"
    people = Roster((member(1, long_name), member(2, "李二")), roster(full(1), full(2)).standings)
    talk = Talk(id=1, talked_on=date(2026, 2, 1), talker=1, partner=2, content="谈话内容很长。" * 900 + "末句")
    ledger = replace(year_ledger(people), talks=(talk,))
    text = plain(text_of(print_book(ledger, TODAY, ["talks"]).data))
    assert text.count("谈话内容很长") >= 850 and "末句" in text
    assert long_name in plain(text_of(print_book(ledger, TODAY, ["roster"]).data))


def test_an_empty_year_without_members() -> None:
    book = print_book(year_ledger(roster(), branch=Branch(id=1, name="空支部")), TODAY)
    text = text_of(book.data)
    assert "本年度无" in text and "名册中没有党员" in text


def test_private_remarks_are_not_printed() -> None:
    from app.life.talks import Talk

    talk = Talk(id=1, talked_on=date(2026, 2, 1), talker=1, partner=2, content="公开", private="私下的话")
    ledger = replace(year_ledger(roster(full(1), full(2))), talks=(talk,))
    text = plain(text_of(print_book(ledger, TODAY).data))
    assert "公开" in text and "私下的话" not in text


def test_one_chapter_by_code_or_title(sample_year) -> None:
    by_code, by_title = print_book(sample_year, TODAY, ["dues"]), print_book(sample_year, TODAY, ["党费收缴登记"])
    assert by_code.data == by_title.data
    assert "目录" not in plain(text_of(by_code.data))
    with pytest.raises(Refused, match="没有“nothing”这一章"):
        print_book(sample_year, TODAY, ["nothing"])


def test_one_meeting_alone(sample_year) -> None:
    item = sample_year.minutes[0]
    assert item.meeting.subject in text_of(print_meeting(sample_year, item.meeting.id).data)
    with pytest.raises(Refused):
        print_meeting(sample_year, 0)


def test_table_heads_are_repeated_on_every_page(sample_year) -> None:
    pages = pages_of(print_book(sample_year, TODAY, ["talks"]).data)
    assert len(pages) > 1 and all("谈话人" in page and "意见建议" in page for page in pages)


def test_expected_text_of_a_small_ledger() -> None:
    item = minutes(1, date(2026, 3, 6), MeetingType.GENERAL, there=(1, 2), absent=(3,), span=(time(9), time(11)))
    ledger = year_ledger(roster(full(1), full(2), full(3)), item)
    found = "\n".join(line.rstrip() for line in text_of(print_book(ledger, TODAY).data).splitlines() if line.strip())
    expected = (EXPECTED / "small_ledger.txt").read_text("utf-8")
    assert found == expected.rstrip("\n")


PIECES = st.sampled_from([*"会议学习党员", *NOT_FIRST, *NOT_LAST, "“引”", "2026年", "test", " ", "——", "3.5%"])


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=120).map("".join), st.integers(60, 400))
def test_lines_keep_kinsoku_and_lose_nothing(text: str, width: int) -> None:
    style = Style(s.BODY.face, 10, 16, indent=2)
    lines = set_lines(text, style, width)
    words = ["".join(piece.text for piece in line.pieces) for line in lines]
    assert plain("".join(words)) == plain(text)
    for line in lines:
        assert (line.width + line.indent) * style.size <= width + 1e-6


@pytest.mark.parametrize(
    "text",
    [
        "会议传达学习了有关文件精神，与会同志结合岗位实际交流发言；会议要求：全体党员要把学习成果转化为行动！",
        "他说：“我们要认真学习《中国共产党章程》（2022年修订），把‘两个维护’落到实处。”大家一致赞成……",
    ],
)
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str) -> None:
    style = Style(s.BODY.face, 10, 16)
    for width in range(60, 420, 7):
        for line in set_lines(text * 3, style, width)[:-1]:
            words = "".join(piece.text for piece in line.pieces)
            assert words[0] not in NOT_FIRST, (width, words)
            assert words[-1] not in NOT_LAST, (width, words)


def test_breaks_are_those_of_the_library() -> None:
    from uniseg.linebreak import line_break_boundaries

    text = "会议“传达”（学习）2026年3月6日，ABC test 3.5% 的《文件》……精神！？；：好"
    assert break_positions(text) == [p for p in line_break_boundaries(text) if p]


def test_the_appraisal_sheet_of_a_past_year_shows_the_posts_of_that_year(sample) -> None:
    person = graded_members(load_year(sample, 2025).roster, date(2025, 12, 31))[-1]
    for post in sample[Post].all(member=person.id):
        sample[Post].remove(post.id)
    sample[Post].save(Post(member=person.id, title=PostTitle.SECURITY, since=date(2024, 1, 1), until=date(2026, 2, 1)))
    sample[Post].save(Post(member=person.id, title=PostTitle.STUDY, since=date(2026, 2, 2)))
    printed = print_form(load_year(sample, 2025), "appraisal_sheet", person.id, TODAY)
    text = "".join(text_of(printed.data).split())
    assert "保密委员" in text and "学习委员" not in text
