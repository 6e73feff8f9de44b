"""关怀帮扶 and 政治生日: what the branch did for a member, and whose day comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.branch.branch import BirthdayBasis, Branch
from app.dates import add_months
from app.people.members import Member
from app.people.roster import Roster
from app.record import Problem, Record, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.rulebook import FIRST_DAY, rulebook_on
from app.store import Store


class CareKind(StrEnum):
    """How a member was cared for."""

    VISIT = "走访慰问"
    HELP = "困难帮扶"
    BIRTHDAY = "政治生日"
    OTHER = "其他关怀"


@stored
class Care(Record, called="关怀帮扶"):
    """关怀帮扶 of a member."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    given_on: date = entry("日期", required=True, tells_year=True, titles=True)
    kind: CareKind = entry("方式", default=CareKind.VISIT)
    amount_fen: int | None = entry("慰问金（元）", default=None, unit=Unit.FEN)
    content: str = entry("内容", default="", long=True)


def save_care(store: Store, care: Care, today: date) -> Care:
    """Record or correct what was done; raises Refused."""
    problems = missing_entries(care)
    if care.given_on > today:
        problems.append(Problem("given_on", "日期在今天之后"))
    refuse_errors(problems)
    with store.transaction("修改关怀帮扶" if care.id else "登记关怀帮扶"):
        return store[Care].save(care)


def remove_care(store: Store, care: Care) -> None:
    """Delete what was entered by mistake."""
    with store.transaction("删除关怀帮扶"):
        store[Care].remove(care.id)


@dataclass(frozen=True)
class Birthday:
    """政治生日 of a member: the day in a year, and the years completed on it."""

    member: Member
    day: date
    years: int


def birthdays(roster: Roster, branch: Branch, year: int, day: date) -> list[Birthday]:
    """The political birthdays of a year, of the members on a day, in order (custom).

    The day is that of joining, or of confirmation where the branch chose so; 29 February is kept on the 28th in
    common years. One whose exact day is not known has none: no day is guessed.
    """
    found: list[Birthday] = []
    for member in roster.present(day):
        begun = member.confirmed if branch.birthday_by is BirthdayBasis.CONFIRMED else member.joined
        if begun is None or not begun.exact or begun.year >= year:
            continue
        years = year - begun.year
        found.append(Birthday(member, add_months(begun.first, 12 * years), years))
    return sorted(found, key=lambda birthday: (birthday.day, birthday.member.id))


def coming(all_of_year: list[Birthday], today: date, days: int) -> list[Birthday]:
    """Those within the next days, inclusive."""
    return [item for item in all_of_year if today <= item.day <= today + timedelta(days=days)]


def party_years(member: Member, day: date) -> int | None:
    """党龄 in completed years on a day: from the day of confirmation (党章 art. 7); None when that is not known.

    Whoever joined while there was no probation (九大 to 十一大 党章) counts from joining.
    """
    counts, rule = member.confirmed, rulebook_on(FIRST_DAY).people
    if counts is None and member.joined and rule.no_probation_from <= member.joined.first <= rule.no_probation_until:
        counts = member.joined
    if counts is None:
        return None
    begun = counts.last
    if day < begun:
        return 0
    years = day.year - begun.year
    return years if add_months(begun, 12 * years) <= day else years - 1
