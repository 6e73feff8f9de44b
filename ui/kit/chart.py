"""A bar chart by pyqtgraph in the theme's colours; a bar that is clicked gives the rows behind it."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.chart_data import Bar, ChartData, axis_top
from ui.kit.basic import label, row
from ui.kit.plotting import plotting
from ui.kit.theme import theme


class Legend(QWidget):
    """Names of the series with a square of their colour."""

    def __init__(self, names: tuple[str, ...], palette: tuple[int, ...]) -> None:
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(6))
        for number, name in zip(palette, names, strict=False):
            square = QFrame()
            square.setFixedSize(theme().px(9), theme().px(9))
            square.setStyleSheet(f"background: {theme().colors[f'chart{number}']}; border-radius: 2px;")
            box.addWidget(square)
            box.addWidget(label(name, "caption"))
            box.addSpacing(theme().px(6))
        box.addStretch(1)


class Chart(QFrame):
    """A card with title, summary, legend and bars. `opened` carries the title of a bar, the kind and the ids."""

    opened = Signal(str, str, tuple)

    def __init__(self, data: ChartData) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(data.title)
        self.data = data
        pad = theme().px(14)
        box = QVBoxLayout(self)
        box.setContentsMargins(pad, theme().px(10), pad, theme().px(6))
        box.setSpacing(theme().px(4))
        box.addLayout(row(label(data.title, "head"), None, label(data.summary, "secondary")))
        box.addWidget(Legend(data.series, data.palette))
        self.plot = self._plot()
        box.addWidget(self.plot, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _plot(self) -> QWidget:
        pyqtgraph = plotting()
        look = theme()
        plot = pyqtgraph.PlotWidget(background=look.colors["card"], enableMenu=False)
        plot.setMinimumSize(look.px(120), look.px(90))
        plot.setAccessibleName(self.data.title)
        plot.setAccessibleDescription(self.in_words())
        item = plot.getPlotItem()
        item.hideButtons()
        item.setMouseEnabled(False, False)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = axis_top(self.data)
        item.setYRange(0, top * 1.04, padding=0)
        item.setXRange(-0.6, len(self.data.bars) - 0.4, padding=0)
        font = QFont()
        font.setPixelSize(look.px(12))
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setTickFont(font)
            axis.setTextPen(look.color("text3"))
            axis.setPen(pyqtgraph.mkPen(None))
            axis.setStyle(tickLength=0)
        item.getAxis("bottom").setTicks([[(number, bar.label) for number, bar in enumerate(self.data.bars)]])
        item.getAxis("left").setTicks([[(top * step / 2, f"{top * step / 2:g}") for step in range(3)]])
        for step in range(3):
            item.addLine(y=top * step / 2, pen=pyqtgraph.mkPen(look.color("line")))
        floors = [0.0] * len(self.data.bars)
        for series in range(len(self.data.series)):
            heights = [bar.values[series] for bar in self.data.bars]
            bars = pyqtgraph.BarGraphItem(
                x=list(range(len(heights))),
                y0=list(floors),
                height=heights,
                width=0.56,
                pen=pyqtgraph.mkPen(None),
                brush=look.color(f"chart{self.data.palette[series]}"),
            )
            item.addItem(bars)
            floors = [floor + height for floor, height in zip(floors, heights, strict=True)]
        plot.scene().sigMouseClicked.connect(lambda event: self._clicked(item, event))
        return plot

    def _clicked(self, item: object, event: object) -> None:
        place = item.getViewBox().mapSceneToView(event.scenePos())  # type: ignore[attr-defined]
        number = round(place.x())
        if 0 <= number < len(self.data.bars):
            self.open_bar(self.data.bars[number])

    def open_bar(self, bar: Bar) -> None:
        """Tell which rows are behind a bar."""
        ids = tuple(dict.fromkeys(id for part in bar.rows for id in part))
        self.opened.emit(f"{self.data.title} · {bar.label}", self.data.kind, ids)

    def in_words(self) -> str:
        """The chart for those who cannot see it."""
        return "；".join(f"{bar.label} {sum(bar.values):g}{self.data.unit}" for bar in self.data.bars)
