"""Planted names, numbers and texts are found nowhere outside the ledger, and nowhere at all once it has a password."""

from __future__ import annotations

from pathlib import Path

import ui.house.locking as locking_module
from app.backups import BackupReason
from app.life.talks import Talk
from app.people.members import Member, MemberStatus, enrol
from app.ways import ToNew
from tests.ui.house.test_safety import with_password

NAME, NUMBER, PHONE, WORDS = "欧阳种下", "110101199003070054", "13900009876", "种下的谈话内容"
PLANTED = [form for text in (NAME, NUMBER, PHONE, WORDS) for form in (text.encode(), text.encode("utf-16-le"))]


def holding(folder: Path) -> set[str]:
    """The files that hold something planted."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.name for file in files if any(text in file.read_bytes() for text in PLANTED)}


def planted(workspace) -> None:
    session = workspace.session
    enrol(session.ledger, Member(name=NAME, id_number=NUMBER, phone=PHONE), session.today(), status=MemberStatus.FULL)
    workspace.go(ToNew(Talk, {"partner": 3}))
    workspace.page.form.content.setPlainText(WORDS)
    session.keep_draft()


def test_nothing_personal_lies_outside_ledger_backup_and_draft(workspace, desk, tmp_path, capsys) -> None:
    planted(workspace)
    workspace.session.safekeeping.now(BackupReason.MANUAL)
    workspace.search()
    found = holding(tmp_path)
    assert found
    assert all(name.endswith((".zbtz", ".db")) for name in found), found
    assert not any(text in desk.window.windowTitle() for text in (NAME, NUMBER, PHONE))
    try:
        raise ValueError(f"{NAME} {NUMBER} {WORDS}")
    except ValueError as error:
        desk.tell_bug(error)
    out = "".join(capsys.readouterr())
    assert "ValueError" in out
    assert not any(text in out for text in (NAME, NUMBER, WORDS))
    assert not any(text in str(file) for file in tmp_path.rglob("*") for text in (NAME, NUMBER, PHONE))


def test_nothing_is_readable_anywhere_once_there_is_a_password(workspace, desk, tmp_path, monkeypatch) -> None:
    workspace.session.safekeeping.now(BackupReason.MANUAL)
    with_password(desk, monkeypatch)
    planted(desk.workspace)
    desk.session.safekeeping.now(BackupReason.MANUAL)
    desk.locking.lock()
    desk.put_away()
    assert holding(tmp_path) == set()
    assert locking_module.CLIPBOARD <= 60_000
