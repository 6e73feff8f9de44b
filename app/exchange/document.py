"""Any printed story as a .docx that looks like the page: to be worked on in an office program, without mending.

The same headings in black, widths of columns, heads of tables on each page, page breaks, pages across, running head
and numbers. Pictures and charts are left out: they are drawn for paper only.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.printing import style as s
from app.printing.contents import ContentsPage
from app.printing.faces import FANG, HEI, KAI, KAITI, SANS, SANS_BOLD, XIAOBIAOSONG
from app.printing.grid import HEAD_FILL, PAD_X, PAD_Y, RULE, Cell, Grid, kept_together
from app.printing.pdf import Anew, Heading
from app.printing.text import Style, Text

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

FONT = "宋体"
LATIN = "Times New Roman"
FIRST_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  the same story gives the same bytes
# Kinds of page: width, height, margins left, right, above, below in mm (see `app.reports.pdf`).
PAPERS = {
    "upright": (210, 297, 26, 20, 25, 22),
    "bare": (210, 297, 26, 20, 25, 22),
    "wide": (297, 210, 20, 20, 26, 20),
    "a3": (420, 297, 20, 20, 26, 20),
    "document": (210, 297, 28, 26, 37, 35),
}
HEADED = ("upright", "wide", "a3")
"""Pages with a running head and the number of the page and of all; a document's has its number between dashes."""
# The names by which Word knows the faces, and what stands in where a machine has not got one.
WORD_FACES = {
    SANS: "黑体",
    SANS_BOLD: "黑体",
    KAI: "楷体",
    FANG: "仿宋_GB2312",
    XIAOBIAOSONG: "方正小标宋简体",
    HEI: "黑体",
    KAITI: "楷体_GB2312",
}
STANDS_IN = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "宋体"}
SMALL = 8
"""Rows up to which a table without a head is not parted."""
RULED = 0.25
"""Half the width of a rule, in points."""
TALL = 200.0
"""Points from which a row may be parted by the end of a page."""


def document(story: Sequence[Flowable], title: str, paper: str = "upright", running: str = "") -> bytes:
    """The story as the bytes of a .docx; `running` stands at the head of its pages."""
    return _Writer(title, paper, running, anew=any(isinstance(item, Anew) for item in story)).write(story)


@dataclass(frozen=True)
class _Count:
    """A number that the office program counts itself: what a user wrote is never taken for one."""

    field: str


PAGE, PAGES = _Count("PAGE"), _Count("NUMPAGES")


