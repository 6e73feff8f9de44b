"""The numbers behind every chart, table and page of the ledger: counted here, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.chart_data import Bar, ChartData
from app.dates import PartialDate, add_months
from app.dues.payments import Payment
from app.life.attendance import AttendanceState
from app.life.meetings import Meeting, Minutes
from app.people.members import Member, Sex
from app.rules.meeting_types import OPTIONAL_TYPES, MeetingType
from app.rules.rulebook import rulebook_on
from app.year.ledger import YearLedger

THREE_MEETINGS = (MeetingType.GENERAL, MeetingType.COMMITTEE, MeetingType.GROUP, MeetingType.LECTURE)


@dataclass(frozen=True)
class AttendanceCount:
    """A member's year of attendance: expected, there, late, absent by reason."""

    expected: int = 0
    attended: int = 0
    late: int = 0
    absent: int = 0

    @property
    def permille(self) -> int:
        """Share of attendance in ‰ of what was expected; 0 when nothing was."""
        return round(1000 * self.attended / self.expected) if self.expected else 0


def attendance_counts(minutes: Iterable[Minutes]) -> dict[int, AttendanceCount]:
    """Each member's attendance over the given meetings."""
    counts: dict[int, AttendanceCount] = {}
    for item in minutes:
        for row in item.attendance:
            if row.member is None or row.state in (AttendanceState.OBSERVER, AttendanceState.EXCLUDED):
                continue
            was = counts.get(row.member, AttendanceCount())
            absent = row.state is AttendanceState.ABSENT
            counts[row.member] = AttendanceCount(
                was.expected + 1,
                was.attended + (not absent),
                was.late + (row.state is AttendanceState.LATE),
                was.absent + absent,
            )
    return counts


def age_on(birth: PartialDate, day: date) -> int:
    """Completed years on a day; of an uncertain birthday the latest counts.

    Who was born on 29 February completes a year on the 28th of a common one, as every other span of this program.
    """
    born = birth.last
    years = day.year - born.year
    return years if add_months(born, 12 * years) <= day else years - 1


WHY = {
    "activities": "开过的会按月数；一次活动属于几种类型的，每种各算一次。计划里还没开的不算。",
    "types": "一次活动属于几种类型的，每种各算一次，所以合计会比活动次数多。",
    "attendance": "实到除以应到，按月合计；请假的也在应到里，列席的不算，批准不计入应到的不算。没有记签到的会不算。",
    "study": "到会的集中学习、党课等按会议的学时计入，加上登记的个人学习；按现有党员分段，要求多少学时按当年的规定。",
    "dues": "当月应交的人里，已经交清的占多少；免交的不算。橙色是本月，还没到期。",
    "ages": "按截止日的周岁，现有党员；没有出生日期的不算。",
    "education": "按名册里填的学历归类，现有党员；没填的归在“其他”。",
}
"""How each chart is counted."""


def activities(ledger: YearLedger) -> ChartData:
    """Events by month: three meetings and one lecture, theme days, others; an event counts in each of its types."""
    groups = ("三会一课", "主题党日", "其他")
    bars: list[Bar] = []
    for month in range(1, 13):
        within = [m for m in ledger.minutes if m.meeting.held_on.month == month]
        parts: list[list[int]] = [[], [], []]
        for item in within:
            for kind in item.types:
                slot = 0 if kind in THREE_MEETINGS else 1 if kind is MeetingType.THEME_DAY else 2
                parts[slot].append(item.meeting.id)
        bars.append(Bar(f"{month}", tuple(len(part) for part in parts), tuple(tuple(p) for p in parts)))
    return ChartData(
        "activities",
        "组织生活次数",
        f"本年 {len(ledger.minutes)} 次",
        groups,
        tuple(bars),
        Meeting,
        "次",
        why=WHY["activities"],
    )


# What fits under a bar.
SHORT_TYPES = {
    MeetingType.GENERAL: "大会",
    MeetingType.GROUP: "小组会",
    MeetingType.THEME_DAY: "党日",
    MeetingType.LIFE_MEETING: "生活会",
    MeetingType.APPRAISAL: "评议",
    MeetingType.STUDY: "学习",
    MeetingType.WARNING_EDUCATION: "警示",
    MeetingType.CONSTITUTION: "党章",
    MeetingType.CROSS_ATTENDANCE: "列席",
    MeetingType.VOLUNTEERING: "志愿",
    MeetingType.PARTNERSHIP: "共建",
}


def activities_by_type(ledger: YearLedger) -> ChartData:
    """Events of the year by type; a type that not every branch holds has a bar where it was held."""
    bars: list[Bar] = []
    for kind in MeetingType:
        ids = tuple(item.meeting.id for item in ledger.minutes if kind in item.types)
        if not ids and kind in OPTIONAL_TYPES:
            continue
        bars.append(Bar(SHORT_TYPES.get(kind, kind.value), (len(ids),), (ids,)))
    summary = f"共 {sum(int(bar.values[0]) for bar in bars)} 项次"
    return ChartData("types", "各类活动次数", summary, ("次数",), tuple(bars), Meeting, "次", why=WHY["types"])


def attendance(ledger: YearLedger) -> ChartData:
    """Attendance by month in percent of 应到."""
    bars: list[Bar] = []
    there = expected = 0
    for month in range(1, 13):
        within = [m for m in ledger.minutes if m.meeting.held_on.month == month]
        should = sum(item.expected for item in within)
        did = sum(len(item.attended) for item in within)
        there, expected = there + did, expected + should
        share = round(100 * did / should, 1) if should else 0
        bars.append(Bar(f"{month}", (share,), (tuple(m.meeting.id for m in within),)))
    mean = f"平均 {100 * there / expected:.1f}%" if expected else "还没有记录"
    return ChartData("attendance", "到会率 %", mean, ("到会率",), tuple(bars), Meeting, "%", why=WHY["attendance"])


