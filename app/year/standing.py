"""What the year asks for and how far it is: each duty in each of its periods, tested by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations

from app.branch.groups import Group
from app.dates import month_end
from app.dues.months import BEFORE_RECORDS
from app.life.meetings import Minutes
from app.life.study import hours, own_minutes, study_minutes, trained
from app.life.talks import pairs
from app.people.circumstances import CircumstanceKind
from app.people.members import IN_BRANCH
from app.people.posts import PostTitle, committee, in_force
from app.rules.kinds import HoursRule, Quota, TalkRule
from app.year.ledger import YearLedger
from app.year.periods import Period, asks, period_months, periods, quotas_by_period


class State(StrEnum):
    """How a duty stands on the day that is asked for."""

    DONE = "done"
    MISSING = "missing"
    DUE = "due"
    UPCOMING = "upcoming"
    NOT_APPLICABLE = "not_applicable"
    BEFORE_RECORDS = "before_records"

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
    State.BEFORE_RECORDS: BEFORE_RECORDS,
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

    @property
    def last(self) -> date:
        """The last day of its period, which is not always the day it is due on."""
        return month_end(self.first.year, self.first.month + period_months(self.period) - 1)


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
    if as_of not in ledger.standings:
        ledger.standings[as_of] = tuple(_standing(ledger, as_of))
    return list(ledger.standings[as_of])


def _standing(ledger: YearLedger, as_of: date) -> list[Duty]:
    held = [minutes for minutes in ledger.minutes if minutes.meeting.held_on <= as_of]
    duties = [
        _quota_duty(ledger, quota, period, held, as_of)
        for quota, period in quotas_by_period(ledger.rulebook.quotas, ledger.year)
    ]
    duties += [_talk_duty(ledger, rule, as_of) for rule in ledger.rulebook.talks]
    if ledger.rulebook.hours:
        duties.append(_hours_duty(ledger, ledger.rulebook.hours, held, as_of))
    duties += _dues_duties(ledger, as_of)
    since = ledger.branch.records_since
    return [_before_records(duty) if since and duty.last < since else duty for duty in duties]


def _before_records(duty: Duty) -> Duty:
    """A duty whose period ended before the ledger began: done where it is recorded, else neither done nor missing."""
    if duty.state not in (State.MISSING, State.DUE, State.UPCOMING):
        return duty
    return replace(duty, state=State.BEFORE_RECORDS, missing=(), missing_ids=())


def _quota_duty(ledger: YearLedger, quota: Quota, period: Period, held: Sequence[Minutes], as_of: date) -> Duty:
    within = [
        minutes for minutes in held if counts(quota, minutes) and period.first <= minutes.meeting.held_on <= period.last
    ]
    required, done, names, ids = _required(ledger, quota, within, min(max(as_of, period.first), period.last), period)
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


def counts(quota: Quota, minutes: Minutes) -> bool:
    """Whether a meeting is of the kind that a rule counts."""
    return minutes.meeting.activity == quota.activity if quota.activity else quota.type in minutes.types


def _required(
    ledger: YearLedger, quota: Quota, within: Sequence[Minutes], day: date, period: Period
) -> tuple[int, int, tuple[str, ...], tuple[int, ...]]:
    count, founded = len(within), ledger.branch.founded
    none = (0, count, (), ())
    if not asks(quota, period) or (founded and founded.first > period.last):
        return none
    if not ledger.roster.ever_in(period.first, period.last):
        return none
    # Who only begins or ends within a period does not owe it.
    if quota.audience == "committee" and not (has_committee(ledger, period.first) and has_committee(ledger, day)):
        return none
    if quota.audience == "group":
        begun = {group.id for group in in_force(ledger.groups, period.first)}
        groups = [group for group in in_force(ledger.groups, day) if group.id in begun]
        if not groups:
            return none
        held = Counter(group for minutes in within for group in groups_covered(ledger, minutes))
        behind = [group for group in groups if held[group.id] < quota.minimum]
        names = tuple(_behind(group, held[group.id], quota.minimum) for group in behind)
        return len(groups), len(groups) - len(behind), names, tuple(group.id for group in behind)
    return quota.minimum, count, (), ()


def _behind(group: Group, held: int, minimum: int) -> str:
    return f"{group.name}（{held}/{minimum}）" if held else group.name


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
    if rule.between in ("committee", "every_pair"):
        wanted = (
            list(combinations(leaders, 2))
            if rule.between == "committee"
            else [(leader, other) for leader in leaders for other in others]
        )
        open_pairs = [(a, b) for a, b in wanted if frozenset((a.id, b.id)) not in talked]
        required, names = len(wanted), tuple(f"{a.name}—{b.name}" for a, b in open_pairs)
    else:
        asked = people if rule.between == "each_member" else others if leaders else []
        with_whom = {person.id for person in (people if rule.between == "each_member" else leaders)}
        met = {id for pair in talked if pair & with_whom for id in pair if pair - {id} <= with_whom}
        absent = [person for person in asked if person.id not in met]
        required, names = len(asked), tuple(person.name for person in absent)
        missing_ids = tuple(person.id for person in absent)
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
    """How far every member is with the year's study, in the order of the roster; nothing later than the day counts."""
    held = [minutes for minutes in ledger.minutes if minutes.meeting.held_on <= day]
    events, own = study_minutes(held), own_minutes(ledger.own_studies, day)
    exempt = ledger.roster.holding(CircumstanceKind.EXEMPT_FROM_STUDY, day)
    return [
        StudyYear(
            person.id,
            events.get(person.id, 0),
            own.get(person.id, 0),
            required_hours(ledger, person.id, day),
            pro_rata_hours(ledger, person.id, day),
            trained(ledger.own_studies, person.id, day),
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
    rule, dues = ledger.rulebook.collection, ledger.dues.as_of(as_of)
    duties: list[Duty] = []
    for period in periods(ledger.year, "month"):
        month = period.first.month
        cells = [row[month - 1] for row in dues.rows.values()]
        owing = [cell for cell in cells if (cell.asked_fen if dues.before(month) else cell.owed_fen)]
        unpaid = [cell for cell in owing if not cell.settled]
        due_on = dues.due_days[month - 1]
        duties.append(
            Duty(
                rule=rule.code,
                label=rule.label,
                period=period.name,
                first=period.first,
                due_on=due_on,
                required=len(owing),
                done=len(owing) - len(unpaid),
                # 党费日 asks for it; it is missing when that day and the month are over.
                state=state_of(len(owing), len(owing) - len(unpaid), period.first, max(period.last, due_on), as_of),
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


def quota_of(ledger: YearLedger, rule: str) -> Quota | None:
    """The quota of this code; None for the other rules."""
    return next((quota for quota in ledger.rulebook.quotas if quota.code == rule), None)
