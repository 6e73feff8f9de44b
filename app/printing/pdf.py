"""From chapters to the bytes of a PDF in one pass: contents and 共 y 页 are forms that are drawn at the end."""

# pyright: strict, reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUntypedBaseClass=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportMissingParameterType=false
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from app.printing import style as s
from app.printing.faces import SERIF, face
from app.printing.grid import Grid
from app.printing.mentions import Mentions
from app.printing.text import Line, Signature, Style, Text, draw_text
from app.spool import MemorySpool, Spool, SpooledFile

NEAR, SHORT = 2, 300
"""Texts, and their characters, between a table and the signature that are held to the table as well."""
TOTAL_FORM = "total_pages_"
# Pictures go in as they are: written in letters they would be a quarter larger.
rl_config.useA85 = 0


class Heading(Text):
    """A text that stands in the bookmarks and, when told, in the contents."""

    def __init__(self, text: str, style: Style, level: int, key: str, *, listed: bool = True) -> None:
        super().__init__(text, style)
        self.level = level
        self.key = key
        self.listed = listed

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """A heading is never parted."""
        del aW, aH
        return []

    def draw(self) -> None:
        """Draw, and tell the canvas where the heading stands."""
        canvas = self.canv
        if isinstance(canvas, BookCanvas):
            canvas.note_heading(self)
        super().draw()


class Anew(ActionFlowable):
    """From the next page on the pages are counted anew: what follows is filed by itself."""

    def __init__(self) -> None:
        super().__init__(("countAnew",))


class Stopped(Exception):
    """Whoever asked for a print does not want it any more."""


class _Written(pdfdoc.PDFFile):
    """A document's file that is written object by object, where reportlab's own is one string at the end."""

    def __init__(self, version: Any, file: SpooledFile) -> None:
        super().__init__(version)
        file.write(b"".join(self.strings))
        self.write: Any = file.write


def _write(document: Any, file: SpooledFile) -> bytes:
    """What PDFDocument.format does, into a file; an object may name more objects while it is written."""
    document.Reference(document.Catalog)
    document.Reference(document.info)
    written = document.__accum__ = _Written(document._pdfVersion, file)
    numbers: list[str] = []
    while name := document.numberToId.get(len(numbers) + 1):
        content = pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document)
        document.idToOffset[name] = written.add(content)
        numbers.append(name)
    table = pdfdoc.PDFCrossReferenceTable()
    table.addsection(0, numbers)
    start = written.add(table.format(document))
    root, info = document.Reference(document.Catalog), document.Reference(document.info)
    trailer = pdfdoc.PDFTrailer(startxref=start, Size=len(numbers) + 1, Root=root, Info=info, ID=document.ID())
    written.add(trailer.format(document))
    file.done()
    return b""


class BookCanvas(Canvas):
    """A canvas that remembers headings and what could not be printed, and fills the forms before it saves.

    The document goes into `file`, object by object.
    """

    def __init__(self, file: Any, *arguments: Any, **options: Any) -> None:
        # What is not set otherwise is set in a face that is bundled: no reader has to find one.
        super().__init__(file, *arguments, **options | {"initialFontName": face(SERIF).fontName})
        document = self.__dict__["_doc"]
        document.format = lambda: _write(document, file)
        self.pages_of: dict[str, int] = {}
        self.unprintable: set[str] = set()
        self.contents: list[Entry] = []
        self.total = 0
        self.starts: list[int] = []
        self.told: Callable[[int], bool] | None = None
        self.mentions: Mentions | None = None
        self.chapter, self.chapter_page = "", 0

    def showPage(self) -> None:
        """End a page, and tell whoever waits; raises Stopped when nobody waits any more."""
        super().showPage()
        if self.told is not None and not self.told(self.getPageNumber() - 1):
            raise Stopped

    def note_text(self, text: str, style: Style) -> None:
        """Remember the characters of a text that no face has."""
        self.unprintable |= style.chain.missing(text) - {"\n"}

    def note_lines(self, lines: Sequence[Line]) -> None:
        """Remember whose names are said on the page, where that is wanted."""
        if self.mentions is not None:
            self.mentions.look(self.getPageNumber(), lines)

    def note_heading(self, heading: Heading) -> None:
        """Remember the page of a heading and put it into the bookmarks."""
        if heading.level == 0:
            self.chapter, self.chapter_page = heading.text, self.getPageNumber()
        self.pages_of[heading.key] = self.getPageNumber()
        self.bookmarkPage(heading.key)
        self.addOutlineEntry(heading.text, heading.key, heading.level, closed=heading.level == 0)

    def save(self) -> None:
        """Fill in what is known only now, then write the document."""
        self.total = self.getPageNumber() - 1
        number = replace(s.CONTENTS, align="right")
        for entry in self.contents:
            self.beginForm(entry.form, lowerx=-60)
            draw_text(self, 0, 0, str(self.pages_of.get(entry.key, "")), number)
            self.endForm()
        ends = [*self.starts[1:], self.total + 1]
        for start, end in zip(self.starts, ends, strict=True):
            self.beginForm(f"{TOTAL_FORM}{start}")
            draw_text(self, 0, 3, f"　共 {end - start} 页", s.FOOTER)
            self.endForm()
        super().save()


