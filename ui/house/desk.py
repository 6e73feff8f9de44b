"""What lies open: the window, and the ledger in it; one program per ledger file."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app import LEDGER_SUFFIX, PROGRAM, VERSION
from app.apart import wait_by
from app.backups import Backup, BackupReason
from app.branch.branch import the_branch
from app.dates import chinese_minute
from app.errors import AppError, Damaged, PasswordNeeded, Refused
from app.store import Claim, Vault
from ui.house.locking import Locking
from ui.house.neighbours import bring_to_front
from ui.house.preferences import Preferences
from ui.house.session import Session
from ui.house.warming import warm_up
from ui.house.window import Window
from ui.house.workspace import Workspace
from ui.kit import theme as look
from ui.kit.editors import commit_composition
from ui.kit.messages import Bar, ask
from ui.kit.tasks import Tasks
from ui.kit.waiting import waited

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

    from app.collection.collection import Collections
    from ui.collection.office import Office

FROZEN = "请先到那个窗口保存并关闭；卡住的，在任务管理器里结束“支部台账”再打开，已保存的都还在。"
LISTEN_AFTER = 1000  # ms: when the first screen has been painted
INSPECT_AFTER = 2000  # ms: when the first screen has long been painted


class Desk(QObject):
    """What lies open: the window, and the ledger in it."""

    def __init__(
        self,
        vault: Vault,
        today: Callable[[], date],
        preferences: Preferences,
        window: Window | None = None,
        collections: Collections | None = None,
    ) -> None:
        super().__init__()
        self.vault = vault
        self.collections = collections
        self.today = today
        self.preferences = preferences
        self.tasks = Tasks(self.tell_bug)
        self.session: Session | None = None
        self.server: QLocalServer | None = None
        self._office: Office | None = None
        self._claim: Claim | None = None
        self.window = window or Window()
        self.locking = Locking(self)
        self.window.closing = self._may_close
        wait_by(waited)

    @property
    def workspace(self) -> Workspace | None:
        """The workspace, when a ledger is open."""
        shown = self.window.centralWidget()
        return shown if isinstance(shown, Workspace) else None

    def _may_close(self) -> bool:
        """Let the window go only when no form holds text that would be lost."""
        commit_composition()
        if self.locking.hidden is None and self.workspace and not self.workspace.page.leave():
            return False
        if self._office is not None and not self._may_leave_collection():
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

    def _may_leave_collection(self) -> bool:
        from ui.collection.view import CollectionView

        shown = self.window.centralWidget()
        return not isinstance(shown, CollectionView) or shown.leave()

    def put_away(self) -> None:
        """Close what is open: the ledger, or the collection."""
        if self._office is not None:
            self._office.close()
            self._office = None
        self.locking.forget_hidden()
        if self.server is not None:
            self.server.close()
            self.server = None
        if self.session is not None:
            self.session.close()
            self.session = None
        if self._claim is not None:
            self._claim.release()
            self._claim = None
        # An application filter of a ledger that is closed would slow every event of the program down.
        self.locking.watch()

    def try_open(self, path: Path) -> bool:
        """Open a ledger file, ask for its password, or offer its backups; False when another program has it."""
        try:
            return self.open(path)
        except PasswordNeeded:
            self.ask_password(path, lambda password: self.open(path, password))
        except AppError as error:
            if isinstance(error, Damaged) or self.vault.backups(path):
                self._rescue(path, error)
            else:
                self.show_welcome(error)
        return True

    def ask_password(self, path: Path, use: Callable[[str], object]) -> None:
        """Ask for the password of a file and do something with it."""
        from ui.house.unlock import Unlock

        def attempt(password: str) -> str:
            try:
                use(password)
            except PasswordNeeded as error:
                return str(error)
            except AppError as error:
                self._rescue(path, error)
            return ""

        self.show_content(Unlock(f"“{path.stem}”设了密码。", self.vault.patience(path), attempt, self.show_welcome))

    def _rescue(self, path: Path, error: AppError) -> None:
        from ui.house.rescue import Rescue

        self.show_content(Rescue(self, path, error))

    def show_content(self, content: QWidget) -> None:
        """Fill the window with something else than the workspace."""
        self.window.setCentralWidget(content)
        self.window.setWindowTitle(PROGRAM)
        if self.window.isVisible():
            content.show()  # or it would be shown a moment later, and what is not shown takes no focus
        content.setFocus()

    def open(self, path: Path, password: str = "") -> bool:
        """Open a ledger file in the window; the window of another program that has it comes to the front instead.

        Raises AppError.
        """
        if self.session is not None and self.session.path.resolve() == path.resolve():
            self._come_forward()
            return False
        claim = self.vault.claim(path)
        if claim is None:
            if bring_to_front(path):
                return False
            raise Refused("这个台账已经在另一个窗口里打开，那个窗口没有回应。", FROZEN)
        try:
            self.vault.look_first(path, password)
            ledger = self.vault.open(path, password)
        except BaseException:
            claim.release()
            raise
        self.put_away()
        self._claim = claim
        QTimer.singleShot(LISTEN_AFTER, self, self._listen)
        self.session = Session(self.vault, ledger, path, self.today, self.preferences, self.tasks)
        self.session.look_changed.connect(self.change_look)
        self.session.leaving.connect(self.show_welcome)
        self.session.restoring.connect(self.restore)
        ledger.reason_for = self.ask_reason
        self.session.locking.connect(self.locking.lock)
        self.session.password_wanted.connect(self.locking.change_password)
        self.show_workspace()
        # Only one that was read and shown is offered, and opened by itself, the next time.
        self.preferences.remember(path)
        advice = self.vault.place_advice(path)
        if advice and self.workspace:
            self.workspace.page.bar.show_text(advice, "warning")
        QTimer.singleShot(INSPECT_AFTER, self.session.safekeeping, self.session.safekeeping.inspect)
        warm_up(self.session)
        self.locking.watch()
        return True

    def open_collection(self, path: Path) -> None:
        """Open a collection of branches, or begin one; raises AppError."""
        from ui.collection.office import Office
        from ui.collection.view import CollectionView

        if self.collections is None:
            raise Refused("这个版本没有汇总功能。")
        office = Office(self.collections, path, self.today, self.tasks)
        self.put_away()
        self._office = office
        self.show_content(CollectionView(office, self._leave_collection))

    def _leave_collection(self) -> None:
        self.put_away()
        self.show_welcome()

    # --- backups ----------------------------------------------------------------------------------------

    def restore(self, backup: Backup) -> None:
        """Put a backup in the place of the open ledger, after showing what is in it."""
        assert self.session is not None and self.workspace is not None
        session, page = self.session, self.workspace.page
        held = "、".join(f"{word} {number}" for word, number in backup.counts.items())
        later = session.ledger.history.head()[0] - backup.actions
        text = f"恢复到 {chinese_minute(backup.made_at)} 的备份？"
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

    def ask_reason(self, years: frozenset[int]) -> str:
        """Why a sealed year is changed; raises Refused when nobody says."""
        from PySide6.QtWidgets import QInputDialog

        named = "、".join(str(year) for year in sorted(years))
        text = f"{named} 年已经归档。请写明补录或更正的原因，下次打印会列在最后一页："
        reason, taken = QInputDialog.getText(self.window, "补录或更正", text)
        if not taken or not reason.strip():
            raise Refused(f"没有保存：{named} 年已经归档，补录或更正要写明原因。")
        return " ".join(reason.split())

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
        from ui.house.welcome import Welcome

        welcome = Welcome(self)
        self.show_content(welcome)
        if fault:
            welcome.bar.show_error(fault)

    def tell_put_aside(self, file: Path) -> None:
        """Say that the look and the recent ledgers of this machine could not be read, and where their file is."""
        shown = self.workspace.page if self.workspace is not None else self.window.centralWidget()
        bar = getattr(shown, "bar", None)  # the question for a password has none
        if isinstance(bar, Bar):
            bar.show_text(
                "本机的外观设置和最近打开的台账名单读不出来，已改用默认的；台账本身不受影响，用“打开”选择即可。"
                f"原来的设置文件留存为“{file.name}”。",
                "warning",
            )

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
        from PySide6.QtWidgets import QFileDialog

        folder = self.preferences.ledger_folder()
        start = str(folder if folder.is_dir() else Path.home())
        name, _ = QFileDialog.getOpenFileName(self.window, "打开台账", start, f"支部台账 (*{LEDGER_SUFFIX})")
        return Path(name) if name else None

    def _listen(self) -> None:
        """Answer other programs that want the ledger that is open."""
        from ui.house.neighbours import listen

        if self.session is not None and self.server is None:
            self.server = listen(self.session.path, self._come_forward)

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
