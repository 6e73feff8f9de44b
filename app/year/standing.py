"""What the year asks for and how far it is: each duty in each of its periods, tested by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from app.dates import month_end
from app.life.meetings import Minutes
from app.life.study import hours, own_minutes, study_minutes, trained
from app.life.talks import pairs
from app.people.circumstances import CircumstanceKind
from app.people.members import IN_BRANCH
from app.people.posts import PostTitle, committee, in_force
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import HoursRule, Quota, TalkRule
from app.year.ledger import YearLedger


class State(StrEnum):
    """How a duty stands on the day that is asked for."""

    DONE = "done"
    MISSING = "missing"
    DUE = "due"
    UPCOMING = "upcoming"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """The state for reading."""
        return STATE_WORDS[self]


STATE_WORDS = {
    State.DONE: "已完成",
    State.MISSING: "缺",
    State.DUE: "待办",
    State.UPCOMING: "未到",
    State.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True)
class Duty:
    """One rule in one period. `first` and `due_on` are its first and last day, inclusive."""

    rule: str
    label: str
    period: str
    first: date
    due_on: date
    required: int
    done: int
    state: State
    source: str
    records: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    missing_ids: tuple[int, ...] = ()
    unit: str = "次"
    """What `required` and `done` count."""


@dataclass(frozen=True)
class Period:
    """A month, quarter or year; its days are inclusive."""

    name: str
    first: date
    last: date


def periods(year: int, kind: str) -> list[Period]:
    """The periods of a kind in a year: 2026-03, 2026-Q1 or 2026."""
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    found: list[Period] = []
    for index, start in enumerate(range(1, 13, months), 1):
        name = {"month": f"{year}-{start:02}", "quarter": f"{year}-Q{index}", "year": str(year)}[kind]
        found.append(Period(name, date(year, start, 1), month_end(year, start + months - 1)))
    return found


def period_words(name: str) -> str:
    """2026-03 → 3月, 2026-Q1 → 第一季度, 2026 → 全年."""
    if "-Q" in name:
        return "第" + "一二三四"[int(name[-1]) - 1] + "季度"
    return f"{int(name[-2:])}月" if "-" in name else "全年"


def state_of(required: int, done: int, first: date, last: date, as_of: date) -> State:
    """The state of a duty by its counts and where the day lies beside its period."""
    if required == 0:
        return State.NOT_APPLICABLE
    if done >= required:
        return State.DONE
    if as_of > last:
        return State.MISSING
    return State.DUE if as_of >= first else State.UPCOMING


def standing(ledger: YearLedger, as_of: date) -> list[Duty]:
    """Every duty of the year as of a day; records later than that day are not counted."""
    held = [minutes for minutes in ledger.minutes if minutes.meeting.held_on <= as_of]
    duties: list[Duty] = []
    for quota in ledger.rulebook.quotas:
        for period in periods(ledger.year, quota.period):
            duties.append(_quota_duty(ledger, quota, period, held, as_of))
    duties += [_talk_duty(ledger, rule, as_of) for rule in ledger.rulebook.talks]
    if ledger.rulebook.hours:
        duties.append(_hours_duty(ledger, ledger.rulebook.hours, held, as_of))
    duties += _dues_duties(ledger, as_of)
    return duties


def _quota_duty(ledger: YearLedger, quota: Quota, period: Period, held: Sequence[Minutes], as_of: date) -> Duty:
    within = [
        minutes
        for minutes in held
        if quota.type in minutes.types and period.first <= minutes.meeting.held_on <= period.last
    ]
    # Asked in its middle when it is over or to come, on the day itself while it runs: a committee elected
    # on the last day of a month owes nothing for that month.
    day = min(max(as_of, period.first), period.last)
    required, done, names, ids = _required(ledger, quota, within, day, period)
    muted = ledger.rulebook.muted.get(quota.code)
    if muted:
        required, names, ids = 0, (), ()
    return Duty(
        rule=quota.code,
        label=quota.label,
        period=period.name,
        first=period.first,
        due_on=period.last,
        required=required,
        done=done,
        state=state_of(required, done, period.first, period.last, as_of),
        source=f"已停用：{muted}" if muted else quota.source,
        records=tuple(minutes.meeting.id for minutes in within),
        missing=names,
        missing_ids=ids,
    )


def _required(
    ledger: YearLedger, quota: Quota, within: Sequence[Minutes], day: date, period: Period
) -> tuple[int, int, tuple[str, ...], tuple[int, ...]]:
    count = len(within)
    founded = ledger.branch.founded
    if founded and founded.first > period.last:
        return 0, count, (), ()
    if not ledger.roster.ever_in(period.first, period.last):
        return 0, count, (), ()
    if quota.audience == "committee" and not has_committee(ledger, day):
        return 0, count, (), ()
    if quota.audience == "group":
        groups = in_force(ledger.groups, day)
        covered = {group for minutes in within for group in groups_covered(ledger, minutes)}
        absent = [group for group in groups if group.id not in covered]
        done = len(groups) - len(absent) if groups else count
        return len(groups), done, tuple(g.name for g in absent), tuple(g.id for g in absent)
    return quota.minimum, count, (), ()


def has_committee(ledger: YearLedger, day: date) -> bool:
    """Whether the branch has a committee on a day: enough posts held by different members."""
    held = {post.member for post in committee(ledger.posts, day)}
    return len(held) >= ledger.rulebook.committee.minimum_posts


def groups_covered(ledger: YearLedger, minutes: Minutes) -> set[int]:
    """The groups whose meeting this was: the one it names, else every group with a member there."""
    if minutes.meeting.group is not None:
        return {minutes.meeting.group}
    day = minutes.meeting.held_on
    groups = {ledger.roster.group(row.member, day) for row in minutes.attended if row.member}
    return {group for group in groups if group is not None}


def _talk_duty(ledger: YearLedger, rule: TalkRule, as_of: date) -> Duty:
    day = ledger.reference_day(as_of)
    talks = [talk for talk in ledger.talks if talk.talked_on <= as_of]
    talked = pairs(talks)
    people = ledger.roster.present(day)
    posts = {post.member for post in committee(ledger.posts, day) if has_committee(ledger, day)}
    leaders = [person for person in people if person.id in posts]
    others = [person for person in people if person.id not in posts]
    missing_ids: tuple[int, ...] = ()
    if rule.between == "each_member":
        met = {person for pair in talked for person in pair}
        absent = [person for person in people if person.id not in met]
        required, names = len(people), tuple(person.name for person in absent)
        missing_ids = tuple(person.id for person in absent)
    else:
        wanted = (
            list(combinations(leaders, 2))
            if rule.between == "committee"
            else [(leader, other) for leader in leaders for other in others]
        )
        open_pairs = [(a, b) for a, b in wanted if frozenset((a.id, b.id)) not in talked]
        required, names = len(wanted), tuple(f"{a.name}—{b.name}" for a, b in open_pairs)
    first, last = date(ledger.year, 1, 1), date(ledger.year, 12, 31)
    done = required - len(names)
    return Duty(
        rule=rule.code,
        label=rule.label,
        period=str(ledger.year),
        first=first,
        due_on=last,
        required=required,
        done=done,
        state=state_of(required, done, first, last, as_of),
        source=rule.source,
        records=tuple(talk.id for talk in talks),
        missing=names,
        missing_ids=missing_ids,
        unit="人",
    )


def required_hours(ledger: YearLedger, member: int, day: date) -> int:
    """学时 a member needs in the year: the committee's figure for whoever sits on it.

    0 before there was a rule, and for whom no hard requirement is made (教育管理条例 art. 23).
    """
    rule = ledger.rulebook.hours
    if rule is None or member in ledger.roster.holding(CircumstanceKind.EXEMPT_FROM_STUDY, day):
        return 0
    first, last = date(ledger.year, 1, 1), date(ledger.year, 12, 31)
    sits = any(
        post.member == member
        and post.title is not PostTitle.GROUP_LEADER
        and (post.since is None or post.since <= min(day, last))
        and (post.until is None or post.until >= first)
        for post in ledger.posts
    )
    return rule.committee if sits else rule.member


def pro_rata_hours(ledger: YearLedger, member: int, day: date) -> int:
    """What the required hours would be for the months from joining this branch on, rounded half up.

    The regulations know no pro-rata: it is shown beside the full figure as a reference only (教育管理条例 art. 20).
    """
    asked = required_hours(ledger, member, day)
    first = next((n for n in range(1, 13) if ledger.roster.status(member, month_end(ledger.year, n)) in IN_BRANCH), 1)
    return (asked * (13 - first) + 6) // 12


@dataclass(frozen=True)
class StudyYear:
    """A member's year of study, in minutes; `asked` in hours, 0 where nothing is asked; `share` is its pro-rata."""

    member: int
    events: int
    own: int
    asked: int
    share: int
    trained: bool
    exempt: bool

    @property
    def id(self) -> int:
        """That of the member: there is one for each."""
        return self.member

    @property
    def minutes(self) -> int:
        """Events and own study together."""
        return self.events + self.own

    @property
    def short(self) -> bool:
        """Whether hours are missing."""
        return self.minutes < 60 * self.asked

    @property
    def verdict(self) -> str:
        """How far it is, in words."""
        if self.exempt:
            return "免除要求"
        return f"差 {hours(60 * self.asked - self.minutes)}" if self.short else "达到"


