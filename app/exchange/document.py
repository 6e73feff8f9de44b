"""Any printed story as a .docx: the same headings, texts and tables, to be worked on in an office program."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.printing import style as s
from app.printing.faces import FANG, HEI, KAITI, XIAOBIAOSONG
from app.printing.grid import Grid
from app.printing.pdf import Heading
from app.printing.text import Style, Text

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

FONT = "宋体"
HEAD_FONT = "黑体"
FIRST_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  the same story gives the same bytes


# Kinds of page: width, height, margins left, right, above, below in mm (see `app.reports.pdf`).
PAPERS = {
    "upright": (210, 297, 26, 20, 25, 22),
    "bare": (210, 297, 26, 20, 25, 22),
    "wide": (297, 210, 20, 20, 26, 20),
    "a3": (420, 297, 20, 20, 26, 20),
    "document": (210, 297, 28, 26, 37, 35),
}
# The names by which Word knows the faces of a document.
WORD_FACES = {FANG: "仿宋_GB2312", XIAOBIAOSONG: "方正小标宋简体", HEI: "黑体", KAITI: "楷体_GB2312"}


def document(story: Sequence[Flowable], title: str, paper: str = "upright") -> bytes:
    """The story as the bytes of a .docx. Pictures and charts are left out: they are drawn for paper only."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    made = Document()
    made.core_properties.title = title
    made.core_properties.author = ""
    made.core_properties.created = made.core_properties.modified = FIRST_DAY
    section = made.sections[0]
    across, down, left, right, above, below = PAPERS[paper]
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.orientation = WD_ORIENT.LANDSCAPE if across > down else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.top_margin, section.bottom_margin = Mm(above), Mm(below)
    _font(made.styles["Normal"], FONT, Pt(10.5))
    _write(made, story)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _write(made: Any, story: Iterable[Flowable]) -> None:
    from docx.shared import Pt
    from reportlab.platypus import Indenter, KeepTogether, PageBreak, Spacer

    right = 0.0
    for item in story:
        if isinstance(item, Heading):
            _paragraph(made, item.text, item.style, level=item.level + 1)
        elif isinstance(item, Text):
            for line in item.text.split("\n"):
                _paragraph(made, line, item.style, right=right)
        elif isinstance(item, Indenter):
            right += item.right
        elif isinstance(item, Spacer):
            made.add_paragraph().paragraph_format.line_spacing = Pt(max(1, item.height))
        elif isinstance(item, Grid):
            _table(made, item)
        elif isinstance(item, PageBreak):
            made.add_page_break()
        elif isinstance(item, KeepTogether):
            _write(made, getattr(item, "_content", ()))


def _paragraph(made: Any, text: str, style: Style, level: int = 0, right: float = 0) -> None:
    from docx.shared import Pt

    paragraph = made.add_heading(level=level) if level else made.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    form.line_spacing = Pt(style.leading)
    form.keep_with_next = style.keep_with_next
    form.alignment = _alignment(style)
    if right:
        form.right_indent = Pt(right)
    if style.indent:
        form.first_line_indent = Pt(style.indent * style.size)
    run = paragraph.add_run(_clean(text))
    plain = HEAD_FONT if style.face in (s.CHAPTER.face, s.SECTION.face) else FONT
    _font(run, WORD_FACES.get(style.face, plain), Pt(style.size))
    run.font.color.rgb = None
    run.bold = style.face == s.CHAPTER.face


def _table(made: Any, grid: Grid) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    rows = [*grid.head, *grid.rows]
    if not rows:
        return
    table = made.add_table(rows=len(rows), cols=len(grid.columns), style="Table Grid")
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            place = table.cell(number, column)
            if cell.span > 1:
                place = place.merge(table.cell(number, column + cell.span - 1))
            column += cell.span
            paragraph = place.paragraphs[0]
            paragraph.paragraph_format.alignment = _alignment(cell.style)
            run = paragraph.add_run(_clean(cell.text))
            _font(run, FONT, Pt(cell.style.size))
            run.bold = cell.style.face == s.LABEL.face
        if number < len(grid.head):
            # The head is repeated on every page.
            properties = table.rows[number]._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:tblHeader"))


def _alignment(style: Style) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }.get(style.align, WD_ALIGN_PARAGRAPH.LEFT)


def _font(of: Any, name: str, size: Any) -> None:
    from docx.oxml.ns import qn

    of.font.name = name
    of.font.size = size
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _clean(text: str) -> str:
    """A text that XML can hold."""
    return "".join(char for char in text if char in "\n\t" or ord(char) >= 0x20)
