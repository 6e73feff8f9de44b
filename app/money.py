"""Amounts of money: kept in 分, read and written in yuan. No floats."""

from __future__ import annotations

from app.decimals import read_fixed


def read_fen(text: str) -> int:
    """An amount in yuan as typed → 分; raises ValueError in Chinese. No floats: 36.205 is refused."""
    said = text.strip()
    plain = said.replace(",", "").replace("，", "").removesuffix("元").strip()
    finer = "多于两位小数，金额最小到分"
    return read_fixed(plain, 2, 9, said=said, wrong="不是金额，请写成 108 或 108.50", finer=finer)


def yuan(fen: int) -> str:
    """An amount of 分 in yuan with two decimals, for reading: 1,234.50."""
    return f"{fen // 100:,}.{fen % 100:02}"
