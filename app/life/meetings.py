"""会议活动: what was held, who was there, what was decided. One event may carry several types."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from app.branch.groups import Group
from app.dates import month_end
from app.errors import Refused
from app.life.attendance import HERE, Attendance, AttendanceState
from app.life.follow_ups import FollowUp, close_follow_up
from app.life.votes import Vote, check_against_roll, check_vote
from app.people.members import Member
from app.people.posts import Post, committee
from app.people.roster import Roster
from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.rules.meeting_types import TYPE_ORDER, MeetingType
from app.store import Between, Reader, Store


@stored
class Meeting(Record, called="会议活动"):
    """会议活动. `study_minutes` overrules the span of time where the hours were set another way."""

    held_on: date = entry("日期", required=True, tells_year=True, titles=True)
    start: time | None = entry("开始时间", default=None)
    end: time | None = entry("结束时间", default=None)
    place: str = entry("地点", default="")
    host: str = entry("主持人", default="")
    recorder: str = entry("记录人", default="")
    subject: str = entry("主题", required=True, titles=True)
    content: str = entry("会议内容", default="", long=True)
    group: int | None = entry("党小组", default=None, of=Group)
    study_minutes: int | None = entry("学时（分钟）", default=None, unit=Unit.MINUTES)
    remark: str = entry("情况说明", default="")
    lecturer: str = entry("主讲人", default="")
    planned: int | None = entry("计划活动", default=None, of="PlannedEvent")
    activity: str = entry("自定活动种类", default="", words="activity")


@stored
class MeetingLabel(Record, called="会议类型"):
    """One of the types that a meeting carries."""

    meeting: int = entry("会议活动", default=0, of=Meeting, part=True)
    type: MeetingType = entry("类型", required=True, titles=True)


class AgendaKind(StrEnum):
    """What an item of the agenda is."""

    FIRST_TOPIC = "第一议题"
    STUDY = "学习"
    DISCUSSION = "讨论"
    SPEECH = "发言"
    DECISION = "决定"
    CRITICISM = "批评与自我批评"
    OTHER = "其他"


@stored
class AgendaItem(Record, called="议题"):
    """One item of a meeting in its order: what it was about, who spoke, what was said. Nothing is made up."""

    meeting: int = entry("会议活动", default=0, of=Meeting, part=True)
    position: int = entry("次序", default=1)
    kind: AgendaKind = entry("类别", default=AgendaKind.DISCUSSION)
    title: str = entry("议题", default="", titles=True)
    speaker: str = entry("发言人", default="")
    text: str = entry("内容", default="", long=True)


@stored
class FinalMinutes(Record, called="定稿"):
    """定稿: one version of a meeting's minutes as they were made final; the history keeps its text.

    `reopened_on` ends it.
    """

    meeting: int = entry("会议活动", default=0, of=Meeting, part=True)
    version: int = entry("版次", required=True, titles=True)
    finalised_on: date = entry("定稿日期", required=True)
    digest: str = entry("内容校验码", required=True)
    reopened_on: date | None = entry("重新打开", default=None)
    reopened_why: str = entry("重新打开的原因", default="")


@dataclass(frozen=True)
class Minutes:
    """A meeting with everything that is saved together with it."""

    meeting: Meeting
    types: tuple[MeetingType, ...]
    attendance: tuple[Attendance, ...] = ()
    votes: tuple[Vote, ...] = field(default=())
    agenda: tuple[AgendaItem, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    def with_state(self, *states: AttendanceState) -> list[Attendance]:
        """The people who took part in one of these ways."""
        return [row for row in self.attendance if row.state in states]

    @property
    def expected(self) -> int:
        """应到: members who should attend, without guests and the approved exclusions."""
        return len(self.with_state(*HERE, AttendanceState.ABSENT))

    @property
    def attended(self) -> list[Attendance]:
        """实到: who was there, for all of it or not, guests left out."""
        return self.with_state(*HERE)

    @property
    def decisions(self) -> list[AgendaItem]:
        """What was decided, in order."""
        return [item for item in self.agenda if item.kind is AgendaKind.DECISION]

    @property
    def minutes_of_study(self) -> int:
        """Study time in minutes: the set value, else the span of time, else 0; once per event."""
        if self.meeting.study_minutes is not None:
            return self.meeting.study_minutes
        return span_minutes(self.meeting.start, self.meeting.end)

    @property
    def title(self) -> str:
        """The types in words, with the kind of activity of the branch's own: 主题党日暨党课, 读书分享."""
        own = self.meeting.activity
        named = [kind.value for kind in self.types if not (own and kind is MeetingType.OTHER)]
        return "暨".join([*named, own] if own else named) or MeetingType.OTHER.value


