"""Planted names, numbers and texts are found nowhere outside the ledger, and nowhere at all once it has a password."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu

import ui.house.locking as locking_module
from app.attachments import Owner, attach
from app.backups import BackupReason
from app.life.meetings import Meeting
from app.life.talks import Talk
from app.people.members import Member, MemberStatus, enrol
from app.ways import ToNew
from tests.ui.house.test_passwords import with_password
from ui.record.copying import CopyDialog

NAME, NUMBER, PHONE, WORDS = "欧阳种下", "110101199003070054", "13900009876", "种下的谈话内容"
PLANTED = [form for text in (NAME, NUMBER, PHONE, WORDS) for form in (text.encode(), text.encode("utf-16-le"))]


def holding(folder: Path) -> set[str]:
    """The files that hold something planted."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.name for file in files if any(text in file.read_bytes() for text in PLANTED)}


def planted(workspace, qtbot) -> None:
    session = workspace.session
    enrol(session.ledger, Member(name=NAME, id_number=NUMBER, phone=PHONE), session.today(), status=MemberStatus.FULL)
    meeting = session.ledger[Meeting].all()[0].id
    attach(session.ledger, Owner.MEETING, meeting, "说明.txt", f"{NAME} {NUMBER} {WORDS}".encode(), session.today())
    session.attached.begin()
    qtbot.waitUntil(lambda: session.attached.left == 0, timeout=20_000)
    workspace.go(ToNew(Talk, {"partner": 3}))
    workspace.page.form.content.setPlainText(WORDS)
    session.keep_draft()


def test_nothing_personal_lies_outside_ledger_backup_and_draft(workspace, desk, tmp_path, capsys, qtbot) -> None:
    planted(workspace, qtbot)
    workspace.session.safekeeping.now(BackupReason.MANUAL)
    workspace.search()
    found = holding(tmp_path)
    assert found
    assert all(name.endswith((".zbtz", ".zbfj", ".db")) for name in found), found
    assert not any(text in desk.window.windowTitle() for text in (NAME, NUMBER, PHONE))
    try:
        raise ValueError(f"{NAME} {NUMBER} {WORDS}")
    except ValueError as error:
        desk.tell_bug(error)
    out = "".join(capsys.readouterr())
    assert "ValueError" in out
    assert not any(text in out for text in (NAME, NUMBER, WORDS))
    assert not any(text in str(file) for file in tmp_path.rglob("*") for text in (NAME, NUMBER, PHONE))


def test_nothing_is_readable_anywhere_once_there_is_a_password(workspace, desk, tmp_path, monkeypatch, qtbot) -> None:
    workspace.session.safekeeping.now(BackupReason.MANUAL)
    with_password(desk, monkeypatch)
    planted(desk.workspace, qtbot)
    desk.session.safekeeping.now(BackupReason.MANUAL)
    desk.locking.lock()
    desk.put_away()
    assert holding(tmp_path) == set()
    assert locking_module.CLIPBOARD <= 60_000


@pytest.mark.parametrize("choice", ["都加上密码", "都销毁"])
def test_a_password_that_is_set_later_leaves_nothing_readable_anywhere(
    workspace, desk, tmp_path, monkeypatch, qtbot, choice: str
) -> None:
    """Drafts and their journal, backups beside and in a second place, a package that was handed over."""
    planted(workspace, qtbot)
    path = workspace.session.path
    made = desk.vault.backup(path, BackupReason.MANUAL)
    stick, mail = tmp_path / "U盘", tmp_path / "寄出"
    for folder in (stick, mail):
        folder.mkdir()
    desk.vault.copy_to(made, stick)
    desk.vault.backup(path, BackupReason.CLOSING, stick)
    desk.vault.package(path, mail / "移交.zbtz")
    for number in range(6):
        workspace.page.form.content.setPlainText(f"{WORDS}{number}")
        workspace.session.keep_draft()
    assert {"移交.zbtz"} <= holding(tmp_path)
    with_password(desk, monkeypatch, choice)
    desk.put_away()
    assert holding(tmp_path) == set()


def test_the_copies_of_others_in_a_second_place_are_left_alone(workspace, desk, tmp_path, monkeypatch, qtbot) -> None:
    path = workspace.session.path
    stick = tmp_path / "U盘"
    stick.mkdir()
    desk.vault.copy_to(desk.vault.backup(path, BackupReason.MANUAL), stick)
    other = stick / "20260101-000000-手动.zbtz"
    other.write_bytes(path.read_bytes())
    with_password(desk, monkeypatch, "都销毁")
    assert other.exists() and [file.name for file in stick.glob("*.zbtz")] == [other.name]


def test_a_linked_ledger_stays_linked_and_its_file_is_encrypted(workspace, desk, tmp_path, monkeypatch, qtbot) -> None:
    if os.name == "nt":
        pytest.skip("links need rights there")
    planted(workspace, qtbot)
    real = workspace.session.path
    link = tmp_path / "桌面" / "台账.zbtz"
    link.parent.mkdir()
    link.symlink_to(real)
    assert workspace.page.leave()
    desk.put_away()
    desk.open(link)
    with_password(desk, monkeypatch)
    assert link.is_symlink() and desk.vault.locked_by_password(real)
    desk.put_away()
    assert holding(tmp_path) == set()


def test_the_lock_closes_every_other_window(workspace, desk, monkeypatch, qtbot) -> None:
    planted(workspace, qtbot)
    with_password(desk, monkeypatch)
    desk.workspace.search()
    CopyDialog(desk.session, "谈心谈话", desk.session.ledger_of_year().talks[-1].id, desk.window).show()
    menu = QMenu(desk.window)
    menu.addAction(NAME)
    menu.popup(desk.window.pos())
    desk.locking.lock()
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not desk.window]
    assert shown == [] and QApplication.activePopupWidget() is None


def test_what_a_dialog_copies_leaves_the_clipboard_too(workspace, desk, monkeypatch, qtbot) -> None:
    with_password(desk, monkeypatch)
    dialog = CopyDialog(desk.session, "谈心谈话", desk.session.ledger_of_year().talks[-1].id, desk.window)
    dialog.show()
    dialog.activateWindow()
    QApplication.clipboard().setText(NUMBER)
    assert desk.locking._clipboard.isActive()
    desk.locking._clipboard.timeout.emit()
    assert QApplication.clipboard().text() == ""
    dialog.close()
