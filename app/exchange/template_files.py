"""A template file as it comes from outside: which names it holds, and filled. It may name fields and do nothing else.

What it must not hold is refused when it is added and again when it is filled: instructions in braces, fields of Word
that fetch or compute, links to other files, embedded objects, formulas that reach outside. All of it runs apart.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from app.errors import Refused
from app.lines import LONGEST_CELL

PLACE = re.compile(r"\{\{\s*([^{}%\s]+(?: [^{}%\s]+)*)\s*\}\}")
LARGEST = 100 * 1024 * 1024
"""Bytes of a template unpacked; a larger one is no form."""
MOST_PARTS = 2000
HARMLESS_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME")
"""The fields of Word that a form may have: numbers of pages and the day; none of them reads anything else."""
_HARMLESS = re.compile(rf'(?:{"|".join(HARMLESS_FIELDS)})\b(?:\s*\\[*@#]\s*(?:"[^"{{}}]*"|[\w一-龥]+))*', re.IGNORECASE)
_OUTSIDE = re.compile(
    r"WEBSERVICE|HYPERLINK|FILTERXML|IMAGE\s*\(|RTD\s*\(|DDE|CALL\s*\(|REGISTER|EXEC\s*\(|INDIRECT|://|\\\\|[\[|`]",
    re.IGNORECASE,
)
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")
_UNSAFE = "请在 Word 或表格软件里删掉它，另存后再加入。"


def names_in(name: str, data: bytes) -> list[str]:
    """The names in double braces that a template holds; raises Refused for what is no template, or does more."""
    with _readable(name, data):
        if name.lower().endswith(".docx"):
            return sorted(_document(data).get_undeclared_template_variables(_names_alone()))
        found: dict[str, None] = {}
        for cell in _cells(_book(data)):
            found.update(dict.fromkeys(PLACE.findall(cell.value)))
        return list(found)


def filled(name: str, data: bytes, values: Mapping[str, str]) -> bytes:
    """The template with every name replaced by its text; raises Refused as `names_in`."""
    buffer = BytesIO()
    with _readable(name, data):
        if name.lower().endswith(".docx"):
            document = _document(data)
            document.render(dict(values), jinja_env=_names_alone(), autoescape=True)
            document.save(buffer)
        else:
            book = _book(data)
            for cell in _cells(book):
                cell.value = _fitting(PLACE.sub(lambda match: values[match.group(1)], cell.value))
                cell.data_type = "s"  # what a record says is never a formula
            book.save(buffer)
    return buffer.getvalue()


def _fitting(text: str) -> str:
    """A text as a cell holds it; one that is too long says how much is missing."""
    if len(text) <= LONGEST_CELL:
        return text
    told = f"……（全文 {len(text)} 字，一格放不下，其余见台账）"
    return text[: LONGEST_CELL - len(told)] + told


@contextmanager
def _readable(name: str, data: bytes) -> Generator[None]:
    """Say in Chinese why a file cannot be used as a template."""
    from docx.exceptions import PythonDocxError
    from jinja2 import TemplateError

    if not name.lower().endswith((".docx", ".xlsx")):
        raise Refused(f"“{name}”不是能填的模板。", "请用 .docx 或 .xlsx 格式，旧的 .doc、.xls 请先另存。")
    try:
        _refuse_what_does_more(name, data)
        yield
    except TemplateError as error:
        raise Refused(
            f"“{name}”里的花括号写法不对。", "要写成两层花括号加一个字段名，如 {{会议名称}}，别的写法都不行。"
        ) from error
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, PythonDocxError) as error:
        raise Refused(f"“{name}”读不了，不是完好的文件。", "请用 Word 或表格软件打开检查后另存一份。") from error


def _names_alone() -> Any:
    """Where a template's names are looked up: in its braces one bare name may stand, nothing else."""
    from jinja2 import StrictUndefined, TemplateSyntaxError
    from jinja2.ext import Extension
    from jinja2.lexer import TokenStream
    from jinja2.sandbox import SandboxedEnvironment

    class NamesAlone(Extension):
        """Refuses every token in braces but a name by itself."""

        def filter_stream(self, stream: TokenStream) -> Iterator[Any]:
            """The tokens of a template, as they are."""
            inside = 0
            for token in stream:
                if token.type == "variable_begin":
                    inside = 1
                elif token.type == "variable_end":
                    if inside != 2:
                        raise TemplateSyntaxError("one name", token.lineno)
                    inside = 0
                elif token.type != "data":
                    inside += 1
                    if token.type != "name" or inside != 2:
                        raise TemplateSyntaxError("a name alone", token.lineno)
                yield token

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, extensions=[NamesAlone])


