"""What lies open: the window, and the ledger in it; one program per ledger file."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from app import PROGRAM, VERSION
from app.branch import the_branch
from app.errors import AppError
from app.store import Vault
from ui.kit import theme as look
from ui.kit.editors import commit_composition
from ui.kit.tasks import Tasks
from ui.preferences import Preferences
from ui.session import Session
from ui.window import Window
from ui.workspace import Workspace

SUFFIX = ".zbtz"


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
        self.window.closing = self._may_close

    @property
    def workspace(self) -> Workspace | None:
        """The workspace, when a ledger is open."""
        shown = self.window.centralWidget()
        return shown if isinstance(shown, Workspace) else None

    def _may_close(self) -> bool:
        """Let the window go only when no form holds text that would be lost."""
        commit_composition()
        if self.workspace and not self.workspace.page.leave():
            return False
        self.tasks.close()
        self.put_away()
        return True

    def put_away(self) -> None:
        """Close the open ledger."""
        if self.server is not None:
            self.server.close()
            self.server = None
        if self.session is not None:
            self.session.close()
            self.session = None

    def open(self, path: Path) -> bool:
        """Open a ledger file in the window; the window of another program that has it comes to the front instead.

        Raises AppError.
        """
        if bring_to_front(path):
            return False
        ledger = self.vault.open(path)
        self.put_away()
        self.server = listen(path, self._come_forward)
        self.session = Session(self.vault, ledger, path, self.today, self.preferences, self.tasks)
        self.session.look_changed.connect(self.change_look)
        self.session.leaving.connect(self.show_welcome)
        self.preferences.remember(path)
        self.show_workspace()
        return True

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
