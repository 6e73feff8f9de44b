"""What the words over rows say of all of them: the line above them, the title of the table, the sheet, the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.dues.bases import DuesCategory
from app.exchange.sheet import Row
from app.exchange.words import DEVELOPING, Outsider, ToldStatus, ended_in, outsider_in, packed
from app.people.members import MemberStatus

_LEFT_ASIDE = re.compile(r"(不含|不包括|不计|除(?!名))[^()、,，]*")
_STAFF = re.compile("职工|员工|教师|学生|学员|工作人员|职员|民警|医护|干部|[离退]休人员|村民|居民|业主|全体人员")
_OF_SOMETHING_ELSE = re.compile(
    "子女|家属|配偶|遗属|签到|参会|慰问|走访|捐|帮扶|困难|报名|优秀|先进|表彰|评优|培训|考试|成绩|积分|志愿|值班"
)
"""What titles say that name people for another reason than to list the members."""
_TO_COME = re.compile("(?<![新已])发展党员|培养对象|推荐人选|推优")
"""What titles call those who are to become members."""
_RETIRED, _AT_WORK = re.compile(r"(?<!即将)(?<![拟未])[离退]休|老干部"), re.compile(r"在职|在岗")


@dataclass(frozen=True)
class Over:
    """What a text over rows says of the people below it, as far as it says one thing."""

    said: str
    status: MemberStatus | None = None
    outsider: Outsider | None = None
    category: DuesCategory | None = None


@lru_cache(maxsize=256)
def read_over(text: str) -> Over:
    """What a line, a title or a name says: 转出党员, 入党积极分子名册, 离退休党支部. Two things at once are none."""
    told = _LEFT_ASIDE.sub("", packed(text))
    ended = None if "转入" in told else ended_in(told)
    outsider = outsider_in(told)
    mixed, outsider = outsider in DEVELOPING, outsider if "党员" not in told else None
    full = re.search("(?<!非)正式党员", told) is not None and not mixed
    waiting = re.search("预备党员(?!.*转)", told) is not None and not mixed  # those of 预备党员转正名单 may be full
    status = ended or (None if full == waiting else MemberStatus.FULL if full else MemberStatus.PROBATIONARY)
    retired, at_work = _RETIRED.search(told), _AT_WORK.search(told)
    category = None if bool(retired) == bool(at_work) else DuesCategory.RETIRED if retired else DuesCategory.EMPLOYED
    return Over(text, status, outsider, category)


def texts_over(row: Row) -> Iterator[str]:
    """The words over a row, the nearest first: the line over it, the title of its table, the sheet, the file."""
    names, *lines = row.title.split("\n")
    yield from filter(None, (row.banner, *reversed(lines), names.rpartition(" ")[2], names))


def _over(row: Row) -> Iterator[Over]:
    return map(read_over, texts_over(row))


def status_over(row: Row) -> ToldStatus | None:
    """What the nearest words over a row say the person is, for rows of which no column says it; None for nothing.

    Who has a day of joining is not taken for somebody on the way by a title.
    """
    for over in _over(row):
        if over.status is not None:
            partly = over.status is MemberStatus.FULL
            return ToldStatus(over.status, partly=partly, over=over.said)
        if over.outsider in DEVELOPING and not row.text("joined") and not row.text("confirmed"):
            return ToldStatus(outsider=over.outsider, over=over.said)
    return None


def staff_list(row: Row) -> str:
    """The words over a row that call it one of the unit's people, of those to come, or of another list; else empty."""
    texts = [over.said for over in _over(row)]
    party = any("党" in text for text in texts)
    asks = (_TO_COME, _OF_SOMETHING_ELSE) if party else (_TO_COME, _OF_SOMETHING_ELSE, _STAFF)
    return next((text for text in texts if any(words.search(packed(text)) for words in asks)), "")


_UNIT = re.compile(r"(?:单位[:：]?|[(（])人?民?币?(分|角|百元|千元|万元|万)(?:[)）]|$|\s)", re.MULTILINE)


def unit_told(row: Row, name: str) -> str:
    """In what money a table says its amounts are, where that is not 元; empty where it says nothing."""
    found = _UNIT.search(row.column(name)) or _UNIT.search(row.title)
    return found[1] if found else ""


def category_over(row: Row) -> tuple[DuesCategory, str] | None:
    """The category of dues that the nearest words over a row tell, and those words; None for none."""
    return next(((over.category, over.said) for over in _over(row) if over.category is not None), None)
