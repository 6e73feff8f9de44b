"""Messages: a bar in the page for what went wrong, a toast for what was done and can be taken back."""

# The stubs of Qt and pyqtgraph leave out attributes and say None where there is none.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QPushButton, QWidget

from app.errors import AppError
from app.record import Problem, Severity
from ui.kit.basic import button, label, restyle
from ui.kit.theme import theme


class Bar(QFrame):
    """A strip above the page's content; tones: missing (error), warning, ok, info."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self._text = label(wrap=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(theme().px(12), theme().px(6), theme().px(6), theme().px(6))
        box.addWidget(self._text, 1)
        box.addWidget(button("关闭提示", self.hide, kind="icon", icon="dismiss"))
        self.hide()

    def show_text(self, text: str, tone: str = "error") -> None:
        """Say something."""
        restyle(self, "tone", tone)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()

    def show_error(self, error: AppError) -> None:
        """Say what could not be done and what to do."""
        self.show_text(str(error))

    @property
    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return "" if self.isHidden() else self._text.text()


class Toast(QFrame):
    """A short word at the foot of the window, with 撤销 when there is a way back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toast")
        self._text = QLabel()
        self._undo = QPushButton("撤销")
        self._undo.setProperty("kind", "small")
        self._undo.setAccessibleName("撤销")
        self._more = QPushButton()
        self._more.setProperty("kind", "small")
        box = QHBoxLayout(self)
        box.addWidget(self._text)
        box.addWidget(self._more)
        box.addWidget(self._undo)
        self._back: Callable[[], object] | None = None
        self._further: Callable[[], object] | None = None
        self._undo.clicked.connect(self._take_back)
        self._more.clicked.connect(self._go_on)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_text(
        self, text: str, back: Callable[[], object] | None = None, more: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Say what was done, for eight seconds, with a way back and something more to do."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._back, self._further = back, more[1] if more else None
        self._undo.setVisible(back is not None)
        self._more.setText(more[0] if more else "")
        self._more.setVisible(more is not None)
        self.adjustSize()
        parent = self.parentWidget()
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - theme().px(24))
        self.raise_()
        self.show()
        self._timer.start(8000)

    def _take_back(self) -> None:
        back, self._back = self._back, None
        self.hide()
        if back:
            back()

    def _go_on(self) -> None:
        further, self._further = self._further, None
        self.hide()
        if further:
            further()


def ask(parent: QWidget, text: str, advice: str, yes: str) -> bool:
    """A question before something that cannot be undone; the safe answer is the default."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "请确认", text, parent=parent)
    box.setInformativeText(advice)
    box.setTextFormat(Qt.TextFormat.PlainText)
    go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is go


def with_warnings(done: str, problems: Iterable[Problem]) -> str:
    """What was done, and what was doubtful and did not keep it from being done."""
    warnings = "；".join(problem.text for problem in problems if problem.severity is Severity.WARNING)
    return done + (f"，提示：{warnings}" if warnings else "")
