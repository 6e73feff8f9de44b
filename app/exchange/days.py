"""A cell that tells a day: every way in which offices write one, and whether it can be read in one way only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from app.dates import WEEKDAYS, PartialDate
from app.exchange.clocks import PART, times_in
from app.exchange.raw import Cell, text_of
from app.exchange.reading import Reading, Sure, exact, says_nothing
from app.numerals import SMALL

FOUNDED = date(1921, 7, 23)
"""The day on which the first congress met: nobody joined before."""
ADVICE = "请写成 2026-07-01 这样"
SERIALS = range(10_000, 60_000)
"""The numbers under which spreadsheets keep the days of 1927 to 2064."""


@dataclass(frozen=True)
class Span:
    """Between which days a day of a table can lie, inclusive, and the year that the table itself is of."""

    first: date
    last: date
    year: int | None = None


@dataclass(frozen=True)
class When:
    """A day as exact as it was told, with begin and end of what happened where they stand beside it."""

    day: PartialDate
    start: time | None = None
    end: time | None = None


@lru_cache(maxsize=4096, typed=True)  # the days of a table come again and again
def read_when(cell: Cell, span: Span) -> Reading[When] | None:
    """What a cell tells of a day; None when it is empty; raises ValueError in Chinese.

    Of several readings those count that exist and lie in the span; one is read, several are asked.
    """
    said = text_of(cell)
    if isinstance(cell, datetime):
        at = cell.time().replace(second=0, microsecond=0)
        return _within(said, [When(PartialDate.of(cell.date()), at if at != time() else None)], span)
    if isinstance(cell, date):
        return _within(said, [When(PartialDate.of(cell))], span)
    if isinstance(cell, time | bool):
        raise ValueError(f"“{said}”里没有日期，{ADVICE}")
    if isinstance(cell, int | float):
        return _of_number(said, float(cell), span)
    text = _halved(said)
    if says_nothing(text):
        return None
    return _of_text(said, text, span)


@lru_cache(maxsize=4096, typed=True)
def read_partial_day(cell: Cell, span: Span) -> Reading[PartialDate] | None:
    """A day as exact as it was told; a time of day beside it is left aside."""
    told = None if cell is None else read_when(cell, span)
    if told is None:
        return None
    return Reading(told.said, told.value.day if told.value else None, told.sure, told.why, told.others)


def _halved(said: str) -> str:
    text = unicodedata.normalize("NFKC", said).strip()
    text = (
        re.sub(r"\s+", " ", text)
        .replace("○", "〇")
        .replace("Ο", "〇")
        .strip("'`\"")
        .rstrip("。;,、")
        .removeprefix("公元")
    )
    text = _DASHED.sub(lambda m: re.sub(r"\D+", "-", m[0]), text)
    return re.sub(r"(?<=\d)[oO](?=[\d.\-/年])", "0", text)


def _in(day: PartialDate, span: Span) -> bool:
    return day.first <= span.last and span.first <= day.last


def _within(said: str, found: Iterable[When], span: Span, why: str = "", sure: Sure = Sure.LITERAL) -> Reading[When]:
    """The one reading that lies in the span; several are asked, none is refused."""
    possible = sorted(set(found), key=lambda item: (item.day.first, item.day))
    fitting = [item for item in possible if _in(item.day, span)]
    if not possible:
        raise ValueError(f"“{said}”不是存在的日期")
    if not fitting:
        day = min((item.day for item in possible), key=lambda item: abs((item.first - span.last).days))
        if day.first > span.last:
            raise ValueError(f"“{said}”是 {day}，日期在今天之后")
        bound = "1921 年 7 月" if span.first == FOUNDED else f"{span.first.year} 年"
        raise ValueError(f"“{said}”是 {day}，早于 {bound}，请核对")
    if len(fitting) > 1:
        own = [item for item in fitting if item.day.year == span.year]
        if len(own) == 1:
            return Reading(said, own[0], Sure.READ)
        words = tuple(str(item.day) for item in fitting)
        why = f"可以是 {'，也可以是 '.join(words)}，请选一个"
        # Of 1926 and 2026 somebody may have been born in the first; what was done was done in the second.
        century = span.first >= FOUNDED and fitting[-1].day.year - fitting[0].day.year == 100
        likely = fitting[-1 if century else 0]
        others = tuple(str(item.day) for item in fitting if item is not likely)
        return Reading(said, likely, Sure.ASKED, why, others)
    return Reading(said, fitting[0], sure, why)


def _made(year: int, month: int = 0, day: int = 0) -> Iterator[PartialDate]:
    try:
        if year and (month or not day):
            yield PartialDate(year, month, day)
    except ValueError:
        return


# --- numbers --------------------------------------------------------------------------------------------


def _of_number(said: str, number: float, span: Span) -> Reading[When]:
    value = exact(number)
    whole, rest = int(value), value % 1
    if rest == 0:
        return _within(said, _of_digits(str(whole)), span, sure=Sure.READ)
    if whole in SERIALS:
        minutes = round(float(rest) * 24 * 60)
        at = datetime.combine(_serial(whole), time()) + timedelta(minutes=minutes)
        return _within(said, [When(PartialDate.of(at.date()), at.time())], span, sure=Sure.READ)
    return _year_and_month(said, f"{value.normalize():f}", span)


def _year_and_month(said: str, text: str, span: Span) -> Reading[When]:
    """1998.5 is May; 1998.1 is January or, where a final zero was lost, October."""
    year, _, month = text.partition(".")
    if not re.fullmatch(r"\d{4}", year) or not re.fullmatch(r"\d{1,2}", month):
        raise ValueError(f"“{said}”看不出是哪一天，{ADVICE}")
    if month != "1":
        return _within(said, map(When, _made(int(year), int(month))), span, sure=Sure.READ)
    possible = [When(day) for number in (1, 10) for day in _made(int(year), number)]
    reading = _within(said, possible, span)
    if reading.sure is not Sure.ASKED:  # October would lie after today
        return Reading(said, reading.value, Sure.READ)
    return Reading(said, reading.value, Sure.ASKED, "分不清是 1 月还是 10 月，请选一个", reading.others)


def _serial(number: int) -> date:
    return date(1899, 12, 30) + timedelta(days=number)


def _of_digits(text: str) -> list[When]:
    """Every day that a row of digits may mean."""
    found: list[PartialDate] = []
    if len(text) == 4:
        found += _made(int(text))
    if len(text) == 5:
        if int(text) in SERIALS:
            found.append(PartialDate.of(_serial(int(text))))
        found += _made(int(text[:4]), int(text[4])) if text[4] != "0" else ()
    if len(text) == 6:
        found += _made(int(text[:4]), int(text[4:])) if text[4:] != "00" else ()
        for century in (1900, 2000):
            found += _made(century + int(text[:2]), int(text[2:4]), int(text[4:])) if text[4:] != "00" else ()
    if len(text) == 7:
        found += _made(int(text[:4]), int(text[4]), int(text[5:])) if text[5:] != "00" else ()
        found += _made(int(text[:4]), int(text[4:6]), int(text[6])) if text[6] != "0" else ()
    if len(text) == 8:
        if text[6:] != "00":
            found += _made(int(text[:4]), int(text[4:6]), int(text[6:]))
        elif text[4:6] != "00":
            found += _made(int(text[:4]), int(text[4:6]))
        else:
            found += _made(int(text[:4]))
    if len(text) in (12, 14):
        at = _clock(text[8:10], text[10:12])
        return [When(day, at if at != time() else None) for day in _made(int(text[:4]), int(text[4:6]), int(text[6:8]))]
    return [When(day) for day in found]


# --- words ----------------------------------------------------------------------------------------------

NUMERALS = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_RUN = re.compile(r"[〇零一二三四五六七八九十廿卅]+")
_DASHED = re.compile(r"^\d{4}(?: ?[—–―‐‑−─]{1,2} ?\d{1,2}){1,2}(?!\d| ?[月:时点])")
"""2010—7—1, as an input method makes of the minus."""
_WEEKDAY = re.compile(r"[(\[【]?(?:星期|周|礼拜)([一二三四五六日天])[)\]】]?")
_SEP = r" ?[-./、,。·\\ ] ?"
_WHOLE = re.compile(
    rf"(\d{{4}}|\d{{2}})(?: ?年 ?|{_SEP})(\d{{1,2}})(?: ?月 ?|{_SEP})(\d{{1,2}})(?!\d| ?月| ?[:时点]) ?[日号]?"
)
_MONTH = re.compile(rf"(\d{{4}}|\d{{2}}(?= ?年))( ?年 ?|{_SEP})(\d{{1,2}})(?![\d:]| ?[日号]) ?月?(?:份)?")
_YEAR = re.compile(r"(\d{4})(?!\d) ?年?|(\d{2}) ?年")
_TURNED = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?!\d)")
_SHORT = re.compile(rf"(\d{{1,2}})(?: ?月 ?|{_SEP})(\d{{1,2}})(?!\d) ?[日号]?")
_SHORT_MONTH = re.compile(r"(\d{1,2}) ?月(?:份)?")
_SECOND = re.compile(
    rf" ?[-—–~至到/] ?(?:{_WHOLE.pattern}|{_SHORT.pattern}|\d{{1,2}} ?[日号])| ?[、和及,] ?\d{{1,2}} ?[日号]"
)
_MORE_DAYS = re.compile(r"\d{4}|\d ?[-./] ?\d|\d ?[月日号]|^或|[A-Za-z]{3}")
"""What stands behind a day and is another one, that nobody can choose between but who wrote them."""
_VAGUE = re.compile(
    r"[约许?]|大概|左右|前后|上旬|中旬|下旬|[初底末春夏秋冬]|年代|^代|[以之]?前|以后|不确定|待核|农历|阴历"
)
_ANOTHER = re.compile(r"拟|预计|计划|待|应当?|将|未|取消|延长|推迟|改|到期|期满|届满|出生|去世|停止|退|离")
"""Words behind a day that make another fact of it than the column says: planned, called off, or of a birth."""


def _numerals(text: str) -> str:
    """Chinese numerals of a day as digits: 二〇二一年七月三十一日 → 2021年7月31日."""
    text = text.translate(SMALL).replace("元月", "1月")
    text = re.sub(r"(星期|周|礼拜)([一二三四五六])", lambda m: m[1] + "ABCDEF"["一二三四五六".index(m[2])], text)
    ends = max(text.rfind(char) for char in "年月日号") + 1 or len(text)  # behind it are remarks
    text = _RUN.sub(lambda m: counted(m[0]), text[:ends]) + text[ends:]
    return re.sub(r"(星期|周|礼拜)([A-F])", lambda m: m[1] + "一二三四五六"["ABCDEF".index(m[2])], text)


def counted(run: str) -> str:
    """A run of Chinese numerals as digits: 三十一 → 31, 二〇二一 → 2021; one that counts nothing is left as it is."""
    if not re.search("[十廿卅]", run):
        return "".join(str(NUMERALS[char]) for char in run)
    run = run.replace("廿", "二十").replace("卅", "三十")
    tens, _, ones = run.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return run
    return str(10 * (NUMERALS[tens] if tens else 1) + (NUMERALS[ones] if ones else 0))


def _of_text(said: str, text: str, span: Span) -> Reading[When]:
    if text.isdecimal():
        return _within(said, _of_digits(text), span, sure=Sure.READ) if len(text) > 3 else _unclear(said)
    if re.fullmatch(r"\d{5}\.\d+", text):
        return _of_number(said, float(text), span)
    if re.fullmatch(r"\d{4} ?\. ?\d{1,2}", text):
        return _year_and_month(said, text.replace(" ", ""), span)
    text = re.sub(r"(?<=\d)T(?=\d)", " ", _numerals(text))
    vague = bool(re.match(r"(大?约|大概) ?", text))
    text = re.sub(r"^(大?约|大概|自|于|从) ?", "", text)
    days, rest, why, sure = _core(said, text, span)
    if vague:
        why, sure = "写的是大约的日子，请核对", Sure.ASKED
    return _with_rest(said, days, rest, span, (why, sure))


def _unclear(said: str) -> Reading[When]:
    raise ValueError(f"“{said}”看不出是哪一天，{ADVICE}")


def _core(said: str, text: str, span: Span) -> tuple[list[PartialDate], str, str, Sure]:
    """The days that the beginning of a text may mean, what stands behind, and how sure the beginning is."""
    if found := _WHOLE.match(text):
        parts = int(found[2]), int(found[3])
        told = all(part or written == "00" for part, written in zip(parts, found.groups()[1:], strict=True))
        days = [day for year in _years(found[1]) for day in _made(year, *parts) if told]  # 2010.07.00 is July
        return days, text[found.end() :], "", Sure.READ
    if found := _TURNED.match(text):
        a, b, year = (int(part) for part in found.groups())
        days = [day for month, dom in {(a, b), (b, a)} for day in _made(year, month, dom) if month and dom]
        return days, text[found.end() :], "", Sure.READ
    if found := _MONTH.match(text):
        month = int(found[3])
        days = [day for year in _years(found[1]) for day in _made(year, month) if month]
        return days, text[found.end() :], "", Sure.READ
    if found := _YEAR.match(text):
        return [day for year in _years(found[1] or found[2]) for day in _made(year)], text[found.end() :], "", Sure.READ
    found = _SHORT.match(text) or _SHORT_MONTH.match(text)
    if found is None:
        _unclear(said)
        raise AssertionError
    days, why, sure = _without_year(found, span)
    return days, text[found.end() :], why, sure


def _without_year(found: re.Match[str], span: Span) -> tuple[list[PartialDate], str, Sure]:
    """3月9日 in the year of the table; 98.7, where the table has none, is a month of a year."""
    month, dom = int(found[1]), int(found[2]) if found.lastindex == 2 else 0
    if span.year:
        days = [day for day in _made(span.year, month, dom) if month]
        return days, f"没有写年份，按表上的 {span.year} 年", Sure.PROPOSED
    recent = (span.last.year, span.last.year - 1)
    days = [day for year in recent for day in _made(year, month, dom) if month and _in(day, span)][:1]
    months = _years(found[1]) if len(found[1]) == 2 and dom and "月" not in found[0] else ()
    by_month = [day for year in months for day in _made(year, dom)]
    if by_month and not days:
        return by_month, "", Sure.READ
    return [*days, *by_month], "没有写年份，请核对", Sure.ASKED


def _years(text: str) -> tuple[int, ...]:
    return (int(text),) if len(text) == 4 else (1900 + int(text), 2000 + int(text))


def _with_rest(said: str, days: list[PartialDate], rest: str, span: Span, told: tuple[str, Sure]) -> Reading[When]:
    """Weekday, time of day, second day and remark behind the day."""
    why, sure = told
    weekday = _WEEKDAY.search(rest)
    rest = _WEEKDAY.sub("", rest, count=1) if weekday else rest
    start, end, rest = times_in(said, rest)
    rest = PART.sub("", rest, count=1)
    second = _SECOND.match(rest)
    rest = _WEEKDAY.sub("", rest[second.end() :], count=1) if second else rest
    reading = _within(said, [When(day, start, end) for day in days], span, why, sure)
    reading = reading.doubt("写了几天，记第一天") if second else reading
    rest = rest.strip(" ,，。.;；、)(")
    if reading.value and weekday and reading.value.day.exact:
        named = "一二三四五六日".index(weekday[1].replace("天", "日"))
        real = reading.value.day.first.weekday()
        if named != real:
            reading = reading.doubt(f"写着星期{weekday[1]}，那一天是星期{WEEKDAYS[real]}", Sure.ASKED)
    if _VAGUE.search(rest):
        reading = reading.doubt(f"后面写着“{rest}”，日子不确定，请核对", Sure.ASKED)
    elif _ANOTHER.search(rest) or _MORE_DAYS.search(rest):
        reading = reading.doubt(f"后面写着“{rest}”，这一天是不是这一栏的日子，请核对", Sure.ASKED)
    elif rest:
        reading = reading.doubt(f"后面的“{rest}”没有记入")
    return reading


def _clock(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return time()
