"""Small files that ask for too much: read in a process of their own, they end in a message and in nothing else."""

from __future__ import annotations

import io
import operator
import os
import time
import zipfile
from pathlib import Path

import pytest

from app import apart
from app.apart import read_apart
from app.documents.text import text_of_bytes
from app.errors import Refused
from app.exchange.raw import read_book

SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="{row}">'
    '<c r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
)
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(path: Path, cell: str, row: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in PARTS.items():
            file.writestr(name, text)
        file.writestr("xl/worksheets/sheet1.xml", SHEET.format(row=row, cell=cell))
    return path


def test_a_small_table_that_asks_for_hundreds_of_gigabytes_is_a_message(tmp_path: Path) -> None:
    bomb = workbook(tmp_path / "炸.xlsx", "XFD1048576", 1048576)
    assert bomb.stat().st_size < 4000
    with pytest.raises(Refused, match=r"炸\.xlsx"):
        read_book(bomb)
    good = workbook(tmp_path / "好.xlsx", "B2", 2)
    assert len(read_book(good)) == 1


def test_what_takes_too_long_is_stopped_and_the_next_is_read() -> None:
    begun = time.monotonic()
    with pytest.raises(Refused, match="已经停下"):
        read_apart(time.sleep, 30, name="慢.xls", seconds=0.3)
    assert time.monotonic() - begun < 10
    assert read_apart(operator.add, 1, 2, name="好.xls") == 3


def test_what_dies_is_a_message_that_names_the_file() -> None:
    with pytest.raises(Refused, match=r"死\.xls"):
        read_apart(os.abort, name="死.xls")
    assert read_apart(operator.add, 1, 2, name="好.xls") == 3


def test_whatever_a_library_raises_is_a_message() -> None:
    with pytest.raises(Refused, match="读不懂"):
        read_apart(operator.truediv, 1, 0, name="坏.xls")


def test_an_answer_may_not_name_anything_that_runs() -> None:
    with pytest.raises(Refused):
        read_apart(operator.attrgetter, "x", name="坏.xls")


def test_too_much_memory_is_a_message() -> None:
    with pytest.raises(Refused):
        read_apart(operator.mul, b"x" * 1024, 4 * 1024 * 1024, name="大.xls")


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "旧格式"),
        ("照片.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 60, "是图片"),
        ("坏.docx", b"PK\x03\x04" + b"\x00" * 60, "打不开"),
        ("坏.pdf", b"%PDF-1.7\n" + b"\x00" * 60, "打不开"),
        ("空.txt", b"   \n", "没有文字"),
        ("二进制.txt", bytes(range(256)) * 4, "不是能读的文档"),
    ],
)
def test_a_document_that_cannot_be_read_is_told_with_what_to_do(name: str, raw: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        text_of_bytes(name, raw)
    assert refusal.value.advice


def test_a_document_that_unpacks_to_too_much_or_declares_entities_is_refused() -> None:
    def docx(body: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("word/document.xml", body)
        return buffer.getvalue()

    with pytest.raises(Refused):
        text_of_bytes("炸.docx", docx(b"<a>" + b" " * (201 * 1024 * 1024) + b"</a>"))
    lol = b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>'
    with pytest.raises(Refused):
        text_of_bytes("炸.docx", docx(lol))


def test_a_word_document_is_read_with_its_automatic_numbers_and_tables() -> None:
    from docx import Document

    made = Document()
    made.add_paragraph("2026年党建工作要点")
    made.add_paragraph("一、政治建设")
    made.add_paragraph("1.各支部每月学习不少于2次。")
    table = made.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("序号", "任务", "完成时限"), strict=True):
        cell.text = text
    buffer = io.BytesIO()
    made.save(buffer)
    lines = text_of_bytes("要点.docx", buffer.getvalue()).splitlines()
    assert lines[1:3] == ["一、政治建设", "1.各支部每月学习不少于2次。"]
    assert lines[3] == "序号\t任务\t完成时限"


def test_a_web_page_is_its_words() -> None:
    page = "<html><head><title>x</title></head><body><p>一、学习</p><script>var a</script>"
    page += "<table><tr><td>1</td><td>二</td></tr></table>"
    assert text_of_bytes("a.html", page.encode()).split() == ["一、学习", "1", "二"]


def test_one_process_is_kept_for_many_files() -> None:
    read_apart(operator.add, 1, 2, name="a")
    (held,) = apart._one._idle
    read_apart(operator.add, 1, 2, name="a")
    assert apart._one._idle == [held]


def test_a_postscript_file_named_as_a_photo_is_not_opened() -> None:
    from app.reports.appendix import keep_photos

    script = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n"
    assert keep_photos(script, "照片", Nothing()) == []


def test_a_picture_that_takes_gigabytes_is_not_decoded() -> None:
    from PIL import Image

    from app.reports.appendix import keep_photos

    buffer = io.BytesIO()
    Image.new("1", (13000, 13000)).save(buffer, "PNG")
    assert len(buffer.getvalue()) < 100_000
    assert keep_photos(buffer.getvalue(), "照片", Nothing()) == []


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n" + b"\x00" * 99, b"%PDF-", b"%PDF-1.4\n1 0 obj <<>> endobj trailer <<>>"]
)
def test_a_scan_that_cannot_be_read_leaves_nothing_and_harms_nothing(data: bytes) -> None:
    from app.reports.appendix import keep_photos

    assert keep_photos(data, "扫描", Nothing()) == []


class Nothing:
    """A spool that nothing is put into."""

    def put(self, data: bytes) -> int:
        raise AssertionError(len(data))