HOURS_SINCE = date(2019, 12, 31)
"""A day on which study hours were asked for, for the bands of the years before."""
STUDY_BANDS = 4
"""Into how many bands the hours that are asked for are cut."""


def study(ledger: YearLedger, today: date) -> ChartData:
    """Members by hours of study, in bands up to what a member is asked for."""
    rule = ledger.rulebook.hours or rulebook_on(HOURS_SINCE).hours
    asked = rule.member if rule else 0
    bounds = [asked * number // STUDY_BANDS for number in range(STUDY_BANDS + 1)]
    people = ledger.roster.present(ledger.reference_day(today))
    total = ledger.studied
    bars: list[Bar] = []
    for low, high in zip(bounds, [*bounds[1:], None], strict=True):
        ids = tuple(
            person.id
            for person in people
            if low * 60 <= total.get(person.id, 0) and (high is None or total.get(person.id, 0) < high * 60)
        )
        label = f"≥{low}" if high is None else f"<{high}" if low == 0 else f"{low}–{high}"
        full = len(ids) if high is None else 0
        bars.append(Bar(label, (len(ids) - full, full), ((() if full else ids), (ids if full else ()))))
    mean = sum(total.get(person.id, 0) for person in people) / 60 / len(people) if people else 0
    summary = f"平均 {mean:.1f} 学时"
    names = ("人数", f"已满 {asked} 学时")
    return ChartData("study", "学习学时分布", summary, names, tuple(bars), Member, "人", (1, 3), why=WHY["study"])


def dues_collected(ledger: YearLedger, today: date) -> ChartData:
    """Share of the people who have paid, by month, in percent; months to come are empty."""
    bars: list[Bar] = []
    behind = 0
    for month in range(1, 13):
        cells = [row[month - 1] for row in ledger.dues.rows.values()]
        owing = [cell for cell in cells if cell.owed_fen]
        unpaid = tuple(cell.member for cell in owing if not cell.settled)
        begun = date(ledger.year, month, 1) <= today
        current = (today.year, today.month) == (ledger.year, month)
        share = round(100 * (len(owing) - len(unpaid)) / len(owing), 1) if owing and begun else 0.0
        behind += len(unpaid) if begun and not current else 0
        values = (0.0, share) if current else (share, 0.0)
        bars.append(Bar(f"{month}", values, ((), unpaid) if current else (unpaid, ())))
    summary = f"欠缴 {behind} 人次"
    names = ("已过月份", "本月")
    return ChartData("dues", "党费收缴率 %", summary, names, tuple(bars), Payment, "%", (3, 2), why=WHY["dues"])


AGE_BANDS = (("≤35", 0, 35), ("36–45", 36, 45), ("46–55", 46, 55), ("56–60", 56, 60), (">60", 61, 200))


def ages(ledger: YearLedger, today: date) -> ChartData:
    """Members by age and sex as of the year's reference day."""
    day = ledger.reference_day(today)
    people = ledger.roster.present(day)
    known = [(person, age_on(person.birth, day)) for person in people if person.birth]
    bars: list[Bar] = []
    for label, low, high in AGE_BANDS:
        band = [person for person, age in known if low <= age <= high]
        women = tuple(person.id for person in band if person.sex is Sex.FEMALE)
        rest = tuple(person.id for person in band if person.sex is not Sex.FEMALE)
        bars.append(Bar(label, (len(rest), len(women)), (rest, women)))
    mean = f"平均 {sum(age for _, age in known) / len(known):.0f} 岁" if known else "还没有出生日期"
    men = sum(len(bar.rows[0]) for bar in bars)
    women_all = sum(len(bar.rows[1]) for bar in bars)
    series = (f"男 {men}", f"女 {women_all}")
    return ChartData("ages", "党员年龄结构", mean, series, tuple(bars), Member, "人", (1, 4), why=WHY["ages"])


EDUCATION_BANDS = (
    ("研究生", ("研究生", "硕士", "博士")),
    ("本科", ("本科", "学士")),
    ("专科", ("专科", "大专")),
    ("高中中专", ("高中", "中专", "中职", "技校")),
    ("其他", ()),
)


def education_band(text: str) -> str:
    """The band of an education as written; 其他 for what is none of them."""
    return next((band for band, words in EDUCATION_BANDS if any(word in text for word in words)), "其他")


def education(ledger: YearLedger, today: date) -> ChartData:
    """Members by education as of the year's reference day."""
    people = ledger.roster.present(ledger.reference_day(today))
    bars: list[Bar] = []
    for band, _ in EDUCATION_BANDS:
        ids = tuple(person.id for person in people if education_band(person.education) == band)
        bars.append(Bar(band, (len(ids),), (ids,)))
    summary = f"党员 {len(people)} 人"
    return ChartData("education", "党员学历结构", summary, ("人数",), tuple(bars), Member, "人", why=WHY["education"])


def all_charts(ledger: YearLedger, today: date) -> list[ChartData]:
    """Every chart of a year, in the order they are shown and printed."""
    return [
        activities(ledger),
        activities_by_type(ledger),
        attendance(ledger),
        study(ledger, today),
        dues_collected(ledger, today),
        ages(ledger, today),
        education(ledger, today),
    ]


def head_count(people: Sequence[Member], probationary: int) -> str:
    """党员 24 人 · 预备 2 人."""
    return f"党员 {len(people)} 人 · 预备 {probationary} 人"