@dataclass(frozen=True)
class Entry:
    """One line of the contents."""

    title: str
    level: int
    key: str

    @property
    def form(self) -> str:
        """The name of the form that holds its page number."""
        return f"page_of_{self.key}"


@dataclass(frozen=True)
class Printed:
    """A PDF: its file, how many pages, where each heading stands, which characters came out as 〓."""

    file: SpooledFile
    pages: int
    pages_of: dict[str, int]
    unprintable: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """All its bytes at once."""
        return b"".join(self.file.pieces())


class _Book(BaseDocTemplate):
    def __init__(self, file: Any, title: str, author: str, subject: str, running: str, *, duplex: bool = False) -> None:
        super().__init__(
            file,
            pagesize=(s.PAGE_WIDTH, s.PAGE_HEIGHT),
            title=title,
            author=author,
            subject=subject,
            creator="支部台账",
            lang="zh-CN",
            invariant=1,
            duplex="DuplexFlipLongEdge" if duplex else None,  # what a print dialog proposes
        )
        self.running = running
        self._anew = True
        upright = Frame(s.LEFT, s.BOTTOM, s.FRAME_WIDTH, s.FRAME_HEIGHT, 0, 0, 0, 0)
        wide_width, wide_height = s.PAGE_HEIGHT - 40 * s.MM, s.PAGE_WIDTH - 46 * s.MM
        wide = Frame(20 * s.MM, 20 * s.MM, wide_width, wide_height, 0, 0, 0, 0)
        large = Frame(20 * s.MM, 20 * s.MM, 2 * s.PAGE_WIDTH - 40 * s.MM, s.PAGE_HEIGHT - 46 * s.MM, 0, 0, 0, 0)
        below = s.PAGE_HEIGHT - s.DOCUMENT_TOP - s.DOCUMENT_HEIGHT
        document = Frame(s.DOCUMENT_LEFT, below, s.DOCUMENT_WIDTH, s.DOCUMENT_HEIGHT, 0, 0, 0, 0)
        self.addPageTemplates(
            [
                PageTemplate("document", [document], onPage=self._number),
                PageTemplate("bare", [upright]),
                PageTemplate("upright", [upright], onPage=self._footer, onPageEnd=self._chapter),
                PageTemplate("wide", [wide], self._footer, self._chapter, (s.PAGE_HEIGHT, s.PAGE_WIDTH)),
                PageTemplate("a3", [large], self._footer, self._chapter, (2 * s.PAGE_WIDTH, s.PAGE_HEIGHT)),
            ]
        )

    def handle_countAnew(self) -> None:
        """Called for Anew."""
        self._anew = True

    def handle_pageBegin(self) -> None:
        """Called by reportlab before each page."""
        canvas: Any = self.canv
        if self._anew:
            canvas.starts.append(canvas.getPageNumber())
            self._anew = False
        super().handle_pageBegin()

    @staticmethod
    def _number(canvas: Any, document: Any) -> None:
        """The number of a document's page: between dashes, 7 mm below the type area, at the outer edge."""
        del document
        number = canvas.getPageNumber() - canvas.starts[-1] + 1
        odd = number % 2 == 1
        style = replace(s.DOCUMENT_NUMBER, align="right" if odd else "left")
        x = s.DOCUMENT_LEFT + (s.DOCUMENT_WIDTH - 14 if odd else 14)
        y = s.PAGE_HEIGHT - s.DOCUMENT_TOP - s.DOCUMENT_HEIGHT - 7 * s.MM - 14
        draw_text(canvas, x, y, f"— {number} —", style)

    def _footer(self, canvas: Any, document: Any) -> None:
        width = document.pageTemplate.pagesize[0] if document.pageTemplate.pagesize else s.PAGE_WIDTH
        canvas.saveState()
        right = Style(s.FOOTER.face, s.FOOTER.size, s.FOOTER.leading, "right", color=s.FOOTER.color)
        draw_text(canvas, width / 2, 12 * s.MM + 3, f"第 {canvas.getPageNumber() - canvas.starts[-1] + 1} 页", right)
        canvas.translate(width / 2, 12 * s.MM)
        canvas.doForm(f"{TOTAL_FORM}{canvas.starts[-1]}")
        canvas.restoreState()
        height = s.PAGE_WIDTH if width == s.PAGE_HEIGHT else s.PAGE_HEIGHT
        draw_text(canvas, width - s.RIGHT, height - 15 * s.MM, self.running, right)
        self._bind(canvas, upright=width == s.PAGE_WIDTH)

    @staticmethod
    def _chapter(canvas: Any, document: Any) -> None:
        """The chapter that goes on over this page, above it; where one begins its title says so itself."""
        if canvas.chapter and canvas.chapter_page < canvas.getPageNumber():
            height = (document.pageTemplate.pagesize or (0, s.PAGE_HEIGHT))[1]
            left = document.pageTemplate.frames[0]._x1
            draw_text(canvas, left, height - 15 * s.MM, canvas.chapter, s.FOOTER)

    def _bind(self, canvas: Any, *, upright: bool) -> None:
        """On the back of a sheet the binding margin lies on the right: the page moves outwards."""
        if getattr(self, "duplex", None) and upright and canvas.getPageNumber() % 2 == 0:
            canvas.translate(s.RIGHT - s.LEFT, 0)


