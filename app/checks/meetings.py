"""Findings about meetings: days, clashing times, the roll, votes, who presided, papers, what was copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from app.calendar import DayKind
from app.checks.matter import Level, Matter, finding
from app.dates import add_months
from app.life.attendance import AttendanceState
from app.life.meetings import Meeting, Minutes, attendee, audience, entitled_voters
from app.life.votes import check_against_roll, check_vote, judge
from app.people.members import IN_BRANCH, Member
from app.people.posts import committee
from app.rules.meeting_types import MeetingType
from app.ways import ToRecord
from app.year.ledger import YearLedger

SHINGLE = 10


def _of(code: str, level: Level, minutes: Minutes, text: str, rule: str, more: str = "") -> Matter:
    meeting = minutes.meeting
    told = f"{meeting.held_on} {minutes.title}《{meeting.subject[:16]}》：{text}"
    key = f"{code}:meeting:{meeting.id}{more}"
    return finding(code, level, told, rule, key, ToRecord(Meeting, meeting.id))


def of_days(ledger: YearLedger) -> Iterator[Matter]:
    """A1, A3: before the branch was founded; on a public holiday; signed in before joining or after leaving."""
    founded = ledger.branch.founded
    for minutes in ledger.minutes:
        day = minutes.meeting.held_on
        if founded and day < founded.first:
            yield _of("A1", Level.ERROR, minutes, f"在支部成立（{founded}）之前", "日期")
        if ledger.calendar.kinds.get(day) is DayKind.OFF:
            yield _of("A3", Level.NOTICE, minutes, "这一天是放假日", "日期")
        for row in minutes.attended:
            if row.member and ledger.roster.status(row.member, day) not in IN_BRANCH:
                name = ledger.roster[row.member].name
                text = f"{name}当天不在本支部，却签了到"
                yield _of("A1", Level.ERROR, minutes, text, "日期", f":{row.member}")


def of_times(ledger: YearLedger) -> Iterator[Matter]:
    """A2: two meetings at the same time with the same people."""
    by_day: dict[date, list[Minutes]] = {}
    for minutes in ledger.minutes:
        if minutes.meeting.start and minutes.meeting.end:
            by_day.setdefault(minutes.meeting.held_on, []).append(minutes)
    for held in by_day.values():
        for one, other in ((a, b) for n, a in enumerate(held) for b in held[n + 1 :]):
            if not _overlap(one.meeting, other.meeting):
                continue
            both = {r.member for r in one.attended if r.member} & {r.member for r in other.attended if r.member}
            if both:
                names = "、".join(ledger.roster[member].name for member in sorted(both)[:3])
                text = f"与《{other.meeting.subject[:16]}》时间重叠，{names}等 {len(both)} 人同时在两处"
                yield _of("A2", Level.ERROR, one, text, "日期", f":{other.meeting.id}")


def _overlap(one: Meeting, other: Meeting) -> bool:
    if not (one.start and one.end and other.start and other.end):
        return False
    return one.start < other.end and other.start < one.end


def of_rolls(ledger: YearLedger) -> Iterator[Matter]:
    """B9, B12: 应到 against the roster of that day; absence without a reason."""
    for minutes in ledger.minutes:
        if not minutes.attendance:
            yield _of("B9", Level.WARNING, minutes, "没有签到名单", "《支部工作条例》第十一条")
            continue
        day = minutes.meeting.held_on
        should = {p.id for p in audience(minutes.types, minutes.meeting.group, day, ledger.roster, ledger.posts)}
        excluded = {row.member for row in minutes.with_state(AttendanceState.EXCLUDED)}
        counted = {row.member for row in minutes.attendance if row.state is not AttendanceState.OBSERVER} - excluded
        missing = should - counted - excluded
        if missing:
            names = "、".join(ledger.roster[member].name for member in sorted(missing)[:4])
            text = f"应到 {len(should - excluded)} 人，签到名单只有 {len(counted)} 人，少了{names}"
            yield _of("B9", Level.WARNING, minutes, text, "《支部工作条例》第十一条")
        silent = [row for row in minutes.with_state(AttendanceState.ABSENT) if not row.reason]
        if silent:
            names = "、".join(attendee(r, ledger.roster) for r in silent[:4])
            yield _of("B12", Level.WARNING, minutes, f"{names}缺席没有写原因", "请假要有原因")


def of_votes(ledger: YearLedger) -> Iterator[Matter]:
    """B13, B14, B15: votes that do not add up, voters who may not vote, decisions without a quorum."""
    for minutes in ledger.minutes:
        entitled, present = entitled_voters(minutes, ledger.roster)
        for vote in minutes.votes:
            more = f":{vote.id}"
            for problem in check_vote(vote):
                yield _of("B13", Level.ERROR, minutes, problem.text, "表决票数", more)
            if minutes.attendance:
                for problem in check_against_roll(vote, entitled, present):
                    source = "党章第七条：预备党员和留党察看的没有表决权"
                    yield _of("B14", Level.ERROR, minutes, problem.text, source, more)
            rules = ledger.rulebook.on(minutes.meeting.held_on)
            verdict = judge(vote, rules)
            if not verdict.quorate and vote.in_favour:
                source = rules.majorities[vote.kind].source
                yield _of("B15", Level.ERROR, minutes, f"{verdict.text}，却有表决", source, more)


def of_hosts(ledger: YearLedger) -> Iterator[Matter]:
    """B17: a general or committee meeting presided by somebody who is not of the committee."""
    for minutes in ledger.minutes:
        if not {MeetingType.GENERAL, MeetingType.COMMITTEE} & set(minutes.types) or not minutes.meeting.host:
            continue
        posts = committee(ledger.posts, minutes.meeting.held_on)
        names = {ledger.roster[post.member].name for post in posts if post.member in ledger.roster}
        if names and minutes.meeting.host not in names:
            text = f"主持人{minutes.meeting.host}不是书记、副书记或委员"
            yield _of("B17", Level.WARNING, minutes, text, "《支部工作条例》第十四条")


def of_papers(ledger: YearLedger, created: Mapping[int, date]) -> Iterator[Matter]:
    """G44, G45: entered long after the event, not final when the year is over, tasks past their day."""
    final = ledger.final_minutes
    for minutes in ledger.minutes:
        meeting = minutes.meeting
        entered = created.get(meeting.id)
        if entered and (entered - meeting.held_on).days > ledger.rulebook.remind.late_days:
            days = (entered - meeting.held_on).days
            yield _of("G44", Level.NOTICE, minutes, f"会后 {days} 天才录入", "当时记录，补录要说明")
        if final and meeting.id not in final and not meeting.remark:
            yield _of("G44", Level.NOTICE, minutes, "还没有定稿", "主持人、记录人签字", ":final")


def of_tasks(ledger: YearLedger, today: date) -> Iterator[Matter]:
    """G45: what a meeting gave somebody to do and is past its day without being closed."""
    by_id = {minutes.meeting.id: minutes for minutes in ledger.minutes}
    for task in ledger.follow_ups:
        minutes = by_id.get(task.meeting)
        if minutes and task.closed_on is None and task.due_on and task.due_on < today:
            text = f"“{task.task[:20]}”{task.due_on} 到期还没有办结"
            yield _of("G45", Level.WARNING, minutes, text, "闭环", f":{task.id}")


class Copied:
    """C20: minutes copied from earlier ones. Fed year by year in order of time; each text is read once."""

    def __init__(self) -> None:
        self._owner: dict[int, int] = {}
        self._named: dict[int, tuple[date, str]] = {}

    def look(self, ledger: YearLedger) -> Iterator[Matter]:
        """The minutes of a year whose text stands for the most part in one earlier record."""
        for minutes in ledger.minutes:
            meeting = minutes.meeting
            text = "".join(meeting.content.split())
            pieces = {hash(text[at : at + SHINGLE]) for at in range(max(0, len(text) - SHINGLE + 1))}
            shared: dict[int, int] = {}
            for piece in pieces:
                owner = self._owner.setdefault(piece, meeting.id)
                if owner != meeting.id:
                    shared[owner] = shared.get(owner, 0) + 1
            self._named[meeting.id] = (meeting.held_on, meeting.subject)
            if len(text) < 60 or not shared:
                continue
            like, count = max(shared.items(), key=lambda item: item[1])
            percent = 100 * count // len(pieces)
            if percent >= ledger.rulebook.remind.similar_percent:
                day, subject = self._named[like]
                words = f"内容与 {day}《{subject[:12]}》有 {percent}% 相同"
                yield _of("C20", Level.WARNING, minutes, words, "不得照抄", f":{like}")


def of_absence(ledger: YearLedger) -> Iterator[Matter]:
    """B18: absent without a break for half a year, also across the turn of the year (党章 art. 9)."""
    rule = ledger.rulebook.absence
    rows: dict[int, list[tuple[date, bool]]] = {}
    for member, day in ledger.absent_before:
        rows.setdefault(member, []).append((day, True))
    for minutes in ledger.minutes:
        for row in minutes.attendance:
            if row.member and row.state not in (AttendanceState.OBSERVER, AttendanceState.EXCLUDED):
                away = row.state is AttendanceState.ABSENT
                rows.setdefault(row.member, []).append((minutes.meeting.held_on, away))
    for person in ledger.roster.members:
        for spell in _spells(rows.get(person.id, [])):
            if len(spell) < rule.meetings or spell[-1] < add_months(spell[0], rule.months):
                continue
            text = f"{person.name}从 {spell[0]} 到 {spell[-1]} 连续 {len(spell)} 次没有参加组织生活"
            key = f"B18:member:{person.id}:{spell[0]}"
            yield finding("B18", Level.WARNING, text, rule.source, key, ToRecord(Member, person.id))
            break


def _spells(rows: list[tuple[date, bool]]) -> list[list[date]]:
    """The runs of absences with no presence between them, in order of time."""
    runs: list[list[date]] = [[]]
    for day, away in rows:
        if away:
            runs[-1].append(day)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
