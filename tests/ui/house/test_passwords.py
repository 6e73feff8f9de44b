"""The password as the clerk meets it: set, asked for, waited for, locked behind."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

import ui.house.locking as locking_module
from app.backups import BackupReason
from app.life.meetings import Meeting
from app.ways import ToNew
from ui.house.unlock import PasswordDialog, Unlock

SECRET = "很长的密码 2026"


def with_password(desk, monkeypatch, choice: str = "都加上密码") -> None:
    def enter(dialog: PasswordDialog) -> int:
        dialog.new.editor.setText(SECRET)
        dialog.again.editor.setText(SECRET)
        dialog._finish()
        return dialog.result()

    monkeypatch.setattr(PasswordDialog, "exec", enter)
    monkeypatch.setattr(
        locking_module.QMessageBox,
        "exec",
        lambda box: next(made for made in box.buttons() if made.text() == choice).click(),
    )
    desk.locking.change_password(True)


def test_a_password_encrypts_the_file_and_on_wish_the_copies(workspace, desk, monkeypatch) -> None:
    session = workspace.session
    session.safekeeping.now(BackupReason.MANUAL)
    path = session.path
    with_password(desk, monkeypatch)
    assert desk.session.secret
    assert "锁定" in {made.accessibleName() for made in desk.workspace.rail.findChildren(type(workspace.rail._kept))}
    for file in path.parent.rglob("*.zbtz"):
        assert not file.read_bytes().startswith(b"SQLite format 3"), file.name
    for backup in desk.vault.backups(path):
        assert backup.verified and desk.vault.contents(backup.path, SECRET)[0] >= 1


def test_copies_can_be_destroyed_or_kept(workspace, desk, monkeypatch) -> None:
    workspace.session.safekeeping.now(BackupReason.MANUAL)
    path = workspace.session.path
    with_password(desk, monkeypatch, "都销毁")
    assert desk.vault.readable_copies(path) == []
    assert desk.vault.backups(path) == []


def test_wrong_passwords_wait_longer_each_time(workspace, desk, monkeypatch, qtbot) -> None:
    with_password(desk, monkeypatch)
    path = desk.session.path
    desk.put_away()
    desk.try_open(path)
    unlock = desk.window.centralWidget()
    assert isinstance(unlock, Unlock)
    waits = []
    for _ in range(3):
        unlock.edit.setText("不对的密码")
        unlock.try_it()
        waits.append(unlock.bar.text)
        assert not unlock.go.isEnabled()
        unlock._again()
    assert [f"{seconds} 秒" in text for seconds, text in zip((1, 2, 4), waits, strict=True)] == [True] * 3
    unlock.edit.setText(SECRET)
    unlock.try_it()
    assert desk.workspace is not None


def test_the_wait_after_a_wrong_password_outlives_the_program(workspace, desk, monkeypatch) -> None:
    with_password(desk, monkeypatch)
    path = desk.session.path
    desk.put_away()
    desk.try_open(path)
    for _ in range(5):
        unlock = desk.window.centralWidget()
        unlock._again()
        unlock.edit.setText("不对的密码")
        unlock.try_it()
    desk.show_welcome()
    desk.try_open(path)
    again = desk.window.centralWidget()
    assert isinstance(again, Unlock)
    assert not again.go.isEnabled()
    assert "上次输错了密码" in again.bar.text
    assert 1 <= desk.vault.patience(path).left() <= 16
    again._again()
    again.edit.setText(SECRET)
    again.try_it()
    assert desk.workspace is not None
    assert desk.vault.patience(path).left() == 0


def test_locking_hides_everything_and_keeps_what_was_typed(workspace, desk, monkeypatch, qtbot) -> None:
    with_password(desk, monkeypatch)
    desk.workspace.go(ToNew(Meeting))
    desk.workspace.page.form.content.setPlainText("没有保存的话")
    desk.locking.lock()
    assert desk.workspace is None
    assert desk.session.drafts.all()[0].content["fields"]["content"] == "没有保存的话"
    unlock = desk.window.centralWidget()
    unlock.edit.setText(SECRET)
    unlock.try_it()
    assert desk.workspace.page.form.content.toPlainText() == "没有保存的话"


def test_idle_time_locks_and_a_key_begins_it_anew(workspace, desk, monkeypatch) -> None:
    desk.locking._idle.start(1)
    with_password(desk, monkeypatch)
    assert desk.locking._idle.interval() == 600_000 and desk.locking._idle.isActive()
    desk.locking._idle.timeout.emit()
    assert isinstance(desk.window.centralWidget(), Unlock)


def test_what_is_copied_from_a_secret_ledger_leaves_the_clipboard(workspace, desk, monkeypatch) -> None:
    with_password(desk, monkeypatch)
    desk.window.activateWindow()
    QApplication.clipboard().setText("430199199001011234")
    assert desk.locking._clipboard.isActive()
    desk.locking._clipboard.timeout.emit()
    assert QApplication.clipboard().text() == ""


def test_a_password_is_typed_twice_and_long_enough(desk) -> None:
    dialog = PasswordDialog(desk.window, "设置密码", None)
    dialog.new.editor.setText("短")
    dialog._finish()
    assert "至少 8 个字符" in dialog.new.fault
    dialog.new.editor.setText(SECRET)
    dialog._finish()
    assert dialog.again.fault
    dialog.again.editor.setText(SECRET)
    dialog._finish()
    assert dialog.result()
