"""Numbers as documents write them: 3, ３, 三, 十二, 四十, 两, 一百二十."""

from __future__ import annotations

import re

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SCALES = {"十": 10, "百": 100, "千": 1000}
CHINESE = "[〇零一二两三四五六七八九十百千]"
NUMBER = rf"(?:\d+(?:\.\d+)?|{CHINESE}+)"
_LIKE = str.maketrans("０１２３４５６７８９％．：；，（）－～“”", "0123456789%.：；，（）—~“”") | str.maketrans(
    {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，", "～": "~", "–": "—", "―": "—", "-": "—", "﹣": "—"}
)


def level(text: str) -> str:
    """A text with digits and signs in one form, character for character as long as it was."""
    return text.translate(_LIKE)


def read_number(text: str) -> float | None:
    """A number in digits or Chinese numerals; None where it is none."""
    told = level(text).strip()
    if re.fullmatch(r"\d+(\.\d+)?", told):
        return float(told)
    if not re.fullmatch(rf"{CHINESE}+", told):
        return None
    if not any(char in SCALES for char in told):
        return float("".join(str(DIGITS[char]) for char in told))
    total, digit = 0, 0
    for char in told:
        if char in SCALES:
            total += (digit or 1) * SCALES[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return float(total + digit)