def span_minutes(start: time | None, end: time | None) -> int:
    """Minutes between two times of a day; 0 when one is missing or they are in the wrong order."""
    if start is None or end is None or end <= start:
        return 0
    day = date(2000, 1, 1)
    return int((datetime.combine(day, end) - datetime.combine(day, start)).total_seconds()) // 60


def audience(
    types: Iterable[MeetingType], group: int | None, day: date, roster: Roster, posts: Sequence[Post]
) -> list[Member]:
    """应到: who should attend an event of these types on that day; the widest of its types decides."""
    kinds = set(types)
    if kinds and kinds <= {MeetingType.COMMITTEE}:
        held = {post.member for post in committee(posts, day)}
        return [member for member in roster.present(day) if member.id in held]
    if kinds and kinds <= {MeetingType.GROUP, MeetingType.COMMITTEE} and group is not None:
        return roster.in_group(group, day)
    return roster.present(day)


def attendee(row: Attendance, roster: Roster) -> str:
    """What a person on a roll is called: the member, or the guest by the name that was written."""
    return roster[row.member].name if row.member is not None and row.member in roster else row.name


def absent_with_reasons(minutes: Minutes, roster: Roster, between: str = "；") -> str:
    """Who was absent and why: 张一（因病）；李二（未写原因）; empty when nobody was."""
    absent = minutes.with_state(AttendanceState.ABSENT)
    return between.join(f"{attendee(row, roster)}（{row.reason or '未写原因'}）" for row in absent)


def entitled_voters(minutes: Minutes, roster: Roster) -> tuple[int, int]:
    """应到有表决权 and 实到有表决权 as the roll and the roster of that day tell."""
    day = minutes.meeting.held_on
    expected = minutes.with_state(*HERE, AttendanceState.ABSENT)
    entitled = [row for row in expected if row.member and roster.may_vote(row.member, day)]
    present = [row for row in entitled if row.state is not AttendanceState.ABSENT]
    return len(entitled), len(present)


def check_minutes(minutes: Minutes, roster: Roster, today: date) -> list[Problem]:
    """What is wrong or doubtful in a meeting as filled in."""
    meeting = minutes.meeting
    problems = missing_entries(meeting)
    if not minutes.types:
        problems.append(Problem("types", "请至少选一个类型"))
    if meeting.held_on > today:
        problems.append(Problem("held_on", "日期在今天之后，开过的会才能记录"))
    if meeting.start and meeting.end and meeting.end <= meeting.start:
        problems.append(Problem("end", "结束时间应晚于开始时间"))
    if meeting.study_minutes is not None and not 0 <= meeting.study_minutes <= 24 * 60:
        problems.append(Problem("study_minutes", "学时请填 0 至 24 小时之间"))
    if minutes.types == (MeetingType.GROUP,) and meeting.group is None and not minutes.attendance:
        problems.append(Problem("group", "没有选党小组", Severity.WARNING))
    for row in minutes.with_state(AttendanceState.ABSENT):
        if not row.reason:
            who = attendee(row, roster)
            problems.append(Problem("attendance", f"{who}缺席没有写原因", Severity.WARNING))
    for row in minutes.with_state(AttendanceState.EXCLUDED):
        if not row.reason or not row.approval:
            who = attendee(row, roster)
            text = f"{who}不计入应到，要写明原因和上级批准依据，并经会议通过"
            problems.append(Problem("attendance", text, Severity.WARNING))
    if MeetingType.LECTURE in minutes.types and not meeting.lecturer.strip():
        problems.append(Problem("lecturer", "党课没有写主讲人", Severity.WARNING))
    if not meeting.content.strip() and not minutes.agenda:
        problems.append(Problem("content", "会议内容还是空的，打印时会留白", Severity.WARNING))
    return [*problems, *_check_votes(minutes, roster)]


