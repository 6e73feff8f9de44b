"""The text of a document: .docx with its automatic numbers, PDF that holds text, web pages and plain text."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from app.apart import read_apart
from app.errors import Refused
from app.numerals import counted
from app.whole_files import whole

LARGEST = 30 * 1024 * 1024
MOST_TEXT = 200 * 1024 * 1024
"""Bytes of a part of a .docx when it is unpacked."""
MOST_PAGES = 500
MOST_COLUMNS = 63
"""More a table of Word cannot have."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAVE = "请用 WPS 或 Word 打开，另存为 .docx 再读；也可以全选、复制，粘贴进来。"


def document_text(path: Path) -> str:
    """The text of a file; raises Refused, with what to do for what cannot be read."""
    return text_of_bytes(path.name, whole(path, LARGEST, "请另存一份不带图片的再读。"))


def text_of_bytes(name: str, raw: bytes) -> str:
    """The text of a file by its content; raises Refused."""
    if raw.startswith(b"PK\x03\x04"):
        text = read_apart(docx_text, name, raw, name=name)
    elif raw.startswith(b"%PDF-"):
        text = read_apart(pdf_text, name, raw, name=name)
    elif raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"“{name}”是旧格式的文档（.doc 或 .wps）。", _SAVE)
    elif raw.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")):
        raise Refused(f"“{name}”是图片，里面的字读不出来。", "请向发文单位要 Word 或 PDF 文件，或照着录入任务清单。")
    else:
        text = _decoded(name, raw)
        if re.match(r"\s*(?:<!doctype|<html|<\?xml|<div|<p\b|<table)", text[:400], re.IGNORECASE):
            text = html_text(text)
    if not text.strip():
        raise Refused(f"“{name}”里没有文字。", "请检查是不是选错了文件。")
    return text


def _decoded(name: str, raw: bytes) -> str:
    marks = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
    for mark, encoding in marks:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused(f"“{name}”不是能读的文档。", _SAVE)


# --- .docx ----------------------------------------------------------------------------------------------


