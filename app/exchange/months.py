"""A heading that tells a month or several, in every way in which offices write them; and the year of a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
_SEVERAL = re.compile("[月季].*[、,/和及与]|[、,/和及与].*[月季]")
"""What lists several months: 1月、2月, 一、二季度."""
_TURNED = re.compile(r"(?P<rest>[应实已][交缴收]\D{0,4}?)(?P<month>(?:\d{4}年)?\d{1,2}月份?)")
"""实交1月: the role stands before the month."""
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
    plain = re.sub(rf"^(\d\d)年(?=({_ONE})月)", r"20\1年", plain)
    if (turned := _TURNED.fullmatch(plain)) and (told := month_of(turned["month"])) and not told.rest:
        return ToldMonth(told.code, told.year, turned["rest"])
    if plain.isdecimal() and len(plain) < 3:
        return ToldMonth(f"m{int(plain)}", None, "") if 1 <= int(plain) <= 12 else None
    if _SEVERAL.search(plain) and (listed := months_listed(plain)):
        (year, first), (_, last) = listed[0], listed[-1]
        whole = listed == [(year, month) for month in range(first, last + 1)]
        return ToldMonth(f"r{first}_{last}", year, "") if whole else None
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
    """The months that a title or a line names: 2026年3月, 1-6月, 1、2月, 上半年, 一、二季度; a day names none."""
    plain = _UNTIL.sub(" ", _WHEN_MADE.sub(" ", unicodedata.normalize("NFKC", words).translate(SMALL)))
    # Sheet1 and 3月 below it are no 13月.
    plain = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", plain)
    plain = re.sub(r"(?<!\d)\d{1,2}月\d{1,2}[日号]", " ", plain)
    return sorted({month for part in _NAMED.findall(plain) for _, month in months_listed(part)})


_NAMED = re.compile(
    rf"[上下]半年|(?<!\d)(?:第?(?:{_ONE})(?:月份?|季度?)?[、,和及与\-—–~至到])*第?(?:{_ONE})(?:月|季度?)"
)
_LISTED = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?=年|[-./]\d|\d\d(?!\d)|[上下第Q])(?:年度?|[-./])?|(?P<short>\d\d)年"
    r"|(?P<half>[上下])(?:半年|(?=[、,和及与][上下]半年))|(?P<whole>[全整]年)"
    rf"|第?Q?(?P<number>{_ONE})|(?P<unit>月份?|季度?)|(?P<to>[-—–~至到])|(?P<beside>[、,./;和及与+])"
)
_LONG = {"月": 1, "季": 3}


def months_listed(said: str) -> list[tuple[int | None, int]]:
    """The months of a text that says nothing else, each with its year where told: 1月、3月, 2025年12月-2026年2月.

    A unit holds for the numbers before it, months where none is written. Empty where anything else is said, or where
    a span goes backwards.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", said)).translate(SMALL)
    found: list[_Listed] = []
    year, joined, place = None, "", 0
    while place < len(plain):
        part = _LISTED.match(plain, place)
        if part is None:
            return []
        kind, text, place = part.lastgroup or "", part[0], part.end()
        if kind in ("year", "short"):
            year = int(part[kind]) + (2000 if kind == "short" else 0)
        elif kind in ("half", "whole"):
            first, last = {"上": (1, 6), "下": (7, 12)}.get(text[0], (1, 12))
            found.append(_Listed(year, first, last, "月", joined))
        elif kind == "number":
            if found and not found[-1].unit and not joined:
                return []  # 13月
            number = _number(part["number"])
            found.append(_Listed(year, number, number, "季" if "Q" in text else "", joined))
        elif kind == "unit":
            for item in found:
                item.unit = item.unit or text[0]
        elif not found or place == len(plain) or (text == "." and year):
            return []  # 2026.1.3 is a day
        joined = kind if kind in ("to", "beside") else joined if kind in ("year", "short") else ""
    if found[1:] and not found[-1].unit and not found[-1].joined:
        return []  # 3月5
    return _months_of_list(found)


@dataclass
class _Listed:
    """One number of a list, or a half of a year, and how it is joined to the one before it."""

    year: int | None
    first: int
    last: int
    unit: str
    joined: str

    def months(self) -> tuple[int, int]:
        """The first and the last month."""
        long = _LONG[self.unit or "月"]
        return long * (self.first - 1) + 1, long * self.last


def _months_of_list(found: Sequence[_Listed]) -> list[tuple[int | None, int]]:
    listed: list[tuple[int | None, int]] = []
    for number, item in enumerate(found):
        year, (first, last) = item.year, item.months()
        if last > 12:
            return []
        if item.joined == "to" and number:
            before = found[number - 1]
            if item.year and not before.year:
                return []
            year, first = before.year, before.months()[1] + 1
            last += 12 * ((item.year or 0) - (before.year or 0))
        if first > last:
            return []
        for month in range(first, last + 1):
            listed.append((year and year + (month - 1) // 12, (month - 1) % 12 + 1))
    return list(dict.fromkeys(listed))


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
    return list(_years_told(title))


@lru_cache(maxsize=64)  # every row of a table has its title
def _years_told(title: str) -> tuple[int, ...]:
    plain = _WHEN_MADE.sub(" ", unicodedata.normalize("NFKC", title).translate(SMALL))
    plain = _IN_NUMERALS.sub(lambda found: counted(re.sub("[○Oo]", "〇", found[0])), plain)
    plain = _YEARS.sub(r"\1年\2年", plain)
    day = r"(?:19|20)\d\d *(?:年 *\d{1,2} *月 *\d{1,2} *[日号]?(?! *月)|[-./] *\d{1,2} *[-./] *\d{1,2} *[日号]?)"
    plain = re.sub(day, " ", plain)
    plain = re.sub(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", " ", plain)
    return tuple(sorted({int(found[1]) for found in _YEAR_WORD.finditer(plain)}))


def year_over(banner: str) -> int | None:
    """The one year that the line over rows tells: 2025年度, 2025年12月; None for none."""
    years = years_told(re.sub(r"\d{1,2}月.*", "", banner))
    return years[0] if len(years) == 1 else None
