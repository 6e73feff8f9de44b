"""How the cells of a list are drawn: text, chip, bar, avatar, on one ground."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.kit.table_model import COLUMN_ROLE, ROW_ROLE, Column, Index
from ui.kit.theme import theme


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> QRectF:
    """The ground of a cell, tinted when selected, with the hairline below its row; returns the cell's area."""
    area = QRectF(option.rect)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, theme().color("accent_tint"))
    painter.setPen(QPen(theme().color("line"), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    return area


class RowDelegate(QStyledItemDelegate):
    """Draws every cell: text, strong text with an avatar, chip, bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(theme().px(60), theme().px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column: Column = index.data(COLUMN_ROLE)
        row = index.data(ROW_ROLE)
        look = theme()
        painter.save()
        area = paint_ground(painter, option)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("info_solid"), 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -1.5, -1.5))
        text = column.text(row)
        font = painter.font()
        font.setPixelSize(look.px(14 if column.strong else 13))
        font.setBold(column.strong)
        painter.setFont(font)
        inner = area.adjusted(look.px(8), 0, -look.px(8), 0)
        if column.avatar:
            inner = self._avatar(painter, inner, text)
        tone = column.tone(row) if column.tone else ""
        if tone and text:
            self._chip(painter, inner, text, tone)
        else:
            if column.share:
                inner = self._bar(painter, inner, column.share(row))
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            painter.setPen(look.color("text"))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()

    @staticmethod
    def _avatar(painter: QPainter, area: QRectF, text: str) -> QRectF:
        look = theme()
        size = look.px(26)
        circle = QRectF(area.left(), area.center().y() - size / 2, size, size)
        tones = ("info", "ok", "due", "missing")
        tone = tones[sum(map(ord, text)) % len(tones)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(f"{tone}_tint"))
        painter.drawEllipse(circle)
        painter.setPen(look.color(tone))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), text[:1])
        return area.adjusted(size + look.px(8), 0, 0, 0)

    @staticmethod
    def _chip(painter: QPainter, area: QRectF, text: str, tone: str) -> None:
        look = theme()
        font = painter.font()
        font.setPixelSize(look.px(12))
        painter.setFont(font)
        width = min(painter.fontMetrics().horizontalAdvance(text) + look.px(16), area.width())
        height = look.px(22)
        box = QRectF(area.left(), area.center().y() - height / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        plain = tone == "plain"
        painter.setBrush(look.color("sunken") if plain else look.color(f"{tone}_tint"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(look.color("text2") if plain else look.color(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width) - look.px(8))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)

    @staticmethod
    def _bar(painter: QPainter, area: QRectF, share: float) -> QRectF:
        look = theme()
        bar = QRectF(area.left(), area.center().y() - look.px(3), area.width() * 0.5, look.px(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line"))
        painter.drawRoundedRect(bar, look.px(3), look.px(3))
        done = QRectF(bar.left(), bar.top(), bar.width() * min(1.0, share), bar.height())
        painter.setBrush(QColor(look.color("ok_solid" if share >= 1 else "info_solid")))
        painter.drawRoundedRect(done, look.px(3), look.px(3))
        return area.adjusted(area.width() * 0.5 + look.px(6), 0, 0, 0)