def study_years(ledger: YearLedger, day: date) -> list[StudyYear]:
    """How far every member of a day is with the year's study, in the order of the roster."""
    events, own = study_minutes(ledger.minutes), own_minutes(ledger.own_studies, day)
    exempt = ledger.roster.holding(CircumstanceKind.EXEMPT_FROM_STUDY, day)
    return [
        StudyYear(
            person.id,
            events.get(person.id, 0),
            own.get(person.id, 0),
            required_hours(ledger, person.id, day),
            pro_rata_hours(ledger, person.id, day),
            trained(ledger.own_studies, person.id),
            person.id in exempt,
        )
        for person in ledger.roster.present(day)
    ]


def _hours_duty(ledger: YearLedger, rule: HoursRule, held: Sequence[Minutes], as_of: date) -> Duty:
    day = ledger.reference_day(as_of)
    people = ledger.roster.present(day)
    studied = study_minutes(held, own_minutes(ledger.own_studies, as_of))
    exempt = ledger.roster.holding(CircumstanceKind.EXEMPT_FROM_STUDY, day)
    people = [person for person in people if person.id not in exempt]
    short = [p for p in people if studied.get(p.id, 0) < 60 * required_hours(ledger, p.id, day)]
    first, last = date(ledger.year, 1, 1), date(ledger.year, 12, 31)
    done = len(people) - len(short)
    return Duty(
        rule=rule.code,
        label=rule.label,
        period=str(ledger.year),
        first=first,
        due_on=last,
        required=len(people),
        done=done,
        state=state_of(len(people), done, first, last, as_of),
        source=rule.source,
        missing=tuple(person.name for person in short),
        missing_ids=tuple(person.id for person in short),
        unit="人",
    )


