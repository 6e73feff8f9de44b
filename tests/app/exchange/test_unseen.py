"""What nobody sees in a cell changes nothing: soft hyphens, joiners, hard spaces, line breaks, full-width digits."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from app.people.members import Member
from tests.app.exchange.bringing import Office

ROSTER = [
    ["姓名", "性别", "出生年月", "入党及转正时间", "所在党支部", "党内职务", "联系电话", "是否流动党员"],
    ["甲一", "男", "生于1980.3", "2001.7.1/2002.7.1", "本支部", "支部书记、党小组组长", "13800000001", "是"],
    ["乙二", "女", "1981年3月5日出生", "2003年7月1日入党，2004年7月1日转正", "甲支部", "", "0731-88888888", "否"],
]
DUES = [["2026年党费"], ["姓名", "月应交", "1月", "2月", "3月"], ["甲一", "25", "25元", "√（2.5）", "微信20"]]
MEETINGS = [
    ["时间", "类型", "主题", "参加人数", "缺席人员"],
    ["2026年3月5日（星期四）下午3点", "支部党员大会", "学习", "1/2", "乙二（病假）"],
    ["3月9日 9:00-11:00", "党课", "学习", "2/2", "无"],
]
NOISE: dict[str, Callable[[str], str]] = {
    "soft hyphen": lambda text: f"{text}\u00ad",
    "zero width": lambda text: f"\u200b{text[:1]}\u200b{text[1:]}\u2060",
    "direction": lambda text: f"\u202a{text}\u202c\u2069",
    "hard space": lambda text: f"\u00a0{text}\u3000",
    "byte order": lambda text: f"\ufeff{text}",
    "mark of a text": lambda text: f"'{text}",
    "lines": lambda text: f"\r\n{text}\n\t",
    "full width": lambda text: "".join(chr(ord(sign) + 0xFEE0) if sign in "0123456789" else sign for sign in text),
}


def facts(office: Office) -> list[str]:
    """Everything that came in, by what it says."""
    people = [repr(member) for member in office.ledger[Member].all()]
    rolls = [
        (minutes.meeting, [(row.member, row.state, row.reason) for row in minutes.attendance])
        for minutes in office.meetings
    ]
    return [*people, *(f"{name} {office.posts(name)} {office.status(name)}" for name in office.names), repr(rolls)]


LOOKS: dict[str, Callable[[str], str]] = {
    "line break": lambda text: f"{text[:2]}\n{text[2:]}",
    "spaces": " ".join,
    "wide spaces": "\u3000\u3000".join,
    "star": lambda text: f"*{text}",
    "colon": lambda text: f"{text}：",
}
ABSENT = [["时间", "类型", "主题", "请假人员"], ["2026年4月2日", "党课", "学习", "乙二"]]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_heading_is_the_same_however_it_is_spread(office: Office, other: Office, look: Callable[[str], str]) -> None:
    dues = [["姓名", "月交党费", "2026年1月", "2026年2月", "2026年一季度"], ["甲一", "25", "√", "25", "50"]]
    for kind, rows in (("members", ROSTER), ("dues", dues), ("meetings", MEETINGS), ("meetings", ABSENT)):
        office.takes(kind, rows, "2026年.xlsx")
        heads = [text if "2026" in text else look(text) for text in rows[0]]
        other.takes(kind, [heads, *rows[1:]], "2026年.xlsx")
        assert other.left == office.left
    assert facts(other) == facts(office) and other.paid == office.paid and len(office.paid) == 2


def written(rows: list[list[str]], separator: str) -> str:
    """The rows as a text file whose cells are all in quotation marks."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_nor_in_a_text_file(office: Office, other: Office, noise: Callable[[str], str], separator: str) -> None:
    for kind, rows in (("members", ROSTER), ("dues", DUES), ("meetings", MEETINGS)):
        office.takes(kind, rows, f"2026年{kind}.xlsx")
        other.takes(kind, written([[noise(cell) for cell in row] for row in rows], separator), f"2026年{kind}.xlsx")
    assert facts(other) == facts(office) and other.paid == office.paid and len(office.paid) == 3


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_what_nobody_sees_changes_nothing(office: Office, other: Office, noise: Callable[[str], str]) -> None:
    for kind, rows in (("members", ROSTER), ("dues", DUES), ("meetings", MEETINGS)):
        office.takes(kind, rows, f"2026年{kind}.xlsx")
        other.takes(kind, [[noise(cell) for cell in row] for row in rows], f"2026年{kind}.xlsx")
        told = [[fault.reason for fault in one.outcome.refused] for one in (office, other)]
        assert told == [[], []] and office.outcome.added == other.outcome.added > 0
    assert facts(other) == facts(office) and other.paid == office.paid and len(office.paid) == 3
