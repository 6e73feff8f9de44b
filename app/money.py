"""Amounts of money: kept in 分, read and written in yuan. No floats."""

from __future__ import annotations


def read_fen(text: str) -> int:
    """An amount in yuan as typed → 分; raises ValueError in Chinese. No floats: 36.205 is refused."""
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("元").strip()
    whole, _, cents = plain.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (cents and not (cents.isascii() and cents.isdigit())):
        raise ValueError(f"“{text.strip()}”不是金额，请写成 108 或 108.50")
    if len(cents.rstrip("0")) > 2:
        raise ValueError(f"“{text.strip()}”多于两位小数，金额最小到分")
    if len(whole) > 9:
        raise ValueError(f"“{text.strip()}”太大，请核对")
    return int(whole) * 100 + int((cents + "00")[:2])


def yuan(fen: int) -> str:
    """An amount of 分 in yuan with two decimals, for reading: 1,234.50."""
    return f"{fen // 100:,}.{fen % 100:02}"
