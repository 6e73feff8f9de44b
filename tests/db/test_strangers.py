"""Ledgers made by somebody else: their own structure is never run, and the file stays as it was."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from app.branch.branch import the_branch
from app.errors import AppError, PasswordNeeded, Refused
from app.people.members import Member
from db.schema import KNOWN, made_by_migrations, normal
from db.vault import FileVault

CRAFTED = {
    "view": "ALTER TABLE member RENAME TO held; CREATE VIEW member AS SELECT * FROM held",
    "endless view": "DROP TABLE IF EXISTS holiday; CREATE VIEW holiday AS WITH RECURSIVE n(i) AS"
    " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, '2026-01-01' AS day, '放假' AS kind, '' AS name FROM n",
    "swallows": "CREATE TRIGGER swallow BEFORE INSERT ON member BEGIN SELECT RAISE(IGNORE); END",
    "deletes": "CREATE TRIGGER gone AFTER INSERT ON meeting BEGIN DELETE FROM payment; END",
    "index": "CREATE INDEX slow ON member (hex(zeroblob(100000)))",
    "generated": "ALTER TABLE member ADD COLUMN more TEXT GENERATED ALWAYS AS (hex(zeroblob(100000))) VIRTUAL",
    "column": "ALTER TABLE member ADD COLUMN more TEXT",
    "table": "CREATE TABLE more (id INTEGER PRIMARY KEY)",
    "less": "DROP TABLE talk",
}


@pytest.fixture
def crafted(vault: FileVault, tmp_path: Path) -> Callable[[str], Path]:
    def make(script: str) -> Path:
        path = tmp_path / "外来.zbtz"
        vault.create(path).close()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(script)
        return path

    return make


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("script", CRAFTED.values(), ids=list(CRAFTED))
def test_a_structure_of_its_own_is_refused_untouched(vault: FileVault, crafted, script: str) -> None:
    path = crafted(script)
    before = digest(path)
    for use in (vault.open, vault.read, vault.contents, lambda p: vault.package(p, p.with_name("移交.zbtz"))):
        with pytest.raises(Refused, match="不是本程序的台账"):
            use(path)
    assert digest(path) == before
    assert sorted(p.name for p in path.parent.glob("*.zbtz*")) == ["外来.zbtz"]


def test_a_check_that_runs_for_ever_is_not_carried_out(vault: FileVault, crafted) -> None:
    path = crafted("")
    with closing(sqlite3.connect(path)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'honour'").fetchone()
        bomb = sql[: sql.rindex(")")] + ", CHECK (length(hex(zeroblob(400000000))) > 0)) STRICT"
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'honour'", (bomb,))
        connection.commit()
    with pytest.raises(AppError):
        vault.open(path)


def test_a_stranger_s_backup_is_not_restored(vault: FileVault, crafted, tmp_path: Path) -> None:
    own = tmp_path / "本支部.zbtz"
    vault.create(own).close()
    before = digest(own)
    with pytest.raises(Refused, match="不是本程序的台账"):
        vault.restore(crafted(CRAFTED["swallows"]), own)
    assert digest(own) == before


def test_a_file_that_was_analysed_by_a_tool_is_still_a_ledger(vault: FileVault, crafted) -> None:
    path = crafted("ANALYZE")
    with closing(vault.open(path)) as ledger:
        assert ledger[Member].all() == []


def test_the_known_structures_are_those_of_the_migrations() -> None:
    assert json.loads(KNOWN.read_text("utf-8")) == made_by_migrations()


@pytest.mark.parametrize("password", ["", "很长的密码一二三"])
def test_an_own_ledger_opens_in_each_form(vault: FileVault, tmp_path: Path, password: str) -> None:
    from app.branch.branch import found_branch

    path = tmp_path / "甲支部.zbtz"
    with closing(vault.create(path, password)) as ledger:
        found_branch(ledger, "甲支部")
    with closing(vault.open(path, password)) as ledger:
        assert the_branch(ledger).name == "甲支部"


def test_spaces_quotes_and_case_do_not_matter() -> None:
    assert normal('CREATE  TABLE "A"\n(id)') == normal("create table a (id)")


def test_a_file_that_was_never_opened_here_is_looked_at_apart_and_a_known_one_is_not(
    vault: FileVault, crafted, tmp_path: Path, monkeypatch
) -> None:
    path = crafted(CRAFTED["endless view"])
    before = digest(path)
    with pytest.raises(Refused, match="不是本程序的台账"):
        FileVault(datetime.now, tmp_path / "another machine").look_first(path)
    assert digest(path) == before
    own = tmp_path / "自己.zbtz"
    vault.create(own).close()
    vault.look_first(own)
    vault.open(own).close()
    monkeypatch.setattr("db.stranger.read_apart", lambda *_, **__: pytest.fail("it was opened here before"))
    vault.look_first(own)


@pytest.mark.parametrize("password", ["", "Secret-2026"])
def test_what_is_sound_passes_and_a_wrong_password_is_asked_for_later(
    vault: FileVault, tmp_path: Path, password: str
) -> None:
    path = tmp_path / "甲.zbtz"
    vault.create(path, password).close()
    for note in vault._state.glob("closed-*"):
        note.unlink()
    vault.look_first(path, password)
    if password:
        vault.look_first(path, "wrong")
        with pytest.raises(PasswordNeeded):
            vault.open(path, "wrong")


def dies(path: str, password: str) -> None:
    """What a crafted file might bring about, in the process that looks at it."""
    os._exit(9)


def test_a_ledger_whose_reading_dies_is_a_message_and_stays_as_it_is(vault, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "甲.zbtz"
    vault.create(path).close()
    for note in vault._state.glob("closed-*"):
        note.unlink()
    before = digest(path)
    monkeypatch.setattr("db.stranger.look", dies)
    with pytest.raises(Refused, match="读不出来") as caught:
        vault.look_first(path)
    assert "没有打开，也没有改动" in caught.value.advice and digest(path) == before


def test_a_damaged_page_is_found_apart(vault: FileVault, mailed: Path) -> None:
    data = bytearray(mailed.read_bytes())
    data[4096 * 3 : 4096 * 4] = os.urandom(4096)
    mailed.write_bytes(data)
    with pytest.raises(AppError):
        vault.look_first(mailed)


@pytest.fixture
def mailed(vault: FileVault, tmp_path: Path, empty_file: Path) -> Path:
    """A ledger as it came by mail: never opened here."""
    path = tmp_path / "邮件.zbtz"
    path.write_bytes(empty_file.read_bytes())
    return path
