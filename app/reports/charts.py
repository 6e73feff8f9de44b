"""Charts on paper, as vectors: the same numbers as on the screen."""

# pyright: strict, reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUntypedBaseClass=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import Flowable

from app.chart_data import ChartData, axis_top
from app.reports import style as s
from app.reports.text import draw_text

HEIGHT, AXIS, TITLE = 178.0, 26.0, 40.0


class PaperChart(Flowable):
    """Stacked bars with a title, a legend and the number above each bar."""

    def __init__(self, data: ChartData) -> None:
        super().__init__()
        self.data = data
        self.spaceAfter = 16

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
                    canvas.setFillColor(s.CHART_COLORS[data.palette[number] - 1])
                    canvas.rect(middle - step * 0.28, y, step * 0.56, height, stroke=0, fill=1)
                y += height
            total = sum(bar.values)
            if total:
                draw_text(canvas, middle, y + 2, f"{total:g}", s.CHART_LABEL)
            draw_text(canvas, middle, floor - 11, bar.label, s.CHART_LABEL)

    def _legend(self) -> None:
        x = 0.0
        for number, name in enumerate(self.data.series):
            self.canv.setFillColor(s.CHART_COLORS[self.data.palette[number] - 1])
            self.canv.rect(x, HEIGHT - 29, 7, 7, stroke=0, fill=1)
            draw_text(self.canv, x + 10, HEIGHT - 28, name, replace(s.CHART_LABEL, align="left"))
            x += 22 + s.CHART_LABEL.chain.width(name, s.CHART_LABEL.size)
