"""Days to act by, as plans write them: 6月底前, 3月上旬, 第三季度末, 3月—6月; the year comes from the document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.dates import month_end
from app.documents.numbers import level, read_number

_M = r"(\d{1,2}|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?:(20\d\d)年|(明年|次年|翌年|今年|本年|当年))?\s*(?:的)?"
_TO = r"\s*(?:—+|~|至|到)\s*"
# The longer first: a span before the single day that ends it.
SPAN_DAYS = re.compile(rf"{_YEAR}{_M}月(\d{{1,2}})[日号]?{_TO}(?:(20\d\d)年)?(?:{_M}月)?(\d{{1,2}})[日号]")
SPAN_MONTHS = re.compile(
    rf"{_YEAR}{_M}月?(?:份|初|上旬|中旬|下旬)?{_TO}(?:(20\d\d)年|(明年|次年))?{_M}月(?:份)?(上旬|中旬|下旬|底|末)?"
)
DAY = re.compile(rf"{_YEAR}{_M}月(\d{{1,2}})[日号]")
POINT = re.compile(r"(?<![\d.])()()(\d{1,2})\.(\d{1,2})(?=日?之?前)")
"""6.30前"""
PART = re.compile(rf"{_YEAR}{_M}月(?:份)?(?:[上中]旬{_TO})?(上旬|中旬|下旬|底|末)")
MONTH = re.compile(rf"{_YEAR}{_M}月(?:份)?(?!底|末|上旬|中旬|下旬|\d)")
QUARTER = re.compile(rf"{_YEAR}(?:第?([一二三四1-4])季度)(末|底)?")
HALF = re.compile(rf"{_YEAR}(上半年|下半年)")
YEAR_END = re.compile(r"(?:(20\d\d)|(明|次|翌|今|本|当)?)(年底|年末)")
_RECURRING = re.compile(
    r"每个?(?:年|月|季度|季|周|半年|两个月)?(?:的)?(?:\d{1,2}月(?:\d{1,2}[日号]|份|底|初)?[、和及])*$|(?:各|逐|历)$"
)


@dataclass(frozen=True)
class ActBy:
    """A day to act by and where it stands in the text: the span of its characters."""

    due_on: date
    first: int
    last: int


def days_in(text: str, year: int | None, *, alone: bool = False) -> list[ActBy]:
    """The days to act by in a text, in order; none without a year, of the text's own or of the document.

    A day that comes again (每月25日前) is none. With `alone` the text is a deadline by itself, as in a table.
    """
    told = level(text)
    taken: list[tuple[int, int]] = []
    found: list[ActBy] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(told):
            first, last = match.span()
            first += len(match[0]) - len(match[0].lstrip())
            if any(first < end and begin < last for begin, end in taken):
                continue
            taken.append((first, last))
            if _RECURRING.search(told[max(0, first - 20) : first]) or _quoted(told, first):
                continue
            if not (alone or _asks(told, match)):
                continue
            # A document for several years: the year told last before it, in the same paragraph.
            day = read(match, year or _told_before(told, first))
            if day is not None:
                found.append(ActBy(day, first, last))
    return sorted(found, key=lambda item: item.first)


_OF_A_TIME = re.compile(
    r"(20\d\d)年(?!度?(?:发展|工作|党建|培训|学习|活动)?(?:计划|总结|要点|方案|安排|任务|报告|预算))"
)
"""A year in which something is to be done, not that of a paper: 研究2027年发展计划."""


def _told_before(text: str, at: int) -> int | None:
    found = [match for match in _OF_A_TIME.finditer(text, 0, at) if not _quoted(text, match.start())]
    return int(found[-1][1]) if found else None


def _quoted(text: str, at: int) -> bool:
    """Whether a place lies within quotation marks or the name of a paper."""
    before = text[:at]
    return before.count("“") > before.count("”") or before.count("《") > before.count("》")


_ACTS = (
    "开展|举行|举办|召开|组织|集中|完成|报送|上报|提交|制定|印发|进行|启动|安排|参加|自查|整改|治理|"
    "巩固|总结|推进|实施|落实|建立|部署|动员|评选|表彰|验收|检查|征集|公示|汇总|形成|学习|讨论|填报|"
    "送|交|报|讲|办|搞|做|选|开|组"
)


def _asks(text: str, match: re.Match[str]) -> bool:
    """Whether a time is one to act by: it says so, or an act follows, or it stands behind the name of a stage."""
    # 5月15日（周五）17:00前: what is told more exactly is no other day.
    after = re.sub(r"^（[^（）]{1,5}）", "", text[match.end() : match.end() + 60])
    after = re.sub(r"^\s*(?:上午|中午|下午)?(?:\d{1,2}[：:时点]\d{0,2}分?|下班)(?=之?前|[，在])", "", after)
    if re.match(r"[日号]?\s*(?:仍|尚)未", after):
        return False  # a condition: 截至10月31日仍未完成的
    begins = text[: match.start()].rstrip(" \u3000").endswith("\n") or match.start() == 0 or match[0].startswith("\n")
    if begins and match.re in (MONTH, QUARTER) and after.startswith("："):
        return True  # 一月份：“温暖过冬”主题党日
    if re.match(r"(?:\s*[、和及]\s*(?:\d{1,2}月)?\d{1,2}日)+\s*前", after):
        return True  # 3月25日、6月25日、12月25日前
    first = match.end() - len(match[0].lstrip())  # behind the end of the line that the match may begin with
    before = text[max(0, first - 12) : first]
    if match.re is MONTH and re.match(r"(?:[、和及]\d{1,2}月份?)+各", after):
        return True  # 4月、8月、12月各开展一次
    if re.search(r"(?:时限|期限|完成时间|截止时间|截止日期)[：为是]?\s*$", before):
        return True
    if match.re in (SPAN_DAYS, SPAN_MONTHS):
        return not re.match(r"\s*(?:期间)?的", after)
    if re.match(r"\s*(?:之前|以前|前|止|截止|内|之内|底)", after) or match.re in (PART, YEAR_END):
        return True
    if (
        re.search(
            r"(?:于|在|起至|至|到|[\d月度年][、和及]|截至|截止|时间|时限|限|月份|，|。|；|：|（|\n|^)\s*$", before
        )
        or match.start() == 0
    ):
        return (
            bool(re.match(rf"\s*[，、：]?(?:前后)?[^，。；]{{0,6}}(?:{_ACTS})|\s*[）]|\s*$", after)) or "时间" in before
        )
    return False


def _month(text: str) -> int | None:
    number = read_number(text)
    return int(number) if number and 1 <= number <= 12 else None


def _year(told: str | None, word: str | None, year: int | None) -> int | None:
    if told:
        return int(told)
    if year is None:
        return None
    return year + 1 if word and word[0] in "明次翌" else year


def _day(year: int | None, month: int | None, day: int) -> date | None:
    if year is None or month is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last(year: int | None, month: int | None, part: str | None = None) -> date | None:
    if year is None or month is None:
        return None
    tenth = {"上旬": 10, "中旬": 20}.get(part or "")
    return date(year, month, tenth) if tenth else month_end(year, month)


def _span_days(m: re.Match[str], year: int | None) -> date | None:
    first = _year(m[1], m[2], year)
    return _day(int(m[5]) if m[5] else first, _month(m[6] or m[3]), int(m[7]))


def _span_months(m: re.Match[str], year: int | None) -> date | None:
    first, begun, ended = _year(m[1], m[2], year), _month(m[3]), _month(m[6])
    told = _year(m[4], m[5], first) if m[4] or m[5] else first
    if told is not None and begun and ended and ended < begun and not (m[4] or m[5]):
        told += 1
    return _last(told, ended, m[7])


def _one_day(m: re.Match[str], year: int | None) -> date | None:
    return _day(_year(m[1], m[2], year), _month(m[3]), int(m[4]))


def _part(m: re.Match[str], year: int | None) -> date | None:
    return _last(_year(m[1], m[2], year), _month(m[3]), m[4])


def _whole_month(m: re.Match[str], year: int | None) -> date | None:
    return _last(_year(m[1], m[2], year), _month(m[3]))


def _quarter(m: re.Match[str], year: int | None) -> date | None:
    number = read_number(m[3])
    return _last(_year(m[1], m[2], year), 3 * int(number)) if number else None


def _half(m: re.Match[str], year: int | None) -> date | None:
    return _last(_year(m[1], m[2], year), 6 if m[3] == "上半年" else 12)


def _year_end(m: re.Match[str], year: int | None) -> date | None:
    return _last(_year(m[1], m[2], year), 12)


_READERS = (
    (SPAN_DAYS, _span_days),
    (SPAN_MONTHS, _span_months),
    (DAY, _one_day),
    (POINT, _one_day),
    (PART, _part),
    (MONTH, _whole_month),
    (QUARTER, _quarter),
    (HALF, _half),
    (YEAR_END, _year_end),
)


SIGNED = re.compile(r"^\s*(20\d\d|二[〇○0零]\S{2})\s*年\s*(\S{1,3}?)\s*月\s*\S{1,3}\s*日\s*(?:印发|发布|讨论通过)?\s*$")
_REPORTED = re.compile(
    r".{0,18}(?:组织生活会|民主生活会|民主评议|述职|年报)|考核|总结|汇报|报告|评议|工作情况|表彰|统计"
)


def year_of(title: str, lines: list[str]) -> int | None:
    """The year a document is about: of its title, signature, number, or of all its days; None where none is told.

    A year that it only reports on (2025年度组织生活会) is not its own.
    """
    told = level(title)
    for match in re.finditer(r"(?<![—至~])(20\d\d)\s*(年度?|—|至)?", told):
        reported = match[2] == "年度" and _REPORTED.match(told, match.end())
        if match[2] in ("年", "年度") and not reported:
            return int(match[1])
    if signed := signed_on(lines):
        return signed[0]
    for line in lines:
        if number := re.search(r"[〔\[（](20\d\d)[〕\]）]\s*\d+\s*号", level(line)):
            return int(number[1])
    # Else the one year that the text names with every day that has one.
    named = {match[1] for line in lines for match in _WITH_YEAR.finditer(_QUOTED.sub("", level(line)))}
    return int(named.pop()) if len(named) == 1 else None


_WITH_YEAR = re.compile(r"(20\d\d)年(?:\d{1,2}月|底|末|第?[一二三四]季度|[上下]半年)")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")


def signed_on(lines: list[str]) -> tuple[int, int] | None:
    """Year and month of the signature of a document; None where it has none."""
    for line in reversed(lines):
        if signed := SIGNED.match(level(line)):
            year, month = _signed_year(signed[1]), read_number(signed[2])
            return (year, int(month)) if year and month else None
    return None


def turned(due_on: str, quote: str, signed: tuple[int, int] | None) -> str:
    """A day, as ISO, by the signature: 1月10日前 in a document signed in December is of the year that follows."""
    day = date.fromisoformat(due_on)
    late = signed is not None and signed[0] == day.year and signed[1] >= 10 and day.month <= 6
    if not late or re.search(r"20\d\d年", level(quote)):
        return due_on
    last = month_end(day.year + 1, day.month)
    return (last if day == month_end(day.year, day.month) else day.replace(year=day.year + 1)).isoformat()


def _signed_year(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    digits = "".join(
        str(int(value))
        for char in text.replace("○", "〇").replace("0", "〇")
        if (value := read_number(char)) is not None
    )
    return int(digits) if len(digits) == 4 else None
