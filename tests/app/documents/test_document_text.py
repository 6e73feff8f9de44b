"""Documents as files: what a table of Word or of a web page says stays one line a row, under its own columns."""

from __future__ import annotations

from io import BytesIO

import docx

from app.documents.plan import read_plan
from app.documents.text import html_text, text_of_bytes

HEAD = ["序号", "工作任务", "具体措施", "责任单位", "完成时间"]


def word(rows: list[list[str]], merged: tuple[tuple[int, int], tuple[int, int]] | None = None) -> str:
    """The text of a .docx with one table."""
    document = docx.Document()
    document.add_paragraph("某局机关党委2026年党建工作任务清单")
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    if merged:
        table.cell(*merged[0]).merge(table.cell(*merged[1]))
    file = BytesIO()
    document.save(file)
    return text_of_bytes("清单.docx", file.getvalue())


def test_a_line_break_within_a_cell_of_word_breaks_no_row() -> None:
    told = read_plan(word([HEAD, ["1", "组织学习", "每月学习2次\n做好记录", "各支部", "6月底前"]]))
    assert [(item.title, item.units) for item in told.items] == [("组织学习", ("各支部",))]
    assert [found.due_on for found in told.dates] == ["2026-06-30"]


def test_a_cell_over_two_columns_leaves_those_behind_it_in_their_place() -> None:
    rows = [HEAD, ["1", "组织学习", "", "各支部", "6月底前"], ["2", "开展党课", "讲1次", "各支部", "9月底前"]]
    told = read_plan(word(rows, ((1, 1), (1, 2))))
    assert [(item.title, item.units) for item in told.items] == [("组织学习", ("各支部",)), ("开展党课", ("各支部",))]
    assert [found.due_on for found in told.dates] == ["2026-06-30", "2026-09-30"]


def test_a_heading_over_a_whole_table_of_word_is_a_line() -> None:
    rows = [HEAD, ["一、思想建设", "", "", "", ""], ["1", "组织学习", "", "各支部", "6月底前"]]
    told = read_plan(word(rows, ((1, 0), (1, 4))))
    assert [(item.no, item.section) for item in told.items] == [("1", "思想建设")]


def test_paragraphs_within_the_cells_of_a_web_page_break_no_row() -> None:
    cells = "".join(f"<td><p>{text}</p><p></p></td>" for text in ("1", "组织学习", "各支部", "6月底前"))
    page = (
        "<div>某局2026年任务清单</div><table><tr><th><p>序号</p></th><th>任务</th><th>责任单位</th><th>时限</th></tr>"
        f"<tr>{cells}</tr></table><p>某局</p><p>2026年3月1日</p>"
    )
    told = read_plan(html_text(page))
    assert [(item.no, item.title, item.units) for item in told.items] == [("1", "组织学习", ("各支部",))]
    assert [found.due_on for found in told.dates] == ["2026-06-30"]
