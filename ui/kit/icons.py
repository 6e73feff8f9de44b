"""Icons: Fluent SVGs in a colour of the theme, rendered sharply for the screen's pixel ratio."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.kit.theme import theme

FILL = re.compile(r' fill="[^"]*"')


def icon(name: str, color: str = "text", size: int = 20) -> QIcon:
    """An icon in a token's colour."""
    return QIcon(pixmap(name, color, size))


def pixmap(name: str, color: str = "text", size: int = 20) -> QPixmap:
    """An icon as a pixmap of `size` pixels at 100 % text size."""
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    return _rendered(name, theme().color(color).name() if not color.startswith("#") else color, theme().px(size), ratio)


@lru_cache(maxsize=400)
def _rendered(name: str, color: str, size: int, ratio: float) -> QPixmap:
    text = resources.path(f"icons/{name}.svg").read_text("utf-8")
    text = FILL.sub("", text).replace("<path ", f'<path fill="{color}" ')
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