def _dues_duties(ledger: YearLedger, as_of: date) -> list[Duty]:
    rule = ledger.rulebook.collection
    duties: list[Duty] = []
    for period in periods(ledger.year, "month"):
        cells = [row[period.first.month - 1] for row in ledger.dues.rows.values()]
        owing = [cell for cell in cells if cell.owed_fen]
        unpaid = [cell for cell in owing if not cell.settled]
        due_on = date(ledger.year, period.first.month, ledger.branch.dues_day)
        duties.append(
            Duty(
                rule=rule.code,
                label=rule.label,
                period=period.name,
                first=period.first,
                due_on=due_on,
                required=len(owing),
                done=len(owing) - len(unpaid),
                state=state_of(len(owing), len(owing) - len(unpaid), period.first, period.last, as_of),
                source=rule.source,
                missing=tuple(ledger.roster[cell.member].name for cell in unpaid),
                missing_ids=tuple(cell.member for cell in unpaid),
                unit="人",
            )
        )
    return duties


def missing_by(ledger: YearLedger, day: date) -> list[Duty]:
    """检查预测: what will be missing on a day if nothing more is recorded until then.

    A period that is still running on that day is not missing yet; what is already missing is among them.
    """
    return [duty for duty in standing(ledger, day) if duty.state is State.MISSING]


def due_by(ledger: YearLedger, day: date) -> list[Duty]:
    """What runs out only after a day and is not done: an inspector will ask how far it is."""
    return [duty for duty in standing(ledger, day) if duty.state is State.DUE]


def type_of(ledger: YearLedger, rule: str) -> MeetingType | None:
    """The type of meeting a quota asks for; None for the other rules."""
    found = next((quota.type for quota in ledger.rulebook.quotas if quota.code == rule), None)
    return MeetingType(found) if found else None