def wide_page() -> list[Flowable]:
    """From the next page on across (A4 landscape)."""
    return [NextPageTemplate("wide"), PageBreak()]


def upright_page() -> list[Flowable]:
    """From the next page on upright."""
    return [NextPageTemplate("upright"), PageBreak()]


def _short(item: Flowable) -> bool:
    return type(item) is Text and len(item.text) < SHORT


def signed(story: Sequence[Flowable]) -> list[Flowable]:
    """The story with each signature, and the short texts before it, held to the table above."""
    found: list[Flowable] = []
    for item in story:
        found.append(item)
        if not isinstance(item, Signature):
            continue
        below = 1
        while below <= NEAR and len(found) > below and _short(found[-below - 1]):
            below += 1
        table = found[-below - 1] if len(found) > below else None
        if isinstance(table, Grid):
            feet = [part for part in found[-below:] if isinstance(part, Text)]
            found[-below - 1 :] = [table.with_feet([*table.feet, *feet])]
    return found


def print_story(
    story: list[Flowable],
    first: str,
    title: str,
    author: str,
    subject: str,
    *,
    duplex: bool = False,
    told: Callable[[int], bool] | None = None,
    spool: Spool | None = None,
    mentions: Mentions | None = None,
) -> Printed:
    """Lay the story out once, from a page of the kind `first` on. The same story gives the same bytes.

    `mentions` hears what is said on which page.
    `duplex` lets the binding margin alternate. `told` is called with each page that is done; where it says no, the
    print stops with Stopped. What is large goes into a spool; raises StorageTrouble.
    """
    story = signed(story)
    file = SpooledFile(spool or MemorySpool())
    made: list[BookCanvas] = []

    def canvas(*arguments: Any, **options: Any) -> BookCanvas:
        made.append(BookCanvas(*arguments, **options))
        made[-1].told, made[-1].mentions = told, mentions
        return made[-1]

    book = _Book(file, title, author, subject, f"{author}　{title}", duplex=duplex)
    book.pageTemplates.sort(key=lambda template: template.id != first)
    book.build(story, canvasmaker=canvas)
    done = made[-1]
    return Printed(file, done.total, done.pages_of, tuple(sorted(done.unprintable)))
