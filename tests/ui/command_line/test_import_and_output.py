"""The command line asks what is doubtful, and writes what the name of the output says."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.people.members import Member

FAULTS = Path(__file__).parents[2] / "tables" / "faults"


@pytest.fixture
def file(command, tmp_path: Path) -> Path:
    made = tmp_path / "甲.zbtz"
    assert command("new", made, "--branch", "甲支部")[0] == 0
    return made


def names(vault, file: Path) -> list[str]:
    ledger = vault.open(file)
    found = [member.name for member in ledger[Member].all()]
    ledger.close()
    return found


def test_a_question_stays_out_and_makes_the_exit_code_one(command, vault, file: Path) -> None:
    table = FAULTS / "15-名册-带时刻.csv"
    code, answer, words = command("import", file, "members", table, "--json")
    assert (code, answer["added"], answer["refused_rows"]) == (1, 2, 1)
    assert answer["asked"][0] == {
        "row": 2,
        "column": "入党时间",
        "reason": "分不清是 1 月还是 10 月，请选一个",
        "said": "1998.1",
        "proposed": "1998-01",
        "others": ["1998-10"],
    }
    assert "待定：第 2 行“入党时间”写着“1998.1”" in words and "--accept" in words
    assert names(vault, file) == ["甲二", "甲三"]
    code, answer, _ = command("import", file, "members", table, "--accept", "--json")
    assert (code, answer["added"], answer["asked"]) == (0, 1, [])


def test_what_goes_in_with_a_doubt_is_listed(command, file: Path) -> None:
    code, answer, words = command("import", file, "members", FAULTS / "07-名册-没有转正列.xlsx", "--json")
    assert code == 0 and [(row["row"], row["proposed"]) for row in answer["proposed"]] == [
        (2, "正式党员"),
        (3, "正式党员"),
        (4, "预备党员"),
    ]
    assert "入党已满两年，按正式党员" in words


def test_sheets_are_chosen_by_name(command, vault, file: Path) -> None:
    table = FAULTS / "04-名册-多张表.xlsx"
    code, answer, words = command("import", file, "members", table, "--sheet", "第二小组", "--json")
    assert (code, answer["added"]) == (0, 1)
    assert [item["where"] for item in answer["left_out"]] == ["工作表“第一小组”", "工作表“第三小组”"]
    assert "工作表“第一小组”的 2 行没有取" in words
    assert command("import", file, "members", table, "--sheet", "第九")[0] == 1
    assert command("import", file, "members", table, "--all-sheets")[0] == 0
    assert sorted(names(vault, file)) == sorted(["甲一", "乙一", "丙一"])


def test_rows_of_others_are_told_and_no_question(command, vault, file: Path) -> None:
    code, answer, words = command("import", file, "members", FAULTS / "13-名册-几个支部.xlsx", "--json")
    assert code == 0 and names(vault, file) == ["甲一"]
    assert [item["reason"] for item in answer["left_out"]] == ["所在党支部是“乙支部”", "所在党支部是“丙支部”"]
    assert "乙支部" in words


def test_differences_are_listed_and_taken_when_accepted(command, file: Path) -> None:
    command("import", file, "members", FAULTS / "18-名册-2025.xlsx")
    code, answer, words = command("import", file, "members", FAULTS / "18-名册-2026.xlsx", "--json")
    told = {(item["row"], item["column"]): item for item in answer["differences"]}
    assert code == 0 and told[3, "党内职务"]["taken"] is False
    assert told[2, "人员类别"] == {
        "row": 2,
        "column": "人员类别",
        "said": "正式党员",
        "known": "预备党员",
        "since": "2025-07-01",
        "taken": True,
    }
    assert "预备党员 → 正式党员，自 2025-07-01" in words
    _, answer, _ = command("import", file, "members", FAULTS / "18-名册-2026.xlsx", "--accept", "--json")
    assert all(item["taken"] for item in answer["differences"])


@pytest.mark.parametrize("words", [("report", "--only", "roster"), ("form", "minutes", "--record", "1")])
def test_an_output_is_what_its_name_says(command, tmp_path: Path, words: tuple[str, ...]) -> None:
    file, (name, *more) = tmp_path / "s.zbtz", words
    command("sample", file, "--years", 1, "--members", 8, "--until", "2026-07-16")
    for suffix, begins in ((".pdf", b"%PDF"), (".docx", b"PK"), (".DOCX", b"PK")):
        path = tmp_path / f"出{suffix}"
        assert command(name, file, *more, "--year", 2026, "-o", path)[0] == 0
        assert path.read_bytes().startswith(begins)
    for suffix in (".doc", ".txt", ""):
        code, _, said = command(name, file, *more, "--year", 2026, "-o", tmp_path / f"出{suffix}")
        assert code == 1 and "扩展名不对" in said and not (tmp_path / f"出{suffix}").is_file()
    assert command("export", file, "members", "-o", tmp_path / "出.csv")[0] == 1
