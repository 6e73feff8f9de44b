"""What lies open: the window, and the ledger in it; one program per ledger file."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QEvent, QObject, Qt, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from app import PROGRAM, VERSION
from app.backups import Backup, BackupReason
from app.branch import the_branch
from app.errors import AppError, Damaged, PasswordNeeded
from app.store import Vault
from ui.kit import theme as look
from ui.kit.editors import commit_composition
from ui.kit.messages import ask
from ui.kit.tasks import Tasks
from ui.preferences import Preferences
from ui.rescue import Rescue
from ui.session import Session
from ui.unlock import PasswordDialog, Unlock
from ui.window import Window
from ui.workspace import Workspace

SUFFIX = ".zbtz"
INSPECT_AFTER = 2000  # ms: when the first screen has long been painted


class Desk(QObject):
    """What lies open: the window, and the ledger in it."""

    def __init__(
        self, vault: Vault, today: Callable[[], date], preferences: Preferences, window: Window | None = None
    ) -> None:
        super().__init__()
        self.vault = vault
        self.today = today
        self.preferences = preferences
        self.tasks = Tasks(self.tell_bug)
        self.session: Session | None = None
        self.server: QLocalServer | None = None
        self.window = window or Window()
        self._locked: QWidget | None = None
        """The workspace, while it is hidden behind the password."""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self._copied_text = ""
        self._clipboard = QTimer(self)
        self._clipboard.setSingleShot(True)
        self._clipboard.timeout.connect(self._clear_clipboard)
        QApplication.clipboard().dataChanged.connect(self._copied)
        self.window.closing = self._may_close

    @property
    def workspace(self) -> Workspace | None:
        """The workspace, when a ledger is open."""
        shown = self.window.centralWidget()
        return shown if isinstance(shown, Workspace) else None

    def _may_close(self) -> bool:
        """Let the window go only when no form holds text that would be lost."""
        commit_composition()
        if self._locked is None and self.workspace and not self.workspace.page.leave():
            return False
        if not self._back_up_before_closing():
            return False
        # Waits for a backup or a print that is being made.
        self.tasks.close()
        self.put_away()
        return True

    def _back_up_before_closing(self) -> bool:
        """Make the backup of what was changed; when that cannot be done, the user decides whether to go."""
        if self.session is None or not self.session.safekeeping.changed:
            return True
        try:
            self.session.safekeeping.now(BackupReason.CLOSING)
        except AppError as error:
            return ask(self.window, f"关闭前的备份没有做成。{error.text}", error.advice, "仍然关闭")
        return True

    def put_away(self) -> None:
        """Close the open ledger."""
        self._locked = None
        if self.server is not None:
            self.server.close()
            self.server = None
        if self.session is not None:
            self.session.close()
            self.session = None

    def try_open(self, path: Path) -> bool:
        """Open a ledger file, ask for its password, or offer its backups; False when another program has it."""
        try:
            return self.open(path)
        except PasswordNeeded:
            self.ask_password(path, lambda password: self.open(path, password))
        except AppError as error:
            if isinstance(error, Damaged) or self.vault.backups(path):
                self._show(Rescue(self, path, error))
            else:
                self.show_welcome(error)
        return True

    def ask_password(self, path: Path, use: Callable[[str], object]) -> None:
        """Ask for the password of a file and do something with it."""

        def attempt(password: str) -> str:
            try:
                use(password)
            except PasswordNeeded as error:
                return str(error)
            except AppError as error:
                self._show(Rescue(self, path, error))
            return ""

        self._show(Unlock(f"“{path.stem}”设了密码。", attempt, self.show_welcome))

    def _show(self, content: QWidget) -> None:
        """Fill the window with something else than the workspace."""
        self.window.setCentralWidget(content)
        self.window.setWindowTitle(PROGRAM)
        content.setFocus()

    def open(self, path: Path, password: str = "") -> bool:
        """Open a ledger file in the window; the window of another program that has it comes to the front instead.

        Raises AppError.
        """
        if bring_to_front(path):
            return False
        ledger = self.vault.open(path, password)
        self.put_away()
        self.server = listen(path, self._come_forward)
        self.session = Session(self.vault, ledger, path, self.today, self.preferences, self.tasks)
        self.session.look_changed.connect(self.change_look)
        self.session.leaving.connect(self.show_welcome)
        self.session.restoring.connect(self.restore)
        self.session.locking.connect(self.lock)
        self.session.password_wanted.connect(self.change_password)
        self.preferences.remember(path)
        self.show_workspace()
        QTimer.singleShot(INSPECT_AFTER, self.session.safekeeping, self.session.safekeeping.inspect)
        self._watch()
        return True

    # --- backups ----------------------------------------------------------------------------------------

    def restore(self, backup: Backup) -> None:
        """Put a backup in the place of the open ledger, after showing what is in it."""
        assert self.session is not None and self.workspace is not None
        session, page = self.session, self.workspace.page
        held = "、".join(f"{word} {number}" for word, number in backup.counts.items())
        later = session.ledger.history.head()[0] - backup.actions
        text = f"恢复到 {backup.made_at:%Y年%m月%d日 %H:%M} 的备份？"
        advice = (f"备份里有：{held}。" if held else "") + (f"此后做的 {later} 步会退回去。" if later > 0 else "")
        if not page.leave() or not ask(self.window, text, advice + "现在的台账会另存一份。", "恢复"):
            return
        path = session.path
        password = self.vault.password_of(path)
        self.put_away()
        try:
            self.restore_and_open(backup, path, password)
        except AppError as error:
            self.open(path, password)
            assert self.workspace is not None
            self.workspace.page.bar.show_error(error)

    def restore_and_open(self, backup: Backup, path: Path, password: str = "") -> None:
        """Restore a ledger that is not open, and open it; raises AppError."""
        kept = self.vault.restore(backup.path, path, password)
        self.open(path, password)
        assert self.session is not None
        self.session.safekeeping.restored = True
        self.session.say("已恢复。" + (f"原来的文件留存为“{kept.name}”" if kept else ""))

    # --- passwords --------------------------------------------------------------------------------------

    def change_password(self, wanted: bool) -> None:
        """Set, change or remove the password of the open ledger."""
        assert self.session is not None and self.workspace is not None
        path, old = self.session.path, self.vault.password_of(self.session.path)
        check = (lambda typed: typed == old) if old else None
        new = ""
        if wanted:
            dialog = PasswordDialog(self.window, "修改密码" if old else "设置密码", check)
            if not dialog.exec():
                return
            new = dialog.password
        elif not ask(self.window, "取消密码？", "取消后，任何拿到文件的人都能看到全部内容。", "取消密码"):
            return
        if not self.workspace.page.leave():
            return
        self.put_away()
        try:
            aside = self.vault.change_password(path, old, new)
        except AppError as error:
            self.open(path, old)
            self.workspace.page.bar.show_error(error)
            return
        self.open(path, new)
        self._offer_copies(path, aside, new)

    def _offer_copies(self, path: Path, aside: Path, password: str) -> None:
        """Name the copies that anybody can still read, and offer to encrypt or destroy them."""
        assert self.workspace is not None and self.session is not None
        self.workspace.show_page("settings")
        copies = self.vault.readable_copies(path) if password else []
        if not copies:
            self.session.say("密码已" + ("设好" if password else "取消") + f"，原来的文件留存为“{aside.name}”")
            return
        names = "\n".join(copy.name for copy in copies[:8]) + (f"\n等 {len(copies)} 个" if len(copies) > 8 else "")
        box = QMessageBox(QMessageBox.Icon.NoIcon, "还有没加密的副本", "密码已设好。下面这些旧文件没有密码：")
        box.setInformativeText(names)
        encrypt = box.addButton("都加上密码", QMessageBox.ButtonRole.AcceptRole)
        destroy = box.addButton("都销毁", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("先留着", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(encrypt)
        box.exec()
        try:
            if box.clickedButton() is encrypt:
                self.vault.encrypt_copies(copies, password)
                self.session.say("旧文件都加上了密码")
            elif box.clickedButton() is destroy:
                self.vault.destroy_copies(copies)
                self.session.say("旧文件已经销毁")
        except AppError as error:
            self.workspace.page.bar.show_error(error)

    def lock(self) -> None:
        """Hide everything behind the password; what is typed stays in the form and in its draft."""
        if self.session is None or not self.session.secret or self._locked is not None or not self.workspace:
            return
        commit_composition()
        self.session.keep_draft()
        self._locked = self.window.takeCentralWidget()
        self._locked.hide()
        session = self.session

        def attempt(password: str) -> str:
            if not self.vault.right_password(session.path, password):
                return "密码不对。"
            shown, self._locked = self._locked, None
            assert shown is not None
            self.window.setCentralWidget(shown)
            shown.show()
            self._watch()
            return ""

        self._show(Unlock("台账已锁定，没保存的内容还在。", attempt))

    def _watch(self) -> None:
        """Count idle time of a ledger with a password."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if self.session is not None and self.session.secret:
            application.installEventFilter(self)
            self._restart_idle()
        else:
            application.removeEventFilter(self)
            self._idle.stop()

    def _restart_idle(self) -> None:
        if self.preferences.idle_minutes:
            self._idle.start(self.preferences.idle_minutes * 60_000)
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
        if self.session is not None and self.session.secret and self.window.isActiveWindow():
            self._copied_text = QApplication.clipboard().text()
            self._clipboard.start(60_000)

    def _clear_clipboard(self) -> None:
        if QApplication.clipboard().text() == self._copied_text:
            QApplication.clipboard().clear()
        self._copied_text = ""

    def show_workspace(self, page: str = "") -> None:
        """Build the window's content for the open ledger, anew after the look has changed."""
        assert self.session is not None
        workspace = Workspace(self.session)
        self.window.setCentralWidget(workspace)
        sample = "（示例）" if the_branch(self.session.ledger).sample else ""
        self.window.setWindowTitle(f"{PROGRAM}{sample}")
        if page:
            workspace.show_page(page)

    def show_welcome(self, fault: AppError | None = None) -> None:
        """The first window: make, open, or look at a sample."""
        from ui.welcome import Welcome

        welcome = Welcome(self)
        self.window.setCentralWidget(welcome)
        self.window.setWindowTitle(PROGRAM)
        if fault:
            welcome.bar.show_error(fault)

    def change_look(self) -> None:
        """Draw everything anew in the chosen look."""
        chosen = look.Theme(self.preferences.dark, self.preferences.percent)
        look.use(chosen)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        chosen.apply(application)
        if self.session is not None:
            self.show_workspace("settings")

    def choose_file(self) -> Path | None:
        """Ask for a ledger file."""
        folder = self.preferences.ledger_folder()
        start = str(folder if folder.is_dir() else Path.home())
        name, _ = QFileDialog.getOpenFileName(self.window, "打开台账", start, f"支部台账 (*{SUFFIX})")
        return Path(name) if name else None

    def _come_forward(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def tell_bug(self, error: BaseException) -> None:
        """One dialog for what should not happen, with text to copy and no personal data in it."""
        if isinstance(error, AppError):
            QMessageBox.warning(self.window, PROGRAM, str(error))
            return
        frames = traceback.extract_tb(error.__traceback__)
        places = "\n".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
        report = f"{PROGRAM} {VERSION}\n{type(error).__name__}\n{places}"
        print(report, file=sys.stderr)
        box = QMessageBox(self.window)
        box.setWindowTitle("程序出错")
        box.setText("程序遇到意外错误。已经保存的内容不受影响。")
        box.setInformativeText("可以继续使用；请把下面的详细信息复制给维护人员，里面没有个人信息。")
        box.setDetailedText(report)
        box.open()


def server_name(path: Path) -> str:
    """The name under which the program that has a ledger open can be reached."""
    digest = QCryptographicHash.hash(str(path.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
    return "branch-ledger-" + bytes(digest.toHex().data()).decode()[:24]


def bring_to_front(path: Path) -> bool:
    """Ask the program that has this ledger open to come to the front; whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(path))
    if not socket.waitForConnected(300):
        return False
    socket.disconnectFromServer()
    return True


def listen(path: Path, come: Callable[[], object]) -> QLocalServer:
    """Answer other programs that want the same ledger."""
    server = QLocalServer()
    QLocalServer.removeServer(server_name(path))
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.newConnection.connect(lambda: (server.nextPendingConnection(), come()))
    server.listen(server_name(path))
    return server
