from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.people.members import Member
from db.collection import DuckCollections
from ui.command_line import run

TODAY = date(2026, 11, 22)
TABLES = Path(__file__).parents[2] / "tables"


@pytest.mark.slow
def test_the_whole_year_without_a_screen(command, tmp_path: Path) -> None:
    file = tmp_path / "机关 第三.zbtz"
    assert command("new", file, "--branch", "机关第三党支部")[0] == 0
    code, answer, _ = command("import", file, "members", TABLES / "党员花名册.xlsx", "--json")
    assert (code, answer["added"], answer["refused"]) == (0, 24, [])
    code, answer, words = command("import", file, "talks", TABLES / "谈心谈话记录.xlsx", "--json")
    assert (code, answer["added"], answer["refused_rows"]) == (0, 19, 1)
    assert answer["refused"][0]["row"] == 11 and "第 11 行" in words
    assert command("import", file, "dues", TABLES / "党费收缴登记表（2026年）.xlsx")[0] == 0
    assert command("import", file, "meetings", TABLES / "组织生活台账.xlsx")[0] == 0
    code, rows, _ = command("status", file, "--year", 2026, "--as-of", "2026-11-22", "--json")
    keys = {"rule", "label", "period", "required", "done", "state", "due_on", "source"}
    assert code == 0 and all(set(row) == keys for row in rows)
    assert {row["state"] for row in rows} <= {"done", "missing", "due", "upcoming", "not_applicable"}
    code, rows, _ = command("dues", file, "--year", 2026, "--json")
    assert sum(row["paid_fen"] for row in rows) == 1663684
    pdf = tmp_path / "台账.pdf"
    code, answer, _ = command("report", file, "--year", 2026, "-o", pdf, "--json")
    assert code == 0 and answer["pages"] > 20 and pdf.read_bytes().startswith(b"%PDF")
    for kind in ("members", "meetings", "talks", "dues"):
        assert command("export", file, kind, "--year", 2026, "-o", tmp_path / f"{kind}.xlsx")[0] == 0
    assert command("check", file, "--json")[1] == {"sound": True, "findings": []}


def test_the_same_seed_gives_the_same_ledger(command, vault, tmp_path: Path) -> None:
    dumps = []
    for name in ("a.zbtz", "b.zbtz"):
        options = ("--years", 2, "--members", 15, "--seed", 7, "--until", "2026-06-30")
        assert command("sample", tmp_path / name, *options)[0] == 0
        opened = vault.open(tmp_path / name)
        with closing(sqlite3.connect(tmp_path / name)) as plain:
            dumps.append("\n".join(plain.iterdump()))
        opened.close()
    assert dumps[0] == dumps[1]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nothing"],
        ["new", "a.zbtz"],
        ["status", "a.zbtz", "--year", "二零"],
        ["import", "a.zbtz", "things", "b.csv"],
        ["sample", "a.zbtz", "--until", "2026-02-30"],
        ["--version"],
    ],
)
def test_wrong_usage_is_2_in_chinese(vault, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert run(words, vault, TODAY, DuckCollections()) == 2
    out, err = capsys.readouterr()
    assert out == "" and "用法" in err and "usage" not in err


@pytest.mark.parametrize(
    "words",
    [
        ["status", "{none}", "--year", "2026"],
        ["new", "{there}", "--branch", "甲"],
        ["new", "{none}", "--branch", " "],
        ["report", "{there}", "--year", "2026", "--only", "没有", "-o", "x.pdf"],
        ["report", "{there}", "--year", "2026", "-o", "/nowhere/x.pdf"],
        ["import", "{there}", "members", "没有.xlsx"],
        ["status", "{there}", "--year", "1999"],
        ["sample", "{none}", "--years", "0"],
    ],
)
def test_refused_is_1_and_nothing_changes(command, ledger, tmp_path: Path, words: list[str]) -> None:
    there, none = tmp_path / "甲支部.zbtz", tmp_path / "没有.zbtz"
    before = there.read_bytes()
    code, _, err = command(*(word.format(there=there, none=none) for word in words))
    assert code == 1 and err.strip()
    assert there.read_bytes() == before and not none.exists()


@pytest.mark.slow
def test_self_check_passes(command, qapp) -> None:
    code, answer, _ = command("self-check", "--json")
    assert code == 0 and len(answer["checked"]) >= 5


def test_back_up_undo_and_restore_without_a_screen(command, vault, tmp_path: Path) -> None:
    file = tmp_path / "甲.zbtz"
    command("new", file, "--branch", "甲支部")
    command("import", file, "members", TABLES / "党员花名册.xlsx")
    code, made, _ = command("backup", file, "-o", tmp_path / "U盘", "--json")
    assert code == 0 and Path(made["file"]).parent == tmp_path / "U盘" and made["counts"]["党员"] == 24
    code, undone, words = command("undo", file, "--json")
    assert (code, undone["action"]) == (0, "导入党员名册") and "导入党员名册" in words
    assert command("undo", file)[0] == 1
    _, rows, _ = command("history", file, "--json")
    assert [(row["action"], row["kind"]) for row in rows] == [
        ("建立台账", "begin"),
        ("导入党员名册", "do"),
        ("撤销：导入党员名册", "undo"),
    ]
    code, answer, _ = command("restore", made["file"], "-o", file, "--json")
    assert code == 0 and Path(answer["replaced"]).exists()
    opened = vault.open(file)
    assert len(opened[Member].all()) == 24
    opened.close()
    assert command("restore", tmp_path / "没有.zbtz", "-o", file)[0] == 1


@pytest.mark.slow
def test_an_encrypted_ledger_asks_for_its_password(command, vault, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "甲.zbtz"
    command("new", file, "--branch", "甲支部")
    vault.change_password(file, "", "秘密 Pass'word")
    monkeypatch.setenv("BRANCH_LEDGER_PASSWORD", "不对")
    code, _, words = command("history", file)
    assert code == 1 and "密码不对" in words
    monkeypatch.setenv("BRANCH_LEDGER_PASSWORD", "秘密 Pass'word")
    assert command("history", file)[0] == 0
    _, made, _ = command("backup", file, "--json")
    assert not Path(made["file"]).read_bytes().startswith(b"SQLite format 3")
    assert made["counts"] == {}


def test_a_printed_digest_is_verified(command, vault, tmp_path: Path) -> None:
    from app.year.seal import seal_year

    file = tmp_path / "示例.zbtz"
    command("sample", file, "--years", 2, "--members", 15, "--until", "2026-06-30")
    assert command("verify", file, "--year", 2025)[0] == 1
    ledger = vault.open(file)
    seal = seal_year(ledger, 2025, TODAY)
    ledger.close()
    code, answer, _ = command("verify", file, "--year", 2025, "--digest", seal.digest.upper(), "--json")
    assert (code, answer["sound"], answer["matches"], answer["corrections"]) == (0, True, True, [])
    assert command("verify", file, "--year", 2025, "--digest", "0" * 64)[0] == 1
    code, _, words = command("undo", file)
    assert code == 0 and "归档" in words
