"""A heading that tells a month or a quarter, in every way in which offices write one; and the year of a table."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_CHINESE = {word: number for number, word in enumerate(NUMERALS, 1)} | {"元": 1, "正": 1, "〇一": 1}
_MONTH = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)(?:年度?|[-./]))?(?P<month>0?[1-9]|1[0-2]|十[一二]?|[一二三四五六七八九元])月(?:份)?(?P<rest>.*)"
)
_DATED = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年|[-./])?(?P<month>0[1-9]|1[0-2]|(?<=[-./年])[1-9])(?:[-./]0?1(?: ?0?0:00(?::00)?)?)?"
)
_QUARTER = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年?)?第?(?P<quarter>[一二三四1-4])季度?(?P<rest>.*)|Q(?P<q>[1-4])(?P<qrest>.*)"
)


@dataclass(frozen=True)
class ToldMonth:
    """A month (code m1 … m12) or a quarter (q1 … q4) of a heading, its year where told, and the words behind it."""

    code: str
    year: int | None
    rest: str


def month_of(word: str) -> ToldMonth | None:
    """What a heading tells of a month; None when it tells none. 2026.1 alone is no month: it may be October."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", word))
    if plain.isdecimal() and len(plain) < 3:
        return ToldMonth(f"m{int(plain)}", None, "") if 1 <= int(plain) <= 12 else None
    if found := _MONTH.fullmatch(plain):
        month = found["month"]
        number = int(month) if month.isdecimal() else _CHINESE[month]
        return ToldMonth(f"m{number}", int(found["year"]) if found["year"] else None, found["rest"])
    if found := _QUARTER.fullmatch(plain):
        told = found["quarter"] or found["q"]
        number = int(told) if told.isdecimal() else _CHINESE[told]
        year = int(found["year"]) if found["year"] else None
        return ToldMonth(f"q{number}", year, found["rest"] or found["qrest"] or "")
    if found := _DATED.fullmatch(plain):
        return ToldMonth(f"m{int(found['month'])}", int(found["year"]), "")
    if plain in _CHINESE and plain not in ("元", "正"):
        return ToldMonth(f"m{_CHINESE[plain]}", None, "")
    return None


_YEAR_WORD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:年度?(?! *\d{1,2} *月 *\d{1,2})|(?=[^\d.\-/年]|$))")


def years_told(title: str) -> list[int]:
    """The years that the words of a table name, each once: of file, sheet and title.

    A day (2026年1月8日) is when something was made, not the year of a register.
    """
    plain = unicodedata.normalize("NFKC", title)
    day = r"(?:19|20)\d\d *(?:年 *\d{1,2} *月 *\d{1,2} *[日号]?(?! *月)|[-./] *\d{1,2} *[-./] *\d{1,2} *[日号]?)"
    plain = re.sub(day, " ", plain)
    plain = re.sub(r"(制表|填表|填报|打印|统计|导出|更新)(日期|时间)?\s*[:：]?\s*(?:19|20)\d\d\S*", " ", plain)
    plain = re.sub(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", " ", plain)
    return sorted({int(found[1]) for found in _YEAR_WORD.finditer(plain)})
