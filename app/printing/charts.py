"""Charts on paper, as vectors: the same numbers as on the screen."""

# pyright: strict, reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUntypedBaseClass=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import Flowable

from app.chart_data import ChartData, axis_top
from app.printing import style as s
from app.printing.text import balanced, draw_lines, draw_text, set_lines

HEIGHT, AXIS, TITLE = 152.0, 26.0, 40.0
HATCH = 3.0
"""Points between the white lines by which a series is told from its neighbour in black and white."""


class PaperChart(Flowable):
    """Stacked bars with a title, a legend and the number above each bar."""

    def __init__(self, data: ChartData) -> None:
        super().__init__()
        self.data = data
        self.spaceAfter = 14

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size at this width."""
        del aH
        self.width, self.height = aW, HEIGHT
        return aW, HEIGHT

    def draw(self) -> None:
        """Draw at the canvas's origin, which is the lower left corner."""
        canvas, data = self.canv, self.data
        draw_text(canvas, 0, HEIGHT - 12, data.title, s.CHART_TITLE)
        right = replace(s.CHART_LABEL, align="right", size=9)
        draw_text(canvas, self.width, HEIGHT - 12, data.summary, right)
        self._legend()
        top = axis_top(data)
        floor, room = AXIS, HEIGHT - AXIS - TITLE
        for step in range(3):
            y = floor + room * step / 2
            canvas.setStrokeColor("#C8C4BE")
            canvas.setLineWidth(0.5)
            canvas.line(24, y, self.width, y)
            label = f"{top * step / 2:g}"
            draw_text(canvas, 20, y - 2.5, label, replace(s.CHART_LABEL, align="right"))
        step = (self.width - 24) / max(1, len(data.bars))
        for index, bar in enumerate(data.bars):
            middle = 24 + step * (index + 0.5)
            y = floor
            for number, value in enumerate(bar.values):
                height = room * value / top
                if height:
                    self._fill(number, middle - step * 0.28, y, step * 0.56, height)
                y += height
            total = sum(bar.values)
            if total:
                self._value(middle, y + 2, f"{total:g}")
            lines = set_lines(balanced(bar.label, s.CHART_LABEL, step - 2), s.CHART_LABEL, step - 2)[:2]
            draw_lines(canvas, lines, s.CHART_LABEL, step - 2, floor - 3, middle - step / 2 + 1)

    def _fill(self, series: int, x: float, y: float, width: float, height: float) -> None:
        """A box of one series: its colour, and beyond the first series white lines, so that grey tells it too."""
        canvas = self.canv
        canvas.setFillColor(s.CHART_COLORS[self.data.palette[series] - 1])
        canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.setStrokeColor("#FFFFFF")
        canvas.setLineWidth(0.7)
        if series == 1:
            canvas.saveState()
            inside = canvas.beginPath()
            inside.rect(x, y, width, height)
            canvas.clipPath(inside, stroke=0, fill=0)
            for number in range(int((width + height) / HATCH) + 1):
                canvas.line(x + number * HATCH - height, y, x + number * HATCH, y + height)
            canvas.restoreState()
        elif series > 1:
            for number in range(1, int(height / HATCH) + 1):
                canvas.line(x, y + number * HATCH, x + width, y + number * HATCH)

    def _value(self, x: float, y: float, text: str) -> None:
        """The number above a bar, on white where a line of the scale runs behind it."""
        width = s.CHART_LABEL.chain.width(text, s.CHART_LABEL.size)
        self.canv.setFillColor("#FFFFFF")
        self.canv.rect(x - width / 2 - 1, y - 1, width + 2, s.CHART_LABEL.size, stroke=0, fill=1)
        draw_text(self.canv, x, y, text, s.CHART_LABEL)

    def _legend(self) -> None:
        x = 0.0
        for number, name in enumerate(self.data.series):
            self._fill(number, x, HEIGHT - 29, 7, 7)
            draw_text(self.canv, x + 10, HEIGHT - 28, name, replace(s.CHART_LABEL, align="left"))
            x += 22 + s.CHART_LABEL.chain.width(name, s.CHART_LABEL.size)
