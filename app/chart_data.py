"""A chart as values: what the screen and the print draw alike."""

from __future__ import annotations

from dataclasses import dataclass

from app.record import Record


@dataclass(frozen=True)
class Bar:
    """One bar (or part of one) of a chart: its height and the records behind it."""

    label: str
    values: tuple[float, ...]
    rows: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class ChartData:
    """A bar chart: names of its series, its bars, and one line that sums it up.

    `kind` is what the rows behind the bars are; `palette` the chart colours of the series, from 1.
    """

    code: str
    title: str
    summary: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    kind: type[Record]
    unit: str = ""
    palette: tuple[int, ...] = (1, 2, 3)
    why: str = ""
    """How it is counted, in a sentence for whoever asks."""


def axis_top(data: ChartData) -> float:
    """The upper end of a chart's axis: 100 for percent, else the next even number above the highest bar."""
    if data.unit == "%":
        return 100
    highest = max((sum(bar.values) for bar in data.bars), default=0)
    return max(2, 2 * -(-highest // 2))
