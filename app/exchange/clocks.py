"""A text or a cell that tells a time of day, or when something began and ended, in every way offices write it."""

from __future__ import annotations

import re
from datetime import datetime, time

from app.exchange.raw import Cell, text_of
from app.exchange.reading import NOTHING, Reading, Sure, plain
from app.numerals import SMALL, count_of

Times = tuple[time | None, time | None]
"""When something begins and when it ends."""
_HALF_OF_A_DAY = r"(凌晨|清晨|早上|早|上午|中午|下午|午后|傍晚|晚上|晚间|晚|夜|AM|PM|am|pm)"
_HALF = f"{_HALF_OF_A_DAY}?"
_LATER = ("下午", "午后", "傍晚", "晚上", "晚间", "晚", "夜", "PM", "pm")
_HALF_OUTSIDE = re.compile(rf"{_HALF_OF_A_DAY} ?\((\d[^()]*)\)")
"""下午(5:30): the half of the day stands before the bracket."""
_CLOCK = r"(?::(\d{2})(?::\d{2}(?:\.\d+)?)?|[时点] ?(?:(\d{1,2}) ?分?|(半)|整)?|(?= ?[-—–~至到] ?\d{1,2} ?[:时点]))"
_TIME = re.compile(rf"{_HALF} ?(\d{{1,2}}) ?{_CLOCK} ?{_HALF}")
PART = re.compile(r"[(\[]?(全天|凌晨|清晨|早上|上午|中午|下午|午后|傍晚|晚上|晚间|晚)[)\]]?")
"""A part of a day without an hour."""
_IN_NUMERALS = re.compile(
    r"(?:^|(?<=[午后上晚早间日号点时至到\s)—–-]))[一二三四五六七八九十两]+(?=[点时][^间候]|[点时]$|分)"
)
_ROUGH = re.compile(r"许|左右|前后|开始|准时|正式|起|大?约|开会")
_BARE = re.compile(r"(\d{2})\.?(\d{2})|(\d)\.(\d{2})")
_NONE = "不是时间，请写成 15:00 或 15:00-16:30"


def times_in(said: str, text: str) -> tuple[time | None, time | None, str]:
    """When something begins and ends by a text, and what else the text says; raises ValueError for 25:00."""
    text = _IN_NUMERALS.sub(lambda found: str(count_of(found[0]) or found[0]), text.translate(SMALL))
    text = _HALF_OUTSIDE.sub(r"\1\2", text)
    found = _TIME.search(text)
    if found is None:
        return None, None, text
    before, after = text[: found.start()], text[found.end() :]
    start, half = _time_of(said, found), found[1] or found[6]
    between = re.match(r" ?[-—–~至到] ?", after)
    second = _TIME.match(after, between.end()) if between else None
    if second is None:
        return (start if start != time() else None), None, before + after
    return start, _time_of(said, second, half), before + after[second.end() :]


def _time_of(said: str, found: re.Match[str], half: str | None = None) -> time:
    hour, minute = int(found[2]), int(found[3] or found[4] or (30 if found[5] else 0))
    told = found[1] or found[6] or half
    if told in _LATER and hour < 12:
        hour += 12
    if told == "中午" and hour < 11:
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError(f"“{said}”里的时刻不存在") from None


def is_clock(cell: Cell) -> bool:
    """Whether a cell tells a time of day and no day."""
    if isinstance(cell, time):
        return True
    if isinstance(cell, float):
        return 0 < cell < 1
    try:
        begins, _, rest = times_in("", plain(cell)) if isinstance(cell, str) else (None, None, "")
    except ValueError:
        return False
    return begins is not None and not rest.strip(" ,、;()。")


def read_times(cell: Cell) -> Reading[Times] | None:
    """When something begins and ends by a column of its own: 14:30-16:00, 下午3点; raises ValueError in Chinese.

    None where the cell is empty; 上午 tells no hour and leaves it open, which is listed.
    """
    said = text_of(cell)
    if isinstance(cell, datetime | time):
        at = cell.time() if isinstance(cell, datetime) else cell
        return Reading(said, (at.replace(second=0, microsecond=0), None))
    text = re.sub(r"\s+", " ", plain(cell)).strip("'`\"。;,、 ")
    share = cell if isinstance(cell, float) else float(text) if re.fullmatch(r"0?\.\d+", text) else 0
    if 0 < share < 1:
        return Reading(said, (time(*divmod(round(share * 24 * 60) % (24 * 60), 60)), None), Sure.READ)
    if text in NOTHING:
        return None
    begins, ends, rest = times_in(said, text)
    rest = rest.strip(" ,、;()。")
    if begins is None:
        return _without_hour(said, text)
    if not rest:
        return Reading(said, (begins, ends), Sure.READ)
    more, last, rest_of_more = times_in(said, rest)
    if more is not None and not rest_of_more.strip(" ,、;()和及"):
        until = last if ends else None
        why = f"写了两段时间，按 {begins:%H:%M} 至 {until:%H:%M}" if until else "写了两个时间，记第一个"
        return Reading(said, (begins, until), Sure.PROPOSED, why)
    if _ROUGH.sub("", rest):
        raise ValueError(f"“{said}”{_NONE}")
    return Reading(said, (begins, ends), Sure.PROPOSED, f"“{rest}”没有记入")


def _without_hour(said: str, text: str) -> Reading[Times]:
    """A part of a day alone, or an hour and its minutes with no mark or a full stop between: 上午, 1430, 14.30."""
    if PART.fullmatch(text):
        return Reading(said, (None, None), Sure.PROPOSED, f"“{said}”没有写几点，时间空着")
    found = _BARE.fullmatch(text)
    hour, minute = (int(part) for part in found.groups() if part) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"“{said}”{_NONE}")
    return Reading(said, (time(hour, minute), None), Sure.PROPOSED, f"按 {hour}:{minute:02}")
