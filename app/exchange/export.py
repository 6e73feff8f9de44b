"""Lists as .xlsx: real dates and numbers, identity numbers and phones as text, never a formula."""

# pyright: strict, reportUnknownMemberType=false, reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from app.dates import PartialDate
from app.exchange.sheet_paper import lay_on_paper
from app.history import Action
from app.life.attendance import AttendanceState
from app.life.elections import count
from app.life.meetings import AgendaItem, absent_with_reasons, attendee
from app.life.study import hours
from app.lines import cell_parts
from app.people.members import Member
from app.people.posts import titles_on
from app.record import entries
from app.wording import AUDIT_HEADINGS, Names, audit
from app.year.ledger import YearLedger
from app.year.standing import study_years

LEAST, WIDEST, LONG = 6, 40, 120
"""Widths of columns in characters; that of minutes is larger, as a row of a spreadsheet has its greatest height."""
LINE, HIGHEST = 15.0, 409.0
"""Points of a line, and of the highest row."""
Rows = Sequence[Sequence[Any]]
# Lists that can be brought in again.
EXPORTS = ("members", "meetings", "talks", "dues")
# Lists that are put together from several kinds of record.
COMPOSED = {
    "members": "党员名册",
    "meetings": "组织生活台账",
    "talks": "谈心谈话登记表",
    "dues": "党费收缴登记表",
    "development": "发展党员名册",
    "elections": "换届选举",
    "study_hours": "学时汇总表",
}


def export_table(ledger: YearLedger, kind: str, today: date) -> bytes:
    """One list of the year as the bytes of a workbook; `kind` is one of COMPOSED."""
    makers = {
        "members": _members,
        "meetings": _meetings,
        "talks": _talks,
        "dues": _dues,
        "development": _development,
        "elections": _elections,
        "study_hours": _study_hours,
    }
    headings, rows = makers[kind](ledger, today)
    title = COMPOSED[kind] if kind in ("members", "elections") else f"{ledger.year}年{COMPOSED[kind]}"
    return workbook(title, headings, rows)


def export_audit(actions: Sequence[Action], names: Names) -> bytes:
    """Everything that was ever done to the records as the bytes of a workbook."""
    return workbook("变更历史", AUDIT_HEADINGS, audit(actions, names))


