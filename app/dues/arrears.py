"""欠缴: who owes completed months, how many in a row, and why the person is on the list, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.dates import month_end
from app.dues.months import DuesYear, MonthDues
from app.money import yuan
from app.rules.kinds import CollectionRule


@dataclass(frozen=True)
class Arrears:
    """What a member is behind with: the open completed months in order, and the longest row of them still open.

    A row is one of months that were owed one after another: a month that is exempt or paid elsewhere ends it. Only
    rows after the last month that was settled count. The running month does not count before it is over
    (中组发〔2008〕3号 art. 13).
    `level` is "", "warning" or "alarm".
    """

    member: int
    months: tuple[tuple[int, int], ...]
    streak: int
    open_fen: int
    level: str
    reason: str


def arrears(dues: DuesYear, before: DuesYear | None, today: date) -> list[Arrears]:
    """Everybody who is behind at the end of yesterday, the most months first; what was paid later is not counted.

    The year before is looked at too, unless nothing was ever paid in it: then the ledger had not begun.
    """
    known = [year for year in (before, dues) if year is not None and (year is dues or year.payments)]
    years = [year.as_of(today) for year in known]
    found = [made for member in dues.rows if (made := _of(member, years, dues.rulebook.collection, today))]
    return sorted(found, key=lambda item: (-item.streak, -item.open_fen, item.member))


def _of(member: int, years: list[DuesYear], rule: CollectionRule, today: date) -> Arrears | None:
    over: list[tuple[int, MonthDues]] = [
        (year.year, cell)
        for year in years
        for cell in year.rows.get(member, ())
        if month_end(year.year, cell.month) < today and not cell.before_records
    ]
    behind = [(year, cell) for year, cell in over if cell.owed_fen and not cell.settled]
    if not behind:
        return None
    streak = _longest_row([cell for _, cell in over])
    level = "alarm" if streak >= rule.alarm_months else "warning" if streak >= rule.warn_months else ""
    open_fen = sum((cell.owed_fen or 0) - cell.paid_fen for _, cell in behind)
    months = tuple((year, cell.month) for year, cell in behind)
    return Arrears(member, months, streak, open_fen, level, _reason(months, streak, open_fen, level, rule))


def _longest_row(over: list[MonthDues]) -> int:
    """The longest row of open months since the last settled one, of all completed months in order of time."""
    longest = row = 0
    for cell in over:
        if cell.owed_fen and cell.settled:
            longest = row = 0
        elif cell.owed_fen:
            row += 1
            longest = max(longest, row)
        else:
            row = 0
    return longest


def _reason(months: tuple[tuple[int, int], ...], streak: int, open_fen: int, level: str, rule: CollectionRule) -> str:
    first, last = months[0], months[-1]
    span = f"{first[0]}年{first[1]}月" + (f"至{last[0]}年{last[1]}月" if len(months) > 1 else "")
    text = f"{span}有 {len(months)} 个月没有交清，共 {yuan(open_fen)} 元"
    if streak and streak != len(months):
        text += f"，其中连续 {streak} 个月"
    if level == "alarm":
        text += (
            f"；连续 {rule.alarm_months} 个月不交，没有正当理由的，由支部大会讨论决定是否按自行脱党处理，报上级党委批准"
        )
    elif level == "warning":
        text += f"；已满 {rule.warn_months} 个月，请教育提醒、限期改正"
    return text
