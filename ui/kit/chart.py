"""A bar chart by pyqtgraph in the theme's colours; a bar that is clicked gives the rows behind it."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGraphicsLineItem, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.chart_data import Bar, ChartData, axis_top
from ui.kit.basic import label, row, why
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

    opened = Signal(str, object, tuple)

    def __init__(self, data: ChartData) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(data.title)
        self.data = data
        pad = theme().px(14)
        box = QVBoxLayout(self)
        box.setContentsMargins(pad, theme().px(10), pad, theme().px(6))
        box.setSpacing(theme().px(4))
        asked = [why(data.why)] if data.why else []
        box.addLayout(row(label(data.title, "head"), *asked, None, label(data.summary, "secondary"), spacing=4))
        box.addWidget(Legend(data.series, data.palette))
        self.plot = self._plot()
        box.addWidget(self.plot, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _plot(self) -> QWidget:
        pyqtgraph, look = plotting(), theme()
        # A view box between two axes: the library's plot item would bring menus and two more axes to every chart.
        view = pyqtgraph.GraphicsView(background=look.colors["card"])
        view.setMinimumSize(look.px(120), look.px(90))
        view.setAccessibleName(self.data.title)
        view.setAccessibleDescription(self.in_words())
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = pyqtgraph.GraphicsLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        view.setCentralItem(layout)
        box = pyqtgraph.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        top = axis_top(self.data)
        box.setRange(xRange=(-0.6, len(self.data.bars) - 0.4), yRange=(0, top * 1.04), padding=0)
        steps = [(top * step / 2, f"{top * step / 2:g}") for step in range(3)]
        names = [(number, bar.label) for number, bar in enumerate(self.data.bars)]
        layout.addItem(self._axis("left", steps, box), 0, 0)
        layout.addItem(box, 0, 1)
        layout.addItem(self._axis("bottom", names, box), 1, 1)
        self._draw_bars(box, [height for height, _ in steps])
        view.scene().sigMouseClicked.connect(lambda event: self._clicked(box, event))
        return view

    @staticmethod
    def _axis(side: str, ticks: Sequence[tuple[float, str]], box: object) -> object:
        pyqtgraph, look = plotting(), theme()
        font = QFont()
        font.setPixelSize(look.px(12))
        axis = pyqtgraph.AxisItem(side, linkView=box, pen=pyqtgraph.mkPen(None), maxTickLength=0)
        axis.setStyle(tickFont=font, tickLength=0)
        axis.setTextPen(look.color("text3"))
        axis.setTicks([list(ticks)])
        return axis

    def _draw_bars(self, box: object, lines: list[float]) -> None:
        pyqtgraph, look = plotting(), theme()
        for height in lines:
            line = QGraphicsLineItem(-1, height, len(self.data.bars), height)
            line.setPen(pyqtgraph.mkPen(look.color("line")))
            box.addItem(line, ignoreBounds=True)  # type: ignore[attr-defined]
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
            box.addItem(bars)  # type: ignore[attr-defined]
            floors = [floor + height for floor, height in zip(floors, heights, strict=True)]

    def _clicked(self, box: object, event: object) -> None:
        place = box.mapSceneToView(event.scenePos())  # type: ignore[attr-defined]
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
