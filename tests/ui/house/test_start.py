"""The start: shares that do not answer, the name in capitals, a windowed program without streams."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event

import main
from db.collection import DuckCollections
from ui.command_line import run, speak
from ui.house import recent


def test_a_share_that_does_not_answer_does_not_hold_the_start(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(recent, "PATIENCE", 0.05)
    never, here = Event(), tmp_path / "甲.zbtz"
    here.write_bytes(b"")

    def there(path: Path) -> bool:
        if "dead" in str(path):
            never.wait(5)
        return path.is_file()

    assert recent.reachable(["//dead/share/乙.zbtz", str(here), str(tmp_path / "gone.zbtz")], there) == [here]
    never.set()


def test_a_ledger_with_its_ending_in_capitals_opens_the_window(monkeypatch) -> None:
    opened: list[Path | None] = []
    monkeypatch.setattr("ui.house.application.start", lambda _, __, path, ___: opened.append(path) or 0)
    assert main.main(["D:/甲.ZBTZ"]) == 0
    assert opened == [Path("D:/甲.ZBTZ")]


def test_without_standard_streams_a_command_still_answers(vault, tmp_path: Path, monkeypatch) -> None:
    from datetime import date

    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert (
        run(
            ["new", str(tmp_path / "甲.zbtz"), "--branch", "甲支部", "--json"],
            vault,
            date(2026, 7, 16),
            DuckCollections(),
        )
        == 0
    )
    assert run(["什么"], vault, date(2026, 7, 16), DuckCollections()) == 2
    speak()
    assert sys.stdout is not None
