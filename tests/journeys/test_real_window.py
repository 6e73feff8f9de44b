"""The real program in a real window on a virtual screen, driven from outside by keys."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from app.dues.payments import Payment
from app.sample.year import Plan, fill_sample
from db.vault import FileVault
from tests.journeys.screens import keys

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.window


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

        def collected() -> bool:
            """Pressed again where a window that was just mapped had not the focus yet."""
            keys(screen, "windowfocus", window, "key", "--delay", "60", "ctrl+9", "ctrl+n", "sleep", "1")
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
