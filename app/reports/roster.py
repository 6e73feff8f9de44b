"""党员名册 on paper: the chapter, the register with every field, the copy for posting (党员基本信息采集表)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from app.dates import chinese
from app.people.identity import masked, masked_phone
from app.people.members import Member
from app.people.posts import titles_on
from app.printing import style as s
from app.printing.grid import Grid
from app.printing.text import Text
from app.reports.parts import NOTHING, grid, heading, partial
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def _facts(ledger: YearLedger, person: Member, day: date, titles: Mapping[int, str]) -> dict[str, str]:
    """What is known of a member on a day, by the heading of a column."""
    roster = ledger.roster
    held = roster.employment(person.id, day)
    joined, confirmed = partial(person.joined), partial(person.confirmed)
    return {
        "姓名": person.name,
        "性别": person.sex or "",
        "民族": person.ethnicity.removesuffix("族"),
        "籍贯": person.native_place,
        "出生": partial(person.birth),
        "学历": person.education,
        "学位职称": "\n".join(part for part in (person.degree, person.technical_title) if part),
        "身份证号": person.id_number,
        "参加工作": partial(person.work_started),
        "入党": joined,
        "入党日期": joined,
        "转正": confirmed,
        "转正日期": confirmed,
        "党内职务": titles.get(person.id, ""),
        "单位职务": " ".join(part for part in (held.department, held.duty) if part) if held else "",
        "党小组": ledger.group_names.get(roster.group(person.id, day) or 0, ""),
        "类别": (roster.status(person.id, day) or "").removesuffix("党员"),
        "电话": person.phone,
        "住址": person.address,
        "备注": person.note,
    }


def _table(
    ledger: YearLedger, day: date, columns: Mapping[str, float], shown: Mapping[str, Callable[[str], str]] = {}
) -> Grid:
    """Everybody of a day in the columns with these shares of the width; `shown` changes how a column is written."""
    titles = titles_on(ledger.posts, day)
    rows: list[list[str]] = []
    for number, person in enumerate(ledger.roster.present(day), 1):
        facts = _facts(ledger, person, day, titles) | {"序号": str(number)}
        rows.append([shown.get(column, str)(facts[column]) for column in columns])
    return grid(list(columns.values()), list(columns), rows, small=True)


CHAPTER = {
    "序号": 1.1,
    "姓名": 2,
    "性别": 1.1,
    "民族": 1.3,
    "出生": 2.1,
    "学历": 2,
    "入党日期": 2.1,
    "转正日期": 2.1,
    "党内职务": 2.1,
    "党小组": 2,
    "类别": 1.3,
}
POSTED = {
    "序号": 1,
    "姓名": 1.9,
    "性别": 1,
    "民族": 1.2,
    "出生": 2,
    "学历": 1.8,
    "身份证号": 3.4,
    "入党": 2,
    "转正": 2,
    "党内职务": 1.9,
    "单位职务": 2.2,
    "党小组": 1.9,
    "电话": 2.2,
}
FULL = {
    "序号": 22,
    "姓名": 36,
    "性别": 22,
    "民族": 26,
    "籍贯": 36,
    "出生": 45,
    "学历": 38,
    "学位职称": 36,
    "身份证号": 82,
    "参加工作": 45,
    "入党": 45,
    "转正": 45,
    "党内职务": 36,
    "单位职务": 40,
    "党小组": 36,
    "电话": 57,
    "住址": 46,
    "备注": 35,
}


def roster_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """党员名册 as of the reference day, and who joined, was confirmed or left in the year."""
    day = ledger.reference_day(today)
    roster = ledger.roster
    count = len(roster.present(day))
    story: list[Flowable] = [heading("roster", "党员名册"), Text(f"截至{chinese(day)}，共 {count} 人。", s.NOTE)]
    story.append(_table(ledger, day, CHAPTER) if count else Text("名册中没有党员。", s.BODY))
    story.append(Text("本年增减变动", s.SECTION))
    changes = [
        (change.member.name, change.kind, change.fact.since.chinese() if change.fact.since else "", change.fact.note)
        for change in roster.changes(date(ledger.year, 1, 1), day)
    ]
    story.append(grid([2, 2, 2.5, 5], ["姓名", "变动", "日期", "说明"], changes) if changes else Text(NOTHING, s.BODY))
    return story


def posted_roster(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """党员名册 for posting or handing round: numbers are masked, no address, no remark."""
    del record
    day = ledger.reference_day(today)
    table = _table(ledger, day, POSTED, {"身份证号": masked, "电话": masked_phone})
    return _register(ledger, day, "张贴用，号码已遮住", table)


def full_roster(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """党员名册 with every field and full numbers, for the branch's own file."""
    del record
    day = ledger.reference_day(today)
    return _register(ledger, day, "含完整身份证号和电话，请妥善保管", _table(ledger, day, FULL))


def _register(ledger: YearLedger, day: date, note: str, table: Grid) -> list[Flowable]:
    count = len(ledger.roster.present(day))
    return [
        Text(f"{ledger.branch.name}党员名册", s.FORM_TITLE),
        Text(f"截至{chinese(day)}，共 {count} 人。（{note}）", s.NOTE),
        table,
    ]
