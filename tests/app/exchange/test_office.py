"""Files for office programs: records as documents, lists as workbooks, a superior's templates, text for a platform."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from app.errors import Refused
from app.exchange.copy_texts import CopiedText, copy_texts, limits, note_copied
from app.exchange.document import document
from app.exchange.document_templates import DocumentTemplate, add_document_template, remove_document_template
from app.exchange.filling import SUBJECTS, field_names, fields_of, fill, places_in, unknown_places
from app.exchange.lists import LISTS, export_list
from app.life.talks import Talk, record_talk
from app.reports.binding import compose
from app.reports.book import printed_chapters
from app.reports.catalogue import FORMS
from app.reports.forms import form_story
from app.work.inspections import Inspection, save_inspection
from app.year.ledger import load_year
from tests.conftest import TODAY
from tests.make import with_every_matter


def words_of(data: bytes) -> str:
    from docx import Document

    made = Document(BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in made.paragraphs] + cells)


def docx(*lines: str, runs: tuple[str, ...] = ()) -> bytes:
    from docx import Document

    made = Document()
    for text in lines:
        made.add_paragraph(text)
    if runs:
        paragraph = made.add_paragraph()
        for text in runs:
            paragraph.add_run(text)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def xlsx(*cells: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for number, text in enumerate(cells, 1):
        book.active.cell(number, 1, text)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def template(name: str = "表.docx", subject: str = "会议活动") -> DocumentTemplate:
    return DocumentTemplate(name="表", subject=subject, file_name=name, digest="—", added_on=TODAY)


def test_a_record_says_the_same_as_a_document(sample) -> None:
    year = load_year(sample, 2026)
    minutes = year.minutes[3]
    story, paper = form_story(year, "minutes", minutes.meeting.id, TODAY)
    text = words_of(document(story, "会议记录", paper=paper))
    for part in (minutes.meeting.subject, minutes.meeting.host, minutes.meeting.place, f"{len(minutes.attended)} 人"):
        assert part in text
    assert all(line in text for line in minutes.meeting.content.split("\n"))


@pytest.mark.slow
def test_the_whole_year_can_be_a_document(sample) -> None:
    year = load_year(sample, 2026)
    text = words_of(document(compose(year, TODAY, printed_chapters(year)), "台账"))
    assert all(person.name in text for person in year.roster.present(TODAY))
    assert "党费收缴登记" in text


def test_control_characters_do_not_break_a_document() -> None:
    from app.printing import style as s
    from app.printing.text import Text

    assert "甲乙" in words_of(document([Text("甲\x00\x0b乙", s.BODY)], "x"))


@pytest.mark.parametrize("code", list(LISTS))
def test_every_list_is_a_workbook_with_its_own_labels(sample, code: str) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(export_list(load_year(sample, 2026), code, TODAY))).active
    heads = [cell.value for cell in sheet[1]]
    assert heads[0] == "序号" and len(set(heads)) == len(heads)
    assert sheet.freeze_panes == "A2"
    assert "不打印的备注" not in heads


def test_days_are_days_amounts_are_numbers_and_sums_stand_below(sample) -> None:
    from openpyxl import load_workbook

    year = load_year(sample, 2026)
    sheet = load_workbook(BytesIO(export_list(year, "study", TODAY))).active
    heads = [cell.value for cell in sheet[1]]
    day, minutes = heads.index("日期") + 1, heads.index("时长（分钟）") + 1
    assert sheet.cell(2, day).value.date() == year.own_studies[0].studied_on
    assert sheet.cell(2, heads.index("党员") + 1).value == year.roster[year.own_studies[0].member].name
    last = sheet.max_row
    assert sheet.cell(last, 1).value == "合计"
    assert sheet.cell(last, minutes).value == sum(item.minutes for item in year.own_studies)


def test_composed_lists_hold_days_numbers_and_sums(sample) -> None:
    from openpyxl import load_workbook

    year = with_every_matter(load_year(sample, 2026))

    def rows(code: str) -> list[dict]:
        sheet = load_workbook(BytesIO(export_list(year, code, TODAY))).active
        heads = [cell.value for cell in sheet[1]]
        return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]

    way = rows("development")[0]
    assert way["1 递交入党申请书"].date() == date(2024, 1, 5) and way["阶段"] == "接收预备党员"
    election = rows("elections")
    assert [row["赞成"] for row in election] == [18, 15, 12, 9]
    assert [row["结果"] for row in election] == ["当选", "当选", "当选", "未当选"]
    hours = rows("study_hours")
    assert hours[-1]["姓名"] == "合计"
    assert hours[-1]["合计"] == sum(row["合计"] for row in hours[:-1])
    dues = rows("dues")
    assert dues[-1]["姓名"] == "合计" and dues[-1]["1月"] == year.dues.totals(1)[1] / 100


def test_a_list_that_is_not_known_is_refused(sample) -> None:
    with pytest.raises(Refused, match="没有“党章”这个表"):
        export_list(load_year(sample, 2026), "党章", TODAY)


def test_a_list_has_every_field_of_its_records_and_leaves_out_what_is_for_the_ledger_alone(sample) -> None:
    from openpyxl import load_workbook

    save_inspection(sample, Inspection(inspected_on=date(2026, 5, 6), finding="缺签到表"), TODAY)
    people = load_year(sample, 2026).roster.members
    talk = Talk(talked_on=date(2026, 5, 7), talker=people[0].id, partner=people[1].id, private="只给自己看")
    record_talk(sample, talk, {p.id for p in people}, TODAY)
    year = load_year(sample, 2026)
    sheet = load_workbook(BytesIO(export_list(year, "inspections", TODAY))).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "发现的问题" in cells and "缺签到表" in cells
    sheet = load_workbook(BytesIO(export_list(year, "talk_records", TODAY))).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert people[1].name in cells and "只给自己看" not in cells


def test_a_template_is_filled_and_keeps_its_own_words(sample) -> None:
    year = load_year(sample, 2026)
    minutes = year.minutes[0]
    values = fields_of(year, "会议活动", minutes.meeting.id)
    data = docx(
        "{{支部名称}}会议登记表", "主持人：{{ 主持人 }}　应到 {{应到}} 人", runs=("时间：{{会", "议日期}}", "。")
    )
    text = words_of(fill(template(), data, values))
    assert f"{year.branch.name}会议登记表" in text and f"主持人：{minutes.meeting.host}" in text
    assert f"应到 {minutes.expected} 人" in text and "{{" not in text
    assert f"{minutes.meeting.held_on.year}年" in text


def test_a_workbook_template_is_filled_and_never_a_formula(sample) -> None:
    from openpyxl import load_workbook

    year = load_year(sample, 2026)
    values = fields_of(year, "支部年度", 0) | {"支部名称": "=1+1"}
    filled = fill(template("表.xlsx", "支部年度"), xlsx("{{支部名称}}", "年度：{{年度}}"), values)
    sheet = load_workbook(BytesIO(filled)).active
    assert (sheet["A1"].value, sheet["A1"].data_type, sheet["A2"].value) == ("=1+1", "s", "年度：2026")


def test_fields_that_are_not_known_are_named_before_anything_is_filled(sample) -> None:
    data = docx("{{会议名称}} {{会议天气}} {{心情}}")
    assert unknown_places("会议活动", "表.docx", data) == ["会议天气", "心情"]
    values = fields_of(load_year(sample, 2026), "会议活动", load_year(sample, 2026).minutes[0].meeting.id)
    with pytest.raises(Refused, match="不认识的字段：会议天气、心情"):
        fill(template(), data, values)


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("表.doc", b"x", "不是能填的模板"),
        ("表.docx", b"not a package", "不是完好的文件"),
        ("表.docx", docx("{{会议 名称}}"), "花括号写法不对"),
        ("表.docx", docx("{{会议名称"), "花括号写法不对"),
        ("表.xlsx", docx("{{会议名称}}"), "不是完好的文件"),
    ],
)
def test_a_file_that_is_no_template_is_refused_in_words(name: str, data: bytes, word: str) -> None:
    with pytest.raises(Refused, match=word):
        places_in(name, data)


def test_a_template_may_name_fields_and_do_nothing_else(sample) -> None:
    year = load_year(sample, 2026)
    values = fields_of(year, "支部年度", 0)
    wild = docx("{{ ''.__class__.__mro__[1].__subclasses__() }}")
    with pytest.raises(Refused):
        fill(template(), wild, values)


def test_what_a_record_says_is_no_markup_in_a_document(sample) -> None:
    values = dict.fromkeys(field_names("会议活动"), "<w:p>&amp;甲 < 乙</w:p>\n第二行")
    text = words_of(fill(template(), docx("{{会议名称}}"), values))
    assert "<w:p>&amp;甲 < 乙</w:p>" in text and "第二行" in text


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_list_of_fields_is_what_a_record_has(sample, subject: str) -> None:
    year = load_year(sample, 2026)
    record = {
        "会议活动": year.minutes[0].meeting.id,
        "谈心谈话": year.talks[0].id,
        "党员": year.roster.members[0].id,
    }.get(subject, 0)
    assert set(field_names(subject)) == set(fields_of(year, subject, record))
    assert "不打印的备注" not in field_names(subject)


def test_templates_are_kept_in_the_ledger_and_come_back(sample) -> None:
    data = docx("{{会议名称}}")
    kept = add_document_template(sample, "季报", "会议活动", "季报.docx", data, TODAY)
    assert sample.blobs.get(kept.digest) == data
    with pytest.raises(Refused, match="已经有叫“季报”的模板"):
        add_document_template(sample, "季报", "会议活动", "季报.docx", data, TODAY)
    remove_document_template(sample, kept)
    sample.history.undo()
    assert sample[DocumentTemplate].all() == [kept]


def test_what_was_copied_is_marked_until_its_text_changes(sample) -> None:
    fields = {"会议名称": "学" * 60, "地点": "", "会议内容": "内容"}
    first = copy_texts("会议活动", 7, fields, [])
    assert [item.field for item in first] == ["会议名称", "会议内容"]
    assert first[0].over == 60 - limits("会议活动")["会议名称"] and first[1].copied_on is None
    note_copied(sample, "会议活动", 7, "会议内容", "内容", TODAY)
    note_copied(sample, "会议活动", 7, "会议内容", "内容", date(2026, 7, 17))
    marks = sample[CopiedText].all()
    assert len(marks) == 1
    again = copy_texts("会议活动", 7, fields, marks)[1]
    assert (again.copied_on, again.changed) == (date(2026, 7, 17), False)
    assert copy_texts("会议活动", 7, fields | {"会议内容": "改过"}, marks)[1].changed


def test_every_form_has_a_title_of_its_own() -> None:
    titles = [form.title for form in FORMS.values()]
    assert len(set(titles)) == len(titles)
