"""Numbers in Chinese: 大写 as on letters and receipts, where nobody can change them, and as chapters are counted."""

from __future__ import annotations

import re

from app.dates import PartialDate

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
SMALL = str.maketrans(DIGITS[1:] + "拾", "一二三四五六七八九十")
"""Capital numerals as those in which days and months are written: 贰 → 二."""


def digits(number: int) -> str:
    """Digit by digit, as years are written: 2026 → 贰零贰陆."""
    return "".join(DIGITS[int(char)] for char in str(number))


def number(value: int) -> str:
    """A whole number below 10^12: 90 → 玖拾, 1005 → 壹仟零伍."""
    if value == 0:
        return DIGITS[0]
    groups: list[int] = []
    while value:
        value, rest = divmod(value, 10000)
        groups.append(rest)
    text = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            continue
        if text and (group < 1000 or groups[place + 1] == 0):
            text += DIGITS[0]
        text += _group(group) + GROUPS[place]
    return text


def _group(value: int) -> str:
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (DIGITS[0] if gap else "") + DIGITS[digit] + UNITS[power]
        gap = False
    return text


def month(value: PartialDate) -> str:
    """A month: 2026-05 → 贰零贰陆年伍月, 2026-11 → 贰零贰陆年拾壹月."""
    return (
        f"{digits(value.year)}年{number(value.month).removeprefix('壹') if value.month > 9 else number(value.month)}月"
    )


def yuan(fen: int) -> str:
    """An amount: 12350 → 壹佰贰拾叁元伍角, 100 → 壹元整."""
    whole, cents = divmod(fen, 100)
    jiao, rest = divmod(cents, 10)
    text = f"{number(whole)}元" if whole else ""
    if not cents:
        return (text or "零元") + "整"
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif text:
        text += DIGITS[0]
    return text + (f"{DIGITS[rest]}分" if rest else "整" if not text.endswith("角") else "")


_CAPITAL = str.maketrans("〇○一二两三四五六七八九十百千", "零零壹贰贰叁肆伍陆柒捌玖拾佰仟") | str.maketrans(
    "圆圓園正萬億貳參陸", "元元元整万亿贰叁陆"
)
_IN_WORDS = re.compile(
    rf"(?:(?P<yuan>[{DIGITS}拾佰仟万亿]+)元)?零?(?:(?P<jiao>[{DIGITS}])角)?(?:(?P<fen>[{DIGITS}])分)?整?"
)
_PAIR = re.compile(rf"([{DIGITS}]?)([拾佰仟]?)([万亿]?)")


def fen_of(text: str) -> int | None:
    """An amount in Chinese numerals → 分: 壹佰贰拾叁元伍角, 十二元五角; None for anything else.

    What would be written otherwise is none: 一百二 is 102 to nobody.
    """
    told = re.sub("(?<![壹贰叁肆伍陆柒捌玖])拾", "壹拾", text.translate(_CAPITAL))
    found = _IN_WORDS.fullmatch(told)
    if found is None:
        return None
    parts = [DIGITS.index(part) if part else 0 for part in (found["jiao"], found["fen"])]
    value = 100 * _whole(found["yuan"] or "") + 10 * parts[0] + parts[1]
    return value if value and yuan(value).removesuffix("整") == told.removesuffix("整") else None


def _whole(told: str) -> int:
    value = group = 0
    for digit, unit, of_groups in _PAIR.findall(told):
        group += (DIGITS.index(digit) if digit else 0) * 10 ** UNITS.index(unit)
        if of_groups:
            value, group = value + group * 10000 ** GROUPS.index(of_groups), 0
    return value + group


def counted(number: int) -> str:
    """A number below 100 as chapters are counted: 1 → 一, 12 → 十二, 20 → 二十."""
    digits = "〇一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


_COUNTED = {counted(number): number for number in range(100)}


def count_of(run: str) -> int | None:
    """A number below 100 as chapters and people are counted: 一 → 1, 两 → 2, 二十一 → 21; None for anything else."""
    return _COUNTED.get(run.replace("两", "二"))


def month_span(number: int) -> str:
    """A span of months as it is said: 1 → 一个月, 6 → 六个月, 12 → 一年, 24 → 两年, 18 → 十八个月."""
    years, rest = divmod(number, 12)
    if rest or not years:
        return f"{'两' if number == 2 else counted(number)}个月"
    return f"{'两' if years == 2 else counted(years)}年"


def times(number: int) -> str:
    """How often: 1 → 一次, 2 → 两次, 12 → 十二次."""
    return f"{'两' if number == 2 else counted(number)}次"