class _Writer:
    """Puts a story down item by item; what a page break means is known when the next thing is put down."""

    def __init__(self, title: str, paper: str, running: str, *, anew: bool) -> None:
        from docx import Document
        from docx.shared import Pt

        self._made: Any = Document()
        told = self._made.core_properties
        told.title, told.author = _clean(title), ""
        told.created = told.modified = FIRST_DAY
        self._paper, self._next, self._running = paper, paper, _clean(f"{running}　{title}").strip()
        # Office programs do not agree on how to count the pages of a part.
        self._number = ("第 ", PAGE, " 页") if anew else ("第 ", PAGE, " 页　共 ", PAGES, " 页")
        self._breaks = self._restarts = False
        self._right = 0.0
        self._gap = 0.0
        self._kept = 0
        """How deep in things that stay together: each but the last stays with the next."""
        _font(self._made.styles["Normal"], FONT, Pt(10.5))
        self._name_stand_ins()
        self._lay_out(self._made.sections[0])

    def write(self, story: Sequence[Flowable]) -> bytes:
        self._put_all(story)
        buffer = BytesIO()
        self._made.save(buffer)
        return buffer.getvalue()

    def _put_all(self, story: Iterable[Flowable]) -> None:
        for item in story:
            self._put(item)

    def _put(self, item: Flowable) -> None:
        from reportlab.platypus import Image, KeepTogether

        if isinstance(item, Heading):
            self._paragraph(item.text, item.style, level=item.level + 1)
        elif isinstance(item, Text):
            lines = item.text.split("\n")
            for number, line in enumerate(lines):
                self._paragraph(line, item.style, more=number < len(lines) - 1)
        elif isinstance(item, Grid):
            self._table(item)
        elif isinstance(item, Image):
            self._picture(item)
        elif isinstance(item, ContentsPage):
            for entry in item.entries:
                self._paragraph(entry.title, s.CONTENTS)
        elif isinstance(item, KeepTogether):
            kept: list[Flowable] = list(getattr(item, "_content", ()))
            self._kept += 1
            self._put_all(kept[:-1])
            self._kept -= 1
            self._put_all(kept[-1:])
        elif words := getattr(item, "words", ""):
            # A line across with words in it, where a form is cut.
            self._paragraph(f"┈┈┈┈┈┈┈┈{words}┈┈┈┈┈┈┈┈", replace(s.NOTE, align="center"))
        else:
            self._move(item)

    def _move(self, item: Flowable) -> None:
        """What has nothing to show: gaps, margins, the turn of a page."""
        from reportlab.platypus import Indenter, NextPageTemplate, PageBreak, Spacer

        if isinstance(item, Spacer):
            self._gap += item.height
        elif isinstance(item, Indenter):
            self._right += item.right
        elif isinstance(item, NextPageTemplate):
            self._next = item.action[1]
        elif isinstance(item, Anew):
            self._restarts = True
        elif isinstance(item, PageBreak):
            self._break()

    # --- pages ---

    def _break(self) -> None:
        """The next thing begins a page; one of another kind, or one that counts anew, begins a section."""
        if self._next == self._paper and not self._restarts:
            self._breaks = True
            return
        from docx.enum.section import WD_SECTION

        self._paper = self._next
        self._lay_out(self._made.add_section(WD_SECTION.NEW_PAGE))
        self._breaks = self._restarts = False
        self._gap = 0.0

    def _lay_out(self, section: Any) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        across, down, left, right, above, below = PAPERS[self._paper]
        section.page_width, section.page_height = Mm(across), Mm(down)
        section.orientation = WD_ORIENT.LANDSCAPE if across > down else WD_ORIENT.PORTRAIT
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        section.top_margin, section.bottom_margin = Mm(above), Mm(below)
        section.header_distance, section.footer_distance = Mm(12), Mm(11 if self._paper != "document" else 24)
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        if self._restarts:
            _child(section._sectPr, "w:pgNumType", **{"w:start": "1"})
        if self._paper in HEADED:
            head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
            self._in_margin(head, "right", self._running)
            self._in_margin(foot, "center", *self._number)
        elif self._paper == "document":
            self._in_margin(section.footer.paragraphs[0], "right", "— ", PAGE, " —", size=14)

    def _in_margin(self, paragraph: Any, align: str, *parts: str | _Count, size: float = 9) -> None:
        from docx.shared import Pt

        paragraph.style = self._made.styles["Normal"]
        paragraph.alignment = _alignment(align)
        for part in parts:
            run = paragraph.add_run(part if isinstance(part, str) else "")
            _font(run, FONT, Pt(size))
            if isinstance(part, _Count):
                _child(run._r, "w:fldChar", **{"w:fldCharType": "begin"})
                _child(run._r, "w:instrText").text = part.field
                _child(run._r, "w:fldChar", **{"w:fldCharType": "end"})

    @property
    def _room(self) -> float:
        """The width between the margins, in points."""
        across, _, left, right, *_ = PAPERS[self._paper]
        return (across - left - right) * s.MM

    # --- paragraphs ---

    def _paragraph(self, text: str, style: Style, level: int = 0, *, more: bool = False) -> None:
        """`more` lines of the same text follow: the room after it belongs to the last."""
        from docx.shared import Pt, RGBColor

        paragraph = self._made.add_heading(level=level) if level else self._made.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = Pt(style.before + self._gap)
        form.space_after = Pt(0 if more else style.after)
        form.line_spacing = Pt(style.leading)
        form.keep_with_next = style.keep_with_next or self._kept > 0
        form.widow_control = False
        form.alignment = _alignment(style.align)
        form.page_break_before = self._breaks
        self._breaks, self._gap = False, 0.0
        if self._right:
            form.right_indent = Pt(self._right)
        form.first_line_indent = Pt(style.indent * style.size)
        run = paragraph.add_run(_clean(text))
        _font(run, WORD_FACES.get(style.face, FONT), Pt(style.size))
        run.font.color.rgb = RGBColor.from_string(style.color.removeprefix("#"))
        run.bold = style.face == SANS_BOLD

    def _picture(self, item: Any) -> None:
        from docx.shared import Pt

        paragraph = self._made.add_paragraph()
        paragraph.paragraph_format.keep_with_next = self._kept > 0
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.add_run().add_picture(item.filename, width=Pt(item.drawWidth))

    def _thin(self, height: float) -> Any:
        """An empty paragraph that is as high as a gap: before a table, which has none itself, and behind one."""
        from docx.shared import Pt

        paragraph = self._made.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(max(1, height))
        paragraph.paragraph_format.space_after = Pt(0)
        return paragraph

    # --- tables ---

    def _table(self, grid: Grid) -> None:
        if self._breaks or self._gap:
            form = self._thin(self._gap).paragraph_format
            form.page_break_before, form.keep_with_next = self._breaks, True
            self._breaks, self._gap = False, 0.0
        widths = grid.fit(self._room)
        rows = [*grid.head, *grid.rows]
        if rows:
            table = self._made.add_table(rows=len(rows), cols=len(widths))
            _form_table(table, widths)
            last = len(rows) - (0 if grid.feet else 1)
            # Heads stay with a row, the last rows and the feet with one another, a small form with itself.
            small = not grid.head and len(rows) <= SMALL
            for number, (made, row) in enumerate(zip(table.rows, rows, strict=True)):
                head = number < len(grid.head)
                kept = self._kept > 0 or head or small or number >= len(rows) - kept_together(len(rows))
                _fill_row(made, row, widths, head=head, kept=kept and number < last)
            if grid.feet:
                self._gap = grid.spaceAfter
            else:
                self._thin(grid.spaceAfter)  # two tables one after the other would be one
        for foot in grid.feet:
            self._put(foot)

    def _name_stand_ins(self) -> None:
        """Tell Word which face to take where a machine has not got the one that is asked for."""
        part = next(
            (part for part in self._made.part.package.iter_parts() if part.partname.endswith("fontTable.xml")), None
        )
        if part is None:
            return
        told = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in STANDS_IN.items()
        )
        part._blob = part.blob.replace(b"</w:fonts>", told.encode() + b"</w:fonts>")


