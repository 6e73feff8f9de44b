"""Charts side by side, drawn after the page around them has been painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.chart_data import ChartData
from ui.kit.basic import clear
from ui.kit.theme import theme


class ChartWall(QWidget):
    """A grid of charts; `opened` carries the title of a bar, the kind and the ids behind it."""

    opened = Signal(str, object, tuple)

    def __init__(self, columns: int, height: int = 0) -> None:
        """So many charts in a row; `height` of each in px, 0 to share what there is."""
        super().__init__()
        self._columns = columns
        self._height = height
        self._drawn: object = None
        self.charts: list[QWidget] = []
        self._grid: QGridLayout | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def set_columns(self, columns: int) -> None:
        """So many charts in a row from now on."""
        if columns == self._columns:
            return
        self._columns = columns
        if self._grid is not None:
            self._place(self._grid)

    def _place(self, grid: QGridLayout) -> None:
        for number, made in enumerate(self.charts):
            grid.addWidget(made, number // self._columns, number % self._columns)
        for number in range(max(1, len(self.charts))):
            grid.setColumnStretch(number, 1 if number < self._columns else 0)

    def show_figures(self, basis: object, figures: Callable[[], Sequence[ChartData]]) -> None:
        """Draw the charts of the figures, unless those of the same basis are drawn already."""
        # The charts bring a heavy library: they come after the page itself has been painted.
        QTimer.singleShot(0, self, lambda: self._draw(basis, figures))

    def _draw(self, basis: object, figures: Callable[[], Sequence[ChartData]]) -> None:
        if self._drawn is basis:
            return
        from ui.kit.chart import Chart

        self._drawn = basis
        # All together and then shown at once: added one by one, each would move and repaint the others.
        wall = QWidget()
        grid = QGridLayout(wall)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme().px(16))
        self.charts = []
        for data in figures():
            made = Chart(data)
            self.charts.append(made)
            if self._height:
                made.setFixedHeight(theme().px(self._height))
            made.opened.connect(self.opened)
        self._place(grid)
        self._grid = grid
        clear(self._box)
        self._box.addWidget(wall)
