"""What a committee writes about its branches: 通报, a page for each branch, 汇总表. Facts alone, with their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.platypus import PageBreak

from app.collection.collection import Collection, Rows
from app.collection.overview import (
    READ_AS,
    BranchRow,
    Figure,
    Overview,
    figure_place,
    figures,
    in_words,
    overview,
    spans,
)
from app.dates import chinese
from app.exchange.document import document as as_word
from app.exchange.sheet_paper import lay_on_paper
from app.printing import style as s
from app.printing.pdf import Printed, print_story
from app.printing.text import Text
from app.reports.documents import document as letter
from app.reports.parts import grid
from app.year.extract import FIGURES
from app.year.periods import period_words
from app.year.standing import State

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

BLANK = "＿＿＿＿＿＿＿＿（请补写）"
MOST_NAMES = 30
"""Branches that a paragraph names; more are counted."""
SHARE = "（%）"
"""What the heading of a share ends with: its last row is a mean, and a branch without one has an empty cell."""
SUMMED = ("members", "meetings", "talks", "study_minutes", "remitted_fen")


@dataclass(frozen=True)
class Paper:
    """What a paper is made from: the committee that signs it, the branches of a year, who did not hand in, the day."""

    committee: str
    overview: Overview
    figures: tuple[Figure, ...]
    absent: Rows
    day: date


def paper_of(collection: Collection, year: int, committee: str, day: date) -> Paper:
    """Everything that a paper of a year is made from."""
    told = overview(collection, year, spans(year)[0])
    return Paper(committee, told, tuple(figures(collection, year)), collection.ask("not_handed_in", year=year), day)


# --- 通报 -------------------------------------------------------------------------------------------------


def bulletin_story(paper: Paper) -> list[Flowable]:
    """通报: who handed in, what is done and missing by duty, the sums; room for what only people can judge."""
    told = paper.overview
    rows = told.rows
    body: list[str | Flowable] = [
        f"现将 {told.year} 年度各党支部工作情况通报如下。数字取自各支部报送的数据。",
        Text("一、报送情况", s.DOCUMENT_FIRST),
        f"应报送党支部 {len(rows) + len(paper.absent)} 个，已报送 {len(rows)} 个。"
        + (f"未报送 {len(paper.absent)} 个：{_named([row[2] for row in paper.absent])}。" if paper.absent else ""),
        *_days(rows),
        Text("二、组织生活、学习和党费", s.DOCUMENT_FIRST),
        *[line for rule, label in told.rules if (line := _duty(rows, rule, label))],
        *_sums(paper),
        Text("三、体检发现的问题", s.DOCUMENT_FIRST),
        *_found(paper),
        Text("四、下一步要求", s.DOCUMENT_FIRST),
        BLANK,
    ]
    title = f"关于{told.year}年度党支部工作情况的通报"
    return letter(title, "各党支部", body, paper.committee or "（汇总单位）", chinese(paper.day))


def _days(rows: Sequence[BranchRow]) -> list[str]:
    days = sorted({row.as_of for row in rows})
    if not days:
        return []
    span = f"{chinese(days[0])}" if len(days) == 1 else f"{chinese(days[0])}至{chinese(days[-1])}，各支部不一"
    return [f"数据截至{span}。"]


def _named(names: Sequence[str]) -> str:
    shown = "、".join(names[:MOST_NAMES])
    return f"{shown}等 {len(names)} 个" if len(names) > MOST_NAMES else shown


def _duty(rows: Sequence[BranchRow], rule: str, label: str) -> str:
    """One duty over all branches: how many of those of whom it is asked miss nothing, and who does."""
    asked = [row for row in rows if row.cell(rule).required]
    lacking = [row.name for row in asked if row.cell(rule).missing]
    if not asked:
        return ""
    text = f"{label}：{len(asked)} 个支部应开展，{len(asked) - len(lacking)} 个没有缺项"
    return f"{text}，{len(lacking)} 个有缺项：{_named(lacking)}。" if lacking else f"{text}。"


def _sums(paper: Paper) -> list[str]:
    found = {item.values.get("code"): item for item in paper.figures}
    parts = [f"{found[code].label} {found[code].text}" for code in SUMMED if code in found]
    return [f"合计：{'，'.join(parts)}。"] if parts else []


def _found(paper: Paper) -> list[str]:
    lines = [
        f"{item.label}：{item.branches} 个支部，共 {item.value} 处。"
        for item in paper.figures
        if item.query == "finding_branches" and item.values.get("level") == "错误"
    ]
    return lines or ["没有发现错误。"]


def print_bulletin(paper: Paper) -> Printed:
    """The 通报 as a PDF on the type area of a document."""
    title = f"{paper.overview.year}年度党支部工作情况通报"
    return print_story(bulletin_story(paper), "document", title, paper.committee, title)


def bulletin_word(paper: Paper) -> bytes:
    """The 通报 as the bytes of a .docx."""
    return as_word(bulletin_story(paper), f"{paper.overview.year}年度党支部工作情况通报", "document")


# --- one page for each branch ------------------------------------------------------------------------------


def branch_story(collection: Collection, row: BranchRow, year: int) -> list[Flowable]:
    """One branch: where its figures come from, every duty by period, the figures, what the health check found."""
    duties = [
        (label, period_words(period), f"{done}/{required} {unit}", State(state).words, missing or "")
        for _, label, period, state, required, done, unit, _, _, missing, _ in collection.ask(
            "duties", source=row.source
        )
        if state in (State.MISSING, State.DUE)
    ]
    told = sorted(collection.ask("branch_figures", source=row.source), key=lambda item: figure_place(item[0]))
    sums = [(label, in_words(value, unit)) for _, label, unit, value in told]
    found = [
        (level, title, text or "", basis or "")
        for level, title, text, basis in collection.ask("branch_findings", source=row.source)
        if level == "错误"
    ]
    half = (len(sums) + 1) // 2
    beside = [(*left, *right) for left, right in zip(sums[:half], [*sums[half:], ("", "")], strict=False)]
    return [
        Text(f"{row.name} {year}年度情况", s.FORM_TITLE),
        Text("　".join(part for part in (row.place, row.origin) if part), s.NOTE),
        Text("全年数字", s.SECTION),
        grid([3, 2, 3, 2], ("项目", "数字", "项目", "数字"), beside),
        Text("缺和待办", s.SECTION),
        grid([3, 2, 2, 1.4, 4], ("事项", "时段", "已做/应做", "状态", "缺谁"), duties)
        if duties
        else Text("没有缺项。", s.BODY),
        Text("体检发现的错误", s.SECTION),
        grid([1.2, 2.4, 5, 4], ("轻重", "检查", "内容", "依据"), found) if found else Text("没有发现错误。", s.BODY),
    ]


def print_stories(stories: Sequence[list[Flowable]], year: int) -> Printed:
    """The stories of several branches, each on pages of its own."""
    story: list[Flowable] = []
    for one in stories:
        story += [*([PageBreak()] if story else []), *one]
    title = f"{year}年度各支部情况"
    return print_story(story or [Text("没有支部。", s.BODY)], "upright", title, "", title)


# --- 汇总表 -----------------------------------------------------------------------------------------------


def summary_workbook(collection: Collection, told: Overview) -> bytes:
    """汇总表 as the bytes of a workbook: a sheet of duties and one of figures, their sums alive, and the sources."""
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": None, "title": f"{told.year}年度党支部汇总表"})
    duties = [f"{label}{word}" for _, label in told.rules for word in ("应", "已")]
    cells = {
        row.source: [number for rule, _ in told.rules for number in (row.cell(rule).required, row.cell(rule).done)]
        for row in told.rows
    }
    _sheet(
        book,
        "应做与已做",
        told.rows,
        ["缺", "待办", *duties],
        {row.source: [row.missing, row.due, *cells[row.source]] for row in told.rows},
    )
    named = {code: _heading(label, unit) for code, label, unit in FIGURES}
    values: dict[int, dict[str, float]] = {}
    for source, code, label, unit, value in collection.ask("figure_table", year=told.year):
        named.setdefault(code, _heading(label, unit))
        values.setdefault(source, {})[code] = value / READ_AS[unit][0] if unit in READ_AS else value
    empty = {code: None if heading.endswith(SHARE) else 0 for code, heading in named.items()}
    sums = {row.source: [values.get(row.source, {}).get(code, empty[code]) for code in named] for row in told.rows}
    _sheet(book, "全年数字", told.rows, list(named.values()), sums)
    _sources(book, told.rows)
    book.close()
    return buffer.getvalue()


def _heading(label: str, unit: str) -> str:
    return f"{label}（{READ_AS[unit][1] if unit in READ_AS else unit}）"


def _sheet(book: Any, name: str, rows: Sequence[BranchRow], heads: Sequence[str], cells: dict[int, list[Any]]) -> None:
    """Branches below each other with numbers, and a last row of sums that count on when a number is changed."""
    from xlsxwriter.utility import xl_range

    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#F2F0ED", "border": 1, "text_wrap": True, "valign": "vcenter"})
    text, number = (
        book.add_format({"num_format": "@", "border": 1}),
        book.add_format({"border": 1, "num_format": "0.##"}),
    )
    total = book.add_format({"border": 1, "bold": True, "num_format": "0.##"})
    for column, word in enumerate(("支部", "上级", *heads)):
        sheet.write_string(0, column, word, head)
    for line, row in enumerate(rows, 1):
        sheet.write_string(line, 0, row.name, text)
        sheet.write_string(line, 1, row.place, text)
        for column, value in enumerate(cells[row.source], 2):
            if value is not None:
                sheet.write_number(line, column, value, number)
            else:
                sheet.write_blank(line, column, None, number)
    last = len(rows) + 1
    sheet.write_string(last, 0, "合计", total)
    sheet.write_string(last, 1, "", total)
    for column in range(2, len(heads) + 2):
        known = [value for row in rows if (value := cells[row.source][column - 2]) is not None]
        share = heads[column - 2].endswith(SHARE)
        result = sum(known) / max(1, len(known)) if share else sum(known)
        span = xl_range(1, column, max(1, len(rows)), column)
        sheet.write_formula(last, column, f"={'AVERAGE' if share else 'SUM'}({span})", total, result)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, len(heads) + 1, 11)
    sheet.freeze_panes(1, 1)
    lay_on_paper(sheet, name, [24, 24, *(11 for _ in heads)], last)


def _sources(book: Any, rows: Sequence[BranchRow]) -> None:
    sheet = book.add_worksheet("数据来源")
    head = book.add_format({"bold": True, "bg_color": "#F2F0ED", "border": 1})
    text = book.add_format({"num_format": "@", "border": 1})
    for column, word in enumerate(("支部", "代码", "截至", "导出日期", "交到哪一级", "文件", "校验码")):
        sheet.write_string(0, column, word, head)
    for line, row in enumerate(rows, 1):
        told = (row.name, row.code, str(row.as_of), str(row.made_on), row.detail.words, row.file, row.digest)
        for column, word in enumerate(told):
            sheet.write_string(line, column, word, text)
    sheet.set_column(0, 6, 22)
    lay_on_paper(sheet, "数据来源", [22] * 7, len(rows))
