"""A roster as offices keep it → members with their dated facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.branch.groups import Group
from app.dates import PartialDate
from app.dues.bases import DuesBasis, DuesCategory
from app.errors import Refused, refuse_errors
from app.exchange.mending import NEW_PERSON, Mending
from app.exchange.persons import People, complete, may_be_same
from app.exchange.sheet import Difference, Outcome, Row, RowFault, Sheet, date_of, fen_of, year_in
from app.people import identity
from app.people.circumstances import Circumstance, CircumstanceKind
from app.people.members import (
    Employment,
    Member,
    MemberStatus,
    Placement,
    Sex,
    check_member,
    enrol,
    plain_name,
    update_member,
)
from app.people.posts import Post, PostTitle
from app.record import Severity
from app.store import Store

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "党员姓名", "名字"),
    "sex": ("性别",),
    "ethnicity": ("民族",),
    "native_place": ("籍贯",),
    "birth": ("出生日期", "出生年月", "出生年月日", "出生时间", "生日"),
    "id_number": ("身份证号", "身份证号码", "公民身份证号", "公民身份号码", "身份证", "居民身份证号"),
    "education": ("学历", "文化程度"),
    "joined": ("入党日期", "入党时间", "加入党组织日期", "何时入党", "入党年月"),
    "confirmed": ("转正日期", "转正时间", "转为正式党员日期", "何时转正"),
    "post": ("党内职务",),
    "department": ("工作部门", "部门", "所在部门", "工作单位", "单位"),
    "duty": ("单位职务", "职务", "行政职务", "单位及职务"),
    "position": ("工作岗位", "岗位"),
    "birthplace": ("出生地",),
    "degree": ("学位",),
    "work_started": ("参加工作日期", "参加工作时间", "参加工作"),
    "technical_title": ("技术职务", "职称", "专业技术职务"),
    "social_stratum": ("新社会阶层", "新的社会阶层"),
    "front_line": ("一线情况",),
    "group": ("党小组", "所在党小组", "所属党小组"),
    "phone": ("联系电话", "手机", "手机号", "手机号码", "电话", "联系方式"),
    "address": ("家庭住址", "住址", "地址"),
    "base": ("党费计算基数", "党费基数", "月收入基数", "月工资基数"),
    "status": ("人员类别", "党员类别", "党员类型"),
    "floating": ("是否为流动党员", "流动党员", "是否流动"),
    "party_state": ("党籍状态",),
    "note": ("备注",),
}
TEXT_FIELDS = (
    "ethnicity",
    "native_place",
    "birthplace",
    "education",
    "degree",
    "technical_title",
    "social_stratum",
    "front_line",
    "phone",
    "address",
    "note",
)


@dataclass(frozen=True)
class MemberRow:
    """One person of a sheet as records, with what is wrong."""

    number: int
    member: Member
    status: MemberStatus | None
    post: PostTitle | None
    group: str
    category: DuesCategory
    base_fen: int | None
    employment: Employment | None = None
    floating: bool = False
    faults: tuple[RowFault, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a fault keeps the row out."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)


@dataclass
class _Reading:
    row: Row
    today: date
    faults: list[RowFault] = field(default_factory=list[RowFault])

    def date(self, name: str) -> PartialDate | None:
        try:
            return date_of(self.row.cells.get(name))
        except ValueError as error:
            self.faults.append(self.row.fault(name, str(error)))
            return None

    def id_number(self) -> str:
        raw = self.row.cells.get("id_number")
        number = identity.read_id_number(self.row.text("id_number").lstrip("'`’"))
        lost = isinstance(raw, int | float) and len(number) > 15
        if lost or re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
            reason = "身份证号在表里存成了数字，末几位已经丢失，请改成文本格式后重填"
            self.faults.append(self.row.fault("id_number", reason))
        elif len(number) == 15 and number.isdigit():
            try:
                number = identity.from_15_digits(number)
                text = f"15 位旧身份证号已换算成 {identity.masked(number)}，请与证件核对"
                self.faults.append(self.row.fault("id_number", text, Severity.WARNING))
            except ValueError as error:
                self.faults.append(self.row.fault("id_number", str(error)))
        return number


def read_row(row: Row, today: date) -> MemberRow:
    """One row as a member; cells that cannot be read become faults."""
    reading = _Reading(row, today)
    name = row.text("name")
    if not name:
        reading.faults.append(row.fault("name", "姓名是空的"))
    elif "?" in name or "？" in name or "\ufffd" in name or "□" in name:
        reading.faults.append(row.fault("name", f"姓名“{name}”里有认不出的字，可能是生僻字丢失，请改正"))
    member = Member(
        name=_tidy_name(name),
        sex=_sex(reading),
        birth=reading.date("birth"),
        id_number=reading.id_number(),
        joined=reading.date("joined"),
        confirmed=reading.date("confirmed"),
        work_started=reading.date("work_started"),
    )
    texts: dict[str, Any] = {field: row.text(field) for field in TEXT_FIELDS}
    member = replace(member, **texts)
    faults = reading.faults + [
        row.fault(problem.field, problem.text, problem.severity)
        for problem in check_member(member, (), today)
        if problem.field != "name" or name
    ]
    base = _base(row, faults)
    retired = "退休" in row.text("note") or "退休" in row.text("position")
    return MemberRow(
        number=row.number,
        member=member,
        status=_status(row, member),
        post=_post(row, faults),
        group=row.text("group"),
        category=DuesCategory.RETIRED if retired else DuesCategory.EMPLOYED,
        base_fen=base,
        employment=_employment(row),
        floating=row.text("floating") == "是",
        faults=tuple(faults),
    )


def _tidy_name(name: str) -> str:
    # 王 伟 and 王　伟 are spaced for looks; a name in Latin letters keeps its spaces.
    return name if name.isascii() else plain_name(name)


def _sex(reading: _Reading) -> Sex | None:
    text = reading.row.text("sex").removesuffix("性")
    if text in ("男", "女"):
        return Sex(text)
    if text:
        reading.faults.append(reading.row.fault("sex", f"性别应为男或女，表里是“{text}”"))
    return None


def _base(row: Row, faults: list[RowFault]) -> int | None:
    if not row.text("base"):
        return None
    try:
        return fen_of(row.cells.get("base"))
    except ValueError as error:
        faults.append(row.fault("base", str(error)))
        return None


def _employment(row: Row) -> Employment | None:
    told = Employment(member=0, department=row.text("department"), duty=row.text("duty"), position=row.text("position"))
    return told if told.department or told.duty or told.position else None


def _post(row: Row, faults: list[RowFault]) -> PostTitle | None:
    text = plain_name(row.text("post")).removeprefix("支部").removeprefix("党支部")
    if not text or text in ("无", "党员", "正式党员", "预备党员"):
        return None
    for title in sorted(PostTitle, key=lambda title: -len(title)):
        if title.value in text:
            return title
    if text == "委员":
        return PostTitle.MEMBER
    if "组长" in text:
        return PostTitle.GROUP_LEADER
    faults.append(row.fault("post", f"“{text}”不是支部职务，没有记入", Severity.WARNING))
    return None


def _status(row: Row, member: Member) -> MemberStatus | None:
    told = row.text("status") + row.text("note")
    if "停止党籍" in row.text("party_state"):
        return MemberStatus.SUSPENDED
    if "预备" in told:
        return MemberStatus.PROBATIONARY
    if "正式" in told or member.confirmed:
        return MemberStatus.FULL
    return MemberStatus.PROBATIONARY if member.joined else None


def import_members(store: Store, sheet: Sheet, today: date, mending: Mending) -> Outcome:
    """Enter the good rows: new people are enrolled, known ones completed; nothing known is overwritten unasked.

    The same identity number is the same person. The same name with a birth date that agrees is taken for the same
    person and told, so that the user can say otherwise.
    """
    outcome = Outcome(faults=list(sheet.faults))
    wrong = {fault.row for fault in outcome.refused}
    year = year_in(sheet.title) or today.year
    people = People(store[Member].all())
    seen: dict[str, int] = {}
    with store.transaction():
        for row in (read_row(row, today) for row in sheet.rows):
            entered = _named_by_number(people, row, sheet) if row.refused else row
            number = entered.member.id_number
            if number and number in seen:
                text = f"与第 {seen[number]} 行的身份证号相同"
                told = RowFault(row.number, sheet.headings.get("id_number", ""), text, field="id_number")
                entered = replace(entered, faults=(*entered.faults, told))
            elif number:
                seen[number] = row.number
            outcome.faults += entered.faults
            if not entered.refused and row.number not in wrong:
                _Entering(store, people, sheet, outcome, today, year, mending).enter(entered)
    return outcome


def _named_by_number(people: People, row: MemberRow, sheet: Sheet) -> MemberRow:
    """A row whose name lost a rare character on its way: the number still tells who it is."""
    known = people.with_number(row.member.id_number)
    if known is None or any(fault.field != "name" for fault in row.faults if fault.severity is Severity.ERROR):
        return row
    text = f"姓名写法与名册里的“{known.name}”不同，已按身份证号对上"
    notice = RowFault(row.number, sheet.headings["name"], text, Severity.WARNING, "name")
    return replace(row, member=replace(row.member, name=known.name), faults=(notice,))


@dataclass
class _Entering:
    store: Store
    people: People
    sheet: Sheet
    outcome: Outcome
    today: date
    year: int
    mending: Mending

    def enter(self, row: MemberRow) -> None:
        try:
            known = self._known(row)
            if known is None:
                member = self._enrol(row)
                self.outcome.added += 1
                _add_facts(self.store, row, member, self.year)
            else:
                self._update(row, known)
        except Refused as refusal:
            self.outcome.faults.append(RowFault(row.number, self.sheet.headings["name"], refusal.text, field="name"))

    def _known(self, row: MemberRow) -> Member | None:
        member, decided = row.member, self.mending.persons.get(row.number)
        if decided is not None:
            return None if decided == NEW_PERSON else self.people.get(decided)
        by_number = self.people.with_number(member.id_number)
        if by_number:
            return by_number
        fitting = [other for other in self.people.named(member.name) if may_be_same(member, other)]
        if len(fitting) != 1:
            return None
        sure = member.birth is not None and member.birth == fitting[0].birth
        if member.id_number or not sure:
            why = "姓名和出生日期相同" if sure else "姓名相同"
            text = f"{why}，按名册里的{fitting[0].name}处理；不是同一个人的，请改选“新增为另一人”"
            self.outcome.faults.append(
                RowFault(row.number, self.sheet.headings["name"], text, Severity.WARNING, "name")
            )
        return fitting[0]

    def _update(self, row: MemberRow, known: Member) -> None:
        taken = {name for number, name in self.mending.taken if number == row.number}
        completed, differing = complete(known, row.member, taken)
        for name, was, new in differing:
            label = self.sheet.headings.get(name, name)
            self.outcome.differences.append(Difference(row.number, name, label, was, new, name in taken))
            if name not in taken:
                text = f"表里是“{new}”，名册里是“{was}”，保留名册里的"
                self.outcome.faults.append(RowFault(row.number, label, text, Severity.WARNING, name))
        if completed != known:
            update_member(self.store, completed, self.today, self.people.twins(completed))
            self.people.put(completed)
        changed = _add_facts(self.store, row, completed, self.year) or completed != known
        self.outcome.updated += changed
        self.outcome.unchanged += not changed

    def _enrol(self, row: MemberRow) -> Member:
        twins = self.people.twins(row.member)
        if row.status is None:
            # Nothing tells whether the person is a full or a probationary member: kept without a status.
            refuse_errors(check_member(row.member, twins, self.today))
            saved = self.store[Member].save(row.member)
        else:
            saved = enrol(self.store, row.member, self.today, status=row.status, others=twins)
        self.people.put(saved)
        return saved


def _add_facts(store: Store, row: MemberRow, member: Member, year: int) -> bool:
    """Post, group and dues base of a row, where the ledger does not have them yet; whether one was added."""
    kinds = (Post, Placement, DuesBasis, Employment, Circumstance)

    def counts() -> list[int]:
        return [len(store[kind].all(member=member.id)) for kind in kinds]

    before = counts()
    if row.employment and not store[Employment].all(member=member.id):
        store[Employment].save(replace(row.employment, member=member.id))
    floating = CircumstanceKind.FLOATING
    if row.floating and not store[Circumstance].all(member=member.id, kind=floating):
        store[Circumstance].save(Circumstance(member=member.id, kind=floating))
    if row.post and not store[Post].all(member=member.id):
        store[Post].save(Post(member=member.id, title=row.post))
    if row.group and not store[Placement].all(member=member.id):
        store[Placement].save(Placement(member=member.id, group=_group(store, row.group)))
    if row.base_fen is not None and not store[DuesBasis].all(member=member.id):
        since = PartialDate(year, 1)
        store[DuesBasis].save(DuesBasis(member=member.id, since=since, category=row.category, base_fen=row.base_fen))
    return before != counts()


def _group(store: Store, name: str) -> int:
    known = next((group for group in store[Group].all() if group.name == name), None)
    return (known or store[Group].save(Group(name=name))).id
