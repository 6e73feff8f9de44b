"""The board: a column for each stage, a card for each person, and the steps of the chosen one below."""

# The stubs of Qt leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStyle, QStyleOption, QVBoxLayout, QWidget

from app.development.steps import Development
from app.rules.kinds import StepRule
from app.year.ledger import YearLedger
from ui.kit.basic import LONG_NAME, Card, button, clear, label, restyle, row, scrolled
from ui.kit.flow import Flow
from ui.kit.theme import theme
from ui.pages.develop.progress import STAGES, Progress, span_of, steps_of


class PersonCard(QAbstractButton):
    """One person on the board: chosen by a click, arrows or Space; opened by Enter or a double click."""

    def __init__(
        self,
        progress: Progress,
        ledger: YearLedger,
        today: date,
        choose: Callable[[int], object],
        open: Callable[[int], object],
    ) -> None:
        super().__init__()
        self.progress = progress
        self._open = open
        self.clicked.connect(lambda: choose(progress.id))
        self.setProperty("kind", "person")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip, tone = progress.chip(today)
        words = "，".join(part for part in (progress.name, progress.step_text, progress.detail, chip) if part)
        self.setAccessibleName(words)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme().px(10), theme().px(8), theme().px(10), theme().px(10))
        box.setSpacing(theme().px(4))
        # In a narrow column the chip stands below the name.
        head = Flow(spacing=6)
        name = label(progress.name, "head", wrap=len(progress.name) > LONG_NAME)
        (box if name.wordWrap() else head).addWidget(name)
        if chip:
            made = label(chip, f"chip-{tone}")
            made.setMaximumHeight(theme().px(22))
            head.addWidget(made)
        box.addLayout(head)
        step = label(progress.step_text, wrap=True)
        box.addWidget(step)
        if progress.detail:
            box.addWidget(label(progress.detail, "caption", wrap=True))
        wrong = [finding for finding in progress.findings if finding.severity == "错误"]
        if wrong:
            box.addWidget(label(wrong[0].text, "error", wrap=True))
        box.addWidget(_Bars(progress.way, steps_of(ledger, progress.stage)))

    def paintEvent(self, event: QPaintEvent) -> None:
        # A button without a face of its own: the style sheet draws its frame.
        del event
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self._open(self.progress.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(self.progress.id)
        else:
            super().keyPressEvent(event)

    def mark(self, *, chosen: bool) -> None:
        """Show whether this is the chosen one."""
        restyle(self, "chosen", chosen)


class _Bars(QWidget):
    """The steps of a stage as short bars: done green, the next one blue, the rest grey."""

    def __init__(self, way: Development, steps: list[StepRule]) -> None:
        super().__init__()
        self._states = ["done" if s.number in way.steps else "next" if s.number == way.next_step else "" for s in steps]
        self.setFixedHeight(theme().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = look.px(4)
        width = (self.width() - gap * (len(self._states) - 1)) / max(1, len(self._states))
        tones = {"done": "ok_solid", "next": "info_solid", "": "line"}
        for number, state in enumerate(self._states):
            painter.setBrush(look.color(tones[state]))
            painter.drawRoundedRect(QRectF(number * (width + gap), look.px(2), width, look.px(5)), 2, 2)


class Board(QWidget):
    """Five columns of cards."""

    def __init__(self, choose: Callable[[int], object], open: Callable[[int], object]) -> None:
        super().__init__()
        self._choose, self._open = choose, open
        self._columns: dict[str, QVBoxLayout] = {}
        self._heads: dict[str, tuple[Any, ...]] = {}
        self.cards: dict[int, PersonCard] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(12))
        for stage in STAGES:
            frame = Card(padding=8)
            frame.setProperty("kind", "sunken")
            count, span = label("", "secondary"), label("", "caption")
            head = Flow(spacing=4)
            for part in (label(stage, "strong"), count, span):
                head.addWidget(part)
            frame.body.addLayout(head)
            inner = QWidget()
            self._columns[stage] = QVBoxLayout(inner)
            self._columns[stage].setContentsMargins(0, 0, 0, 0)
            self._columns[stage].setSpacing(theme().px(8))
            frame.body.addWidget(scrolled(inner), 1)
            self._heads[stage] = (count, span)
            box.addWidget(frame, 1)

    def show_people(self, people: list[Progress], ledger: YearLedger, today: date) -> None:
        """Show everybody in the column of the stage."""
        self.cards = {}
        for stage in STAGES:
            column = self._columns[stage]
            clear(column)
            inside = [person for person in people if person.stage == stage]
            count, span = self._heads[stage]
            count.setText(str(len(inside)))
            span.setText(span_of(ledger, stage))
            for person in inside:
                card = PersonCard(person, ledger, today, self._choose, self._open)
                self.cards[person.id] = card
                column.addWidget(card)
            column.addStretch(1)

    def mark(self, applicant: int) -> None:
        """Show who is chosen."""
        for id, card in self.cards.items():
            card.mark(chosen=id == applicant)


class StepLine(QWidget):
    """The steps of a stage in a row: a circle for each, joined by a line, its name and day below."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[tuple[int, str, str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(600), theme().px(84))

    def show_steps(self, progress: Progress, ledger: YearLedger) -> None:
        """Show the steps of the person's stage."""
        self._steps = []
        for step in steps_of(ledger, progress.stage):
            day = progress.way.day(step.number)
            coming = progress.coming
            now = coming is not None and coming.step == step.number
            below = str(day) if day and not now else progress.detail if now else "—"
            self._steps.append((step.number, step.name, "now" if now else "done" if day else "", below))
        self.setAccessibleName("；".join(f"第 {n} 步 {name} {below}" for n, name, _, below in self._steps))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._steps:
            return
        width, radius, top = self.width() / len(self._steps), look.px(12), look.px(16)
        for number, (step, name, state, below) in enumerate(self._steps):
            x = number * width + radius + 1
            if number + 1 < len(self._steps):
                reached = self._steps[number + 1][2] in ("done", "now")
                painter.setPen(QPen(look.color("ok_solid" if reached else "line2"), look.px(2)))
                painter.drawLine(QPointF(x + radius + 4, top), QPointF(x + width - radius - 4, top))
            self._circle(painter, QPointF(x, top), radius, step, state)
            self._words(
                painter, QRectF(number * width, top + radius + look.px(6), width - look.px(8), 0), name, below, state
            )

    @staticmethod
    def _circle(painter: QPainter, centre: QPointF, radius: float, step: int, state: str) -> None:
        look = theme()
        fill = {"done": "ok_tint", "now": "accent", "": "card"}[state]
        painter.setPen(Qt.PenStyle.NoPen if state else QPen(look.color("control"), 1))
        painter.setBrush(look.color(fill))
        painter.drawEllipse(centre, radius, radius)
        font = painter.font()
        font.setPixelSize(look.px(12))
        font.setBold(state == "now")
        painter.setFont(font)
        painter.setPen(look.color("ok") if state == "done" else Qt.GlobalColor.white if state else look.color("text2"))
        area = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), "✓" if state == "done" else str(step))

    @staticmethod
    def _words(painter: QPainter, area: QRectF, name: str, below: str, state: str) -> None:
        look, font = theme(), painter.font()
        for text, size, bold, tone, height in (
            (name, 13, state == "now", "text" if state else "text2", 20),
            (below, 12, False, "due" if state == "now" else "text3", 18),
        ):
            font.setPixelSize(look.px(size))
            font.setBold(bold)
            painter.setFont(font)
            painter.setPen(look.color(tone))
            area.setHeight(look.px(height))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
            area.translate(0, look.px(height))


class Strip(Card):
    """The chosen person below the board."""

    def __init__(self, open: Callable[..., object]) -> None:
        super().__init__()
        self._open = open
        self._head = QHBoxLayout()
        self.body.addLayout(self._head)
        self.line = StepLine()
        self.body.addWidget(self.line)

    def show_person(self, progress: Progress | None, ledger: YearLedger) -> None:
        """Show a person, or nothing."""
        clear(self._head)
        self.setVisible(progress is not None)
        if progress is None:
            return
        chip = label(progress.stage, "chip-due")
        chip.setMaximumHeight(theme().px(24))
        papers = button(
            f"材料 {progress.there} / {progress.needed}",
            lambda: self._open(progress.id, "materials"),
            kind="small",
            icon="document",
        )
        text = f"登记第 {progress.coming.step} 步" if progress.coming else "查看"
        go = button(text, lambda: self._open(progress.id), kind="small", icon="checkmark")
        facts = label(progress.facts(ledger), "secondary")
        self._head.addLayout(row(label(progress.name, "head"), chip, facts, None, papers, go))
        self.line.show_steps(progress, ledger)
