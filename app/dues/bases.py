"""党费基数: whose base and category is what from when, and what it asks each month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.dates import PartialDate
from app.money import yuan
from app.people.members import Member
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.rulebook import Rulebook
from app.store import Reader, Store


class DuesCategory(StrEnum):
    """党费类别: which rule of the rates applies (中组发〔2008〕3号 art. 2–7)."""

    EMPLOYED = "在职"
    RETIRED = "离退休"
    FARMER = "农民"
    STUDENT = "学生"
    UNEMPLOYED = "下岗失业"
    RELIEF = "低保"
    EXEMPT = "经批准免交"


@stored
class DuesBasis(Record, called="党费基数"):
    """交纳标准 of a member from a month on: the category and the monthly base, both as of that month."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    since: PartialDate | None = entry("自何月", default=None, tells_year=True, titles=True)
    category: DuesCategory = entry("党费类别", default=DuesCategory.EMPLOYED)
    base_fen: int | None = entry("月收入基数", default=None, unit=Unit.FEN)
    fixed_fen: int | None = entry("核定月交额", default=None, unit=Unit.FEN)
    note: str = entry("依据", default="")
    approval: str = entry("减免批准", default="")
    approved_on: date | None = entry("批准日期", default=None)

    def fixed_in(self, year: int) -> bool:
        """Whether it was fixed from a month of this year on."""
        return self.since is not None and self.since.year == year


@dataclass(frozen=True)
class Assessment:
    """What one member owes for one month, and why."""

    owed_fen: int
    reason: str
    capped: bool = False
    permille: int | None = None
    """The rate, where the amount comes from one."""


def assess(basis: DuesBasis, rulebook: Rulebook) -> Assessment | None:
    """The monthly dues by the rates of the rulebook; None when the base is not known (中组发〔2008〕3号 art. 2–7)."""
    if basis.fixed_fen is not None:
        return Assessment(basis.fixed_fen, f"核定每月 {yuan(basis.fixed_fen)} 元")
    if basis.category is DuesCategory.EXEMPT:
        return Assessment(0, "经批准免交")
    fixed = rulebook.fixed_dues.get(basis.category)
    if fixed:
        return Assessment(fixed.fen, f"{basis.category}每月 {yuan(fixed.fen)} 元")
    table = rulebook.dues_brackets[basis.category]
    if basis.base_fen is None:
        return None
    permille = table.permille(basis.base_fen)
    owed = table.round_half_up(basis.base_fen * permille)
    reason = f"{basis.category}基数 {yuan(basis.base_fen)} 元 × {permille / 10:g}%"
    if table.cap_fen is not None and owed > table.cap_fen:
        return Assessment(table.cap_fen, f"{reason}，按上限 {yuan(table.cap_fen)} 元", capped=True, permille=permille)
    return Assessment(owed, reason, permille=permille)


def check_basis(basis: DuesBasis, rulebook: Rulebook) -> list[Problem]:
    """What is wrong with a base: none where the category needs one, a fixed amount outside its range."""
    problems = missing_entries(basis)
    fixed = rulebook.fixed_dues.get(basis.category)
    if fixed and basis.fixed_fen is not None and not fixed.low_fen <= basis.fixed_fen <= fixed.high_fen:
        low, high = yuan(fixed.low_fen), yuan(fixed.high_fen)
        problems.append(Problem("fixed_fen", f"{basis.category}的标准应在 {low} 至 {high} 元之间"))
    if basis.fixed_fen is not None and basis.fixed_fen < 0:
        problems.append(Problem("fixed_fen", "月交额不能是负数"))
    if basis.base_fen is not None and basis.base_fen < 0:
        problems.append(Problem("base_fen", "基数不能是负数"))
    reduced = basis.category is DuesCategory.EXEMPT or basis.fixed_fen == 0
    if basis.fixed_fen is not None and basis.base_fen is not None and not fixed:
        full = assess(replace(basis, fixed_fen=None), rulebook)
        reduced = reduced or (full is not None and basis.fixed_fen < full.owed_fen)
    if reduced and not basis.approval.strip():
        text = "减交、免交要由支部研究后报上一级党委批准，请填批准依据（第七条）"
        problems.append(Problem("approval", text, Severity.WARNING))
    needs_base = basis.category in rulebook.dues_brackets and basis.fixed_fen is None
    if needs_base and basis.base_fen is None:
        problems.append(Problem("base_fen", f"{basis.category}党员请填月收入基数"))
    return problems


def basis_since(store: Reader, member: int, since: PartialDate | None) -> DuesBasis | None:
    """A member's base that holds from just this month on."""
    return next((basis for basis in store[DuesBasis].all(member=member) if basis.since == since), None)


def set_basis(store: Store, basis: DuesBasis, rulebook: Rulebook) -> DuesBasis:
    """Fix a member's base and category from a month on; the same month again corrects it. Raises Refused."""
    refuse_errors(check_basis(basis, rulebook))
    same = basis_since(store, basis.member, basis.since)
    with store.transaction("核定党费基数"):
        return store[DuesBasis].save(replace(basis, id=same.id) if same else basis)
