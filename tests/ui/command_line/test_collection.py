"""submit and collect without a window."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def branches(tmp_path: Path, command) -> list[Path]:
    paths = [tmp_path / f"{number}.zbtz" for number in (1, 2)]
    for number, path in enumerate(paths, 1):
        command("sample", path, "--years", 1, "--members", 8, "--seed", number, "--until", "2025-12-31")
    return paths


def test_two_branches_hand_up_and_are_collected(tmp_path: Path, branches: list[Path], command) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    for path in branches:
        _, told, _ = command("submit", path, "--year", 2025, "-o", folder / f"{path.stem}.zbbs", "--json")
        assert (told["year"], told["detail"], told["rows"]["record"]) == (2025, "figures", 0)
    (folder / "坏.zbbs").write_bytes(b"PK")
    _, made, said = command("collect", folder, "-o", tmp_path / "汇总.zbhz", "--year", 2025, "--json")
    assert "坏.zbbs" in said
    assert (made["files"], made["taken"], made["refused"]) == (3, 2, 1)
    assert [item["file"] for item in made["aside"]] == ["坏.zbbs"]
    assert made["years"]["2025"]["branches"] == 2
    assert made["years"]["2025"]["members"] == 16
    _, again, _ = command("collect", folder, "-o", tmp_path / "汇总.zbhz", "--year", 2025, "--json")
    assert (again["new"], again["years"]) == (0, made["years"])


def test_a_package_is_never_overwritten(tmp_path: Path, branches: list[Path], command) -> None:
    target = tmp_path / "a.zbbs"
    target.write_bytes(b"mine")
    code, _, said = command("submit", branches[0], "--year", 2025, "-o", target)
    assert (code, "已经存在" in said) == (1, True)
    assert target.read_bytes() == b"mine"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, command) -> None:
    code, _, said = command("collect", tmp_path / "没有", "-o", tmp_path / "汇总.zbhz")
    assert (code, "找不到" in said) == (1, True)
    assert not (tmp_path / "汇总.zbhz").exists()


def test_nobody_is_asked_for_a_password_that_no_package_has(tmp_path: Path, command, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: pytest.fail("asked"))
    code, told, _ = command("collect", tmp_path, "-o", tmp_path / "汇总.zbhz", "--json")
    assert (code, told["files"]) == (0, 0)
