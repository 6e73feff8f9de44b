"""Scores: kept in tenths of a point, read and written as points. No floats."""

from __future__ import annotations


def read_points(text: str) -> int:
    """A score in points as typed → tenths; raises ValueError in Chinese. 8.25 is refused."""
    plain = text.strip().removesuffix("分").strip()
    whole, _, tenth = plain.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (tenth and not (tenth.isascii() and tenth.isdigit())):
        raise ValueError(f"“{text.strip()}”不是分数，请写成 8 或 8.5")
    if len(tenth.rstrip("0")) > 1:
        raise ValueError(f"“{text.strip()}”多于一位小数，分数最小到 0.1 分")
    if len(whole) > 4:
        raise ValueError(f"“{text.strip()}”太大，请核对")
    return int(whole) * 10 + int((tenth + "0")[:1])


def points(tenths: int) -> str:
    """A score of tenths in points, for reading: 8, 8.5, -0.5."""
    sign, value = ("-", -tenths) if tenths < 0 else ("", tenths)
    return f"{sign}{value // 10}" + (f".{value % 10}" if value % 10 else "")