def docx_text(name: str, raw: bytes) -> str:
    """The paragraphs of a .docx with their automatic numbers, the cells of a table with tabs between."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            body = _part(file, "word/document.xml")
            numbering = _part(file, "word/numbering.xml")
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError) as error:
        raise Refused(f"“{name}”打不开。", _SAVE) from error
    if body is None:
        raise Refused(f"“{name}”不是 Word 文档。", _SAVE)
    numbers = _Numbers(numbering)
    lines: list[str] = []
    root = body.find(f"{_W}body")
    for element in root if root is not None else ():
        _lines(element, numbers, lines)
    return "\n".join(lines)


def _part(file: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    try:
        told = file.getinfo(name)
    except KeyError:
        return None
    if told.file_size > MOST_TEXT:
        raise ValueError(name)
    raw = file.read(told)
    if b"<!DOCTYPE" in raw[:2000] or b"<!ENTITY" in raw:
        raise ValueError(name)
    try:
        return ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        raise ValueError(name) from error


def _lines(element: ElementTree.Element, numbers: _Numbers, lines: list[str]) -> None:
    if element.tag == f"{_W}p":
        lines.append(numbers.before(element) + _text(element))
    elif element.tag == f"{_W}tbl":
        for row in element.iter(f"{_W}tr"):
            cells: list[str] = []
            spans: list[int] = []
            for cell in row.findall(f"{_W}tc"):
                text = " ".join(filter(None, (numbers.before(p) + _text(p) for p in cell.iter(f"{_W}p"))))
                cells.append(" ".join(text.split()))
                span = _val(cell.find(f"{_W}tcPr/{_W}gridSpan"))
                spans.append(min(int(span), MOST_COLUMNS) if span.isdecimal() else 1)
            if len(cells) > 1:  # a heading over the whole width stays a line of its own
                cells = [part for text, span in zip(cells, spans, strict=True) for part in (text, *[""] * (span - 1))]
            lines.append("\t".join(cells))
    else:
        for child in element:
            _lines(child, numbers, lines)


def _text(paragraph: ElementTree.Element) -> str:
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            parts.append(" ")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
    return "".join(parts)


class _Numbers:
    """The automatic numbers of Word: they stand in no text, and are counted as Word counts them."""

    def __init__(self, root: ElementTree.Element | None) -> None:
        self._forms: dict[tuple[str, int], tuple[str, str]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        abstract: dict[str, dict[int, tuple[str, str]]] = {}
        for item in root.findall(f"{_W}abstractNum"):
            levels: dict[int, tuple[str, str]] = {}
            for told in item.findall(f"{_W}lvl"):
                form, text = told.find(f"{_W}numFmt"), told.find(f"{_W}lvlText")
                depth = int(told.get(f"{_W}ilvl", "0"))
                levels[depth] = (_val(form), _val(text))
            abstract[item.get(f"{_W}abstractNumId", "")] = levels
        for item in root.findall(f"{_W}num"):
            levels = abstract.get(_val(item.find(f"{_W}abstractNumId")), {})
            for depth, told in levels.items():
                self._forms[item.get(f"{_W}numId", ""), depth] = told

    def before(self, paragraph: ElementTree.Element) -> str:
        """The number that Word shows before a paragraph; empty where it shows none."""
        told = paragraph.find(f"{_W}pPr/{_W}numPr")
        if told is None:
            return ""
        key, depth = _val(told.find(f"{_W}numId")), int(_val(told.find(f"{_W}ilvl")) or 0)
        if (key, depth) not in self._forms:
            return ""
        self._counts[key, depth] = self._counts.get((key, depth), 0) + 1
        for other in list(self._counts):
            if other[0] == key and other[1] > depth:
                del self._counts[other]
        text = self._forms[key, depth][1]
        for number in range(depth + 1):
            form = self._forms.get((key, number), ("decimal", ""))[0]
            text = text.replace(f"%{number + 1}", _counted(self._counts.get((key, number), 1), form))
        return text


def _val(element: ElementTree.Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _counted(number: int, form: str) -> str:
    if "hinese" in form or "japanese" in form or "ideograph" in form.casefold():
        return counted(number) if number < 100 else str(number)
    if "ircle" in form and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return "" if form in ("bullet", "none") else str(number)


# --- PDF, web pages -------------------------------------------------------------------------------------


def pdf_text(name: str, raw: bytes) -> str:
    """The text of a PDF; raises Refused for a scan, which holds none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
        pages = [document[number].get_textpage().get_text_bounded() for number in range(min(len(document), MOST_PAGES))]
    except pypdfium2.PdfiumError as error:
        raise Refused(f"“{name}”打不开，可能加了密码或已损坏。", _SAVE) from error
    text = "\n".join(pages).replace("\r\n", "\n")
    if len("".join(text.split())) < 20:
        raise Refused(f"“{name}”是扫描件，里面的字读不出来。", "请向发文单位要 Word 文件，或照着录入任务清单。")
    return text


class _Page(HTMLParser):
    BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "tr", "section", "article")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = self._cells = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A block begins a line, a cell is kept apart."""
        del attrs
        self._silent += tag in ("script", "style", "head")
        if tag == "tr":
            self._cells = 0
        if tag in self.BLOCKS:
            self._break(tag)
        elif tag in ("td", "th"):
            self.parts.append("\t" if self._cells else "")
            self._cells += 1

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line."""
        self._silent -= tag in ("script", "style", "head")
        if tag in ("tr", "table"):
            self._cells = 0
        if tag in self.BLOCKS:
            self._break(tag)

    def _break(self, tag: str) -> None:
        """A line ends; within a cell it goes on, so that the row of a table stays one line."""
        self.parts.append(" " if self._cells and tag != "tr" else "\n")

    def handle_data(self, data: str) -> None:
        """The words themselves."""
        if self._silent <= 0:
            self.parts.append(" ".join(data.split()) if "\n" in data else data)


def html_text(text: str) -> str:
    """The words of a web page, a line for each block, tabs between the cells of a table."""
    page = _Page()
    page.feed(text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *([\t\n]) *", r"\1", "".join(page.parts)))
