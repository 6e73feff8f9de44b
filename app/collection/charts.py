"""The charts of a committee: meetings and dues of all branches by month, with the branches that stand behind a bar."""

from __future__ import annotations

from app.chart_data import Bar, ChartData
from app.collection.collection import Collection
from app.record import Record


def charts(collection: Collection, year: int) -> list[ChartData]:
    """Both charts of a year; a bar opens the branches that held nothing, or whose dues are not complete."""
    months = {row[0]: row[1:] for row in collection.ask("months", year=year)}
    idle: dict[int, list[int]] = {}
    behind: dict[int, list[int]] = {}
    for month, source, none_held, not_paid in collection.ask("month_branches", year=year):
        for number, told in ((none_held, idle), (not_paid, behind)):
            if number:
                told.setdefault(month, []).append(source)
    held: list[Bar] = []
    paid: list[Bar] = []
    for month in range(1, 13):
        meetings, _, _, owed, collected = months.get(month, (0, 0, 0, 0, 0))
        held.append(Bar(f"{month}", (meetings,), (tuple(idle.get(month, ())),)))
        share = round(100 * min(collected, owed) / owed, 1) if owed else 0.0
        paid.append(Bar(f"{month}", (share,), (tuple(behind.get(month, ())),)))
    total = sum(int(bar.values[0]) for bar in held)
    return [
        ChartData("meetings", "各支部组织生活次数", f"全年 {total} 次", ("次数",), tuple(held), Record, "次"),
        ChartData("dues", "党费收缴率 %", "点一个月，看哪些支部没有收齐", ("收缴率",), tuple(paid), Record, "%", (3,)),
    ]
