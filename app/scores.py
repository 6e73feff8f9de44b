"""Scores: kept in tenths of a point, read and written as points. No floats."""

from __future__ import annotations

from app.decimals import read_fixed


def read_points(text: str) -> int:
    """A score in points as typed → tenths; raises ValueError in Chinese. 8.25 is refused."""
    said = text.strip()
    plain = said.removesuffix("分").strip()
    finer = "多于一位小数，分数最小到 0.1 分"
    return read_fixed(plain, 1, 4, said=said, wrong="不是分数，请写成 8 或 8.5", finer=finer)


def points(tenths: int) -> str:
    """A score of tenths in points, for reading: 8, 8.5, -0.5."""
    sign, value = ("-", -tenths) if tenths < 0 else ("", tenths)
    return f"{sign}{value // 10}" + (f".{value % 10}" if value % 10 else "")
