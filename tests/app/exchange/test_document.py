"""The .docx of a story: what a page shows is there, so that nothing has to be mended by hand."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from app.exchange.document import PAPERS, document
from app.printing import style as s
from app.printing.grid import Cell, Grid
from app.printing.pdf import Heading, upright_page, wide_page
from app.printing.text import Text
from app.reports.book import written_book
from app.reports.forms import form_story
from app.reports.parts import NOTHING
from app.year.ledger import load_year

TODAY = date(2026, 7, 16)


def opened(story: list[Any], paper: str = "upright", running: str = "示例支部") -> Any:
    return docx.Document(BytesIO(document(story, "试", paper, running)))


def table_of(rows: int, **more: Any) -> Grid:
    cells = [[Cell(f"{row}甲", s.CELL), Cell("2026-07-05", s.CELL)] for row in range(rows)]
    return Grid([3, 1], [[Cell("事项", s.HEAD), Cell("日期", s.HEAD)]], cells, **more)


def marked(row: Any, name: str) -> bool:
    return row._tr.find(f"{qn('w:trPr')}/{qn(name)}") is not None


def kept(row: Any) -> bool:
    return all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells)


def test_headings_are_black_in_the_face_of_the_page() -> None:
    made = opened([Heading("党员名册", s.CHAPTER, 0, "roster")])
    (run,) = made.paragraphs[0].runs
    assert made.paragraphs[0].style.name == "Heading 1"
    assert str(run.font.color.rgb) == "000000"
    assert run._r.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"


def test_a_table_has_fixed_widths_and_its_head_on_every_page_unparted_from_its_rows() -> None:
    (table,) = opened([table_of(5)]).tables
    assert not table.autofit
    across, _, left, right, *_ = PAPERS["upright"]
    total = sum(column.width for column in table.columns)
    assert abs(total - Pt((across - left - right) * s.MM)) < Pt(2)
    assert table.columns[0].width > 2 * table.columns[1].width
    assert [marked(row, "w:tblHeader") for row in table.rows] == [True] + 5 * [False]
    assert all(marked(row, "w:cantSplit") for row in table.rows)
    assert [kept(row) for row in table.rows] == [True, False, False, False, True, False]


def test_what_stands_below_a_table_is_there_and_stays_with_its_last_row() -> None:
    made = opened([table_of(3, feet=[Text("填表人：", s.SIGN)])])
    assert "填表人：" in [paragraph.text for paragraph in made.paragraphs]
    assert kept(made.tables[0].rows[-1])


def test_a_page_across_is_a_section_across() -> None:
    made = opened([Text("竖", s.BODY), *wide_page(), Text("横", s.BODY), *upright_page(), Text("竖", s.BODY)])
    assert [section.orientation for section in made.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert not any(paragraph.paragraph_format.page_break_before for paragraph in made.paragraphs)


def test_a_new_page_leaves_no_empty_line_behind() -> None:
    made = opened([Text("一", s.BODY), *upright_page(), Text("二", s.BODY)])
    assert [(part.text, bool(part.paragraph_format.page_break_before)) for part in made.paragraphs] == [
        ("一", False),
        ("二", True),
    ]


@pytest.mark.parametrize(
    ("paper", "head", "foot"),
    [
        ("upright", "示例支部　试", ["PAGE", "NUMPAGES"]),
        ("wide", "示例支部　试", ["PAGE", "NUMPAGES"]),
        ("document", "", ["PAGE"]),
        ("bare", "", []),
    ],
)
def test_each_kind_of_page_has_the_margins_of_the_printed_one(paper: str, head: str, foot: list[str]) -> None:
    (section,) = opened([Text("文", s.BODY)], paper).sections
    assert section.header.paragraphs[0].text == head
    assert [field.text for field in section.footer._element.iter(qn("w:instrText"))] == foot


@pytest.mark.parametrize("running", ["示例支部", "A支部", "IT", "PAGE", "第一党支部（IT）"])
def test_the_running_head_is_what_the_branch_is_called_and_never_a_field(running: str) -> None:
    made = docx.Document(BytesIO(document([Text("文", s.BODY)], "登记表（A3）", "wide", running)))
    (head,) = made.sections[0].header.paragraphs
    assert head.text == f"{running}　登记表（A3）"
    assert list(head._p.iter(qn("w:instrText"))) == []


def test_parts_that_count_their_own_pages_begin_with_one(sample) -> None:
    year = load_year(sample, 2026)
    story, paper = form_story(year, "minutes", 0, TODAY)
    made = opened(story, paper)
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in made.sections]
    assert len(made.sections) == len(year.minutes)
    assert all(start is not None and start.get(qn("w:start")) == "1" for start in starts[1:])


@pytest.mark.slow
def test_the_year_has_its_cover_and_each_chapter_begins_a_page_but_one_after_nothing(sample) -> None:
    story, paper, title = written_book(load_year(sample, 2026), TODAY, None)
    made = docx.Document(BytesIO(document(story, title, paper, "示例支部")))
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert "党支部工作台账" in texts[0]
    chapters = [part for part in made.paragraphs if part.style.name == "Heading 1"]
    begins = sum(bool(part.paragraph_format.page_break_before) for part in chapters) + len(made.sections) - 1
    without = [here for here, part in enumerate(texts) if part == NOTHING]
    titles = [here for here, part in enumerate(made.paragraphs) if part.style.name == "Heading 1"]
    beside_nothing = sum(any(abs(here - other) <= 8 for other in without) for here in titles)
    assert len(chapters) - beside_nothing <= begins < len(chapters)


def test_faces_that_a_machine_may_not_have_name_one_that_stands_in() -> None:
    made = opened([Text("公文", s.DOCUMENT_BODY)], "document")
    fonts = next(part for part in made.part.package.iter_parts() if part.partname.endswith("fontTable.xml"))
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/></w:font>' in fonts.blob.decode()
