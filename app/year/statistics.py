"""党员统计: the members of the branch by the bands of the Party's yearly statistics (党内统计年报 of members)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.dates import add_months
from app.people.care import party_years
from app.people.circumstances import CircumstanceKind
from app.people.members import Member, MemberStatus, Sex
from app.year.figures import age_on, education_band
from app.year.ledger import YearLedger

AGES = (("35 岁及以下", 0, 35), ("36 至 45 岁", 36, 45), ("46 至 60 岁", 46, 60), ("61 岁及以上", 61, 200))
STANDINGS = (
    ("不满 1 年", 0, 0),
    ("1 至 5 年", 1, 5),
    ("6 至 10 年", 6, 10),
    ("11 至 20 年", 11, 20),
    ("21 年及以上", 21, 200),
)
EDUCATIONS = {"大专及以上": ("研究生", "本科", "专科"), "中专、高中、中技": ("高中中专",), "初中及以下": ("其他",)}
LOST = (("6 个月至 1 年", 6, 11), ("1 至 5 年", 12, 71), ("6 至 10 年", 72, 131), ("11 年及以上", 132, 9999))
"""Bands of months without contact."""
UNKNOWN = "没有填写"


@dataclass(frozen=True)
class StatisticsRow:
    """One line: what is counted, the band, and who is in it."""

    subject: str
    band: str
    members: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.members)


def party_statistics(ledger: YearLedger, today: date) -> list[StatisticsRow]:
    """Every band, as of the year's last day or today within it; by the formal membership of the branch."""
    day = ledger.reference_day(today)
    people = ledger.roster.present(day)
    rows = [StatisticsRow("党员总数", "合计", tuple(person.id for person in people))]

    def add(subject: str, bands: Sequence[str], band_of: Callable[[Member], str]) -> None:
        told = {person.id: band_of(person) for person in people}
        for band in (*bands, UNKNOWN):
            inside = tuple(id for id, own in told.items() if own == band)
            if inside or band != UNKNOWN:
                rows.append(StatisticsRow(subject, band, inside))

    add("人员类别", ("正式党员", "预备党员"), lambda p: ledger.roster.status(p.id, day) or UNKNOWN)
    add("性别", tuple(Sex), lambda p: p.sex or UNKNOWN)
    add("民族", ("汉族", "少数民族"), _ethnicity)
    add("年龄", [band for band, _, _ in AGES], lambda p: _band(AGES, age_on(p.birth, day) if p.birth else None))
    add("党龄", [band for band, _, _ in STANDINGS], lambda p: _standing(ledger, p, day))
    add("学历", tuple(EDUCATIONS), _education)
    positions = {p.id: held.position for p in people if (held := ledger.roster.employment(p.id, day))}
    add("工作岗位", sorted({text for text in positions.values() if text}), lambda p: positions.get(p.id) or UNKNOWN)
    return [*rows, *_circumstances(ledger, day)]


def _band(bands: Sequence[tuple[str, int, int]], value: int | None) -> str:
    if value is None:
        return UNKNOWN
    return next((band for band, low, high in bands if low <= value <= high), UNKNOWN)


def _ethnicity(person: Member) -> str:
    if not person.ethnicity:
        return UNKNOWN
    return "汉族" if person.ethnicity.removesuffix("族") == "汉" else "少数民族"


def _education(person: Member) -> str:
    if not person.education:
        return UNKNOWN
    own = education_band(person.education)
    return next(band for band, narrower in EDUCATIONS.items() if own in narrower)


def _standing(ledger: YearLedger, person: Member, day: date) -> str:
    """党龄 counts from confirmation: a probationary member has none yet."""
    years = party_years(person, day)
    if years is None and ledger.roster.status(person.id, day) is MemberStatus.PROBATIONARY:
        years = 0
    return _band(STANDINGS, years)


def _circumstances(ledger: YearLedger, day: date) -> list[StatisticsRow]:
    rows = [
        StatisticsRow("党员情况", kind, tuple(ledger.roster.holding(kind, day)))
        for kind in CircumstanceKind
        if kind is not CircumstanceKind.OUT_OF_CONTACT
    ]
    lost = ledger.roster.holding(CircumstanceKind.OUT_OF_CONTACT, day)
    months = {id: _months(fact.since.last, day) for id, fact in lost.items() if fact.since}
    for band, low, high in LOST:
        rows.append(StatisticsRow("失联", band, tuple(id for id, count in months.items() if low <= count <= high)))
    return rows


def _months(since: date, day: date) -> int:
    """Completed months between two days: from the 31st on, one is complete on the last day of a shorter month."""
    months = (day.year - since.year) * 12 + day.month - since.month
    return months if add_months(since, months) <= day else months - 1
