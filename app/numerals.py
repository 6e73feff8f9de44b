"""Numbers in Chinese: 大写 as on letters and receipts, where nobody can change them, and as chapters are counted."""

from __future__ import annotations

from app.dates import PartialDate

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


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


def counted(number: int) -> str:
    """A number below 100 as chapters are counted: 1 → 一, 12 → 十二, 20 → 二十."""
    digits = "〇一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def month_span(number: int) -> str:
    """A span of months as it is said: 1 → 一个月, 6 → 六个月, 12 → 一年, 24 → 两年, 18 → 十八个月."""
    years, rest = divmod(number, 12)
    if rest or not years:
        return f"{'两' if number == 2 else counted(number)}个月"
    return f"{'两' if years == 2 else counted(years)}年"


def times(number: int) -> str:
    """How often: 1 → 一次, 2 → 两次, 12 → 十二次."""
    return f"{'两' if number == 2 else counted(number)}次"
