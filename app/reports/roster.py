"""党员名册 on paper: the chapter, the register with every field, the copy for posting (规定 §7.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.branch import in_force
from app.dates import chinese
from app.identity import masked, masked_phone
from app.ledger import YearLedger
from app.members import Member
from app.reports import style as s
from app.reports.parts import NOTHING, grid, heading, partial
from app.reports.text import Text

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def _titles(ledger: YearLedger, day: date) -> dict[int, str]:
    """The posts that members hold on a day."""
    titles: dict[int, list[str]] = {}
    for post in in_force(ledger.posts, day):
        titles.setdefault(post.member, []).append(post.title.value)
    return {member: "、".join(held) for member, held in titles.items()}


def roster_chapter(ledger: YearLedger, today: date) -> list[Flowable]:
    """党员名册 as of the reference day, and who joined, was confirmed or left in the year."""
    day = ledger.reference_day(today)
    roster = ledger.roster
    titles = _titles(ledger, day)
    rows = [
        (
            str(number),
            person.name,
            person.sex or "",
            person.ethnicity.removesuffix("族"),
            partial(person.birth),
            person.education,
            partial(person.joined),
            partial(person.confirmed),
            titles.get(person.id, ""),
            ledger.group_names.get(roster.group(person.id, day) or 0, ""),
            (roster.status(person.id, day) or "").removesuffix("党员"),
        )
        for number, person in enumerate(roster.present(day), 1)
    ]
    head = ["序号", "姓名", "性别", "民族", "出生", "学历", "入党日期", "转正日期", "党内职务", "党小组", "类别"]
    widths = [1.1, 2, 1.1, 1.3, 2.1, 2, 2.1, 2.1, 2.1, 2, 1.3]
    story: list[Flowable] = [heading("roster", "党员名册"), Text(f"截至{chinese(day)}，共 {len(rows)} 人。", s.NOTE)]
    story.append(grid(widths, head, rows, small=True) if rows else Text("名册中没有党员。", s.BODY))
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
    titles = _titles(ledger, day)
    rows: list[Sequence[str]] = [
        (
            str(number),
            person.name,
            person.sex or "",
            person.ethnicity.removesuffix("族"),
            partial(person.birth),
            person.education,
            masked(person.id_number),
            partial(person.joined),
            partial(person.confirmed),
            titles.get(person.id, ""),
            _work(ledger, person, day),
            ledger.group_names.get(ledger.roster.group(person.id, day) or 0, ""),
            masked_phone(person.phone),
        )
        for number, person in enumerate(ledger.roster.present(day), 1)
    ]
    columns = {
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
    return _register(ledger, day, "张贴用，号码已遮住", columns, rows)


def full_roster(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """党员名册 with every field and full numbers, for the branch's own file."""
    del record
    day = ledger.reference_day(today)
    titles = _titles(ledger, day)
    rows: list[Sequence[str]] = [
        (
            str(number),
            person.name,
            person.sex or "",
            person.ethnicity.removesuffix("族"),
            person.native_place,
            partial(person.birth),
            person.education,
            "\n".join(part for part in (person.degree, person.technical_title) if part),
            person.id_number,
            partial(person.work_started),
            partial(person.joined),
            partial(person.confirmed),
            titles.get(person.id, ""),
            _work(ledger, person, day),
            ledger.group_names.get(ledger.roster.group(person.id, day) or 0, ""),
            person.phone,
            person.address,
            person.note,
        )
        for number, person in enumerate(ledger.roster.present(day), 1)
    ]
    columns = {
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
    return _register(ledger, day, "含完整身份证号和电话，请妥善保管", columns, rows)


def _work(ledger: YearLedger, person: Member, day: date) -> str:
    held = ledger.roster.employment(person.id, day)
    return " ".join(part for part in (held.department, held.duty) if part) if held else ""


def _register(
    ledger: YearLedger, day: date, note: str, columns: Mapping[str, float], rows: Sequence[Sequence[str]]
) -> list[Flowable]:
    return [
        Text(f"{ledger.branch.name}党员名册", s.FORM_TITLE),
        Text(f"截至{chinese(day)}，共 {len(rows)} 人。（{note}）", s.NOTE),
        grid(list(columns.values()), list(columns), rows, small=True),
    ]