def _document(data: bytes) -> Any:
    from docxtpl import DocxTemplate

    document = DocxTemplate(BytesIO(data))
    document.init_docx()
    return document


def _book(data: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(data))


def _cells(book: Any) -> Iterator[Any]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell.value, str) and "{{" in cell.value)


# --- what a template must not hold ----------------------------------------------------------------------


def _refuse_what_does_more(name: str, data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = package.infolist()
        if sum(part.file_size for part in parts) > LARGEST or len(parts) > MOST_PARTS:
            raise Refused(f"“{name}”展开后太大，不能当模板。", "请检查文件里是不是有很大的图片。")
        for part in parts:
            where = part.filename.lower()
            if "vbaproject" in where or "/activex/" in where or "macrosheets/" in where:
                raise Refused(f"“{name}”里有宏或控件，不能当模板。", _UNSAFE)
            if "/embeddings/" in where or "/externallinks/" in where or where.endswith(("connections.xml", ".bin")):
                if where.endswith(".bin") and "printersettings" in where:
                    continue
                raise Refused(f"“{name}”里有嵌入的对象或指向别的文件的链接，不能当模板。", _UNSAFE)
            if where.endswith((".xml", ".rels")):
                _refuse_part(name, where, package.read(part))


def _refuse_part(name: str, where: str, raw: bytes) -> None:
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(f"“{name}”里有不正常的内容，不能当模板。", _UNSAFE)
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        raise ValueError(where) from error
    if where.endswith(".rels"):
        if any(_attribute(item, "TargetMode").lower() == "external" for item in root):
            raise Refused(f"“{name}”里有超链接或指向外面的图片，不能当模板：填好以后打开，会把内容带出去。", _UNSAFE)
        return
    for instruction in _instructions(root):
        if instruction.strip() and not _HARMLESS.fullmatch(instruction.strip()):
            word = instruction.split()[0][:20]
            raise Refused(
                f"“{name}”里有 Word 的域代码（{word}），不能当模板：它会读别的文件，或把内容带出去。",
                "请在 Word 里选中它，按 Ctrl+Shift+F9 变成普通文字，另存后再加入。",
            )
    if where.startswith("xl/"):
        for item in root.iter():
            if _local(item.tag) in _FORMULAS and item.text and _OUTSIDE.search(item.text):
                raise Refused(f"“{name}”里有公式指向外面，不能当模板。", _UNSAFE)
            if _local(item.tag) in ("ddeLink", "oleLink"):
                raise Refused(f"“{name}”里有指向别的程序的链接，不能当模板。", _UNSAFE)
    if any(_local(item.tag) in ("altChunk", "subDoc", "control", "object") for item in root.iter()):
        raise Refused(f"“{name}”里有嵌入的对象，不能当模板。", _UNSAFE)


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key).lower() == name.lower()), "")


def _instructions(root: ElementTree.Element) -> list[str]:
    """The instructions of every field of a part; those of a field within another are told with it."""
    found: list[str] = []
    depth, told = 0, ""
    for item in root.iter():
        tag = _local(item.tag)
        if tag == "fldSimple":
            found.append(_attribute(item, "instr"))
        elif tag == "fldChar":
            kind = _attribute(item, "fldCharType")
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            if depth <= 0:
                found.append(told)
                depth, told = 0, ""
            elif kind == "begin" and depth > 1:
                told += " { "  # a field within a field is never harmless
        elif tag in ("instrText", "delInstrText"):
            told += item.text or ""
    return [*found, told]