def _check_votes(minutes: Minutes, roster: Roster) -> Iterator[Problem]:
    """Each vote by itself, and beside the roll where there is one."""
    entitled, present = entitled_voters(minutes, roster)
    for vote in minutes.votes:
        yield from check_vote(vote)
        if minutes.attendance:
            yield from check_against_roll(vote, entitled, present)


Part = MeetingLabel | Attendance | Vote | AgendaItem | FollowUp


P = TypeVar("P", MeetingLabel, Attendance, Vote, AgendaItem, FollowUp)


PARTS: tuple[type[Part], ...] = (MeetingLabel, Attendance, Vote, AgendaItem, FollowUp)


def lacks(minutes: Minutes) -> str:
    """What a record still lacks and would print as a blank, in a few characters; empty when nothing."""
    meeting = minutes.meeting
    if not meeting.content.strip() and not minutes.agenda:
        return "缺内容"
    if not minutes.attendance:
        return "缺签到"
    if any(not row.reason for row in minutes.with_state(AttendanceState.ABSENT)):
        return "缺原因"
    if not (meeting.host and meeting.recorder):
        return "缺主持记录"
    return "" if meeting.place else "缺地点"


def load_minutes(store: Reader, year: int | None = None) -> list[Minutes]:
    """Every meeting with its types, roll and votes, in order of time; of one year when given."""
    if year is None:
        meetings = store[Meeting].all()
        parts = [store[kind].all() for kind in PARTS]
    else:
        meetings = store[Meeting].all(held_on=Between(date(year, 1, 1), date(year, 12, 31)))
        wanted = {meeting.id for meeting in meetings}
        parts = [store[kind].all(meeting=wanted) for kind in PARTS]
    labels, rolls, votes, agendas, tasks = (_by_meeting(rows) for rows in parts)
    return [
        Minutes(
            meeting,
            tuple(row.type for row in labels.get(meeting.id, ()) if isinstance(row, MeetingLabel)),
            tuple(row for row in rolls.get(meeting.id, ()) if isinstance(row, Attendance)),
            tuple(row for row in votes.get(meeting.id, ()) if isinstance(row, Vote)),
            tuple(
                sorted(
                    (row for row in agendas.get(meeting.id, ()) if isinstance(row, AgendaItem)),
                    key=lambda item: (item.position, item.id),
                )
            ),
            tuple(row for row in tasks.get(meeting.id, ()) if isinstance(row, FollowUp)),
        )
        for meeting in sorted(meetings, key=lambda m: (m.held_on, m.start or time.min, m.id))
    ]


def absent_before(store: Reader, year: int, minutes: Sequence[Minutes]) -> list[tuple[int, date]]:
    """The absences with which the year before ended, of those whose first roll of this year says absent."""
    first: dict[int, AttendanceState] = {}
    for item in minutes:
        for row in item.attendance:
            if row.member and row.state is not AttendanceState.OBSERVER:
                first.setdefault(row.member, row.state)
    away = {member for member, state in first.items() if state is AttendanceState.ABSENT}
    not_there = (AttendanceState.ABSENT, AttendanceState.OBSERVER, AttendanceState.EXCLUDED)
    found: list[tuple[int, date]] = []
    for month in range(12, 0, -1):  # most were there in the last month, and nobody asks what they did before
        if not away:
            break
        span = Between(date(year - 1, month, 1), month_end(year - 1, month))
        days = {meeting.id: meeting.held_on for meeting in store[Meeting].all(held_on=span)}
        if not days:
            continue
        rows = [
            (row.member, days[row.meeting], row.state) for row in store[Attendance].all(meeting=set(days), member=away)
        ]
        last: dict[int | None, date] = {}
        for member, day, state in rows:
            if state not in not_there:
                last[member] = max(last.get(member, day), day)
        found += [
            (member, day)
            for member, day, state in rows
            if member and state is AttendanceState.ABSENT and day > last.get(member, date.min)
        ]
        away -= {member for member in last if member}
    return sorted(found, key=lambda item: (item[1], item[0]))


