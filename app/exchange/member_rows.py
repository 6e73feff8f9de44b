"""One row of a roster as a person: what its cells say, what was read from them, what is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.dates import PartialDate
from app.dues.bases import DuesCategory
from app.exchange.days import FOUNDED, Span, read_partial_day
from app.exchange.member_dues import category_alone, decide_category, read_base
from app.exchange.member_names import read_name
from app.exchange.member_status import LEFT, MemberTaking, decide_status, of_two, read_days, told_status
from app.exchange.mending import Mending
from app.exchange.post_words import read_posts
from app.exchange.raw import Cell, text_of
from app.exchange.reading import NOTHING, Reading, Sure
from app.exchange.sheet import Row, RowFault
from app.exchange.titles import staff_list
from app.exchange.words import Outsider, Remark, ToldStatus, ended_in, packed, read_remark, read_yes
from app.people import identity
from app.people.members import Employment, Member, MemberStatus, Sex, check_member
from app.people.posts import PostTitle
from app.record import Severity

TEXT_FIELDS = (
    "ethnicity",
    "native_place",
    "birthplace",
    "education",
    "degree",
    "technical_title",
    "social_stratum",
    "front_line",
    "phone",
    "address",
    "note",
)
_MASKED = re.compile(r"[*×●•□]|[xX]{2,}")
"""4301**********0012: a number as it is published."""
_OF_THE_BRANCH = re.compile("支部|支委|支书|党小组|(组织|宣传|纪检|青年|统战)委员|^(党内)?副?书记$")
_AS_NUMBER = re.compile(r"\d(\.\d+)?E\+?\d+")
"""1.38E+10: a text of digits that became a number of a spreadsheet."""
_NOT_ENTERED = re.compile("留党察看|严重警告|党内警告|撤销党内职务|失联|失去联系|流动党员")
"""What a remark may tell that the roster keeps in a place of its own."""
OLDEST_BIRTH = date(1910, 1, 1)
"""Who was born before is no longer alive: 05.3 is 2005."""


@dataclass(frozen=True)
class MemberRow:
    """One person of a sheet as records, with what is wrong or asked.

    `ends` is a status that a remark tells and somebody has confirmed, with its day.
    """

    key: int
    row: Row
    member: Member
    status: MemberStatus | None
    posts: tuple[PostTitle, ...]
    group: str
    category: DuesCategory | None
    base_fen: int | None
    employment: Employment | None = None
    floating: bool = False
    lost_on: PartialDate | None = None
    """From when on somebody could not be reached."""
    outsider: Outsider | None = None
    ends: tuple[MemberStatus, PartialDate] | None = None
    left_on: PartialDate | None = None
    by_number: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Birth and sex as the identity number tells them, where the table does not."""
    faults: tuple[RowFault, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a fault or an open question keeps the row out."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)


def read_row(row: Row, today: date, mending: Mending, branch: str) -> MemberRow:
    """One row as a member; cells that cannot be read become faults, doubtful ones questions."""
    reading = MemberTaking(row, mending, today=today, branch=branch)
    name = read_name(reading)
    number = _id_number(reading)
    span = Span(OLDEST_BIRTH, today)
    born = reading.read("birth", lambda cell: read_partial_day(_without_born(cell), span))
    birth = reading.take("birth", of_two(reading, "birth", born, span))
    joined, confirmed = read_days(reading, birth)
    work = reading.read("work_started", lambda cell: read_partial_day(cell, span))
    texts: dict[str, Any] = {field: _line(reading.words(field)) for field in TEXT_FIELDS} | {"note": row.text("note")}
    texts["phone"] = _phone(reading)
    member = Member(
        name=name,
        sex=_sex(reading),
        birth=birth,
        id_number=number,
        joined=joined,
        confirmed=confirmed,
        work_started=reading.take("work_started", work),
        **texts,
    )
    reading.faults += [
        row.fault(problem.field, problem.text, problem.severity)
        for problem in check_member(member, (), today)
        if problem.field != "name" or name
    ]
    told = told_status(reading)
    remarks = read_remark(row.text("note"), today)
    status = decide_status(reading, member, told, remarks)
    left_on = reading.take(
        "left_on", reading.read("left_on", lambda cell: read_partial_day(cell, Span(FOUNDED, today)))
    )
    left_on = left_on or _left_by_remark(reading, status, remarks)
    base = read_base(reading)
    return MemberRow(
        key=row.key,
        row=row,
        member=member,
        status=status,
        posts=_posts(reading),
        group=_group(reading),
        category=decide_category(reading, remarks) if base is not None else category_alone(reading),
        base_fen=base,
        employment=_employment(reading),
        floating=_says_yes(reading, "floating"),
        lost_on=_lost_on(reading, span),
        outsider=_outsider(reading, told, member, remarks),
        ends=_ends(reading, remarks, status or (told.status if told else None), left_on),
        left_on=left_on,
        by_number=_told_by_number(member, reading),
        faults=tuple(reading.faults),
    )


def _without_born(cell: Cell) -> Cell:
    """A day of birth without the word for it: 生于1980.3, 1980年3月出生."""
    return re.sub(r"^\s*出?生于?[:：]?|出?生\s*$", "", text_of(cell)) if isinstance(cell, str) else cell


def _line(said: str) -> str:
    """What stands in a cell in several lines as one."""
    return " ".join(said.split("\n"))


def _group(reading: MemberTaking) -> str:
    """The group without what a bracket says beside it."""
    said = reading.row.words("group")
    name = re.sub(r"[(（].*?[)）]", "", said).strip()
    if name != said:
        reading.tell("group", f"党小组后面的“{said.removeprefix(name)}”没有记入")
    if re.search(r"[、,，/;；\n]|[和及](?=第|[一二三四五六七八九十\d])", name):
        why = f"“{name}”像是几个党小组，一个人只在一个党小组，是一个的请勾选"
        return reading.take("group", Reading(said, name, Sure.ASKED, why), holds=False) or ""
    return name or said


# --- the person -----------------------------------------------------------------------------------------


def _id_number(reading: MemberTaking) -> str:
    raw = reading.row.cells.get("id_number")
    number = identity.read_id_number(reading.row.words("id_number").lstrip("'`’"))
    if not number:
        return ""
    if not re.search(r"\d", number) or re.search("[\u4e00-\u9fff]", number):
        reading.tell("id_number", f"“{number}”不是身份证号，没有记入")
        return ""
    if _MASKED.search(number):
        reading.tell("id_number", "身份证号隐去了几位，没有记入")
        return ""
    lost = isinstance(raw, int | float) and len(number) > 15
    if lost or _AS_NUMBER.fullmatch(number):
        reading.wrong("id_number", "身份证号在表里存成了数字，末几位已经丢失，请改成文本格式后重填")
    elif len(number) == 15 and number.isdigit():
        try:
            number = identity.from_15_digits(number)
            text = f"15 位旧身份证号已换算成 {identity.masked(number)}，请与证件核对"
            reading.tell("id_number", text)
        except ValueError as error:
            reading.wrong("id_number", str(error))
    return number


def _phone(reading: MemberTaking) -> str:
    """A number of a telephone; one that became a number of a spreadsheet and lost its last digits is wrong."""
    said = unicodedata.normalize("NFKC", reading.row.words("phone"))
    if re.fullmatch(r"\d{17}[\dXx]", packed(said)):
        reading.wrong("phone", "像是身份证号，请核对这一列")
        return ""
    if _MASKED.search(said):
        reading.tell("phone", f"“{said}”隐去了几位，没有记入")
        return ""
    if _AS_NUMBER.fullmatch(said.upper()):
        reading.wrong("phone", "电话在表里存成了数字，末几位已经丢失，请改成文本格式后重填")
        return ""
    return re.sub(r"(?<=^\d{7})\.0+$|(?<=^\d{8})\.0+$|(?<=^\d{11})\.0+$", "", said)


def _told_by_number(member: Member, reading: MemberTaking) -> dict[str, Any]:
    """Birth and sex from a sound identity number, where the table does not tell them, as the form does."""
    number = member.id_number
    if not number or identity.doubt_of(number, reading.today):
        return {}
    told: dict[str, Any] = {}
    if not reading.row.words("birth"):
        told["birth"] = identity.birth_of(number)
    if not reading.row.words("sex"):
        told["sex"] = Sex.MALE if identity.is_male(number) else Sex.FEMALE
    return told


_SEX_CODES = {"1": Sex.MALE, "2": Sex.FEMALE}
"""GB/T 2261.1, as systems export it; a table may as well count its own way."""


def _sex(reading: MemberTaking) -> Sex | None:
    text = re.sub("(性|士|同志|生)$", "", packed(reading.row.words("sex")))
    if text in ("男", "女"):
        return Sex(text)
    if text in _SEX_CODES:
        why = f"写着代码“{text}”，国标的代码 1 是男、2 是女，是的请勾选"
        return reading.take("sex", Reading(text, _SEX_CODES[text], Sure.ASKED, why), shown=_SEX_CODES[text])
    if text:
        reading.wrong("sex", f"性别应为男或女，表里是“{reading.row.text('sex')}”")
    return None


def _says_yes(reading: MemberTaking, name: str) -> bool:
    """Whether a column that asks for yes or no says yes, or the word that it asks for; what says neither is told."""
    said = reading.row.text(name)
    if packed(said) in NOTHING:
        return False
    if packed(said) in ("流动", "流动党员", "流出", "失联", "失联党员", "√", "已失联"):
        return True
    try:
        return read_yes(said)
    except ValueError:
        reading.tell(name, f"“{said}”看不出是还是否，没有登记")
        return False


def _lost_on(reading: MemberTaking, span: Span) -> PartialDate | None:
    """From when on somebody could not be reached; told where the day is missing, for nobody is lost without one."""
    lost = _says_yes(reading, "lost")
    day = reading.take("lost_on", reading.read("lost_on", lambda cell: read_partial_day(cell, span)))
    if lost and day is None and not any(fault.field == "lost_on" for fault in reading.faults):
        where = reading.row.column("lost")
        reading.tell("lost", f"“{where}”写着“{reading.row.text('lost')}”，没有写从哪天起失联，请在名册里登记")
    return day if lost or "lost" not in reading.row.cells else None


def _outsider(
    reading: MemberTaking, told: ToldStatus | None, member: Member, remarks: tuple[Remark, ...]
) -> Outsider | None:
    if reading.row.key in reading.mending.taken_rows and not (
        told and told.outsider and told.outsider != Outsider.OTHER
    ):
        return None
    if told is not None and told.outsider:
        return told.outsider
    if told is None and member.joined is None and member.confirmed is None:
        remark = next((item for item in remarks if item.outsider), None)
        if remark is not None:
            said = reading.row.text("note")
            why = f"备注写着“{said}”，也没有入党日期，是党员的请勾选"
            reading.take("note", Reading(said, "按党员导入", Sure.ASKED, why))
        elif "party" in reading.row.cells:
            said = reading.row.text("party")
            how = f"写着“{said}”" if said else "空着"
            why = f"“{reading.row.column('party')}”{how}，没有人员类别和入党日期，是党员的请勾选"
            reading.take("name", Reading(reading.row.text("name"), member.name, Sure.ASKED, why))
        elif (staff := staff_list(reading.row)) and not any(item.status for item in remarks):
            why = f"表上写着“{staff}”，没有人员类别和入党日期，是党员的请勾选"
            reading.take("name", Reading(reading.row.text("name"), member.name, Sure.ASKED, why))
    return None


def _ends(
    reading: MemberTaking, remarks: tuple[Remark, ...], status: MemberStatus | None, left_on: PartialDate | None
) -> tuple[MemberStatus, PartialDate] | None:
    """A leaving that a column or a remark tells: asked, and taken with its day only when somebody says so."""
    changes = read_remark(reading.row.text("change"), reading.today)
    if left_on is not None and status not in LEFT:
        said, reason = reading.row.text("left_on"), reading.row.text("change")
        named = next((item.status for item in (*changes, *remarks) if item.status in LEFT), None)
        ended = named or MemberStatus.TRANSFERRED
        if packed(reason) not in NOTHING and not any(item.status is ended for item in changes):
            reading.tell("change", f"“{reading.row.column('change')}”里的“{reason}”没有记入")
        why = f"“{reading.row.column('left_on')}”写着“{said}”，按{ended}登记请勾选"
        gone = reading.take("left_on", Reading(said, left_on, Sure.ASKED, why), shown=f"自 {left_on} 起{ended}")
        return (ended, gone) if gone else None
    told = [_ended_by(reading, name, found, status) for name, found in (("note", remarks), ("change", changes))]
    return next(filter(None, told), None)


def _left_by_remark(
    reading: MemberTaking, status: MemberStatus | None, remarks: tuple[Remark, ...]
) -> PartialDate | None:
    """The day of a leaving that the columns tell without one, as the remark has it; told."""
    said = reading.row.text("note")
    if status is None or status not in LEFT or not any(item.status is status for item in remarks):
        return None
    if day := _day_in(said, reading.today, status):
        reading.tell("note", f"备注写着“{said}”，按 {day} 起{status}登记")
    return day


def _ended_by(
    reading: MemberTaking, name: str, remarks: tuple[Remark, ...], status: MemberStatus | None
) -> tuple[MemberStatus, PartialDate] | None:
    """A leaving that the words of one column tell; what else a column of changes says is told."""
    said = reading.row.text(name)
    if not said:
        return None
    where = "备注" if name == "note" else f"“{reading.row.column(name)}”"
    remark = next((item for item in remarks if item.status in LEFT and item.status is not status), None)
    if remark is None or remark.status is None or re.search("未|拟|将|不", said):
        if told := _NOT_ENTERED.search(said):
            reading.tell(name, f"{where}里的“{told[0]}”没有登记，是的话请在名册里登记")
        elif name != "note" and reading.row.words(name):
            reading.tell(name, f"{where}里的“{said}”没有记入")
        return None
    day = _day_in(said, reading.today, remark.status)
    proposed = f"自 {day} 起{remark.status}" if day else ""
    lacking = "看不出是哪一天" if _DAY.search(said) else "没有写日子"
    why = f"{where}写着“{said}”，" + ("要登记的请勾选" if day else f"{lacking}，导入后请在名册里登记")
    taken = reading.take(name, Reading(said, day, Sure.ASKED, why), shown=proposed, holds=False)
    return (remark.status, taken) if taken else None


_DAY = re.compile(r"(?:19|20)\d\d\s*[年.\-/]\s*\d{1,2}(?:\s*[月.\-/]\s*\d{1,2}\s*日?|\s*月)?")


def _day_in(text: str, today: date, ended: MemberStatus) -> PartialDate | None:
    """The one day that a remark tells, or the one beside the words of the status that has `ended` it."""
    told = unicodedata.normalize("NFKC", text)
    days = _DAY.findall(told)
    if len(days) > 1:
        about = next((part for part in re.split("[,;。、()]", told) if ended_in(packed(part)) is ended), "")
        days = _DAY.findall(about)
    if len(days) != 1:
        return None
    try:
        read = read_partial_day(days[0], Span(FOUNDED, today))
    except ValueError:
        return None
    return read.value if read and read.stands else None


def _posts(reading: MemberTaking) -> tuple[PostTitle, ...]:
    said = reading.row.text("post")
    if not said and (beside := _among_duties(reading)) is not None:
        return beside
    posts, odd = read_posts(said, reading.branch, reading.today)
    if odd:
        text = f"“{'、'.join(odd)}”不是本支部的职务，没有记入"
        reading.tell("post", text)
    return posts


def _among_duties(reading: MemberTaking) -> tuple[PostTitle, ...] | None:
    """A post of the branch that stands among the duties at work: asked, for 职务 may be of either."""
    said = reading.row.text("duty")
    if not _OF_THE_BRANCH.search(packed(said)):
        return None
    opened = re.sub(r"[()（）]", "、", said)  # 副科长（组织委员）
    told = (read_posts(text, reading.branch, reading.today)[0] for text in (said, opened))
    posts = next(filter(None, told), ())
    if not posts:
        return None
    why = f"“{said}”写在“{reading.row.column('duty')}”一列，是本支部的党内职务请勾选"
    asked = Reading(said, posts, Sure.ASKED, why)
    return reading.take("duty", asked, shown="、".join(posts), holds=False)


# --- work -----------------------------------------------------------------------------------------------


def _employment(reading: MemberTaking) -> Employment | None:
    department, duty, position = (_line(reading.words(name)) for name in ("department", "duty", "position"))
    told = Employment(member=0, department=department, duty=duty, position=position)
    return told if told.department or told.duty or told.position else None
