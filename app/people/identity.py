"""身份证号: the citizen identity number by GB 11643-1999."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from app.dates import PartialDate

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def read_id_number(text: str) -> str:
    """An identity number without spaces and with a capital X, full-width digits made plain (GB 11643)."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def from_15_digits(number: str) -> str:
    """The 18-digit form of an old 15-digit number: 19 after the sixth digit, then the check character.

    Raises ValueError in Chinese when its date does not exist.
    """
    body = f"{number[:6]}19{number[6:]}"
    try:
        date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    except ValueError:
        raise ValueError("15 位身份证号里的出生日期不存在") from None
    return body + _check_character(body)


def _check_character(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def masked(number: str) -> str:
    """An identity number for the screen and for print: 430199********1234."""
    return f"{number[:6]}********{number[-4:]}" if len(number) == 18 else number


def masked_phone(number: str) -> str:
    """A phone number for a copy that is posted: 138****5678."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 8 else number


# Provinces by the first two digits of GB/T 2260; 91 is for foreigners with permanent residence.
_REGIONS = (
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
    71,
    81,
    82,
    83,
    91,
)
_EARLIEST = date(1900, 1, 1)


def fault_of(number: str, today: date) -> str:
    """What is wrong with an identity number, in Chinese; empty when it is sound (GB 11643-1999)."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return f"身份证号应为 18 位，现在是 {len(number)} 位" if len(number) != 18 else "身份证号只能是数字，末位可为 X"
    expected = _check_character(number)
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "身份证号里的出生日期不存在"
    if born > today:
        return "身份证号里的出生日期在今天之后"
    if int(number[:2]) not in _REGIONS:
        return f"身份证号开头的地区代码 {number[:2]} 不存在，请核对"
    return "" if number[17] == expected else f"身份证号校验位不对，末位应为 {expected}，请核对"


def doubt_of(number: str, today: date) -> str:
    """What is wrong or cannot be with an identity number: a sound one of somebody born before 1900 too."""
    fault = fault_of(number, today)
    if not fault and birth_of(number).first < _EARLIEST:
        return f"身份证号里的出生日期早于 {_EARLIEST.year} 年，请核对"
    return fault


def birth_of(number: str) -> PartialDate:
    """The birth date in a sound identity number."""
    return PartialDate(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def is_male(number: str) -> bool:
    """Whether a sound identity number is a man's: its sequence number is odd."""
    return int(number[16]) % 2 == 1
