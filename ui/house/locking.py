"""The password of the open ledger: set, changed, removed; and the lock that hides everything after idle time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from app.errors import AppError
from ui.house.host import Host
from ui.kit.editors import commit_composition
from ui.kit.messages import ask

CLIPBOARD = 60_000  # ms


class Locking(QObject):
    """Watches over a ledger with a password; one that has none is left alone."""

    def __init__(self, desk: Host) -> None:
        super().__init__()
        self._desk = desk
        self.hidden: QWidget | None = None
        """The workspace, while it is hidden behind the password."""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self._copied_text = ""
        self._clipboard = QTimer(self)
        self._clipboard.setSingleShot(True)
        self._clipboard.timeout.connect(self._clear_clipboard)
        QApplication.clipboard().dataChanged.connect(self._copied)

    def change_password(self, wanted: bool) -> None:
        """Set, change or remove the password of the open ledger."""
        assert self._desk.session is not None and self._desk.workspace is not None
        path, old = self._desk.session.path, self._desk.vault.password_of(self._desk.session.path)
        check = (lambda typed: typed == old) if old else None
        new = ""
        if wanted:
            from ui.house.unlock import PasswordDialog

            dialog = PasswordDialog(self._desk.window, "修改密码" if old else "设置密码", check)
            if not dialog.exec():
                return
            new = dialog.password
        elif not ask(self._desk.window, "取消密码？", "取消后，任何拿到文件的人都能看到全部内容。", "取消密码"):
            return
        if not self._desk.workspace.page.leave():
            return
        self._desk.put_away()
        try:
            aside = self._desk.vault.change_password(path, old, new)
        except AppError as error:
            self._desk.open(path, old)
            self._desk.workspace.page.bar.show_error(error)
            return
        self._desk.open(path, new)
        self._offer_copies(path, aside, new)

    def _offer_copies(self, path: Path, aside: Path, password: str) -> None:
        """Name the copies that anybody can still read, and offer to encrypt or destroy them."""
        assert self._desk.workspace is not None and self._desk.session is not None
        self._desk.workspace.show_page("settings")
        copies = self._desk.vault.readable_copies(path) if password else []
        if not copies:
            self._desk.session.say("密码已" + ("设好" if password else "取消") + f"，原来的文件留存为“{aside.name}”")
            return
        near = path.resolve().parent
        told = [copy.name if copy.is_relative_to(near) else str(copy) for copy in copies[:8]]
        names = "\n".join(told) + (f"\n等 {len(copies)} 个" if len(copies) > 8 else "")
        box = QMessageBox(QMessageBox.Icon.NoIcon, "还有没加密的副本", "密码已设好。下面这些旧文件没有密码：")
        box.setInformativeText(names)
        encrypt = box.addButton("都加上密码", QMessageBox.ButtonRole.AcceptRole)
        destroy = box.addButton("都销毁", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("先留着", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(encrypt)
        box.exec()
        try:
            if box.clickedButton() is encrypt:
                self._desk.vault.encrypt_copies(copies, password)
                self._desk.session.say("旧文件都加上了密码")
            elif box.clickedButton() is destroy:
                self._desk.vault.destroy_copies(copies)
                self._desk.session.say("旧文件已经销毁")
        except AppError as error:
            self._desk.workspace.page.bar.show_error(error)

    def lock(self) -> None:
        """Hide everything behind the password; what is typed stays in the form and in its draft."""
        from ui.house.unlock import Unlock

        session = self._desk.session
        if session is None or not session.secret or self.hidden is not None or not self._desk.workspace:
            return
        commit_composition()
        session.keep_draft()
        self._close_all_else()
        self.hidden = self._desk.window.takeCentralWidget()
        self.hidden.hide()

        def attempt(password: str) -> str:
            if not self._desk.vault.right_password(session.path, password):
                return "密码不对。"
            shown, self.hidden = self.hidden, None
            assert shown is not None
            self._desk.window.setCentralWidget(shown)
            shown.show()
            self.watch()
            return ""

        self._desk.show_content(
            Unlock("台账已锁定，没保存的内容还在。", self._desk.vault.patience(session.path), attempt)
        )

    def _close_all_else(self) -> None:
        """Close every other window of the program: dialogs and menus show what the lock is to hide."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            if QApplication.activePopupWidget() is popup:
                break
        for shown in QApplication.topLevelWidgets():
            if shown is self._desk.window or not shown.isVisible():
                continue
            if isinstance(shown, QDialog):
                shown.reject()
            shown.hide()

    def forget_hidden(self) -> None:
        """Let go of a workspace that was hidden when its ledger is closed."""
        if self.hidden is not None:
            self.hidden.deleteLater()
            self.hidden = None

    def watch(self) -> None:
        """Count idle time of a ledger with a password."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if self._desk.session is not None and self._desk.session.secret:
            application.installEventFilter(self)
            self._restart_idle()
        else:
            application.removeEventFilter(self)
            self._idle.stop()

    def _restart_idle(self) -> None:
        if self._desk.preferences.idle_minutes:
            self._idle.start(self._desk.preferences.idle_minutes * 60_000)
        else:
            self._idle.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every key and every click begins the idle time anew."""
        del watched
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._restart_idle()
        return False

    def _copied(self) -> None:
        """What is copied while a ledger with a password lies open in front leaves the clipboard after a minute."""
        if self._desk.session is not None and self._desk.session.secret and QApplication.activeWindow():
            self._copied_text = QApplication.clipboard().text()
            self._clipboard.start(CLIPBOARD)

    def _clear_clipboard(self) -> None:
        if QApplication.clipboard().text() == self._copied_text:
            QApplication.clipboard().clear()
        self._copied_text = ""
