"""A dues register with a month grid → bases and payments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from app.dates import PartialDate
from app.dues.bases import DuesBasis, DuesCategory, assess
from app.dues.months import DuesYear, load_dues
from app.dues.payments import Payment, PaymentKind
from app.errors import Refused
from app.exchange.meetings import find_person
from app.exchange.mending import Mending
from app.exchange.sheet import Outcome, Row, RowFault, Sheet, fen_of, year_in
from app.money import yuan
from app.people.members import Member
from app.people.roster import load_roster
from app.record import Severity
from app.rules.rulebook import Rulebook, rulebook_of
from app.store import Store

MONTHS = {
    f"m{month}": (f"{month}月", f"{month:02}月", f"{name}月", f"{month}月份")
    for month, name in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), 1)
}
SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "党员姓名"),
    "category": ("类别", "党费类别", "人员类别"),
    "base": ("月收入基数", "党费计算基数", "党费基数", "月工资基数", "计算基数"),
    "rate": ("比例", "交纳比例", "缴纳比例"),
    "owed": ("月交党费", "月应交", "月缴党费", "每月应交", "月交纳金额"),
    **MONTHS,
}


@dataclass(frozen=True)
class _DuesRow:
    member: int
    basis: DuesBasis | None
    amounts: dict[int, int]


def import_dues(store: Store, sheet: Sheet, today: date, mending: Mending) -> Outcome:
    """Enter bases and monthly payments of a register; the year is in its title. Raises Refused."""
    del mending, today
    year = year_in(sheet.title)
    if year is None:
        raise Refused("表里和文件名里都没有写年份。", "请在标题里写上年份，如“2026年党费收缴登记表”。")
    roster = load_roster(store)
    rulebook = rulebook_of(year)
    dues = load_dues(store, year, roster, rulebook, dues_day=1)
    outcome = Outcome(faults=list(sheet.faults))
    wrong, members = {fault.row for fault in outcome.refused}, store[Member].all()
    with store.transaction():
        for row in sheet.rows:
            read, faults = _read(row, members, dues)
            if read is not None:
                faults += _conflicts(row, read, dues)
            outcome.faults += faults
            if read is None or row.number in wrong or any(fault.severity is Severity.ERROR for fault in faults):
                continue
            if _enter(store, read, dues):
                outcome.added += 1
            else:
                outcome.unchanged += 1
    return outcome


def _read(row: Row, members: list[Member], dues: DuesYear) -> tuple[_DuesRow | None, list[RowFault]]:
    person = find_person(row.text("name"), members)
    if isinstance(person, str):
        return None, [row.fault("name", person)]
    faults: list[RowFault] = []
    amounts: dict[int, int] = {}
    for month in range(1, 13):
        fen = _amount(row, f"m{month}", faults)
        if fen:
            amounts[month] = fen
    base = _amount(row, "base", faults)
    if faults:
        return None, faults
    basis = _basis(row, person.id, base, dues, faults)
    return _DuesRow(person.id, basis, amounts), faults


def _amount(row: Row, name: str, faults: list[RowFault]) -> int | None:
    if row.text(name) in ("", "-", "—", "/"):
        return None
    try:
        return fen_of(row.cells.get(name))
    except ValueError as error:
        faults.append(row.fault(name, str(error)))
        return None


def _basis(row: Row, member: int, base: int | None, dues: DuesYear, faults: list[RowFault]) -> DuesBasis | None:
    if base is None:
        return None
    since = PartialDate(dues.year, 1)
    known = dues.basis(member, 1)
    category = _category(row, base, known, dues.rulebook)
    told = DuesBasis(member=member, since=since, category=category, base_fen=base)
    assessed = assess(told, dues.rulebook)
    owed = _amount(row, "owed", faults)
    if owed is not None and assessed and owed != assessed.owed_fen:
        text = f"表里每月 {yuan(owed)} 元，按规定应为 {yuan(assessed.owed_fen)} 元（{assessed.reason}）"
        faults.append(row.fault("owed", text, Severity.WARNING))
    same = known is not None and (known.category, known.base_fen) == (category, base)
    return None if same else told


def _category(row: Row, base: int, known: DuesBasis | None, rulebook: Rulebook) -> DuesCategory:
    """What the sheet says, else what its rate tells, else what is known already."""
    for category in DuesCategory:
        if category.value in row.text("category"):
            return category
    usual = known.category if known else DuesCategory.EMPLOYED
    rate = _permille(row.text("rate"))
    fitting = [name for name, table in rulebook.dues_brackets.items() if table.permille(base) == rate]
    return DuesCategory(fitting[0]) if fitting and usual not in fitting else usual


def _permille(text: str) -> Decimal | None:
    try:
        return Decimal(text.removesuffix("%")) * (10 if text.endswith("%") else 1000)
    except InvalidOperation:
        return None


def _conflicts(row: Row, read: _DuesRow, dues: DuesYear) -> list[RowFault]:
    faults: list[RowFault] = []
    for month, fen in read.amounts.items():
        paid = dues.cell(read.member, month).paid_fen
        if paid and paid != fen:
            text = f"台账里已记 {yuan(paid)} 元，表里是 {yuan(fen)} 元，请先核对"
            faults.append(row.fault(f"m{month}", text))
    return faults


def _enter(store: Store, read: _DuesRow, dues: DuesYear) -> bool:
    """Save what is new of a row; whether anything was."""
    payments = [
        Payment(member=read.member, month=PartialDate(dues.year, month), amount_fen=fen, kind=PaymentKind.ORDINARY)
        for month, fen in read.amounts.items()
        if not dues.cell(read.member, month).paid_fen
    ]
    store[Payment].save_all(payments)
    if read.basis:
        same = [item for item in store[DuesBasis].all(member=read.member) if item.since == read.basis.since]
        for item in same:
            store[DuesBasis].remove(item.id)
        store[DuesBasis].save(read.basis)
    return bool(payments or read.basis)
