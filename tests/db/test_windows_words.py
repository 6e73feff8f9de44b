"""What Windows does to files: shares, names it keeps for itself, programs that hold a file for a moment."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.errors import Refused, StorageTrouble
from app.file_names import file_stem, name_fault
from db import disk
from db.connection import LONGEST_ON_WINDOWS, form_of, too_long, uri_of
from db.faults import NOT_WRITTEN, told


class Held(OSError):
    """An error as Windows tells it."""

    def __init__(self, winerror: int) -> None:
        super().__init__(13, "held")
        self.winerror = winerror


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(disk.time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"\\server\共享 1\甲.zbtz"), "file:////server/%E5%85%B1%E4%BA%AB%201/%E7%94%B2.zbtz?mode=rw"),
        (PureWindowsPath(r"D:\台账\a?b#c.zbtz"), "file:///D:/%E5%8F%B0%E8%B4%A6/a%3Fb%23c.zbtz?mode=rw"),
        (PurePosixPath("/home/甲/a.zbtz"), "file:///home/%E7%94%B2/a.zbtz?mode=rw"),
        (PurePosixPath("//server/a.zbtz"), "file:////server/a.zbtz?mode=rw"),
    ],
)
def test_a_ledger_on_a_share_has_an_address_that_sqlite_takes(path, uri: str) -> None:
    assert uri_of(path, "rw") == uri


@pytest.mark.parametrize("winerror", disk.HELD)
def test_a_file_held_for_a_moment_is_tried_again(no_waiting, winerror: int) -> None:
    tries: list[int] = []

    def action() -> str:
        tries.append(1)
        if len(tries) < 4:
            raise Held(winerror)
        return "done"

    assert disk.patiently(action) == "done"
    assert no_waiting == list(disk.PATIENCE[:3])


def test_patience_has_a_limit_and_other_errors_are_told_at_once(no_waiting) -> None:
    def held() -> None:
        raise Held(32)

    def full() -> None:
        raise OSError(28, "no space")

    with pytest.raises(Held):
        disk.patiently(held)
    assert sum(no_waiting) < 3 and len(no_waiting) == len(disk.PATIENCE)
    no_waiting.clear()
    with pytest.raises(OSError, match="no space"):
        disk.patiently(full)
    assert no_waiting == []


def test_what_cannot_be_swept_does_not_hide_what_went_wrong(tmp_path: Path, monkeypatch) -> None:
    def held(*_: object, **__: object) -> None:
        raise Held(32)

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(ValueError, match="the true one"):
        try:
            raise ValueError("the true one")
        finally:
            disk.sweep(tmp_path / "a.part")


def test_a_file_held_by_another_program_is_not_a_matter_of_rights(tmp_path: Path, monkeypatch) -> None:
    def refuse(code: int):
        def open_(*_: object, **__: object) -> None:
            error = PermissionError(13, "denied")
            error.winerror = code
            raise error

        return open_

    path = tmp_path / "甲.zbtz"
    path.write_bytes(b"x")
    monkeypatch.setattr(Path, "open", refuse(32))
    with pytest.raises(Refused, match="另一个程序占用"):
        form_of(path)
    monkeypatch.setattr(Path, "open", refuse(5))
    with pytest.raises(Refused, match="没有权限"):
        form_of(path)
    with pytest.raises(Refused, match="是文件夹"):
        form_of(tmp_path)


def test_what_sqlcipher_does_not_explain_is_told_in_words() -> None:
    import sqlite3

    error = sqlite3.OperationalError("SQL logic error")
    error.sqlite_errorcode = 1
    with pytest.raises(StorageTrouble, match="没有写成"), told(NOT_WRITTEN):
        raise error
    with pytest.raises(sqlite3.OperationalError), told():
        raise error


def test_a_ledger_whose_backups_would_not_fit_is_refused_before_it_is_made(vault, tmp_path, monkeypatch) -> None:
    path = tmp_path / "甲.zbtz"
    monkeypatch.setattr("db.connection.LONGEST", len(os.fsencode(path)) + 8)
    monkeypatch.setattr("db.connection.LONGEST_ON_WINDOWS", len(str(path)) + 8)
    with pytest.raises(Refused, match="放不下备份"):
        vault.create(path)
    assert not path.exists()
    monkeypatch.undo()
    vault.create(path).close()
    monkeypatch.setattr("db.connection.LONGEST", len(os.fsencode(path)) + 8)
    monkeypatch.setattr("db.connection.LONGEST_ON_WINDOWS", len(str(path)) + 8)
    assert "放不下备份" in vault.place_advice(path)
    vault.open(path).close()


@pytest.mark.parametrize("length", [LONGEST_ON_WINDOWS, LONGEST_ON_WINDOWS + 1])
def test_the_limit_of_windows_is_told_before_it_is_reached(length: int) -> None:
    path = Path("C:/" + "长" * (length - 3))
    assert too_long(path, windows=True) is (length > LONGEST_ON_WINDOWS)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("CON", "_CON"),
        ("nul", "_nul"),
        ("com1", "_com1"),
        ("Lpt9", "_Lpt9"),
        ("aux.第一支部", "_aux.第一支部"),
        ("一:二", "一二"),
        ("机关 第三  党支部.. ", "机关 第三 党支部"),
        ('a\\b/c*d?"<>|', "abcd"),
        ("。", "。"),
        ("...", "支部"),
        ("   ", "支部"),
        ("console", "console"),
    ],
)
def test_a_name_becomes_one_that_every_system_takes(text: str, stem: str) -> None:
    assert file_stem(text, "支部") == stem
    assert name_fault(file_stem(text, "支部")) == ""


@pytest.mark.parametrize("name", ["一:二.zbtz", "CON.zbtz", "a.zbtz.", "a.zbtz ", "a?.zbtz"])
def test_a_name_that_windows_does_not_take_is_told(name: str) -> None:
    assert name_fault(name)
