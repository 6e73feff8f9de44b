"""When somebody joined and was confirmed, and what the person is now: by columns and days, never by a remark alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from app.dates import PartialDate, add_months
from app.exchange.days import FOUNDED, Span, read_partial_day
from app.exchange.reading import Reading, Sure, plain
from app.exchange.taking import Taking
from app.exchange.titles import status_over
from app.exchange.words import CONFIRMED, UNCONFIRMED, Remark, ToldStatus, packed, read_status
from app.names import tidy_name
from app.people.members import Member, MemberStatus

ADULT = 18
"""Years of age at which one may apply (党章 art. 1)."""
SHORTEST, USUAL, LONGEST = 6, 24, 36
"""Months from joining to confirmation: fewer than the first or more than the last is asked; after the second somebody
whose confirmation is not told is taken for a full member."""
FULL, PROBATIONARY = MemberStatus.FULL, MemberStatus.PROBATIONARY
LEFT = (
    MemberStatus.SUSPENDED,
    MemberStatus.TRANSFERRED,
    MemberStatus.DECEASED,
    MemberStatus.EXPELLED,
    MemberStatus.PROBATION_CANCELLED,
)
_WHOLE_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d ?[年./-] ?\d{1,2}(?: ?[月./-] ?\d{1,2} ?日?|月)?(?!\d)")
_SAID_BESIDE = re.compile(r"[\s/／、,，;；:：()（）至到~—–-]|入党|加入|接收|转为|转正|预备|正式|党员|时间|日期|[入转]")


@dataclass
class MemberTaking(Taking):
    """One row of a roster while it is read, on a day, for a branch."""

    today: date
    branch: str
    unclear: list[str] = field(default_factory=list[str], kw_only=True)
    """What stands in a column of the status and says none, in the words of a question."""


def read_days(reading: MemberTaking, birth: PartialDate | None) -> tuple[PartialDate | None, PartialDate | None]:
    """The days of joining and confirmation: each in its span, and beside one another and the birth."""
    span = Span(FOUNDED, reading.today)
    grown = add_months(birth.first, 12 * ADULT) if birth else FOUNDED
    both = _both_days(reading)
    begun = both[0] if both else None
    league = _of_the_league(reading) if both is None else ""
    joined = reading.read("joined", lambda cell: read_partial_day(begun or league or cell, span))
    if joined and league:
        joined = replace(joined, said=reading.row.text("joined")).doubt("入团的日子没有记入")
    joined = of_two(reading, "joined", _narrowed(joined, grown, reading.today), span)
    if joined and joined.value and joined.value.last < grown and joined.stands:
        joined = joined.doubt(f"入党时不满 {ADULT} 周岁，请核对", Sure.ASKED)
    if joined and both is None and (other := re.search("转正|转为正式", reading.row.text("joined"))):
        joined = joined.doubt(f"写着“{other[0]}”，像是转正的日子，是入党日期请勾选", Sure.ASKED)
    day: PartialDate | None = reading.take("joined", joined)
    first = add_months(day.first, SHORTEST) if day else FOUNDED
    last = add_months(day.last, LONGEST) if day else reading.today
    where, ended = ("joined", both[1]) if both else ("confirmed", None)
    confirmed = None
    if not _unconfirmed(reading) and not _confirmed_some_day(reading):
        confirmed = reading.read(where, lambda cell: read_partial_day(ended or cell, span))
    confirmed = of_two(reading, "confirmed", _narrowed(confirmed, first, min(last, reading.today)), span)
    if confirmed and confirmed.value and confirmed.stands and day and confirmed.value.first >= day.first:
        if confirmed.value.last < first:
            confirmed = confirmed.doubt(f"转正离入党不到 {SHORTEST} 个月，请核对", Sure.ASKED)
        elif confirmed.value.first > last:
            confirmed = confirmed.doubt(f"转正离入党超过 {LONGEST // 12} 年，请核对", Sure.ASKED)
    return day, reading.take(where, confirmed)


def _of_the_league(reading: MemberTaking) -> str:
    """What is left of the cell of joining without the day of joining the League; empty where it tells no such day."""
    said = plain(reading.row.text("joined"))
    rest = re.sub(rf"[(]?{_WHOLE_DAY.pattern} ?(加)?入(共青)?团[)]?[,，、;；]?", "", said)
    return rest.strip() if rest != said and _WHOLE_DAY.search(rest) else ""


def _unconfirmed(reading: MemberTaking) -> bool:
    """Whether words in the place of the day of confirmation say that there has been none."""
    said = packed(reading.row.text("confirmed"))
    return said in UNCONFIRMED or _extended(said)


def _extended(said: str) -> bool:
    """Whether the place of the day of confirmation says that the probation goes on, and no day."""
    return re.search("延长|延期", said) is not None and re.search(r"(19|20)\d\d", said) is None


def _confirmed_some_day(reading: MemberTaking) -> bool:
    """Whether the place of the day of confirmation says that there was one, and no day."""
    return packed(reading.row.text("confirmed")) in CONFIRMED


def _both_days(reading: MemberTaking) -> tuple[str, str] | None:
    """The days of joining and of confirmation where one cell holds both and says so, or its heading does."""
    said, row = plain(reading.row.text("joined")), reading.row
    if not said or row.text("confirmed"):
        return None
    named = re.search(r"转正|正式|\d日?转$", row.column("joined") + said)
    found = _WHOLE_DAY.findall(said)
    rest = _SAID_BESIDE.sub("", _WHOLE_DAY.sub("", said))
    if not named or len(found) != 2 or rest:
        return None
    turned = re.search(r"(转正|正式)\D*$", said) is None and re.search(r"^\D*(转正|正式)|(转正|正式).*入党", said)
    return (found[1], found[0]) if turned else (found[0], found[1])


def _narrowed(reading: Reading[PartialDate] | None, first: date, last: date) -> Reading[PartialDate] | None:
    """A question of which the other days leave one answer is none."""
    if reading is None or reading.stands or reading.value is None or not reading.others:
        return reading
    possible = [reading.value, *map(PartialDate.parse, reading.others)]
    fitting = [day for day in possible if first <= day.last and day.first <= last]
    if len(fitting) == 1:
        return Reading(reading.said, fitting[0], Sure.READ)
    return reading


def of_two(reading: Taking, name: str, told: Reading[PartialDate] | None, span: Span) -> Reading[PartialDate] | None:
    """A day by the two columns that a table may have for it: the exacter one, asked where they contradict."""
    again = f"{name}_too"
    other = reading.read(again, lambda cell: read_partial_day(cell, span))
    if other is None or other.value is None or told is None or told.value is None:
        return told or other
    first, second = told.value, other.value
    if second.first <= first.last and first.first <= second.last:
        return told if first.exact or not second.exact else other
    row = reading.row
    why = f"“{row.column(name)}”写着“{told.said}”，“{row.column(again)}”写着“{other.said}”，请核对"
    return replace(told.doubt(why, Sure.ASKED), others=tuple(dict.fromkeys((*told.others, str(second)))))


def told_status(reading: MemberTaking) -> ToldStatus | None:
    """What the columns kept for it say somebody is; two that contradict each other are asked."""
    row = reading.row
    told: dict[str, ToldStatus] = {}
    for name in ("party", "party_state", "status", "status_too"):
        try:
            found = read_status(row.text(name), row.column(name))
        except ValueError as error:
            if (name == "status_too" and told) or name == "party_state":
                reading.tell(name, f"“{row.text(name)}”没有记入")
            else:
                reading.unclear.append(str(error))
            continue
        if found is not None:
            told[name] = found
    # 中共党员 says that somebody is a member; of which kind another column may tell.
    decided = {name: found for name, found in told.items() if found.outsider or (name != "party" and not found.partly)}
    gone = next((found for found in decided.values() if found.outsider or found.status in LEFT), None)
    if gone is not None:
        return gone
    names = list(decided)
    if len({found.status for found in decided.values()}) > 1 and "status_too" in decided:
        one, other = names[0], names[-1]
        why = f"“{row.column(one)}”写着“{row.text(one)}”，“{row.column(other)}”写着“{row.text(other)}”，请核对"
        first, second = decided[one].status, decided[other].status
        others = (str(second),)
        reading.take(one, Reading(row.text(one), first, Sure.ASKED, why, others), shown=str(first))
    return next(iter((*decided.values(), *told.values())), None) or status_over(row)


def decide_status(
    reading: MemberTaking, member: Member, told: ToldStatus | None, remarks: tuple[Remark, ...]
) -> MemberStatus | None:
    """Full or probationary, by the column and the days; a remark that says nothing else helps where both are silent."""
    waiting = any(fault.field in ("joined", "confirmed") for fault in reading.faults)
    if (waiting and reading.refused) or (told is not None and told.outsider):
        return None
    found = _by_column(reading, member, told)
    if found is None:
        found = _beside_remarks(_by_days(reading, member, told, _whole(remarks)), reading, member, remarks)
    if reading.unclear:
        found = _beside_unclear(found, reading, member)
    if found is None:
        return None
    if told is not None and told.status in (FULL, PROBATIONARY) and (told.beside or told.torn):
        found = _torn(found, member, told)
    status = reading.take("status", found, shown=found.value.value if found.value else "")
    remark = next((item for item in remarks if item.status in (PROBATIONARY, FULL)), None)
    said = reading.row.text("note")
    if status and remark and remark.status is not status and "正式" not in said:
        reading.tell("note", f"备注里的“{said}”没有改变人员类别")
    return status


def _beside_remarks(
    found: Reading[MemberStatus] | None, reading: MemberTaking, member: Member, remarks: tuple[Remark, ...]
) -> Reading[MemberStatus] | None:
    """What only the day of joining tells, asked where a remark says that the probation goes on."""
    where = _says_probation(reading, remarks)
    if found is None or found.value is not FULL or not where or _joined_before(member, reading.today, LONGEST):
        return found
    why = f"{where}写着“{reading.row.text(_PLACES[where])}”，看不出是否已转正"
    return replace(found.doubt(why, Sure.ASKED), others=(PROBATIONARY.value,))


_PLACES = {"备注": "note", "入党日期": "joined", "姓名": "name"}


def _says_probation(reading: MemberTaking, remarks: tuple[Remark, ...]) -> str:
    """Where a word beside the columns kept for it says that somebody is on probation; empty for nowhere."""
    if any(item.status is PROBATIONARY for item in remarks):
        return "备注"
    beside = {"入党日期": reading.row.text("joined"), "姓名": tidy_name(reading.row.text("name"))[1]}
    return next((where for where, said in beside.items() if re.search("预备(?!期满)", said)), "")


def _beside_unclear(
    found: Reading[MemberStatus] | None, reading: MemberTaking, member: Member
) -> Reading[MemberStatus] | None:
    """What the days tell beside a word that says no status: told where a day of confirmation decides, else asked."""
    why = reading.unclear[0]
    if found is None:
        reading.wrong("status", why)
        return None
    if member.confirmed is not None:
        return found.doubt(f"{why}，有转正日期，按{found.value}")
    other = PROBATIONARY if found.value is FULL else FULL
    return replace(found.doubt(why, Sure.ASKED), others=tuple(dict.fromkeys((*found.others, other.value))))


def _torn(found: Reading[MemberStatus], member: Member, told: ToldStatus) -> Reading[MemberStatus]:
    """What else stands in the column: told where a day of confirmation decides, asked where it may say otherwise."""
    decided = member.confirmed is not None and found.value is FULL
    if not told.torn or decided:
        return found.doubt(f"还写着“{told.beside}”，没有记入") if told.beside else found
    other = PROBATIONARY if found.value is FULL else FULL
    doubted = found.doubt("这样写看不准是正式党员还是预备党员，请核对", Sure.ASKED)
    return replace(doubted, others=tuple(dict.fromkeys((*found.others, other.value))))


def _whole(remarks: tuple[Remark, ...]) -> MemberStatus | None:
    """The status of a remark that says nothing else."""
    return next((item.status for item in remarks if item.whole and item.status in (FULL, PROBATIONARY)), None)


def _by_column(reading: MemberTaking, member: Member, told: ToldStatus | None) -> Reading[MemberStatus] | None:
    """By the day of confirmation and the column; None where neither decides."""
    said = reading.row.text("status") or (told.over if told else "")
    column = told.status if told else None
    if column is MemberStatus.SUSPENDED and told and not told.over:
        return Reading(said, column, Sure.READ)
    if column in LEFT:
        words = f"表上写着“{told.over}”" if told and told.over else f"写着“{said}”"
        return Reading(said, column, Sure.ASKED, f"{words}，按已经离开本支部的人登记请勾选")
    if _unconfirmed(reading):
        said, full = reading.row.text("confirmed"), column is FULL and told is not None and not told.partly
        if full:
            return Reading(said, FULL, Sure.ASKED, "人员类别是正式党员，转正日期却这样写", (PROBATIONARY.value,))
        if _extended(packed(said)):
            why = f"转正日期写着“{said}”，看不出现在是否已转正"
            return Reading(said, PROBATIONARY, Sure.ASKED, why, (FULL.value,))
        column = PROBATIONARY
    if _confirmed_some_day(reading):
        said, early = reading.row.text("confirmed"), column is PROBATIONARY or _joined_after(member, reading.today, 12)
        why = f"转正日期写着“{said}”，按正式党员，转正的日子没有写"
        return Reading(said, FULL, Sure.ASKED if early else Sure.PROPOSED, why, (PROBATIONARY.value,))
    if member.confirmed is not None:
        if column is PROBATIONARY:
            return Reading(said, FULL, Sure.ASKED, "有转正日期，人员类别却是预备党员", (PROBATIONARY.value,))
        return Reading(said, FULL, Sure.READ)
    if column is PROBATIONARY:
        if _joined_before(member, reading.today, LONGEST):
            return Reading(said, column, Sure.ASKED, "入党已超过三年，人员类别却是预备党员", (FULL.value,))
        return Reading(said, column, Sure.READ)
    if column is FULL and told is not None and not told.partly:
        if _joined_after(member, reading.today, 12):
            return Reading(said, FULL, Sure.ASKED, "入党不满一年，人员类别却是正式党员", (PROBATIONARY.value,))
        return Reading(said, FULL, Sure.READ)
    return None


def _by_days(
    reading: MemberTaking, member: Member, told: ToldStatus | None, remark: MemberStatus | None
) -> Reading[MemberStatus] | None:
    """By the day of joining, where no confirmation is told; 中共党员 alone says no more than that."""
    said = reading.row.text("status") or reading.row.text("joined")
    member_alone = told is not None and told.status is FULL
    if member.joined is None:
        if member_alone:
            return Reading(said, FULL, Sure.PROPOSED, "没有入党日期，按正式党员")
        if remark is not None:
            return Reading(reading.row.text("note"), remark, Sure.PROPOSED, f"备注写着“{remark}”，按{remark}")
        return None
    if _joined_before(member, reading.today, USUAL):
        sure = Sure.READ if member_alone else Sure.PROPOSED
        return Reading(said, FULL, sure, "没有写转正日期，入党已满两年，按正式党员")
    if remark is not None:
        return Reading(said, remark, Sure.PROPOSED, f"没有写转正日期，备注写着“{remark}”，按{remark}")
    if _joined_after(member, reading.today, 12):
        sure = Sure.ASKED if member_alone else Sure.PROPOSED
        return Reading(said, PROBATIONARY, sure, "没有写转正日期，入党不满一年，按预备党员", (FULL.value,))
    if not member_alone and "confirmed" in reading.row.cells:
        why = "转正日期空着，入党不满两年，按预备党员"
        return Reading(said, PROBATIONARY, Sure.PROPOSED, why, (FULL.value,))
    why = "没有写转正日期，入党满一年不满两年，看不出是否已转正"
    likely, other = (FULL, PROBATIONARY) if member_alone else (PROBATIONARY, FULL)
    return Reading(said, likely, Sure.ASKED, why, (other.value,))


def _joined_before(member: Member, today: date, months: int) -> bool:
    return member.joined is not None and member.joined.last <= add_months(today, -months)


def _joined_after(member: Member, today: date, months: int) -> bool:
    return member.joined is not None and member.joined.first > add_months(today, -months)
