"""Who was at a meeting by a row of a ledger: its numbers, those it names as present, and as absent → a roll."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.exchange.persons import Finder
from app.exchange.reading import NOTHING, UNKNOWN, Reading, Sure, read_count
from app.exchange.rolls import Present, read_absent, read_guests, read_present, usual_reason
from app.exchange.sheet import Row
from app.exchange.taking import Taking
from app.exchange.turnout import OF_BOTH, OF_EITHER, with_turnout
from app.exchange.words import packed
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import audience
from app.people.members import Member
from app.people.posts import Post
from app.people.roster import Roster
from app.rules.meeting_types import MeetingType

ABSENT = ("absent", "absent_too", "absent_more")
"""The columns that name those who were absent."""
Absentees = dict[int, str]
"""Ids of those who were absent, with the reason of each."""


@dataclass
class AttendanceReader(Taking):
    """A row of a ledger of meetings while it is read, and whom it can mean."""

    roster: Roster
    posts: list[Post]
    finder: Finder
    silent: bool = False
    """Whether the row says nothing of who was there."""


@dataclass
class _Told:
    """What a row says of who was there: numbers, names of the present, the absent by their ids."""

    expected: int | None
    attended: int | None
    absent: Absentees
    present: Present | None
    counted: bool
    """Whether a column says how many were absent, and none says who."""

    @property
    def by_names(self) -> bool:
        """Whether those who came are named one by one."""
        return self.present is not None and not self.present.everybody


def read_roll(
    row: Row, reader: AttendanceReader, day: date, types: tuple[MeetingType, ...], group: int | None
) -> tuple[list[Attendance], str]:
    """Who was there: the absent as the sheet names them, the rest of those who should have come; and a remark.

    The numbers and names of the sheet decide who should have come; where they fit neither the audience of the types
    nor the whole roster, no roll is made up and what the sheet says is kept in words.
    """
    everyone = reader.roster.present(day)
    row = reader.row = with_turnout(row, reader, reader.finder, ABSENT, len(everyone))
    told = _told(row, reader)
    if told is None:
        return [], ""
    if not any(row.text(name) for name in ABSENT) and told.attended is None and told.present is None:
        reader.silent = True
        return [], _in_words(row, told)
    if unknown := next((name for name in ABSENT if packed(row.text(name)) in UNKNOWN), ""):
        reader.tell(unknown, f"写着“{row.text(unknown)}”，不知道谁缺席，没有生成签到名单")
        return [], _in_words(row, told)
    if told.counted:
        reader.tell(
            next(name for name in ABSENT if _count_alone(row, name)), "只写了几个人，没有写是谁，没有生成签到名单"
        )
        return [], _in_words(row, told)
    usual = audience(types, group, day, reader.roster, reader.posts)
    present = told.present
    if present is not None and present.everybody and _of_others(present, types, len(usual) == len(everyone)):
        who = "" if present.of_body else "不"
        reader.tell("present", f"写着“{row.text('present')}”，{types[0]}{who}是全体党员参加，没有生成签到名单")
        return [], _in_words(row, told)
    if not usual:
        told_by = next((name for name in ("present", "attended", "counts", *ABSENT) if row.text(name)), "absent")
        reader.tell(told_by, f"名册上当天没有{types[0]}应到的人，没有生成签到名单")
        return [], _in_words(row, told)
    roll = _by_names if told.by_names else _by_numbers
    attendance = roll(row, reader, told, (usual, everyone))
    if not attendance:
        return [], "" if reader.refused else _in_words(row, told)
    others = "、".join(present.others) if present else ""
    return attendance, f"原台账：参加人员还有{others}。" if others else ""


def _of_others(present: Present, types: tuple[MeetingType, ...], whole: bool) -> bool:
    """Whether everybody of others came than should: all members to a committee, the committee to all members."""
    if present.of_body:
        return not {MeetingType.COMMITTEE, MeetingType.GROUP} & set(types)
    return not whole


def read_observers(row: Row, reader: AttendanceReader, roll: Sequence[Attendance]) -> list[Attendance]:
    """Who sat in on a meeting by a column of its own; who is on the roll already is told."""
    found: list[Attendance] = []
    guests, unnamed = read_guests(row.text("observers"))
    for part in unnamed:
        reader.tell("observers", f"“{part}”没有写是谁，没有记入列席")
    for name in guests:
        member = reader.finder.find(name).value if reader.finder.begins(name) == name else None
        if member is not None and member.id in {person.member for person in roll}:
            reader.tell("observers", f"“{name}”在应到的人里，没有记作列席")
        elif member is not None:
            found.append(Attendance(member=member.id, state=AttendanceState.OBSERVER))
        else:
            found.append(Attendance(name=name, state=AttendanceState.OBSERVER))
    return found


def _told(row: Row, reader: AttendanceReader) -> _Told | None:
    """What the cells of a row say; None where one of them cannot be read, or two of them contradict each other."""
    expected, attended = _counts(row, reader)
    absent = _absentees(row, reader)
    present = _present(row, reader)
    if absent is None or reader.refused:
        return None
    if present is not None:
        if present.everybody:
            expected = present.count if expected is None else expected
        elif attended is None:
            attended = present.count
        absent |= {member.id: reason for member, reason in _taken(present, reader)}
        if reader.refused or _contradicts(present, absent, reader):
            return None
        if not (present.everybody or present.named or present.others):
            present = None  # a number alone
    if expected is not None and attended is not None and attended > expected:
        reader.wrong("attended", f"实到 {attended} 人，比应到 {expected} 人还多，请核对")
        return None
    # Beside 缺席：1人 another column may name who that was; how many came tells whether it is all of them.
    named = bool(absent) and attended is not None
    return _Told(expected, attended, absent, present, any(_count_alone(row, name) for name in ABSENT) and not named)


def _by_numbers(
    row: Row, reader: AttendanceReader, told: _Told, audiences: tuple[list[Member], list[Member]]
) -> list[Attendance]:
    """The roll by the numbers and the absent; empty, and said why, where they do not go together."""
    expected, attended, absent = told.expected, told.attended, told.absent
    missing = expected - attended if expected is not None and attended is not None else 0
    if missing and "absent" not in row.cells and not absent:
        reader.tell("attended" if row.text("attended") else "counts", "没有写谁缺席，没有生成签到名单")
        return []
    if expected is not None and attended is not None and missing != len(absent):
        text = f"应到 {expected} 人、实到 {attended} 人，缺席应有 {missing} 人，却写了 {len(absent)} 人"
        reader.wrong("absent", text)
        return []
    came = None if attended is None else attended + len(absent)
    fitting = [people for people in audiences if {expected, came} <= {None, len(people)}]
    if not fitting or not absent.keys() <= {person.id for person in fitting[0]}:
        written = came if expected is None else expected
        text = f"名册上当天应到 {len(audiences[0])} 人，与表里的 {written} 人不同，没有生成签到名单"
        reader.tell("expected" if row.text("expected") else "attended", text)
        return []
    return _roll(fitting[0], absent)


def _by_names(
    row: Row, reader: AttendanceReader, told: _Told, audiences: tuple[list[Member], list[Member]]
) -> list[Attendance]:
    """The roll by the names of those who came; others are absent where the numbers say so, else it is asked."""
    present, expected, attended = told.present, told.expected, told.attended
    assert present is not None
    named = {reading.value.id for reading in present.named if reading.value}
    known = named | told.absent.keys()
    fitting = [
        people for people in audiences if known <= {person.id for person in people} and expected in (None, len(people))
    ]
    if attended is not None and present.whole and attended not in (len(named), len(named) + len(present.others)):
        reader.wrong("present", f"实到 {attended} 人，参加人员里认出 {len(named)} 人")
        return []
    if not named or not present.whole or not fitting:
        reader.tell("present", "参加人员与名册上当天应到的人对不上，没有生成签到名单")
        return []
    missing = [person for person in fitting[0] if person.id not in known]
    if missing and (expected is None or attended is None):
        names = "、".join(person.name for person in missing)
        why = f"参加人员里没有{names}，按缺席记请勾选，不是的请把名单补全"
        if not reader.take("present", Reading(row.text("present"), missing, Sure.ASKED, why), shown=names):
            return []
    return _roll(fitting[0], told.absent | {person.id: "" for person in missing})


def _roll(people: list[Member], absent: Absentees) -> list[Attendance]:
    return [
        Attendance(member=person.id, state=AttendanceState.ABSENT, reason=absent[person.id])
        if person.id in absent
        else Attendance(member=person.id, state=AttendanceState.PRESENT)
        for person in people
    ]


def _present(row: Row, reader: AttendanceReader) -> Present | None:
    """Those whom the row names as having come; None where it names nobody."""
    text = row.text("present")
    if packed(text) in NOTHING:
        return None
    try:
        found = read_present(text, reader.finder)
    except ValueError as error:
        reader.wrong("present", str(error))
        return None
    if found.others:
        reader.tell("present", f"“{'、'.join(found.others)}”不在名册里，没有记入签到名单")
    return found


def _name_of(reading: Reading[Member]) -> str:
    return reading.value.name if reading.value else ""


def _taken(present: Present, reader: AttendanceReader) -> list[tuple[Member, str]]:
    """Those who are named as absent beside the present; who of several namesakes is meant is asked of all."""
    for reading in present.named:
        reader.take("present", reading, shown=_name_of(reading))
    taken = [(reader.take("present", one.who, shown=_name_of(one.who)), one.reason) for one in present.absent]
    return [(member, reason) for member, reason in taken if member is not None]


def _contradicts(present: Present, absent: Absentees, reader: AttendanceReader) -> bool:
    """Whether somebody is named both as present and as absent; said of the cell."""
    both = [reading.value for reading in present.named if reading.value and reading.value.id in absent]
    if both:
        reader.wrong("present", f"“{'、'.join(person.name for person in both)}”既写在参加人员里，又写着缺席")
    return bool(both)


def _in_words(row: Row, told: _Told) -> str:
    """What a ledger says of who was there, as the remark keeps it where no roll follows; empty for nothing."""
    expected, attended = told.expected, told.attended
    words = f"参加人员：{row.text('present')}。" if packed(row.text("present")) not in NOTHING else ""
    if (told.absent or told.counted) and (named := "；".join(filter(None, (row.text(name) for name in ABSENT)))):
        words += f"缺席：{named}。"
    if expected is None and attended is None:
        return f"原台账：{words}" if words else ""
    should, came = (f"{number} 人" if number is not None else "未写" for number in (expected, attended))
    return f"原台账：应到 {should}，实到 {came}。{words}"


def _number(row: Row, name: str, reader: AttendanceReader) -> int | None:
    text = row.text(name)
    if packed(text) in NOTHING:
        return None
    try:
        return read_count(text)
    except ValueError as error:
        reader.wrong(name, str(error))
        return None


_COUNT_ALONE = re.compile(
    r"(([病事公产]假|请假|缺席|未到|缺勤|出差|外出|因[公病事])*(人数)?[:：]?[1-9]\d{0,2}[人名]?[,，、;；]?)+"
)
_IN_WORDS = re.compile(
    r"应(?:到|参加)会?\D{0,3}(\d+)(?:\D{1,4}实(?:到|参加|际)\D{0,4}(\d+))?|实到会?\D{0,3}(\d+)[人名]"
)


def _counts(row: Row, reader: AttendanceReader) -> tuple[int | None, int | None]:
    """How many should have come and how many did: by columns of their own, one for both, or words beside the absent."""
    if of_both := OF_BOTH.fullmatch(packed(row.text("attended"))):
        came, should = sorted(map(int, of_both.groups()))  # never more come than should
        return should, came
    expected, attended = _number(row, "expected", reader), _number(row, "attended", reader)
    said = packed(row.text("counts"))
    if said not in NOTHING:
        numbers = re.findall(r"\d+", said)
        if len(numbers) != 2:
            reader.wrong("counts", f"“{row.text('counts')}”看不出应到和实到人数，请写成 24/22 这样")
            return expected, attended
        begins = re.search("[应实出]", said) or re.search("[应实出]", row.column("counts"))
        first, second = map(int, numbers)
        return (first, second) if begins is None or begins[0] == "应" else (second, first)
    for name in ("absent", "present"):
        if (beside := _IN_WORDS.search(packed(row.text(name)))) is not None:
            should, came = beside[1], beside[2] or beside[3]
            return int(should) if should else expected, int(came) if came else attended
    return expected, attended


_WHY = re.compile("请假|旷会")
"""What the heading of a column may say of all who stand in it."""


def _count_alone(row: Row, name: str) -> bool:
    """Whether a column of those who were absent says how many, and not who: 1人, 请假2人."""
    return _COUNT_ALONE.fullmatch(packed(row.text(name))) is not None


def _absentees(row: Row, reader: AttendanceReader) -> Absentees | None:
    found: Absentees = {}
    reasons = [part for part in re.split(r"[、,，;；\n]", row.text("absent_why")) if packed(part) not in NOTHING]
    for name in ABSENT:
        if _count_alone(row, name):
            continue
        try:
            absent = read_absent(row.text(name), reader.finder)
        except ValueError as error:
            reader.wrong(name, str(error))
            return None
        heading = None if OF_EITHER.search(row.column(name)) else _WHY.search(row.column(name))
        told = reasons if name == "absent" and len(reasons) == len(absent) else [""] * len(absent)
        for item, why in zip(absent, told, strict=True):
            member = reader.take(name, item.who, shown=_name_of(item.who))
            if member is None:
                return None
            found[member.id] = item.reason or usual_reason(why) or (heading[0] if heading else "")
    if reasons and len(reasons) != len(found):
        reader.tell("absent_why", f"“{row.text('absent_why')}”看不出各是谁的，没有记入")
    return found
