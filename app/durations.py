"""时长: how long something took, as people write it, in minutes."""

from __future__ import annotations

import re
from decimal import Decimal

# Custom, not a rule (`study_hours`): a day of training is eight hours, half a day four; one 学时 is an hour.
MINUTES = {"分": 1, "分钟": 1, "": 1, "时": 60, "小时": 60, "学时": 60, "天": 8 * 60, "日": 8 * 60}
WRITTEN = re.compile(r"(半|\d+(?:\.\d+)?)\s*(分钟|分|小时|学时|时|天|日|)")


def read_minutes(text: str) -> int:
    """90, 1.5小时, 2天, 半天, 4学时 → minutes. Raises ValueError in Chinese."""
    plain = text.strip().replace("．", ".")
    found = WRITTEN.fullmatch(plain)
    if not found:
        raise ValueError("请填分钟数，也可以写 1.5 小时、半天、2 天（一天按 8 学时）")
    number = Decimal("0.5") if found[1] == "半" else Decimal(found[1])
    minutes = number * MINUTES[found[2]]
    if minutes != int(minutes):
        raise ValueError("请填整分钟")
    return int(minutes)