def _form_table(table: Any, widths: Sequence[float]) -> None:
    """Fixed widths of columns, thin grey rules, the padding of the printed table."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Pt

    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    properties = table._tbl.tblPr
    rules = _child(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _child(rules, f"w:{side}", **{"w:val": "single", "w:sz": "4", "w:color": RULE.removeprefix("#")})
    margins = _child(properties, "w:tblCellMar")
    # Here a rule takes room of its own, in print it lies on the edge of two rows.
    for side, pad in (("top", PAD_Y - RULED), ("left", PAD_X), ("bottom", PAD_Y - RULED), ("right", PAD_X)):
        _child(margins, f"w:{side}", **{"w:w": str(round(pad * 20)), "w:type": "dxa"})
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)


def _fill_row(made: Any, row: Sequence[Cell], widths: Sequence[float], *, head: bool, kept: bool) -> None:
    from docx.shared import Pt

    properties = made._tr.get_or_add_trPr()
    if max(cell.height for cell in row) < TALL:
        _child(properties, "w:cantSplit")
    if head:
        _child(properties, "w:tblHeader")
    column, places = 0, made.cells
    for cell in row:
        place = places[column]
        if cell.span > 1:
            place = place.merge(places[column + cell.span - 1])
        place.width = Pt(sum(widths[column : column + cell.span]))
        column += cell.span
        if head:
            _child(place._tc.get_or_add_tcPr(), "w:shd", **{"w:val": "clear", "w:fill": HEAD_FILL.removeprefix("#")})
        for place_of_line, text in enumerate(cell.text.split("\n")):
            paragraph = place.paragraphs[0] if not place_of_line else place.add_paragraph()
            form = paragraph.paragraph_format
            form.space_before = form.space_after = Pt(0)
            form.line_spacing = Pt(cell.style.leading)
            form.alignment = _alignment(cell.style.align)
            form.keep_with_next = kept
            run = paragraph.add_run(_clean(text))
            _font(run, WORD_FACES.get(cell.style.face, FONT), Pt(cell.style.size))
            run.bold = cell.style.face == SANS_BOLD


def _child(parent: Any, name: str, **attributes: str) -> Any:
    """A new element of Word at the end of another."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    parent.append(made)
    return made


def _alignment(align: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }.get(align, WD_ALIGN_PARAGRAPH.LEFT)


def _font(of: Any, name: str, size: Any) -> None:
    """A face for Chinese; figures and letters beside it in one that every machine has, as wide as it."""
    from docx.oxml.ns import qn

    of.font.name = name if name == WORD_FACES[HEI] else LATIN
    of.font.size = size
    faces = of.element.get_or_add_rPr().get_or_add_rFonts()
    faces.set(qn("w:eastAsia"), name)
    # Quotation marks and dashes are of both scripts: they are set as Chinese.
    faces.set(qn("w:hint"), "eastAsia")


def _clean(text: str) -> str:
    """A text that XML can hold."""
    return "".join(char for char in text if char in "\n\t" or ord(char) >= 0x20)