def workbook(title: str, headings: Sequence[str], rows: Rows) -> bytes:
    """A list as the bytes of a workbook: texts stay texts, numbers and days what they are."""
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": None, "title": title})
    sheet = book.add_worksheet(title[:31])
    heading = book.add_format({"bold": True, "bg_color": "#F2F0ED", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@", "border": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1, "valign": "top", "align": "left"})
    money = book.add_format({"num_format": "0.00", "border": 1, "valign": "top"})
    number = book.add_format({"border": 1, "valign": "top"})
    for column, word in enumerate(headings):
        sheet.write_string(0, column, word, heading)
    index = 0
    widths = [_column_width(word, [str(cells[column]) for cells in rows]) for column, word in enumerate(headings)]
    for index, cells in enumerate(_in_cells(rows), 1):
        sheet.set_row(index, _row_height(cells, widths))
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(index, column, datetime.combine(cell, time()), day)
            elif isinstance(cell, float):
                sheet.write_number(index, column, cell, money)
            elif isinstance(cell, int):
                sheet.write_number(index, column, cell, number)
            else:
                sheet.write_string(index, column, str(cell), text)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    lay_on_paper(sheet, title, widths, index)
    book.close()
    return buffer.getvalue()


def _in_cells(rows: Rows) -> Iterator[Sequence[Any]]:
    """The rows, one that holds a text too long for a cell going on in rows below."""
    for cells in rows:
        parts = {column: cell_parts(cell) for column, cell in enumerate(cells) if isinstance(cell, str)}
        longest = max((len(part) for part in parts.values()), default=1)
        yield [parts[column][0] if column in parts else cell for column, cell in enumerate(cells)]
        for number in range(1, longest):
            yield [
                parts[column][number] if column in parts and number < len(parts[column]) else ""
                for column in range(len(cells))
            ]


def _column_width(word: str, texts: Sequence[str]) -> int:
    """The width of a column in characters: that of its widest line, a long text broken into lines."""
    widest = max((_width(line) for text in (word, *texts) for line in text.split("\n")), default=0)
    return min(max(widest + 2, LEAST), LONG if widest > 8 * WIDEST else WIDEST)


def _row_height(cells: Sequence[Any], widths: Sequence[int]) -> float:
    """The height of a row in points: not every office program finds it out when it opens a file."""
    lines = (
        sum(max(1, -(-_width(line) // (width - 1))) for line in str(cell).split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )
    return min(max(lines, default=1) * LINE, HIGHEST)


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _day(value: PartialDate | None) -> date | str:
    if value is None:
        return ""
    return value.first if value.exact and value.year >= 1900 else str(value)


def _members(ledger: YearLedger, today: date) -> tuple[list[str], Rows]:
    day = ledger.reference_day(today)
    fields = entries(Member)
    headings = [
        "序号",
        *(item.label for item in fields),
        "工作部门",
        "单位职务",
        "工作岗位",
        "人员类别",
        "党小组",
        "党内职务",
    ]
    titles = titles_on(ledger.posts, day)
    rows: list[list[Any]] = []
    # Of whom nobody has told yet what they are, no list may lose them.
    unknown = [person for person in ledger.roster.members if not ledger.roster.history(person.id)]
    for index, person in enumerate([*ledger.roster.present(day), *unknown], 1):
        values = [getattr(person, item.name) for item in fields]
        plain = [_day(value) if isinstance(value, PartialDate) else value or "" for value in values]
        group = ledger.roster.group(person.id, day)
        status = ledger.roster.status(person.id, day) or ""
        held = ledger.roster.employment(person.id, day)
        work = (held.department, held.duty, held.position) if held else ("", "", "")
        rows.append([index, *plain, *work, status, ledger.group_names.get(group or 0, ""), titles.get(person.id, "")])
    return headings, rows


def _meetings(ledger: YearLedger, today: date) -> tuple[list[str], Rows]:
    del today
    headings = ["日期", "类型", "主题", "地点", "主持人", "记录人", "主讲人", "开始时间", "结束时间", "党小组"]
    headings += ["应到", "实到", "缺席人员及原因", "列席人员", "学时", "主要内容", "决议"]
    rows: list[list[Any]] = []
    for item in ledger.minutes:
        meeting = item.meeting
        absent = absent_with_reasons(item, ledger.roster)
        start, end = (f"{t:%H:%M}" if t else "" for t in (meeting.start, meeting.end))
        group = ledger.group_names.get(meeting.group or 0, "")
        head = (meeting.held_on, item.title, meeting.subject, meeting.place, meeting.host, meeting.recorder)
        counts = (item.expected, len(item.attended)) if item.attendance else ("", "")
        beside = "、".join(attendee(row, ledger.roster) for row in item.with_state(AttendanceState.OBSERVER))
        numbers = (*counts, absent, beside, hours(item.minutes_of_study))
        words = (meeting.content, _numbered(item.decisions))
        rows.append([*head, meeting.lecturer, start, end, group, *numbers, *words])
    return _without_empty(headings, rows, ("主讲人", "列席人员", "决议"))


def _numbered(items: Sequence[AgendaItem]) -> str:
    """What was decided, one below the other with numbers, as it comes in again."""
    told = ["\n".join(filter(None, (item.title, item.text))) for item in items]
    return told[0] if len(told) == 1 else "\n".join(f"{number}.{text}" for number, text in enumerate(told, 1))


def _without_empty(headings: list[str], rows: Rows, names: Sequence[str]) -> tuple[list[str], Rows]:
    """A table without those of the named columns in which nothing stands."""
    empty = {at for at, name in enumerate(headings) if name in names and not any(row[at] for row in rows)}
    kept = [at for at in range(len(headings)) if at not in empty]
    return [headings[at] for at in kept], [[row[at] for at in kept] for row in rows]


def _talks(ledger: YearLedger, today: date) -> tuple[list[str], Rows]:
    del today
    headings = ["谈话时间", "谈话人", "谈话对象", "谈话类型", "方式/地点", "谈话内容", "意见建议"]
    names = {member.id: member.name for member in ledger.roster.members}
    rows = [
        [talk.talked_on, names[talk.talker], names[talk.partner], talk.kind, talk.place, talk.content, talk.opinion]
        for talk in ledger.talks
    ]
    return headings, rows


def _dues(ledger: YearLedger, today: date) -> tuple[list[str], Rows]:
    del today
    headings = ["序号", "姓名", "类别", "月收入基数", "月应交", *(f"{month}月" for month in range(1, 13)), "实交合计"]
    rows: list[list[Any]] = []
    for index, (member, cells) in enumerate(ledger.dues.rows.items(), 1):
        basis = ledger.dues.latest_basis(member)
        owed = next((cell.owed_fen for cell in reversed(cells) if cell.owed_fen is not None), None)
        base = basis.base_fen / 100 if basis and basis.base_fen is not None else ""
        paid = [cell.paid_fen / 100 if cell.paid_fen else "" for cell in cells]
        monthly = "" if owed is None else owed / 100
        category = basis.category if basis else ""
        total = sum(cell.paid_fen for cell in cells) / 100
        rows.append([index, ledger.roster[member].name, category, base, monthly, *paid, total])
    if rows:
        sums = [paid / 100 for _, paid in map(ledger.dues.totals, range(1, 13))]
        rows.append(["", "合计", "", "", "", *sums, sum(sums)])
    return headings, rows


def _development(ledger: YearLedger, today: date) -> tuple[list[str], Rows]:
    rule = ledger.rulebook.development
    day = ledger.reference_day(today)
    headings = ["序号", "姓名", "性别", "出生日期", "学历", "工作部门", "阶段", "材料（已有/应有）"]
    headings += [f"{step.number} {step.name}" for step in rule.steps]
    rows: list[list[Any]] = []
    for index, way in enumerate((way.as_of(day) for way in ledger.development), 1):
        person = way.applicant
        there, needed = way.material_counts(rule)
        stage = "已终止" if way.applicant.closed_on else "已办结" if way.finished else way.stage(rule)
        facts = [index, person.name, person.sex or "", _day(person.birth), person.education, person.department]
        days = [way.day(step.number) or "" for step in rule.steps]
        rows.append([*facts, stage, f"{there}/{needed}", *days])
    return headings, rows


def _elections(ledger: YearLedger, today: date) -> tuple[list[str], Rows]:
    del today
    headings = [
        "选举日期",
        "选举类别",
        "由谁选举",
        "应选名额",
        "应到会有选举权",
        "实到会有选举权",
        "发出选票",
        "收回选票",
    ]
    headings += ["候选人", "职务", "正式候选人", "赞成", "反对", "弃权", "结果"]
    rows: list[list[Any]] = []
    for held in ledger.elections:
        vote = held.election
        counts = (vote.seats, vote.entitled, vote.present, vote.ballots_given, vote.ballots_returned)
        for found in count(vote, held.candidates, ledger.rulebook).candidates:
            who = found.candidate
            votes = (who.in_favour, who.against, who.abstained, "当选" if found.elected else "未当选")
            named = (ledger.roster[who.member].name, who.post, "是" if who.nominated else "否")
            rows.append([vote.held_on, vote.kind, vote.body, *counts, *named, *votes])
    return headings, rows


def _study_hours(ledger: YearLedger, today: date) -> tuple[list[str], Rows]:
    headings = ["序号", "姓名", "活动学时", "个人学时", "合计", "要求", "集中培训", "情况"]
    rows: list[list[Any]] = [
        [
            index,
            ledger.roster[row.member].name,
            *(minutes / 60 for minutes in (row.events, row.own, row.minutes)),
            row.asked or "",
            "参加" if row.trained else "",
            row.verdict,
        ]
        for index, row in enumerate(study_years(ledger, ledger.reference_day(today)), 1)
    ]
    if rows:
        rows.append(["", "合计", *(sum(row[column] for row in rows) for column in (2, 3, 4)), "", "", ""])
    return headings, rows
