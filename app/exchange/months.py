"""A heading that tells a month or several, in every way in which offices write them; and the year of a table."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.exchange.days import counted
from app.numerals import SMALL

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_CHINESE = {word: number for number, word in enumerate(NUMERALS, 1)} | {"元": 1, "正": 1, "〇一": 1}
_ONE = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元]"
_MONTH = re.compile(rf"(?:(?P<year>(?:19|20)\d\d)(?:年度?|[-./]))?(?P<month>{_ONE})月(?:份)?(?P<rest>.*)")
_SPAN = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d)(?:年度?))?(?P<first>{_ONE})月?(?:份)?[-—–~至到](?P<last>{_ONE})月(?:份)?(?P<rest>.*)"
)
_YEARS_SPAN = re.compile(
    rf"(?P<year>(?:19|20)\d\d)(?:年|[-./])?(?P<first>{_ONE})月?(?:份)?[-—–~至到]"
    rf"(?P=year)(?:年|[-./])?(?P<last>{_ONE})月?(?:份)?(?P<rest>\D*)"
)
"""2026.1-2026.3: the year stands twice."""
_HALF = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年?)?(?P<half>[上下])半年(?P<rest>.*)")
_DATED = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年|[-./])?(?P<month>0[1-9]|1[0-2]|(?<=[-./年])[1-9])(?:[-./]0?1(?: ?0?0:00(?::00)?)?)?"
)
_QUARTER = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年?)?第?(?P<quarter>[一二三四1-4])季度?(?P<rest>.*)|Q(?P<q>[1-4])(?P<qrest>.*)"
)


@dataclass(frozen=True)
class ToldMonth:
    """What a heading tells: the code of a month or of several, the year where told, and the words behind it.

    m1 … m12 are months, q1 … q4 quarters, h1 and h2 halves, r1_4 is January to April.
    """

    code: str
    year: int | None
    rest: str


def month_of(word: str) -> ToldMonth | None:
    """What a heading tells of a month; None when it tells none. 2026.1 alone is no month: it may be October."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", word)).translate(SMALL)
    if plain.isdecimal() and len(plain) < 3:
        return ToldMonth(f"m{int(plain)}", None, "") if 1 <= int(plain) <= 12 else None
    span = _YEARS_SPAN.fullmatch(plain) or _SPAN.fullmatch(plain)
    if (found := span) and (first := _number(found["first"])) < (last := _number(found["last"])):
        return ToldMonth(f"r{first}_{last}", int(found["year"]) if found["year"] else None, found["rest"])
    if found := _MONTH.fullmatch(plain):
        return ToldMonth(f"m{_number(found['month'])}", int(found["year"]) if found["year"] else None, found["rest"])
    if found := _QUARTER.fullmatch(plain):
        number = _number(found["quarter"] or found["q"])
        year = int(found["year"]) if found["year"] else None
        return ToldMonth(f"q{number}", year, found["rest"] or found["qrest"] or "")
    if found := _DATED.fullmatch(plain):
        return ToldMonth(f"m{int(found['month'])}", int(found["year"]), "")
    if found := _HALF.fullmatch(plain):
        year = int(found["year"]) if found["year"] else None
        return ToldMonth("h1" if found["half"] == "上" else "h2", year, found["rest"])
    if plain in _CHINESE and plain not in ("元", "正"):
        return ToldMonth(f"m{_CHINESE[plain]}", None, "")
    return None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _CHINESE[word]


def months_of(code: str) -> list[int]:
    """The months of a code, in order: m3, q1, h2, r1_6."""
    if code[0] == "r":
        first, last = map(int, code[1:].split("_"))
        return list(range(first, last + 1))
    long, number = {"m": 1, "q": 3, "h": 6}[code[0]], int(code[1:])
    return list(range(long * (number - 1) + 1, long * number + 1))


def is_span(code: str) -> bool:
    """Whether a code is of several months."""
    return re.fullmatch(r"q\d|h\d|r\d+_\d+", code) is not None


def months_named(words: str) -> list[int]:
    """The months that a title or a cell names: 2026年3月, 1-6月, 1、2月, 上半年, 一季度; a day names none."""
    plain = _UNTIL.sub(" ", _WHEN_MADE.sub(" ", unicodedata.normalize("NFKC", words).translate(SMALL)))
    # Sheet1 and 3月 below it are no 13月.
    plain = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", plain)
    plain = re.sub(r"(?<!\d)\d{1,2}月\d{1,2}[日号]", " ", plain)
    found: set[int] = set()
    for pattern in _NAMED:
        for part in pattern.findall(plain):
            told = month_of(part) or month_of(f"{part}月")
            found |= set(months_of(told.code)) if told else set[int]()
        plain = pattern.sub(" ", plain)
    return sorted(found)


_NAMED = (
    re.compile(rf"(?<!\d)(?:{_ONE})月?(?:份)?[-—–~至到](?:{_ONE})月"),
    re.compile(r"[上下]半年"),
    re.compile(r"第?[一二三四1-4]季度?"),
    re.compile(rf"(?<!\d)(?:{_ONE})(?=(?:[、,](?:{_ONE}))*月)"),
)
_YEAR_WORD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:年度?(?! *\d{1,2} *月 *\d{1,2})|(?=[^\d.\-/年]|$))")


_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)年?度?\s*[-—–~至到]+\s*((?:19|20)\d\d)(?!\d)(?:年度|学年|年)?")
"""From one year to another: 2025-2026学年."""


_WHEN_MADE = re.compile(
    r"(?:制表|填表|填报|打印|统计|导出|更新|报送|上报)(?:(?:日期|时间) *:?| *:) *(?:19|20)\d\d[\d年月日号.\-/ ]*"
)
"""When a table was made: neither its year nor its month."""
_UNTIL = re.compile(r"截[至止](?:到|于|日期)?:? *\S*月份?")
"""Until when a table counts: not the one month it is of."""
_IN_NUMERALS = re.compile("[一二][〇零○Oo九][〇零○Oo一二三四五六七八九]{2}(?= *年)")


def years_told(title: str) -> list[int]:
    """The years that the words of a table name, each once: of file, sheet and title.

    A day (2026年1月8日) is when something was made, not the year of a register.
    """
    plain = _WHEN_MADE.sub(" ", unicodedata.normalize("NFKC", title).translate(SMALL))
    plain = _IN_NUMERALS.sub(lambda found: counted(re.sub("[○Oo]", "〇", found[0])), plain)
    plain = _YEARS.sub(r"\1年\2年", plain)
    day = r"(?:19|20)\d\d *(?:年 *\d{1,2} *月 *\d{1,2} *[日号]?(?! *月)|[-./] *\d{1,2} *[-./] *\d{1,2} *[日号]?)"
    plain = re.sub(day, " ", plain)
    plain = re.sub(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", " ", plain)
    return sorted({int(found[1]) for found in _YEAR_WORD.finditer(plain)})


def year_over(banner: str) -> int | None:
    """The one year that the line over rows tells: 2025年度, 2025年12月; None for none."""
    years = years_told(re.sub(r"\d{1,2}月.*", "", banner))
    return years[0] if len(years) == 1 else None
