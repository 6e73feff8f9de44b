"""The password: asked for when a ledger is opened or has locked itself, and chosen when one is set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from app import PROGRAM
from app.store import Patience
from ui.kit.basic import Card, button, label, required, row
from ui.kit.editors import Field, line_edit
from ui.kit.icons import pixmap
from ui.kit.messages import Bar
from ui.kit.theme import theme

SHORTEST = 8
FORGOTTEN = "忘记密码后，任何人都无法找回台账内容，程序也没有后门。请把密码写下来，锁在保险柜里。"


def password_edit(name: str) -> QLineEdit:
    """A field that shows dots."""
    made = line_edit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    made.setAccessibleName(name)
    return made


def password_faults(new: str, again: str, *, optional: bool = False) -> tuple[str, str]:
    """What is wrong with a new password and with its repetition, each empty where nothing is."""
    short = len(new) < SHORTEST and not (optional and not new)
    return f"至少 {SHORTEST} 个字符" if short else "", "" if new == again else "两次输入的不一样"


class Unlock(QWidget):
    """Asks for the password. `attempt` tells whether it was right; each wrong one makes the next wait longer."""

    def __init__(
        self, note: str, patience: Patience, attempt: Callable[[str], str], other: Callable[[], object] | None = None
    ) -> None:
        """`attempt` returns what was wrong, empty when the password was right."""
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._attempt = attempt
        self._patience = patience
        card = Card(padding=32)
        card.setFixedWidth(theme().px(460))
        mark = label()
        mark.setPixmap(pixmap("lock_closed", "accent_text", 32))
        card.body.addLayout(row(mark, label(PROGRAM, "title"), None))
        card.body.addWidget(label(note, "secondary", wrap=True))
        self.bar = Bar()
        card.body.addWidget(self.bar)
        self.edit = password_edit("密码")
        self.edit.setPlaceholderText("密码")
        self.edit.returnPressed.connect(self.try_it)
        card.body.addWidget(self.edit)
        self.go = button("打开", self.try_it, kind="primary")
        items: list[QWidget | None] = [None, self.go]
        if other is not None:
            items.insert(0, button("其他台账", other, kind="quiet"))
        card.body.addLayout(row(*items))
        box = QVBoxLayout(self)
        box.addStretch(1)
        box.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)
        self.setFocusProxy(self.edit)
        if patience.left():
            self._hold("上次输错了密码。", patience.left())

    def try_it(self) -> None:
        """Try what was typed."""
        if not self.go.isEnabled() or not self.edit.text():
            return
        fault = self._attempt(self.edit.text())
        if not fault:
            self._patience.right()
            return
        self.edit.clear()
        self._hold(fault, self._patience.wrong())

    def _hold(self, fault: str, wait: int) -> None:
        """Say what was wrong, and let nothing be tried for some seconds."""
        self.bar.show_text(f"{fault}{wait} 秒后可以再试。")
        self.go.setEnabled(False)
        self.edit.setEnabled(False)
        QTimer.singleShot(wait * 1000, self, self._again)

    def _again(self) -> None:
        self.go.setEnabled(True)
        self.edit.setEnabled(True)
        self.edit.setFocus()


class PasswordDialog(QDialog):
    """Choose a new password, twice; says before that it cannot be found again."""

    def __init__(self, parent: QWidget, title: str, check: Callable[[str], bool] | None) -> None:
        """`check` tells whether the present password is right; None when there is none yet."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._check = check
        box = QVBoxLayout(self)
        box.setContentsMargins(*([theme().px(20)] * 4))
        box.setSpacing(theme().px(8))
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)  # else at most two thirds of a low screen
        box.addWidget(label(title, "head"))
        warning = label(FORGOTTEN, "warning", wrap=True)
        warning.setMinimumWidth(theme().px(380))
        box.addWidget(warning)
        self.old = Field("现在的密码", password_edit("现在的密码"))
        self.new = Field("新密码", password_edit("新密码"))
        self.again = Field("再输一次", password_edit("再输一次"))
        for text, field in (("现在的密码", self.old), ("新密码", self.new), ("再输一次", self.again)):
            caption = required(text)
            box.addWidget(caption)
            box.addWidget(field)
            if field is self.old and check is None:
                caption.hide()
                field.hide()
        done = button("确定", self._finish, kind="primary")
        done.setDefault(True)
        box.addLayout(row(None, button("取消", self.reject, kind="quiet"), done))

    @property
    def password(self) -> str:
        """The new password."""
        return self.new.editor.text()

    def _finish(self) -> None:
        old, new, again = (field.editor.text() for field in (self.old, self.new, self.again))
        self.old.show_fault("" if self._check is None or self._check(old) else "密码不对")
        for field, fault in zip((self.new, self.again), password_faults(new, again), strict=True):
            field.show_fault(fault)
        for field in (self.old, self.new, self.again):
            if field.fault:
                field.setFocus()
                return
        self.accept()