def _by_meeting(rows: Sequence[Part]) -> dict[int, list[Part]]:
    grouped: dict[int, list[Part]] = {}
    for row in rows:
        grouped.setdefault(row.meeting, []).append(row)
    return grouped


def final_of(store: Reader, meeting: int) -> FinalMinutes | None:
    """The final version that stands; None when the minutes are open."""
    found = store[FinalMinutes].all(meeting=meeting, reopened_on=None) if meeting else []
    return found[0] if found else None


def refuse_final(store: Store, meeting: int) -> None:
    """Raise Refused when the minutes of a meeting are final."""
    final = final_of(store, meeting)
    if final:
        advice = "确需修改的，先点“重新打开”写明原因，原来的版本会保留。"
        raise Refused(f"这份记录已经定稿（{final.finalised_on}，第 {final.version} 版）。", advice)


def record_meeting(
    store: Store, minutes: Minutes, roster: Roster, today: date, closed: Sequence[tuple[FollowUp, str]] = ()
) -> Minutes:
    """Save a meeting with its parts, all or nothing; `closed` are earlier tasks it closes, and how. Raises Refused."""
    refuse_errors(check_minutes(minutes, roster, today))
    refuse_final(store, minutes.meeting.id)
    with store.transaction("修改会议" if minutes.meeting.id else "记会议"):
        meeting = store[Meeting].save(minutes.meeting)
        types = sorted(set(minutes.types), key=TYPE_ORDER.__getitem__)
        labels = [MeetingLabel(meeting=meeting.id, type=kind) for kind in types]
        roll = [_of_meeting(row, meeting.id) for row in minutes.attendance]
        votes = [_of_meeting(vote, meeting.id) for vote in minutes.votes]
        _keep_parts(store, meeting.id, MeetingLabel, labels, lambda row: row.type)
        saved_roll = _keep_parts(store, meeting.id, Attendance, roll, lambda row: (row.member, row.name))
        saved_votes = _keep_parts(store, meeting.id, Vote, votes, lambda row: (row.kind, row.motion))
        agenda = [_of_meeting(item, meeting.id) for item in minutes.agenda]
        tasks = [_of_meeting(item, meeting.id) for item in minutes.follow_ups]
        saved_agenda = _keep_parts(store, meeting.id, AgendaItem, agenda, lambda row: row.position)
        for task, how in closed:
            close_follow_up(store, task, meeting.held_on, how, meeting.id)
        saved_tasks = _keep_parts(store, meeting.id, FollowUp, tasks, lambda row: row.task)
    return Minutes(
        meeting, tuple(types), tuple(saved_roll), tuple(saved_votes), tuple(saved_agenda), tuple(saved_tasks)
    )


def _of_meeting(part: P, meeting: int) -> P:
    return part if part.meeting == meeting and not part.id else replace(part, id=0, meeting=meeting)


def _keep_parts(
    store: Store, meeting: int, kind: type[P], wanted: Sequence[P], key: Callable[[P], Hashable]
) -> list[P]:
    """Make these the parts of a meeting: what is the same keeps its row, so that the history shows what changed."""
    there: dict[Hashable, list[P]] = {}
    for part in store[kind].all(meeting=meeting):
        there.setdefault(key(part), []).append(part)
    kept = [replace(part, id=same.pop(0).id) if (same := there.get(key(part))) else part for part in wanted]
    gone = {part.id for rest in there.values() for part in rest}
    if gone:
        store[kind].remove_all(id=gone)
    return store[kind].save_all(kept)


def remove_meeting(store: Store, meeting: int) -> None:
    """Delete a meeting with everything that belongs to it; raises NotFound, Refused when its minutes are final."""
    refuse_final(store, meeting)
    with store.transaction("删除会议"):
        for kind in (*PARTS, FinalMinutes):
            store[kind].remove_all(meeting=meeting)
        store[Meeting].remove(meeting)
