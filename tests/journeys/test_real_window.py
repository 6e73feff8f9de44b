"""The real program in a real window on a virtual screen, driven from outside by keys."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from app.dues.payments import Payment
from app.sample.year import Plan, fill_sample
from db.vault import FileVault

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.window


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """The environment of programs on a virtual screen of the usual office size."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = told.readline().strip()
    yield {"DISPLAY": f":{display}", "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait(10)


def keys(screen: dict[str, str], *words: str) -> str:
    done = subprocess.run(["xdotool", *words], env=screen, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.strip()


def test_a_month_of_dues_through_the_window(screen: dict[str, str], tmp_path: Path, qtbot) -> None:
    path = tmp_path / "示例 支部.zbtz"
    vault = FileVault(datetime.now, tmp_path / "state")
    ledger = vault.create(path)
    fill_sample(ledger, Plan(1, 12, 1, date.today()))  # noqa: DTZ011  the program outside lives today
    before = len(ledger[Payment].all())
    ledger.close()
    program = subprocess.Popen([sys.executable, "main.py", str(path)], cwd=ROOT, env=screen | {"HOME": str(tmp_path)})
    try:
        window = keys(screen, "search", "--sync", "--onlyvisible", "--name", "支部台账（示例）").splitlines()[-1]
        keys(screen, "windowfocus", "--sync", window)
        keys(screen, "key", "--delay", "60", "ctrl+9")
        keys(screen, "key", "--delay", "60", "ctrl+n")

        def collected() -> bool:
            opened = vault.open(path)
            count = len(opened[Payment].all())
            opened.close()
            return count > before

        qtbot.waitUntil(collected, timeout=20_000)
    finally:
        program.kill()
        program.wait(10)
    after = vault.open(path)
    assert after.check() == [] and len(after[Payment].all()) > before
    after.close()
