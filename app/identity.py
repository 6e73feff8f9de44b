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


def fault_of(number: str, today: date) -> str:
    """What is wrong with an identity number, in Chinese; empty when it is sound (GB 11643-1999)."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return f"身份证号应为 18 位，现在是 {len(number)} 位" if len(number) != 18 else "身份证号只能是数字，末位可为 X"
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    expected = "10X98765432"[total % 11]
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "身份证号里的出生日期不存在"
    if born > today:
        return "身份证号里的出生日期在今天之后"
    return "" if number[17] == expected else f"身份证号校验位不对，末位应为 {expected}，请核对"


def birth_of(number: str) -> PartialDate:
    """The birth date in a sound identity number."""
    return PartialDate(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def is_male(number: str) -> bool:
    """Whether a sound identity number is a man's: its sequence number is odd."""
    return int(number[16]) % 2 == 1
